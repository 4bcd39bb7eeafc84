/** Images, and what the page has no drawing for. */
import { h, link, safeUrl } from "./dom.js";
import { store } from "./store.js";

/** Shown as it is, so that nothing is swallowed. @param {any} thing */
export function unknown(thing) {
  const type = String(thing?.type ?? "without a type");
  return h("details", { class: "unknown" }, h("summary", {}, `Not drawn here: ${type}`), h("pre", {}, JSON.stringify(thing, null, 2)));
}

/** An image where the page may load it, else what it shows and where it is. @param {any} image @param {string} [look] */
export function picture(image, look = "") {
  const alt = String(image.alt_text || "");
  const own = fileSource(image.slack_file);
  const url = own || String(image.image_url || "");
  if (own || url.startsWith("data:image/") || url.startsWith(location.origin)) return h("img", { src: url, alt, class: look, loading: "lazy" });
  // Images from elsewhere are not loaded: this page asks nobody but the sandbox.
  return h("span", { class: `image-away ${look}` }, link(safeUrl(url), `🖼 ${alt || "image"}`));
}

/** @param {any} file */
function fileSource(file) {
  const id = file?.id || /\/files\/([A-Z0-9]+)\//.exec(String(file?.url || ""))?.[1];
  return id ? `/sandbox/people/${store.route.me}/files/${id}` : "";
}
