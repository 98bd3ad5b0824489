// The keyboard: one table says what each key does; the action line and the help are made from it.
import { enqueue, key, make, say } from "./api.js";
import { here, note } from "./focus.js";

const SIGNS = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Enter: "↵", " ": "Space", Escape: "Esc" };
export const written = (name) => name.split("+").map((part) => SIGNS[part] ?? part).join(" ");
let off = localStorage.getItem("letters") === "off";
let pending = ""; // "g", after which a letter goes to a view
let stack = []; // what has the keys: a card, an edit, a mode; the last one first
let tables = [];

/** Give the keys to a card or a mode: a function of (name, event) that returns whether it took the key. */
export function take(handler, label, entries) {
  const layer = { handler, label, entries };
  stack.push(layer);
  line();
  return () => {
    stack = stack.filter((one) => one !== layer);
    line();
  };
}
export const busy = () => stack.length > 0;

export function nameOf(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  const digit = /^Digit([0-9])$/.exec(event.code)?.[1];
  if (digit) return [...parts, ...(event.shiftKey ? ["Shift"] : []), digit].join("+");
  if (event.shiftKey && (event.key.length > 1 || parts.length)) parts.push("Shift");
  return [...parts, event.key.length === 1 && parts.length ? event.key.toLowerCase() : event.key].join("+");
}

/** @param table rows of {keys, words, run, needs (selector), group, show} */
export function listen(table) {
  tables = table;
  document.addEventListener("keydown", (event) => {
    // While an input method composes, keys belong to it.
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]")) return;
    const name = nameOf(event);
    const layer = stack.at(-1);
    if (layer) {
      if (layer.handler(name, event)) event.preventDefault();
      return;
    }
    if (event.target.closest?.("input:not([type=checkbox]), select, textarea, [contenteditable]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (off && name.length === 1 && name !== "?") return;
    const full = pending ? `${pending} ${name}` : name;
    pending = "";
    const row = table.find((one) => one.keys.includes(full) && (!one.needs || document.querySelector(one.needs)));
    if (row) {
      event.preventDefault();
      run(row);
    } else if (name === "g") {
      pending = "g";
      event.preventDefault();
    }
  });
}

const run = (row) => (row.now ? row.run() : enqueue(row.run));

const where = (row) => {
  if (row?.dataset.bead !== undefined) return ` · pair ${Number(row.dataset.bead) + 1}`;
  const total = document.querySelector("[data-total]")?.dataset.total;
  return row?.dataset.index ? ` · ${Number(row.dataset.index) + 1} of ${Number(total).toLocaleString("en")}` : "";
};

/** What is left to do in this view, in words. */
function progress() {
  const said = document.querySelector("[data-progress]")?.dataset.progress;
  if (said) return said;
  const open = [...document.querySelectorAll('.pairs .note[data-state="open"]')];
  const place = open.indexOf(note()) + 1;
  return open.length ? `${place || "none"} of ${open.length} open` : "";
}

/** Write into the action line what the keys do here. */
export function line() {
  const box = document.querySelector(".acts");
  const layer = stack.at(-1);
  const what = make("span", { className: "what" });
  const buttons = [];
  const end = make("span", { className: "end" }, progress());
  if (layer) {
    what.append(make("b", {}, layer.label));
    for (const [name, words, action] of layer.entries) buttons.push(button(name, words, action));
  } else {
    const [row, one] = [here(), note()];
    what.append(make("b", {}, one?.dataset.label ?? (document.querySelector("main .head .id") ?? document.querySelector("main h1"))?.textContent.slice(0, 24) ?? ""), where(row));
    let group = null;
    for (const entry of tables) {
      if (!entry.show || (entry.needs && !document.querySelector(entry.needs)) || (entry.on && !entry.on())) continue;
      if (entry.end) { end.append(button(entry.keys[0], entry.show, () => run(entry))); continue; }
      if (group !== null && group !== entry.group) buttons.push(make("span", { className: "sep" }));
      group = entry.group;
      buttons.push(button(entry.sign ?? entry.keys[0], entry.show, () => run(entry)));
    }
  }
  box.replaceChildren(what, ...buttons, ...(layer ? [] : [end]));
}

function button(name, words, action) {
  const made = make("button", { type: "button", className: "btn", tabIndex: -1, "aria-keyshortcuts": name.replaceAll(" ", "+") }, key(written(name)), make("span", {}, words));
  if (action) made.addEventListener("click", action);
  return made;
}
document.addEventListener("focused", () => line());

export function help() {
  const back = document.activeElement;
  const groups = Map.groupBy ? Map.groupBy(tables, (row) => row.group) : new Map();
  const sections = [...groups].map(([group, rows]) => make("section", {}, make("h3", {}, group),
    make("ul", {}, ...rows.map((row) => make("li", {}, make("span", {}, row.words), make("span", {}, ...row.keys.slice(0, 2).flatMap((name, place) => [place ? " " : "", key(written(name))])))))));
  const letters = make("input", { type: "checkbox", className: "tick", checked: !off });
  letters.addEventListener("change", () => {
    off = !letters.checked;
    localStorage.setItem("letters", off ? "off" : "on");
    say(off ? "Single letters do nothing now; ? and keys with Ctrl or Alt still do." : "Single letters are keys again.");
  });
  const close = make("button", { type: "button", className: "btn line" }, "Close ", key("Esc"));
  const dialog = make("dialog", { className: "keymap" }, make("h2", { id: "keys-title" }, "Keys"), make("div", { className: "all" }, ...sections),
    make("p", {}, make("label", {}, letters, " single letters are keys")), make("p", {}, close));
  dialog.setAttribute("aria-labelledby", "keys-title");
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    back?.focus?.();
  });
  document.body.append(dialog);
  dialog.showModal();
}
