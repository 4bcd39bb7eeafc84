/** Modals, stacked as in Slack: the one on top is seen, those below wait with what was typed. */
import { post, Refused } from "./api.js";
import { draw } from "./blocks.js";
import { fill, focusIn, h } from "./dom.js";
import { refresh } from "./live.js";
import { drafts, store, zone } from "./store.js";
import { fail, failure, onView } from "./surface.js";
import { words } from "./text.js";

/** @type {HTMLDialogElement | null} */
let dialog = null;
let drawnId = "";
let drawn = "";
/** @type {HTMLElement | null} */
let back = null;
let busy = false;

export function drawModals() {
  const stack = store.win?.modals || [];
  const view = stack.at(-1);
  if (!view) {
    if (dialog?.open) dialog.close();
    dialog?.remove();
    if (dialog && back?.isConnected) back.focus({ preventScroll: true });
    dialog = null;
    drawnId = drawn = "";
    return;
  }
  const signature = JSON.stringify([view.hash, view.errors, stack.length, store.failures.get(`view:${view.id}`), zone()]);
  if (!dialog) {
    back = /** @type {HTMLElement} */ (document.activeElement);
    dialog = /** @type {HTMLDialogElement} */ (h("dialog", { class: "modal", "aria-labelledby": "modal-title" }));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      void close(store.win.modals.length > 1);
    });
    document.body.append(dialog);
    dialog.showModal();
  }
  if (signature === drawn) return;
  const same = view.id === drawnId;
  const scroll = same ? dialog.querySelector(".modal-body")?.scrollTop || 0 : 0;
  const restore = same ? focusIn(dialog) : null;
  const hadErrors = Object.keys(view.errors || {}).length > 0;
  drawnId = view.id;
  drawn = signature;
  build(view, stack.length);
  const body = /** @type {HTMLElement} */ (dialog.querySelector(".modal-body"));
  body.scrollTop = scroll;
  const wrong = /** @type {HTMLElement | null} */ (hadErrors ? body.querySelector(".input.wrong :is(input,select,textarea)") : null);
  if (wrong) wrong.focus();
  else if (restore) restore(dialog);
  else firstField(body)?.focus();
}

/** @param {HTMLElement} body */
function firstField(body) {
  const wanted = body.querySelector("[data-focus-on-load] :is(input,select,textarea), [data-focus-on-load]:is(input,select,textarea)");
  return /** @type {HTMLElement | null} */ (wanted || body.querySelector("input,select,textarea,button") || dialog?.querySelector(".feet button"));
}

/** @param {any} view @param {number} depth */
function build(view, depth) {
  const surface = onView(view);
  const failed = store.failures.get(surface.key);
  const needs = Boolean(view.submit) || view.blocks.some((/** @type {any} */ b) => b.type === "input");
  const form = h("form", { class: "modal-form", novalidate: true, onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); if (needs) void submit(view, surface); } },
    h("div", { class: "modal-head" },
      depth > 1 ? h("button", { class: "tool", type: "button", "aria-label": "Back", title: "Back", onclick: () => close(false) }, "‹") : null,
      h("h2", { id: "modal-title" }, words(view.title)),
      h("button", { class: "tool", type: "button", "aria-label": depth > 1 ? "Close all" : "Close this form", onclick: () => close(depth > 1) }, "×")),
    h("div", { class: "modal-body", tabindex: "0", role: "region", "aria-label": "Form" }, draw(view.blocks, surface)),
    failed ? h("p", { class: "failed", role: "alert" }, failed) : null,
    h("div", { class: "feet" },
      h("button", { class: "button", type: "button", onclick: () => close(false) }, words(view.close) || "Cancel"),
      needs ? h("button", { class: "button primary", type: "submit", dataset: { focus: "submit" } }, words(view.submit) || "Submit") : null));
  fill(/** @type {HTMLElement} */ (dialog), form);
}

/** @param {any} view @param {any} surface */
async function submit(view, surface) {
  if (busy) return;
  busy = true;
  const button = dialog?.querySelector("button[type=submit]");
  button?.setAttribute("aria-busy", "true");
  store.failures.delete(surface.key);
  try {
    const reply = await post(`people/${store.route.me}/submit_view`, { view: view.id, values: drafts.values(surface.key) });
    if (reply.error) fail(surface, `We had some trouble connecting. ${failure(reply.error)}`);
    else if (reply.closed) drafts.drop(surface.key);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    fail(surface, error.message);
  } finally {
    busy = false;
    button?.removeAttribute("aria-busy");
    await refresh();
  }
}

/** @param {boolean} everything */
async function close(everything) {
  const gone = everything ? store.win.modals : store.win.modals.slice(-1);
  for (const view of gone) drafts.drop(`view:${view.id}`);
  try {
    const reply = await post(`people/${store.route.me}/close`, { everything });
    if (reply.error) store.failures.set("close", failure(reply.error));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
  await refresh();
}
