// What the page can do, by key and by button.
import { add } from "./adding.js";
import * as alignment from "./alignment.js";
import { enqueue } from "./api.js";
import { correctSource, correctTranslation } from "./correct.js";
import * as findings from "./findings.js";
import { focus, note, seek, seekElsewhere, settle, step, stops } from "./focus.js";
import { busy, help, line, listen } from "./keys.js";
import { catchUp, visit } from "./page.js";
import "./phone.js";
import * as settings from "./settings.js";
import * as terms from "./terms.js";
import { again, allReviewed, back, drop, filter, follow, go, open, order, search, seen, tab, toggleCheck, walk } from "./views.js";
import { layOut, rows } from "./window.js";

const PAIR = ".pair[data-bead]";
const NOTE = ".note[data-id]";
const TERM = ".term-row";
const onNote = () => Boolean(note());
const KEYS = [
  { group: "Finding", keys: ["x"], words: "not an error; again: open it", show: "Not an error", run: findings.dismiss, needs: NOTE, on: onNote, now: true },
  { group: "Finding", keys: ["1"], words: "minor", show: "Minor", run: () => findings.confirm("minor"), needs: NOTE, on: onNote, now: true },
  { group: "Finding", keys: ["2"], words: "major", show: "Major", run: () => findings.confirm("major"), needs: NOTE, on: onNote, now: true },
  { group: "Finding", keys: ["3"], words: "critical", show: "Critical", run: () => findings.confirm("critical"), needs: NOTE, on: onNote, now: true },
  ...["minor", "major", "critical"].map((name, place) => ({ group: "Finding", keys: [`Shift+${place + 1}`], words: `${name}, then a letter for the kind`, run: () => findings.decide(name), needs: NOTE, now: true })),
  { group: "Finding", keys: ["d"], words: "decide: severity, kind, comment", show: "Decide…", run: () => findings.decide(), needs: NOTE, on: onNote, now: true },
  { group: "Finding", keys: ["X"], words: "not an error, elsewhere too", run: findings.scope, needs: NOTE },
  { group: "Finding", keys: ["w"], words: "waive an error, or take that back", run: findings.waive, needs: NOTE, now: true },
  { group: "Pair", keys: ["e"], words: "correct the translation", show: "Correct", run: correctTranslation, needs: PAIR },
  { group: "Pair", keys: ["E"], words: "correct the source", run: correctSource, needs: PAIR },
  { group: "Pair", keys: ["a"], words: "add a finding about the selected words", show: "Add finding", run: add, needs: PAIR, now: true },
  { group: "Round trip", keys: ["c"], words: "seen, and on", show: "Seen", run: seen, needs: ".round .pair", now: true },
  { group: "Round trip", keys: ["w"], words: "waive an error, or take that back", show: "Waive", run: findings.waive, needs: ".round .note[data-id]", now: true, on: () => note()?.dataset.state === "confirmed" },
  { group: "Round trip", keys: ["["], words: "tab before", run: () => tab(-1), needs: ".round .tabs" },
  { group: "Round trip", keys: ["]"], words: "next tab", run: () => tab(1), needs: ".round .tabs" },
  { group: "Round trip", keys: ["p"], words: "report", run: go("report"), needs: ".round" },
  { group: "Pair", keys: ["c"], words: "reviewed, and on", show: "Reviewed", run: alignment.reviewed, needs: `body:not(.round) ${PAIR}` },
  { group: "Pair", keys: ["l"], words: "alignment", show: "Alignment", run: alignment.enter, needs: `.record ${PAIR}` },
  { group: "Pair", keys: ["ArrowRight"], words: "walk through numbers and terms", run: () => walk(1), needs: PAIR, now: true },
  { group: "Pair", keys: ["ArrowLeft"], words: "walk back", run: () => walk(-1), needs: PAIR, now: true },
  { group: "Pair", keys: ["t"], words: "numbers and terms in all pairs", run: () => document.querySelector(".pairs")?.classList.toggle("marks"), needs: PAIR, now: true },
  { group: "Pair", keys: ["u"], words: "parts of long pairs, or whole texts", run: () => document.querySelector(".pairs")?.classList.toggle("whole"), needs: `${PAIR}.cut`, now: true },
  { group: "Pair", keys: ["U"], words: "next pair that is not reviewed", run: () => seekElsewhere("unconfirmed", false), needs: PAIR },
  { group: "Pair", keys: ["["], words: "record before", run: follow("[data-go=before]"), needs: "[data-go=before]" },
  { group: "Pair", keys: ["]"], words: "next record", run: follow("[data-go=after]"), needs: "[data-go=after]" },
  { group: "Terms", keys: ["a"], words: "accept, and on", show: "Accept", run: () => terms.rule("accepted"), needs: TERM, now: true },
  { group: "Terms", keys: ["x"], words: "reject, and on", show: "Reject", run: () => terms.rule("rejected"), needs: TERM, now: true },
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => ({ group: "Terms", keys: [String(digit)], words: `use translation ${digit}`, ...(digit === 1 ? { show: "Use this translation", sign: "1–9" } : {}), run: () => terms.use(digit), needs: TERM, now: true })),
  { group: "Terms", keys: ["e"], words: "edit fields", show: "Edit fields", run: terms.editFields, needs: TERM, now: true },
  { group: "Terms", keys: ["v"], words: "use the next form", show: "Swap with variant", run: terms.variant, needs: TERM, now: true },
  { group: "Terms", keys: ["]"], words: "next sentence", run: () => terms.sentence(1), needs: TERM, now: true },
  { group: "Terms", keys: ["["], words: "sentence before", run: () => terms.sentence(-1), needs: TERM, now: true },
  { group: "Terms", keys: [" "], words: "choose", show: "Choose", run: () => terms.tick(), needs: TERM, now: true },
  { group: "Terms", keys: ["J"], words: "choose downwards", run: () => terms.range(1), needs: TERM, now: true },
  { group: "Terms", keys: ["K"], words: "choose upwards", run: () => terms.range(-1), needs: TERM, now: true },
  { group: "Terms", keys: ["Ctrl+a"], words: "choose all that are shown", run: terms.all, needs: TERM, now: true },
  { group: "Terms", keys: ["d"], words: "domain of all chosen", run: () => terms.fieldOfChosen("domain", "Domain"), needs: TERM, now: true },
  { group: "Terms", keys: ["p"], words: "part of speech of all chosen", run: () => terms.fieldOfChosen("part_of_speech", "Part of speech"), needs: TERM, now: true },
  { group: "Records", keys: ["c"], words: "all pairs reviewed", show: "All pairs reviewed", run: allReviewed, needs: ".records .row" },
  { group: "Checks", keys: ["x"], words: "switch the check off or on", show: "Switch off or on", run: () => toggleCheck(), needs: "tr[data-check]" },
  { group: "Report", keys: ["s"], words: "settings: pass mark, weights, direction, reviewer", show: "Settings", run: () => settings.open(), needs: "form.settings", now: true },
  { group: "Everywhere", keys: ["Enter"], words: "open", show: "Open", run: open, needs: "a.open, .term-row" },
  { group: "Everywhere", keys: ["j", "ArrowDown"], words: "next row", run: () => step(1), now: true },
  { group: "Everywhere", keys: ["k", "ArrowUp"], words: "row before", run: () => step(-1), now: true },
  { group: "Everywhere", keys: ["f"], words: "filter", show: "Filter", on: () => document.body.matches(".records"), run: () => filter(), now: true, needs: "[data-do=filter]" },
  { group: "Everywhere", keys: ["o"], words: "order", show: "Order", on: () => document.body.matches(".records"), run: order, needs: "[data-do=order]" },
  { group: "Everywhere", keys: ["/"], words: "search", show: "Search", on: () => document.body.matches(".records, .checks, .export"), run: search },
  { group: "Everywhere", keys: ["z", "Ctrl+z"], words: "undo", run: () => again("undo") },
  { group: "Everywhere", keys: ["y", "Ctrl+y"], words: "redo", run: () => again("redo") },
  { group: "Everywhere", keys: ["n"], words: "next open finding, in whatever record; next term to decide", show: "Next", end: true, run: () => seek(), on: () => Boolean(document.querySelector(".note, .records .row, .term-row")) },
  { group: "Everywhere", keys: ["N"], words: "open finding before", run: () => seek(true) },
  { group: "Everywhere", keys: ["g r"], words: "records", run: go("") },
  { group: "Everywhere", keys: ["g t"], words: "terms", run: go("terms") },
  { group: "Everywhere", keys: ["g p"], words: "report", run: go("report") },
  { group: "Everywhere", keys: ["g b"], words: "round trip", run: go("round") },
  { group: "Everywhere", keys: ["g c"], words: "checks", run: go("checks") },
  { group: "Everywhere", keys: ["g e"], words: "export", run: go("export") },
  { group: "Everywhere", keys: ["Escape"], words: "back", run: back, now: true },
  { group: "Everywhere", keys: ["?"], words: "these keys", run: help, now: true },
];

