/** One message. */
import { post, Refused } from "./api.js";
import { draw } from "./blocks.js";
import { announce, h, link, toast } from "./dom.js";
import { refresh } from "./live.js";
import { openMenu } from "./menu.js";
import { face } from "./rail.js";
import { href } from "./route.js";
import { store, user, zone } from "./store.js";
import { failure, onMessage } from "./surface.js";
import { emojify, mrkdwn } from "./text.js";
import { clockTime, fullMoment, tsMs } from "./times.js";

const QUICK = ["+1", "eyes", "white_check_mark", "heart", "pray", "tada"];

/** Everything a drawn message depends on. @param {any} m @param {any} [with_] */
export const signature = (m, with_ = "") => JSON.stringify([m, with_, store.failures.get(`message:${m.channel}:${m.ts}`) || "", zone(), store.win.app.name]);

/** @param {any} m */
export function author(m) {
  const who = user(m.user);
  return { id: m.user, name: m.username || who?.name || "Somebody", app: Boolean(m.bot_id) };
}

/** @param {any} m @param {{inThread?: boolean, follows?: boolean}} [how] */
export function drawMessage(m, how = {}) {
  const who = author(m);
  const at = tsMs(m.ts);
  const surface = onMessage(m);
  const failed = store.failures.get(surface.key);
  const time = h("time", { class: "stamp", datetime: new Date(at).toISOString(), title: fullMoment(at) }, clockTime(at));
  const head = how.follows ? null : h("div", { class: "byline" }, h("strong", {}, who.name), who.app ? h("span", { class: "badge" }, "App") : null, time);
  const body = h("div", { class: "said" },
    m.ephemeral ? h("p", { class: "only-you" }, "Only visible to you") : null,
    m.subtype === "thread_broadcast" ? h("p", { class: "only-you" }, "replied in a thread") : null,
    head,
    h("div", { class: "content" }, content(m, surface)),
    (m.attachments || []).map((/** @type {any} */ a) => attachment(a, surface)),
    (m.files || []).map(file),
    reactions(m),
    failed ? h("p", { class: "failed", role: "alert" }, h("span", { "aria-hidden": "true" }, "⚠ "), failed) : null,
    m.reply_count && !how.inThread ? replies(m) : null);
  const left = how.follows ? h("span", { class: "gutter" }, time.cloneNode(true)) : face(who.id, who.name, who.app);
  return h("article", { class: `message ${m.ephemeral ? "ephemeral" : ""} ${how.follows ? "follows" : ""}`, "aria-label": `${who.name}, ${clockTime(at)}${m.ephemeral ? ", only visible to you" : ""}`, tabindex: "-1", dataset: { ts: m.ts } }, left, body, m.ephemeral ? null : tools(m, how));
}

/** @param {any} m @param {any} surface */
function content(m, surface) {
  const edited = m.edited ? h("span", { class: "edited", title: fullMoment(tsMs(m.edited.ts)) }, "(edited)") : null;
  if (m.blocks?.length) {
    const blocks = draw(m.blocks, surface);
    if (!edited) return blocks;
    // Behind the last words where the message ends with words, else on a line of its own.
    const last = blocks.at(-1);
    const end = last?.matches(".section:not(:has(.accessory, .fields)), .context") ? [...last.querySelectorAll(".section-text > div, .context-text")].at(-1) : null;
    if (end) end.append(" ", edited);
    return [blocks, end ? null : h("div", {}, edited)];
  }
  return m.text ? [h("div", { class: "mrkdwn" }, mrkdwn(m.text), edited ? [" ", edited] : null)] : [edited];
}

/** @param {any} a @param {any} surface */
function attachment(a, surface) {
  const colour = /^#[0-9a-fA-F]{6}$/.test(a.color || "") ? a.color : { good: "#2b8a3e", warning: "#c77700", danger: "#c92a2a" }[/** @type {"good"} */ (a.color)];
  const box = h("div", { class: "attachment" },
    a.pretext ? h("div", {}, mrkdwn(String(a.pretext))) : null,
    a.author_name ? h("div", { class: "quiet" }, link(a.author_link, String(a.author_name))) : null,
    a.title ? h("strong", {}, a.title_link ? link(a.title_link, String(a.title)) : String(a.title)) : null,
    a.text ? h("div", {}, mrkdwn(String(a.text))) : null,
    (a.fields || []).map((/** @type {any} */ f) => h("div", { class: "field" }, h("strong", {}, String(f.title || "")), h("div", {}, mrkdwn(String(f.value || ""))))),
    a.blocks ? draw(a.blocks, surface) : null,
    !a.text && !a.title && !a.blocks && !a.pretext && a.fallback ? h("div", {}, String(a.fallback)) : null,
    a.footer ? h("div", { class: "quiet" }, String(a.footer)) : null);
  if (colour) box.style.borderInlineStartColor = colour;
  return box;
}

