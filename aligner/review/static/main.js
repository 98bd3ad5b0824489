// What the page can do, by key and by button.
import "./highlight.js";
import * as alignment from "./alignment.js";
import { act, address, catchUp, enqueue, leave, refresh, say } from "./api.js";
import * as findings from "./findings.js";
import { listen, showHelp } from "./keys.js";
import { arrive, goTo, here, seek, step } from "./place.js";
import * as terms from "./terms.js";

async function again(name) {
  const button = document.querySelector(`[data-do="${name}"]`);
  if (!button.dataset.decision) return say(`There is nothing to ${name}.`);
  const answer = await act(name, { decision: Number(button.dataset.decision) });
  if (answer.ok || answer.status === 409) await refresh();
  say(answer.ok ? answer.said : answer.error, answer.ok ? "good" : "bad");
  const row = answer.ok && answer.bead !== null ? document.getElementById(`b${answer.record}-${answer.bead}`) : null;
  goTo(row ?? here());
}

const visit = (path) => () => leave(address(path));

/** Follow a link or press a button, as Enter does. */
function follow(target) {
  if (target?.matches("a[href]:not([download])")) leave(target.href);
  else target?.click();
}
const PAIR = ".pair[data-bead]";
const FINDING = ".finding";
const TERM = ".term-row";

const KEYS = [
  [["j", "ArrowDown"], "next row", () => step(1)],
  [["k", "ArrowUp"], "row before", () => step(-1)],
  [["Enter"], "open the row", () => follow(document.activeElement?.matches("a, button") ? document.activeElement : here()?.querySelector("a.open")), "a.open"],
  [["ArrowLeft", "ArrowRight"], "walk through the numbers and terms of a pair", () => {}, PAIR],
  [["Shift+ArrowLeft", "Shift+ArrowRight"], "go to the English or the Chinese side", () => {}, PAIR],
  [["n"], "next open issue, in whatever record", () => seek("issue")],
  [["N"], "open issue before", () => seek("issue", true)],
  [["u"], "next pair not confirmed", () => seek("unconfirmed")],
  [["U"], "pair not confirmed before", () => seek("unconfirmed", true)],
  [["o"], "next pair that is not 1-1", () => seek("odd")],
  [["O"], "pair before that is not 1-1", () => seek("odd", true)],
  [["x"], "dismiss the finding here, or open it again", () => findings.quick("dismissed"), FINDING],
  [["e"], "confirm the finding as an error", () => findings.quick("confirmed"), FINDING],
  [["d"], "decide about the finding: scope, kind of error, reason", () => findings.decide(), FINDING],
  [["c"], "confirm the pair, or take that back", alignment.confirm, PAIR],
  [["m"], "merge the pair with the next", alignment.merge, PAIR],
  [["s"], "split the pair at the caret", alignment.split, PAIR],
  [["Alt+ArrowUp"], "move the side's first sentence to the pair before", () => alignment.move("up"), PAIR],
  [["Alt+ArrowDown"], "move the side's last sentence to the next pair", () => alignment.move("down"), PAIR],
  [["r"], "align again what nobody made or confirmed", alignment.realign, `.head ~ .pairs ${PAIR}`],
  [["a"], "accept the term, or take that back", () => terms.rule("accepted"), TERM],
  [["x"], "reject the term, or take that back", () => terms.rule("rejected"), TERM],
  [["e"], "edit the term", () => terms.edit(), TERM],
  [["z", "Ctrl+z"], "undo", () => again("undo")],
  [["y", "Ctrl+y", "Ctrl+Shift+z"], "redo", () => again("redo")],
  [["/"], "search", () => document.querySelector("input[type=search]")?.focus()],
  [["]"], "next page, or next record", () => follow(document.querySelector("main a[rel=next]"))],
  [["["], "page before, or record before", () => follow(document.querySelector("main a[rel=prev]"))],
  [["1"], "records", visit("")],
  [["2"], "pairs of all records", visit("pairs")],
  [["3"], "terms", visit("terms")],
  [["4"], "export", visit("export")],
  [["?"], "this help", () => showHelp(KEYS)],
];

const BUTTONS = {
  undo: () => again("undo"),
  redo: () => again("redo"),
  help: () => showHelp(KEYS),
  dismiss: (button) => findings.quick("dismissed", button),
  reopen: (button) => findings.quick("dismissed", button),
  error: (button) => findings.quick("confirmed", button),
  decide: (button) => findings.decide(button),
  confirm: alignment.confirm,
  merge: alignment.merge,
  split: alignment.split,
  realign: alignment.realign,
  "move-up": () => alignment.move("up"),
  "move-down": () => alignment.move("down"),
  "next-issue": () => seek("issue"),
  "next-unconfirmed": () => seek("unconfirmed"),
  "next-odd": () => seek("odd"),
  accept: (button) => terms.rule("accepted", button),
  reject: (button) => terms.rule("rejected", button),
  edit: (button) => terms.edit(button),
};

listen(KEYS);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-do]");
  const run = button && BUTTONS[button.dataset.do];
  if (run) enqueue(() => run(button));
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") enqueue(catchUp);
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) enqueue(catchUp);
});
arrive();
document.body.dataset.ready = "true";
