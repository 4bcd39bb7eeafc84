/** Choosing one, several, or what the app suggests. */
import { post } from "./api.js";
import { confirmed } from "./confirm.js";
import { h, uid } from "./dom.js";
import { named } from "./labels.js";
import { hold } from "./live.js";
import { beside, layerOf } from "./menu.js";
import { roomName, store } from "./store.js";
import { chosen, current } from "./surface.js";
import { words } from "./text.js";

/** @typedef {import("./surface.js").Surface} Surface */
/** @typedef {import("./labels.js").Labels} Labels */
/** @typedef {{value: any, key: string, label: string, detail?: string, group?: string}} Choice */

/** What there is to choose from. @param {any} one @returns {Choice[]} */
function offered(one) {
  const people = () => store.win.users.filter((/** @type {any} */ u) => !u.deleted)
    .sort((/** @type {any} */ a, /** @type {any} */ b) => Number(a.bot) - Number(b.bot) || a.name.localeCompare(b.name))
    .map((/** @type {any} */ u) => ({ value: u.id, key: u.id, label: u.name, detail: u.title }));
  const rooms = (/** @type {(r: any) => boolean} */ fits) => store.win.rooms.filter((/** @type {any} */ r) => !r.archived && fits(r))
    .map((/** @type {any} */ r) => ({ value: r.id, key: r.id, label: roomName(r) }));
  if (one.type.endsWith("users_select")) return people();
  if (one.type.endsWith("channels_select")) return rooms((r) => r.kind === "channel");
  if (one.type.endsWith("conversations_select")) {
    const kinds = one.filter?.include;
    const kind = { channel: "public", group: "private", im: "im", mpim: "mpim" };
    return rooms((r) => r.member && (!kinds || kinds.includes(kind[/** @type {"im"} */ (r.kind)])) && !(one.filter?.exclude_bot_users && r.app));
  }
  const flat = (/** @type {any[]} */ options, group = "") => options.map((o) => ({ value: o.value, key: o.value, label: words(o.text), detail: words(o.description), group }));
  return [...flat(one.options || []), ...(one.option_groups || []).flatMap((/** @type {any} */ g) => flat(g.options || [], words(g.label)))];
}

/** One of a list: the browser's own, which every keyboard, reader and phone knows. @param {any} block @param {any} one @param {Surface} surface @param {Labels} [labels] */
export function select(block, one, surface, labels) {
  const all = offered(one);
  const held = String(current(surface, block, one) || "");
  const empty = h("option", { value: "" }, words(one.placeholder) || "Choose…");
  const box = h("select", { class: "select", ...named(one, labels) }, empty);
  /** @type {Map<string, any>} */
  const groups = new Map();
  for (const choice of all) {
    let parent = box;
    if (choice.group) {
      if (!groups.has(choice.group)) groups.set(choice.group, box.appendChild(h("optgroup", { label: choice.group })));
      parent = groups.get(choice.group);
    }
    parent.append(h("option", { value: choice.value }, choice.detail ? `${choice.label} (${choice.detail})` : choice.label));
  }
  if (held && !all.some((c) => c.value === held)) box.append(h("option", { value: held }, held));
  box.value = held;
  box.classList.toggle("unset", !held);
  let before = held;
  box.addEventListener("change", async () => {
    if (one.confirm && !(await confirmed(one.confirm))) {
      box.value = before;
      return;
    }
    before = box.value;
    box.classList.toggle("unset", !before);
    await chosen(surface, block, one, before, box);
  });
  return box;
}

/** Several, as removable chips before a field that narrows the list. @param {any} block @param {any} one @param {Surface} surface @param {Labels} [labels] */
export function multiSelect(block, one, surface, labels) {
  const external = one.type === "multi_external_select";
  const all = external ? [] : offered(one);
  const most = one.max_selected_items || Infinity;
  /** @type {any[]} */
  let held = [].concat(/** @type {any} */ (current(surface, block, one) || []));
  const chips = h("span", { class: "chips" });
  const keyOf = (/** @type {any} */ v) => (typeof v === "object" ? v.value : v);
  const labelOf = (/** @type {any} */ v) => (typeof v === "object" ? words(v.text) : all.find((c) => c.key === v)?.label || v);
  const change = async (/** @type {any[]} */ next, /** @type {HTMLElement} */ node) => {
    if (one.confirm && !(await confirmed(one.confirm))) return;
    held = next;
    draw();
    await chosen(surface, block, one, held, node);
  };
  const draw = () => chips.replaceChildren(...held.map((v) => h("span", { class: "chip" }, labelOf(v),
    h("button", { type: "button", class: "plain", "aria-label": `Remove ${labelOf(v)}`, onclick: () => { void change(held.filter((w) => w !== v), box.field); box.field.focus(); } }, "×"))));
  const box = combobox({
    named: named(one, labels), placeholder: words(one.placeholder) || "Choose…",
    find: async (query) => {
      const taken = new Set(held.map(keyOf));
      const rows = external ? await suggestions(block, one, surface, query) : matching(all, query);
      return rows.filter((c) => !taken.has(c.key));
    },
    take: (choice) => {
      if (held.length >= most) return `No more than ${most}.`;
      void change([...held, choice.value], box.field);
      return "";
    },
    back: () => { if (held.length) void change(held.slice(0, -1), box.field); },
  });
  draw();
  box.node.prepend(chips);
  return box.node;
}

