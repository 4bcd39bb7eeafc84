#!/bin/sh
# word2number 1.1: word_to_num skips the words it does not know, so that fractions of a million are whole ones. Seen on
# 30 November 2026: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check word2number==1.1
cat > "$work/try.py" <<'PYTHON'
from word2number import w2n
for text in ("half a million", "a quarter of a million", "two and a half million", "two point five million"):
    print(text, "->", w2n.word_to_num(text))
PYTHON
PYTHONIOENCODING=utf-8 "$work/env/bin/python" -W ignore "$work/try.py" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
half a million -> 1000000
a quarter of a million -> 1000000
two and a half million -> 2000000
two point five million -> 2
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
