// Talking to the server: one action after another, each answered before the next begins.
const base = document.body.dataset.base;
let last = Promise.resolve();
let waiting = 0;
let leaving = false;

/** Run a job when all earlier ones are done; it reads the page as it is then. */
export function enqueue(job) {
  waiting += 1;
  last = last
    .then(() => (leaving ? null : job()))
    .catch((error) => say(String(error.message ?? error), "bad"))
    .finally(() => { waiting -= 1; });
  return last;
}

export const address = (path) => `${base}/${path}`;

/** Go to another view, as the last job of this one. */
export function leave(url) {
  leaving = true;
  location.assign(url);
}

// Whoever leaves by a link while something is still to be saved is asked to wait.
window.addEventListener("beforeunload", (event) => {
  if (waiting && !leaving) event.preventDefault();
});
window.addEventListener("pageshow", () => { leaving = false; });

/** Ask for an action. Returns the server's answer with its status; status 0: the server is gone. */
export async function act(action, wish) {
  try {
    const response = await fetch(address(`act/${action}`), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(wish),
      keepalive: true,
    });
    const answer = await response.json().catch(() => ({ error: `the server answered ${response.status}` }));
    return { ...answer, status: response.status, ok: response.ok };
  } catch {
    const error = "Not saved: the server does not answer. Start it again with 'aligner review'; this page keeps what you typed.";
    return { ok: false, status: 0, error };
  }
}

export async function ask(path) {
  const response = await fetch(address(path));
  return response.ok ? response.json() : null;
}

/** Fetch this view again and put its content in place. Nothing in it can be script: the server sends no inline script, and none would be let run. */
export async function refresh() {
  const response = await fetch(location.pathname + location.search);
  if (!response.ok) throw new Error(`the page could not be read again (${response.status})`);
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const [x, y] = [scrollX, scrollY];
  for (const part of ["#content", "header.bar"]) {
    const [old, now] = [document.querySelector(part), fresh.querySelector(part)];
    if (old && now) old.replaceChildren(...now.childNodes);
  }
  scrollTo(x, y);
  document.dispatchEvent(new CustomEvent("refreshed"));
}

/** Say something to the person, to screen readers too. */
export function say(text, kind = "good") {
  const box = document.querySelector(".says");
  box.textContent = text;
  box.className = `says ${kind} shown`;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => box.classList.remove("shown"), kind === "bad" ? 12000 : 4000);
}

export const decision = () => Number(document.querySelector("[data-decision].progress")?.dataset.decision ?? 0);

/** Come up to date when another tab decided something. */
export async function catchUp() {
  const now = await ask("version").catch(() => null);
  if (now && now.decision !== decision()) {
    await refresh();
    say("Brought up to date: something was decided in another tab.");
  }
}
