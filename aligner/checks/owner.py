"""Values, sides and directions said of something else: two arms, percentages or sides exchanged."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import pairwise

from aligner.checks.base import Check, decide, of_pair
from aligner.checks.binding import owners, shared, with_shared_units
from aligner.checks.comparison import comparisons
from aligner.checks.compounds import parted
from aligner.checks.cues import Cue
from aligner.checks.decision import Candidate
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.quantities import Quantity
from aligner.types import Finding, Span

_KINDS = {"percent": "percent", "p-value": "P value", "level": "level", "date": "date"}
_ROLES = {role: role for role in ("ordinal", "grade", "stage", "type", "reference")}
_ENDS = re.compile(r"[0-9][0-9.,]*")
_MOST = 40  # values of a side that are compared
_CLOSE = 6  # characters between the ends of a range, a mean and its deviation
_LEAST, _SHARE = 0.3, 0.15  # linked words that lie crosswise, from which on values in order are looked at
_LATIN = re.compile(r"(?<![A-Za-z])(?:[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9]*|[A-Z](?![A-Za-z]))")
_CLAUSE = re.compile("[，；。！？：,;.!?:](?![0-9])")
_OF = re.compile(  # 31 (13.0%) of the 239 patients: the part before the whole, in Chinese behind it
    r"(?: ?\([^()]{1,12}\))? (?:out )?of (?:the |these |those |all |our |a total of |an? )?(?:[a-z]+ )?",
    re.IGNORECASE,
)
_RESPECTIVELY = re.compile(r"\brespectively\b|分别|分別")


_Row = tuple[tuple[str, str], Span]


@dataclass(frozen=True, slots=True)
class _Value:
    """A thing that is said once on each side: what it is, and where."""

    kind: str
    name: str
    en: Span
    zh: Span


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Find two values whose order was turned while what they are said of kept its order.

    Only values that occur once on each side are followed; what they are said of is read from the words around
    them, by their vectors, and from the short forms and other numbers that both sides share.
    """
    del context
    if parsed.pair.en.strip() and parsed.pair.zh.strip():
        yield from parted(parsed)
    yield from exchanged(parsed, "owner")


def exchanged(parsed: ParsedPair, check: str) -> Iterator[Finding]:
    """Find what was exchanged: the sides under laterality, what rose and fell under direction."""
    if "owner" not in parsed.kept:
        parsed.kept["owner"] = list(candidates(parsed))
    yield from decide(parsed, (one for one in parsed.kept["owner"] if one.check == check))


def candidates(parsed: ParsedPair) -> Iterator[Candidate]:
    """Find the neighbouring values of a kind whose order differs, and comparisons."""
    en, zh = parsed.pair.en, parsed.pair.zh
    if parsed.evidence is None or not en.strip() or not zh.strip():
        return
    values = _values(parsed)
    anchors = _anchors(en, zh, values)
    for kind in sorted({value.kind for value in values}):
        of = [value for value in values if value.kind == kind]
        couples = {(of.index(a), of.index(b)) for a, b in pairwise(sorted(of, key=lambda value: value.zh))}
        for i, j in sorted({(min(i, j), max(i, j)) for i, j in couples} | set(pairwise(range(len(of))))):
            one, other = of[i], of[j]
            if one.name != other.name and not _is_part(en, one, other):
                crossing = parsed.affinity.crossing((one.en, other.en), (one.zh, other.zh))
                is_turned = one.zh[0] > other.zh[0]
                if is_turned or (kind != "name" and _seems_exchanged(*crossing, one, other)):
                    yield _exchanged(parsed, one, other, of, anchors, crossing)
    yield from comparisons(parsed)


def _is_part(en: str, one: _Value, other: _Value) -> bool:
    """Tell whether the English says one of a whole: 61 of the 97, which `compounds.parted` looks at."""
    return one.kind == "number" and _OF.fullmatch(en, one.en[1], other.en[0]) is not None


def _seems_exchanged(linked: float, share: float, one: _Value, other: _Value) -> bool:
    """Tell whether what two values in order are said of may lie crosswise; not those of a range."""
    is_compound = other.en[0] - one.en[1] < _CLOSE
    return not is_compound and linked > _LEAST and share > _SHARE


def _values(parsed: ParsedPair) -> list[_Value]:
    """Return the values and cues that both sides have once, in the order of the English."""
    en, zh = parsed.pair.en, parsed.pair.zh
    sides = [
        _named(with_shared_units(en, parsed.en_quantities, "en"), parsed.en_cues),
        _named(with_shared_units(zh, parsed.zh_quantities, "zh"), parsed.zh_cues),
    ]
    for side, text in zip(sides, (en, zh), strict=True):
        names = (match for match in _LATIN.finditer(text) if match.end() - match.start() > 1)
        side += [(("name", match.group()), match.span()) for match in names]
    return sorted(_linked(*sides), key=lambda value: value.en)[:_MOST]


