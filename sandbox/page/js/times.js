/** Dates as the person one plays reads them: in their own zone. */
import { h, link } from "./dom.js";
import { now, zone } from "./store.js";

/** @param {number} ms @param {Intl.DateTimeFormatOptions} options */
const format = (ms, options) => new Intl.DateTimeFormat("en-US", { timeZone: zone(), ...options }).format(ms);

/** @param {number} ms */
export const clockTime = (ms) => format(ms, { hour: "numeric", minute: "2-digit" });
/** @param {string} ts */
export const tsMs = (ts) => Math.floor(Number(ts) * 1000);

/** The day as YYYY-MM-DD, there. @param {number} ms */
export function dayKey(ms) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-US", { timeZone: zone(), year: "numeric", month: "2-digit", day: "2-digit" })
      .formatToParts(ms)
      .map((p) => [p.type, p.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
}

const DAY = 86_400_000;

/** today, tomorrow, yesterday, or "". @param {number} ms */
function near(ms) {
  const key = dayKey(ms);
  if (key === dayKey(now())) return "today";
  if (key === dayKey(now() + DAY)) return "tomorrow";
  return key === dayKey(now() - DAY) ? "yesterday" : "";
}

/** The words of a day's line: Today, or Monday, November 2nd. @param {number} ms */
export function dayLine(ms) {
  const word = near(ms);
  if (word) return word[0].toUpperCase() + word.slice(1);
  const year = format(ms, { year: "numeric" }) === format(now(), { year: "numeric" }) ? "" : `, ${format(ms, { year: "numeric" })}`;
  return `${format(ms, { weekday: "long" })}, ${format(ms, { month: "long" })} ${ordinal(ms)}${year}`;
}

/** A moment in few words: Tue 3 Nov, 9:00 AM. @param {number} ms */
export const shortMoment = (ms) =>
  `${format(ms, { weekday: "short" })} ${format(ms, { day: "numeric" })} ${format(ms, { month: "short" })}, ${clockTime(ms)}`;

/** @param {number} ms */
export const fullMoment = (ms) =>
  `${format(ms, { weekday: "long", day: "numeric", month: "long", year: "numeric" })}, ${clockTime(ms)} (${zone()})`;

/** @param {number} ms */
function ordinal(ms) {
  const day = Number(format(ms, { day: "numeric" }));
  const end = day % 100 >= 11 && day % 100 <= 13 ? "th" : ({ 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th");
  return `${day}${end}`;
}

/** @param {number} ms */
function ago(ms) {
  const seconds = Math.round((ms - now()) / 1000);
  const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  /** @type {[Intl.RelativeTimeFormatUnit, number][]} */
  const units = [["day", 86400], ["hour", 3600], ["minute", 60]];
  for (const [unit, size] of units) if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  return relative.format(seconds, "second");
}

/** One placeholder of a date layout. @param {number} ms @param {string} name @param {string} literal */
function piece(ms, name, literal) {
  if (name.endsWith("_pretty") && near(ms)) return near(ms);
  const year = format(ms, { year: "numeric" });
  switch (name.replace(/_pretty$/, "")) {
    case "date_num": return dayKey(ms);
    case "date_slash": return format(ms, { month: "2-digit", day: "2-digit", year: "numeric" });
    case "date": return `${format(ms, { month: "long" })} ${ordinal(ms)}, ${year}`;
    case "date_short": return format(ms, { month: "short", day: "numeric", year: "numeric" });
    case "date_long":
    case "date_long_full": return `${format(ms, { weekday: "long" })}, ${format(ms, { month: "long" })} ${ordinal(ms)}, ${year}`;
    case "day_divider": return dayLine(ms);
    case "time": return clockTime(ms);
    case "time_secs": return format(ms, { hour: "numeric", minute: "2-digit", second: "2-digit" });
    case "ago": return ago(ms);
    default: return literal;
  }
}

/** A date as Slack's layouts write it. @param {number} seconds @param {string} layout @param {string} [url] */
export function slackDate(seconds, layout, url) {
  const ms = seconds * 1000;
  const text = layout.replace(/\{(\w+)\}/g, (literal, name) => piece(ms, name, literal));
  const time = h("time", { datetime: new Date(ms).toISOString(), title: fullMoment(ms) }, text);
  return url ? link(url, time) : time;
}

/** Minutes east of UTC in the zone, at that moment. @param {number} ms @param {string} tz */
export function offsetAt(ms, tz) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-US", {
      timeZone: tz, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
    }).formatToParts(ms).map((p) => [p.type, Number(p.value)]),
  );
  const there = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  return Math.round((there - ms) / 60000);
}

/** "2026-11-30T09:00" in one's zone → seconds. @param {string} local */
export function fromLocal(local) {
  const guess = Date.parse(`${local}:00Z`);
  const first = guess - offsetAt(guess, zone()) * 60000;
  return Math.floor((guess - offsetAt(first, zone()) * 60000) / 1000);
}

/** Seconds → "2026-11-30T09:00" in one's zone. @param {number} seconds */
export function toLocal(seconds) {
  const ms = seconds * 1000;
  return new Date(ms + offsetAt(ms, zone()) * 60000).toISOString().slice(0, 16);
}
