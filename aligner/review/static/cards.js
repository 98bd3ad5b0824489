// Cards: they open over the margin of a pair, up where there is no room below, and as a sheet on a phone.
import { icon, key, make } from "./api.js";
import { take } from "./keys.js";

export const KINDS = { m: ["mistranslation", "Accuracy"], o: ["omission", "Accuracy"], a: ["addition", "Accuracy"], u: ["untranslated", "Accuracy"], t: ["terminology", ""], l: ["language", "Linguistic conventions"], s: ["style", ""], f: ["format", "Locale and format"] };
export const SEVERITIES = ["minor", "major", "critical"];
const capital = (text) => text[0].toUpperCase() + text.slice(1);

const AROUND = 28; // characters of a text that a sheet quotes on each side of what is marked

/** A text with the words of the focused finding, or its beginning. */
function excerpt(text) {
  const parts = [...text.childNodes].flatMap((part) => (part.classList?.contains("part") ? [...part.childNodes] : [part]));
  const on = parts.map((part) => Boolean(part.classList?.contains("on")));
  const [first, last] = [on.indexOf(true), on.lastIndexOf(true)];
  const said = (some) => some.map((part) => part.textContent).join("");
  if (first < 0) {
    const all = [...said(parts)];
    return make("p", { lang: text.lang }, all.slice(0, 3 * AROUND).join(""), all.length > 3 * AROUND ? "…" : "");
  }
  const [before, after] = [[...said(parts.slice(0, first))], [...said(parts.slice(last + 1))]];
  return make("p", { lang: text.lang }, before.length > AROUND ? "…" : "", before.slice(-AROUND).join(""), ...parts.slice(first, last + 1).map((part) => part.cloneNode(true)), after.slice(0, AROUND).join(""), after.length > AROUND ? "…" : "");
}

/** @param name a class of its own; `quote: false` leaves the sentences away that a sheet quotes on a phone */
export function openCard(pair, label, parts, { keys, entries, name = "", quote = true }) {
  const shut = make("button", { type: "button", className: "shut", "aria-label": "Close (Esc)" }, icon("cross"));
  const [head, ...rest] = parts;
  const quoted = quote ? make("div", { className: "snip" }, ...[...pair.querySelectorAll(".text")].map(excerpt)) : null;
  const card = make("div", { className: `card ${name}`, role: "dialog", tabIndex: -1, "aria-label": label }, shut, head, quoted, ...rest);
  const back = document.activeElement;
  pair.append(card);
  const room = innerHeight - 56 - pair.getBoundingClientRect().top;
  if (card.offsetHeight + 8 > room && pair.getBoundingClientRect().bottom > card.offsetHeight + 130) card.classList.add("up");
  card.scrollIntoView({ block: "nearest" });
  const release = take((pressed, event) => {
    if (pressed === "Escape") return close() ?? true;
    if (pressed === "Tab" || pressed === "Shift+Tab") return false;
    if (event.target.matches("input:not([type=checkbox]), textarea, [contenteditable]") && !/^(Enter|Ctrl|Alt)/.test(pressed)) return false;
    if (pressed === "Enter" && event.target.matches("button:not([data-first])")) return false; // the button that has the focus is meant
    return keys(pressed, event);
  }, label, entries);
  function close() {
    release();
    card.remove();
    if (back?.isConnected) back.focus({ preventScroll: true });
  }
  shut.addEventListener("click", close);
  (card.querySelector("[data-first]") ?? card).focus({ preventScroll: true });
  return { card, close };
}

/** How bad: three buttons, one of them chosen. Returns them with what is chosen now and a way to choose by key. */
export function grades(chosen, sign = "") {
  const buttons = SEVERITIES.map((name, place) => {
    const made = make("button", { type: "button", role: "radio" }, sign ? null : key(String(place + 1)), capital(name));
    made.addEventListener("click", () => choose(name));
    return made;
  });
  const label = make("p", { className: "label" }, make("span", {}, "How bad"), sign ? make("span", {}, key(sign), " ", key("1"), " ", key("2"), " ", key("3")) : null);
  const box = make("div", { className: "seg", role: "radiogroup", "aria-label": "How bad" }, ...buttons);
  function choose(name) {
    box.dataset.value = name;
    buttons.forEach((made, place) => made.setAttribute("aria-checked", String(SEVERITIES[place] === name)));
  }
  choose(chosen);
  const pattern = sign ? /^Alt\+([123])$/ : /^(?:Shift\+)?([123])$/;
  return {
    parts: [label, box],
    value: () => box.dataset.value,
    /** Take a key, if it is one of these. */
    keyed(pressed) {
      const digit = pattern.exec(pressed)?.[1];
      if (digit) choose(SEVERITIES[digit - 1]);
      return Boolean(digit);
    },
  };
}

/** What kind (MQM): a list of which one is proposed; choosing one ends the card. */
export function kinds(proposed, pick) {
  const buttons = Object.entries(KINDS).map(([letter, [name, group]]) => {
    const made = make("button", { type: "button", className: "opt", ...(proposed ? { role: "radio", "aria-checked": String(name === proposed) } : {}) }, key(letter), make("span", {}, capital(name), " ", make("small", {}, group)), proposed === name ? icon("check") : null);
    made.addEventListener("click", () => pick(name));
    return made;
  });
  const box = make("div", { className: "kinds", ...(proposed ? { role: "radiogroup", "aria-label": "What kind" } : {}) }, ...buttons);
  return { parts: [make("p", { className: "label" }, make("span", {}, "What kind (MQM)"), make("span", { className: "byletter" }, "a letter saves")), box], keyed: (pressed) => Boolean(KINDS[pressed]) && (pick(KINDS[pressed][0]), true) };
}

/** One row of a card that does something. */
export function option(letter, words, small, run, name = "") {
  const made = make("button", { type: "button", className: `opt ${name}` }, key(letter), make("span", {}, words, " ", small ? make("small", {}, small) : ""));
  made.addEventListener("click", run);
  return made;
}
