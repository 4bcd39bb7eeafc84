/** The question before a click counts. */
import { h } from "./dom.js";
import { textObject, words } from "./text.js";

/** @param {any} confirm Slack's confirmation object @returns {Promise<boolean>} */
export function confirmed(confirm) {
  return new Promise((resolve) => {
    const back = /** @type {HTMLElement | null} */ (document.activeElement);
    let yes = false;
    const dialog = h("dialog", { class: "confirm", "aria-labelledby": "confirm-title" },
      h("h2", { id: "confirm-title" }, words(confirm.title) || "Are you sure?"),
      h("div", { class: "confirm-text" }, textObject(confirm.text)),
      h("div", { class: "feet" },
        h("button", { class: "button", type: "button", onclick: () => dialog.close() }, words(confirm.deny) || "Cancel"),
        h("button", { class: `button ${confirm.style === "danger" ? "danger" : "primary"}`, type: "button", autofocus: true, onclick: () => { yes = true; dialog.close(); } }, words(confirm.confirm) || "Yes")));
    dialog.addEventListener("close", () => {
      dialog.remove();
      back?.focus();
      resolve(yes);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
