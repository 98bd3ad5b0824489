"""What is compared with what: ``A was better than B`` against B优于A."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.checks.binding import shared
from aligner.checks.cues import Cue
from aligner.checks.decision import Candidate
from aligner.checks.parsed import ParsedPair
from aligner.types import Span

_THAN = re.compile(
    r"\b(?:than|versus|vs\.?|(?<!was )(?<!were )compared (?:with|to)|superior to|inferior to)(?= )",
    re.IGNORECASE,
)
_ZH_THAN = re.compile(
    "优于|高于|低于|多于|少于|大于|小于|长于|短于|快于|慢于|强于|弱于|劣于|不如"
    "|早于|晚于"
    "|(?<!比)较(?=[^高低多少大小长短好差为早晚快慢])|(?<![对0-9%％）)])比(?=[^例率值较高低0-9（]|高低)|相比|相较"
)
_MORE = re.compile(  # lower in the PKP group, without saying than what
    r"\b(?:higher|lower|greater|smaller|shorter|longer|larger|fewer|less|more|better|worse|earlier|later|faster"
    r"|slower)\b(?: [a-z]+){0,3}? (?:in|with|for|among|after) (?:the |those |patients )?"
    r"(?P<item>(?!both\b|all\b|each\b|this\b|these\b|[0-9])[^,;.:()]{2,40}?)"
    r"(?= (?:was|were|at|on|but|and|after)\b|[,;:()]|[.](?: |$)|$)(?! ?\([^()]*\) than\b)",
    re.IGNORECASE,
)
_PREPOSITION = r"(?:in|with|for|among|of|after|by|during|at|on|to)"
_RIGHT = re.compile(
    rf"\s*(?P<prep>(?:(?:that|those) )?{_PREPOSITION} )?(?:the |those )?"
    r"(?!(?:usual|expected|before|ever|average|normal|previously|it|that|this|others?)\b|[0-9\s])"
    r"(?P<item>[^,;.:()]{2,60}?)"
    r"(?= (?:did|do|does|was|were|in|at|on|with|after|both|during|from)\b|[,;:()]|[.](?: |$)|$)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r" (?:was|were|is|are|had|has|have|did|showed|shows?|significantly|reduced|increased|achieved|lowered)\b"
)
_CLAUSE = re.compile("[，；。！？：,;:()（）]|[.](?= |$)")
_ZH_END = re.compile("(?<=.)(?:更|明显|显著|为|高|低|多|少|大|小|长|短|好|差|快|慢|常|组|，|。|；|（|$)")
_MOST = 6  # comparisons of a side that are looked at
_REACH = 80  # characters of a side of a comparison


@dataclass(frozen=True, slots=True)
class _Comparison:
    """The word that compares, what is said to be more or less, and, where it is named, than what."""

    sign: re.Match[str]
    items: tuple[Span, ...]


def comparisons(parsed: ParsedPair) -> Iterator[Candidate]:
    """Compare what is set against what, each comparison of the Chinese with the likest of the English."""
    en, zh = parsed.pair.en, parsed.pair.zh
    if parsed.evidence is None:
        return
    theirs = [_Comparison(m, spans) for m in _ZH_THAN.finditer(zh) if (spans := _chinese(zh, m.span()))][
        :_MOST
    ]
    if not theirs:
        return
    mine = [_Comparison(m, tuple(spans)) for m in _THAN.finditer(en) if (spans := _english(en, m.span()))]
    taken = {match.span() for match in _THAN.finditer(en)}
    mine += [
        _Comparison(match, (match.span("item"),))
        for match in _MORE.finditer(en)
        if not any(match.start() < end and start < match.end() for start, end in taken)
    ]
    scored = sorted(
        (
            (_likeness(parsed, one, other), -i, -j)
            for i, one in enumerate(mine[:_MOST])
            for j, other in enumerate(theirs)
        ),
        reverse=True,
    )
    used: set[tuple[str, int]] = set()
    for _, i, j in scored:
        if not used & {("en", i), ("zh", j)}:
            used |= {("en", i), ("zh", j)}
            if not _is_reversed(parsed, mine[-i].sign.span(), theirs[-j].sign.span()):
                yield from _candidate(parsed, mine[-i], theirs[-j])


def _likeness(parsed: ParsedPair, one: _Comparison, other: _Comparison) -> float:
    """Tell how alike the things are that two comparisons name, whichever way round."""
    assert parsed.evidence is not None
    return parsed.evidence.likeness(one.items, other.items)


def _candidate(parsed: ParsedPair, mine: _Comparison, theirs: _Comparison) -> Iterator[Candidate]:
    assert parsed.evidence is not None
    first, second = mine.items, theirs.items
    crossing = parsed.evidence.crossing(first, second)
    texts = [
        [text[slice(*span)] for span in spans]
        for text, spans in zip(_texts(parsed), (first, second), strict=True)
    ]
    named = shared(texts[0][0], texts[1][1]) - shared(texts[0][0], texts[1][0])
    if len(first) > 1:
        named += shared(texts[0][1], texts[1][0]) - shared(texts[0][1], texts[1][1])
    if named < 0 or (crossing <= 0 and not named):
        return
    features = {
        "crossing": crossing,
        "named": float(max(-1, min(1, named))),
        "short": 1.0 / (1.0 + (second[0][1] - second[0][0] + second[1][1] - second[1][0]) / 10.0),
        "of one": float(len(first) == 1),
        f"sign {theirs.sign.group()[-1]}": 1.0,
    }
    message = (
        f"What is compared seems to stand the other way round: '{mine.sign.group()}', {theirs.sign.group()}"
    )
    yield Candidate("owner", "owner compared", message, (mine.sign.span(), theirs.sign.span()), features)


def _texts(parsed: ParsedPair) -> tuple[str, str]:
    return parsed.pair.en, parsed.pair.zh


def _english(text: str, than: Span) -> tuple[Span, Span] | None:
    """Return what is said to be more or less, and what it is compared with."""
    right = _RIGHT.match(text, than[1], min(len(text), than[1] + _REACH))
    if right is None:
        return None
    start = _start(text, than[0])
    if not text[start : than[0]].strip():  # compared with the others, these ...
        begin = _CLAUSE.search(text, right.end("item"))
        start, stop = (begin.end(), len(text)) if begin else (than[0], than[0])
        return _subject(text, (start, stop), right.span("item"))
    preposition = (right["prep"] or "").split()
    if preposition:
        pattern = re.compile(
            rf"\b{preposition[-1]} (?:the |those )?(?P<item>[^,;.:()]{{2,60}})$", re.IGNORECASE
        )
        left = None
        for match in re.finditer(rf"\b{preposition[-1]} ", text[start : than[0]], re.IGNORECASE):
            left = pattern.match(text, start + match.start(), than[0])
        if left:
            return left.span("item"), right.span("item")
    return _subject(text, (start, than[0]), right.span("item"))


def _subject(text: str, clause: Span, other: Span) -> tuple[Span, Span] | None:
    verb = _VERB.search(text, clause[0] + 1, clause[1])
    span = clause[0], verb.start() if verb else clause[1]
    return (span, other) if span[1] - span[0] > 1 and other[1] - other[0] > 1 else None


def _chinese(text: str, than: Span) -> tuple[Span, Span] | None:
    start = _start(text, than[0])
    if text[than[0] : than[1]] in ("相比", "相较"):
        with_ = re.search("[与和同较]([^与和同]{1,24})$", text[start : than[0]])
        behind = _CLAUSE.search(text, than[1])
        if with_ is None or behind is None:
            return None
        end = _CLAUSE.search(text, behind.end())
        one = behind.end(), end.start() if end else len(text)
        other = start + with_.start(1), start + with_.end(1)
        return _whole((one, other), text)
    end = _CLAUSE.search(text, than[1])
    other = than[1], min(end.start() if end else len(text), than[1] + _REACH)
    return _whole(((start, than[0]), other), text)


def _whole(spans: tuple[Span, Span], text: str) -> tuple[Span, Span] | None:
    """Cut each side to the group it names, where both name one, else at the word that says how much."""
    named = [text.find("组", *span) for span in spans]
    if all(at >= 0 for at in named):
        spans = ((spans[0][0], named[0] + 1), (spans[1][0], named[1] + 1))
    else:
        stop = _ZH_END.search(text, spans[1][0] + 1, spans[1][1])
        spans = (spans[0], (spans[1][0], stop.start() if stop else spans[1][1]))
    return spans if all(end - start > 1 for start, end in spans) else None


def _start(text: str, end: int) -> int:
    return max(
        (m.end() for m in _CLAUSE.finditer(text, max(0, end - _REACH), end)), default=max(0, end - _REACH)
    )


def _is_reversed(parsed: ParsedPair, en: Span, zh: Span) -> bool:
    """Tell whether one text says more where the other says less: B低于A renders that A is higher than B."""
    mine = [cue for cue in parsed.en_cues if _compares(cue) and cue.span[0] < en[1]]
    theirs = [cue for cue in parsed.zh_cues if _compares(cue) and cue.span[1] > zh[0]]
    if not mine or not theirs:
        return False
    return _last(mine).polarity != min(theirs, key=lambda cue: cue.span).polarity


def _last(cues: Sequence[Cue]) -> Cue:
    return max(cues, key=lambda cue: cue.span)


def _compares(cue: Cue) -> bool:
    return cue.concept in ("amount", "quality", "bound") and cue.polarity in "+-"
