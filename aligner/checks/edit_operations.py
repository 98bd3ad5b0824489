"""What an edit does to the Chinese of a correct pair: one small change, or none where it finds no place."""

import random
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise

from aligner.types import Pair

Edit = Callable[[Pair, random.Random], str | None]
DIGITS = r"(?<![A-Za-z0-9.\-/^<×_])[0-9]+(?:\.[0-9]+)?(?![0-9.]*[A-Za-z0-9^×])"
COUNT = rf"{DIGITS}(?= ?[例名个人项次只处])"
PERCENT = r"(?<![0-9.A-Za-z-])[0-9]+(?:\.[0-9]+)?(?= ?[%％])"
P_VALUE = r"(?<=[PpＰ]) ?[=＝<＜>＞≤≥] ?0?\.[0-9]+"
_STOPS = "，；。！？：,;"


def _place(pattern: str, text: str, rng: random.Random) -> re.Match[str] | None:
    found = list(re.finditer(pattern, text))
    return rng.choice(found) if found else None


def _put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def number(pattern: str) -> Edit:
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


def transposed(pair: Pair, rng: random.Random) -> str | None:
    """Exchange two digits."""
    match = _place(r"(?<![0-9A-Za-z.-])([0-9])(?!\1)([0-9])(?![0-9A-Za-z])", pair.zh, rng)
    return _put(pair.zh, match, match[2] + match[1]) if match and match[2] != "0" else None


def ten_times(pair: Pair, rng: random.Random) -> str | None:
    """Move a decimal point by one place."""
    match = _place(r"(?<![0-9A-Za-z.-])[1-9][0-9]*\.[0-9]+", pair.zh, rng)
    if match is None:
        return None
    whole, _, part = match.group().partition(".")
    return _put(pair.zh, match, f"{whole}{part[0]}.{part[1:]}" if part[1:] else whole + part)


def replace(pattern: str, new: Mapping[str, str]) -> Edit:
    """Put one word for another, where the pattern finds it."""

    def edit(pair: Pair, rng: random.Random) -> str | None:
        match = _place(pattern, pair.zh, rng)
        return _put(pair.zh, match, new[match.group()]) if match else None

    return edit


def turned(words: str, *, en: str = "") -> Edit:
    """Put a word for its opposite (``a/b``), either way; with ``en``, only where the English has the like."""
    couples = [tuple(couple.split("/")) for couple in words.split()]
    table = {one: other for a, b in couples for one, other in ((a, b), (b, a))}
    pattern = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    turn = replace(pattern, table)

    def edit(pair: Pair, rng: random.Random) -> str | None:
        return turn(pair, rng) if not en or re.search(en, pair.en, re.IGNORECASE) else None

    return edit


def two_swapped(pattern: str) -> Edit:
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


def ends_swapped(words: str) -> Edit:
    """Exchange the two ends of a couple of words (``a/b``) where the Chinese has both."""
    couples = [tuple(couple.split("/")) for couple in words.split()]

    def edit(pair: Pair, rng: random.Random) -> str | None:
        there = [couple for couple in couples if all(pair.zh.count(word) == 1 for word in couple)]
        if not there:
            return None
        a, b = rng.choice(there)
        return pair.zh.replace(a, "\0").replace(b, a).replace("\0", b)

    return edit


_ARM = (
    r"(?<![A-Za-z0-9-])[A-Z][A-Za-z+-]*[A-Z][A-Za-z0-9+-]*(?= ?组)"
    "|治疗组|对照组|观察组|试验组|实验组|干预组|安慰剂组|病例组|单纯组|联合组|男性|女性|儿童|成人"
)


def arms_exchanged(pair: Pair, rng: random.Random) -> str | None:
    """Exchange the names of two arms where a value of the first stands between them."""
    zh = pair.zh
    found = [m for m in re.finditer(_ARM, zh) if m.group() in pair.en or not m.group().isascii()]
    couples = [
        (a, b)
        for a, b in pairwise(found)
        if a.group() != b.group()
        and a.group().isascii() == b.group().isascii()
        and re.search(r"[0-9]", zh[a.end() : b.start()])
        and not re.search("[。；]", zh[a.end() : b.start()])
    ]
    if not couples:
        return None
    one, other = rng.choice(couples)
    between = zh[one.end() : other.start()]
    return zh[: one.start()] + other.group() + between + one.group() + zh[other.end() :]


