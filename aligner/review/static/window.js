// Long lists in a window: only the rows near the screen are in the page; the others are fetched as they are needed.
import { address, read } from "./api.js";

const CHUNK = 60; // rows the server sends at once
const MOST = 80; // rows that are in the page at once
let chunks = new Map();
let query = "";
let last = 0; // the row that was gone to last: it may have left the page

export const rows = () => document.querySelector("[data-rows]");
const height = () => rows().querySelector(".row")?.offsetHeight || 36;
const total = () => Number(rows().dataset.total);

/** Lay a new list out; the rows that came with the view are its first chunk. */
export function layOut() {
  const box = rows();
  if (!box) return;
  chunks = new Map();
  last = 0;
  query = location.search.replace(/^\?/, "");
  const start = Number(box.dataset.start) || 0;
  chunks.set(start / CHUNK, Promise.resolve([...box.children]));
  place(start, [...box.children]);
}

function place(start, shown) {
  const box = rows();
  const size = height();
  box.replaceChildren(...shown);
  box.style.boxSizing = "border-box";
  box.style.paddingTop = `${start * size}px`;
  box.style.height = `calc(${total() * size}px + var(--foot) + 24px)`;
}

function chunk(number) {
  if (!chunks.has(number)) {
    const parameters = new URLSearchParams(query);
    parameters.set("from", String(number * CHUNK));
    const found = read(address(`${rows().dataset.rows}?${parameters}`)).then(({ page }) => [...page.querySelectorAll(".row")]);
    chunks.set(number, found);
    if (chunks.size > 12) chunks.delete([...chunks.keys()].find((other) => Math.abs(other - number) > 4) ?? -1);
  }
  return chunks.get(number);
}

/** Put the rows around a place into the page. */
async function showAround(index) {
  const box = rows();
  const first = Math.max(0, Math.min(index - MOST / 2, total() - MOST));
  const numbers = new Set([Math.floor(first / CHUNK), Math.floor(Math.max(0, Math.min(first + MOST, total()) - 1) / CHUNK)]);
  const parts = await Promise.all([...numbers].map(async (number) => [number, await chunk(number)]));
  if (box !== rows()) return;
  const shown = parts.flatMap(([number, found]) => found.map((row, place) => [number * CHUNK + place, row]))
    .filter(([place]) => place >= first && place < first + MOST);
  if (shown.length) place(shown[0][0], shown.map(([, row]) => row));
}

/** Note which row has the focus. */
export const isAt = (index) => { last = index; };

/** Return the row some places from the focused one, putting it into the page first. */
export const showRow = (by) => goToRow(last + by);

/** Return the row at a place, putting it into the page first. */
export async function goToRow(place_) {
  const index = Math.max(0, Math.min(total() - 1, place_));
  last = index;
  const find = () => rows().querySelector(`[data-index="${index}"]`);
  for (let tries = 0; tries < 3 && !find(); tries += 1) await showAround(index);
  const found = find();
  const edge = Number(rows().lastElementChild?.dataset.index) - index < 12 || index - Number(rows().firstElementChild?.dataset.index) < 12;
  if (found && edge) requestAnimationFrame(() => follow());
  return found;
}

let pending = false;
async function follow() {
  if (!rows() || pending || total() <= rows().childElementCount) return;
  pending = true;
  try {
    const top = rows().getBoundingClientRect().top;
    const middle = Math.floor((innerHeight / 2 - top) / height());
    const [first, last] = [rows().firstElementChild, rows().lastElementChild].map((row) => Number(row?.dataset.index ?? 0));
    const [above, below] = [(-top) / height(), (innerHeight - top) / height()];
    if ((above < first + 8 && first > 0) || (below > last - 8 && last < total() - 1)) {
      await showAround(Math.max(0, Math.min(total() - 1, middle)));
      document.dispatchEvent(new CustomEvent("scrolled"));
    }
  } finally {
    pending = false;
  }
}
document.addEventListener("scroll", () => requestAnimationFrame(follow), { passive: true });

/** Read one chunk again: a row of it was decided. */
export async function renewRow(index) {
  const number = Math.floor(index / CHUNK);
  chunks.delete(number);
  const fresh = (await chunk(number))[index - number * CHUNK];
  const old = rows()?.querySelector(`[data-index="${index}"]`);
  if (old && fresh && old !== fresh) old.replaceWith(fresh);
  const shown = [...rows().children].map((row) => Number(row.dataset.index));
  const all = await chunk(number);
  all.forEach((row, place) => {
    const there = rows().querySelector(`[data-index="${number * CHUNK + place}"]`);
    if (there && there !== row && shown.includes(number * CHUNK + place)) there.replaceWith(row);
  });
}
