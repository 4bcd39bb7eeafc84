"""What somebody typed as part of an answer, to stand inside a sentence of ours."""


def quoted(typed: str, nothing: str = "") -> str:
    """“The return window opens”: in quotation marks, since it may be a whole sentence of its own, on one line and
    without its full stop; ``nothing`` where there is nothing to be quoted. Raw."""
    bare = " ".join(typed.split()).rstrip(". ").strip("“”\"'„‚‘’ ")
    return f"“{bare.replace('“', '‘').replace('”', '’')}”" if bare else nothing


A_DEADLINE = "a customer-impacting deadline"
"""Where it was not named."""
