/** What ties a control to its label. */
import { words } from "./text.js";

/** @typedef {{control: string, label: string, described: string, invalid: boolean, required: boolean}} Labels in an input block: the ids of its label and notes */

/** The attributes that tie a control to its label, or name it. @param {any} one @param {Labels | undefined} labels */
export function named(one, labels) {
  if (!labels) return { "aria-label": words(one.placeholder) || one.action_id };
  return {
    id: labels.control,
    "aria-describedby": labels.described || null,
    "aria-invalid": labels.invalid ? "true" : null,
    "aria-required": labels.required ? "true" : null,
  };
}
