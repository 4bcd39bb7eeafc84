/** A payload as a tree, with the places marked that a refusal points at. */
import { h } from "./dom.js";

/** JSON pointer to the words of its steps. @param {string} pointer */
const steps = (pointer) => pointer.split("/").slice(1).map((s) => s.replace(/~1/g, "/").replace(/~0/g, "~"));

/** @param {any} value @param {{pointer: string, message: string}[]} problems */
export function tree(value, problems = []) {
  const marks = new Map(problems.filter((p) => p.pointer).map((p) => [steps(p.pointer).join("\n"), p.message]));
  const root = h("div", { class: "json" }, node(value, [], marks));
  return root;
}

/** @param {any} value @param {string[]} path @param {Map<string, string>} marks @returns {HTMLElement} */
function node(value, path, marks) {
  if (value === null || typeof value !== "object") return h("span", { class: `json-${value === null ? "null" : typeof value}` }, JSON.stringify(value));
  const list = Array.isArray(value);
  const entries = list ? value.map((v, i) => [String(i), v]) : Object.entries(value);
  if (!entries.length) return h("span", {}, list ? "[]" : "{}");
  // A place that is missing is marked where it should have been.
  const missing = [...marks.keys()].filter((key) => {
    const at = key.split("\n");
    return at.length === path.length + 1 && at.slice(0, -1).join("\n") === path.join("\n") && !entries.some(([k]) => k === at.at(-1));
  });
  return h("div", { class: "json-rows" }, entries.map(([key, inner]) => row(key, inner, [...path, key], marks)),
    missing.map((key) => h("div", { class: "json-row refused" }, h("span", { class: "json-key" }, key.split("\n").at(-1)), h("span", { class: "json-why" }, marks.get(key)))));
}

/** @param {string} key @param {any} inner @param {string[]} path @param {Map<string, string>} marks */
function row(key, inner, path, marks) {
  const why = marks.get(path.join("\n"));
  const hit = [...marks.keys()].some((m) => `${m}\n`.startsWith(`${path.join("\n")}\n`));
  const name = h("span", { class: "json-key" }, key);
  const note = why ? h("span", { class: "json-why" }, why) : null;
  if (inner === null || typeof inner !== "object" || !Object.keys(inner).length) return h("div", { class: why ? "json-row refused" : "json-row" }, name, node(inner, path, marks), note);
  const hint = Array.isArray(inner) ? `${inner.length} items` : inner.type ? String(inner.type) : "";
  return h("details", { class: why ? "json-row refused" : "json-row", open: hit || path.length < 3 }, h("summary", {}, name, h("span", { class: "quiet" }, hint), note), node(inner, path, marks));
}
