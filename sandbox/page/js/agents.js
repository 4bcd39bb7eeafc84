/** What an agent shows beside a conversation or a thread: its title, what it is doing, what to ask it. */
import { post } from "./api.js";
import { h } from "./dom.js";
import { trying } from "./message.js";
import { store } from "./store.js";

/** @param {string} thread its ts, "" for the whole conversation */
export const kept = (thread) => store.win?.place?.assistant?.[thread] || {};

/** A line for what the app is doing now. @param {string} thread */
export function doing(thread) {
  const { status } = kept(thread);
  return status ? h("p", { class: "doing", role: "status" }, `${store.win.app.name} ${status}`) : null;
}

/** @param {string} thread @param {{title: string, message: string}[]} [else_] where the app has said nothing yet */
export function prompts(thread, else_ = []) {
  const { prompts: rows = else_, prompts_title: title } = kept(thread);
  const { app, place } = store.win;
  if (place.channel !== app.dm || app.read_only || !rows.length) return null;
  return h("div", { class: "prompts", role: "group", "aria-label": title || "Suggestions" }, title ? h("p", { class: "quiet" }, title) : null,
    rows.map((/** @type {any} */ p) => h("button", { class: "button", type: "button", onclick: () => trying(() => post(`people/${store.route.me}/say`, { text: p.message, channel: app.dm, ...(thread ? { thread_ts: thread } : {}) })) }, p.title)));
}
