#!/bin/sh
# recognizers-text-date-time 1.0.2a2 reads "by the end of the month" on 2 December 2026 as until 16 December: the end of a
# month is a stretch of its second half for it, and "by" takes the start of it. "by the end of the year" is until 1 July.
# (emoji is pinned, since the newest has dropped a name that the package imports.) Seen: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check recognizers-text-date-time==1.0.2a2 emoji==1.7.0
cat > "$work/try.py" <<'PYTHON'
from datetime import datetime

from recognizers_date_time import Culture, recognize_datetime

now = datetime(2026, 12, 2, 12)
for text in ("by the end of the month", "by the end of the year"):
    for found in recognize_datetime(text, Culture.English, reference=now):
        print(found.text, "|", [value.get("end") for value in found.resolution["values"]])
PYTHON
"$work/env/bin/python" -W ignore "$work/try.py" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
by the end of the month | ['2026-12-16']
by the end of the year | ['2026-07-01']
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
