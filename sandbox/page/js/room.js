/** A conversation: its head, its messages, what to do where one may not write. */
import { doing, kept, prompts } from "./agents.js";
import { post } from "./api.js";
import { composer } from "./composer.js";
import { announce, fill, h, keyed } from "./dom.js";
import { refresh } from "./live.js";
import { drawHome } from "./home.js";
import { author, drawMessage, signature, trying } from "./message.js";
import { room, roomName, store } from "./store.js";
import { tabs } from "./tabs.js";
import { gist } from "./text.js";
import { dayKey, dayLine, tsMs } from "./times.js";

/** What the pane was drawn for: another place is drawn from the start. */
let drawnFor = "";
let lastSeen = "";

export function drawPane() {
  const pane = document.getElementById("pane");
  if (!pane) return;
  const { me, place } = store.route;
  const win = store.win;
  if (!win) {
    drawnFor = "";
    fill(pane, h("div", { class: "empty" }, h("h1", {}, "Nobody here"), h("p", {}, "There is no such person in this sandbox. Choose somebody:"), h("ul", { class: "everybody" }, store.everybody.flatMap((ws) => ws.people).map((p) => h("li", {}, h("a", { href: `#/${p.id}` }, p.name))))));
    return;
  }
  const fresh = drawnFor !== `${me}/${place}`;
  drawnFor = `${me}/${place}`;
  if (place === "home") {
    drawHome(pane, fresh);
    return;
  }
  const here = room(place);
  if (!here || !win.place) {
    fill(pane, h("div", { class: "empty" }, h("h1", {}, place ? "Not for these eyes" : `Hello`), h("p", {}, place ? "This conversation is not one you can see. Choose another at the left." : "Choose a conversation at the left.")));
    drawnFor = "";
    return;
  }
  if (fresh) skeleton(pane, here);
  keyed(/** @type {Element} */ (pane.querySelector(".place-head")), [here], {
    key: () => "head",
    sign: (r) => JSON.stringify([r.name, r.members, r.topic, r.with, store.win.app.name, r.archived]),
    build: head,
  });
  drawMessages(/** @type {HTMLElement} */ (pane.querySelector(".messages")), fresh);
  drawFoot(/** @type {HTMLElement} */ (pane.querySelector(".foot")), here);
}

/** @param {any} r */
function head(r) {
  if (r.app) return h("div", { class: "place-title" }, h("h1", {}, store.win.app.name), tabs("messages"));
  const count = r.kind === "im" ? "" : `${r.members} ${r.members === 1 ? "member" : "members"}`;
  return h("div", { class: "place-title" }, h("h1", {}, r.kind === "group" ? `🔒 ${r.name}` : roomName(r)), h("p", { class: "quiet" }, [r.archived ? "archived" : "", count, r.topic].filter(Boolean).join(" · ")));
}

/** @param {HTMLElement} pane @param {any} here */
function skeleton(pane, here) {
  lastSeen = "";
  fill(pane,
    h("div", { class: "place-head" }),
    stayAtEnd(h("div", { class: "messages", tabindex: "0", role: "region", "aria-label": `Messages in ${roomName(here)}` })),
    h("div", { class: "foot" }));
}

/** A list that shows its end keeps showing it when its box changes size, or a picture in it arrives. @param {HTMLElement} box */
export function stayAtEnd(box) {
  let atEnd = true;
  const settle = () => {
    if (atEnd) box.scrollTop = box.scrollHeight;
  };
  box.addEventListener("scroll", () => (atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 40), { passive: true });
  box.addEventListener("load", settle, true);
  new ResizeObserver(settle).observe(box);
  return box;
}

/** Days, the line of what is new, messages, and notes only this window has. */
export function timeline() {
  const { messages, earlier } = store.win.place;
  const rows = [];
  if (earlier > 0) rows.push({ kind: "earlier", key: "earlier", count: earlier });
  let day = "";
  let fresh = false;
  let before = /** @type {any} */ (null);
  for (const m of messages) {
    const key = dayKey(tsMs(m.ts));
    const broke = key !== day;
    if (broke) rows.push({ kind: "day", key: `day-${key}`, text: dayLine(tsMs(m.ts)) });
    day = key;
    const isNew = !fresh && store.newSince && m.ts > store.newSince && m.user !== store.route.me && !m.ephemeral;
    if (isNew) {
      fresh = true;
      rows.push({ kind: "new", key: "new" });
    }
    const follows = !broke && !isNew && before && before.user === m.user && !m.ephemeral && !before.ephemeral && tsMs(m.ts) - tsMs(before.ts) < 300_000;
    rows.push({ kind: "message", key: m.ts, m, follows: Boolean(follows) });
    before = m;
  }
  for (const m of messages) {
    const { status } = kept(m.ts);
    if (status) rows.push({ kind: "doing", key: `doing-${m.ts}`, ts: m.ts, status });
  }
  if (rows.length && kept("").prompts) rows.push({ kind: "prompts", key: "prompts", said: kept("") });
  for (const n of store.notices.get(store.route.place) || []) rows.push({ kind: "notice", key: `notice-${n.id}`, text: n.text });
  return rows;
}

