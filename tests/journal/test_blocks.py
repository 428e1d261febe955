from hypothesis import given
from hypothesis import strategies as st

from importer.journal.blocks import (
    WHOLE_SLOT,
    hash_key,
    hashes_of,
    pack_cells,
    pack_keys,
    unpack_cells,
    unpack_keys,
)
from importer.model import Lead
from tests.journal.stored import FIXED

ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x1e\x1f\x00\n\r\"',;"),
        st.characters(categories=["Cs"]),
    ),
    max_size=6,
)
# A row of one empty cell is a blank row, and blank rows are empty sequences.
A_ROW = st.lists(ANY_TEXT, max_size=5).filter(lambda cells: cells != [""])


@FIXED
@given(st.lists(A_ROW, max_size=8))
def test_any_cells_come_back_as_they_were(rows: list[list[str]]) -> None:
    assert unpack_cells(pack_cells(rows)) == rows


def test_separators_in_the_cells_do_not_move_a_border() -> None:
    rows = [["a\x1fb", "c"], ["d\x1e", "e"], [], ["\x1e"], ["\x1f", ""], ["\ud800", "f"]]
    assert unpack_cells(pack_cells(rows)) == rows


def test_one_separator_missing_and_another_too_many_is_noticed() -> None:
    rows = [["a"], ["b\x1fc"], [], ["", "\x1e"]]
    assert unpack_cells(pack_cells(rows)) == rows


def test_a_block_of_a_real_file_is_smaller_than_its_text() -> None:
    rows = [[f"First{i}", f"person.{i}@example.com", "Pune"] for i in range(500)]
    assert len(pack_cells(rows)) < sum(len(cell) + 1 for row in rows for cell in row)


@FIXED
@given(st.text(), st.integers(0, 40), st.integers(0, (1 << 62) - 1))
def test_a_hash_is_a_positive_integer_of_sqlite(text: str, slot: int, seed: int) -> None:
    assert 0 < hash_key(text, slot, seed) < 1 << 63


def test_a_hash_is_of_its_field_and_its_job() -> None:
    found = {hash_key("a@b.com", slot, seed) for slot in (0, 1, WHOLE_SLOT) for seed in (5, 99)}
    assert len(found) == 6


def test_keys_are_kept_a_field_after_the_other_and_zero_means_no_value() -> None:
    keys = [["a@b.com", "", "", ""], ["98", "\ud800", "", ""]]
    whole = ["", "", "{whole}", ""]
    assert list(unpack_keys(pack_keys(keys, whole, 7))) == [
        hash_key("a@b.com", 0, 7), 0, hash_key("{whole}", WHOLE_SLOT, 7), 0,
        hash_key("98", 1, 7), hash_key("\ud800", 1, 7), 0, 0,
    ]  # fmt: skip


def test_without_unique_fields_only_whole_rows_have_keys() -> None:
    packed = pack_keys([], ["{one}", "", "{two}"], 7)
    assert list(unpack_keys(packed)) == [
        hash_key("{one}", WHOLE_SLOT, 7),
        0,
        hash_key("{two}", WHOLE_SLOT, 7),
    ]


@FIXED
@given(st.lists(ANY_TEXT, min_size=1, max_size=4))
def test_a_lead_by_itself_has_the_hashes_that_its_block_has(values: list[str]) -> None:
    unique = tuple(f"Field{index}" for index in range(len(values)))
    keys = {name: value for name, value in zip(unique, values, strict=True) if value}
    lead = Lead({"LastName": "Rao", **keys}, keys)
    packed = pack_keys([[value] for value in values], ["" if keys else lead.text], 7)
    assert hashes_of(lead, unique, 7) == [key for key in unpack_keys(packed) if key]
