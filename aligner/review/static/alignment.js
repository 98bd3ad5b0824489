// Alignment as a mode: sentences as blocks, a caret in each text; the texts themselves stay as they are.
import { act, ask, enqueue, make, say } from "./api.js";
import { focus, here, stops } from "./focus.js";
import { take } from "./keys.js";
import { perform, refresh } from "./page.js";

const JOINERS = { en: " ", zh: "" };
const NEAR = 4; // characters between a click and the end of a clause that it means
let mode = null; // {record, data, bead, side, caret: {en, zh}, release, changes}

const chars = (text) => [...text];
const textOf = (bead, side) => bead[side].map((sentence) => sentence.text).join(JOINERS[side]);

/** Places where a caret stops: after each clause; from the start to the end. */
function stopsOf(text) {
  const found = [0];
  chars(text).forEach((char, place, all) => {
    const next = all[place + 1] ?? "";
    if (/[，；。！？：、;,.!?:]/u.test(char) && !/[0-9]/.test(next)) {
      let after = place + 1;
      while (/\s/.test(all[after] ?? "")) after += 1;
      found.push(after);
    }
  });
  if (found.at(-1) !== chars(text).length) found.push(chars(text).length);
  return found;
}

/** Confirm the pair as right, or take that back; the focus goes on. */
export async function reviewed() {
  const row = here();
  if (!row?.matches(".pair[data-bead]")) return;
  const { record, revision, bead, state } = row.dataset;
  const next = stops()[stops().indexOf(row) + 1]?.id;
  const kind = state === "confirmed" ? "unconfirm" : "confirm";
  const done = await perform("alignment", { record: Number(record), revision: Number(revision), bead: Number(bead), kind });
  if (done) focus((kind === "confirm" && next && document.getElementById(next)) || document.getElementById(row.id));
}

export async function enter() {
  const row = here();
  if (!row?.dataset.record || !document.body.matches(".record")) return;
  const record = Number(row.dataset.record);
  const data = await ask(`alignment/${record}`);
  if (!data) return say("The alignment could not be read.", "bad");
  mode = { record, data, bead: Number(row.dataset.bead), side: "zh", caret: {}, changes: 0 };
  mode.release = take(onKey, "Alignment", [
    ["s", "Split here", () => enqueue(split)], ["m", "Merge with next", () => enqueue(() => edit("merge"))], ["Alt+ArrowUp", "Sentence up", () => enqueue(() => move("up"))],
    ["Alt+ArrowDown", "Sentence down", () => enqueue(() => move("down"))], ["r", "Realign the rest", () => enqueue(() => edit("realign"))],
    ["c", "Reviewed", () => enqueue(confirm)], ["o", "Next not 1–1", odd], ["Escape", "Done", () => enqueue(leave)],
  ]);
  document.body.classList.add("aligning");
  const cols = document.querySelector(".cols");
  cols.replaceChildren(make("span"), make("span", {}, make("b", {}, "Alignment. "), "Texts stay as they are; only what belongs to what can change."), make("span", { className: "changed" }));
  setBead(mode.bead);
}

async function leave() {
  const { record, bead, release } = mode;
  mode = null;
  release();
  document.body.classList.remove("aligning");
  await refresh();
  focus(document.getElementById(`b${record}-${bead}`) ?? document.querySelector(".pair"));
}

function setBead(number) {
  mode.bead = Math.max(0, Math.min(mode.data.beads.length - 1, number));
  const bead = mode.data.beads[mode.bead];
  for (const side of ["en", "zh"]) {
    const text = textOf(bead, side);
    const first = bead[side][0] ? chars(bead[side][0].text).length + JOINERS[side].length : 0;
    mode.caret[side] = bead[side].length > 1 ? first : stopsOf(text)[Math.floor(stopsOf(text).length / 2)] ?? 0;
  }
  render();
}

function render() {
  const box = make("div", { className: "beads" }, ...mode.data.beads.map(renderBead));
  const old = document.querySelector(".beads, .pairs");
  old.replaceWith(box);
  const row = document.getElementById(`a${mode.bead}`);
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
  document.querySelector(".changed").textContent = mode.changes ? `${mode.changes} change${mode.changes === 1 ? "" : "s"} so far` : "";
}

function renderBead(bead, number) {
  const on = number === mode.bead;
  const sides = ["en", "zh"].map((side) => make("div", { className: `side${on && side === mode.side ? " on" : ""}`, lang: side === "zh" ? "zh-CN" : "en" }, ...(bead[side].length ? sentences(bead, side, on) : [make("p", { className: "sentence" }, make("small", {}, "–"), make("span", { className: "text" }, make("span", { className: "none" }, side === "en" ? "No English" : "No Chinese")))])));
  const kind = `${bead.en.length}–${bead.zh.length}`;
  const doubt = bead.score < 0.9;
  const row = make("div", { className: "bead", id: `a${number}`, tabIndex: -1, "aria-label": `Pair ${number + 1}, ${kind}`, "aria-current": on ? "true" : null },
    make("span", { className: "no" }, String(number + 1)), sides[0], make("span", { className: "link-kind" }, kind, make("span", { className: doubt ? "doubt" : "" }, `${Math.floor(bead.score * 100)} %`)), sides[1], make("p", { className: "say" }, on ? preview(bead, number) : bead.state === "confirmed" ? "Reviewed" : ""));
  row.addEventListener("click", (event) => (mode.bead === number ? point(event) : setBead(number)));
  return row;
}

