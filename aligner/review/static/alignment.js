// Alignment: confirm, merge, split at the caret, move a sentence, align the rest again.
import { act, refresh, say } from "./api.js";
import { make, openDialog } from "./dialogs.js";
import { enqueueSave } from "./findings.js";
import { goTo, pair, stops } from "./place.js";

async function edit(row, kind, wish = {}) {
  const { record, revision, bead } = row.dataset;
  const answer = await act("alignment", { record: Number(record), revision: Number(revision), bead: Number(bead), kind, ...wish });
  if (answer.ok || answer.status === 409) await refresh();
  if (!answer.ok) return answer.status === 409 ? `Not done: ${answer.error}` : answer.error;
  say(answer.said);
  return null;
}

const rowOf = (record, bead) => document.getElementById(`b${record}-${bead}`);

/** Edit the current pair, then go to the one in its place, to the same side as before. */
async function run(kind, wish = {}) {
  const row = pair();
  if (!row) return say("Go to a pair first (j, k).");
  const { record, bead } = row.dataset;
  const side = ["en", "zh"].find((name) => document.activeElement?.closest(`.${name}`));
  const wrong = await edit(row, kind, wish);
  if (wrong) say(wrong, "bad");
  goTo(rowOf(record, bead) ?? stops().at(-1), side && `p.${side}`);
}

export const merge = () => run("merge");
export const realign = () => run("realign");

export async function confirm() {
  const row = pair();
  if (!row) return say("Go to a pair first (j, k).");
  const { record, bead, state } = row.dataset;
  const wrong = await edit(row, state === "confirmed" ? "unconfirm" : "confirm");
  if (wrong) say(wrong, "bad");
  const next = !wrong && state !== "confirmed" ? rowOf(record, Number(bead) + 1) : null;
  goTo(next ?? rowOf(record, bead) ?? stops()[0]);
}

export function move(direction) {
  const row = pair();
  const inside = document.activeElement?.closest(".en, .zh");
  const [en, zh] = (row?.dataset.kind ?? "1-1").split("-").map(Number);
  const side = inside?.matches(".en") ? "en" : inside?.matches(".zh") ? "zh" : en > 1 && zh < 2 ? "en" : zh > 1 && en < 2 ? "zh" : !zh ? "en" : !en ? "zh" : "";
  if (!side) return say("Which side? Press → for English, Shift + → again for Chinese; then move.");
  return run("move", { side, direction });
}

// The texts stand in fields that take a caret but no change.
function caretField(language, label, text, caret) {
  const area = make("textarea", { name: language, lang: language, value: text, rows: 3, spellcheck: false });
  area.defaultValue = text;
  area.setAttribute("aria-label", `${label}: set the caret where the second pair begins`);
  area.addEventListener("beforeinput", (event) => event.preventDefault());
  area.addEventListener("input", () => {
    const at = Math.min(area.selectionStart, text.length);
    area.value = text;
    area.setSelectionRange(at, at);
  });
  area.setSelectionRange(caret, caret);
  return area;
}

const textOf = (row, side) => (row.querySelector(`p.${side} .none`) ? "" : row.querySelector(`p.${side}`).textContent);
const length = (text) => [...text].length; // the server counts code points, the browser UTF-16 units

function caretIn(row, side) {
  const selection = getSelection();
  const paragraph = row.querySelector(`p.${side}`);
  if (!selection.rangeCount || !paragraph.contains(selection.focusNode)) return null;
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(selection.focusNode, selection.focusOffset);
  return range.toString().length;
}

/** The end of the first sentence, as a place to begin with. */
function guess(text) {
  const found = /[.!?。！？；;](?=.)\s*/u.exec(text);
  return found ? found.index + found[0].length : text.length;
}

export function split() {
  const row = pair();
  if (!row) return say("Go to a pair first (j, k).");
  const { record, bead } = row.dataset;
  const texts = { en: textOf(row, "en"), zh: textOf(row, "zh") };
  const areas = Object.fromEntries([["en", "English"], ["zh", "Chinese"]].map(([side, label]) =>
    [side, caretField(side, label, texts[side], caretIn(row, side) ?? guess(texts[side]))]));
  const preview = { en: make("p", { className: "cut", lang: "en" }), zh: make("p", { className: "cut", lang: "zh" }) };
  const show = () => {
    for (const side of ["en", "zh"]) {
      const at = areas[side].selectionStart;
      preview[side].replaceChildren(
        make("span", { className: "first" }, texts[side].slice(0, at)),
        make("b", { className: "knife", title: "cut here" }, " ✂ "),
        make("span", { className: "second" }, texts[side].slice(at)));
    }
  };
  for (const area of Object.values(areas)) {
    for (const name of ["keyup", "click", "focus", "select"]) area.addEventListener(name, show);
    area.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      area.form.requestSubmit();
    });
  }
  openDialog("Split this pair at the carets", [
    make("p", { className: "hint" }, "Arrow keys set the caret, Tab changes the side, Enter splits."),
    areas.en, preview.en, areas.zh, preview.zh,
  ], () => enqueueSave(async () => {
    const now = rowOf(record, bead);
    if (!now || textOf(now, "en") !== texts.en || textOf(now, "zh") !== texts.zh) {
      return "Not done: this pair was changed in another tab. Close this and look at it again.";
    }
    const carets = ["en", "zh"].map((side) => length(texts[side].slice(0, areas[side].selectionStart)));
    const wrong = await edit(now, "split", { carets });
    return wrong ?? (() => goTo(rowOf(record, bead)));
  }), "Split");
  areas.en.form.parentElement.classList.add("split");
  areas.en.focus();
  show();
}
