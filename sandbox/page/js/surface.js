/**
 * What blocks stand on: a message, a modal or a Home. It knows what was chosen and typed there, and
 * how to tell the app of a click.
 */
import { post } from "./api.js";
import { announce } from "./dom.js";
import { refresh } from "./live.js";
import { drafts, store } from "./store.js";

/**
 * @typedef {object} Surface
 * @property {"message" | "modal" | "home"} kind
 * @property {string} key names its drafts
 * @property {any} target what tells the server which message or view it is
 * @property {any} state `state.values`
 * @property {Record<string, string>} errors block_id → sentence
 */

/** @param {any} message @returns {Surface} */
export const onMessage = (message) => ({
  kind: "message",
  key: `message:${message.channel}:${message.ts}`,
  target: { channel: message.channel, ts: message.ts },
  state: message.state?.values || {},
  errors: {},
});

/** @param {any} view @returns {Surface} */
export const onView = (view) => ({
  kind: view.type,
  key: `view:${view.id}`,
  target: { view: view.id },
  state: view.state?.values || {},
  errors: view.errors || {},
});

/** @param {any} block @param {any} element */
const name = (block, element) => `${block.block_id}\n${element.action_id}`;

/** The names of an element's value, and how it is written down. @type {Record<string, string>} */
const SLOTS = {
  plain_text_input: "value", email_text_input: "value", url_text_input: "value", number_input: "value",
  rich_text_input: "rich_text_value", static_select: "selected_option", external_select: "selected_option",
  radio_buttons: "selected_option", users_select: "selected_user", conversations_select: "selected_conversation",
  channels_select: "selected_channel", datepicker: "selected_date", timepicker: "selected_time",
  datetimepicker: "selected_date_time", checkboxes: "selected_options", multi_static_select: "selected_options",
  multi_external_select: "selected_options", multi_users_select: "selected_users",
  multi_conversations_select: "selected_conversations", multi_channels_select: "selected_channels",
  file_input: "files",
};

/** What an input holds now: what was typed here, else what the server knows. @param {Surface} surface @param {any} block @param {any} element */
export function current(surface, block, element) {
  const draft = drafts.get(surface.key, name(block, element));
  if (draft !== undefined) return draft;
  const value = surface.state[block.block_id]?.[element.action_id]?.[SLOTS[element.type]];
  const external = element.type.endsWith("external_select") || element.type === "file_input";
  if (Array.isArray(value)) return value.map((one) => (external || typeof one !== "object" ? one : one.value));
  if (value && typeof value === "object") {
    if (element.type === "rich_text_input") return plainOf(value);
    return external ? value : value.value;
  }
  return value ?? (SLOTS[element.type]?.endsWith("s") ? [] : "");
}

/** The words of a rich text value. @param {any} value @returns {string} */
function plainOf(value) {
  if (value.text) return value.text;
  const joint = value.type === "rich_text" || value.type === "rich_text_list" ? "\n" : "";
  return (value.elements || []).map(plainOf).join(joint);
}

/** Whether a change is told to the app at once. @param {any} block */
export const dispatches = (block) => block.type !== "input" || block.dispatch_action === true;

/** Keep what was typed, without telling anybody. @param {Surface} surface @param {any} block @param {any} element @param {any} value */
export function note(surface, block, element, value) {
  drafts.set(surface.key, name(block, element), value);
}

/** A new value: noted, and told where the block dispatches. @param {Surface} surface @param {any} block @param {any} element @param {any} value @param {HTMLElement} node */
export async function chosen(surface, block, element, value, node) {
  if (!dispatches(block)) {
    note(surface, block, element, value);
    return;
  }
  drafts.set(surface.key, name(block, element), undefined);
  await act(surface, block, element, value, node);
}

/** Words for what Slack tells a person whose click came to nothing. @param {string} error */
export function failure(error) {
  const app = store.win?.app.name || "The app";
  if (error === "operation_timeout") return `${app} did not answer within three seconds (operation_timeout). Try again.`;
  if (error === "dispatch_failed") return `${app} could not be reached (dispatch_failed). It may be away; try again when it is back.`;
  if (error === "http_service_error") return `${app} answered with an error (http_service_error).`;
  return `${app} could not do that (${error}).`;
}

/** Tell the app of a click and wait for its ack. @param {Surface} surface @param {any} block @param {any} element @param {any} value @param {HTMLElement} node */
export async function act(surface, block, element, value, node) {
  if (node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  store.failures.delete(surface.key);
  const sent = drafts.all(surface.key);
  try {
    const ids = { block_id: block.block_id, action_id: element.action_id };
    const reply = await post(`people/${store.route.me}/act`, { ...surface.target, ...ids, value, values: drafts.values(surface.key) });
    if (reply.error) fail(surface, failure(reply.error));
    // The server holds it now. What was typed since stays a draft.
    for (const [key, was] of Object.entries(sent)) {
      if (JSON.stringify(drafts.get(surface.key, key)) === JSON.stringify(was)) drafts.set(surface.key, key, undefined);
    }
  } catch (error) {
    fail(surface, /** @type {Error} */ (error).message);
  } finally {
    node.removeAttribute("aria-busy");
    await refresh();
  }
}

/** @param {Surface} surface @param {string} text */
export function fail(surface, text) {
  store.failures.set(surface.key, text);
  announce(text);
}
