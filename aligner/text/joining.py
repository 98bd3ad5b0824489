r"""How sentences and lists become one text, and one text a list again."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from aligner.types import Language

SENTENCE_JOINERS: Final[Mapping[Language, str]] = {"en": " ", "zh": ""}
"""What stands between two sentences of one bead."""

LIST_JOINER: Final = " | "
"""What stands between the items of a list in one cell of a table."""

PHRASE_JOINER: Final = "; "
"""What stands between phrases in a text that a person reads: notes, keywords, authors."""

_BAR, _ESCAPED_BAR = re.compile(r"(\\*)\|"), re.compile(r"(\\+)\|")


def join_sentences(sentences: Iterable[str], language: Language) -> str:
    """Set sentences one after another as one text."""
    return SENTENCE_JOINERS[language].join(sentences)


def join_list(items: Iterable[str]) -> str:
    r"""Join items into one cell; a bar inside an item gets a backslash (``a\|b``).

    Backslashes right before a bar are doubled, so that `split_list` finds every item as it was.
    """
    return LIST_JOINER.join(_BAR.sub(lambda m: m[1] * 2 + "\\|", item) for item in items)


def split_list(cell: str) -> list[str]:
    """Return the items that `join_list` joined; an empty cell is an empty list."""
    items = cell.split(LIST_JOINER) if cell else []
    return [_ESCAPED_BAR.sub(lambda m: m[1][: len(m[1]) // 2] + "|", item) for item in items]
