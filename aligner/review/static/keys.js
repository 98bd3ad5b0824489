// The keyboard: one table says what each key does, and the help is made from it.
import { enqueue } from "./api.js";
import { make } from "./dialogs.js";

/** @param table rows of [keys, words, function, selector that must be on the page] */
export function listen(table) {
  document.addEventListener("keydown", (event) => {
    // While an input method composes, keys belong to it.
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]")) return;
    const field = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (field) {
      if (event.key === "Escape") field.blur();
      return;
    }
    const name = nameOf(event);
    for (const [keys, , run, needs] of table) {
      if (!keys.includes(name) || (needs && !document.querySelector(needs))) continue;
      event.preventDefault();
      enqueue(run);
      return;
    }
  });
}

function nameOf(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey && (event.key.length > 1 || parts.length)) parts.push("Shift");
  const key = event.key.length === 1 && parts.length ? event.key.toLowerCase() : event.key;
  return [...parts, key].join("+");
}

const SIGNS = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };
const written = (key) => key.replace(/Arrow\w+/, (name) => SIGNS[name]).replaceAll("+", " + ");

export function showHelp(table) {
  const back = document.activeElement;
  const rows = table.filter(([, , , needs]) => !needs || document.querySelector(needs)).map(([keys, words]) =>
    make("tr", {}, make("th", { scope: "row" }, ...keys.flatMap((key, at) => [at ? " or " : "", make("kbd", {}, written(key))])), make("td", {}, words)));
  const close = make("button", { type: "button" }, "Close ", make("kbd", {}, "Esc"));
  const dialog = make("dialog", { className: "help" }, make("h2", { id: "help-title" }, "Keys"), make("table", {}, make("tbody", {}, ...rows)), close);
  dialog.setAttribute("aria-labelledby", "help-title");
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    back?.focus?.();
  });
  document.body.append(dialog);
  dialog.showModal();
}
