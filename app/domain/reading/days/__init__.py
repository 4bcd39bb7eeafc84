"""Days as people type them: one reader for the card, the memo, the ask, the forms, digests and the assistant.

The rule: what is not understood to its last word is not acted on. A general reader drops the words that it does not
know, takes the first of two days for both, and moves a day that has passed by a year; each of these decides something
nobody decided. So a phrase is read by a small grammar of its own, in which every word has its place:

    vocabulary.py   the words of six languages, and the list of those that may be passed over
    tokens.py       text → pieces: words, numbers, dates in figures, times of day; no sign is lost
    grammar.py      pieces → what was said (`specs.py`): "the Friday of week 50", "two weeks from 4 Dec"
    settling.py     what was said, on a day → one day, or the days it could be
    meanings.py     the words of one language that a run of pieces holds
    reader.py       `read_day`: all of it, with the words that were left over
    finding.py      the same grammar on a sentence, where more is asked of a word before it is a day
    doubts.py       why no day can be told, as types: `app/words/reading/days.py` says each

No library is behind it: those tried give a day for "4-6 Dec", "after 4 Dec" and "not before Friday" (`findings/`).
"""

from app.domain.reading.days.reader import YEARS_AHEAD, read_day, years_on

__all__ = ["YEARS_AHEAD", "read_day", "years_on"]