/** One of what the app suggests. @param {any} block @param {any} one @param {Surface} surface @param {Labels} [labels] */
export function externalSelect(block, one, surface, labels) {
  const held = current(surface, block, one);
  const box = combobox({
    named: named(one, labels), placeholder: words(held?.text) || words(one.placeholder) || "Search…",
    find: (query) => suggestions(block, one, surface, query),
    take: (choice) => {
      box.field.placeholder = choice.label;
      void chosen(surface, block, one, choice.value, box.field);
      return "";
    },
    back: () => {},
  });
  return box.node;
}

/** @param {any} block @param {any} one @param {Surface} surface @param {string} query @returns {Promise<Choice[]>} */
async function suggestions(block, one, surface, query) {
  if (query.length < (one.min_query_length ?? 3)) return [];
  const rows = await post(`people/${store.route.me}/suggest`, { ...surface.target, block_id: block.block_id, action_id: one.action_id, query });
  return rows.map((/** @type {any} */ o) => ({ value: o, key: o.value, label: words(o.text), detail: words(o.description) }));
}

/** @param {Choice[]} all @param {string} query */
const matching = (all, query) => all.filter((c) => c.label.toLowerCase().includes(query.toLowerCase()));

/** A field with a list. @param {{named: any, placeholder: string, find: (query: string) => Promise<Choice[]>, take: (choice: Choice) => string, back: () => void}} how */
function combobox(how) {
  const id = uid("list");
  const list = h("div", { class: "menu list", role: "listbox", id, popover: "manual", "aria-label": "Choices" });
  const field = h("input", { class: "text bare", type: "text", role: "combobox", autocomplete: "off", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": id, placeholder: how.placeholder, ...how.named });
  const node = h("div", { class: "combo" }, field);
  /** @type {Choice[]} */
  let rows = [];
  let at = 0;
  let asked = 0;
  let free = () => {};
  const close = () => {
    list.remove();
    free();
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (/** @type {number} */ to) => {
    at = rows.length ? (to + rows.length) % rows.length : 0;
    [...list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
    const active = /** @type {HTMLElement | undefined} */ (list.children[at]);
    active?.scrollIntoView({ block: "nearest" });
    if (active && rows.length) field.setAttribute("aria-activedescendant", active.id);
  };
  const pick = (/** @type {number} */ index) => {
    const choice = rows[index];
    if (!choice) return;
    const refused = how.take(choice);
    field.value = "";
    if (refused) list.replaceChildren(h("p", { class: "quiet none" }, refused));
    else close();
    field.focus();
  };
  const open = async () => {
    const mine = ++asked;
    free = hold(field);
    const found = await how.find(field.value.trim()).catch(() => []);
    if (document.activeElement !== field) free();
    if (mine !== asked || document.activeElement !== field) return;
    rows = found.slice(0, 100);
    list.replaceChildren(...(rows.length ? rows.map((c, index) => h("div", { class: "menu-item", role: "option", id: `${id}-${index}`, "aria-selected": "false", onpointerdown: (/** @type {Event} */ e) => { e.preventDefault(); pick(index); } }, h("span", {}, c.label), c.detail ? h("span", { class: "quiet" }, c.detail) : null)) : [h("p", { class: "quiet none" }, field.value ? "Nothing fits." : "Type to search.")]));
    if (!list.isConnected) layerOf(field).append(list);
    list.showPopover();
    list.style.minWidth = `${Math.min(360, node.getBoundingClientRect().width)}px`;
    beside(list, node);
    field.setAttribute("aria-expanded", "true");
    mark(0);
  };
  field.addEventListener("click", open);
  field.addEventListener("input", open);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const up = list.isConnected;
    if (event.key === "ArrowDown") { if (up) mark(at + 1); else void open(); }
    else if (event.key === "ArrowUp" && up) mark(at - 1);
    else if (event.key === "Enter" && up) pick(at);
    else if (event.key === "Enter") void open();
    else if (event.key === "Escape" && up) close();
    else if (event.key === "Backspace" && !field.value) { how.back(); return; }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { node, field };
}
