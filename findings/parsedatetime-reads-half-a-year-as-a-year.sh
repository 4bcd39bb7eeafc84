#!/bin/sh
# parsedatetime 2.6, and recurrent 0.4.1 upon it, read "half a year" and "a year and a half" both as one year, and
# "1 month 2 days ago" as a day to come. Each comes back with the flag that says it was read as a date.
# Seen on 2 December 2026: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check parsedatetime==2.6 recurrent==0.4.1
cat > "$work/try.py" <<'PYTHON'
from datetime import datetime

import parsedatetime
import recurrent

now = datetime(2026, 12, 2, 12)
for text in ("half a year", "a year and a half", "1 month 2 days ago"):
    found, flag = parsedatetime.Calendar().parseDT(text, sourceTime=now)
    print(text, "|", found.date(), flag, "|", recurrent.RecurringEvent(now_date=now).parse(text).date())
PYTHON
"$work/env/bin/python" -W ignore "$work/try.py" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
half a year | 2027-12-02 1 | 2027-12-02
a year and a half | 2027-12-02 1 | 2027-12-02
1 month 2 days ago | 2026-12-31 1 | 2026-12-31
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
