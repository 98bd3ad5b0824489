// The terms workbench: a list, and beside it all that is known of the focused term.
import { act, address, enqueue, make, key, read, say } from "./api.js";
import { focus, here, step } from "./focus.js";
import { take } from "./keys.js";
import { refresh } from "./page.js";
import { renewRow, rows } from "./window.js";

const chosen = new Map(); // id -> version, of the terms that are ticked
let anchor = null; // index from which a range is chosen
let only = "";
let place = -1; // the sentence that [ and ] are at

export const pane = () => document.querySelector("[data-pane=pane]");
const term = () => (here()?.matches(".term-row") ? here() : null);

let shown = "";
let timer = 0;
/** Fill the pane for the focused row: of a term, or of a record. */
export function fill({ force = false } = {}) {
  const box = document.querySelector("[data-pane]");
  const row = here();
  if (!box || !row?.dataset.id) return;
  const path = `${box.dataset.pane}/${row.dataset.id}${only ? `?zh=${encodeURIComponent(only)}` : ""}`;
  if (path === shown && !force && box.childElementCount) return;
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const { found, page } = await read(address(path)).catch(() => ({ found: false }));
    if (!found || here()?.dataset.id !== row.dataset.id) return;
    shown = path;
    place = -1;
    box.replaceChildren(...page.body.childNodes);
  }, force ? 0 : 60);
}
document.addEventListener("focused", () => {
  if (here()?.dataset.id !== fill.id) only = "";
  fill.id = here()?.dataset.id;
  fill();
});
document.addEventListener("scrolled", () => paintChosen());

function paintChosen() {
  for (const row of document.querySelectorAll(".term-row")) {
    const box = row.querySelector("input.tick");
    if (box) box.checked = chosen.has(row.dataset.id);
  }
}

async function renew(row) {
  const id = row.id;
  await renewRow(Number(row.dataset.index));
  const now = document.getElementById(id);
  paintChosen();
  const bar = await read(location.pathname + location.search).catch(() => null);
  if (bar?.found) {
    for (const part of ["header.bar", ".top .sum"]) {
      const [old, fresh] = [document.querySelector(part), bar.page.querySelector(part)];
      if (old && fresh) { old.replaceChildren(...fresh.childNodes); Object.assign(old.dataset, { ...fresh.dataset }); }
    }
  }
  return now;
}

/** Accept or reject the focused term, or all that are chosen, and go on. */
export function rule(status) {
  if (chosen.size) return many({ status });
  const row = term();
  if (!row) return say("Go to a term first (j, k).");
  const wanted = row.dataset.status === status && !rule.touched ? "candidate" : status;
  rule.touched = false;
  const { id, seen } = row.dataset;
  row.dataset.status = wanted;
  row.classList.remove("candidate", "accepted", "rejected");
  row.classList.add(wanted);
  const going = wanted === "candidate" ? null : step(1);
  return enqueue(async () => {
    await going;
    const answer = await act("term", { id: Number(id), seen, status: wanted });
    await renew(row);
    if (here()?.dataset.id === id) fill({ force: true });
    say(answer.ok ? answer.said : answer.error, answer.ok ? "good" : "bad");
  });
}

function many(what) {
  const list = [...chosen].map(([id, seen]) => ({ id: Number(id), seen }));
  return enqueue(async () => {
    const answer = await act("terms", { chosen: list, ...what });
    if (answer.ok) chosen.clear();
    await refresh();
    say(answer.ok ? `${answer.said}. One undo (z) brings them back.` : answer.error, answer.ok ? "good" : "bad");
  });
}

/** Save fields of the focused term; the focus stays. */
async function saveFields(fields) {
  const row = term();
  if (!row) return false;
  const answer = await act("term", { id: Number(row.dataset.id), seen: row.dataset.seen, ...fields });
  const now = await renew(row);
  if (now) focus(now);
  fill({ force: true });
  say(answer.ok ? answer.said : answer.error, answer.ok ? "good" : "bad");
  if (answer.ok) rule.touched = true;
  return answer.ok;
}

export function use(number, zh = "") {
  const wanted = zh || pane()?.querySelectorAll(".translations li")[number - 1]?.dataset.zh;
  if (wanted) enqueue(() => saveFields({ zh: wanted, status: "accepted" }));
}

