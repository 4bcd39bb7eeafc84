#!/bin/sh
# chrono-node 2.10.3 reads the French "après-demain" and the Spanish "pasado mañana", the day after tomorrow, as tomorrow:
# it takes the word inside and leaves the one that changes it. "fin du mois" it does not see at all.
# Seen on Wednesday 2 December 2026: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund chrono-node@2.10.3 > /dev/null
cat > "$work/try.cjs" <<'JAVASCRIPT'
const chrono = require("chrono-node");
const now = new Date("2026-12-02T12:00:00Z");
for (const [language, text] of [["fr", "après-demain"], ["es", "pasado mañana"], ["fr", "fin du mois"]]) {
  const [found] = chrono[language].parse(text, now, { forwardDate: true });
  console.log(text, "|", found ? `${found.text} | ${found.start.date().toDateString()}` : "nothing");
}
JAVASCRIPT
TZ=UTC node "$work/try.cjs" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
après-demain | demain | Thu Dec 03 2026
pasado mañana | mañana | Thu Dec 03 2026
fin du mois | nothing
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