_COMPARED = (
    re.compile(
        r"(?<![\u4e00-\u9fffA-Za-z-])([\u4e00-\u9fffA-Za-z-]{1,10}?组)([^，。；组]{0,16}(?:[优高低多少大小长短劣]于|较|比))"
        r"([\u4e00-\u9fffA-Za-z-]{1,10}?组)"
    ),
    re.compile(
        r"(?:(?<=[，。；：])|^)([\u4e00-\u9fffA-Za-z-]{2,12}?)([优高低多少大小长短劣]于)"
        r"([\u4e00-\u9fffA-Za-z-]{2,12})(?=[，。；（(])"
    ),
)


def comparison_turned(pair: Pair, rng: random.Random) -> str | None:
    """Exchange what is compared with what it is compared with."""
    found = next((found for form in _COMPARED if (found := list(form.finditer(pair.zh)))), [])
    match = rng.choice(found) if found else None
    return _put(pair.zh, match, match[3] + match[2] + match[1]) if match else None


_DENIAL = r"\b(?:not|no|never|without|none|cannot|neither|nor)\b|n[’']t\b"
_ZH_DENIAL = (
    "并未|尚未|从未|没有|并不|不会|不能|不是|不得|未能|未(?=[^来必])|无(?=[^论菌])|不(?=[^同断仅但过足良])"
)


def denial_lost(pair: Pair, rng: random.Random) -> str | None:
    """Take out a word of denial."""
    if not re.search(_DENIAL, pair.en, re.IGNORECASE):
        return None
    match = _place(_ZH_DENIAL, pair.zh, rng)
    kept = {"没有": "有", "不会": "会", "不能": "能", "不是": "是", "无": "有", "未能": "能"}
    return _put(pair.zh, match, kept.get(match.group(), "")) if match else None


def denial_added(pair: Pair, rng: random.Random) -> str | None:
    """Put a word of denial before a verb."""
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


def _is_balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("（）", "()", "“”"))


def clause_cut(pair: Pair, rng: random.Random) -> str | None:
    """Cut a clause, none that a bracket begins or ends in."""
    spans = [(a, b) for a, b in _pieces(pair.zh) if b - a >= 8 and _is_balanced(pair.zh[a:b])]
    if len(spans) < 2:
        return None
    start, end = rng.choice(spans)
    zh = pair.zh[:start] + pair.zh[end:]
    return zh if zh[-1:] in "。！？" else zh.rstrip(_STOPS) + "。"


def item_cut(pair: Pair, rng: random.Random) -> str | None:
    """Cut a list item in the middle of its list."""
    match = _place(
        r"(?<=、)[^、，。；：（）()和与及]{2,12}、|(?<=[\u4e00-\u9fff])、[^、，。；：（）()和与及]{2,12}(?=[、和及])",
        pair.zh,
        rng,
    )
    return _put(pair.zh, match, "") if match else None


_JOINT = "(?:以及|(?<!总)和|(?<![以涉波普提危触])及|(?<!参)与(?!之))"


def last_item_cut(pair: Pair, rng: random.Random) -> str | None:
    """Cut the last item of a list."""
    match = _place(rf"(?<=[\u4e00-\u9fff]){_JOINT}[\u4e00-\u9fff]{{2,8}}(?=[，。；])", pair.zh, rng)
    return _put(pair.zh, match, "") if match and "、" in pair.zh[: match.start()] else None


def bracket_cut(pair: Pair, rng: random.Random) -> str | None:
    """Cut a bracket with what is in it."""
    match = _place(r"[（(][^（）()]{4,40}[）)]", pair.zh, rng)
    return _put(pair.zh, match, "") if match else None


_ADJUNCT = (
    r"(?:在|于|对|经|通过|采用|使用|应用|根据|随着|由于)[^，。；：、（）()]{1,14}?"
    r"(?:期间|过程中|方面|(?:情况|条件|作用|影响|基础)[下上]|[中时后前内间])(?=[，\u4e00-\u9fff])，?"
    r"|(?<=[，；、的是为有对在于及和与])[\u4e00-\u9fff]{2,8}的(?=[\u4e00-\u9fff]{2})"
)


def adjunct_cut(pair: Pair, rng: random.Random) -> str | None:
    """Cut an adverbial of time or place, or a modifier that ends in 的."""
    match = _place(_ADJUNCT, pair.zh, rng)
    return _put(pair.zh, match, "") if match else None