/** @param {HTMLElement} box @param {boolean} fresh */
function drawMessages(box, fresh) {
  const atEnd = fresh || box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  const anchor = atEnd ? null : firstVisible(box);
  const rows = timeline();
  keyed(box, rows, {
    key: (x) => x.key,
    sign: (x) => (x.kind === "message" ? signature(x.m, x.follows) : JSON.stringify(x)),
    build,
  });
  if (!rows.length) fill(box, h("div", { class: "first" }, h("p", {}, "Nothing was said here yet."), prompts("", store.win.app.prompts)));
  if (atEnd) box.scrollTop = box.scrollHeight;
  else if (anchor) {
    const node = box.querySelector(`[data-key="${CSS.escape(anchor.key)}"]`);
    if (node) box.scrollTop += node.getBoundingClientRect().top - anchor.top;
  }
  const last = store.win.place.messages.at(-1);
  if (last && last.ts > lastSeen) {
    if (lastSeen && last.user !== store.route.me) announce(`${author(last).name}: ${gist(last.text || "")}`);
    lastSeen = last.ts;
  }
  markRead();
}

/** @param {HTMLElement} box */
function firstVisible(box) {
  const top = box.getBoundingClientRect().top;
  const node = [...box.children].find((n) => n.getBoundingClientRect().bottom > top && n.classList.contains("message"));
  return node ? { key: /** @type {HTMLElement} */ (node).dataset.key || "", top: node.getBoundingClientRect().top } : null;
}

/** @param {any} x */
function build(x) {
  if (x.kind === "message") return drawMessage(x.m, { follows: x.follows });
  if (x.kind === "doing") return doing(x.ts);
  if (x.kind === "prompts") return prompts("") || h("div", {});
  if (x.kind === "day") return h("div", { class: "day", role: "separator" }, h("span", {}, x.text));
  if (x.kind === "new") return h("div", { class: "day new", role: "separator" }, h("span", {}, "New"));
  if (x.kind === "earlier") return h("button", { class: "button earlier", type: "button", onclick: () => { store.limit += 60; void refresh(); } }, `Show earlier messages (${x.count})`);
  return h("div", { class: "message ephemeral notice", role: "status" }, h("span", { class: "face tint-slack", "aria-hidden": "true" }, "!"), h("div", { class: "said" }, h("p", { class: "only-you" }, "Only visible to you"), h("p", { class: "content" }, x.text)));
}

let marked = "";

/** Tell the server how far one has read, once one really sees it. */
export function markRead() {
  const place = store.win?.place;
  const last = place?.messages.at(-1);
  if (!last || document.hidden || last.ts <= place.read) return;
  const mark = `${store.route.me}/${place.channel}/${last.ts}`;
  if (mark === marked) return;
  marked = mark;
  void post(`people/${store.route.me}/read`, { channel: place.channel, ts: last.ts }).catch(() => (marked = ""));
}

/** @param {HTMLElement} foot @param {any} here */
function drawFoot(foot, here) {
  const why = !here.member ? "join" : here.archived ? "archived" : here.app && store.win.app.read_only ? "read-only" : "";
  if (foot.dataset.why === why && foot.childElementCount) return;
  foot.dataset.why = why;
  if (why === "join") fill(foot, h("div", { class: "closed" }, h("p", {}, `You are looking at ${roomName(here)}.`), h("button", { class: "button primary", type: "button", onclick: () => trying(() => post(`people/${store.route.me}/join`, { channel: here.id })) }, `Join ${roomName(here)}`)));
  else if (why) fill(foot, h("p", { class: "closed" }, why === "archived" ? "This channel is archived. You can read it, and not write." : `${store.win.app.name} takes no messages here.`));
  else fill(foot, composer({ place: here.id, thread: "", label: here.app ? `Message ${store.win.app.name}` : `Message ${roomName(here)}`, id: "composer-text" }));
}
