"use strict";
const POLL_MS = 500;
const RETRY_MS = 2000;
const PATIENCE_MS = 4000;
const SAID_MS = 5000; // a screen reader is told of leads no more often

const byId = (id) => document.getElementById(id);
const number = (value) => value.toLocaleString("en");
const counted = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
// Signs that are not seen, or turn the direction of others: all but the joiners of some scripts, and
// the blanks of English, Chinese and Japanese.
const UNSEEN = /(?![ \u200c\u200d\u3000])[\p{C}\p{Z}]/gu;
const SHORT = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const escaped = (sign) => {
  if (sign in SHORT) return SHORT[sign];
  const hex = sign.codePointAt(0).toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, "0")}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
};
const put = (element, text) => {
  const shown = text.replace(UNSEEN, escaped);
  if (element.textContent !== shown) element.textContent = shown;
};

const rows = new Map(); // a lead's Id: its row, in the order in which they are shown
let timer;
let asking = false;
let first = true;
let ended = false;
let saidAt = -Infinity;

function showCounts(state) {
  const calls = Object.values(state.calls).reduce((sum, each) => sum + each, 0);
  const refused = Object.values(state.refused).reduce((sum, each) => sum + each, 0);
  put(byId("leads"), number(state.leads));
  put(byId("calls"), number(calls));
  put(byId("refused"), number(refused));
  put(byId("throttled"), number(state.throttled));
  byId("over").className = state.throttled ? "bad" : "good";
  put(byId("verdict"), state.throttled
    ? `${counted(state.throttled, "call")} came too soon, and ${state.throttled === 1 ? "was" : "were"} turned away for it.`
    : calls ? "No call came too soon: the limit was kept." : "No call came yet.");
  document.title = `${counted(state.leads, "lead")} – the sandbox`;
}

function showWindow({ now, most, limit, seconds }) {
  const bar = byId("bar");
  bar.hidden = limit === null;
  const text = limit === null
    ? `${number(now)} in the last ${seconds} s, ${number(most)} at most so far; there is no limit`
    : `${number(now)} of ${number(limit)} calls in the last ${seconds} s; the most so far: ${number(most)}`;
  put(byId("window"), text);
  if (limit === null) return;
  bar.setAttribute("aria-valuemax", limit);
  bar.setAttribute("aria-valuenow", Math.min(now, limit));
  bar.setAttribute("aria-valuetext", text);
  byId("now").style.transform = `scaleX(${Math.min(now / limit, 1)})`;
  byId("most").style.left = `calc(${100 * Math.min(most / limit, 1)}% - 2px)`;
  byId("most").style.opacity = most ? 1 : 0;
}

function cell(name, role) {
  const made = document.createElement(name);
  made.setAttribute("role", role);
  made.dir = "auto";
  return made;
}

function newRow(lead) {
  const row = document.createElement("tr");
  row.setAttribute("role", "row");
  if (!first) row.className = "is-new";
  const head = cell("th", "rowheader");
  head.scope = "row";
  const link = document.createElement("a");
  link.href = `/LeadManagement/LeadDetails?LeadID=${encodeURIComponent(lead.id)}`;
  head.append(link);
  row.append(head, ...[1, 2, 3, 4].map(() => cell("td", "cell")));
  row.lastChild.append(document.createElement("time"));
  return row;
}

function fill(row, lead) {
  const [head, email, phone, source, arrived] = row.children;
  put(head.firstChild, lead.name || lead.email || lead.phone || "(no name)");
  put(email, lead.email);
  put(phone, lead.phone);
  put(source, lead.source);
  const moment = new Date(lead.at);
  const today = moment.toDateString() === new Date().toDateString();
  arrived.firstChild.dateTime = lead.at;
  // A browser may put a narrow blank before "PM".
  const time = today ? moment.toLocaleTimeString() : moment.toLocaleString();
  put(arrived.firstChild, time.replace(/\p{Z}/gu, " "));
}

function showLeads(state) {
  byId("empty").hidden = state.leads > 0;
  byId("table").hidden = state.leads === 0;
  put(byId("order"), `${state.leads > state.last.length
    ? `The last ${state.last.length} of ${counted(state.leads, "lead")}, the newest first`
    : "The newest first"}; times are this computer’s, those of a lead’s own page UTC`);
  const wanted = new Set(state.last.map((lead) => lead.id));
  for (const [id, row] of rows) {
    if (!wanted.has(id)) {
      row.remove();
      rows.delete(id);
    }
  }
  // Rows that are there already are not moved, so that a focused link keeps its focus.
  let next = byId("rows").firstElementChild;
  for (const lead of state.last) {
    const row = rows.get(lead.id) ?? newRow(lead);
    rows.set(lead.id, row);
    fill(row, lead);
    if (row === next) next = next.nextElementSibling;
    else byId("rows").insertBefore(row, next);
  }
}

function showTable(id, lines) {
  const body = byId(id);
  const table = body.parentElement;
  table.hidden = lines.length === 0;
  table.previousElementSibling.hidden = lines.length > 0;
  while (body.rows.length > lines.length) body.deleteRow(-1);
  lines.forEach((line, place) => {
    const row = body.rows[place] ?? body.insertRow();
    line.forEach((value, column) => {
      if (!row.cells[column]) {
        const made = document.createElement(column ? "td" : "th");
        if (column) made.className = typeof value === "number" ? "number" : "";
        else made.scope = "row";
        made.dir = "auto";
        row.append(made);
      }
      put(row.cells[column], typeof value === "number" ? number(value) : value);
    });
  });
}

function say(text, now) {
  if (byId("said").textContent === text || (!now && Date.now() - saidAt < SAID_MS)) return;
  saidAt = Date.now();
  byId("said").textContent = text;
}

function show(state) {
  showCounts(state);
  showWindow(state.window);
  showLeads(state);
  showTable("call-rows", Object.entries(state.calls));
  showTable("refusal-rows", Object.entries(state.refused));
  showTable("fault-rows", Object.entries(state.faults));
  showTable("list-rows", state.lists.map((each) => [each.name, each.type, each.members]));
  put(byId("more-lists"), state.more_lists ? `${counted(state.more_lists, "older list")} more` : "");
  first = false;
}

function told(alive) {
  ended = !alive;
  byId("ended").hidden = alive;
  document.body.classList.toggle("is-old", ended);
  if (ended) document.title = "ended – the sandbox";
}

async function poll() {
  clearTimeout(timer);
  if (asking || document.hidden) return;
  asking = true;
  try {
    const reply = await fetch("/_sandbox/page", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!reply.ok) throw new Error(`status ${reply.status}`);
    const state = await reply.json();
    const again = ended;
    told(true);
    show(state);
    say(counted(state.leads, "lead"), again);
  } catch {
    told(false);
    say("The sandbox has ended, or does not answer", true);
  }
  asking = false;
  timer = setTimeout(poll, ended ? RETRY_MS : POLL_MS);
}

document.addEventListener("visibilitychange", poll);
poll();
