// Settings of the review: pass mark, weights, direction, reviewer. They are saved as one decision, which undo takes back.
import { act, say } from "./api.js";
import { take } from "./keys.js";
import { refresh } from "./page.js";

let release = () => {};
const form = () => document.querySelector("form.settings");

export function open(wanted = form()?.hidden) {
  const box = form();
  if (!box) return;
  release();
  box.hidden = !wanted;
  document.querySelector('[data-do="settings"]').setAttribute("aria-expanded", String(wanted));
  if (!wanted) return document.querySelector('[data-do="settings"]').focus();
  release = take((pressed) => {
    if (pressed === "Escape") close();
    else if (pressed === "Ctrl+Enter") box.requestSubmit();
    else return false;
    return true;
  }, "Settings", [["Ctrl+Enter", "Save", () => box.requestSubmit()], ["Escape", "Leave as it was", close]]);
  box.querySelector("input").focus();
}

function close() {
  form().reset();
  open(false);
}

/** Save what the form holds; numbers the server cannot take are said, and what was typed stays. */
export async function save(box) {
  const values = Object.fromEntries(new FormData(box));
  const weights = Object.fromEntries(["minor", "major", "critical"].map((name) => [name, Number(values[name])]));
  const payload = { seen: box.dataset.seen, pass_mark: Number(values.pass_mark), weights, source: values.source, reviewer: values.reviewer };
  const answer = await act("settings", payload);
  if (!answer.ok) return say(answer.error, "bad");
  release();
  await refresh();
  document.querySelector('[data-do="settings"]').focus();
  return say(answer.said);
}
