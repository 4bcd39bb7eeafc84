/** Files put into a form. */
import { post } from "./api.js";
import { h } from "./dom.js";
import { named } from "./labels.js";
import { store } from "./store.js";
import { chosen, current } from "./surface.js";

/** @param {File} file @returns {Promise<string>} its bytes in base64 */
const bytes = (file) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.addEventListener("load", () => done(String(reader.result).split(",")[1] || ""));
  reader.addEventListener("error", () => failed(reader.error));
  reader.readAsDataURL(file);
});

/** @param {any} block @param {any} one @param {import("./surface.js").Surface} surface @param {import("./labels.js").Labels} [labels] */
export function fileInput(block, one, surface, labels) {
  const most = one.max_files || 10;
  const kinds = (one.filetypes || []).map((/** @type {string} */ kind) => `.${kind}`).join(",");
  const held = h("span", { class: "quiet", role: "status" });
  const show = (/** @type {any[]} */ files) => (held.textContent = files.map((f) => f.name).join(", "));
  const field = h("input", { type: "file", multiple: most > 1, accept: kinds || null, ...named(one, labels) });
  field.addEventListener("change", async () => {
    const picked = [...field.files];
    if (picked.length > most) {
      field.value = "";
      held.textContent = `No more than ${most} ${most === 1 ? "file" : "files"}.`;
      return;
    }
    const files = await Promise.all(picked.map(async (file) => post(`people/${store.route.me}/upload`, { name: file.name, content: await bytes(file) })));
    show(files);
    await chosen(surface, block, one, files, field);
  });
  show(/** @type {any[]} */ (current(surface, block, one) || []));
  return h("div", { class: "field-box" }, field, held);
}
