/**
 * The only place that makes elements. Text is always a text node, so nothing a message holds is
 * ever read as markup.
 */

/**
 * @param {string} tag
 * @param {Record<string, any>} [props] attributes; `on*` are listeners, `class` and `dataset` as named
 * @param {...any} children nodes, strings, lists of those; null and false are left out
 * @returns {any}
 */
export function h(tag, props = {}, ...children) {
  const node = /** @type {any} */ (document.createElement(tag));
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name === "value") node.value = value;
    else if (name === "checked" || name === "selected") node[name] = Boolean(value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  put(node, children);
  return node;
}

/** @param {Node} node @param {any} child */
export function put(node, child) {
  if (Array.isArray(child)) for (const one of child) put(node, one);
  else if (child instanceof Node) node.appendChild(child);
  else if (child !== null && child !== undefined && child !== false && child !== "") {
    node.appendChild(document.createTextNode(String(child)));
  }
}

/** Replace everything in `node`. @param {Element} node @param {...any} children */
export function fill(node, ...children) {
  const fresh = document.createDocumentFragment();
  put(fresh, children);
  node.replaceChildren(fresh);
}

/** The address if it may be followed, else "". @param {unknown} url */
export function safeUrl(url) {
  try {
    const parsed = new URL(String(url));
    return ["http:", "https:", "mailto:", "slack:"].includes(parsed.protocol) ? parsed.href : "";
  } catch {
    return "";
  }
}

/**
 * Where an address that leads into Slack leads on this page, "" for any other.
 * @param {string} url
 */
function inside(url) {
  const me = /^#\/([^/]*)/.exec(location.hash)?.[1] || "";
  const parsed = new URL(url);
  const message = /\.slack\.com$/.test(parsed.hostname) && /^\/archives\/([A-Z0-9]+)(?:\/p(\d+)(\d{6}))?$/.exec(parsed.pathname);
  if (message) {
    const thread = parsed.searchParams.get("thread_ts");
    return `#/${me}/${message[1]}${thread ? `/t/${thread}` : ""}`;
  }
  if (parsed.protocol !== "slack:") return "";
  const where = parsed.hostname || parsed.pathname.replace(/^\/+/, "");
  if (where === "channel") return `#/${me}/${parsed.searchParams.get("id") || ""}`;
  if (where === "app") return `#/${me}/${parsed.searchParams.get("tab") === "home" ? "home" : "app"}`;
  return "";
}

/** A link that opens beside the page, or its words alone; one into Slack stays on the page. @param {unknown} url @param {any} content */
export function link(url, content, props = {}) {
  const href = safeUrl(url);
  const here = href && inside(href);
  if (here) return h("a", { href: here, ...props }, content);
  if (!href) return h("span", {}, content);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", ...props }, content);
}

let serial = 0;
/** An id nobody else has. */
export const uid = (prefix = "id") => `${prefix}-${++serial}`;

/**
 * Keep `parent`'s children in step with `items`: a child whose signature is the same stays as it is,
 * with its focus, its selection and its scroll.
 * @param {Element} parent @param {any[]} items
 * @param {{key: (item: any) => string, sign: (item: any) => string, build: (item: any) => HTMLElement}} how
 */
export function keyed(parent, items, how) {
  const old = new Map([...parent.children].map((node) => [/** @type {any} */ (node).dataset.key, node]));
  let at = parent.firstElementChild;
  for (const item of items) {
    const key = how.key(item);
    const signature = how.sign(item);
    let node = /** @type {any} */ (old.get(key));
    old.delete(key);
    if (!node || node._signature !== signature) {
      const fresh = /** @type {any} */ (how.build(item));
      fresh.dataset.key = key;
      fresh._signature = signature;
      if (node) {
        const back = focusIn(node);
        if (node === at) at = node.nextElementSibling;
        node.replaceWith(fresh);
        back(fresh);
      }
      node = fresh;
    }
    if (node !== at) parent.insertBefore(node, at);
    else at = node.nextElementSibling;
  }
  for (const gone of old.values()) gone.remove();
}

/** Remember what has the focus inside `node`; the answer puts it back into what replaces it. */
export function focusIn(/** @type {Element} */ node) {
  const active = /** @type {any} */ (document.activeElement);
  if (!active || !node.contains(active)) return () => {};
  const name = active.dataset?.focus;
  const [from, to] = [active.selectionStart, active.selectionEnd];
  return (/** @type {Element} */ fresh) => {
    const again = name ? /** @type {any} */ (fresh.querySelector(`[data-focus="${CSS.escape(name)}"]`)) : null;
    if (!again) {
      if (fresh instanceof HTMLElement) {
        fresh.tabIndex = -1;
        fresh.focus({ preventScroll: true });
      }
      return;
    }
    again.focus({ preventScroll: true });
    if (typeof from === "number" && again.setSelectionRange && again.value !== undefined) {
      try {
        again.setSelectionRange(from, to);
      } catch {
        // date and number fields have no selection
      }
    }
  };
}

/** Say something to who listens instead of looking. @param {string} text */
export function announce(text) {
  const said = document.getElementById("said");
  if (!said) return;
  said.append(h("p", {}, text));
  while (said.children.length > 20) said.firstElementChild?.remove();
}

/** A short note at the edge that goes away by itself. @param {string} text */
export function toast(text, kind = "note") {
  const note = h("p", { class: `toast ${kind}` }, text, h("button", { class: "plain", "aria-label": "Dismiss", onclick: () => note.remove() }, "×"));
  document.getElementById("toasts")?.append(note);
  setTimeout(() => note.remove(), 9000);
}
