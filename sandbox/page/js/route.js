/** Where one is stands in the address: #/person/place/t/thread, place a conversation or "home". */
import { store } from "./store.js";

export function readRoute() {
  const [me = "", place = "", t = "", thread = ""] = location.hash.replace(/^#\/?/, "").split("/");
  return { me, place, thread: t === "t" ? thread : "" };
}

/** @param {{me?: string, place?: string, thread?: string}} to */
export function href(to) {
  const me = to.me ?? store.route.me;
  const place = to.place ?? "";
  return `#/${me}${place ? `/${place}` : ""}${to.thread ? `/t/${to.thread}` : ""}`;
}

/** @param {{me?: string, place?: string, thread?: string}} to */
export function go(to) {
  location.hash = href(to);
}
