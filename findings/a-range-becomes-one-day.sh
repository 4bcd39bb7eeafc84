#!/bin/sh
# dateparser 1.5.0, python-dateutil 2.9.0.post0 and parsedatetime 2.6 read a range of days as one day, without a word.
# On Wednesday 2 December 2026 "14-18 December" is 14 December 2118 for the first, 18 December 2014 for the second (which
# is not asked to be fuzzy), and "4-6 Dec" is 6 April 2028 for the third. Seen: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check dateparser==1.5.0 python-dateutil==2.9.0.post0 parsedatetime==2.6
cat > "$work/try.py" <<'PYTHON'
from datetime import datetime

import dateparser
import parsedatetime
from dateutil import parser

now = datetime(2026, 12, 2, 12)
for text in ("4-6 Dec", "14-18 December", "26-27 Dec"):
    one = dateparser.parse(text, languages=["en"], settings={"RELATIVE_BASE": now, "PREFER_DATES_FROM": "future"})
    print("dateparser", text, one.date())
for text in ("4-6 Dec", "14-18 December"):
    print("dateutil", text, parser.parse(text, default=now).date())
for text in ("4-6 Dec", "2-3 weeks"):
    print("parsedatetime", text, parsedatetime.Calendar().parseDT(text, sourceTime=now)[0].date())
PYTHON
"$work/env/bin/python" -W ignore "$work/try.py" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
dateparser 4-6 Dec 2026-12-04
dateparser 14-18 December 2118-12-14
dateparser 26-27 Dec 2027-12-26
dateutil 4-6 Dec 2004-12-06
dateutil 14-18 December 2014-12-18
parsedatetime 4-6 Dec 2028-04-06
parsedatetime 2-3 weeks 2026-11-11
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
