// Going about in the views: undo and redo, back, open, filter, order, search, tabs; and what is done with a whole row.
import { act, address, enqueue, say } from "./api.js";
import * as alignment from "./alignment.js";
import * as findings from "./findings.js";
import { focus, here, note } from "./focus.js";
import { perform, refresh, visit } from "./page.js";
import * as terms from "./terms.js";

export async function again(name) {
  const button = document.querySelector(`[data-do="${name}"]`);
  if (!button?.dataset.decision) return say(`There is nothing to ${name}.`);
  const answer = await act(name, { decision: Number(button.dataset.decision) });
  await refresh();
  terms.fill({ force: true });
  say(answer.ok ? answer.said : answer.error, answer.ok ? "good" : "bad");
  const row = answer.ok && answer.bead !== null ? document.querySelector(`.pair[data-record="${answer.record}"][data-bead="${answer.bead}"]`) : null;
  if (row) focus(row);
  return null;
}

export const go = (path) => () => visit(address(path));
export const follow = (selector) => () => { const link = document.querySelector(selector); return link ? visit(link.href) : say("There is none."); };

export function open() {
  if (document.activeElement?.matches("a[href]:not([download])")) return visit(document.activeElement.href);
  if (document.activeElement?.matches("button")) return document.activeElement.click();
  if (terms.listed()) { const link = terms.sentenceLink(); return link ? visit(link) : null; }
  const link = here()?.querySelector("a.open");
  return link ? visit(link.href) : null;
}

export function back() {
  if (document.querySelector(".foldout:not(.settings, [hidden])")) return filter(false);
  if (terms.clear()) return null;
  const pane = document.querySelector(".pane.open");
  if (pane) return pane.classList.remove("open");
  return document.querySelector(".head .back") ? visit(document.querySelector(".head .back").href) : null;
}

export function filter(show) {
  const foldout = document.querySelector("main .foldout:not(.settings)");
  if (!foldout) return;
  const wanted = show ?? foldout.hidden;
  foldout.hidden = !wanted;
  document.querySelector('[data-do="filter"]')?.setAttribute("aria-expanded", String(wanted));
  if (wanted) foldout.querySelector("input, select").focus();
  else here()?.focus({ preventScroll: true });
}

export function order() {
  const button = document.querySelector('[data-do="order"]');
  if (!button) return null;
  const all = button.dataset.orders.split(" ");
  const parameters = new URLSearchParams(location.search);
  parameters.set("order", all[(all.indexOf(button.dataset.order) + 1) % all.length]);
  parameters.delete("from");
  return visit(`?${parameters}`);
}

export function drop(name) {
  const parameters = new URLSearchParams(location.search);
  for (const one of [name, "from", "go"]) parameters.delete(one);
  return visit(`?${parameters}`);
}

export async function search() {
  if (!document.body.matches(".search")) await visit(address("search"));
  filter(true);
  document.querySelector("main .foldout [name=text]")?.focus();
}

export function walk(by) {
  const row = here();
  if (!row?.matches(".pair")) return;
  const marks = [...row.querySelectorAll(".text .k")];
  const now = marks.findIndex((mark) => mark.classList.contains("here"));
  const next = marks[now + by] ?? marks[by > 0 ? 0 : marks.length - 1];
  const key = next?.dataset.k.split(" ")[0];
  for (const mark of marks) mark.classList.toggle("here", Boolean(key) && mark.dataset.k.split(" ").includes(key) && (mark === next || mark.closest(".text") !== next.closest(".text")));
}

export async function toggleCheck(row = here()) {
  if (!row?.dataset.check || row.matches(".note")) return;
  await perform("check", { check: row.dataset.check, off: row.dataset.off !== "1" });
}

/** Confirm all pairs of the focused record as reviewed. */
export async function allReviewed() {
  const row = here();
  if (row?.id.startsWith("r")) await perform("reviewed", { record: Number(row.dataset.id) });
}

/** In a round trip: an error that is still there is one, the rest of a pair is seen. */
export function seen() {
  const one = note();
  if (one?.dataset.state === "confirmed") return findings.confirm(one.dataset.severity);
  return enqueue(alignment.reviewed);
}

/** Go to the tab beside the one that is shown. */
export function tab(by) {
  const all = [...document.querySelectorAll(".tabs a")];
  const link = all[all.findIndex((one) => one.hasAttribute("aria-current")) + by];
  return link ? visit(link.href) : say("There is none.");
}
