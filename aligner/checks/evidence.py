"""Evidence that span vectors give on a difference: what is said of what, and what a change would bring."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from aligner.checks.segments import segments
from aligner.encoders import EncodedText
from aligner.types import Span

_MOST = 200  # segments of a side; texts with more are not read by segments
_LONGEST = 1500  # characters of a text that is encoded again with a change


@dataclass(frozen=True)
class Evidence:
    """The two encoded texts of a pair, asked by span.

    Attributes:
        texts: the English and the Chinese one.
    """

    texts: tuple[EncodedText, EncodedText]

    @cached_property
    def spans(self) -> tuple[list[Span], list[Span]]:
        """The segments of both sides; without any, the whole text is one."""
        en, zh = self.texts[0].text, self.texts[1].text
        return segments(en, "en") or [(0, len(en))], segments(zh, "zh") or [(0, len(zh))]

    @cached_property
    def similarities(self) -> NDArray[np.float32]:
        """Cosines of English and Chinese segments, ``(n, m)``."""
        en, zh = (text.vectors(spans) for text, spans in zip(self.texts, self.spans, strict=True))
        return en @ zh.T

    @property
    def is_short(self) -> bool:
        """Whether the texts are short enough to be compared segment by segment."""
        return max(map(len, self.spans)) <= _MOST

    def link(self, en: Span, zh: Span) -> float:
        """Tell how far two places are from standing in linked segments: 0 where they do, else below 0."""
        if not self.is_short:
            return 0.0
        i, j = _holding(self.spans[0], en), _holding(self.spans[1], zh)
        at = self.similarities[i, j]
        return float(max(at - self.similarities[i].max(), at - self.similarities[:, j].max()))

    def counterpart(self, span: Span, side: int) -> list[Span]:
        """Return the other side's segments that may render the one that holds a place, likeliest first."""
        if not self.is_short:
            return list(self.spans[1 - side])
        rows = self.similarities if side == 0 else self.similarities.T
        row = rows[_holding(self.spans[side], span)]
        near = [int(at) for at in np.argsort(-row, kind="stable") if row[at] > row.max() - _NEAR]
        text = self.texts[1 - side].text
        return [_clause(text, self.spans[1 - side][at]) for at in near]

    def gain(self, *, en: str | None = None, zh: str | None = None) -> float:
        """Return by how much the pair would be more alike with another text on a side."""
        if max(len(text.text) for text in self.texts) > _LONGEST:
            return 0.0
        new = [text for text in (en, zh) if text is not None]
        changed = iter(self.texts[0].encoder.encode(new))
        sides = [
            text if other is None else next(changed) for text, other in zip(self.texts, (en, zh), strict=True)
        ]
        return _cosine(sides[0], sides[1]) - self._whole

    @cached_property
    def _whole(self) -> float:
        return _cosine(*self.texts)

    def crossing(self, en: Sequence[Span], zh: Sequence[Span]) -> float:
        """Tell whether two contexts lie crosswise: positive where the first is more like the other's second.

        Args:
            en: two spans, or the first alone.
            zh: two spans, in the order that their values say.
        """
        a, b = self._vectors(0, en), self._vectors(1, zh)
        near = a @ b.T
        first = near[0, 1] - near[0, 0]
        return float(first + near[1, 0] - near[1, 1] if len(en) > 1 else first)

    def likeness(self, en: Sequence[Span], zh: Sequence[Span]) -> float:
        """Return the mean cosine of some spans of the two texts."""
        return float((self._vectors(0, en) @ self._vectors(1, zh).T).mean())

    @cached_property
    def _known(self) -> tuple[dict[Span, NDArray[np.float32]], dict[Span, NDArray[np.float32]]]:
        return {}, {}

    def _vectors(self, side: int, spans: Sequence[Span]) -> NDArray[np.float32]:
        """Return the vectors of some spans of a side; the same few are asked for again and again."""
        known = self._known[side]
        new = [span for span in dict.fromkeys(spans) if span not in known]
        if new:
            known.update(zip(new, self.texts[side].vectors(new), strict=True))
        return np.stack([known[span] for span in spans])


_NEAR = 0.08  # segments this much less similar than the best may render a segment too
_REACH = 200  # characters looked through for the ends of a clause


_CLAUSE = re.compile("[，。；：！？;:!?]|[,.](?= )")


def _clause(text: str, span: Span) -> Span:
    """Widen a segment to the clause it stands in: a denial governs the items behind it."""
    start = 0
    for match in _CLAUSE.finditer(text, max(0, span[0] - _REACH), span[0]):
        start = match.end()
    end = _CLAUSE.search(text, span[1], span[1] + _REACH)
    return start, end.start() if end else len(text)


def _cosine(one: EncodedText, other: EncodedText) -> float:
    return float((one.vectors([(0, len(one.text))]) @ other.vectors([(0, len(other.text))]).T).item())


def _holding(spans: Sequence[Span], place: Span) -> int:
    """Return the segment that holds a place, or the nearest one."""
    middle = (place[0] + place[1]) / 2
    return min(range(len(spans)), key=lambda at: max(spans[at][0] - middle, middle - spans[at][1], 0))
