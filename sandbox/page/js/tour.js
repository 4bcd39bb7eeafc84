/**
 * The guided tour, where the sandbox has one (`slack.tour`, a list of steps):
 *
 *   title, text  what the card says
 *   as, at       who to be and where: a user id; a conversation id, "home" or "app" (its messages)
 *   target       what to point at: a CSS selector, or the label of a button, link or field; a list of such, one after
 *                the other: what stands last on the page of them, in the modal on top where one is open
 *   fill         what a click on “Write it for me” types into the target, where that is a field
 *   press        what to point at once the field is filled in
 *   wait         what ends the step: "click" (on the target); {shows: "words"} that come onto the page
 *                during the step, with {on: "words"} in a message that says these too; {modal: "its title"};
 *                {event: kind, …what its change must carry};
 *                without it, “Next”. A step can always be passed over.
 */
import { get } from "./api.js";
import { h } from "./dom.js";
import { onChange } from "./live.js";
import { go } from "./route.js";
import { called, store, user } from "./store.js";

/** @type {any[]} */
let steps = [];
let at = -1;
let card = /** @type {any} */ (null);
let ring = /** @type {any} */ (null);

/** Fetch the steps; they may come after the page did. */
async function load() {
  steps = await get("tour");
  const button = document.getElementById("tour-button");
  if (button) button.hidden = !steps.length;
  const kept = localStorage.getItem("tour");
  const held = sessionStorage.getItem("tour-at");
  at = !steps.length ? -1 : held !== null ? Number(held) : kept === "done" ? -1 : 0;
  drawTour();
}

export async function startTour() {
  await load();
  onChange((change) => {
    if (change.kind === "tour") void load();
    const wanted = steps[at]?.wait?.event && steps[at].wait;
    if (!wanted || wanted.event !== change.kind) return;
    if (Object.entries(wanted).every(([key, value]) => key === "event" || change[key] === value)) next();
  });
  document.addEventListener("click", (event) => {
    if (steps[at]?.wait !== "click") return;
    const target = aim(steps[at]);
    if (target?.contains(/** @type {Node} */ (event.target)) && there(steps[at])) setTimeout(next);
  }, true);
  setInterval(follow, 250);
  addEventListener("resize", follow);
}

export function restartTour() {
  keep(0);
  drawTour();
}

/** @param {number} to */
function keep(to) {
  at = to;
  if (to < 0 || to >= steps.length) {
    at = -1;
    localStorage.setItem("tour", "done");
    sessionStorage.setItem("tour-at", "-1");
  } else sessionStorage.setItem("tour-at", String(to));
  sessionStorage.removeItem("tour-seen");
  card?.remove();
  ring?.remove();
  card = ring = null;
}

function next() {
  keep(at + 1);
  drawTour();
}

/** @param {any} step */
const placeOf = (step) => (step.at === "app" ? store.win?.app.dm : step.at);

/** @param {any} step */
function there(step) {
  const { me, place } = store.route;
  return (!step.as || step.as === me) && (!step.at || placeOf(step) === place || (step.as && step.as !== me));
}

/** Whether the page shows where one went, and not yet what stood there before. */
const isHere = () => store.win.me === store.route.me && (store.route.place === "home" || store.win.place?.channel === store.route.place);

/** What a step points at now. @param {any} step @returns {HTMLElement | null} */
function aim(step) {
  const found = [step.target || []].flat().map(find).filter((one) => one !== null);
  const last = found.reduce((/** @type {HTMLElement | null} */ best, one) => (best && best.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING ? best : one), null);
  const filled = isField(last) && /** @type {any} */ (last).value.trim() !== "";
  return (filled && step.press && find(step.press)) || last;
}

/** @param {HTMLElement | null} one */
const isField = (one) => one !== null && one.matches("input,textarea");

/** The last thing on the page that fits, in the modal on top where one is open. @param {string} target @returns {HTMLElement | null} */
function find(target) {
  const within = [...document.querySelectorAll("dialog[open]")].at(-1) || document;
  /** @type {HTMLElement[]} */
  let found = [];
  try {
    found = [...within.querySelectorAll(/** @type {any} */ (target))];
  } catch {
    found = [];
  }
  if (!found.length) {
    found = /** @type {HTMLElement[]} */ ([...within.querySelectorAll("button,a,input,select,textarea,summary,label")]).filter((one) => !card?.contains(one) && ((one.getAttribute("aria-label") || "") === target || one.textContent?.trim() === target));
  }
  const last = found.filter((one) => one.getClientRects().length).at(-1) || null;
  return last instanceof HTMLLabelElement && last.control ? last.control : last;
}

export function drawTour() {
  const step = steps[at];
  if (!step || !store.win) return;
  const wait = step.wait;
  if (there(step) && wait && typeof wait === "object") {
    if (wait.shows && isHere() && cameUp(wait.shows, wait.on || "")) return next();
    if (wait.modal && store.win.modals.some((/** @type {any} */ v) => v.title?.text === wait.modal)) return next();
  }
  const layer = [...document.querySelectorAll("dialog[open].modal")].at(-1) || document.body;
  if (!card) {
    card = h("section", { class: "coach", popover: "manual", "aria-label": "Guided tour" });
    ring = h("div", { class: "coach-ring", popover: "manual", "aria-hidden": "true" });
  }
  const state = stateOf(step);
  if (card.dataset.state !== state) {
    card.dataset.state = state;
    card.replaceChildren(...contents(step));
  }
  for (const node of [ring, card]) {
    if (node.parentNode !== layer) layer.append(node);
    if (!node.matches(":popover-open")) node.showPopover();
  }
  follow();
}

