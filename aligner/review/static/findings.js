// Findings: not an error, an error of some severity and kind, open again; the cards for that; errors added by hand.
import { act, ask, enqueue, icon, key, make, read, address, say } from "./api.js";
import { focus, focusNote, here, note } from "./focus.js";
import { take } from "./keys.js";
import { refresh } from "./page.js";

export const KINDS = { m: ["mistranslation", "Accuracy"], o: ["omission", "Accuracy"], a: ["addition", "Accuracy"], u: ["untranslated", "Accuracy"], t: ["terminology", ""], l: ["language", "Linguistic conventions"], s: ["style", ""], f: ["format", "Locale and format"] };
export const SEVERITIES = ["minor", "major", "critical"];
const capital = (text) => text[0].toUpperCase() + text.slice(1);

const openAfter = (one) => {
  const all = [...document.querySelectorAll(".note[data-id]")];
  return all.slice(all.indexOf(one) + 1).find((other) => other.dataset.state === "open" && other.id !== one.id);
};

/** Save what is decided about a finding; the focus goes on at once, the page follows. */
export async function save(one, payload, { stay = false } = {}) {
  const { id, key: seen } = one.dataset;
  const next = stay ? null : openAfter(one);
  one.dataset.state = payload.state;
  if (next) focusNote(next);
  return enqueue(async () => {
    const answer = await act("finding", { id: Number(id), key: seen, ...payload });
    await refresh();
    if (!answer.ok) return say(answer.error, "bad");
    say(answer.said);
    const now = document.getElementById(`f${id}`);
    if (!next && now) focusNote(now);
    return null;
  });
}

const chosen = () => note() ?? (say("There is no finding here."), null);

export function dismiss() {
  const one = chosen();
  if (!one) return null;
  if (one.dataset.state === "open") return save(one, { state: "dismissed", scope: "once" });
  return save(one, { state: "open", scope: "once" }, { stay: true });
}

export function confirm(severity) {
  const one = chosen();
  return one && save(one, { state: "confirmed", scope: "once", severity, kind: one.dataset.kind, comment: one.dataset.comment });
}

/** Open a card over the margin of a pair; up where there is no room below, a sheet on a phone. */
export function openCard(pair, label, parts, { keys, entries, name = "" }) {
  const shut = make("button", { type: "button", className: "shut", "aria-label": "Close (Esc)" }, icon("cross"));
  const texts = [...pair.querySelectorAll(".text")].map((text) => make("p", { lang: text.lang }, text.dataset.plain));
  const card = make("div", { className: `card ${name}`, role: "dialog", "aria-label": label }, shut, ...parts, make("div", { className: "snip" }, ...texts));
  const back = document.activeElement;
  pair.append(card);
  const room = innerHeight - 56 - pair.getBoundingClientRect().top;
  if (card.offsetHeight + 8 > room && pair.getBoundingClientRect().bottom > card.offsetHeight + 130) card.classList.add("up");
  card.scrollIntoView({ block: "nearest" });
  const release = take((pressed, event) => {
    if (pressed === "Escape") return close() ?? true;
    if (pressed === "Tab") return false;
    if (event.target.matches("input:not([type=checkbox]), textarea, [contenteditable]") && !/^(Enter|Ctrl|Alt)/.test(pressed)) return false;
    return keys(pressed, event);
  }, label, entries);
  function close() {
    release();
    card.remove();
    if (back?.isConnected) back.focus({ preventScroll: true });
  }
  shut.addEventListener("click", close);
  (card.querySelector("[data-first]") ?? shut).focus({ preventScroll: true });
  return { card, close };
}

const saidBy = (one) => make("h2", {}, ...[...one.querySelector(".gist").childNodes].filter((part) => !part.classList?.contains("unseen")).map((part) => part.cloneNode(true)));

