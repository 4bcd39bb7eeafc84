#!/bin/sh
# text2num 3.1.0: alpha2digit turns “million” into digits of its own and leaves the half before it as words. Seen on 30
# November 2026: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check text2num==3.1.0
cat > "$work/try.py" <<'PYTHON'
from text_to_num import alpha2digit
for text, language in (
    ("half a million", "en"), ("two and a half million", "en"), ("a quarter of a million", "en"),
    ("anderthalb Millionen Euro", "de"), ("eine halbe Million Euro", "de"),
):
    print(text, "->", alpha2digit(text, language))
PYTHON
PYTHONIOENCODING=utf-8 "$work/env/bin/python" -W ignore "$work/try.py" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
half a million -> half a 1000000
two and a half million -> two and a half 1000000
a quarter of a million -> a quarter of a 1000000
anderthalb Millionen Euro -> anderthalb 1000000 Euro
eine halbe Million Euro -> eine halbe 1000000 Euro
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
