/** Layout blocks. `draw` is what a surface calls. */
import { h, uid } from "./dom.js";
import { element as drawElement } from "./elements.js";
import { markdown, richText } from "./rich.js";
import { card, container, layout, planBlock, provider, taskCard, video } from "./cards.js";
import { chart } from "./charts.js";
import { picture, unknown } from "./pictures.js";
import { dataTable, table } from "./tables.js";
import { textObject, words } from "./text.js";

/** @typedef {import("./surface.js").Surface} Surface */

/** @param {any} blocks @param {Surface} surface */
export function draw(blocks, surface) {
  return (Array.isArray(blocks) ? blocks : []).map((block) => {
    const node = (BLOCKS[block?.type] || unknown)(block, surface);
    node.classList.add("block");
    if (block?.block_id) node.dataset.block = block.block_id;
    return node;
  });
}

/** @param {any} block @param {Surface} surface */
function section(block, surface) {
  const fields = (block.fields || []).map((/** @type {any} */ f) => h("div", { class: "field" }, textObject(f)));
  const said = h("div", { class: "section-text" }, block.text ? h("div", {}, textObject(block.text)) : null, fields.length ? h("div", { class: "fields" }, fields) : null);
  const beside = block.accessory ? h("div", { class: "accessory" }, drawElement(block, block.accessory, surface)) : null;
  return h("div", { class: "section" }, said, beside);
}

/** @param {any} block */
function header(block) {
  return h("h3", { class: "header" }, textObject(block.text));
}

/** @param {any} block */
function context(block) {
  const parts = (block.elements || []).map((/** @type {any} */ one) =>
    one.type === "image" ? picture(one, "context-image") : h("span", { class: "context-text" }, textObject(one) ?? unknown(one)));
  return h("div", { class: "context" }, parts);
}

/** @param {any} block @param {Surface} surface */
const actions = (block, surface) =>
  h("div", { class: "actions" }, (block.elements || []).map((/** @type {any} */ one) => drawElement(block, one, surface)));

/** @param {any} block @param {Surface} surface */
function input(block, surface) {
  const id = uid("input");
  const group = ["checkboxes", "radio_buttons"].includes(block.element?.type);
  const error = surface.errors[block.block_id];
  const ids = { control: `${id}-control`, label: `${id}-label`, described: [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") };
  const label = h(group ? "span" : "label", { class: "label", id: ids.label, for: group ? null : ids.control }, words(block.label), block.optional ? h("span", { class: "optional" }, " (optional)") : null);
  return h("div", { class: error ? "input wrong" : "input" },
    label,
    drawElement(block, block.element, surface, { ...ids, invalid: Boolean(error), required: !block.optional }),
    error ? h("p", { class: "error", id: `${id}-error` }, error) : null,
    block.hint ? h("p", { class: "hint", id: `${id}-hint` }, textObject(block.hint)) : null);
}

/** @param {any} block */
function image(block) {
  return h("figure", { class: "image" }, block.title ? h("figcaption", {}, words(block.title)) : null, picture(block));
}

/** @param {any} block */
function alert(block) {
  return h("div", { class: `alert ${["info", "warning", "error", "success"].includes(block.level) ? block.level : ""}`, role: "note" }, textObject(block.text));
}

/** @param {any} block */
function file(block) {
  return h("div", { class: "file" }, h("span", {}, `File from elsewhere (${block.external_id})`));
}

/** @type {Record<string, (block: any, surface: Surface) => HTMLElement>} */
const BLOCKS = {
  section, header, context, actions, input, image, alert, file,
  context_actions: actions,
  divider: () => h("hr"),
  rich_text: richText,
  markdown: (block) => markdown(String(block.text || "")),
  table, data_table: dataTable, video,
  card: (block, surface) => card(block, surface),
  carousel: (block, surface) => h("div", { class: "carousel", tabindex: "0", role: "region", "aria-label": "Cards" }, (block.elements || []).map((/** @type {any} */ c) => card(c, surface))),
  layout: (block, surface) => layout(block, (blocks) => draw(blocks, surface)),
  data_visualization: chart,
  auth_provider: provider,
  call: (block) => h("div", { class: "file" }, `A call (${block.call_id})`),
  container: (block, surface) => container(block, () => draw(block.child_blocks, surface)),
  task_card: taskCard,
  plan: planBlock,
};
