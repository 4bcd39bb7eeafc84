/** What can be clicked or filled in. Every element is drawn here or handed to who draws its kind. */
import { confirmed } from "./confirm.js";
import { h, safeUrl } from "./dom.js";
import { checkboxes, picker, radios, textInput } from "./inputs.js";
import { openMenu } from "./menu.js";
import { picture, unknown } from "./pictures.js";
import { externalSelect, multiSelect, select } from "./selects.js";
import { act } from "./surface.js";
import { words } from "./text.js";
import { fileInput } from "./uploads.js";

/** @typedef {import("./surface.js").Surface} Surface */
/** @typedef {import("./labels.js").Labels} Labels */
/** @param {any} block @param {any} one @param {Surface} surface @param {Labels} [labels] @returns {HTMLElement} */
export function element(block, one, surface, labels) {
  const draw = ELEMENTS[one?.type] || (() => unknown(one));
  const node = draw(block, one, surface, labels);
  node.dataset.action = one?.action_id || "";
  if (!node.dataset.focus) {
    const control = /** @type {HTMLElement | null} */ (node.matches("button,input,select,textarea,a") ? node : node.querySelector("button,input,select,textarea"));
    if (control && !control.dataset.focus) control.dataset.focus = `${block.block_id}|${one?.action_id}`;
  }
  if (one?.focus_on_load) node.dataset.focusOnLoad = "";
  return node;
}

/** @param {any} block @param {any} one @param {Surface} surface */
function button(block, one, surface) {
  const look = `button ${["primary", "danger"].includes(one.style) ? one.style : ""}`;
  const props = { class: look, "aria-label": one.accessibility_label || null };
  const press = async (/** @type {Event} */ event) => {
    const node = /** @type {HTMLElement} */ (event.currentTarget);
    if (one.confirm && !(await confirmed(one.confirm))) return;
    if (one.confirm && safeUrl(one.url)) window.open(safeUrl(one.url), "_blank", "noopener");
    await act(surface, block, one, null, node);
  };
  const url = safeUrl(one.url);
  if (url && !one.confirm) return h("a", { ...props, href: url, target: "_blank", rel: "noopener noreferrer", onclick: press }, words(one.text), " ↗");
  return h("button", { ...props, type: "button", onclick: press }, words(one.text) || one.action_id);
}

/** @param {any} block @param {any} one @param {Surface} surface */
function overflow(block, one, surface) {
  return h("button", { class: "button dots", type: "button", "aria-haspopup": "menu", "aria-label": "More actions", onclick: (/** @type {any} */ event) => {
    const node = event.currentTarget;
    openMenu(node, (one.options || []).map((/** @type {any} */ option) => ({
      label: words(option.text),
      detail: words(option.description),
      href: safeUrl(option.url),
      run: async () => {
        if (one.confirm && !(await confirmed(one.confirm))) return;
        await act(surface, block, one, option.value, node);
      },
    })));
  } }, "⋯");
}

/** @param {any} block @param {any} one @param {Surface} surface */
function feedback(block, one, surface) {
  const sides = [["👍", one.positive_button], ["👎", one.negative_button]];
  return h("span", { class: "feedback" }, sides.map(([mark, side]) => side ? h("button", {
    class: "button small", type: "button", "aria-label": side.accessibility_label || null,
    onclick: (/** @type {any} */ event) => act(surface, block, one, side.value ?? words(side.text), event.currentTarget),
  }, `${mark} ${words(side.text)}`) : null));
}

/** @param {any} block @param {any} one @param {Surface} surface */
function iconButton(block, one, surface) {
  return h("button", { class: "button small", type: "button", "aria-label": one.accessibility_label || words(one.text), onclick: async (/** @type {any} */ event) => {
    const node = event.currentTarget;
    if (one.confirm && !(await confirmed(one.confirm))) return;
    await act(surface, block, one, null, node);
  } }, one.icon === "trash" ? "🗑 " : "", words(one.text));
}

/** @type {Record<string, (block: any, one: any, surface: Surface, labels?: Labels) => HTMLElement>} */
const ELEMENTS = {
  button, overflow,
  workflow_button: button,
  feedback_buttons: feedback,
  icon_button: iconButton,
  image: (_block, one) => picture(one, "accessory-image"),
  plain_text_input: textInput, email_text_input: textInput, url_text_input: textInput, number_input: textInput, rich_text_input: textInput,
  checkboxes,
  radio_buttons: radios,
  file_input: fileInput,
  datepicker: picker, timepicker: picker, datetimepicker: picker,
  static_select: select, users_select: select, conversations_select: select, channels_select: select,
  external_select: externalSelect,
  multi_static_select: multiSelect, multi_users_select: multiSelect, multi_conversations_select: multiSelect,
  multi_channels_select: multiSelect, multi_external_select: multiSelect,
};
