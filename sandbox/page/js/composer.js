/** Where one writes: messages, and commands with their completion. */
import { post, Refused } from "./api.js";
import { completion } from "./complete.js";
import { announce, h } from "./dom.js";
import { refresh } from "./live.js";
import { openMenu } from "./menu.js";
import { trying } from "./message.js";
import { drafts, store } from "./store.js";

let serial = 0;

/** Something only this window says. @param {string} place @param {string} text */
export function notice(place, text) {
  store.notices.set(place, [...(store.notices.get(place) || []), { id: ++serial, text }].slice(-5));
  announce(text);
}

/**
 * What Slack's own composer makes of typed text: its three characters escaped, people and channels
 * as references, addresses as links.
 * @param {string} text
 */
export function outgoing(text) {
  const names = [...store.win.users].sort((a, b) => b.name.length - a.name.length);
  let out = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  out = out.replace(/(^|\s)(https?:\/\/[^\s]+)/g, "$1<$2>");
  for (const one of names) {
    for (const word of [one.name, one.handle]) {
      if (word) out = out.replace(new RegExp(`(^|[\\s(])@${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w])`, "gi"), `$1<@${one.id}>`);
    }
  }
  return out.replace(/(^|[\s(])#([\p{L}\p{N}_-]+)/gu, (all, lead, name) => {
    const found = store.win.rooms.find((/** @type {any} */ r) => r.name === name && !r.with.length);
    return found ? `${lead}<#${found.id}>` : all;
  });
}

/** @param {{place: string, thread: string, label: string, id: string}} where */
export function composer(where) {
  const slot = `composer:${where.place}:${where.thread}`;
  const field = h("textarea", { id: where.id, class: "compose", rows: 1, "aria-label": where.label, placeholder: where.label, autocomplete: "off", enterkeyhint: "send", value: drafts.get(slot, "text") || "" });
  const busy = h("span", { class: "busy-note", role: "status" });
  const send = h("button", { class: "button primary send", type: "button", "aria-label": "Send", title: "Send (Enter)", onclick: () => submit() }, "➤");
  const hint = h("span", { class: "hint-line" });
  const node = h("div", { class: "composer" }, h("div", { class: "compose-box" }, shortcuts(), field, send), h("p", { class: "compose-feet" }, hint, busy));
  const grow = () => {
    field.style.height = "auto";
    if (field.scrollHeight) field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
  };
  const list = completion(field, node, (usage) => (hint.textContent = usage));
  field.addEventListener("input", () => {
    drafts.set(slot, "text", field.value || undefined);
    grow();
  });
  field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (list.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void submit();
    }
  });
  requestAnimationFrame(grow);

  async function submit() {
    const text = field.value.trim();
    if (!text || busy.textContent) return;
    list.close();
    const clear = () => {
      field.value = "";
      drafts.drop(slot);
      hint.textContent = "";
      grow();
    };
    const command = /^(\/\S+)\s*([\s\S]*)$/.exec(text);
    busy.textContent = command ? `${command[1]} is on its way…` : "Sending…";
    field.setAttribute("aria-busy", "true");
    try {
      if (command) await run(command[1], command[2], clear);
      else {
        await post(`people/${store.route.me}/say`, { text: outgoing(text), encoded: true, channel: where.place, ...(where.thread ? { thread_ts: where.thread } : {}) });
        clear();
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      notice(where.place, error.message);
    } finally {
      busy.textContent = "";
      field.removeAttribute("aria-busy");
      await refresh();
    }
  }

  /** @param {string} name @param {string} text @param {() => void} clear */
  async function run(name, text, clear) {
    const known = store.win.app.commands.some((/** @type {any} */ c) => c.command === name);
    if (where.thread) {
      notice(where.place, `${name} does not work in threads. Write it in the conversation itself.`);
      return;
    }
    if (!known && store.win.app.commands.length) {
      notice(where.place, `${name} is not a command here. There is ${store.win.app.commands.map((/** @type {any} */ c) => c.command).join(", ")}.`);
      return;
    }
    clear();
    const reply = await post(`people/${store.route.me}/command`, { command: name, text, channel: where.place });
    if (reply.error) {
      notice(where.place, `${name} failed with the error “${reply.error}”. ${reply.error === "operation_timeout" ? "The app did not answer within three seconds." : "Is the app running?"}`);
      if (!field.value) field.value = [name, text].filter(Boolean).join(" ");
    }
  }

  return node;
}

/** Global shortcuts, where the manifest has any. */
function shortcuts() {
  const global = store.win.app.shortcuts.filter((/** @type {any} */ s) => s.type === "global");
  if (!global.length) return null;
  return h("button", { class: "tool", type: "button", "aria-label": "Shortcuts", title: "Shortcuts", "aria-haspopup": "menu", onclick: (/** @type {any} */ event) => openMenu(event.currentTarget, global.map((/** @type {any} */ s) => ({ label: s.name, detail: s.description, run: () => trying(() => post(`people/${store.route.me}/shortcut`, { callback_id: s.callback_id })) })), "Shortcuts") }, "⚡");
}
