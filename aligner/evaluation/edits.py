"""Slips made of correct pairs: one automatic edit of the Chinese each, of some forty kinds, from a seed.

An edit knows the surface alone, not the checks: regular expressions find what to change, so that what the
checks read wrongly is not left out of their measure.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aligner.types import Pair

_Edit = Callable[[Pair, random.Random], str | None]
_DIGITS = r"(?<![A-Za-z0-9.\-/^<×_])[0-9]+(?:\.[0-9]+)?(?![0-9.]*[A-Za-z0-9^×])"
_COUNT = rf"{_DIGITS}(?= ?[例名个人项次只处])"
_PERCENT = r"(?<![0-9.A-Za-z-])[0-9]+(?:\.[0-9]+)?(?= ?[%％])"
_P_VALUE = r"(?<=[PpＰ]) ?[=＝<＜>＞≤≥] ?0?\.[0-9]+"
_STOPS = "，；。！？：,;"


@dataclass(frozen=True, slots=True)
class Slip:
    """A correct pair with one edit: its kind, and the Chinese before."""

    pair: Pair
    kind: str
    was: str


def make_slips(pairs: Sequence[Pair], *, seed: int = 1, per_kind: int = 0) -> list[Slip]:
    """Edit correct pairs: each kind once a pair wherever it can be made, in a fixed order.

    Args:
        pairs: correct pairs, with text on both sides.
        seed: of the choice of places.
        per_kind: at most so many slips of a kind, evenly drawn; 0 for no limit.
    """
    slips = []
    for kind, edit in KINDS.items():
        rng = random.Random(f"{seed} {kind}")
        found = list(_of_kind(kind, edit, pairs, rng))
        if per_kind and len(found) > per_kind:
            found = [found[at] for at in sorted(rng.sample(range(len(found)), per_kind))]
        slips += found
    return slips


def _of_kind(kind: str, edit: _Edit, pairs: Iterable[Pair], rng: random.Random) -> Iterator[Slip]:
    for pair in pairs:
        zh = edit(pair, rng)
        if zh is not None and zh != pair.zh:
            record = f"{pair.record}#{kind}"
            yield Slip(Pair(record, pair.bead, pair.en, zh), kind, pair.zh)


def _place(pattern: str, text: str, rng: random.Random) -> re.Match[str] | None:
    found = list(re.finditer(pattern, text))
    return rng.choice(found) if found else None


def _put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _number(pattern: str) -> _Edit:
    """Change one digit of a number."""

    def edit(pair: Pair, rng: random.Random) -> str | None:
        match = _place(pattern, pair.zh, rng)
        if match is None:
            return None
        places = [at for at, char in enumerate(match.group()) if char.isdigit()]
        at = rng.choice(places)
        digit = rng.choice([d for d in "123456789" if d != match.group()[at]])
        return _put(pair.zh, match, match.group()[:at] + digit + match.group()[at + 1 :])

    return edit


def _transposed(pair: Pair, rng: random.Random) -> str | None:
    match = _place(r"(?<![0-9A-Za-z.-])([0-9])(?!\1)([0-9])(?![0-9A-Za-z])", pair.zh, rng)
    return _put(pair.zh, match, match[2] + match[1]) if match and match[2] != "0" else None


def _ten_times(pair: Pair, rng: random.Random) -> str | None:
    match = _place(r"(?<![0-9A-Za-z.-])[1-9][0-9]*\.[0-9]+", pair.zh, rng)
    if match is None:
        return None
    whole, _, part = match.group().partition(".")
    return _put(pair.zh, match, f"{whole}{part[0]}.{part[1:]}" if part[1:] else whole + part)


def _replace(pattern: str, new: Mapping[str, str]) -> _Edit:
    """Put one word for another, where the pattern finds it."""

    def edit(pair: Pair, rng: random.Random) -> str | None:
        match = _place(pattern, pair.zh, rng)
        return _put(pair.zh, match, new[match.group()]) if match else None

    return edit


def _turned(words: str, *, en: str = "") -> _Edit:
    """Put a word for its opposite (``a/b``), either way; with ``en``, only where the English has the like."""
    couples = [tuple(couple.split("/")) for couple in words.split()]
    table = {one: other for a, b in couples for one, other in ((a, b), (b, a))}
    pattern = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    turn = _replace(pattern, table)

    def edit(pair: Pair, rng: random.Random) -> str | None:
        return turn(pair, rng) if not en or re.search(en, pair.en, re.IGNORECASE) else None

    return edit


def _two_swapped(pattern: str) -> _Edit:
    """Exchange two different values of one kind."""

    def edit(pair: Pair, rng: random.Random) -> str | None:
        found = list(re.finditer(pattern, pair.zh))
        couples = [(a, b) for a, b in pairwise(found) if a.group() != b.group()]
        if not couples:
            return None
        one, other = rng.choice(couples)
        zh = pair.zh
        between = zh[one.end() : other.start()]
        if not re.search(r"[\u4e00-\u9fff]", between):
            return None
        return zh[: one.start()] + other.group() + between + one.group() + zh[other.end() :]

    return edit


_DENIAL = r"\b(?:not|no|never|without|none|cannot|neither|nor)\b|n[’']t\b"
_ZH_DENIAL = (
    "并未|尚未|从未|没有|并不|不会|不能|不是|不得|未能|未(?=[^来必])|无(?=[^论菌])|不(?=[^同断仅但过足良])"
)


def _denial_lost(pair: Pair, rng: random.Random) -> str | None:
    if not re.search(_DENIAL, pair.en, re.IGNORECASE):
        return None
    match = _place(_ZH_DENIAL, pair.zh, rng)
    kept = {"没有": "有", "不会": "会", "不能": "能", "不是": "是", "无": "有", "未能": "能"}
    return _put(pair.zh, match, kept.get(match.group(), "")) if match else None


def _denial_added(pair: Pair, rng: random.Random) -> str | None:
    match = _place("(?:可以|能够|导致|增加|减少|降低|改善|发生|出现|存在|影响|显示|发现|接受)", pair.zh, rng)
    return _put(pair.zh, match, rng.choice(["未", "不"]) + match.group()) if match else None


def _pieces(zh: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for at, char in enumerate(zh):
        if char in _STOPS:
            spans.append((start, at + 1))
            start = at + 1
    if start < len(zh):
        spans.append((start, len(zh)))
    return spans


def _clause_cut(pair: Pair, rng: random.Random) -> str | None:
    spans = [(a, b) for a, b in _pieces(pair.zh) if b - a >= 8]
    if len(spans) < 2:
        return None
    start, end = rng.choice(spans)
    zh = pair.zh[:start] + pair.zh[end:]
    return zh if zh[-1:] in "。！？" else zh.rstrip(_STOPS) + "。"


def _item_cut(pair: Pair, rng: random.Random) -> str | None:
    match = _place(
        r"(?<=、)[^、，。；：（）()和与及]{2,12}、|(?<=[\u4e00-\u9fff])、[^、，。；：（）()和与及]{2,12}(?=[、和及])",
        pair.zh,
        rng,
    )
    return _put(pair.zh, match, "") if match else None


def _last_item_cut(pair: Pair, rng: random.Random) -> str | None:
    match = _place(r"(?<=[\u4e00-\u9fff])[和及与][\u4e00-\u9fff]{2,8}(?=[，。；])", pair.zh, rng)
    return _put(pair.zh, match, "") if match and "、" in pair.zh[: match.start()] else None


def _bracket_cut(pair: Pair, rng: random.Random) -> str | None:
    match = _place(r"[（(][^（）()]{4,40}[）)]", pair.zh, rng)
    return _put(pair.zh, match, "") if match else None


def _clause_added(pair: Pair, rng: random.Random) -> str | None:
    clause = rng.choice(
        [
            "患者均签署知情同意书",
            "其安全性有待进一步评估",
            "并定期复查肝肾功能",
            "老年人尤其如此",
            "术后给予抗生素治疗",
        ]
    )
    return re.sub("([。！？]?)$", f"，{clause}\\1", pair.zh, count=1) if len(pair.zh) > 10 else None


def _left_english(pair: Pair, rng: random.Random) -> str | None:
    """Leave an English clause in the place of a Chinese one, by order."""
    en = [part.strip(" .") for part in re.split(r", |; ", pair.en)]
    spans = [(a, b) for a, b in _pieces(pair.zh) if b - a >= 5]
    if len(en) < 2 or len(en) != len(spans):
        return None
    at = rng.randrange(len(en))
    if len(re.findall("[a-z]{3,}", en[at])) < 3:
        return None
    start, end = spans[at]
    return pair.zh[:start] + en[at] + pair.zh[end - 1 :]


def _word_doubled(pair: Pair, rng: random.Random) -> str | None:
    match = _place(
        r"(?:患者|研究|治疗|结果|病毒|感染|疾病|手术|分析|检测|可以|以及|进行|因此|我们|症状)", pair.zh, rng
    )
    return _put(pair.zh, match, match.group() * 2) if match else None


def _end_lost(pair: Pair, rng: random.Random) -> str | None:
    del rng
    return pair.zh[:-1] if pair.zh.endswith(("。", "？", "！")) and pair.en.rstrip()[-1:] in ".?!" else None


def _end_other(pair: Pair, rng: random.Random) -> str | None:
    del rng
    return pair.zh[:-1] + "，" if pair.zh.endswith("。") and pair.en.rstrip().endswith(".") else None


def _bracket_lost(pair: Pair, rng: random.Random) -> str | None:
    match = _place(r"[）)]", pair.zh, rng)
    return _put(pair.zh, match, "") if match and len(pair.zh) > 10 else None


def _mark_only(pair: Pair, rng: random.Random) -> str | None:
    del rng
    return "。" if len(pair.en) > 20 else None


def _mark_doubled(pair: Pair, rng: random.Random) -> str | None:
    match = _place("[，。；]", pair.zh, rng)
    return _put(pair.zh, match, match.group() * 2) if match else None


def _short_form_changed(pair: Pair, rng: random.Random) -> str | None:
    match = _place(r"(?<![A-Za-z0-9-])[A-Z]{3,5}(?![A-Za-z0-9-])", pair.zh, rng)
    if match is None or match.group() not in pair.en:
        return None
    short = match.group()
    return _put(pair.zh, match, short[1] + short[0] + short[2:])


def _address_changed(pair: Pair, rng: random.Random) -> str | None:
    match = _place(r"(?:https?://|www\.|10\.[0-9]{4,}/)[A-Za-z0-9./_-]{4,}", pair.zh, rng)
    return _put(pair.zh, match, match.group()[:-2] + "x" + match.group()[-1]) if match else None


def _level(pair: Pair, rng: random.Random) -> str | None:
    match = _place(r"(?<![A-Za-z0-9])[TL](?:1[0-2]|[1-5])(?![0-9A-Za-z])", pair.zh, rng)
    if match is None or not re.search("椎|vertebra|fracture|lumbar|spin", pair.zh + pair.en):
        return None
    number = int(match.group()[1:])
    return _put(pair.zh, match, match.group()[0] + str(number - 1 if number > 1 else number + 1))


_UNITS = {
    **{"mg": "g", "μg": "mg", "mL": "L", "ml": "L", "mm": "cm", "cm": "mm", "kg": "g", "mmol": "μmol"},
    **{"毫克": "克", "毫升": "升", "毫米": "厘米", "厘米": "毫米", "公斤": "克", "公里": "米"},
    **{"℃": "℉", "°C": "°F", "个月": "年", "小时": "分钟", "周": "天", "天": "周", "分钟": "秒"},
}
_TIMES = ("个月", "小时", "周", "天", "分钟")
_SIZES = [unit for unit in _UNITS if unit not in _TIMES]


def _after_number(units: Iterable[str]) -> str:
    names = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    return rf"(?:(?<=[0-9])|(?<=[0-9] ))(?:{names})(?![A-Za-z\u4e00-\u9fff]?[A-Za-z])"


_SIGNS = {"<": ">", "＜": "＞", ">": "<", "＞": "＜"}
KINDS: Mapping[str, _Edit] = {
    "number: count changed": _number(_COUNT),
    "number: any digit changed": _number(_DIGITS),
    "number: digits transposed": _transposed,
    "number: ten times as much": _ten_times,
    "number: two counts swapped": _two_swapped(_COUNT),
    "percent: changed": _number(_PERCENT),
    "percent: sign lost": _replace(r"(?<=[0-9])[%％]", {"%": "", "％": ""}),
    "percent: two swapped": _two_swapped(_PERCENT),
    "P value: changed": _number(_P_VALUE),
    "P value: sign turned": _replace(r"(?<=[PpＰ])[<＜>＞]|(?<=[PpＰ] )[<＜>＞]", _SIGNS),
    "P value: P lost": _replace(r"[PpＰ](?= ?[<＜>＞=＝] ?0?\.[0-9])", {"P": "", "p": "", "Ｐ": ""}),
    "unit: changed": _replace(_after_number(_SIZES), _UNITS),
    "unit: denominator changed": _replace(
        r"(?<=[a-zA-Zμ])/(?:dL|L|mL|kg|min|h|d)(?![A-Za-z])",
        {"/dL": "/L", "/L": "/mL", "/mL": "/L", "/kg": "", "/min": "/h", "/h": "/min", "/d": "/h"},
    ),
    "duration: changed": _number(rf"{_DIGITS}(?= ?(?:个月|小时|周|天|分钟|年(?![0-9])))"),
    "duration: unit changed": _replace(_after_number(_TIMES), _UNITS),
    "date: year changed": _number(r"(?<=(?<![0-9])20)[0-9]{2}(?= ?年)"),
    "date: month changed": _number(r"(?<=年)[1-9](?=月)|(?<=年 )[1-9](?= 月)"),
    "level: changed": _level,
    "staging: letter changed": _replace(
        r"(?<=[ⅠⅡⅢⅣ])[AaBb](?= ?期)", {"A": "B", "B": "A", "a": "b", "b": "a"}
    ),
    "negation: lost": _denial_lost,
    "negation: added": _denial_added,
    "direction: up and down": _turned(
        "增加/减少 升高/降低 上升/下降 高于/低于 较高/较低 更高/更低 "
        "增大/减小 延长/缩短 多于/少于 改善/恶化 优于/劣于",
        en=r"increas|decreas|higher|lower|more|less|fewer|reduc|rise|rose|fell|improv|wors|better"
        r"|long|short|large|small",
    ),
    "direction: before and after": _turned(
        "术前/术后 治疗前/治疗后 之前/之后",
    ),
    "laterality: left and right": _turned(
        "左/右",
        en=r"\b(?:left|right)\b",
    ),
    "laterality: one side of another": _turned(
        "前路/后路 前方/后方 前缘/后缘 内侧/外侧 近端/远端 单侧/双侧 "
        "上肢/下肢 同侧/对侧 前外侧/后外侧 前壁/后壁",
    ),
    "opposite: benign, acute, positive": _turned(
        "良性/恶性 急性/慢性 阳性/阴性 原发/继发 动脉/静脉 "
        "收缩压/舒张压 轻度/重度 最大/最小 高危/低危 男性/女性 "
        "住院/门诊 死亡/存活 成人/儿童 纳入/排除 前瞻性/回顾性 "
        "口服/静脉注射 早期/晚期",
    ),
    "statistic: mean, median, ratio": _turned(
        "平均/中位 中位数/平均值 比值比/风险比 相对危险度/比值比 "
        "风险比/比值比 灵敏度/特异度 敏感性/特异性 标准差/标准误",
    ),
    "omission: clause": _clause_cut,
    "omission: list item": _item_cut,
    "omission: last list item": _last_item_cut,
    "omission: bracket": _bracket_cut,
    "addition: clause": _clause_added,
    "untranslated: clause": _left_english,
    "repetition: word doubled": _word_doubled,
    "punctuation: end mark lost": _end_lost,
    "punctuation: end mark other": _end_other,
    "punctuation: bracket lost": _bracket_lost,
    "punctuation: mark doubled": _mark_doubled,
    "omission: mark only": _mark_only,
    "abbreviation: letters changed": _short_form_changed,
    "address: changed": _address_changed,
}
"""The kinds of edits, each with what makes it; the word before the colon is the check that should find it."""
