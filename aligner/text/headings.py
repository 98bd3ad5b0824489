"""Headings of structured abstracts in both languages, and the section each opens.

The tables are ``languages/en/headings.tsv`` and ``languages/zh/headings.tsv``; adding a heading is one
row there.
"""

from functools import lru_cache
from typing import Literal, cast

from aligner.languages import glosses
from aligner.text.han import has_han, simplify

Section = Literal[
    "background",
    "objective",
    "methods",
    "case",
    "results",
    "discussion",
    "conclusions",
    "registration",
    "front",
]
"""What a heading opens; ``front`` is what stands around an abstract (Abstract, Keywords, Funding)."""

LONGEST = 60
"""Characters; a longer text is no heading."""

_AROUND = " \t\r\n\u3000.．。:：[]［］【】()（）〔〕〖〗《》<>/*#"
_NUMERALS = "0123456789" + _AROUND
_CHINESE_NUMERALS = "一二三四五六七八九十、"


@lru_cache(maxsize=1 << 12)
def section_of(text: str) -> Section | None:
    """Return the section that a heading opens; None for what is no heading.

    Case, brackets, blanks, a colon or stop around it and, in Chinese, numerals and script do not matter. Two
    headings with a slash between them are one.

    Example:
        >>> section_of("METHODS:"), section_of("【結 論】"), section_of("一、目的"), section_of("Pain")
        ('methods', 'conclusions', 'objective', None)
    """
    if len(text) > LONGEST:
        return None
    if has_han(text):
        bare = simplify("".join(text.strip(_NUMERALS).split()))
        table = glosses("zh", "headings")
        found = table.get(bare) or table.get(bare.lstrip(_CHINESE_NUMERALS))
    else:
        bare = " ".join(text.strip(_AROUND).lower().split())
        found = glosses("en", "headings").get(bare)
    if found is None and "/" in bare:
        sections = [section_of(part) for part in bare.split("/")]
        return sections[0] if all(sections) else None
    return cast("Section", found[0]) if found else None


def is_heading(text: str) -> bool:
    """Tell whether a text is the heading of a part of an abstract, whatever its case and brackets."""
    return section_of(text) is not None


def opens_section(text: str) -> bool:
    """Tell whether a text is a heading inside an abstract; Abstract, Keywords and Funding are none."""
    return section_of(text) not in {None, "front"}
