/** Charts: a picture of the figures, and the figures themselves for who cannot see it. */
import { h } from "./dom.js";

const WIDE = 480;
const HIGH = 180;
const EDGE = 8;

/** @param {string} tag @param {Record<string, any>} props @param {...Node} children */
function svg(tag, props, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** @param {any} block */
export function chart(block) {
  const of = block.chart || {};
  const title = String(block.title || "");
  const draw = { pie, bar: bars, line: lines, area: lines }[/** @type {"pie"} */ (of.type)];
  const picture = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": `${of.type || "chart"}: ${title}`, class: "chart-picture" }, ...(draw ? draw(of) : []));
  return h("figure", { class: "chart" }, h("figcaption", {}, title), picture, of.type === "pie" ? slices(of) : figures(of));
}

/** @param {any} of @returns {{name: string, values: number[]}[]} */
const series = (of) => (of.series || []).map((/** @type {any} */ s) => ({ name: String(s.name || ""), values: (s.data || []).map((/** @type {any} */ p) => Number(p.value) || 0) }));

/** @param {any} of @returns {string[]} */
const categories = (of) => (of.axis_config?.categories || of.series?.[0]?.data?.map((/** @type {any} */ p) => p.label) || []).map(String);

/** Where a value stands, with nothing at the foot. @param {any} of */
function scale(of) {
  const all = series(of).flatMap((s) => s.values);
  const most = Math.max(0, ...all);
  const least = Math.min(0, ...all);
  const span = most - least || 1;
  return (/** @type {number} */ value) => EDGE + (HIGH - 2 * EDGE) * (1 - (value - least) / span);
}

/** @param {any} of */
function bars(of) {
  const at = scale(of);
  const rows = series(of);
  const groups = Math.max(1, categories(of).length);
  const width = WIDE / groups;
  const each = (width * 0.8) / Math.max(1, rows.length);
  return rows.flatMap((row, n) => row.values.map((value, group) => svg("rect", {
    class: `tone-${n % 6}`, x: group * width + width * 0.1 + n * each, y: Math.min(at(value), at(0)), width: Math.max(1, each - 1), height: Math.max(1, Math.abs(at(value) - at(0))),
  })));
}

/** @param {any} of */
function lines(of) {
  const at = scale(of);
  return series(of).map((row, n) => {
    const step = row.values.length > 1 ? (WIDE - 2 * EDGE) / (row.values.length - 1) : 0;
    const points = row.values.map((value, index) => `${EDGE + index * step},${at(value)}`);
    if (of.type === "area") return svg("polygon", { class: `tone-${n % 6} area`, points: [`${EDGE},${at(0)}`, ...points, `${EDGE + (row.values.length - 1) * step},${at(0)}`].join(" ") });
    return svg("polyline", { class: `tone-${n % 6} line`, points: points.join(" ") });
  });
}

/** @param {any} of */
function pie(of) {
  const parts = (of.segments || []).map((/** @type {any} */ s) => Number(s.value) || 0);
  const all = parts.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0) || 1;
  const r = HIGH / 2 - EDGE;
  let turned = -0.25;
  return parts.map((/** @type {number} */ part, /** @type {number} */ n) => {
    if (part === all) return svg("circle", { class: `tone-${n % 6}`, cx: WIDE / 2, cy: HIGH / 2, r });
    const from = turned * 2 * Math.PI;
    turned += part / all;
    const to = turned * 2 * Math.PI;
    const spot = (/** @type {number} */ angle) => `${WIDE / 2 + r * Math.cos(angle)} ${HIGH / 2 + r * Math.sin(angle)}`;
    return svg("path", { class: `tone-${n % 6}`, d: `M ${WIDE / 2} ${HIGH / 2} L ${spot(from)} A ${r} ${r} 0 ${part / all > 0.5 ? 1 : 0} 1 ${spot(to)} Z` });
  });
}

/** @param {any} of */
function slices(of) {
  return h("ul", { class: "chart-key" }, (of.segments || []).map((/** @type {any} */ s, /** @type {number} */ n) => h("li", {}, mark(n), `${s.label}: ${s.value}`)));
}

/** @param {number} n */
const mark = (n) => h("span", { class: `chart-mark tone-${n % 6}`, "aria-hidden": "true" });

/** @param {any} of */
function figures(of) {
  const rows = series(of);
  const labels = [of.axis_config?.x_label, of.axis_config?.y_label].filter(Boolean).join(", ");
  return h("div", { class: "table", tabindex: "0", role: "region", "aria-label": "Figures of the chart" }, h("table", {},
    labels ? h("caption", {}, labels) : null,
    h("thead", {}, h("tr", {}, h("td", {}), rows.map((row, n) => h("th", { scope: "col" }, mark(n), row.name)))),
    h("tbody", {}, categories(of).map((name, index) => h("tr", {}, h("th", { scope: "row" }, name), rows.map((row) => h("td", { class: "align-right" }, String(row.values[index] ?? ""))))))));
}
