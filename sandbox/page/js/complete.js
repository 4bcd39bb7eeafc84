/** Completion in the composer: commands after a slash, people after an @, channels after a #. */
import { h, uid } from "./dom.js";
import { store } from "./store.js";

/** @typedef {{text: string, label: string, detail: string}} Offer */

/** What could be meant by the word before the caret. @param {string} before @returns {{from: number, offers: Offer[]} | null} */
function offered(before) {
  const { commands } = store.win.app;
  const command = /^\/\S*$/.exec(before);
  if (command) {
    const fits = commands.filter((/** @type {any} */ c) => c.command.startsWith(before));
    return { from: 0, offers: fits.map((/** @type {any} */ c) => ({ text: `${c.command} `, label: `${c.command} ${c.usage_hint || ""}`.trim(), detail: c.description || "" })) };
  }
  const word = /(?:^|[\s(])([@#][\p{L}\p{N}._-]*)$/u.exec(before);
  if (!word) return null;
  const wanted = word[1].slice(1).toLowerCase();
  const from = before.length - word[1].length;
  if (word[1][0] === "#") {
    const rooms = store.win.rooms.filter((/** @type {any} */ r) => !r.with.length && r.name.startsWith(wanted));
    return { from, offers: rooms.slice(0, 8).map((/** @type {any} */ r) => ({ text: `#${r.name} `, label: `#${r.name}`, detail: r.topic })) };
  }
  // A command sends what is typed: there, people go by their handle, as Slack's escaping wants it.
  const handles = before.startsWith("/");
  const people = store.win.users.filter((/** @type {any} */ u) => !u.deleted && `${u.name} ${u.handle}`.toLowerCase().includes(wanted));
  return { from, offers: people.slice(0, 8).map((/** @type {any} */ u) => ({ text: `@${handles ? u.handle : u.name} `, label: u.name, detail: u.title || `@${u.handle}` })) };
}

/** @param {HTMLTextAreaElement} field @param {HTMLElement} node @param {(usage: string) => void} usage */
export function completion(field, node, usage) {
  const id = uid("offers");
  const list = h("div", { class: "offers", role: "listbox", id, "aria-label": "Suggestions", hidden: true });
  node.prepend(list);
  field.setAttribute("aria-controls", id);
  field.setAttribute("aria-autocomplete", "list");
  /** @type {Offer[]} */
  let offers = [];
  let from = 0;
  let at = 0;

  const close = () => {
    list.hidden = true;
    offers = [];
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (/** @type {number} */ to) => {
    at = (to + offers.length) % offers.length;
    [...list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
    field.setAttribute("aria-activedescendant", `${id}-${at}`);
  };
  const take = (/** @type {number} */ index) => {
    const caret = field.selectionStart;
    const text = offers[index].text;
    field.value = field.value.slice(0, from) + text + field.value.slice(caret).replace(/^ /, "");
    field.setSelectionRange(from + text.length, from + text.length);
    close();
    field.dispatchEvent(new Event("input"));
    field.focus();
  };
  const look = () => {
    const before = field.value.slice(0, field.selectionStart);
    const known = /^(\/\S+)\s/.exec(field.value);
    const command = known && store.win.app.commands.find((/** @type {any} */ c) => c.command === known[1]);
    usage(command ? `${command.command} ${command.usage_hint || ""}` : "");
    const found = offered(before);
    if (!found || !found.offers.length || (found.offers.length === 1 && found.offers[0].text.trim() === before.slice(found.from) && !before.startsWith("/"))) {
      close();
      return;
    }
    ({ from, offers } = found);
    list.replaceChildren(...offers.map((offer, index) => h("div", { class: "menu-item", role: "option", id: `${id}-${index}`, onpointerdown: (/** @type {Event} */ e) => { e.preventDefault(); take(index); } }, h("span", {}, offer.label), h("span", { class: "quiet" }, offer.detail))));
    list.hidden = false;
    mark(0);
  };
  field.addEventListener("input", look);
  field.addEventListener("blur", close);

  return {
    close,
    /** Whether the key was meant for the list. @param {KeyboardEvent} event */
    key(event) {
      if (!offers.length) return false;
      if (event.key === "ArrowDown") mark(at + 1);
      else if (event.key === "ArrowUp") mark(at - 1);
      else if (event.key === "Tab" || (event.key === "Enter" && field.value.slice(from).trim() !== offers[at].text.trim())) take(at);
      else if (event.key === "Escape") close();
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}