/** The card in which a finding is decided: not an error, or how bad, what kind, why. */
export function decide(severity = "") {
  const one = chosen();
  if (!one) return;
  const pair = one.closest(".pair");
  let bad = severity || one.dataset.severity || "major";
  let kind = one.dataset.kind;
  const comment = make("input", { className: "field", placeholder: "Comment for the translator", value: one.dataset.comment, maxLength: 2000, "aria-label": "Comment for the translator" });
  const done = (payload, more) => { opened.close(); save(one, { scope: "once", comment: comment.value, ...payload }, more); };
  const yes = () => done({ state: "confirmed", severity: bad, kind });
  const no = make("button", { type: "button", className: "opt" }, key("x"), make("span", {}, one.dataset.state === "open" ? "Not an error " : "Open again ", make("small", {}, "here, while both texts stay")));
  no.addEventListener("click", () => done({ state: one.dataset.state === "open" ? "dismissed" : "open" }));
  const grades = SEVERITIES.map((name, place) => {
    const made = make("button", { type: "button", role: "radio" }, key(String(place + 1)), capital(name));
    made.addEventListener("click", () => { bad = name; paint(); });
    return made;
  });
  const kinds = Object.entries(KINDS).map(([letter, [name, group]]) => {
    const made = make("button", { type: "button", className: "opt", role: "radio" }, key(letter), make("span", {}, capital(name), " ", make("small", {}, group)));
    made.addEventListener("click", () => { kind = name; yes(); });
    return made;
  });
  const paint = () => {
    grades.forEach((made, place) => made.setAttribute("aria-checked", String(SEVERITIES[place] === bad)));
    kinds.forEach((made, place) => made.setAttribute("aria-checked", String(Object.values(KINDS)[place][0] === kind)));
  };
  const save_ = make("button", { type: "button", className: "btn main", "data-first": "" }, "Confirm ", key("↵"));
  save_.addEventListener("click", yes);
  const cancel = make("button", { type: "button", className: "btn line" }, "Cancel ", key("Esc"));
  const opened = openCard(pair, "Decide", [
    saidBy(one), make("p", { className: "why" }, `${one.dataset.label} · ${one.dataset.message}`), make("hr"), no, make("hr"),
    make("p", { className: "label" }, make("span", {}, "How bad")), make("div", { className: "seg", role: "radiogroup", "aria-label": "How bad" }, ...grades),
    make("p", { className: "label" }, make("span", {}, "What kind (MQM)"), make("span", {}, "a letter saves")), make("div", { role: "radiogroup", "aria-label": "What kind" }, ...kinds),
    comment, make("div", { className: "ends" }, save_, cancel),
  ], {
    entries: [["x", "Not an error", () => no.click()], ["1 2 3", "How bad"], ["letter", "What kind, and save"], ["Enter", "Confirm as shown", yes], ["w", "Elsewhere too…", wider], ["Escape", "Back", () => opened.close()]],
    keys(pressed) {
      const digit = /^(?:Shift\+)?([123])$/.exec(pressed)?.[1];
      if (digit) { bad = SEVERITIES[digit - 1]; paint(); return true; }
      if (pressed === "Enter") { yes(); return true; }
      if (pressed === "x") { no.click(); return true; }
      if (pressed === "w") { wider(); return true; }
      if (KINDS[pressed]) { kind = KINDS[pressed][0]; yes(); return true; }
      return false;
    },
  });
  function wider() { opened.close(); scope(); }
  cancel.addEventListener("click", opened.close);
  paint();
}

/** The card that shows what "not an error" touches if it holds wherever the words stand. */
export async function scope() {
  const one = chosen();
  if (!one) return;
  if (!one.dataset.subject) return say("This finding names no words; it can be dismissed here only.");
  const { page } = await read(address(`scope?id=${one.dataset.id}`));
  const [list, warn] = [page.querySelector(".hits"), page.querySelector(".warn")];
  const count = Number(list?.dataset.count ?? 0);
  let wide = false;
  const options = [["h", "Here only", "1 finding"], ["w", `Wherever “${one.dataset.subject}”`, `${count} finding${count === 1 ? "" : "s"}`]].map(([letter, words, small], place) => {
    const made = make("button", { type: "button", className: "opt", role: "radio" }, key(letter), make("span", {}, words), make("small", {}, small));
    made.addEventListener("click", () => { wide = place === 1; paint(); });
    return made;
  });
  const go = make("button", { type: "button", className: "btn main", "data-first": "" });
  const paint = () => {
    options.forEach((made, place) => made.setAttribute("aria-checked", String((place === 1) === wide)));
    list?.toggleAttribute("hidden", !wide);
    warn?.toggleAttribute("hidden", !wide);
    go.replaceChildren(`Dismiss ${wide ? count : 1} `, key("Ctrl ↵"));
  };
  const yes = () => { opened.close(); save(one, { state: "dismissed", scope: wide ? "term" : "once" }); };
  go.addEventListener("click", yes);
  const opened = openCard(one.closest(".pair"), "How far", [
    saidBy(one), make("p", { className: "why" }, `${one.dataset.label} · how far does “not an error” reach?`), make("hr"),
    make("div", { role: "radiogroup", "aria-label": "How far" }, ...options), list, warn, make("div", { className: "ends" }, go),
    make("p", { className: "why" }, "One undo brings all back. To switch a check off altogether, go to Checks (g c)."),
  ], {
    entries: [["h", "Here only"], ["w", "Same words everywhere"], ["Ctrl+Enter", "Dismiss", yes], ["Escape", "Back", () => opened.close()]],
    keys(pressed) {
      if (pressed === "h" || pressed === "w") { wide = pressed === "w"; paint(); return true; }
      if (pressed === "Ctrl+Enter" || pressed === "Enter") { yes(); return true; }
      return false;
    },
  });
  paint();
}

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

