#!/bin/sh
# dateparser 1.5.0 reads the week "W50" as the year 2050, and without being told the language the Japanese 12月4日
# (4 December) as 2 April 2112. Seen on 2 December 2026: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check dateparser==1.5.0
cat > "$work/try.py" <<'PYTHON'
from datetime import datetime

import dateparser

now = datetime(2026, 12, 2, 12)
for text in ("W50", "12月4日"):
    one = dateparser.parse(text, settings={"RELATIVE_BASE": now, "PREFER_DATES_FROM": "future"})
    print(text, "|", one.date())
PYTHON
"$work/env/bin/python" -W ignore "$work/try.py" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
W50 | 2050-12-02
12月4日 | 2112-04-02
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
