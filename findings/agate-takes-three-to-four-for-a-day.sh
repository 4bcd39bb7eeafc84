#!/bin/sh
# agate 1.14.2: A column of ranges becomes one of days in 2001, and “NA” (a team, a country) becomes nothing. Seen on 30
# November 2026: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check agate==1.14.2
cat > "$work/try.py" <<'PYTHON'
import tempfile, pathlib
import agate
path = pathlib.Path(tempfile.mkdtemp()) / "sheet.csv"
path.write_text("team,weeks\nNA,3-4\nEU,5-6\n", encoding="utf-8")
table = agate.Table.from_csv(str(path))
for column in table.columns:
    print(column.name, type(column.data_type).__name__, [str(value) for value in column])
PYTHON
PYTHONIOENCODING=utf-8 "$work/env/bin/python" -W ignore "$work/try.py" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
team Text ['None', 'EU']
weeks Date ['2001-03-04', '2001-05-06']
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
