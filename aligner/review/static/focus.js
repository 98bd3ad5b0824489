// The one focus: a row or pair, and in a pair one finding. It is painted, never measured.
import { address, ask, say } from "./api.js";
import { goToRow, isAt, rows, showRow } from "./window.js";
import { visit } from "./page.js";

let at = ""; // id of the focused row
let walking = Promise.resolve(); // steps through a list, one after another
let finding = ""; // id of the focused finding

export const stops = () => [...document.querySelectorAll(".stop")];
export const here = () => (at && document.getElementById(at)) || null;
export const note = () => (finding && document.getElementById(finding)) || null;
const openNotes = (root = document) => [...root.querySelectorAll('.note[data-state="open"]')];

function paint() {
  for (const old of document.querySelectorAll("[aria-current=true].stop, [aria-current=true].note, .m.on")) {
    old.removeAttribute("aria-current");
    old.classList.remove("on");
  }
  const [row, one] = [here(), note()];
  row?.setAttribute("aria-current", "true");
  if (!one) return;
  one.setAttribute("aria-current", "true");
  for (const mark of row?.querySelectorAll(".text [data-k]") ?? []) {
    if (mark.dataset.k.split(" ").includes(one.dataset.mark)) mark.classList.add("on");
  }
}

/** Set the focus to a row and, in a pair, to a finding; the first open one if none is named. */
export function focus(row, one, { quiet = false } = {}) {
  if (!row) return;
  at = row.id;
  if (row.dataset.index) isAt(Number(row.dataset.index));
  const chosen = one ?? (row.matches(".pair") ? openNotes(row)[0] ?? row.querySelector(".note[data-id]") : null);
  finding = chosen?.id ?? "";
  paint();
  if (!quiet) {
    (chosen ?? row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    chosen?.scrollIntoView({ block: "nearest" });
  }
  document.dispatchEvent(new CustomEvent("focused"));
}

export const focusNote = (one) => focus(one.closest(".stop"), one);

export function step(by) {
  if (rows()) {
    walking = walking.then(() => showRow(by)).then((row) => focus(row));
    return walking;
  }
  const all = stops();
  if (!all.length) return null;
  const now = all.indexOf(here());
  focus(all[Math.max(0, Math.min(all.length - 1, now < 0 ? 0 : now + by))]);
  return null;
}

const follows = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

/** The next pair of a round trip, or the one before, that is still to be gone through. */
export function todo(from, back = false) {
  const all = stops().filter((row) => "todo" in row.dataset && row !== from && (!from || (back ? follows(row, from) : follows(from, row))));
  return back ? all.at(-1) : all[0];
}

async function seekTerm(back) {
  const found = await ask(`next-term?${new URLSearchParams([...new URLSearchParams(location.search), ["after", here()?.dataset.index ?? -1], ["back", back ? 1 : 0]])}`);
  return found ? focus(await goToRow(found.index)) : say(back ? "None before this one." : "None after this one.");
}

function seekTodo(back) {
  const row = todo(here(), back);
  if (row) return focus(row);
  const more = document.querySelector(back ? ".more [rel=prev]" : ".more [rel=next], .folded a");
  return more ? visit(more.href) : say(back ? "None before this one." : "Nothing more to go through.");
}

/** Go to the next (or last) open finding: on this page, else wherever the server finds it. */
export async function seek(back = false) {
  if (document.body.matches(".round")) return seekTodo(back);
  if (document.body.matches(".terms")) return seekTerm(back);
  const from = note() ?? here();
  const open = openNotes().filter((one) => one.id !== finding);
  const rest = open.filter((one) => !from || (back ? follows(one, from) : follows(from, one)));
  const found = back ? rest.at(-1) : rest[0];
  if (found) return focusNote(found);
  return seekElsewhere("issue", back);
}

export async function seekElsewhere(goal, back) {
  const pairs = stops().filter((row) => row.dataset.bead !== undefined);
  const edge = (back ? pairs[0] : pairs.at(-1)) ?? null;
  const row = here();
  const start = edge ? [edge.dataset.record, edge.dataset.bead] : row?.dataset.id && row.id.startsWith("r") ? [row.dataset.id, back ? 0 : -1] : back ? [2 ** 52, 0] : [0, -1];
  const found = await ask(`next?goal=${goal}&record=${start[0]}&bead=${start[1]}&back=${back ? 1 : 0}`);
  if (!found) return say(back ? "None before this one." : "None after this one.");
  return visit(address(`records/${found.record}?go=${found.bead}#b${found.record}-${found.bead}`));
}

/** After a view is put in place: the row that had the focus, or the one that was asked for, or the first. */
export function settle({ how, state = {}, hash = "" }) {
  if (how === "visited") [at, finding] = ["", ""];
  if (state.y) scrollTo(0, state.y);
  const wanted = document.getElementById(state.focus || hash || location.hash.slice(1));
  if (how === "refreshed" && here()) {
    if (!note()) finding = "";
    paint();
    (note() ?? here()).focus({ preventScroll: true });
  } else if (wanted?.matches(".note")) focusNote(wanted);
  else if (wanted?.matches(".stop")) focus(wanted);
  else {
    const first = stops()[0];
    if (first) focus(first);
  }
  document.dispatchEvent(new CustomEvent("focused"));
}

// A row that left the page and came back is painted again.
document.addEventListener("scrolled", () => {
  paint();
  if (document.activeElement === document.body) here()?.focus({ preventScroll: true });
});
document.addEventListener("focusin", (event) => {
  const one = event.target.closest?.(".note[data-id]");
  const row = event.target.closest?.(".stop");
  if (!row || (row.id === at && (!one || one.id === finding))) return;
  focus(row, one, { quiet: true });
});
document.addEventListener("click", (event) => {
  const row = event.target.closest?.(".stop");
  if (row && !event.target.closest("button, a, input, .card")) focus(row, event.target.closest(".note[data-id]"), { quiet: true });
});