/** Swap the English form with its first variant. */
export function variant() {
  const wanted = pane()?.querySelectorAll(".translations li:not(.chosen)")[0]?.dataset.zh;
  if (wanted) enqueue(() => saveFields({ zh: wanted }));
  else say("This term has no other form here.");
}

export function editFields() {
  const old = pane()?.querySelector("dl.fields");
  if (!old) return;
  const names = { en: "English", zh: "Chinese", domain: "Domain", part_of_speech: "Part of speech", definition: "Definition", note: "Note" };
  const inputs = Object.entries(names).map(([name, words]) => {
    const input = make("input", { className: "field", name, value: old.dataset[name] ?? "", maxLength: 2000, lang: name === "zh" ? "zh-CN" : "en", autocomplete: "off" });
    return make("label", {}, make("span", {}, words), input);
  });
  const form = make("form", { className: "fields" }, ...inputs, make("div", { className: "ends" }, make("button", { className: "btn main" }, "Save ", key("Ctrl ↵")), make("button", { type: "button", className: "btn line" }, "Cancel ", key("Esc"))));
  const end = () => { release(); form.replaceWith(old); here()?.focus({ preventScroll: true }); };
  const release = take((pressed, event) => {
    if (pressed === "Escape") { end(); return true; }
    if (pressed === "Ctrl+Enter" || (pressed === "Enter" && event.target.matches("input"))) { form.requestSubmit(); return true; }
    return false;
  }, "Edit fields", [["Ctrl+Enter", "Save", () => form.requestSubmit()], ["Escape", "Cancel", end]]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    enqueue(async () => { if (await saveFields(values)) release(); });
  });
  form.querySelector("button[type=button]").addEventListener("click", end);
  old.replaceWith(form);
  form.querySelector("[name=domain]").focus();
  form.scrollIntoView({ block: "nearest" });
}

export function show(zh) {
  only = only === zh ? "" : zh;
  fill({ force: true });
}

export function sentence(by) {
  const all = [...(pane()?.querySelectorAll(".contexts li") ?? [])];
  if (!all.length) return;
  place = Math.max(0, Math.min(all.length - 1, place + by));
  for (const one of all) one.removeAttribute("aria-current");
  all[place].setAttribute("aria-current", "true");
  all[place].scrollIntoView({ block: "nearest" });
}
export const sentenceLink = () => pane()?.querySelectorAll(".contexts li")[Math.max(place, 0)]?.querySelector("a")?.href ?? "";

export function tick(row = term()) {
  if (!row) return;
  const { id, seen } = row.dataset;
  if (chosen.has(id)) chosen.delete(id);
  else chosen.set(id, seen);
  anchor = Number(row.dataset.index);
  told();
}

export async function range(by) {
  const from = term();
  if (!from) return;
  chosen.set(from.dataset.id, from.dataset.seen);
  anchor ??= Number(from.dataset.index);
  await step(by);
  const to = term();
  if (to) chosen.set(to.dataset.id, to.dataset.seen);
  told();
}

export function all() {
  for (const row of document.querySelectorAll(".term-row")) chosen.set(row.dataset.id, row.dataset.seen);
  told();
}
const told = () => { paintChosen(); say(chosen.size ? `${chosen.size} chosen: a accepts, x rejects, d gives a domain, p a part of speech` : "None chosen."); };
export const clear = () => { const some = chosen.size; chosen.clear(); paintChosen(); return some > 0; };

/** Ask for one field of all chosen terms. */
export function fieldOfChosen(name, words) {
  if (!chosen.size) return say("Choose terms first (Space).");
  const input = make("input", { className: "field", "aria-label": words, placeholder: `${words} of ${chosen.size} terms`, maxLength: 200 });
  const box = pane();
  const form = make("form", { className: "fields" }, input);
  const release = take((pressed) => { if (pressed === "Escape") { release(); form.remove(); return true; } return false; }, words, [["Enter", "Save"], ["Escape", "Cancel"]]);
  form.addEventListener("submit", (event) => { event.preventDefault(); release(); form.remove(); many({ [name]: input.value }); });
  box.prepend(form);
  input.focus();
  return null;
}
export const listed = () => Boolean(rows()) && document.body.matches(".terms");
