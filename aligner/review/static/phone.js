// A phone: the foot of the reading views, and what a tap does that a click does not.
import { here, note } from "./focus.js";

// A tap takes the selection away before the click: keep it, for what is added about it.
document.addEventListener("pointerdown", (event) => {
  if (event.target.closest?.('[data-do="add"]')) event.preventDefault();
});
// The foot of a phone: what is focused, and what can be done with it.
document.addEventListener("focused", () => {
  const foot = document.querySelector(".phonefoot");
  if (!foot) return;
  const [open, one] = [[...document.querySelectorAll('.note[data-state="open"]')], note()];
  const place = open.indexOf(one) + 1;
  foot.querySelector(".phonewhat").textContent = one?.querySelector(".gist").textContent.replace(/^\w+: /, "") ?? `Pair ${Number(here()?.dataset.bead ?? 0) + 1}`;
  const round = document.querySelector(".round [data-progress]")?.dataset.progress;
  foot.querySelector(".phonecount").textContent = round ?? (place ? `${place} of ${open.length} open` : `${open.length} open`);
  foot.querySelector(".onnote").hidden = !one;
  foot.querySelector(".onpair").hidden = Boolean(one);
  foot.querySelector(".dismiss").textContent = one && one.dataset.state !== "open" ? "Open again" : "No error";
});
// The pane of a term lies over the list.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-do], a")) return;
  if (event.target.closest?.(".term-row") && matchMedia("(max-width: 760px)").matches) document.querySelector(".pane")?.classList.add("open");
});
