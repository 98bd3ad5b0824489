"""Segmenters: a text as sentences.

A segmenter names the places where a text is cut, and nothing else: its sentences are the slices between,
without the white space around them. So nothing can be lost or changed, whatever the rules decide.
"""

from collections.abc import Callable, Iterator

from aligner.errors import InputError
from aligner.registry import Row, Table
from aligner.text.surrogates import find_surrogate
from aligner.types import Language, Sentence

SEGMENTERS = Table(
    "segmenter",
    {
        "en": Row("aligner.segmenters.english:cuts", "English: abbreviations, initials, headings, lists"),
        "zh": Row("aligner.segmenters.chinese:cuts", "Chinese: full and half width, Latin text inside"),
    },
)


def segment(text: str, language: Language) -> list[Sentence]:
    """Return the sentences of a text, in order.

    ``text[s.start:s.end] == s.text`` for each of them, and only white space lies between them. A blank line
    always parts sentences. Takes time in proportion to the text's length, whatever the text.

    Raises:
        UnknownNameError: no segmenter for this language.
        InputError: the text holds half a character (a lone surrogate), so it is no text.
    """
    find: Callable[[str], Iterator[int]] = SEGMENTERS.load(language)
    if (place := find_surrogate(text)) is not None:
        raise InputError(
            f"half a character (a lone surrogate, U+{ord(text[place]):04X})",
            where=f"character {place}",
            hint="save the text as UTF-8 again",
        )
    sentences, start = [], 0
    for end in find(text):
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            first = start + len(piece) - len(piece.lstrip())
            sentences.append(Sentence(stripped, first, first + len(stripped)))
        start = end
    return sentences
