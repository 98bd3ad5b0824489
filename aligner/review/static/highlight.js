// Light up what belongs together in a pair: the number, term or finding pointed at or focused, on both sides.
const keysOf = (element) => (element?.dataset.k ?? "").split(" ").filter(Boolean);

function light(element) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  const pair = element?.closest(".pair");
  if (!pair) return;
  const keys = new Set(keysOf(element));
  for (const other of pair.querySelectorAll("[data-k]")) {
    if (keysOf(other).some((key) => keys.has(key))) other.classList.add("lit");
  }
}

const marked = (event) => (event.target instanceof Element ? event.target.closest("[data-k]") : null);
const focused = () => document.activeElement?.closest?.("[data-k]") ?? null;
let pointer = "";
document.addEventListener("mouseover", (event) => {
  const place = `${event.screenX},${event.screenY}`;
  if (place === pointer) return; // the page moved under a pointer at rest
  pointer = place;
  light(marked(event) ?? focused());
});
document.addEventListener("focusin", (event) => light(marked(event)));
document.addEventListener("focusout", () => light(null));

// Left and right walk through the marks of the pair that has the focus; with Shift from side to side.
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  const here = document.activeElement;
  if (!here || /^(INPUT|TEXTAREA|SELECT)$/.test(here.tagName)) return;
  const pair = here.closest(".pair");
  if (!pair) return;
  const choice = event.shiftKey ? ".en, .zh" : "p[tabindex], p [data-k]";
  const stops = [...pair.querySelectorAll(choice)];
  const at = stops.findIndex((stop) => stop === here || (event.shiftKey && stop.contains(here)));
  const next = stops[event.key === "ArrowRight" ? at + 1 : at < 0 ? stops.length - 1 : at - 1] ?? pair;
  next.focus();
  event.preventDefault();
});
