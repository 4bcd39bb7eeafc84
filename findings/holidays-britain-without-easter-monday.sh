#!/bin/sh
# holidays 0.109: A country without its part has the holidays that all parts share, and neither warns nor refuses. Seen
# on 30 November 2026: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check holidays==0.109
cat > "$work/try.py" <<'PYTHON'
from datetime import date
import holidays
for country, part, day in (("GB", "ENG", date(2026, 4, 6)), ("CA", "ON", date(2026, 10, 12))):
    alone = holidays.country_holidays(country, years=2026)
    whole = holidays.country_holidays(country, subdiv=part, years=2026)
    print(country, day, "alone:", day in alone, "-", f"{country}-{part}:", day in whole, whole.get(day))
PYTHON
PYTHONIOENCODING=utf-8 "$work/env/bin/python" -W ignore "$work/try.py" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
GB 2026-04-06 alone: False - GB-ENG: True Easter Monday
CA 2026-10-12 alone: False - CA-ON: True Thanksgiving Day
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
