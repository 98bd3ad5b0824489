"""Calendar dates of both languages as year, month and day."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from aligner.quantities.types import Quantity
from aligner.types import Language

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_NUMBER = {name[:length]: n for n, name in enumerate(_MONTHS, 1) for length in (3, len(name))} | {"sept": 9}
_month = r"(?:" + "|".join(sorted(_NUMBER, key=len, reverse=True)) + r")\b\.?"
_full_month = r"(?:" + "|".join(name for name in _MONTHS if name not in ("march", "may")) + r")"
_cues = ["in", "by", "since", "from", "until", "till", "during", "through", "late", "early", "mid", "end of"]
_month_cues = "|".join(rf"(?<=\b{cue}[ -])" for cue in _cues)
_year = r"(?:19|20)[0-9]{2}(?![0-9])(?! ?[%×]|,[0-9]{3}|\.[0-9])"
_ENGLISH_MONTH = re.compile(
    rf"\b(?P<month>{_month}) +(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9])"
    rf"(?: ?(?:-|~|to|through|and) ?(?P<last_day>[0-3]?[0-9])(?:st|nd|rd|th)?"
    rf"(?![0-9:/.]| (?:{_month}|[a-z])))?"
    rf"(?:(?:,| ,)? ?(?P<year>{_year}))?"
    rf"|(?<![-A-Za-z0-9.])(?:(?P<first_day>[0-3]?[0-9])(?:st|nd|rd|th)? ?(?:-|~|to|through|and) ?)?"
    rf"(?P<day2>[0-3]?[0-9])(?:st|nd|rd|th)? +(?:day +)?(?:of +)?(?P<month2>{_month})"
    rf"(?:,? +(?P<year2>{_year}))?"
    rf"|\b(?P<month3>{_month}),? +(?:of +)?(?P<year3>{_year})"
    rf"|\b(?P<month4>{_month})(?= ?(?:-|~|to|through|and|until) ?{_month})"
    rf"|\b(?P<month5>{_full_month})\b"
    rf"|(?:{_month_cues}|(?<=\bto )|(?<=\bof )|(?<=\band ))(?P<month6>{_month})"
)
_ENGLISH_YEAR = re.compile(
    rf"(?<![0-9A-Za-z.,/-])(?P<first>[0-3]?[0-9])(?P<slash>[/.-])(?P<second>[0-3]?[0-9])(?P=slash)"
    rf"(?P<slash_year>(?:19|20)[0-9]{{2}})(?![0-9/-])"
    rf"|(?<![0-9A-Za-z.,-])(?P<iso_year>(?:19|20)[0-9]{{2}})(?P<sep>[-/.])(?P<iso_month>1[0-2]"
    rf"|0?[1-9])(?:(?P=sep)(?P<iso_day>[0-3]?[0-9]))?(?![0-9.])"
    rf"|(?<![0-9A-Za-z.,$-])(?P<bare>{_year})(?= ?(?:-|~|to|through|and|until|or)[ ]?(?:19"
    rf"|20)[0-9]{{2}}(?![0-9])|[,.;)\]:]|$| (?:and|to|through|were|was|with|at|in|by|for|the"
    rf"|among|using|who|we|a|all|had|from|on|as|after|before|onwards?|who|of|there|is|has"
    rf"|have)\b)"
    rf"|(?:(?<=\bin )|(?<=\bsince )|(?<=\bof )|(?<=\bby )|(?<=\buntil )|(?<=19[0-9]{{2}}-)|"
    rf"(?<=20[0-9]{{2}}-))(?P<bare2>{_year})(?! (?:patients|participants|women|men|cases"
    rf"|subjects|persons|children|adults|people|individuals)\b)",
)
_MONTH_CUE = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_YEAR_CUE = re.compile(r"(?:19|20)[0-9]{2}")
_zh_digit = "[〇零一二三四五六七八九○]"
_CHINESE = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2}|(?:一九|二[〇零○])"
    + _zh_digit
    + r"{2}) ?年(?! ?龄)(?: ?(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月(?!龄)"
    r"(?: ?(?P<day>[0-3]?[0-9])(?: ?[日号]|(?= ?[-~—至到、和] ?[0-3]?[0-9] ?[日号])))?)?"
    r"|(?<![0-9.后第每访~-])(?P<month2>1[0-2]|0?[1-9]) ?月(?!龄|后|内|时)"
    r"(?: ?(?P<day2>[0-3]?[0-9])(?: ?[日号]|(?= ?[-~—至到、和] ?[0-3]?[0-9] ?[日号])))?"
    r"|(?<![0-9A-Za-z.,-])(?P<iso_year>(?:19|20)[0-9]{2})(?P<sep>[-/.])(?P<iso_month>1[0-2]"
    r"|0?[1-9])(?:(?P=sep)(?P<iso_day>[0-3]?[0-9]))?(?![0-9.])"
    r"|(?<![0-9A-Za-z.,-])(?P<open_year>(?:19|20)[0-9]{2})(?= ?[-~—至到] ?(?:19|20)[0-9]{2}(?![0-9.%]))"
    r"|(?<=(?:19|20)[0-9]{2}[-~—至到])(?P<last_year>(?:19|20)[0-9]{2})(?![0-9.%-])"
)
_MONTH_RANGE = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2}) ?年 ?(?P<first>1[0-2]|[1-9]) ?[-~—至到] ?(?P<second>1[0-2]|[1-9]) ?月"
)
_LAST_DAY = re.compile(r" ?[-~—至到、和] ?(?P<day>[0-3]?[0-9]) ?[日号]")
_DECADE = re.compile(r"\b(?:19|20)[0-9]0s\b")
_CHINESE_DECADE = re.compile(
    r"(?:(?P<century>[12][0-9]|二十一?|十九) ?世纪)?(?P<tens>[0-9]0|[二三四五六七八九]?十) ?年代"
)
_MONTH_GROUPS = ("month", "month2", "month3", "month4", "month5", "month6")
_JOIN = re.compile(r" ?(?:-|~|—+|to|through|and|until|至|到|和|、) ?", re.IGNORECASE)


def _whole(found: str | None) -> int:
    if not found:
        return 0
    if found.isascii() and found.isdigit():
        return int(found)
    if all(c in "〇零○一二三四五六七八九" for c in found) and len(found) > 1:
        return int("".join(str("〇一二三四五六七八九".index("〇" if c in "零○" else c)) for c in found))
    tens, _, ones = found.partition("十") if "十" in found else ("", "", found)
    base = 0 if "十" not in found else 10 * ("〇一二三四五六七八九".index(tens) if tens else 1)
    return base + ("〇一二三四五六七八九".index(ones) if ones else 0)


def _date(text: str, span: tuple[int, int], year: int, month: int, day: int) -> Quantity:
    parts = [year, month, day]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return Quantity("date", tuple(map(Decimal, parts)), span, text[span[0] : span[1]])


def dates(plain: str, text: str, language: Language) -> Iterator[Quantity]:
    """Find the dates of a flattened text; each end of a range is a date of its own.

    A month without a year takes the year of the date it is joined to: March to June 2018, 2018年3～6月.
    """
    found = sorted(
        _english(plain, text) if language == "en" else _chinese(plain, text), key=lambda date: date.span
    )
    for at, date in enumerate(found):
        if date.values[0] == 0:
            for near in (at + 1, at - 1):
                if 0 <= near < len(found) and found[near].values[0] and _joined(plain, date, found[near]):
                    date = _date(text, date.span, *_complete(found[near], date))
                    break
            found[at] = date
    yield from found


def _joined(plain: str, one: Quantity, other: Quantity) -> bool:
    first, second = sorted((one, other), key=lambda date: date.span)
    between = plain[first.span[1] : second.span[0]]
    return _JOIN.fullmatch(between) is not None


def _complete(dated: Quantity, open_: Quantity) -> tuple[int, int, int]:
    month = int(open_.values[1])
    day = int(open_.values[2]) if len(open_.values) > 2 else 0
    return int(dated.values[0]), month, day


def _english(plain: str, text: str) -> Iterator[Quantity]:
    low = plain.lower()
    if len(low) == len(plain) and _MONTH_CUE.search(low):
        for match in _ENGLISH_MONTH.finditer(low):
            groups = match.groupdict()
            month = next(groups[name] for name in _MONTH_GROUPS if groups[name])
            if _is_verb(plain, low, match, month):
                continue
            year = groups["year"] or groups["year2"] or groups["year3"]
            day = groups["day"] or groups["day2"]
            known = _whole(year), _NUMBER[month.rstrip(".")]
            last = match.start("last_day")
            first = match.start("first_day")
            if first >= 0:
                yield _date(text, match.span("first_day"), *known, _whole(groups["first_day"]))
                yield _date(text, (match.start("day2"), match.end()), *known, _whole(day))
            elif last >= 0:
                yield _date(text, (match.start(), match.end("day")), *known, _whole(day))
                yield _date(text, (last, match.end()), *known, _whole(groups["last_day"]))
            else:
                yield _date(text, match.span(), *known, _whole(day))
            low = _blank(low, match.span())
    if not _YEAR_CUE.search(low):
        return
    for match in _DECADE.finditer(low):
        written = text[match.start() : match.end()]
        yield Quantity("date", (Decimal(match.group()[:4]),), match.span(), written, unit="decade")
    for match in _ENGLISH_YEAR.finditer(low):
        groups = match.groupdict()
        if groups["slash_year"]:
            yield _date(text, match.span(), *_slashed(groups))
        elif groups["iso_year"]:
            parts = [_whole(groups[name]) for name in ("iso_year", "iso_month", "iso_day")]
            yield _date(text, match.span(), parts[0], parts[1], parts[2])
        else:
            yield _date(text, match.span(), _whole(groups["bare"] or groups["bare2"]), 0, 0)


def _slashed(groups: Mapping[str, str]) -> tuple[int, int, int]:
    """Read 15/3/2020 and 3/15/2020; where either may be the month, the year alone is sure."""
    first, second, year = (int(groups[name]) for name in ("first", "second", "slash_year"))
    if first > 12 >= second > 0:
        return year, second, first
    if second > 12 >= first > 0 or first == second:
        return year, first, second
    return year, 0, 0


def _is_verb(plain: str, low: str, match: re.Match[str], month: str) -> bool:
    """Tell whether a month is the verb may or march: small letters in a text that has capitals."""
    start = low.index(month, match.start(), match.end())
    return month in ("may", "march") and plain[start] == month[0] and plain != low


def _blank(plain: str, span: tuple[int, int]) -> str:
    start, end = span
    return plain[:start] + "\x00" * (end - start) + plain[end:]


def _chinese(plain: str, text: str) -> Iterator[Quantity]:
    for match in _MONTH_RANGE.finditer(plain):
        known = _whole(match["year"])
        yield _date(text, (match.start(), match.end("first")), known, _whole(match["first"]), 0)
        yield _date(text, (match.start("second"), match.end()), known, _whole(match["second"]), 0)
        plain = _blank(plain, match.span())
    for match in _CHINESE_DECADE.finditer(plain):
        century, tens = match["century"], _whole(match["tens"])
        first = (_whole(century) - 1) * 100 if century else 1900
        yield Quantity(
            "date", (Decimal(first + tens),), match.span(), text[match.start() : match.end()], unit="decade"
        )
    for match in _CHINESE.finditer(plain):
        groups = match.groupdict()
        year = groups["year"] or groups["iso_year"] or groups["open_year"] or groups["last_year"]
        month = groups["month"] or groups["month2"] or groups["iso_month"]
        day = groups["day"] or groups["day2"] or groups["iso_day"]
        dated = _whole(year), _whole(month)
        yield _date(text, match.span(), *dated, _whole(day))
        if day and (last := _LAST_DAY.match(plain, match.end())):
            yield _date(text, (last.start("day"), last.end()), *dated, _whole(last["day"]))