/** What the card is drawn from. @param {any} step */
const stateOf = (step) => `${at}/${there(step)}/${step.as && store.route.me}/${isField(there(step) ? aim(step) : null)}`;

/**
 * Whether the words stand on the page oftener than when the step began: what was said long ago does
 * not end a step. The count outlives a reload.
 * @param {string} words @param {string} on
 */
function cameUp(words, on) {
  const places = on ? [...document.querySelectorAll("#pane article")].filter((one) => one.textContent?.includes(on)) : [document.getElementById("pane"), ...document.querySelectorAll("dialog[open]")];
  const count = places.reduce((sum, one) => sum + (one?.textContent?.split(words).length || 1) - 1, 0);
  const held = JSON.parse(sessionStorage.getItem("tour-seen") || "[-1, 0]");
  if (held[0] === at && held[2] === store.route.place) return count > held[1];
  sessionStorage.setItem("tour-seen", JSON.stringify([at, count, store.route.place]));
  return false;
}

/** @param {any} step */
function contents(step) {
  const who = step.as && user(step.as);
  const away = !there(step);
  const become = h("button", { class: "button primary small", type: "button", onclick: () => { go({ me: step.as || store.route.me, place: step.at || "" }); } }, who && step.as !== store.route.me ? `Be ${called(who)}` : "Take me there");
  const write = step.fill && !away && isField(aim(step)) ? h("button", { class: "button small", type: "button", onclick: () => write_(step) }, "Write it for me") : null;
  return [
    h("p", { class: "quiet" }, `${at + 1} of ${steps.length}`),
    h("h2", {}, step.title || ""),
    h("p", {}, step.text || ""),
    h("div", { class: "feet" }, h("button", { class: "plain", type: "button", onclick: () => keep(-1) }, "Skip the tour"), write, away ? become : step.wait ? h("button", { class: "plain", type: "button", onclick: next }, "Next") : h("button", { class: "button primary small", type: "button", onclick: next }, at + 1 === steps.length ? "Done" : "Next")),
  ];
}

/** @param {any} step */
function write_(step) {
  const field = /** @type {any} */ (aim(step));
  const control = field?.matches("input,textarea") ? field : field?.querySelector("input,textarea");
  if (!control) return;
  control.value = step.fill;
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.focus();
}

let brought = "";

/** Stay beside the target, and never upon it. */
function follow() {
  const step = steps[at];
  if (!step || !card || !ring || !card.isConnected) {
    if (step && store.win && (!card || !card.isConnected)) drawTour();
    return;
  }
  if (card.dataset.state !== stateOf(step)) return drawTour();
  const target = there(step) ? aim(step) : null;
  if (!target) {
    brought = "";
    ring.hidden = true;
    Object.assign(card.style, { top: "auto", bottom: "84px", left: "auto", right: "16px" });
    return;
  }
  let spot = target.getBoundingClientRect();
  const name = `${at}/${target.textContent || target.getAttribute("aria-label")}`;
  if (brought !== name && (spot.top < 0 || spot.bottom > innerHeight || spot.left < 0 || spot.right > innerWidth)) {
    target.scrollIntoView({ block: "center", inline: "center" });
    spot = target.getBoundingClientRect();
  }
  brought = name;
  Object.assign(ring.style, { top: `${spot.top - 4}px`, left: `${spot.left - 4}px`, width: `${spot.width + 8}px`, height: `${spot.height + 8}px` });
  ring.hidden = !reached(target, spot);
  const { left, top } = besides(spot, card.getBoundingClientRect());
  Object.assign(card.style, { top: `${top}px`, bottom: "auto", right: "auto", left: `${left}px` });
}

/** Whether a click in its middle gets to it: nothing lies upon it, such as the workspace on a phone. @param {HTMLElement} target @param {DOMRect} spot */
function reached(target, spot) {
  const hit = document.elementFromPoint(spot.left + spot.width / 2, spot.top + spot.height / 2);
  return !hit || hit.contains(target) || target.contains(hit) || card.contains(hit);
}

const GAP = 12;
const EDGE = 8;

/**
 * Where the card stands: below the target, above it, at its right or left; where none has room, in the corner that hides
 * the least of it. Beside a wide target it stands at its end: what is read begins at the left.
 * @param {DOMRect} spot @param {DOMRect} size
 */
function besides(spot, size) {
  const most = { left: Math.max(EDGE, innerWidth - size.width - EDGE), top: Math.max(EDGE, innerHeight - size.height - EDGE) };
  const within = (/** @type {{left: number, top: number}} */ at_) => ({ left: Math.max(EDGE, Math.min(at_.left, most.left)), top: Math.max(EDGE, Math.min(at_.top, most.top)) });
  const along = spot.width > 480 ? Math.max(spot.right, innerWidth - 16) - size.width : spot.left;
  const places = [
    { left: along, top: spot.bottom + GAP },
    { left: along, top: spot.top - size.height - GAP },
    { left: spot.right + 16, top: spot.top },
    { left: spot.left - size.width - 16, top: spot.top },
    { left: most.left, top: most.top }, { left: EDGE, top: most.top }, { left: most.left, top: EDGE }, { left: EDGE, top: EDGE },
  ].map(within);
  const hidden = (/** @type {{left: number, top: number}} */ p) =>
    Math.max(0, Math.min(p.left + size.width, spot.right + 6) - Math.max(p.left, spot.left - 6)) *
    Math.max(0, Math.min(p.top + size.height, spot.bottom + 6) - Math.max(p.top, spot.top - 6));
  return places.reduce((best, one) => (hidden(one) < hidden(best) ? one : best));
}
