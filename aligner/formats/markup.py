"""Text with sub- and superscripts as plain text, without a change of meaning.

``T<sub>12</sub>`` is T12 and ``kg/m<sup>2</sup>`` is kg/m², but ``10<sup>-3</sup>`` is 10⁻³, not 10-3.
"""

from typing import TYPE_CHECKING

import regex

from aligner.errors import InputError
from aligner.formats.xml import local
from aligner.text.han import WIDE

if TYPE_CHECKING:
    from lxml.etree import _Element

RAISED = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_WIDE = f"[{WIDE}]"
_BREAK = regex.compile(rf"(?<={_WIDE})\s*\n\s*(?={_WIDE})")
_SIGNS = regex.compile(r"[0-9+\-−–=()]+|n")


_LETTER = regex.compile(r"\p{L}")


def has_letters(text: str | None) -> bool:
    """Tell whether a text is there and is not only numbers and marks."""
    return bool(text and _LETTER.search(text))


def marked_text(element: "_Element") -> str:
    """Return an element's text in one line, its scripts as characters where plain ones would mislead.

    Raises:
        InputError: there is an entity reference in it, whose text is not known.
    """
    text = _BREAK.sub("", _text(element))
    return " ".join(text.split())


def _text(element: "_Element") -> str:
    text = element.text or ""
    for child in element:
        if not isinstance(child.tag, str):
            raise InputError(f"uses the entity {child.text}, which is not read")
        name, inner, tail = local(child), _text(child), child.tail or ""
        if name == "sup":
            text += raised(inner, after=text)
        elif name == "sub":
            text += lowered(inner, after=text, before=tail)
        elif name in {"msup", "msub"}:
            base, script = (_text(part) for part in list(child)[:2]) if len(child) > 1 else (inner, "")
            text += base + (
                raised(script, after=base) if name == "msup" else lowered(script, after=base, before=tail)
            )
        elif name == "mfrac":
            text += "/".join(_text(part) for part in child)
        else:
            text += inner
        text += tail
    return text


def raised(script: str, *, after: str) -> str:
    """Return a superscript: signs raised behind something; letters, and what begins a word (99mTc), plain."""
    bare = script.strip()
    return bare.translate(RAISED) if is_script(bare, "sup", before=after[-1:]) else script


def lowered(script: str, *, after: str, before: str) -> str:
    """Return a subscript: plain, unless it would run into a number before or after it."""
    bare = script.strip()
    found = is_script(bare, "sub", before=after[-1:], after=before[:1])
    return bare.translate(LOWERED) if found else script


def is_script(bare: str, name: str, *, before: str, after: str = "") -> bool:
    """Tell whether a script is to be written in raised or lowered characters.

    Args:
        bare: its text.
        name: ``sup`` or ``sub``.
        before: the character before it; empty at the beginning.
        after: the character after it.
    """
    stands = bool(before) and not before.isspace() if name == "sup" else before.isdigit() or after.isdigit()
    return stands and bool(_SIGNS.fullmatch(bare))
