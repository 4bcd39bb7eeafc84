/** The workspace at the left: who one is, the conversations, the app. */
import { post, Refused } from "./api.js";
import { fill, h, keyed, toast } from "./dom.js";
import { openMenu } from "./menu.js";
import { go, href } from "./route.js";
import { called, me, now, roomName, store, user } from "./store.js";

/** A face: initials on a colour that stays with the person. @param {string} id @param {string} name @param {boolean} [app] */
export function face(id, name, app = false) {
  const sum = [...id].reduce((all, c) => (all * 31 + c.charCodeAt(0)) % 9973, 7);
  const letters = name.split(/\s+/).slice(0, 2).map((word) => word[0] || "").join("").toUpperCase();
  return h("span", { class: `face tint-${app ? "app" : sum % 8}`, "aria-hidden": "true" }, letters);
}

/** The time on somebody's wall. @param {any} who */
const wallTime = (who) => new Intl.DateTimeFormat("en-US", { timeZone: who.tz, weekday: "short", hour: "numeric", minute: "2-digit" }).format(now());

/** @param {any} event */
export function chooseWho(event) {
  const anchor = event.currentTarget;
  const items = store.everybody.flatMap((ws) => [
    { label: store.everybody.length > 1 ? ws.name : "Be somebody else", heading: true },
    ...ws.people.map((/** @type {any} */ p) => ({
      label: called(p),
      detail: p.deleted ? "deactivated" : `${p.tz.split("/").pop().replaceAll("_", " ")}, ${wallTime(p)}`,
      href: `#/${p.id}`,
      checked: p.id === store.route.me,
      disabled: p.deleted,
      aside: { label: `Open ${p.name} in another window`, href: `#/${p.id}` },
    })),
  ]);
  openMenu(anchor, items, "People one can be");
}

let browsing = false;

export function drawRail() {
  const rail = document.getElementById("rail");
  const win = store.win;
  if (!rail) return;
  if (!win) {
    fill(rail);
    return;
  }
  if (!rail.querySelector(".rooms")) skeleton(rail);
  const who = /** @type {any} */ (me());
  keyed(/** @type {Element} */ (rail.querySelector(".head")), [{ team: win.team.name, name: who.name, called: called(who), id: who.id, sub: who.tz.split("/").pop().replaceAll("_", " ") }], {
    key: () => "head",
    sign: (x) => JSON.stringify(x),
    build: (x) => h("div", {}, h("p", { class: "team" }, x.team),
      h("button", { class: "who", type: "button", "aria-haspopup": "menu", dataset: { focus: "who" }, onclick: chooseWho, "aria-label": `You are ${x.name}. Be somebody else` },
        face(x.id, x.name), h("span", { class: "who-name" }, h("strong", {}, x.called), h("span", { class: "quiet" }, x.sub)), h("span", { "aria-hidden": "true" }, "▾"))),
  });
  keyed(/** @type {Element} */ (rail.querySelector(".rooms")), rows(), {
    key: (x) => x.key,
    sign: (x) => JSON.stringify({ ...x, build: undefined }),
    build: (x) => x.kind === "heading" ? h("h2", { class: "rail-heading" }, x.label, x.add ? h("button", { class: "plain", type: "button", "aria-label": x.add, title: x.add, dataset: { focus: `add-${x.key}` }, onclick: x.key === "h-dm" ? chooseDirect : browse }, x.sign || "+") : null) : item(x),
  });
  const unread = win.rooms.reduce((/** @type {number} */ sum, /** @type {any} */ r) => sum + (r.id === store.route.place && !document.hidden ? 0 : r.unread), 0);
  document.title = `${unread ? `(${unread}) ` : ""}${who.name} · ${win.team.name}`;
}

/** @param {Element} rail */
function skeleton(rail) {
  fill(rail, h("div", { class: "head" }), h("div", { class: "rooms" }));
}

function browse() {
  browsing = !browsing;
  drawRail();
}

/** @param {any} event */
function chooseDirect(event) {
  const people = store.win.users.filter((/** @type {any} */ u) => !u.bot && !u.deleted && u.id !== store.route.me);
  openMenu(event.currentTarget, [{ label: "Write to", heading: true }, ...people.map((/** @type {any} */ u) => ({
    label: called(u),
    run: () => void openDirect(u.id),
  }))], "People to write to");
}

/** @param {string} other */
async function openDirect(other) {
  try {
    const { channel } = await post(`people/${store.route.me}/direct`, { other });
    go({ place: channel });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(error.message, "bad");
  }
}

function rows() {
  const { app, rooms } = store.win;
  const at = store.route.place;
  const line = (/** @type {any} */ r) => ({ key: r.id, kind: "room", label: roomName(r), to: href({ place: r.id }), mark: r.kind === "group" ? "🔒" : "", unread: r.unread, here: r.id === at, archived: r.archived, other: r.with[0] || "" });
  const named = (/** @type {any} */ a, /** @type {any} */ b) => roomName(a).localeCompare(roomName(b));
  const mine = rooms.filter((/** @type {any} */ r) => r.member && (r.kind === "channel" || r.kind === "group")).sort(named);
  const more = rooms.filter((/** @type {any} */ r) => !r.member && r.kind === "channel" && !r.archived).sort(named);
  const direct = rooms.filter((/** @type {any} */ r) => (r.kind === "im" || r.kind === "mpim") && !r.app).sort(named);
  const dm = rooms.find((/** @type {any} */ r) => r.id === app.dm);
  return [
    { key: "h-app", kind: "heading", label: app.name },
    ...(app.home_tab ? [{ key: "home", kind: "room", label: "Home", to: href({ place: "home" }), mark: "⌂", unread: 0, here: at === "home" }] : []),
    ...(app.messages_tab ? [{ key: app.dm, kind: "room", label: "Messages", to: href({ place: app.dm }), mark: "✉", unread: dm?.unread || 0, here: at === app.dm }] : []),
    { key: "h-rooms", kind: "heading", label: "Channels", add: more.length ? (browsing ? "Hide channels you are not in" : "Show channels you are not in") : "", sign: browsing ? "−" : "+" },
    ...mine.map(line),
    ...(browsing ? more : more.filter((/** @type {any} */ r) => r.id === at)).map((/** @type {any} */ r) => ({ ...line(r), outside: true })),
    { key: "h-dm", kind: "heading", label: "Direct messages", add: "Write to somebody" },
    ...direct.map(line),
  ];
}

/** @param {any} x */
function item(x) {
  const other = x.other && user(x.other);
  const mark = other && !x.label.startsWith("#") ? face(x.other, other.name) : h("span", { class: "mark", "aria-hidden": "true" }, x.mark || "#");
  const label = x.label.replace(/^#/, "");
  return h("a", { class: `room ${x.unread ? "unread" : ""} ${x.outside || x.archived ? "outside" : ""}`, href: x.to, "aria-current": x.here ? "page" : null, dataset: { focus: `room-${x.key}` } },
    mark, h("span", { class: "room-name" }, label), x.archived ? h("span", { class: "quiet" }, "archived") : null,
    x.unread ? h("span", { class: "count" }, x.unread > 99 ? "99+" : String(x.unread), h("span", { class: "sr-only" }, " unread")) : null);
}
