#!/bin/sh
# markdown-to-slack-blocks 1.3.1: blocks_to_plain_text decodes rich text and leaves a section's entities and mentions
# encoded; blocks_to_markdown decodes both. Seen on 30 November 2026: the lines below EXPECTED.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check markdown-to-slack-blocks==1.3.1
cat > "$work/try.py" <<'PYTHON'
from markdown_to_slack_blocks import blocks_to_markdown, blocks_to_plain_text
section = [{"type": "section", "text": {"type": "mrkdwn", "text": "a &lt; b &amp; <@U1|vera>"}}]
leaf = {"type": "text", "text": "a < b & c"}
rich = [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [leaf]}]}]
for name, blocks in (("section", section), ("rich text", rich)):
    print(name, "| plain:", blocks_to_plain_text(blocks), "| markdown:", blocks_to_markdown(blocks))
PYTHON
PYTHONIOENCODING=utf-8 "$work/env/bin/python" -W ignore "$work/try.py" > "$work/seen"
cat > "$work/expected" <<'EXPECTED'
section | plain: a &lt; b &amp; <@U1|vera> | markdown: a < b & [vera](<@U1>)
rich text | plain: a < b & c | markdown: a < b & c
EXPECTED
cat "$work/seen"
diff "$work/expected" "$work/seen" > /dev/null || { echo "This has changed." >&2; exit 1; }