/** Set the caret where a text is clicked: at the end of a clause, if one is near; arrows move it from there. */
function point(event) {
  const text = event.target.closest(".sentence .text");
  const found = text && document.caretPositionFromPoint?.(event.clientX, event.clientY);
  if (!found || !text.contains(found.offsetNode)) return;
  const box = text.closest(".side");
  const side = box.lang === "en" ? "en" : "zh";
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(found.offsetNode, found.offset);
  const place = [...box.querySelectorAll(".sentence .text")].indexOf(text);
  const bead = mode.data.beads[mode.bead];
  const earlier = bead[side].slice(0, place).reduce((sum, sentence) => sum + chars(sentence.text).length + JOINERS[side].length, 0);
  const at = earlier + chars(before.toString()).length;
  const near = stopsOf(textOf(bead, side)).find((stop) => Math.abs(stop - at) <= NEAR);
  mode.side = side;
  mode.caret[side] = near ?? at;
  render();
}

function sentences(bead, side, on) {
  let offset = 0;
  return bead[side].map((sentence) => {
    const length = chars(sentence.text).length;
    const at = mode.caret[side] - offset;
    const inside = on && at >= 0 && at <= length && (at < length || sentence === bead[side].at(-1));
    const parts = inside ? [chars(sentence.text).slice(0, at).join(""), make("span", { className: "caret" }), chars(sentence.text).slice(at).join("")] : [sentence.text];
    offset += length + JOINERS[side].length;
    return make("p", { className: "sentence" }, make("small", {}, `${side === "en" ? "E" : "Z"}${sentence.number + 1}`), make("span", { className: "text" }, ...parts));
  });
}

function preview(bead, number) {
  const cut = (side) => {
    const text = chars(textOf(bead, side));
    return [text.slice(0, mode.caret[side]).join("").trim(), text.slice(mode.caret[side]).join("").trim()];
  };
  const [en, zh] = [cut("en"), cut("zh")];
  if ((!en[0] && !zh[0]) || (!en[1] && !zh[1])) return "Set the carets between what belongs to each: ← → move one, Tab goes to the other text.";
  const short = (text) => (text ? `“${chars(text).slice(0, 18).join("")}${chars(text).length > 18 ? "…" : ""}”` : "nothing");
  return `A split here makes ${number + 1} (${short(en[0])} = ${short(zh[0])}) and ${number + 2} (${short(en[1])} = ${short(zh[1])}).`;
}

async function edit(kind, more = {}) {
  const answer = await act("alignment", { record: mode.record, revision: mode.data.revision, bead: mode.bead, kind, ...more });
  if (answer.ok) mode.changes += 1;
  mode.data = (await ask(`alignment/${mode.record}`)) ?? mode.data;
  setBead(answer.ok && answer.bead !== null ? answer.bead : mode.bead);
  say(answer.ok ? answer.said : answer.error, answer.ok ? "good" : "bad");
}
const split = () => edit("split", { carets: [mode.caret.en, mode.caret.zh] });
const move = (direction) => edit("move", { side: mode.side, direction });
const confirm = () => edit(mode.data.beads[mode.bead].state === "confirmed" ? "unconfirm" : "confirm");

async function again(name) {
  const found = await ask("version");
  const decision = found?.[name];
  if (!decision) return say(`There is nothing to ${name}.`);
  const answer = await act(name, { decision });
  if (answer.ok) mode.changes += name === "undo" ? -1 : 1;
  mode.data = (await ask(`alignment/${mode.record}`)) ?? mode.data;
  setBead(mode.bead);
  return say(answer.ok ? answer.said : answer.error, answer.ok ? "good" : "bad");
}

function odd() {
  const next = mode.data.beads.findIndex((bead, place) => place > mode.bead && (bead.en.length !== 1 || bead.zh.length !== 1));
  if (next < 0) return say("None after this one.");
  return setBead(next);
}

function shift(by) {
  const stops = stopsOf(textOf(mode.data.beads[mode.bead], mode.side));
  const now = mode.caret[mode.side];
  const next = by > 0 ? stops.find((stop) => stop > now) : stops.findLast((stop) => stop < now);
  if (next !== undefined) mode.caret[mode.side] = next;
  render();
}

function nudge(by) {
  const most = chars(textOf(mode.data.beads[mode.bead], mode.side)).length;
  mode.caret[mode.side] = Math.max(0, Math.min(most, mode.caret[mode.side] + by));
  render();
}

const KEYS = {
  j: () => setBead(mode.bead + 1), ArrowDown: () => setBead(mode.bead + 1), k: () => setBead(mode.bead - 1), ArrowUp: () => setBead(mode.bead - 1),
  ArrowLeft: () => shift(-1), ArrowRight: () => shift(1), "Shift+ArrowLeft": () => nudge(-1), "Shift+ArrowRight": () => nudge(1),
  Tab: () => { mode.side = mode.side === "en" ? "zh" : "en"; render(); }, "Shift+Tab": () => KEYS.Tab(),
  s: () => enqueue(split), m: () => enqueue(() => edit("merge")), "Alt+ArrowUp": () => enqueue(() => move("up")), "Alt+ArrowDown": () => enqueue(() => move("down")),
  r: () => enqueue(() => edit("realign")), c: () => enqueue(confirm), o: odd, z: () => enqueue(() => again("undo")), y: () => enqueue(() => again("redo")), Escape: () => enqueue(leave), l: () => enqueue(leave),
};
function onKey(name) {
  if (!KEYS[name]) return false;
  KEYS[name]();
  return true;
}
