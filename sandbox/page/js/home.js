/** The app's Home, as it was published for the person one plays. */
import { post } from "./api.js";
import { draw } from "./blocks.js";
import { fill, h, keyed } from "./dom.js";
import { store, zone } from "./store.js";
import { onView } from "./surface.js";
import { tabs } from "./tabs.js";

/** @param {HTMLElement} pane @param {boolean} fresh */
export function drawHome(pane, fresh) {
  if (fresh) {
    fill(pane, h("div", { class: "place-head" }, h("div", { class: "place-title" }, h("h1", {}, store.win.app.name), tabs("home"))), h("div", { class: "messages home", tabindex: "0", role: "region", "aria-label": "Home" }));
    // The app hears that somebody looks, and publishes what they should see.
    void post(`people/${store.route.me}/home`, { tab: "home" }).catch(() => {});
  }
  const box = /** @type {HTMLElement} */ (pane.querySelector(".home"));
  const view = store.win.home;
  keyed(box, view ? [view] : [{ id: "none", blocks: [] }], {
    key: (v) => v.id,
    sign: (v) => JSON.stringify([v.hash, v.state, zone(), store.failures.get(`view:${v.id}`)]),
    build: (v) => {
      const failed = store.failures.get(`view:${v.id}`);
      return h("div", { class: "home-blocks" }, v.id === "none" ? h("p", { class: "first" }, `${store.win.app.name} has published nothing here yet.`) : draw(v.blocks, onView(v)), failed ? h("p", { class: "failed", role: "alert" }, failed) : null);
    },
  });
}
