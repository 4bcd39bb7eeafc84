#!/bin/sh
# workalendar 17.0.0, holidays 0.109: China().is_working_day knows no working weekend after 2023, and says so by no
# error; the `holidays` package knows them. Seen on 30 November 2026: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check workalendar==17.0.0 setuptools==80.9.0 holidays==0.109
cat > "$work/try.py" <<'PYTHON'
from datetime import date
import holidays
from workalendar.asia import China
for day in (date(2023, 1, 28), date(2024, 2, 4), date(2026, 2, 14)):
    other = holidays.country_holidays("CN", years=day.year)
    print(day, day.strftime("%A"), "workalendar works:", China().is_working_day(day), "- holidays works:", other.is_working_day(day))
PYTHON
PYTHONIOENCODING=utf-8 "$work/env/bin/python" -W ignore "$work/try.py" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
2023-01-28 Saturday workalendar works: True - holidays works: True
2024-02-04 Sunday workalendar works: False - holidays works: True
2026-02-14 Saturday workalendar works: False - holidays works: True
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
