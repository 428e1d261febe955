"""The SQL that reads and moves rows. A move names the old status in its WHERE.

Parameters: :id and :row are row ids (job << 32 | row number), times are ms.
"""

ROW_COLUMNS = """
    id, status, tries, mapping, lead_id, existing_id, code, field, reason, cells, kinds,
    since_at, ended_at, evidence, due_at
"""
NEXT_FRESH = f"""
SELECT {ROW_COLUMNS} FROM row
WHERE id BETWEEN ? AND ? AND status = 'pending' AND due_at IS NULL AND waits_for IS NULL
ORDER BY id LIMIT ?
"""
NEXT_BACK = f"""
SELECT {ROW_COLUMNS} FROM row
WHERE id >> 32 = ? AND status = 'pending' AND due_at <= ? ORDER BY due_at, id LIMIT 1
"""
NEXT_DUE_AT = "SELECT min(due_at) FROM row WHERE id >> 32 = ? AND status = ? AND due_at IS NOT NULL"
CLAIM = """
UPDATE row SET status = 'sending', due_at = NULL, waits_for = NULL, changed_at = :now
WHERE id = :id AND status = 'pending'
"""
FINISH = """
UPDATE row
SET status = :status, tries = tries + :counted, lead_id = :lead_id, existing_id = :existing_id,
    code = :code, field = :field, reason = :reason, changed_at = :now,
    due_at = NULL, waits_for = NULL, ended_at = NULL, evidence = NULL,
    since_at = CASE WHEN :status IN ('failed', 'in_doubt') THEN since_at END
WHERE id = :id AND status = :old
"""
BACK = """
UPDATE row
SET status = 'pending', tries = tries + :counted, due_at = :due_at, ended_at = NULL,
    evidence = NULL, code = :code, reason = :reason, changed_at = :now
WHERE id = :id AND status = 'sending'
"""
UNSETTLE = """
UPDATE row
SET since_at = coalesce(since_at, :since_at), ended_at = :ended_at, evidence = :evidence,
    due_at = :due_at, tries = tries + :counted, code = :code, field = :field, reason = :reason,
    changed_at = :now
WHERE id = :id AND status = 'sending'
"""
LOOK_AGAIN = "UPDATE row SET due_at = :due_at WHERE id = :id AND status = 'sending'"
SET_END = """
UPDATE row SET ended_at = :ended_at, due_at = :due_at WHERE id = :id AND status = 'sending'
"""
BRING_FORWARD = """
UPDATE row SET due_at = :now
WHERE id >> 32 = :job AND status = 'pending' AND due_at > :latest
"""
REST = "UPDATE row SET due_at = :due_at WHERE id = :id AND status = 'pending'"
HOLD = "UPDATE row SET waits_for = :other, due_at = NULL WHERE id = :id AND status = 'pending'"
RELEASE = (
    "UPDATE row SET waits_for = NULL, due_at = :now WHERE waits_for = :id AND status = 'pending'"
)
ANY_WAITS = """
SELECT 1 FROM row INDEXED BY row_waiting
WHERE waits_for IS NOT NULL AND waits_for BETWEEN ? AND ? LIMIT 1
"""
RELEASE_ALL = """
UPDATE row SET waits_for = NULL, due_at = :now
WHERE waits_for IS NOT NULL AND id BETWEEN :low AND :high AND status = 'pending'
"""
REQUEUE = """
UPDATE row
SET status = 'pending', tries = 0, due_at = NULL, waits_for = NULL, lead_id = NULL,
    existing_id = NULL, code = NULL, field = NULL, reason = NULL, changed_at = :now
WHERE id = :id AND status = :old
"""
CREATED_SINCE = (
    "SELECT id FROM row WHERE id BETWEEN ? AND ? AND status = 'created' AND changed_at >= ?"
)
IDS_OF_STATUS = "SELECT id FROM row WHERE id BETWEEN ? AND ? AND status = ?"
SET_CELLS = "UPDATE row SET cells = ?, kinds = ?, since_at = NULL WHERE id = ?"
SET_VERSION = "UPDATE row SET mapping = ? WHERE id = ?"
ADD_ROW = "INSERT INTO row (id, status, mapping, cells, kinds) VALUES (?, 'invalid', ?, ?, ?)"
LAST_ROW = "SELECT max(id) FROM row WHERE id BETWEEN ? AND ?"
SELECT_ROW = f"SELECT {ROW_COLUMNS} FROM row WHERE id = ?"
SELECT_ROWS = f"SELECT {ROW_COLUMNS} FROM row WHERE id BETWEEN ? AND ? ORDER BY id"
SELECT_OWN = f"""
SELECT {ROW_COLUMNS} FROM row WHERE id BETWEEN ? AND ? AND cells IS NOT NULL ORDER BY id
"""
SELECT_UNSETTLED = f"""
SELECT {ROW_COLUMNS} FROM row
WHERE id >> 32 = ? AND status = 'sending' AND due_at <= ? ORDER BY id
"""
# The index of rows in sending is asked for: they are few, whatever the job's length.
SELECT_IN_SENDING = f"""
SELECT {ROW_COLUMNS} FROM row INDEXED BY row_sending
WHERE status = 'sending' AND id BETWEEN ? AND ? ORDER BY id
"""
SELECT_BLOCK = (
    "SELECT id, cells, kinds FROM block WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1"
)
HOLDER = "SELECT 1 FROM row WHERE lead_id = ? AND status = 'created'"
# An unsent row that stands earlier goes first; one in sending or accepted always counts.
RIVALS = """
SELECT twin.row FROM twin JOIN row ON row.id = twin.row
WHERE twin.key = :key AND twin.row BETWEEN :low AND :high AND twin.row <> :id
  AND (row.status IN ('sending', 'created', 'updated')
       OR (row.status = 'pending' AND twin.row < :id))
ORDER BY twin.row
"""
# A skipped row counts where its lead is there; not where it was itself a repeat, or given up.
REPEATS = """
SELECT twin.row FROM twin JOIN row ON row.id = twin.row
WHERE twin.key = :key AND twin.row BETWEEN :low AND :high AND twin.row <> :id
  AND (row.status IN ('sending', 'created', 'updated', 'in_doubt')
       OR (row.status NOT IN ('invalid', 'skipped', 'deleted') AND twin.row < :id)
       OR (row.status = 'skipped' AND row.code IN ('MXDuplicateEntryException', 'same_lead')
           AND twin.row < :id))
ORDER BY twin.row
"""
TWINS = "SELECT DISTINCT row FROM twin WHERE row BETWEEN ? AND ? ORDER BY row"
ANY_TWIN = "SELECT 1 FROM twin WHERE row BETWEEN ? AND ? LIMIT 1"
LAST_ATTEMPT = """
SELECT started_at, ahead_ms FROM attempt WHERE row = ? AND call IS NULL
ORDER BY number DESC LIMIT 1
"""
INSERT_ATTEMPT = """
INSERT INTO attempt (row, number, call, started_at, ahead_ms)
SELECT :row, coalesce(max(number), 0) + 1, :call, :now, :ahead_ms FROM attempt WHERE row = :row
RETURNING number
"""
END_ATTEMPT = "UPDATE attempt SET http = ?, error = ?, latency_ms = ? WHERE row = ? AND number = ?"
