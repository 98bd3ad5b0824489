// Terms: accept, reject, edit.
import { act, refresh, say } from "./api.js";
import { field, openDialog, select } from "./dialogs.js";
import { enqueueSave } from "./findings.js";
import { goTo, here, stops } from "./place.js";

export const term = (from = document.activeElement) =>
  from?.closest(".term-row") ?? (here()?.matches(".term-row") ? here() : null) ?? document.querySelector(".term-row.head");

async function save(id, wish) {
  const now = document.getElementById(id);
  if (!now) return "This term is gone from the list. Nothing was saved.";
  const answer = await act("term", { id: Number(now.dataset.id), seen: now.dataset.seen, ...wish });
  if (answer.ok || answer.status === 409) await refresh();
  if (!answer.ok) return answer.status === 409 ? `Not saved yet: ${answer.error}. ${asItIs(id)}` : answer.error;
  say(answer.said);
  return null;
}

function asItIs(id) {
  const now = document.getElementById(id)?.dataset;
  return now ? `It is now ${now.en} = ${now.zh} (${now.status}). Save again to replace that.` : "";
}

export async function rule(status, from) {
  const chosen = term(from);
  if (!chosen) return say("Go to a term first (j, k).");
  const id = chosen.id;
  const rows = stops();
  const next = rows[rows.findIndex((row) => row.id === id) + 1]?.id;
  const again = document.getElementById(id)?.dataset.status === status;
  const wrong = await save(id, { status: again ? "candidate" : status });
  if (wrong) say(wrong, "bad");
  goTo((wrong || again ? null : document.getElementById(next)) ?? document.getElementById(id));
}

export function edit(from) {
  const chosen = term(from);
  if (!chosen) return say("Go to a term first (j, k).");
  const { id, dataset: { en, zh, note, status } } = chosen;
  openDialog("Edit this term", [
    field("en", "English", en, { lang: "en", required: true, autofocus: true }),
    field("zh", "Chinese", zh, { lang: "zh", required: true }),
    select("status", "State", ["accepted", "candidate", "rejected"], status === "rejected" ? "rejected" : "accepted"),
    field("note", "Note", note),
  ], (form) => enqueueSave(async () => {
    const wrong = await save(id, form);
    return wrong ?? (() => goTo(document.getElementById(id)));
  }));
}