const BUTTONS = {
  undo: () => enqueue(() => again("undo")),
  redo: () => enqueue(() => again("redo")),
  help,
  search: () => enqueue(search),
  filter: () => filter(),
  order: () => enqueue(order),
  next: () => enqueue(() => seek()),
  previous: () => enqueue(() => seek(true)),
  dismiss: findings.dismiss,
  minor: () => findings.confirm("minor"),
  major: () => findings.confirm("major"),
  critical: () => findings.confirm("critical"),
  decide: () => findings.decide(),
  more: () => findings.decide("", [["Correct", "pen", correctTranslation], ["Add", "plus", add], ["Reviewed", "check", BUTTONS.reviewed], ...(note()?.dataset.state === "confirmed" ? [["Waive", "cross", findings.waive]] : [])]),
  correct: correctTranslation,
  add,
  reviewed: () => (document.body.matches(".round") ? seen() : enqueue(alignment.reviewed)),
  align: () => enqueue(alignment.enter),
  settings: () => settings.open(),
  drop: (button) => enqueue(() => drop(button.dataset.name)),
  accept: () => terms.rule("accepted"),
  reject: () => terms.rule("rejected"),
  only: (button) => terms.show(button.dataset.zh),
  use: (button) => terms.use(0, button.dataset.zh),
  fields: terms.editFields,
  step: () => step(1),
  tick: (button) => terms.tick(button.closest(".term-row")),
  switch: (button) => enqueue(() => toggleCheck(button.closest("tr"))),
  "close-pane": () => document.querySelector(".pane").classList.remove("open"),
};

listen(KEYS);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-do]");
  const run = button && BUTTONS[button.dataset.do];
  if (run) {
    const row = button.closest(".stop");
    if (row) focus(row, button.closest(".note[data-id]"), { quiet: true });
    if (button.getAttribute("aria-disabled") !== "true") run(button);
    return;
  }
  const link = event.target.closest?.("a[href]");
  if (link && !link.hasAttribute("download") && link.origin === location.origin && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !link.getAttribute("href").startsWith("#") && !link.pathname.includes("/export/")) {
    event.preventDefault();
    enqueue(() => visit(link.href));
  }
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("form.settings")) {
    event.preventDefault();
    enqueue(() => settings.save(form));
    return;
  }
  if (!form.matches("form.foldout")) return;
  event.preventDefault();
  const parameters = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  enqueue(() => visit(`${form.getAttribute("action")}?${parameters}`));
});
document.addEventListener("shown", (event) => {
  if (rows()) layOut();
  settle(event.detail);
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && !busy()) enqueue(catchUp);
});
history.replaceState({ ...history.state }, "");
if (rows()) layOut();
settle({ how: "visited", state: history.state ?? {} });
line();
document.body.dataset.ready = stops().length ? "rows" : "empty";
