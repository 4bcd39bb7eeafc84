#!/bin/sh
# dateparser 1.5.0, python-dateutil 2.9.0.post0, parsedatetime 2.6 and recurrent 0.4.1 read "Friday 5 December 2026" as
# 5 December, which is a Saturday: of a day and a weekday that contradict each other one is dropped, and nothing says so.
# Seen: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check dateparser==1.5.0 python-dateutil==2.9.0.post0 parsedatetime==2.6 recurrent==0.4.1
cat > "$work/try.py" <<'PYTHON'
from datetime import datetime

import dateparser
import parsedatetime
import recurrent
from dateutil import parser

now = datetime(2026, 12, 2, 12)
text = "Friday 5 December 2026"
print("dateparser", dateparser.parse(text, languages=["en"]).strftime("%A %Y-%m-%d"))
print("dateutil", parser.parse(text).strftime("%A %Y-%m-%d"))
print("parsedatetime", parsedatetime.Calendar().parseDT(text, sourceTime=now)[0].strftime("%A %Y-%m-%d"))
print("recurrent", recurrent.RecurringEvent(now_date=now).parse(text).strftime("%A %Y-%m-%d"))
PYTHON
"$work/env/bin/python" -W ignore "$work/try.py" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
dateparser Saturday 2026-12-05
dateutil Saturday 2026-12-05
parsedatetime Saturday 2026-12-05
recurrent Saturday 2026-12-05
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