def _named(quantities: Sequence[Quantity], cues: Sequence[Cue]) -> list[_Row]:
    found = []
    for quantity in quantities:
        if quantity.kind in ("citation", "code") or (quantity.is_word and quantity.values[0] < 2):
            continue
        kind = _KINDS.get(quantity.kind, "number")
        if kind == "number":
            kind = " ".join(filter(None, (kind, _ROLES.get(quantity.role), quantity.unit)))
        for values, span in _parts(quantity):
            found.append(((kind, " ".join(f"{value:f}" for value in values)), span))
    for cue in cues:
        if cue.polarity in "+-" and cue.concept != "negation" and cue.check != "term":
            found.append(((f"cue {cue.concept}", cue.polarity), cue.span))
    return found


def _parts(quantity: Quantity) -> Iterator[tuple[tuple[Decimal, ...], Span]]:
    """Yield the two ends of a range, each where it stands: a fall from 12% to 5% is written as one."""
    ends = list(_ENDS.finditer(quantity.text))
    if quantity.is_range and quantity.kind != "level" and len(ends) == len(quantity.values) == 2:
        for value, match in zip(quantity.values, ends, strict=True):
            yield (value,), (quantity.span[0] + match.start(), quantity.span[0] + match.end())
    else:
        yield quantity.values, quantity.span


def _linked(mine: Sequence[_Row], theirs: Sequence[_Row]) -> Iterator[_Value]:
    """Link what both sides have as often: in the order of the texts where that fits, the rest by turns."""
    if max(len(mine), len(theirs)) > 4 * _MOST:
        return
    counts = Counter(key for key, _ in mine), Counter(key for key, _ in theirs)
    same = {key for key, count in counts[0].items() if counts[1][key] == count}
    for kind in sorted({kind for kind, _ in same}):
        sides = [
            sorted(row for row in side if row[0] in same and row[0][0] == kind) for side in (mine, theirs)
        ]
        one, other = (sorted(side, key=lambda row: row[1]) for side in sides)
        matcher = SequenceMatcher(None, [key for key, _ in one], [key for key, _ in other], autojunk=False)
        straight = [(b.a + k, b.b + k) for b in matcher.get_matching_blocks() for k in range(b.size)]
        rest = [
            [row for at, row in enumerate(side) if at not in {match[number] for match in straight}]
            for number, side in enumerate((one, other))
        ]
        pairs = [(one[i], other[j]) for i, j in straight]
        pairs += zip(*(sorted(side) for side in rest), strict=True)
        yield from (_Value(key[0], key[1], en, zh) for (key, en), (_, zh) in pairs)


def _anchors(en: str, zh: str, values: Sequence[_Value]) -> list[tuple[Span, Span]]:
    """Return what keeps the order of the two texts: short forms that both have once, and the values."""
    found = []
    for match in list(_LATIN.finditer(en))[:_MOST]:
        name = match.group()
        pattern = re.compile(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])")
        mine, theirs = list(pattern.finditer(en)), list(pattern.finditer(zh))
        if len(mine) == len(theirs) == 1:
            found.append((mine[0].span(), theirs[0].span()))
    found += [(value.en, value.zh) for value in values]
    return sorted(set(found))


