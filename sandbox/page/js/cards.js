/** The newer, boxed blocks: cards, containers, plans and videos. */
import { h, link } from "./dom.js";
import { element } from "./elements.js";
import { picture } from "./pictures.js";
import { richText } from "./rich.js";
import { textObject, words } from "./text.js";

/** @param {any} block @param {import("./surface.js").Surface} surface */
export function card(block, surface) {
  return h("div", { class: "card" },
    block.hero_image ? picture(block.hero_image, "hero") : null,
    h("div", { class: "card-head" }, block.icon ? picture(block.icon, "card-icon") : null,
      h("div", {}, block.title ? h("strong", {}, textObject(block.title)) : null, block.subtitle ? h("div", { class: "quiet" }, textObject(block.subtitle)) : null)),
    block.body ? h("div", {}, textObject(block.body)) : null,
    block.subtext ? h("div", { class: "quiet" }, textObject(block.subtext)) : null,
    block.actions ? h("div", { class: "actions" }, block.actions.map((/** @type {any} */ one) => element(block, one, surface))) : null);
}

/** @param {any} block @param {() => HTMLElement[]} inside */
export function container(block, inside) {
  const title = block.rich_text_title ? richText(block.rich_text_title) : h("strong", {}, words(block.title));
  const head = [title, block.subtitle ? h("div", { class: "quiet" }, textObject(block.subtitle)) : null];
  if (!block.is_collapsible) return h("div", { class: "container" }, h("div", { class: "container-head" }, head), inside());
  return h("details", { class: "container", open: block.default_collapsed ? null : "" }, h("summary", {}, head), inside());
}

/** Rows of items side by side. @param {any} block @param {(blocks: any) => HTMLElement[]} inside */
export function layout(block, inside) {
  const items = (/** @type {any} */ row) => (row.items || []).map((/** @type {any} */ item) => h("div", { class: `layout-item ${["narrow", "wide"].includes(item.width) ? item.width : ""}` }, inside(item.blocks)));
  return h("div", { class: `layout lines-${["rows", "outer"].includes(block.grid_lines) ? block.grid_lines : "none"}`, role: "group", "aria-label": String(block.label || "") },
    block.is_label_visible ? h("strong", {}, String(block.label || "")) : null,
    (block.rows || []).map((/** @type {any} */ row) => h("div", { class: "layout-row" }, items(row))));
}

/** An account elsewhere, connected or not. @param {any} block */
export function provider(block) {
  const url = block.is_connected ? block.disconnect_url : block.auth_url;
  return h("div", { class: "card" }, h("strong", {}, words(block.name)),
    block.description ? h("div", {}, words(block.description)) : null,
    h("div", { class: "quiet" }, [block.is_connected ? "Connected" : "Not connected", words(block.connected_identity), words(block.connected_context)].filter(Boolean).join(" · ")),
    url ? h("div", {}, link(url, block.is_connected ? "Disconnect" : "Connect")) : null);
}

/** @type {Record<string, string>} */
const MARKS = { pending: "○", in_progress: "◐", complete: "●", error: "✕" };

/** @param {any} block */
export function taskCard(block) {
  return h("div", { class: "card task" },
    h("strong", {}, `${MARKS[block.status] || "○"} ${block.title || ""}`),
    block.details ? richText(block.details) : null,
    block.output ? richText(block.output) : null,
    block.sources ? h("ul", {}, block.sources.map((/** @type {any} */ s) => h("li", {}, link(s.url, String(s.text || s.url || ""))))) : null);
}

/** @param {any} block */
export const planBlock = (block) => h("div", { class: "container" }, h("div", { class: "container-head" }, h("strong", {}, String(block.title || ""))), (block.tasks || []).map(taskCard));

/** @param {any} block */
export function video(block) {
  return h("div", { class: "card" },
    h("strong", {}, "▶ ", link(block.title_url || block.video_url, words(block.title))),
    block.author_name || block.provider_name ? h("div", { class: "quiet" }, [block.author_name, block.provider_name].filter(Boolean).join(" · ")) : null,
    block.description ? h("div", {}, textObject(block.description)) : null,
    h("div", { class: "quiet" }, String(block.alt_text || "")));
}
