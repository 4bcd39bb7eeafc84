#!/bin/sh
# chrono-node 2.10.3 reads "Fri 4/12" as Monday 12 April 2027 and "Mon 04.01.2027" as Thursday 1 April 2027, although only
# 4 December 2026 is a Friday and only 4 January 2027 a Monday: the month stands first whatever the weekday says.
# Seen: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund chrono-node@2.10.3 > /dev/null
cat > "$work/try.cjs" <<'JAVASCRIPT'
const chrono = require("chrono-node");
const now = new Date("2026-12-02T12:00:00Z");
for (const text of ["Fri 4/12", "Fri 5/2", "Mon 04.01.2027"]) {
  const [found] = chrono.parse(text, now, { forwardDate: true });
  console.log(text, "|", found.text, "|", found.start.date().toDateString());
}
JAVASCRIPT
TZ=UTC node "$work/try.cjs" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
Fri 4/12 | Fri 4/12 | Mon Apr 12 2027
Fri 5/2 | Fri 5/2 | Sun May 02 2027
Mon 04.01.2027 | Mon 04.01.2027 | Thu Apr 01 2027
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
