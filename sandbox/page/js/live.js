/** Staying current: one stream of changes, and one question for the whole window. */
import { get, Refused } from "./api.js";
import { store } from "./store.js";

/** @type {(() => void)[]} */
const drawers = [];
/** @type {((change: any) => void)[]} */
const hearers = [];
/** Call after every new window. @param {() => void} draw */
export const onWindow = (draw) => void drawers.push(draw);
/** Call for every change in the sandbox. @param {(change: any) => void} hear */
export const onChange = (hear) => void hearers.push(hear);

/** @type {Promise<void> | null} */
let running = null;
let again = false;
let timer = 0;
let wall = true;

/** Ask for the window now. Resolves once what is on screen is at least as new as this call. */
export function refresh() {
  if (running) {
    again = true;
    return running;
  }
  running = run().finally(() => (running = null));
  return running;
}

let pressed = false;
/** @type {(() => void)[]} */
const waiting = [];

const press = () => void (pressed = true);
const release = () => {
  // After the click that follows a release.
  window.setTimeout(() => {
    pressed = false;
    for (const go of waiting.splice(0)) go();
  });
};
addEventListener("pointerdown", press, true);
addEventListener("pointerup", release, true);
addEventListener("pointercancel", release, true);
addEventListener("blur", release);

/** Fields whose list is open. @type {Set<HTMLElement>} */
const open = new Set();

/** Draw nothing anew until what this gives back is called: a field that is replaced loses its open list. @param {HTMLElement} field */
export function hold(field) {
  open.add(field);
  return () => {
    if (open.delete(field)) release();
  };
}

const busy = () => pressed || [...open].some((field) => field.isConnected);

/** A button that is replaced while it is held down loses its click: wait for the finger, and for an open list. */
async function unpressed() {
  while (busy()) await new Promise((go) => waiting.push(() => go(undefined)));
}

async function run() {
  do {
    again = false;
    const { me, place, thread } = store.route;
    if (!me) return;
    try {
      const query = { channel: place, limit: store.limit, ...(thread ? { thread } : {}) };
      const win = await get(`people/${me}/window`, query);
      if (me !== store.route.me || place !== store.route.place || thread !== store.route.thread) {
        again = true;
        continue;
      }
      await unpressed();
      store.win = win;
      for (const draw of drawers) draw();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!source || source.readyState !== EventSource.OPEN) banner();
      else if (store.win?.me !== me) {
        store.win = null;
        for (const draw of drawers) draw();
      }
    }
  } while (again);
}

function soon() {
  clearTimeout(timer);
  timer = window.setTimeout(refresh, 30);
}

/** Changes that alter nobody's window: traffic, for the wall alone. */
const TRAFFIC = new Set(["request", "delivery", "delivered", "act"]);

/** @type {EventSource | null} */
let source = null;

/** Listen. The browser comes back by itself after a break, and so does the window. */
export function listen() {
  source?.close();
  source = new EventSource("/sandbox/stream");
  source.onopen = () => {
    wall = true;
    banner();
    void refresh();
    for (const hear of hearers) hear({ kind: "connected" });
  };
  source.onerror = () => {
    wall = false;
    banner();
    // The browser gives up for good after some refusals.
    if (source?.readyState === EventSource.CLOSED) window.setTimeout(listen, 1000);
  };
  source.onmessage = (event) => {
    const change = JSON.parse(event.data);
    for (const hear of hearers) hear(change);
    if (!TRAFFIC.has(change.kind) && (!change.user || change.user === store.route.me || change.kind === "user")) soon();
  };
}

// A browser opens only so many streams at once: a window nobody looks at gives its own back.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    source?.close();
    source = null;
  } else if (!source) listen();
});

/** The quiet line that says who is away. */
export function banner() {
  const line = document.getElementById("banner");
  if (!line) return;
  const app = store.win?.app;
  let text = "";
  if (!wall) text = "The sandbox does not answer. This page comes back by itself when it does.";
  else if (app && !app.installed) text = `${app.name} is not installed in this workspace.`;
  else if (app && !app.online) text = `${app.name} is away. You can read everything; what you click works again when it is back.`;
  if (line.textContent !== text) line.textContent = text;
  line.hidden = !text;
}
