// Talking to the server: one action after another, each answered before the next begins.
export const base = document.body.dataset.base;
let last = Promise.resolve();
let waiting = 0;

/** Run a job when all earlier ones are done; it reads the page as it is then. */
export function enqueue(job) {
  waiting += 1;
  last = last.then(job).catch((error) => say(String(error.message ?? error), "bad")).finally(() => { waiting -= 1; });
  return last;
}

export const address = (path) => `${base}/${path}`;

// Whoever closes the page while something is still to be saved is asked to wait.
window.addEventListener("beforeunload", (event) => {
  if (waiting) event.preventDefault();
});

/** Ask for an action. Returns the server's answer with its status; status 0: the server is gone. */
export async function act(action, payload) {
  try {
    const response = await fetch(address(`act/${action}`), {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(payload), keepalive: true,
    });
    const answer = await response.json().catch(() => ({ error: `the server answered ${response.status}` }));
    return { ...answer, status: response.status, ok: response.ok };
  } catch {
    return { ok: false, status: 0, error: "Not saved: the server does not answer. Start it again with 'aligner review'; this page keeps what you typed." };
  }
}

export async function ask(path) {
  const response = await fetch(address(path));
  return response.ok ? response.json() : null;
}

/** Read a view as a document. Nothing in it can be script: the server sends none inline, and none would be let run. */
export async function read(url) {
  const response = await fetch(url);
  if (!response.ok && response.status !== 404) throw new Error(`the page could not be read (${response.status})`);
  return { found: response.ok, page: new DOMParser().parseFromString(await response.text(), "text/html") };
}

/** Say something to the person, to screen readers too. */
export function say(text, kind = "good") {
  const box = document.querySelector(".says");
  box.textContent = text;
  box.className = `says ${kind} shown`;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => box.classList.remove("shown"), kind === "bad" ? 12000 : 4000);
}

/** Build an element from words, never from markup. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (name in element && name !== "list" && !name.includes("-")) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const key = (name) => make("kbd", { "aria-hidden": "true" }, name);

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}
