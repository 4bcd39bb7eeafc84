/** The bar at the top: what time it is, how to move it, what comes next, and the tools. */
import { get, post, Refused } from "./api.js";
import { announce, fill, h, toast } from "./dom.js";
import { onChange, refresh } from "./live.js";
import { beside } from "./menu.js";
import { me, now, store, zone } from "./store.js";
import { dayKey, shortMoment, toLocal } from "./times.js";
import { restartTour } from "./tour.js";
import { toggleWall } from "./wall.js";

/** @type {[string, string, string][]} */
const JUMPS = [
  ["hour", "+1 hour", "One hour later"],
  ["working_day", "Next working day", "Nine o’clock on the next working day"],
  ["week", "+1 week", "One week later"],
  ["four_weeks", "+4 weeks", "Four weeks later"],
];

const TIME_LINE = "These move time, for Slack and the app alike: what falls due on the way happens, in order.";

export function startBar() {
  const bar = document.getElementById("bar");
  if (!bar) return;
  fill(bar,
    h("button", { class: "tool menu-button", type: "button", "aria-label": "Show the workspace", onclick: () => document.body.classList.toggle("rail-open") }, "☰"),
    h("div", { class: "clock" }, h("span", { class: "clock-now", id: "clock-now" }), h("span", { class: "quiet", id: "clock-zone" })),
    h("div", { class: "time-tools" }, h("div", { class: "jumps", role: "group", "aria-label": "Move time" },
      JUMPS.map(([jump, label, title]) => h("button", { class: "button small jump", type: "button", title, onclick: () => travel({ jump }) }, label)),
      h("button", { class: "button small jump", type: "button", "aria-haspopup": "dialog", onclick: chooseDate }, "To a date…")), h("p", { class: "bar-line quiet" }, TIME_LINE)),
    h("button", { class: "next", id: "next", type: "button", "aria-haspopup": "dialog", onclick: showNext }),
    h("div", { class: "bar-tools" },
      h("button", { class: "tool", id: "tour-button", type: "button", title: "Guided tour", "aria-label": "Guided tour", hidden: true, onclick: restartTour }, "?"),
      h("button", { class: "tool", type: "button", title: "Light or dark", "aria-label": "Light or dark", onclick: theme }, "◐"),
      h("button", { class: "button small", id: "wall-button", type: "button", "aria-pressed": "false", title: "Every request and event between the app and this Slack", onclick: toggleWall }, "Glass wall")));
  const held = localStorage.getItem("theme");
  if (held) document.documentElement.dataset.theme = held;
  void look();
  setInterval(tick, 1000);
  onChange((change) => {
    if (change.kind === "clock" || change.kind === "connected") void look();
    else if (["message", "message_changed", "request", "delivery"].includes(change.kind)) later();
  });
}

function theme() {
  const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", dark ? "light" : "dark");
}

let waiting = 0;
function later() {
  clearTimeout(waiting);
  waiting = window.setTimeout(look, 400);
}

/** Ask what time it is and what comes next. */
async function look() {
  try {
    take(await get("time"));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

/** @param {any} time */
function take(time) {
  store.clock = { now: Date.parse(time.now), at: performance.now(), frozen: time.frozen, moving: time.moving, upcoming: time.upcoming };
  drawBar();
  // On the way, the days are seen passing.
  if (time.moving) later();
}

/** @param {{jump?: string, to?: string}} where */
async function travel(where) {
  store.clock.moving = true;
  drawBar();
  announce("Time is moving.");
  try {
    take(await post("time", { ...where, tz: zone() }));
    announce(`It is ${shortMoment(now())}.`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(error.message, "bad");
    await look();
  }
  await refresh();
}

let shownDay = "";

function tick() {
  const node = document.getElementById("clock-now");
  if (!node || !store.win) return;
  const text = store.clock.moving ? `${shortMoment(now())} …` : shortMoment(now());
  if (node.textContent !== text) node.textContent = text;
  // Yesterday's “Today” is no longer today's.
  if (shownDay && shownDay !== dayKey(now())) void refresh();
  shownDay = dayKey(now());
}

export function drawBar() {
  if (!store.win || !me()) return;
  tick();
  const place = document.getElementById("clock-zone");
  if (place) place.textContent = zone().split("/").pop()?.replaceAll("_", " ") || "";
  for (const button of document.querySelectorAll(".jump")) /** @type {HTMLButtonElement} */ (button).disabled = store.clock.moving;
  document.getElementById("bar")?.classList.toggle("moving", store.clock.moving);
  const next = document.getElementById("next");
  const [first] = store.clock.upcoming;
  if (!next) return;
  const said = first ? `${shortMoment(Date.parse(first.at))} · ${first.what}${first.who ? ` · ${first.who}` : ""}` : "Nothing is planned";
  if (next.dataset.said !== said) fill(next, h("span", { class: "next-word" }, "Next"), h("span", { class: "next-what" }, said));
  next.dataset.said = said;
  next.classList.toggle("none", !first);
}

/** A small box below a button; Escape and a click elsewhere close it. @param {HTMLElement} anchor @param {string} label @param {any} content */
function box(anchor, label, content) {
  const dialog = h("div", { class: "menu panel", popover: "auto", role: "dialog", "aria-label": label }, content);
  document.body.append(dialog);
  dialog.addEventListener("toggle", (/** @type {any} */ event) => {
    if (event.newState === "closed") dialog.remove();
  });
  dialog.showPopover();
  beside(dialog, anchor);
  return dialog;
}

/** @param {any} event */
function showNext(event) {
  const rows = store.clock.upcoming;
  box(event.currentTarget, "What comes next", rows.length
    ? h("ol", { class: "upcoming", tabindex: "-1", autofocus: true }, rows.map((row) => h("li", {}, h("strong", {}, shortMoment(Date.parse(row.at))), h("span", {}, row.what), h("span", { class: "quiet" }, row.who))))
    : h("p", { class: "quiet" }, "Nothing is planned. As soon as something is, it stands here."));
}

/** @param {any} event */
function chooseDate(event) {
  const local = toLocal(Math.floor(now() / 1000) + 86400);
  const field = h("input", { class: "text", type: "datetime-local", id: "travel-to", value: `${local.slice(0, 11)}09:00`, min: toLocal(Math.floor(now() / 1000)) });
  const dialog = box(event.currentTarget, "Travel to a date", h("form", { onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); dialog.hidePopover(); void travel({ to: field.value }); } },
    h("p", { class: "quiet travel-line" }, TIME_LINE), h("label", { class: "label", for: "travel-to" }, `A day and a time in ${zone().split("/").pop()?.replaceAll("_", " ")}`), field, h("div", { class: "feet" }, h("button", { class: "button primary", type: "submit" }, "Go"))));
  field.focus();
}
