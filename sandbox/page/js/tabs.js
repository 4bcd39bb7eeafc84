/** The tabs of the app's own place. */
import { h } from "./dom.js";
import { href } from "./route.js";
import { store } from "./store.js";

/** The app's own tabs. @param {"home" | "messages"} at */
export function tabs(at) {
  const { app } = store.win;
  const tab = (/** @type {string} */ name, /** @type {string} */ place, /** @type {boolean} */ on) => on ? h("a", { class: "tab", href: href({ place }), "aria-current": at === name.toLowerCase() ? "page" : null }, name) : null;
  return h("nav", { class: "tabs", "aria-label": app.name }, tab("Home", "home", app.home_tab), tab("Messages", app.dm, app.messages_tab));
}
