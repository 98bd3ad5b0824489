// Where the person is: the current row (pair, term or record), and ways to others.
import { address, ask, leave, say } from "./api.js";

let current = null; // the id of the current row

export const stops = () => [...document.querySelectorAll(".stop")];
export const here = () => (current && document.getElementById(current)) || stops()[0] || null;
export const pair = () => (here()?.classList.contains("pair") ? here() : null);

function mark(row) {
  for (const other of document.querySelectorAll(".stop[aria-current]")) other.removeAttribute("aria-current");
  row?.setAttribute("aria-current", "true");
}

export function goTo(row, inner) {
  if (!row) return;
  current = row.id;
  mark(row);
  const target = (inner && row.querySelector(inner)) || (row.hasAttribute("tabindex") ? row : row.querySelector("a, button"));
  target?.focus();
  row.scrollIntoView({ block: "nearest" });
}

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.(".stop");
  if (!row) return;
  current = row.id;
  mark(row);
});
document.addEventListener("refreshed", () => mark(here()));

export function step(by) {
  const rows = stops();
  if (!rows.length) return;
  const inside = document.activeElement?.closest(".stop");
  const at = rows.indexOf(here());
  const next = inside || current ? at + by : 0;
  goTo(rows[Math.max(0, Math.min(rows.length - 1, next))]);
}

const GOALS = {
  issue: (row) => row.querySelector('.finding[data-state="open"]'),
  unconfirmed: (row) => row.dataset.state !== "confirmed",
  odd: (row) => row.dataset.kind !== "1-1",
};

/** Go to the next (or last) pair with something to do: on this page, else wherever the server finds it. */
export async function seek(goal, back = false) {
  const rows = stops().filter((row) => row.dataset.bead !== undefined);
  const active = document.activeElement?.closest(".stop");
  if (goal === "issue") {
    const open = [...document.querySelectorAll('.finding[data-state="open"]')];
    const from = document.activeElement?.closest(".finding, .stop");
    const rest = open.filter((one) => !from || (back ? precedes(one, from) : precedes(from, one)));
    const found = back ? rest.at(-1) : rest[0];
    if (found) return focusFinding(found);
  } else {
    const at = active ? rows.indexOf(active) : -1;
    const rest = back ? rows.slice(0, Math.max(at, 0)).reverse() : rows.slice(at + 1);
    const found = rest.find(GOALS[goal]);
    if (found) return goTo(found);
  }
  const edge = (back ? rows[0] : rows.at(-1)) ?? null;
  const from = edge ? [edge.dataset.record, edge.dataset.bead] : back ? [2 ** 52, 0] : [0, -1];
  const found = await ask(`next?goal=${goal}&record=${from[0]}&bead=${from[1]}&back=${back ? 1 : 0}`);
  if (!found) return say(back ? "None before this one." : "None after this one.");
  sessionStorage.setItem("goal", goal);
  leave(address(`records/${found.record}?go=${found.bead}`));
}

const precedes = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

export function focusFinding(finding) {
  goTo(finding.closest(".stop"));
  finding.focus();
}

/** After a jump from another page: set the focus to what was looked for. */
export function arrive() {
  const goal = sessionStorage.getItem("goal");
  sessionStorage.removeItem("goal");
  const bead = new URLSearchParams(location.search).get("go") ?? "";
  const row = document.getElementById(location.hash.slice(1)) ?? document.querySelector(`.pair[data-bead="${CSS.escape(bead)}"]`);
  if (!row?.classList.contains("stop")) return;
  goTo(row);
  if (goal === "issue") row.querySelector('.finding[data-state="open"]')?.focus();
}