/** Add an error that no check found, about the words that are selected or the whole pair. */
export function add() {
  const pair = here();
  if (!pair?.matches(".pair")) return;
  const spans = { en_span: selected(pair, "en"), zh_span: selected(pair, "zh") };
  let bad = "major";
  const comment = make("input", { className: "field", placeholder: "What is wrong, for the translator", maxLength: 2000, "aria-label": "What is wrong" });
  const words = (name, text) => (spans[name] ? [...text].slice(...spans[name]).join("") : "");
  const what = [words("en_span", pair.querySelector('.text[lang="en"]').dataset.plain), words("zh_span", pair.querySelector('.text[lang^="zh"]').dataset.plain)].filter(Boolean).join(" / ");
  const grades = SEVERITIES.map((name, place) => {
    const made = make("button", { type: "button", role: "radio" }, key(String(place + 1)), capital(name));
    made.addEventListener("click", () => { bad = name; paint(); });
    return made;
  });
  const yes = (kind) => {
    opened.close();
    const { record, bead, texts } = pair.dataset;
    enqueue(async () => {
      const answer = await act("added", { record: Number(record), bead: Number(bead), texts, ...spans, severity: bad, kind, comment: comment.value });
      await refresh();
      say(answer.ok ? answer.said : answer.error, answer.ok ? "good" : "bad");
    });
  };
  const kinds = Object.entries(KINDS).map(([letter, [name, group]]) => {
    const made = make("button", { type: "button", className: "opt" }, key(letter), make("span", {}, capital(name), " ", make("small", {}, group)));
    made.addEventListener("click", () => yes(name));
    return made;
  });
  const paint = () => grades.forEach((made, place) => made.setAttribute("aria-checked", String(SEVERITIES[place] === bad)));
  const opened = openCard(pair, "Add a finding", [
    make("h2", {}, what || "An error in this pair"), make("p", { className: "why" }, what ? "the words that are selected" : "select words first to say which"), make("hr"),
    make("div", { className: "seg", role: "radiogroup", "aria-label": "How bad" }, ...grades), comment, make("hr"),
    make("p", { className: "label" }, make("span", {}, "What kind (MQM)"), make("span", {}, "a letter saves")), ...kinds,
  ], {
    entries: [["1 2 3", "How bad"], ["letter", "What kind, and save"], ["Escape", "Back", () => opened.close()]],
    keys(pressed) {
      const digit = /^(?:Shift\+)?([123])$/.exec(pressed)?.[1];
      if (digit) { bad = SEVERITIES[digit - 1]; paint(); return true; }
      if (KINDS[pressed]) { yes(KINDS[pressed][0]); return true; }
      if (pressed === "Enter") { yes("mistranslation"); return true; }
      return false;
    },
  });
  paint();
}

export function waive() {
  const one = chosen();
  if (!one) return null;
  if (one.dataset.state !== "confirmed") return say("Only an error can be waived.");
  return enqueue(async () => {
    const answer = await act("waive", { id: Number(one.dataset.id), key: one.dataset.key, waived: one.dataset.waived !== "1" });
    await refresh();
    say(answer.ok ? answer.said : answer.error, answer.ok ? "good" : "bad");
  });
}
