"""Which words stand nearer to which of two places, and whether linked words stand nearer to the other one.

Words of the two texts are linked by `aligner.checks.lexical`. A word is said of the place that it is nearer
to; a comma, a bracket or an "and" between them counts as several words, the end of a sentence as many.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from aligner.checks.lexical import word_links
from aligner.types import Language, Span

_Floats = NDArray[np.float64]
_MARKS = {
    "en": re.compile(
        r"(?P<end>[.;?!](?= |$))"
        r"|(?P<mark>[,:()\[\]]|\b(?:and|or|but|versus|vs|while|whereas|than|compared)\b)",
        re.IGNORECASE,
    ),
    "zh": re.compile("(?P<end>[。；？！;])|(?P<mark>[，：、（）()]|,(?! ?[0-9]{3})|[和与及而比较])"),
}
_WORD = {"en": 1 / 6, "zh": 1 / 2}  # words a character
_MARK, _END = 3.0, 9.0  # words that a mark and the end of a sentence count as
_STEEPNESS = 0.5  # of the share of a word that goes to the nearer place, a word
_REACH = 8.0  # words after which a word says a third as much of a place
_SCOPE = 4.0  # words behind a denial after which one is a third as likely to be denied


@dataclass(frozen=True)
class Affinity:
    """The linked words of a pair.

    Attributes:
        en: the English text.
        zh: the Chinese one.
    """

    en: str
    zh: str

    @cached_property
    def _links(self) -> tuple[_Floats, _Floats, _Floats]:
        """Middles of the English words, of the Chinese words, and ``(n, m)`` how far they are linked."""
        return word_links(self.en, self.zh)

    @cached_property
    def _places(self) -> tuple[_Floats, _Floats]:
        """How many words, marks counted as words, stand before each character of the two texts."""
        return _warped(self.en, "en"), _warped(self.zh, "zh")

    def crossing(self, en: tuple[Span, Span], zh: tuple[Span, Span]) -> tuple[float, float]:
        """Tell whether what two places are said of lies crosswise.

        Args:
            en: two places of the English text.
            zh: the two of the Chinese that stand for them, in the same order.

        Returns:
            Linked words beside the other's counterpart less those beside their own, and the same as a share
            of all that tell, from -1 to 1.
        """
        middles, others, links = self._links
        if not links.size:
            return 0.0, 0.0
        own = _sides(middles, self._places[0], en)
        theirs = _sides(others, self._places[1], zh)
        crosswise = -float(own @ links @ theirs)
        every = float(np.abs(own) @ links @ np.abs(theirs))
        return crosswise, crosswise / (every + 0.1)

    def scope(self, cue: Span, side: int, denials: Sequence[Span]) -> tuple[float, float]:
        """Tell how much of what stands behind a word of denial is rendered, and which share of it is denied.

        Args:
            cue: the word of denial.
            side: 0 where it is English, 1 where it is Chinese.
            denials: the other side's places that deny, or may.

        Returns:
            The weight of the links of the words behind the cue, each by its nearness to it; and the share of
            that which lies near to one of the denials, from 0 to 1.
        """
        middles, others, links = self._links if side == 0 else (*self._links[1::-1], self._links[2].T)
        if not links.size:
            return 0.0, 0.0
        places, theirs = self._places if side == 0 else self._places[::-1]
        far = np.where(middles < cue[0], np.inf, places[middles.astype(int)] - places[cue[1]])
        rendered = np.exp(-np.maximum(far, 0.0) / _SCOPE) @ links
        total = float(rendered.sum())
        if total <= 0.0 or not denials:
            return total, 0.0
        at = theirs[others.astype(int)]
        gaps = [_away(at, theirs[start], theirs[max(start, end - 1)]) for start, end in denials]
        return total, float(rendered @ np.exp(-np.min(gaps, axis=0) / _SCOPE)) / total

    def shared(self, en: Span, zh: Span) -> float:
        """Tell how many linked words two places have near them, each by its nearness and weight."""
        middles, others, links = self._links
        if not links.size:
            return 0.0
        return float(_near(self._places[0], middles, en) @ links @ _near(self._places[1], others, zh))


def _near(places: _Floats, middles: _Floats, span: Span) -> _Floats:
    """Return how near each word is to a place: 1 beside it, a third after some words."""
    far = _away(places[middles.astype(int)], places[span[0]], places[max(span[0], span[1] - 1)])
    return np.asarray(np.exp(-far / _REACH))


def _warped(text: str, language: Language) -> _Floats:
    steps = np.full(len(text) + 1, _WORD[language])
    for match in _MARKS[language].finditer(text):
        steps[match.start()] += _END if match["end"] else _MARK
    return np.cumsum(steps)


def _sides(middles: _Floats, places: _Floats, spans: tuple[Span, Span]) -> _Floats:
    """Return from -1 (said of the second place) to 1 (of the first) for each word; 0 for words in them."""
    at = places[middles.astype(int)]
    far = [_away(at, places[start], places[max(start, end - 1)]) for start, end in spans]
    inside = [(middles >= start) & (middles < end) for start, end in spans]
    nearer = np.tanh(_STEEPNESS * (far[1] - far[0])) * np.exp(-np.minimum(far[0], far[1]) / _REACH)
    return np.where(inside[0] | inside[1], 0.0, nearer)


def _away(at: _Floats, start: float, end: float) -> _Floats:
    return np.maximum(np.maximum(start - at, at - end), 0.0)