_NAME = r"(?<![A-Za-z0-9/-])[A-Za-z][A-Za-z0-9/-]*[A-Z0-9][A-Za-z0-9/-]*(?![A-Za-z0-9])"


def name_cut(pair: Pair, rng: random.Random) -> str | None:
    """Cut a short form, or the name of a gene, a cell line or a scale, that the English has too."""
    match = _place(_NAME, pair.zh, rng)
    return _put(pair.zh, match, "") if match and match.group() in pair.en else None


@cache
def _insertions(kind: str) -> tuple[str, ...]:
    rows = files("aligner.checks").joinpath("insertions.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(row.partition("\t")[2] for row in rows if row.startswith(f"{kind}\t"))


def clause_added(pair: Pair, rng: random.Random) -> str | None:
    """Put a clause of another text in."""
    if len(pair.zh) <= 10:
        return None
    clause = rng.choice(_insertions("clause"))
    match = _place("[，。；！？]", pair.zh, rng)
    return _put(pair.zh, match, f"，{clause}{match.group()}") if match else f"{pair.zh}，{clause}"


def item_added(pair: Pair, rng: random.Random) -> str | None:
    """Put an item into a list."""
    match = _place(r"(?<=[\u4e00-\u9fff])、(?=[\u4e00-\u9fff])", pair.zh, rng)
    return _put(pair.zh, match, f"、{rng.choice(_insertions('item'))}、") if match else None


def left_english(pair: Pair, rng: random.Random) -> str | None:
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


def word_doubled(pair: Pair, rng: random.Random) -> str | None:
    """Write a word twice."""
    match = _place(
        r"(?:患者|研究|治疗|结果|病毒|感染|疾病|手术|分析|检测|可以|以及|进行|因此|我们|症状)", pair.zh, rng
    )
    return _put(pair.zh, match, match.group() * 2) if match else None


def end_lost(pair: Pair, rng: random.Random) -> str | None:
    """Cut the end mark."""
    del rng
    return pair.zh[:-1] if pair.zh.endswith(("。", "？", "！")) and pair.en.rstrip()[-1:] in ".?!" else None


def end_other(pair: Pair, rng: random.Random) -> str | None:
    """End with a comma."""
    del rng
    return pair.zh[:-1] + "，" if pair.zh.endswith("。") and pair.en.rstrip().endswith(".") else None


def bracket_lost(pair: Pair, rng: random.Random) -> str | None:
    """Cut a closing bracket."""
    match = _place(r"[）)]", pair.zh, rng)
    return _put(pair.zh, match, "") if match and len(pair.zh) > 10 else None


def mark_only(pair: Pair, rng: random.Random) -> str | None:
    """Leave nothing but a stop."""
    del rng
    return "。" if len(pair.en) > 20 else None


def mark_doubled(pair: Pair, rng: random.Random) -> str | None:
    """Write a mark twice."""
    match = _place("[，。；]", pair.zh, rng)
    return _put(pair.zh, match, match.group() * 2) if match else None


def short_form_changed(pair: Pair, rng: random.Random) -> str | None:
    """Exchange two letters of a short form."""
    match = _place(r"(?<![A-Za-z0-9-])[A-Z]{3,5}(?![A-Za-z0-9-])", pair.zh, rng)
    if match is None or match.group() not in pair.en:
        return None
    short = match.group()
    return _put(pair.zh, match, short[1] + short[0] + short[2:])


def address_changed(pair: Pair, rng: random.Random) -> str | None:
    """Change a letter of an address."""
    match = _place(r"(?:https?://|www\.|10\.[0-9]{4,}/)[A-Za-z0-9./_-]{4,}", pair.zh, rng)
    return _put(pair.zh, match, match.group()[:-2] + "x" + match.group()[-1]) if match else None


def level(pair: Pair, rng: random.Random) -> str | None:
    """Name the vertebra next to the one named."""
    match = _place(r"(?<![A-Za-z0-9])[TL](?:1[0-2]|[1-5])(?![0-9A-Za-z])", pair.zh, rng)
    if match is None or not re.search("椎|vertebra|fracture|lumbar|spin", pair.zh + pair.en):
        return None
    number = int(match.group()[1:])
    return _put(pair.zh, match, match.group()[0] + str(number - 1 if number > 1 else number + 1))
