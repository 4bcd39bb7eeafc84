/** A menu beside a button: arrows, Home, End, letters, Escape. */
import { h } from "./dom.js";

/** @typedef {{label: string, detail?: string, href?: string, run?: () => any, heading?: boolean, checked?: boolean, disabled?: boolean, aside?: {label: string, href: string}}} Item */

/** @type {(() => void) | null} */
let closeOpen = null;

/** Put a floating box beside its anchor, inside the window. @param {HTMLElement} box @param {HTMLElement} anchor */
export function beside(box, anchor) {
  const at = anchor.getBoundingClientRect();
  const size = box.getBoundingClientRect();
  const below = at.bottom + 4 + size.height <= innerHeight || at.top < size.height + 8;
  box.style.top = `${below ? Math.min(at.bottom + 4, innerHeight - size.height - 8) : at.top - size.height - 4}px`;
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
}

/** Where a floating box must stand so that an open dialog does not make it inert. @param {HTMLElement} anchor */
export const layerOf = (anchor) => anchor.closest("dialog") || document.body;

/** @param {HTMLElement} anchor @param {Item[]} items @param {string} [label] */
export function openMenu(anchor, items, label = "Menu") {
  closeOpen?.();
  const box = h("div", { class: "menu", role: "menu", popover: "manual", "aria-label": label }, items.map((item) => row(item)));
  /** @param {boolean} [back] */
  const close = (back = true) => {
    box.remove();
    document.removeEventListener("pointerdown", outside, true);
    anchor.setAttribute("aria-expanded", "false");
    closeOpen = null;
    if (back) anchor.focus({ preventScroll: true });
  };
  const outside = (/** @type {Event} */ event) => {
    if (!box.contains(/** @type {Node} */ (event.target))) close(false);
  };
  const rows = () => /** @type {HTMLElement[]} */ ([...box.querySelectorAll("[role^=menuitem]")]);
  box.addEventListener("click", (/** @type {any} */ event) => {
    const chosen = event.target.closest("[role^=menuitem]");
    const item = chosen && items[Number(chosen.dataset.index)];
    if (!item) return;
    if (item.disabled) {
      event.preventDefault();
      return;
    }
    close();
    item.run?.();
  });
  box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const all = rows();
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? all.length - 1 : at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all[(to + all.length) % all.length]?.focus();
    else if (event.key === "Escape" || event.key === "Tab") close();
    else if (event.key.length === 1 && /\S/.test(event.key)) {
      const wanted = event.key.toLowerCase();
      [...all.slice(at + 1), ...all].find((one) => one.textContent?.trim().toLowerCase().startsWith(wanted))?.focus();
      return;
    } else return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  });
  items.forEach((item, index) => { box.children[index].querySelector("[role^=menuitem]")?.setAttribute("data-index", String(index)); void item; });
  layerOf(anchor).append(box);
  box.showPopover();
  beside(box, anchor);
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  closeOpen = () => close(false);
  (rows().find((one) => one.getAttribute("aria-checked") === "true") || rows()[0])?.focus();
}

/** @param {Item} item */
function row(item) {
  if (item.heading) return h("div", { class: "menu-heading", role: "presentation" }, item.label);
  const role = item.checked === undefined ? "menuitem" : "menuitemradio";
  const props = { class: "menu-item", role, tabindex: "-1", "aria-checked": item.checked === undefined ? null : String(item.checked), "aria-disabled": item.disabled ? "true" : null };
  const inside = [h("span", {}, item.label), item.detail ? h("span", { class: "quiet" }, item.detail) : null];
  const main = item.href ? h("a", { ...props, href: item.href, ...(item.href.startsWith("#") ? {} : { target: "_blank", rel: "noopener noreferrer" }) }, inside) : h("div", props, inside);
  const enter = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    main.click();
  };
  main.addEventListener("keydown", enter);
  return h("div", { class: "menu-row", role: "presentation" }, main, item.aside ? h("a", { class: "menu-aside", href: item.aside.href, target: "_blank", role: "menuitem", tabindex: "-1", "aria-label": item.aside.label, title: item.aside.label }, "↗") : null);
}
