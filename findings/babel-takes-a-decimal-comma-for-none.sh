#!/bin/sh
# babel 2.19.0: parse_decimal, unless it is told to be strict, drops the locale's grouping sign wherever it stands. Seen
# on 30 November 2026: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check babel==2.19.0
cat > "$work/try.py" <<'PYTHON'
from babel.numbers import parse_decimal
for text, locale in (("3,5", "en_US"), ("1.5", "de_DE"), ("1,2,3", "en_US")):
    print(text, locale, "->", parse_decimal(text, locale=locale))
PYTHON
PYTHONIOENCODING=utf-8 "$work/env/bin/python" -W ignore "$work/try.py" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
3,5 en_US -> 35
1.5 de_DE -> 15
1,2,3 en_US -> 123
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
