/** The thread beside the conversation. */
import { doing, kept, prompts } from "./agents.js";
import { composer } from "./composer.js";
import { fill, h, keyed } from "./dom.js";
import { drawMessage, signature } from "./message.js";
import { stayAtEnd } from "./room.js";
import { href } from "./route.js";
import { room, roomName, store } from "./store.js";

let drawnFor = "";

export function drawThread() {
  const box = document.getElementById("thread");
  if (!box) return;
  const { me, place, thread } = store.route;
  const here = room(place);
  const open = Boolean(thread && store.win?.place && here);
  box.hidden = !open;
  document.getElementById("desk")?.classList.toggle("with-thread", open);
  if (!open) {
    drawnFor = "";
    fill(box);
    return;
  }
  const fresh = drawnFor !== `${me}/${place}/${thread}`;
  drawnFor = `${me}/${place}/${thread}`;
  if (fresh) {
    fill(box,
      h("div", { class: "place-head" }, h("div", { class: "place-title" }, h("h2", {}, "Thread"), h("p", { class: "quiet" }, roomName(/** @type {any} */ (here)))), h("a", { class: "tool", href: href({ place }), "aria-label": "Close the thread" }, "×")),
      stayAtEnd(h("div", { class: "messages", tabindex: "0", role: "region", "aria-label": "Messages in this thread" })),
      here?.member && !here.archived ? composer({ place, thread, label: "Reply", id: "composer-thread" }) : null);
  }
  const list = /** @type {HTMLElement} */ (box.querySelector(".messages"));
  const atEnd = fresh || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const name = box.querySelector("h2");
  if (name) name.textContent = kept(thread).title || "Thread";
  const said = store.win.place.thread;
  const rows = said.length ? [...said, { ts: "agent", agent: kept(thread) }] : said;
  keyed(list, rows, {
    key: (m) => m.ts,
    sign: (m) => (m.agent ? JSON.stringify(m.agent) : signature(m, "thread")),
    build: (m) => (m.agent ? h("div", { class: "agent" }, doing(thread), prompts(thread)) : drawMessage(m, { inThread: true })),
  });
  if (!store.win.place.thread.length) fill(list, h("p", { class: "first" }, "This thread is gone, or begins with a message you cannot see."));
  if (atEnd) list.scrollTop = list.scrollHeight;
}
