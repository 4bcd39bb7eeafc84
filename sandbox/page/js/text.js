/** Slack's mrkdwn and plain text as nodes. */
import { h, link } from "./dom.js";
import { store, user, room } from "./store.js";
import { slackDate } from "./times.js";

/** Slack's three entities, once. @param {string} text */
export const unescaped = (text) => text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[/** @type {"amp"} */ (name)]);

/** Known shortcodes as characters. @param {string} text */
export const emojify = (text) =>
  text.replace(/:([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?/g, (all, name) => store.emoji[name] ?? all);

/** @param {string} id @param {string} [label] */
export function mentionUser(id, label = "") {
  const name = user(id)?.name || label.replace(/^@/, "") || id;
  return h("span", { class: id === store.route.me ? "mention me" : "mention" }, `@${name}`);
}

/** @param {string} id @param {string} [label] */
export function mentionRoom(id, label = "") {
  const known = room(id);
  const name = known?.name || label || "a private channel";
  return known ? h("a", { class: "mention", href: `#/${store.route.me}/${id}` }, `#${name}`) : h("span", { class: "mention" }, `#${name}`);
}

/** @param {string} id @param {string} [label] */
export function mentionGroup(id, label = "") {
  const handle = store.win?.groups.find((/** @type {any} */ g) => g.id === id)?.handle;
  return h("span", { class: "mention" }, `@${(handle || label || id).replace(/^@/, "")}`);
}

/** What stands between < and >; null for what is none of Slack's. @param {string} inside */
function reference(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : unescaped(inside.slice(bar + 1));
  if (target.startsWith("@")) return mentionUser(target.slice(1), label);
  if (target.startsWith("#")) return mentionRoom(target.slice(1), label);
  if (target.startsWith("!subteam^")) return mentionGroup(target.split("^")[1], label);
  if (target.startsWith("!date^")) {
    const [, seconds, layout, url] = target.split("^");
    if (!layout || !/^-?\d{1,11}$/.test(seconds)) return h("span", {}, label || target);
    return slackDate(Number(seconds), unescaped(layout), url && unescaped(url));
  }
  if (["!here", "!channel", "!everyone"].includes(target)) return h("span", { class: "mention" }, `@${target.slice(1)}`);
  if (/^[a-z][a-z0-9+.-]*:/.test(target)) {
    const url = unescaped(target);
    return link(url, emojify(label) || url.replace(/^mailto:/, ""));
  }
  return null;
}

/** @typedef {[string, RegExp][]} Rules tag and pattern, one group each */
const WORD = "\\p{L}\\p{N}_";
const edge = (/** @type {string} */ mark, /** @type {string} */ raw) =>
  new RegExp(`(?<![${WORD}${raw}])${mark}(?=\\S)([^\\n]*?\\S)${mark}(?![${WORD}${raw}])`, "u");
/** @type {Rules} */
export const MRKDWN = [["strong", edge("\\*", "*")], ["em", edge("_", "_")], ["s", edge("~", "~")]];

const ATOM = /`([^`\n]+)`|<([^<>\n]+)>/g;
const SPARE = 0xe000;

/** One line as nodes. Code and references are set aside first, so that marks inside them stay text. @param {string} line @param {Rules} rules */
export function inline(line, rules = MRKDWN) {
  /** @type {Node[]} */
  const atoms = [];
  const held = line.replace(/[\ue000-\uf8ff]/g, "\ufffd").replace(ATOM, (all, code, inside) => {
    const node = code !== undefined ? h("code", {}, unescaped(code)) : reference(inside);
    if (!node || atoms.length > 6000) return all;
    atoms.push(node);
    return String.fromCharCode(SPARE + atoms.length - 1);
  });
  return styled(held, rules, atoms);
}

/** @param {string} text @param {Rules} rules @param {Node[]} atoms @returns {any[]} */
function styled(text, rules, atoms) {
  let first = /** @type {{match: RegExpExecArray, tag: string} | null} */ (null);
  for (const [tag, pattern] of rules) {
    const match = pattern.exec(text);
    if (match && match.index < (first?.match.index ?? Infinity)) first = { match, tag };
  }
  if (!first) return leaves(text, atoms);
  const { match, tag } = first;
  return [
    ...leaves(text.slice(0, match.index), atoms),
    h(tag, {}, styled(match[1], rules, atoms)),
    ...styled(text.slice(match.index + match[0].length), rules, atoms),
  ];
}

/** @param {string} text @param {Node[]} atoms */
function leaves(text, atoms) {
  return text.split(/([\ue000-\uf8ff])/).map((part) => {
    const atom = part.length === 1 ? atoms[part.charCodeAt(0) - SPARE] : undefined;
    return atom ?? emojify(unescaped(part));
  });
}

/** Text outside of fences: lines, quotes. @param {string} text @param {(line: string) => any} one */
function prose(text, one) {
  const parts = [];
  let quote = /** @type {any} */ (null);
  for (const line of text.split("\n")) {
    const quoted = /^(?:&gt;|>)\s?/.exec(line);
    if (quoted) {
      if (quote) quote.append(h("br"));
      else parts.push((quote = h("blockquote")));
      quote.append(...[one(line.slice(quoted[0].length))].flat().map((n) => (n instanceof Node ? n : document.createTextNode(n))));
    } else {
      if (parts.length && !quote) parts.push(h("br"));
      parts.push(one(line));
      quote = null;
    }
  }
  return parts;
}

/** Text in fences and out of them. @param {string} text @param {(text: string) => any} outside */
export function fenced(text, outside) {
  const parts = [];
  let at = 0;
  for (const fence of text.matchAll(/```[ \t]*\n?([\s\S]*?)\n?```\n?/g)) {
    const before = text.slice(at, fence.index).replace(/\n$/, "");
    if (before) parts.push(outside(before));
    parts.push(h("pre", {}, h("code", {}, unescaped(fence[1]))));
    at = fence.index + fence[0].length;
  }
  const rest = text.slice(at);
  if (rest || !at) parts.push(outside(rest));
  return parts;
}

/** @param {string} text */
export const mrkdwn = (text) => fenced(text, (part) => prose(part, inline));

/** @param {string} text @param {boolean} [emoji] */
export const plain = (text, emoji = true) => h("span", { class: "lines" }, emoji ? emojify(unescaped(text)) : unescaped(text));

/** A text object, whichever it is. @param {any} text */
export function textObject(text) {
  if (!text || typeof text !== "object") return null;
  return text.type === "mrkdwn" ? mrkdwn(String(text.text ?? "")) : plain(String(text.text ?? ""), text.emoji !== false);
}

/** Its words alone, for labels. @param {any} text */
export const words = (text) => (text && typeof text === "object" ? emojify(unescaped(String(text.text ?? ""))) : "");

/** A message's text in one short line, for lists and announcements. @param {string} text */
export const gist = (text) => {
  const box = h("span", {}, mrkdwn(text));
  return (box.textContent || "").slice(0, 200);
};
