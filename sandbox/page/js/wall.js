/** The glass wall: what the app and this Slack say to each other. */
import { get, Refused } from "./api.js";
import { fill, h, keyed } from "./dom.js";
import { tree } from "./json.js";
import { onChange } from "./live.js";
import { clockTime } from "./times.js";

let open = false;
let chosen = 0;
let shown = "";
let filter = "";
/** @type {any[]} */
let rows = [];
let timer = 0;

export function startWall() {
  open = sessionStorage.getItem("wall") === "open";
  onChange((change) => {
    if (open && ["request", "delivery", "delivered", "connected"].includes(change.kind)) {
      clearTimeout(timer);
      timer = window.setTimeout(look, 150);
    }
  });
  show();
}

export function toggleWall() {
  open = !open;
  sessionStorage.setItem("wall", open ? "open" : "closed");
  show();
}

function show() {
  const wall = document.getElementById("wall");
  if (!wall) return;
  wall.hidden = !open;
  document.body.classList.toggle("with-wall", open);
  document.getElementById("wall-button")?.setAttribute("aria-pressed", String(open));
  if (!open || wall.childElementCount) {
    if (open) void look();
    return;
  }
  fill(wall,
    h("div", { class: "wall-head" }, h("h2", {}, "Glass wall"),
      h("input", { class: "text", type: "search", "aria-label": "Filter", placeholder: "Filter: a method, an event, an error…", oninput: (/** @type {any} */ event) => { filter = event.target.value.toLowerCase(); draw(); } }),
      h("span", { class: "quiet", id: "wall-count" }),
      h("button", { class: "tool", type: "button", "aria-label": "Close the glass wall", onclick: toggleWall }, "×")),
    h("div", { class: "wall-body" }, h("div", { class: "wall-rows", tabindex: "0", role: "region", "aria-label": "Requests and events" }), h("div", { class: "wall-entry", tabindex: "0", role: "region", "aria-label": "The one chosen" }, h("p", { class: "quiet" }, "Choose a line to see what was sent, what came back, and how near it came to Slack’s limits."))));
  void look();
}

async function look() {
  try {
    rows = await get("wall");
    draw();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

const level = (/** @type {number} */ percent) => (percent >= 100 ? "over" : percent >= 75 ? "near" : "fine");

function draw() {
  const list = /** @type {HTMLElement | null} */ (document.querySelector(".wall-rows"));
  if (!list) return;
  const fits = rows.filter((r) => !filter || `${r.name} ${r.kind} ${r.status} ${r.problems.map((/** @type {any} */ p) => p.message).join(" ")}`.toLowerCase().includes(filter));
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  keyed(list, fits, { key: (r) => String(r.number), sign: (r) => JSON.stringify([r, r.number === chosen]), build: line });
  if (atEnd) list.scrollTop = list.scrollHeight;
  const count = document.getElementById("wall-count");
  const bad = fits.filter((r) => !r.good).length;
  if (count) count.textContent = `${fits.length} shown${bad ? `, ${bad} refused or failed` : ""}`;
  const now = rows.find((r) => r.number === chosen);
  if (now && JSON.stringify(now) !== shown) void choose(chosen);
}

/** @param {any} r */
function line(r) {
  return h("button", { class: `wall-row ${r.good ? "" : "bad"}`, type: "button", "aria-pressed": String(r.number === chosen), dataset: { focus: `wall-${r.number}` }, onclick: () => choose(r.number) },
    h("span", { class: "quiet stamp" }, clockTime(Date.parse(r.at))),
    h("span", { class: "wall-way", title: r.from_app ? "from the app" : "to the app", "aria-label": r.from_app ? "from the app" : "to the app" }, r.from_app ? "←" : "→"),
    h("span", { class: "wall-name" }, r.name, h("span", { class: "quiet" }, ` ${r.kind}`)),
    r.fault ? h("span", { class: "badge" }, r.fault) : null,
    r.percent >= 75 ? h("span", { class: `badge ${level(r.percent)}` }, `${r.percent}%`) : null,
    h("span", { class: `wall-status ${r.good ? "good" : "bad"}` }, r.status),
    h("span", { class: "quiet ms" }, `${Math.round(r.ms)} ms`));
}

/** @param {number} number */
async function choose(number) {
  chosen = number;
  const row = rows.find((r) => r.number === number);
  shown = JSON.stringify(row);
  const box = /** @type {HTMLElement | null} */ (document.querySelector(".wall-entry"));
  draw();
  if (!box) return;
  let e;
  try {
    e = await get(`wall/${number}`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    fill(box, h("p", { class: "quiet" }, "That one is no longer kept."));
    return;
  }
  if (chosen !== number) return;
  fill(box,
    h("h3", {}, e.name, " ", h("span", { class: `wall-status ${e.good ? "good" : "bad"}` }, e.status), h("span", { class: "quiet" }, ` ${e.from_app ? "from the app, answered in" : e.good ? "to the app, acked in" : "to the app, given up after"} ${Math.round(e.ms)} ms`)),
    e.problems.length ? h("ul", { class: "problems" }, e.problems.map((/** @type {any} */ p) => h("li", {}, p.message, p.pointer ? h("code", {}, p.pointer) : null))) : null,
    e.figures.length ? h("div", { class: "figures" }, e.figures.map(bar)) : null,
    h("h4", {}, "Sent"), tree(e.payload, e.problems),
    e.answer ? [h("h4", {}, "Came back"), tree(e.answer)] : null);
  (box.querySelector(".json-row.refused:not(:has(.json-row.refused))"))?.scrollIntoView({ block: "nearest" });
}

/** @param {{name: string, value: number, most: number}} figure */
function bar(figure) {
  const percent = Math.round((figure.value / figure.most) * 100);
  const inner = h("span", { class: "bar-fill" });
  inner.style.width = `${Math.min(100, percent)}%`;
  return h("div", { class: `figure ${level(percent)}` }, h("span", {}, figure.name), h("span", { class: "bar-track", role: "img", "aria-label": `${percent}% of the limit` }, inner), h("span", { class: "quiet" }, `${figure.value} of ${figure.most}`));
}
