// Errors that no check found: about the words that are selected, or about a whole pair.
import { enqueue, make } from "./api.js";
import { grades, kinds, openCard } from "./cards.js";
import { here } from "./focus.js";
import { perform } from "./page.js";

const points = (text) => [...text].length; // the server counts code points, the browser UTF-16 units

/** Where the person has selected words in a text, as the server counts. */
function selected(pair, language) {
  const selection = getSelection();
  const text = pair.querySelector(`.text[lang^="${language}"]`);
  if (!selection.rangeCount || selection.isCollapsed || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode) || text.querySelector("del, ins")) return null;
  const range = selection.getRangeAt(0);
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = points(before.toString());
  return [start, start + points(range.toString())];
}

export function add() {
  const pair = here();
  if (!pair?.matches(".pair[data-bead]")) return;
  const spans = { en_span: selected(pair, "en"), zh_span: selected(pair, "zh") };
  const comment = make("input", { className: "field", placeholder: "What is wrong, for the translator", maxLength: 2000, "aria-label": "What is wrong" });
  const words = (name, language) => (spans[name] ? [...pair.querySelector(`.text[lang^="${language}"]`).dataset.plain].slice(...spans[name]).join("") : "");
  const what = [words("en_span", "en"), words("zh_span", "zh")].filter(Boolean).join(" / ");
  const yes = (kind) => {
    opened.close();
    const { record, bead, texts } = pair.dataset;
    enqueue(() => perform("added", { record: Number(record), bead: Number(bead), texts, ...spans, severity: bad.value(), kind, comment: comment.value }));
  };
  const bad = grades("major");
  const kind = kinds("", yes);
  const opened = openCard(pair, "Add a finding", [
    make("div", {}, make("h2", {}, what || "An error in this pair"), make("p", { className: "why" }, what ? "the words that are selected" : "select words first to say which")), make("hr"),
    ...bad.parts, comment, make("hr"), ...kind.parts,
  ], {
    entries: [["1 2 3", "How bad"], ["letter", "What kind, and save"], ["Enter", "Mistranslation", () => yes("mistranslation")], ["Escape", "Back", () => opened.close()]],
    keys(pressed) {
      if (pressed === "Enter") yes("mistranslation");
      return pressed === "Enter" || bad.keyed(pressed) || kind.keyed(pressed);
    },
  });
}
