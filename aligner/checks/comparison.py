"""What is compared with what: ``A was better than B`` against B优于A."""

import re
from collections.abc import Iterator, Sequence

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
    "|(?<!比)较(?=[^高低多少大小长短好差为早晚快慢])|(?<!对)比(?=[^例率值较])|相比|相较"
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
_REACH = 80  # characters of a side of a comparison


def comparisons(parsed: ParsedPair) -> Iterator[Candidate]:
    """Compare what is set against what, where both texts compare once, and in the same direction."""
    en, zh = parsed.pair.en, parsed.pair.zh
    mine, theirs = list(_THAN.finditer(en)), list(_ZH_THAN.finditer(zh))
    if len(mine) != 1 or len(theirs) != 1 or parsed.evidence is None:
        return
    first = _english(en, mine[0].span())
    second = _chinese(zh, theirs[0].span())
    if first is None or second is None or _is_reversed(parsed, mine[0].span(), theirs[0].span()):
        return
    crossing = parsed.evidence.crossing(first, second)
    a, b = ([text[slice(*span)] for span in spans] for text, spans in ((en, first), (zh, second)))
    named = shared(a[0], b[1]) + shared(a[1], b[0]) - shared(a[0], b[0]) - shared(a[1], b[1])
    if named < 0 or (crossing <= 0 and not named):
        return
    features = {
        "crossing": crossing,
        "named": float(max(-1, min(1, named))),
        "short": 1.0 / (1.0 + (second[0][1] - second[0][0] + second[1][1] - second[1][0]) / 10.0),
        f"sign {theirs[0].group()[-1]}": 1.0,
    }
    message = f"What is compared seems to stand the other way round: '{mine[0].group()}', {theirs[0].group()}"
    yield Candidate("owner", "owner compared", message, (mine[0].span(), theirs[0].span()), features)


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