def _exchanged(
    parsed: ParsedPair,
    one: _Value,
    other: _Value,
    of: Sequence[_Value],
    anchors: Sequence[tuple[Span, Span]],
    crossing: tuple[float, float],
) -> Candidate:
    en, zh = parsed.pair.en, parsed.pair.zh
    inverted = sum(a.zh[0] > b.zh[0] for a, b in pairwise(of))
    own = {one.en, other.en}
    rest = [row for row in anchors if row[0] not in own]
    straight = sum(a[1] < b[1] for a, b in pairwise(rest))
    turned = sum(a[1] > b[1] for a, b in pairwise(rest))
    mine = _contexts(en, one.en, other.en, [value.en for value in of])
    theirs = _contexts(zh, one.zh, other.zh, [value.zh for value in of])
    is_turned = one.zh[0] > other.zh[0]
    (_, start), (end, _) = sorted((one.zh, other.zh))
    between = zh[start:end]
    linked, share = crossing
    features = {
        "linked": max(-4.0, min(4.0, linked)),
        "linked share": share,
        "counted": _counted(parsed, one, other),
        "inverted": float(min(inverted, 4)),
        "straight": float(min(straight, 5)),
        "turned": float(min(turned, 5)),
        "anchors kept": straight / (straight + turned) if straight + turned else 0.5,
        "few": float(len(of) == 2),
        "respectively": float(bool(_RESPECTIVELY.search(en) or _RESPECTIVELY.search(zh))),
        "same clause": float(not _CLAUSE.search(between)),
        "same English clause": float(not _CLAUSE.search(en[one.en[1] : other.en[0]])),
        "neighbours": float(abs(of.index(one) - of.index(other)) == 1),
        "near": 1.0 / (1.0 + len(between) / 10.0),
        f"kind {one.kind if one.kind.startswith('cue') else one.kind.partition(' ')[0]}": 1.0,
        "has unit": float(one.kind.startswith("number ")),
        "kept": float(not is_turned),
        "range": float(" " in one.name or " " in other.name),
    }
    evidence = parsed.evidence
    assert evidence is not None
    for a, first in mine.items():
        for b, second in theirs.items():
            if all(end > start for start, end in (*first, *second)):
                features[f"{a} {b}"] = evidence.crossing(first, second)
    features |= _bound(parsed, one, other)
    named = f"{en[slice(*one.en)]} and {en[slice(*other.en)]}"
    message = (
        f"{named} stand the other way round in the Chinese, while what they are said of seems not to"
        if is_turned
        else f"What {named} are said of seems to stand the other way round in the Chinese"
    )
    check = next((cue.check for cue in parsed.en_cues if one.kind == f"cue {cue.concept}"), "owner")
    check = check if check in ("laterality", "direction") else "owner"
    is_free = one.kind in ("number", "date") and not features.get("bound by list")
    kind = "owner number" if is_free else "owner"  # the order of counts and dates is the freest
    kind = "owner name" if one.kind == "name" else kind if is_turned else "owner kept"
    return Candidate(check, kind, message, (one.en, one.zh), features)


def _counted(parsed: ParsedPair, one: _Value, other: _Value) -> float:
    """Tell whether what two values count lies crosswise: 480 patients at 12 sites, 480家医院12例."""
    sides = [{q.span: q.counts for q in side} for side in (parsed.en_quantities, parsed.zh_quantities)]
    en = [sides[0].get(value.en, "") for value in (one, other)]
    zh = [sides[1].get(value.zh, "") for value in (one, other)]
    return float(en[0] != en[1] and zh == en[::-1]) - float(en[0] != en[1] and zh == en)


def _bound(parsed: ParsedPair, one: _Value, other: _Value) -> dict[str, float]:
    """Tell how far what the two values are said of lies crosswise: positive where each has the other's."""
    en, zh = parsed.pair.en, parsed.pair.zh
    is_turned = one.zh[0] > other.zh[0]
    mine = owners(en, (one.en, other.en), "en")
    theirs = owners(zh, (other.zh, one.zh) if is_turned else (one.zh, other.zh), "zh")
    if mine is None or theirs is None or parsed.evidence is None:
        return {}
    second = theirs.spans[::-1] if is_turned else theirs.spans
    a, b = ([text[slice(*span)] for span in spans] for text, spans in ((en, mine.spans), (zh, second)))
    named = shared(a[0], b[1]) + shared(a[1], b[0]) - shared(a[0], b[0]) - shared(a[1], b[1])
    return {
        "bound": parsed.evidence.crossing(mine.spans, second),
        "named": float(max(-1, min(1, named))),
        "is bound": 1.0,
        "bound by list": float(mine.style == "list"),
    }


def _contexts(text: str, one: Span, other: Span, spans: Sequence[Span]) -> dict[str, tuple[Span, Span]]:
    """Return the words before and after two values, and their clauses, each cut at other values."""
    around = [_around(text, span, spans) for span in (one, other)]
    before = tuple((a, span[0]) for (a, _), span in zip(around, (one, other), strict=True))
    after = tuple((span[1], b) for (_, b), span in zip(around, (one, other), strict=True))
    return {"before": before, "after": after, "around": tuple(around)}  # type: ignore[dict-item]


def _around(text: str, span: Span, spans: Sequence[Span]) -> Span:
    start = max((end for _, end in spans if end <= span[0]), default=0)
    end = min((begin for begin, _ in spans if begin >= span[1]), default=len(text))
    for match in _CLAUSE.finditer(text, start, span[0]):
        start = match.end()
    stop = _CLAUSE.search(text, span[1], end)
    return start, stop.start() if stop else end


CHECK = Check(
    check,
    wrong=of_pair("Fever was seen in 88% of children and cough in 54%.", "患儿发热占54%，咳嗽占88%。"),
    right=of_pair("Fever was seen in 88% of children and cough in 54%.", "患儿发热占88%，咳嗽占54%。"),
)
