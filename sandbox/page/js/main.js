/** Starts the page, and draws it anew when the address or the sandbox changes. */
import { get } from "./api.js";
import { drawBar, startBar } from "./bar.js";
import { banner, listen, onChange, onWindow, refresh } from "./live.js";
import { drawModals } from "./modal.js";
import { drawRail } from "./rail.js";
import { drawPane, markRead } from "./room.js";
import { go, readRoute } from "./route.js";
import { store } from "./store.js";
import { drawThread } from "./thread.js";
import { drawTour, startTour } from "./tour.js";
import { startWall } from "./wall.js";

async function everybody() {
  store.everybody = await get("everybody");
}

/** Where somebody lands who says no place: the app's messages. */
function landing() {
  const { app, rooms } = store.win;
  const first = rooms.find((/** @type {any} */ r) => r.member && r.kind === "channel");
  return app.home_tab ? "home" : app.messages_tab ? app.dm : first?.id || "";
}

async function follow() {
  const to = readRoute();
  const from = store.route;
  const moved = to.me !== from.me || to.place !== from.place;
  store.route = to;
  document.body.classList.remove("rail-open");
  if (!to.me) {
    await everybody();
    const first = store.everybody.flatMap((ws) => ws.people).find((p) => !p.deleted);
    if (first) go({ me: first.id });
    else drawPane();
    return;
  }
  if (moved) {
    store.limit = 60;
    store.newSince = "";
  }
  if (to.me !== from.me) store.win = null;
  entering = moved;
  await refresh();
  if (store.win && (!to.place || to.place === "app") && store.route.me === to.me) {
    history.replaceState(null, "", `#/${to.me}/${to.place === "app" ? store.win.app.dm : landing()}`);
    await follow();
    return;
  }
  if (moved && from.me && !document.querySelector("dialog[open]")) {
    const field = document.getElementById("composer-text");
    if (field && matchMedia("(pointer: fine)").matches) field.focus({ preventScroll: true });
    else document.getElementById("pane")?.focus({ preventScroll: true });
  }
}

let entering = true;

onWindow(() => {
  if (entering && store.win?.place) {
    store.newSince = store.win.place.read || "0";
    entering = false;
  }
  drawRail();
  drawPane();
  drawThread();
  drawModals();
  drawBar();
  drawTour();
  banner();
});

onChange((change) => {
  if (["user", "team", "connected"].includes(change.kind)) void everybody().catch(() => {});
});

addEventListener("hashchange", () => void follow());
document.addEventListener("visibilitychange", () => markRead());
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && store.route.thread && !document.querySelector("dialog[open]")) go({ place: store.route.place });
});

document.getElementById("skip")?.addEventListener("click", (event) => {
  event.preventDefault();
  (document.getElementById("composer-text") || document.getElementById("pane"))?.focus();
});

async function start() {
  store.emoji = await get("emoji");
  await everybody();
  startBar();
  startWall();
  await startTour();
  listen();
  await follow();
}

void start().catch(() => {
  const line = document.getElementById("banner");
  if (line) {
    line.textContent = "The sandbox does not answer. Start it, and load this page again.";
    line.hidden = false;
  }
});
