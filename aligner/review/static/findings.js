// Findings: not an error, an error of some severity and kind, open again; and the cards for that.
import { address, enqueue, icon, key, make, read, say } from "./api.js";
import { grades, kinds, openCard, option } from "./cards.js";
import { focus, focusNote, note, todo } from "./focus.js";
import { perform } from "./page.js";

/** Where the focus goes after a finding is decided: the next open one, in a round trip the next pair to go through. */
function after(one) {
  if (document.body.matches(".round")) return todo(one.closest(".pair"));
  const all = [...document.querySelectorAll(".note[data-id]")];
  return all.slice(all.indexOf(one) + 1).find((other) => other.dataset.state === "open" && other.id !== one.id);
}
const goTo = (element) => (element.matches(".note") ? focusNote(element) : focus(element));

/** Save what is decided about a finding; the focus goes on at once, the page follows. */
export async function save(one, payload, { stay = false } = {}) {
  const { id, key: seen } = one.dataset;
  const next = stay ? null : after(one);
  one.dataset.state = payload.state;
  if (next) goTo(next);
  return enqueue(async () => {
    const saved = await perform("finding", { id: Number(id), key: seen, ...payload });
    const now = document.getElementById(`f${id}`);
    if (saved && !next && now) focusNote(now);
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

export function waive() {
  const one = chosen();
  if (!one) return null;
  if (one.dataset.state !== "confirmed") return say("Only an error can be waived.");
  return enqueue(() => perform("waive", { id: Number(one.dataset.id), key: one.dataset.key, waived: one.dataset.waived !== "1" }));
}

const saidBy = (one) => make("h2", {}, ...[...one.querySelector(".gist").childNodes].filter((part) => !part.classList?.contains("unseen")).map((part) => part.cloneNode(true)));

/** The card in which a finding is decided: not an error, or how bad, what kind, why.
 * @param more what else can be done with the pair, on a phone, which has no action line: rows of [words, icon, function] */
export function decide(severity = "", more = []) {
  const one = chosen();
  if (!one) return;
  const open = one.dataset.state === "open";
  const comment = make("input", { className: "field", placeholder: "Comment for the translator", value: one.dataset.comment, maxLength: 2000, "aria-label": "Comment for the translator" });
  const done = (payload) => { opened.close(); save(one, { scope: "once", comment: comment.value, ...payload }); };
  const yes = () => done({ state: "confirmed", severity: bad.value(), kind: one.dataset.kind });
  const not = () => done({ state: open ? "dismissed" : "open" });
  const wider = () => { opened.close(); scope(); };
  const bad = grades(severity || one.dataset.severity || "major");
  const kind = kinds(one.dataset.kind, (name) => done({ state: "confirmed", severity: bad.value(), kind: name }));
  const confirmed = make("button", { type: "button", className: "btn main", "data-first": "" }, "Confirm ", key("↵"));
  confirmed.addEventListener("click", yes);
  const cancel = make("button", { type: "button", className: "btn line" }, "Cancel ", key("Esc"));
  const others = make("div", { className: "others phone" }, ...[["Elsewhere too", "more", wider], ...more].map(([words, sign, run]) => {
    const made = make("button", { type: "button" }, icon(sign), words);
    made.addEventListener("click", () => { opened.close(); run(); });
    return made;
  }));
  const opened = openCard(one.closest(".pair"), "Decide", [
    make("div", {}, saidBy(one), make("p", { className: "why" }, `${one.dataset.label} · ${one.dataset.message}`)), make("hr"),
    option("x", open ? "Not an error" : "Open again", open ? "here, while both texts stay" : "", not), others, make("hr"),
    ...bad.parts, ...kind.parts, comment, make("div", { className: "ends" }, confirmed, cancel),
  ], {
    entries: [["x", "Not an error", not], ["1 2 3", "How bad"], ["letter", "What kind, and save"], ["Enter", "Confirm as shown", yes], ["w", "Elsewhere too…", wider], ["Escape", "Back", () => opened.close()]],
    keys(pressed) {
      const run = { Enter: yes, x: not, w: wider }[pressed];
      if (run) run();
      return Boolean(run) || bad.keyed(pressed) || kind.keyed(pressed);
    },
  });
  cancel.addEventListener("click", opened.close);
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
    make("div", {}, saidBy(one), make("p", { className: "why" }, `${one.dataset.label} · how far does “not an error” reach?`)), make("hr"),
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
