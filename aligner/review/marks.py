"""What is marked in a pair's texts: numbers, terms and findings, cut into pieces that do not overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from aligner.quantities import Quantity, in_base, parse
from aligner.review.errors import SURENESS
from aligner.types import Span, TermPair


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of one text that belongs together with spans of the other.

    Attributes:
        span: where.
        key: the same on both sides; unique in its pair.
        classes: ``k n`` (a number), ``k t`` (a term), or ``m`` with how sure the check is, or ``err``.
    """

    span: Span
    key: str
    classes: tuple[str, ...]


Sides = tuple[list[Mark], list[Mark]]
"""Marks of the English and of the Chinese text."""


def pieces(text: str, marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """Cut a text where marks begin and end.

    Returns:
        ``{"text", "classes", "marks", "tag"}`` in order; the texts set together are the text. Classes and
        keys are parted by blanks, and empty where nothing is marked.
    """
    held = [mark for mark in marks if 0 <= mark.span[0] < mark.span[1] <= len(text)]
    cuts = sorted({0, len(text), *(place for mark in held for place in mark.span)})
    result: list[dict[str, Any]] = []
    for start, end in pairwise(cuts):
        over = [mark for mark in held if mark.span[0] <= start and end <= mark.span[1]]
        classes = dict.fromkeys(name for mark in over for name in mark.classes)
        keys = dict.fromkeys(mark.key for mark in over)
        result.append(
            {"text": text[start:end], "classes": " ".join(classes), "marks": " ".join(keys), "tag": ""}
        )
    return result


def cut(side: Sequence[dict[str, Any]], bounds: Sequence[int]) -> list[list[dict[str, Any]]]:
    """Cut pieces where parts of their text end; the last part holds what is left."""
    parts: list[list[dict[str, Any]]] = [[] for _ in bounds]
    place = part = 0
    for piece in side:
        rest = piece["text"]
        while rest:
            while part < len(bounds) - 1 and place >= bounds[part]:
                part += 1
            room = len(rest) if part == len(bounds) - 1 else bounds[part] - place
            parts[part].append({**piece, "text": rest[:room]})
            place, rest = place + len(rest[:room]), rest[room:]
    return parts


def number_marks(en: str, zh: str) -> Sides:
    """Mark the quantities of both texts; those that say the same have the same key."""
    sides = parse(en, "en"), parse(zh, "zh")
    shared = {_value(one) for one in sides[0]} & {_value(one) for one in sides[1]}
    names = {value: f"q{place}" for place, value in enumerate(sorted(shared, key=repr))}
    english, chinese = (
        [
            Mark(one.span, names.get(_value(one), f"{side}{place}"), ("k", "n"))
            for place, one in enumerate(found)
        ]
        for side, found in zip("ez", sides, strict=True)
    )
    return english, chinese


def term_marks(terms: Sequence[TermPair]) -> Sides:
    """Mark the terms of a pair and their translations."""
    return (
        [Mark(term.en_span, f"t{place}", ("k", "t")) for place, term in enumerate(terms)],
        [Mark(term.zh_span, f"t{place}", ("k", "t")) for place, term in enumerate(terms)],
    )


def issue_marks(issues: Sequence[tuple[str, str, str, Span | None, Span | None]]) -> Sides:
    """Mark the places of findings.

    Args:
        issues: key, severity, state, English and Chinese span of each; a dismissed one marks nothing.
    """
    sides: Sides = [], []
    for key, severity, state, *spans in issues:
        if state == "dismissed":
            continue
        for side, span in zip(sides, spans, strict=True):
            if span:
                shown = "err" if state == "confirmed" else SURENESS[severity]
                side.append(Mark(span, key, ("m", shown)))
    return sides


def _value(quantity: Quantity) -> tuple[object, ...]:
    """Return what a quantity says, whatever its words and units."""
    sign = {"<=": "<", ">=": ">", "=": "", "~": ""}.get(quantity.comparator, quantity.comparator)
    if quantity.kind in ("level", "date", "code", "citation"):
        return quantity.kind, quantity.values
    sizes = tuple(in_base(value, quantity.unit) if quantity.unit else value for value in quantity.values)
    return "size", sizes, sign if quantity.kind == "p-value" else ""
