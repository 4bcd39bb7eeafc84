#!/bin/sh
# dateparser 1.5.0 leaves out words that change the day: "10 days from today" is today, "3 days from tomorrow" tomorrow,
# "after 4 Dec" 4 December, "the 5th of the month" 2 May 2027 (the month's number is taken from the day's, the day from
# today), and "next month on the 5th" 2 January. Seen on 2 December 2026: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check dateparser==1.5.0
cat > "$work/try.py" <<'PYTHON'
from datetime import datetime

import dateparser

now = datetime(2026, 12, 2, 12)
for text in ("10 days from today", "3 days from tomorrow", "after 4 Dec", "the 5th of the month", "next month on the 5th"):
    one = dateparser.parse(text, languages=["en"], settings={"RELATIVE_BASE": now, "PREFER_DATES_FROM": "future"})
    print(text, "|", one.date())
PYTHON
"$work/env/bin/python" -W ignore "$work/try.py" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
10 days from today | 2026-12-02
3 days from tomorrow | 2026-12-03
after 4 Dec | 2026-12-04
the 5th of the month | 2027-05-02
next month on the 5th | 2027-01-02
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
