// Going from view to view without leaving the page, and bringing a view up to date.
import { act, address, ask, enqueue, read, say } from "./api.js";

const PARTS = ["#content", "header.bar"];

function put(page) {
  for (const part of PARTS) {
    const [old, now] = [document.querySelector(part), page.querySelector(part)];
    if (!old || !now) throw new Error("the server answered something else than a view");
    old.replaceChildren(...now.childNodes);
    for (const name of Object.keys(now.dataset)) old.dataset[name] = now.dataset[name];
  }
  document.body.className = page.body.className;
  document.title = page.title;
}

const shown = (detail) => document.dispatchEvent(new CustomEvent("shown", { detail }));

/** Show another view of this page. */
export async function visit(url, { push = true, state = {} } = {}) {
  const target = new URL(url, location.href);
  if (push) history.replaceState({ ...history.state, focus: focusId(), y: scrollY }, "");
  const { found, page } = await read(target.pathname + target.search);
  if (!found) return say("There is no such view (any more).", "bad");
  if (push) history.pushState(state, "", target);
  put(page);
  scrollTo(0, 0);
  shown({ how: "visited", state, hash: target.hash.slice(1) });
}

export const focusId = () => document.querySelector("[aria-current=true].note, [aria-current=true].stop")?.id ?? "";

window.addEventListener("popstate", (event) => {
  enqueue(() => visit(location.href, { push: false, state: event.state ?? {} }));
});

/** Fetch this view again and put its content in place. */
export async function refresh() {
  const [x, y] = [scrollX, scrollY];
  const { page } = await read(location.pathname + location.search);
  put(page);
  scrollTo(x, y);
  shown({ how: "refreshed" });
}

/** The language that is translated from: en or zh. */
export const source = () => document.querySelector("header.bar").dataset.source;

/** Do something, bring the view up to date and say what happened. Returns whether it was done. */
export async function perform(action, payload) {
  const answer = await act(action, payload);
  await refresh();
  say(answer.ok ? answer.said : answer.error, answer.ok ? "good" : "bad");
  return answer.ok;
}

const decision = () => Number(document.querySelector("header.bar").dataset.decision ?? 0);

/** Come up to date when another tab decided something. */
export async function catchUp() {
  const now = await ask("version").catch(() => null);
  if (now && now.decision !== decision()) {
    await refresh();
    say("Brought up to date: something was decided in another tab.");
  }
}

export const home = () => visit(address(""));
