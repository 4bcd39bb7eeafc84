#!/bin/sh
# chrono-node 2.10.3 reads "the 5th of the month" and "next month on the 5th" as 2 January 2027, and "the last Friday of the
# month" as two days, neither of them that Friday: of the words it takes those that it knows.
# Seen on Wednesday 2 December 2026: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund chrono-node@2.10.3 > /dev/null
cat > "$work/try.cjs" <<'JAVASCRIPT'
const chrono = require("chrono-node");
const now = new Date("2026-12-02T12:00:00Z");
for (const text of ["the 5th of the month", "next month on the 5th", "the last Friday of the month"]) {
  const found = chrono.parse(text, now, { forwardDate: true });
  console.log(text, "|", found.map((one) => `${one.text}: ${one.start.date().toDateString()}`).join(", "));
}
JAVASCRIPT
TZ=UTC node "$work/try.cjs" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
the 5th of the month | the month: Sat Jan 02 2027
next month on the 5th | next month: Sat Jan 02 2027
the last Friday of the month | last Friday: Fri Dec 04 2026, the month: Sat Jan 02 2027
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
