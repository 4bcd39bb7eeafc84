"""The domain says nothing to users: a rule finds, ``app/words`` says."""

import ast
import re
from pathlib import Path

import pytest

import app.domain

DOMAIN = Path(app.domain.__file__).parent
SENTENCE = re.compile(r"^\W*(?:[A-Z]\w*|I'm|I)\b.* .*[.!?:]?$|\w\w.* .*\w[.!?]\W*$")
VOCABULARIES = ("memo/evidence.py", "memo/tone_words.py", "reading/money_words.py")
"""What they look for in a text."""
NAMES = {"European Central Bank, and fixed parities", "US "}
PATTERN = re.compile(r"\(\?[P:]")
"""A piece of a regular expression."""

FILES = sorted(
    path for path in DOMAIN.rglob("*.py") if not path.relative_to(DOMAIN).as_posix().startswith(VOCABULARIES)
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DOMAIN).as_posix())
def test_the_domain_holds_no_sentence(path: Path) -> None:
    assert [said for said in literals(ast.parse(path.read_text())) if SENTENCE.search(said)] == []


def test_a_sentence_would_be_found() -> None:
    held = ast.parse('"""Of a module."""\nraise NotNow(f"This decision has closed: it is {said}.")')
    assert any(SENTENCE.search(said) for said in literals(held))


def literals(tree: ast.Module) -> list[str]:
    """Every string of a file that is no docstring, no regular expression and no type."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    patterns = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("re.compile", "cast")
        for inner in ast.walk(node)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in told | patterns
        and node.value not in NAMES
        and not PATTERN.search(node.value)
    ]
