// Correcting a text in its own place and font, with what the checks say of it as it is typed.
import { act, address, enqueue, key, make, say } from "./api.js";
import { grades, openCard } from "./cards.js";
import { here, note } from "./focus.js";
import { refresh, source } from "./page.js";

const PAUSE = 250; // milliseconds without a key after which the checks are asked
const other = (language) => (language === "en" ? "zh" : "en");
export const correctTranslation = () => correct(other(source()));
export const correctSource = () => correct(source());

export function correct(language) {
  const pair = here();
  if (!pair?.matches(".pair[data-bead]")) return;
  const one = note();
  const text = pair.querySelector(`.text[lang^="${language}"]`);
  const data = pair.dataset;
  const plain = Object.fromEntries(["en", "zh"].map((side) => [side, pair.querySelector(`.text[lang^="${side}"]`).dataset.plain]));
  const seen = data.correctedEn === undefined ? null : [data.correctedEn, data.correctedZh];
  const now = seen ? { en: seen[0], zh: seen[1] } : { ...plain };
  const old = [...text.childNodes];
  text.replaceChildren(now[language]);
  text.setAttribute("contenteditable", "plaintext-only");
  const says = make("ul", { className: "hits", "aria-live": "polite" }, make("li", {}, "Type; the checks follow."));
  const changed = make("p", { className: "changed" });
  const suggestion = language === "zh" ? one?.dataset.suggestion ?? "" : "";
  const error = one?.dataset.id && one.dataset.state !== "dismissed";
  const bad = grades(one?.dataset.severity || "major", "Alt");
  const [save, cancel] = [make("button", { type: "button", className: "btn main" }, "Save ", key("Ctrl ↵")), make("button", { type: "button", className: "btn line" }, "Cancel ", key("Esc"))];
  const opened = openCard(pair, "Correct", [
    make("div", {}, make("h2", {}, language === "en" ? "English" : "Chinese"), make("p", { className: "why" }, suggestion ? `Suggested: ${suggestion}` : "As it should read")),
    changed, says, ...(error ? bad.parts : []), make("div", { className: "ends" }, save, cancel),
  ], {
    name: "edit",
    quote: false,
    entries: [["Ctrl+Enter", "Save", yes], ...(suggestion ? [["Ctrl+.", "Take the suggestion", take]] : []), ...(error ? [["Alt 1 2 3", "How bad"]] : []), ["Escape", "Leave as it was", () => end(false)]],
    keys(pressed) {
      if (pressed === "Ctrl+Enter") yes();
      else if (pressed === "Ctrl+." && suggestion) take();
      else return bad.keyed(pressed);
      return true;
    },
  });
  new MutationObserver(() => { if (!opened.card.isConnected && text.isContentEditable) end(false); }).observe(pair, { childList: true });
  let timer = 0;
  const written = () => text.textContent;
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(recheck, PAUSE);
  });
  save.addEventListener("click", yes);
  cancel.addEventListener("click", () => end(false));
  async function recheck() {
    const body = { record: Number(data.record), bead: Number(data.bead), ...now, [language]: written() };
    const response = await fetch(address("try"), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }).catch(() => null);
    const answer = response?.ok ? await response.json() : null;
    if (!answer) return;
    changed.replaceChildren(...answer.changes[language].map(([tag, words]) => (tag ? make(tag, {}, words) : words)));
    const settled = error && written() !== now[language] && !answer.findings.some((found) => found.label === one.dataset.label);
    says.replaceChildren(...(settled ? [make("li", {}, `✓ ${one.dataset.label}: settled by this change`)] : []), ...(answer.findings.length ? answer.findings.map((found) => make("li", {}, make("span", { className: "where" }, found.label), make("p", {}, found.message))) : [make("li", {}, "The checks find nothing.")]));
  }
  function take() {
    const mark = old.find((part) => one && part.dataset?.k?.split(" ").includes(one.dataset.mark));
    text.textContent = mark ? old.map((part) => (part === mark ? suggestion : part.textContent)).join("") : written() + suggestion;
    recheck();
  }
  function end(saved) {
    text.removeAttribute("contenteditable");
    if (!saved) text.replaceChildren(...old);
    if (opened.card.isConnected) opened.close();
  }
  function yes() {
    const texts = { ...now, [language]: written() };
    const payload = { record: Number(data.record), bead: Number(data.bead), texts: data.texts, seen, ...texts };
    if (error) payload.error = { id: Number(one.dataset.id), key: one.dataset.key, severity: bad.value(), kind: one.dataset.kind, comment: one.dataset.comment };
    enqueue(async () => {
      const answer = await act("correction", payload);
      if (!answer.ok) return say(answer.error, "bad"); // what was typed stays
      end(true);
      await refresh();
      return say(answer.said);
    });
  }
  text.focus();
  const range = document.createRange();
  range.selectNodeContents(text);
  range.collapse(false);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}
