#!/bin/sh
# holidays 0.109: `weekend` says what the weekend is today; of a year in which it was another one only is_weekend()
# knows. Seen on 30 November 2026: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check holidays==0.109
cat > "$work/try.py" <<'PYTHON'
from datetime import date
import holidays
emirates = holidays.country_holidays("AE", years=2021)
friday, sunday = date(2021, 12, 3), date(2021, 12, 5)
print("weekend:", sorted(emirates.weekend))
for day in (friday, sunday):
    print(day, day.strftime("%A"), "in weekend:", day.weekday() in emirates.weekend, "- is_weekend:", emirates.is_weekend(day))
PYTHON
PYTHONIOENCODING=utf-8 "$work/env/bin/python" -W ignore "$work/try.py" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
weekend: [5, 6]
2021-12-03 Friday in weekend: False - is_weekend: True
2021-12-05 Sunday in weekend: True - is_weekend: False
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
