// Correcting a text in its own place and font, with what the checks say of it as it is typed.
import { act, address, enqueue, make, key, say } from "./api.js";
import { here, note } from "./focus.js";
import { openCard, SEVERITIES } from "./findings.js";
import { refresh } from "./page.js";

export function correct(language) {
  const pair = here();
  if (!pair?.matches(".pair")) return;
  const one = note();
  const text = pair.querySelector(`.text[lang^="${language}"]`);
  const data = pair.dataset;
  const plain = { en: pair.querySelector('.text[lang="en"]').dataset.plain, zh: pair.querySelector('.text[lang^="zh"]').dataset.plain };
  const seen = data.correctedEn === undefined ? null : [data.correctedEn, data.correctedZh];
  const now = seen ? { en: seen[0], zh: seen[1] } : { ...plain };
  const old = [...text.childNodes];
  text.replaceChildren(now[language]);
  text.setAttribute("contenteditable", "plaintext-only");
  let severity = one?.dataset.severity || "major";
  const says = make("ul", { className: "hits", "aria-live": "polite" }, make("li", {}, "Type; the checks follow."));
  const suggestion = one?.dataset.suggestion ?? "";
  const grades = SEVERITIES.map((name, place) => {
    const made = make("button", { type: "button", role: "radio" }, key(`Alt ${place + 1}`), name);
    made.addEventListener("click", () => { severity = name; paint(); });
    return made;
  });
  const paint = () => grades.forEach((made, place) => made.setAttribute("aria-checked", String(SEVERITIES[place] === severity)));
  const error = one && one.dataset.state !== "dismissed";
  const save = make("button", { type: "button", className: "btn main" }, "Save ", key("Ctrl ↵"));
  const opened = openCard(pair, "Correct", [
    make("h2", {}, language === "en" ? "English" : "Chinese"), make("p", { className: "why" }, suggestion ? `Suggested: ${suggestion}` : "As it should read"),
    ...(error ? [make("div", { className: "seg", role: "radiogroup", "aria-label": "How bad" }, ...grades)] : []), says, make("div", { className: "ends" }, save),
  ], {
    name: "edit",
    entries: [["Ctrl+Enter", "Save", yes], ...(suggestion ? [["Ctrl+.", "Take the suggestion", take]] : []), ["Alt+1", "How bad"], ["Escape", "Leave as it was", () => end(false)]],
    keys(pressed) {
      if (pressed === "Ctrl+Enter") { yes(); return true; }
      if (pressed === "Ctrl+." && suggestion) { take(); return true; }
      const digit = /^Alt\+([123])$/.exec(pressed)?.[1];
      if (digit) { severity = SEVERITIES[digit - 1]; paint(); return true; }
      return false;
    },
  });
  new MutationObserver(() => { if (!opened.card.isConnected && text.isContentEditable) end(false); }).observe(pair, { childList: true });
  let timer = 0;
  const written = () => text.textContent.replaceAll(" ", " ");
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(recheck, 250);
  });
  save.addEventListener("click", yes);
  async function recheck() {
    const body = { record: Number(data.record), bead: Number(data.bead), ...now, [language]: written() };
    const response = await fetch(address("try"), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }).catch(() => null);
    const answer = response?.ok ? await response.json() : null;
    if (!answer) return;
    says.replaceChildren(...(answer.findings.length ? answer.findings.map((found) => make("li", {}, make("span", { className: "where" }, found.label), make("p", {}, found.message))) : [make("li", {}, "The checks find nothing.")]));
  }
  function take() {
    const mark = [...old].find((part) => one && part.dataset?.k?.split(" ").includes(one.dataset.mark));
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
    if (error) payload.error = { id: Number(one.dataset.id), key: one.dataset.key, severity, kind: one.dataset.kind, comment: one.dataset.comment };
    enqueue(async () => {
      const answer = await act("correction", payload);
      if (!answer.ok) return say(answer.error, "bad"); // what was typed stays
      end(true);
      await refresh();
      return say(answer.said);
    });
  }
  paint();
  text.focus();
  const range = document.createRange();
  range.selectNodeContents(text);
  range.collapse(false);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}
