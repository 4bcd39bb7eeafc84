/** What the page knows: who one is, where one is, and the last window the server sent. */

/** @typedef {{id: string, name: string, handle: string, tz: string, offset: number, title: string, deleted: boolean, bot: boolean, guest: boolean}} User */
/** @typedef {{id: string, kind: string, name: string, with: string[], app: boolean, members: number, member: boolean, archived: boolean, topic: string, unread: number}} Room */

export const store = {
  /** @type {{me: string, place: string, thread: string}} */
  route: { me: "", place: "", thread: "" },
  /** @type {any} the server's answer, see window.py */
  win: null,
  /** @type {any[]} workspaces with the people one can be */
  everybody: [],
  /** @type {Record<string, string>} */
  emoji: {},
  /** How many messages of a place are wanted. */
  limit: 60,
  /** Where the "new" line stands: read up to here when the place was entered. */
  newSince: "",
  /** @type {Map<string, {id: number, text: string}[]>} what only this window says, by place */
  notices: new Map(),
  /** @type {Map<string, string>} a surface's key → why its last click came to nothing */
  failures: new Map(),
  clock: { now: Date.now(), at: performance.now(), frozen: false, moving: false, upcoming: /** @type {any[]} */ ([]) },
};

/** The sandbox's time, in ms. */
export function now() {
  const { now: then, at, frozen } = store.clock;
  return frozen ? then : then + (performance.now() - at);
}

/** @param {string} id @returns {User | undefined} */
export const user = (id) => store.win?.users.find((/** @type {User} */ u) => u.id === id);
/** Somebody with what they do there: "Vera, VP". @param {{name: string, title?: string}} who */
export const called = (who) => (who.title ? `${who.name}, ${who.title}` : who.name);
export const me = () => user(store.route.me);
export const zone = () => me()?.tz || "UTC";
/** @param {string} id @returns {Room | undefined} */
export const room = (id) => store.win?.rooms.find((/** @type {Room} */ r) => r.id === id);

/** What a conversation is called. @param {Room} r */
export function roomName(r) {
  if (r.kind !== "im" && r.kind !== "mpim") return `#${r.name}`;
  const names = r.with.map((id) => user(id)?.name || id);
  return names.join(", ") || `${me()?.name} (you)`;
}

// Drafts: what was typed and not sent yet. They live as long as the tab.

/** @param {string} where */
const slot = (where) => `draft:${store.route.me}:${where}`;

export const drafts = {
  /** @param {string} where @returns {Record<string, any>} */
  all(where) {
    try {
      return JSON.parse(sessionStorage.getItem(slot(where)) || "{}");
    } catch {
      return {};
    }
  },
  /** @param {string} where @param {string} name */
  get(where, name) {
    return this.all(where)[name];
  },
  /** @param {string} where @param {string} name @param {any} value */
  set(where, name, value) {
    const all = { ...this.all(where), [name]: value };
    if (value === undefined) delete all[name];
    if (Object.keys(all).length) sessionStorage.setItem(slot(where), JSON.stringify(all));
    else sessionStorage.removeItem(slot(where));
  },
  /** @param {string} where */
  drop(where) {
    sessionStorage.removeItem(slot(where));
  },
  /** As the server takes them: `{block_id, action_id, value}`. @param {string} where */
  values(where) {
    return Object.entries(this.all(where)).map(([name, value]) => {
      const [block_id, action_id] = name.split("\n");
      return { block_id, action_id, value };
    });
  },
};
