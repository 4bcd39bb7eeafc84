/** Fields, boxes and pickers. */
import { h } from "./dom.js";
import { named } from "./labels.js";
import { confirmed } from "./confirm.js";
import { act, chosen, current, dispatches, note } from "./surface.js";
import { textObject, words } from "./text.js";
import { fromLocal, toLocal } from "./times.js";
import { uid } from "./dom.js";

/** @typedef {import("./surface.js").Surface} Surface */
/** @typedef {import("./labels.js").Labels} Labels */

const NEAR = 0.8;
/** @type {Record<string, string>} */
const MODES = { email_text_input: "email", url_text_input: "url", number_input: "decimal" };

/** @param {any} block @param {any} one @param {Surface} surface @param {Labels} [labels] */
export function textInput(block, one, surface, labels) {
  const tall = one.multiline || one.type === "rich_text_input";
  const most = one.max_length || 3000;
  const counter = h("span", { class: "counter", "aria-live": "polite" });
  const field = h(tall ? "textarea" : "input", {
    class: "text", placeholder: words(one.placeholder) || null, type: tall ? null : "text", inputmode: MODES[one.type] || null,
    autocomplete: "off", rows: tall ? 4 : null, ...named(one, labels), value: String(current(surface, block, one) ?? ""),
  });
  const count = () => {
    const left = most - [...field.value].length;
    counter.textContent = left < most * (1 - NEAR) ? (left < 0 ? `${-left} too many` : `${left} left`) : "";
    counter.classList.toggle("over", left < 0);
    if (tall) {
      field.style.height = "auto";
      if (field.scrollHeight) field.style.height = `${Math.min(field.scrollHeight + 4, 420)}px`;
    }
  };
  const triggers = one.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
  const send = () => act(surface, block, one, field.value, field);
  let timer = 0;
  field.addEventListener("input", () => {
    note(surface, block, one, field.value);
    count();
    if (dispatches(block) && triggers.includes("on_character_entered")) {
      clearTimeout(timer);
      timer = window.setTimeout(send, 300);
    }
  });
  field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || tall) return;
    if (dispatches(block) && triggers.includes("on_enter_pressed")) {
      event.preventDefault();
      void send();
    }
  });
  queueMicrotask(count);
  requestAnimationFrame(count);
  return h("div", { class: "field-box" }, field, counter);
}

/** One's options as boxes or dots. @param {any} block @param {any} one @param {Surface} surface @param {Labels | undefined} labels @param {"checkbox" | "radio"} type */
function choices(block, one, surface, labels, type) {
  const held = current(surface, block, one);
  const on = new Set(Array.isArray(held) ? held : [held]);
  const name = uid("choice");
  const group = h("div", {
    class: "choices", role: type === "radio" ? "radiogroup" : "group",
    "aria-labelledby": labels?.label || null, "aria-label": labels ? null : words(one.options?.[0]?.text) || one.action_id,
    "aria-describedby": labels?.described || null,
  });
  for (const option of one.options || []) {
    const box = h("input", { type, name, value: option.value, checked: on.has(option.value), dataset: { focus: `${block.block_id}|${one.action_id}|${option.value}` } });
    box.addEventListener("change", async () => {
      if (one.confirm && !(await confirmed(one.confirm))) {
        box.checked = type === "checkbox" ? !box.checked : on.has(option.value);
        return;
      }
      const values = [...group.querySelectorAll("input")].filter((b) => b.checked).map((b) => b.value);
      await chosen(surface, block, one, type === "radio" ? values[0] : values, box);
    });
    group.append(h("label", { class: "choice" }, box, h("span", {}, h("span", {}, textObject(option.text)), option.description ? h("span", { class: "quiet block-line" }, textObject(option.description)) : null)));
  }
  group.dataset.focus = `${block.block_id}|${one.action_id}`;
  return group;
}

/** @param {any} block @param {any} one @param {Surface} surface @param {Labels} [labels] */
export const checkboxes = (block, one, surface, labels) => choices(block, one, surface, labels, "checkbox");
/** @param {any} block @param {any} one @param {Surface} surface @param {Labels} [labels] */
export const radios = (block, one, surface, labels) => choices(block, one, surface, labels, "radio");

/** @type {Record<string, string>} */
const PICKERS = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" };

/** A day, a time, or both; both are read in one's own zone. @param {any} block @param {any} one @param {Surface} surface @param {Labels} [labels] */
export function picker(block, one, surface, labels) {
  const held = current(surface, block, one);
  const both = one.type === "datetimepicker";
  const field = h("input", { class: "text picker", type: PICKERS[one.type], ...named(one, labels), title: words(one.placeholder) || null, value: both && held ? toLocal(Number(held)) : String(held || "") });
  let sent = field.value;
  const settle = async () => {
    if (field.value === sent) return;
    if (one.confirm && !(await confirmed(one.confirm))) {
      field.value = sent;
      return;
    }
    sent = field.value;
    await chosen(surface, block, one, both && sent ? fromLocal(sent) : sent, field);
  };
  let typed = 0;
  field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    typed = performance.now();
    if (event.key === "Enter") {
      if (dispatches(block)) event.preventDefault();
      void settle();
    }
  });
  // A date changes with every key that is typed into it: an app hears of it once that is done.
  field.addEventListener("change", () => {
    if (!dispatches(block) || performance.now() - typed > 500) void settle();
  });
  field.addEventListener("blur", settle);
  return field;
}
