/** Rich text blocks, and the markdown block. */
import { h, link } from "./dom.js";
import { store } from "./store.js";
import { slackDate } from "./times.js";
import { fenced, inline, mentionGroup, mentionRoom, mentionUser } from "./text.js";

/** @param {any} block */
export const richText = (block) => h("div", { class: "rich" }, (block.elements || []).map(part));

/** @param {any} piece */
function part(piece) {
  const inner = piece.elements || [];
  switch (piece.type) {
    case "rich_text_section": return h("p", {}, inner.map(leaf));
    case "rich_text_quote": return h("blockquote", {}, inner.map(leaf));
    case "rich_text_preformatted": return h("pre", {}, h("code", {}, inner.map(leaf)));
    case "rich_text_list": {
      const ordered = piece.style === "ordered";
      const props = { class: `indent-${Math.min(8, piece.indent || 0)}`, start: ordered && piece.offset ? piece.offset + 1 : null };
      return h(ordered ? "ol" : "ul", props, inner.map((/** @type {any} */ item) => h("li", {}, (item.elements || []).map(leaf))));
    }
    default: return h("p", { class: "unknown-inline" }, `⟨${piece.type}⟩`);
  }
}

/** @param {any} one */
function leaf(one) {
  return wrapped(one.style || {}, bare(one));
}

/** @param {any} one */
function bare(one) {
  switch (one.type) {
    case "text": return h("span", { class: "lines" }, String(one.text ?? ""));
    case "link": return link(one.url, String(one.text || one.url || ""));
    case "emoji": return store.emoji[one.name] ?? (one.unicode ? codepoints(one.unicode) : `:${one.name}:`);
    case "user": return mentionUser(String(one.user_id));
    case "channel": return mentionRoom(String(one.channel_id));
    case "usergroup": return mentionGroup(String(one.usergroup_id));
    case "broadcast": return h("span", { class: "mention" }, `@${one.range}`);
    case "date": return Number.isFinite(one.timestamp) ? slackDate(one.timestamp, String(one.format || "{date}"), one.url) : String(one.fallback || "");
    case "color": return String(one.value || "");
    default: return h("span", { class: "unknown-inline" }, `⟨${one.type}⟩`);
  }
}

/** @param {string} code */
function codepoints(code) {
  const points = code.split("-").map((c) => parseInt(c, 16));
  return points.every((p) => p > 0 && p < 0x110000) ? String.fromCodePoint(...points) : code;
}

/** @param {any} style @param {any} content */
function wrapped(style, content) {
  let node = content;
  for (const [name, tag] of [["code", "code"], ["strike", "s"], ["italic", "em"], ["bold", "strong"]]) {
    if (style[name] === true) node = h(tag, {}, node);
  }
  return node;
}

// Markdown

/** @type {[string, RegExp][]} */
const RULES = [
  ["strong", /(?:\*\*|__)(?=\S)([^\n]*?\S)(?:\*\*|__)/u],
  ["em", /(?<![\p{L}\p{N}_*])\*(?=[^\s*])([^\n*]*?\S)\*(?![\p{L}\p{N}_*])/u],
  ["em", /(?<![\p{L}\p{N}_])_(?=\S)([^\n]*?\S)_(?![\p{L}\p{N}_])/u],
  ["s", /~~(?=\S)([^\n]*?\S)~~/u],
];

/** @param {string} text */
export function markdown(text) {
  const linked = text.replace(/\[([^\]\n]+)\]\((\S+?)\)/g, "<$2|$1>");
  return h("div", { class: "rich" }, fenced(linked, (part) => lines(part.split("\n"))));
}

/** @param {string[]} rows */
function lines(rows) {
  const out = [];
  let at = 0;
  while (at < rows.length) {
    const row = rows[at];
    const heading = /^(#{1,6})\s+(.*)/.exec(row);
    const table = row.includes("|") && /^\s*\|?[\s:|-]*-[\s:|-]*$/.test(rows[at + 1] || "") && (rows[at + 1] || "").includes("|");
    if (heading) out.push(h("p", { class: `heading level-${heading[1].length}`, role: "heading", "aria-level": Math.min(6, heading[1].length + 2) }, inline(heading[2], RULES)));
    else if (table) {
      const body = [];
      for (at += 2; at < rows.length && rows[at].includes("|"); at += 1) body.push(rows[at]);
      out.push(grid(row, body));
      continue;
    } else if (/^\s*(-{3,}|\*{3,})\s*$/.test(row)) out.push(h("hr"));
    else if (/^\s*(?:[-*+]|\d+[.)])\s+/.test(row)) {
      const ordered = /^\s*\d/.test(row);
      const list = h(ordered ? "ol" : "ul", { start: ordered ? parseInt(row.trim(), 10) : null });
      for (; at < rows.length; at += 1) {
        const item = /^(\s*)(?:[-*+]|\d+[.)])\s+(.*)/.exec(rows[at]);
        if (!item || /^\s*\d/.test(rows[at]) !== ordered) break;
        const task = /^\[([ xX])\]\s+(.*)/.exec(item[2]);
        const words = inline(task ? task[2] : item[2], RULES);
        list.append(h("li", { class: `indent-${Math.min(8, Math.floor(item[1].length / 2))}` }, task ? (task[1] === " " ? "☐ " : "☑ ") : null, words));
      }
      out.push(list);
      continue;
    } else if (/^(?:&gt;|>)/.test(row)) {
      const quote = h("blockquote");
      for (; at < rows.length && /^(?:&gt;|>)/.test(rows[at]); at += 1) quote.append(h("p", {}, inline(rows[at].replace(/^(?:&gt;|>)\s?/, ""), RULES)));
      out.push(quote);
      continue;
    } else if (row.trim()) {
      const paragraph = h("p");
      for (; at < rows.length && rows[at].trim() && !/^(#{1,6}\s|\s*(?:[-*+]|\d+[.)])\s|&gt;|>)/.test(rows[at]); at += 1) {
        if (paragraph.childNodes.length) paragraph.append(h("br"));
        paragraph.append(h("span", {}, inline(rows[at], RULES)));
      }
      out.push(paragraph);
      continue;
    }
    at += 1;
  }
  return out;
}

/** @param {string} row */
const cells = (row) => row.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());

/** @param {string} head @param {string[]} body */
function grid(head, body) {
  return h("div", { class: "table", tabindex: "0", role: "region", "aria-label": "Table" }, h("table", {},
    h("thead", {}, h("tr", {}, cells(head).map((c) => h("th", { scope: "col" }, inline(c, RULES))))),
    h("tbody", {}, body.map((row) => h("tr", {}, cells(row).map((c) => h("td", {}, inline(c, RULES))))))));
}

