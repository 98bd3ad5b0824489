// Findings: dismiss, confirm as an error, open again.
import { act, enqueue, refresh, say } from "./api.js";
import { choices, field, openDialog, select } from "./dialogs.js";
import { focusFinding, goTo, here } from "./place.js";

const KINDS = ["mistranslation", "omission", "addition", "untranslated", "terminology", "language", "style", "format"];

export const finding = (from = document.activeElement) =>
  from?.closest(".finding") ?? here()?.querySelector('.finding[data-state="open"]') ?? here()?.querySelector(".finding") ?? null;

/** Take what a save returned where there is no dialog to show it. */
function settle(done) {
  if (typeof done === "string") say(done, "bad");
  else done();
}

async function save(id, wish) {
  const now = document.getElementById(id);
  if (!now) return "This finding is gone: the record was changed. Nothing was saved.";
  const answer = await act("finding", { id: Number(now.dataset.id), key: now.dataset.key, ...wish });
  if (answer.ok || answer.status === 409) await refresh();
  if (!answer.ok) return `${answer.error}`;
  say(answer.said);
  return () => goOn(id);
}

/** Go to the next open finding on the page; stay if there is none. */
function goOn(id) {
  const all = [...document.querySelectorAll(".finding")];
  const at = all.findIndex((one) => one.id === id);
  const next = all.slice(at + 1).find((one) => one.dataset.state === "open") ?? all[at];
  if (next) focusFinding(next);
  else goTo(here());
}

export async function quick(state, from) {
  const chosen = finding(from);
  if (!chosen) return say("There is no finding here.");
  if (state === "dismissed" && chosen.dataset.state !== "open") return reopen(chosen);
  const id = chosen.id;
  return settle(await save(id, { state, scope: "once" }));
}

export function decide(from) {
  const chosen = finding(from);
  if (!chosen) return say("There is no finding here.");
  const { id, dataset: { subject, check, kind, comment } } = chosen;
  const options = [["once", "Dismiss here, while both texts stay the same"]];
  if (subject) options.push(["term", `Dismiss everywhere for “${subject}” (${check})`]);
  options.push(["check", `Dismiss everything the check ${check} finds`], ["error", "Confirm as an error"]);
  openDialog("Decide about this finding", [
    choices("what", "Decision", options, "once"),
    select("kind", "Kind of error (MQM)", KINDS, kind),
    field("comment", "Comment", comment),
  ], (form) => enqueueSave(() => save(id, form.what === "error"
    ? { state: "confirmed", scope: "once", kind: form.kind, comment: form.comment }
    : { state: "dismissed", scope: form.what, comment: form.comment })));
}

async function reopen(chosen) {
  const { id, dataset: { scope, subject, check } } = chosen;
  if (scope === "once" || !scope) {
    return settle(await save(id, { state: "open", scope: "once" }));
  }
  const what = scope === "term" ? `for “${subject}”` : `of the check ${check}`;
  return openDialog("Open again", [
    choices("scope", "Where", [["once", "Only this finding"], [scope, `All findings ${what}`]], "once"),
  ], (form) => enqueueSave(() => save(id, { state: "open", scope: form.scope })), "Open again");
}

/** Run a save in its turn and hand its answer to the dialog. */
export function enqueueSave(job) {
  return new Promise((resolve) => enqueue(async () => {
    try {
      resolve(await job());
    } catch (error) {
      resolve(`Not saved: ${error.message ?? error}`);
    }
  }));
}
