/** Tables: rows of cells, the first one the header. */
import { h } from "./dom.js";
import { richText } from "./rich.js";

/** @param {any} one */
function content(one) {
  if (one?.type === "rich_text") return richText(one);
  return h("span", { class: "lines" }, String(one?.text ?? one?.value ?? ""));
}

/** @param {any} block */
const look = (block, /** @type {number} */ at) => {
  const settings = block.column_settings?.[at];
  return `align-${["center", "right"].includes(settings?.align) ? settings.align : "left"} ${settings?.is_wrapped ? "" : "nowrap"}`;
};

/** @param {any} block */
export function table(block) {
  const [head = [], ...body] = block.rows || [];
  return frame("Table", h("table", {},
    h("thead", {}, h("tr", {}, head.map((/** @type {any} */ c, /** @type {number} */ at) => h("th", { scope: "col", class: look(block, at) }, content(c))))),
    h("tbody", {}, body.map((/** @type {any[]} */ row) => h("tr", {}, row.map((c, at) => h("td", { class: look(block, at) }, content(c))))))));
}

/** @param {string} label @param {HTMLElement} inside */
const frame = (label, inside) => h("div", { class: "table", tabindex: "0", role: "region", "aria-label": label }, inside);

/** Pages through its rows. @param {any} block */
export function dataTable(block) {
  const [head = [], ...body] = block.rows || [];
  const size = block.page_size || 10;
  const pages = Math.max(1, Math.ceil(body.length / size));
  const leads = block.row_header_column_index ?? -1;
  const rows = h("tbody");
  const where = h("span", { class: "quiet" });
  let page = 0;
  const turn = (/** @type {number} */ by) => {
    page = Math.min(pages - 1, Math.max(0, page + by));
    rows.replaceChildren(...body.slice(page * size, (page + 1) * size).map((/** @type {any[]} */ row) =>
      h("tr", {}, row.map((c, at) => (at === leads ? h("th", { scope: "row" }, content(c)) : h("td", { class: c?.type === "raw_number" ? "align-right" : "" }, content(c)))))));
    where.textContent = `${page + 1} of ${pages}`;
  };
  turn(0);
  const feet = pages > 1 ? h("div", { class: "pages" },
    h("button", { class: "button small", onclick: () => turn(-1) }, "Back"), where, h("button", { class: "button small", onclick: () => turn(1) }, "Next")) : null;
  return h("div", {}, frame(String(block.caption || "Table"), h("table", {}, h("caption", {}, String(block.caption || "")),
    h("thead", {}, h("tr", {}, head.map((/** @type {any} */ c) => h("th", { scope: "col" }, content(c))))), rows)), feet);
}