/** @param {any} f */
function file(f) {
  const source = `/sandbox/people/${store.route.me}/files/${f.id}`;
  const picture = /^image\/(png|jpeg|gif|webp)$/.test(f.mimetype || "");
  const name = f.title || f.name || f.id;
  return h("div", { class: "file" },
    picture ? h("a", { href: source, target: "_blank", rel: "noopener" }, h("img", { src: source, alt: f.alt_txt || name, loading: "lazy" })) : null,
    h("a", { class: "file-link", href: `${source}?download`, download: f.name || "" }, h("span", { "aria-hidden": "true" }, "⇩ "), name, h("span", { class: "quiet" }, ` ${size(f.size)}`)));
}

/** @param {number} bytes */
const size = (bytes) => (bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : bytes >= 1e3 ? `${Math.round(bytes / 1e3)} kB` : `${bytes || 0} bytes`);

/** @param {any} m */
function reactions(m) {
  if (!m.reactions?.length) return null;
  return h("div", { class: "reactions" }, m.reactions.map((/** @type {any} */ r) => {
    const names = r.users.map((/** @type {string} */ id) => user(id)?.name || id).join(", ");
    return h("button", { class: `reaction ${r.users.includes(store.route.me) ? "mine" : ""}`, type: "button", title: names, "aria-label": `${r.name}, ${r.count}: ${names}. Add yours`, onclick: () => react(m, r.name) }, emojify(`:${r.name}:`), ` ${r.count}`);
  }));
}

/** @param {any} m @param {string} emoji */
const react = (m, emoji) => trying(() => post(`people/${store.route.me}/react`, { channel: m.channel, ts: m.ts, emoji }));

/** @param {() => Promise<any>} what */
export async function trying(what) {
  try {
    const answer = await what();
    if (answer?.error) toast(failure(answer.error), "bad");
    await refresh();
    return answer;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(error.message, "bad");
    announce(error.message);
    return null;
  }
}

/** @param {any} m */
function replies(m) {
  const faces = (m.reply_users || []).slice(0, 4).map((/** @type {string} */ id) => face(id, user(id)?.name || "?", user(id)?.bot));
  return h("a", { class: "replies", href: href({ place: m.channel, thread: m.ts }) }, faces, `${m.reply_count} ${m.reply_count === 1 ? "reply" : "replies"}`);
}

/** @param {any} m @param {{inThread?: boolean}} how */
function tools(m, how) {
  const shortcuts = store.win.app.shortcuts.filter((/** @type {any} */ s) => s.type === "message");
  const menu = (/** @type {any} */ event) => openMenu(event.currentTarget, [
    ...shortcuts.map((/** @type {any} */ s) => ({ label: s.name, detail: `${store.win.app.name} · ${s.description}`, run: () => trying(() => post(`people/${store.route.me}/shortcut`, { callback_id: s.callback_id, channel: m.channel, ts: m.ts })) })),
    { label: "Copy text", run: () => navigator.clipboard?.writeText(m.text || "") },
    { label: "Copy the message's JSON", detail: "for developers", run: () => navigator.clipboard?.writeText(JSON.stringify(m, null, 2)) },
  ], "Message actions");
  return h("div", { class: "tools" },
    h("button", { class: "tool", type: "button", "aria-label": "Add a reaction", title: "Add a reaction", "aria-haspopup": "menu", dataset: { focus: `react-${m.ts}` }, onclick: (/** @type {any} */ event) => openMenu(event.currentTarget, QUICK.map((name) => ({ label: `${emojify(`:${name}:`)}  ${name.replaceAll("_", " ")}`, run: () => react(m, name) })), "Reactions") }, "☺"),
    how.inThread ? null : h("a", { class: "tool", href: href({ place: m.channel, thread: m.thread_ts || m.ts }), "aria-label": "Reply in a thread", title: "Reply in a thread" }, "↩"),
    h("button", { class: "tool", type: "button", "aria-label": "More for this message", title: "More", "aria-haspopup": "menu", dataset: { focus: `more-${m.ts}` }, onclick: menu }, "⋯"));
}

