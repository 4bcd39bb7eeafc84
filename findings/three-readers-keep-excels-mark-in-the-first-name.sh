#!/bin/sh
# tablib 3.10.0, pyexcel 0.7.6, agate 1.14.2: A CSV as Excel saves it (UTF-8 with a mark) gets a first column that is
# not called what it says. Seen on 30 November 2026: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check tablib==3.10.0 pyexcel==0.7.6 agate==1.14.2
cat > "$work/try.py" <<'PYTHON'
import tempfile, pathlib
import agate, pyexcel, tablib
path = pathlib.Path(tempfile.mkdtemp()) / "sheet.csv"
path.write_text("name,title\nD-1,Größe\n", encoding="utf-8-sig")
with path.open(encoding="utf-8", newline="") as file:
    print("tablib ", ascii(tablib.Dataset().load(file, format="csv").headers[0]))
print("pyexcel", ascii(list(pyexcel.get_records(file_name=str(path))[0])[0]))
print("agate  ", ascii(agate.Table.from_csv(str(path)).column_names[0]))
PYTHON
PYTHONIOENCODING=utf-8 "$work/env/bin/python" -W ignore "$work/try.py" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
tablib  '\ufeffname'
pyexcel '\ufeffname'
agate   '\ufeffname'
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
