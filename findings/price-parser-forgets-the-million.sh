#!/bin/sh
# price-parser 0.5.1: Price.fromstring reads the digits of an amount and drops the word that scales them. Seen on 30
# November 2026: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check price-parser==0.5.1
cat > "$work/try.py" <<'PYTHON'
from price_parser import Price
for text in ("$1.2 million", "2 Millionen €", "200k USD", "200 TEUR"):
    found = Price.fromstring(text)
    print(text, "->", found.amount, found.currency)
PYTHON
PYTHONIOENCODING=utf-8 "$work/env/bin/python" -W ignore "$work/try.py" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
$1.2 million -> 1.2 $
2 Millionen € -> 2 €
200k USD -> 200 USD
200 TEUR -> 200 EUR
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
