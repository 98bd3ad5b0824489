"""Slips made of correct pairs: one automatic edit of the Chinese each, of some forty kinds, from a seed.

An edit knows the surface alone, not the checks: regular expressions find what to change, so that what the
checks read wrongly is not left out of their measure.
"""

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aligner.checks.edit_operations import (
    COUNT,
    DIGITS,
    P_VALUE,
    PERCENT,
    Edit,
    address_changed,
    adjunct_cut,
    arms_exchanged,
    bracket_cut,
    bracket_lost,
    clause_added,
    clause_cut,
    comparison_turned,
    denial_added,
    denial_lost,
    end_lost,
    end_other,
    ends_swapped,
    item_added,
    item_cut,
    last_item_cut,
    left_english,
    level,
    mark_doubled,
    mark_only,
    name_cut,
    number,
    replace,
    short_form_changed,
    ten_times,
    transposed,
    turned,
    two_swapped,
    word_doubled,
)
from aligner.checks.english_edits import (
    english_adjunct_cut,
    english_bracket_cut,
    english_clause_cut,
    english_item_cut,
    english_last_item_cut,
    english_name_cut,
)
from aligner.types import Language, Pair


@dataclass(frozen=True, slots=True)
class Slip:
    """A correct pair with one edit: its kind, and the edited side (the Chinese, as a rule) before."""

    pair: Pair
    kind: str
    was: str
    side: Language = "zh"


def make_slips(
    pairs: Sequence[Pair], *, seed: int = 1, per_kind: int = 0, side: Language = "zh"
) -> list[Slip]:
    """Edit correct pairs: each kind once a pair wherever it can be made, in a fixed order.

    Args:
        pairs: correct pairs, with text on both sides.
        seed: of the choice of places.
        per_kind: at most so many slips of a kind, evenly drawn; 0 for no limit.
        side: which is edited: the Chinese in all `KINDS`, or the English in `ENGLISH_KINDS`.
    """
    slips = []
    for kind, edit in (KINDS if side == "zh" else ENGLISH_KINDS).items():
        rng = random.Random(f"{seed} {kind}")
        found = list(_of_kind(kind, edit, pairs, rng, side))
        if per_kind and len(found) > per_kind:
            found = [found[at] for at in sorted(rng.sample(range(len(found)), per_kind))]
        slips += found
    return slips


def _of_kind(
    kind: str, edit: Edit, pairs: Iterable[Pair], rng: random.Random, side: Language
) -> Iterator[Slip]:
    for pair in pairs:
        was = pair.zh if side == "zh" else pair.en
        text = edit(pair, rng)
        if text is not None and text != was:
            texts = (pair.en, text) if side == "zh" else (text, pair.zh)
            yield Slip(Pair(f"{pair.record}#{kind}", pair.bead, *texts), kind, was, side)


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
KINDS: Mapping[str, Edit] = {
    "number: count changed": number(COUNT),
    "number: any digit changed": number(DIGITS),
    "number: digits transposed": transposed,
    "number: ten times as much": ten_times,
    "number: two counts swapped": two_swapped(COUNT),
    "percent: changed": number(PERCENT),
    "percent: sign lost": replace(r"(?<=[0-9])[%％](?! ?(?:[-~～–—±至到]|\+/-))", {"%": "", "％": ""}),
    "percent: two swapped": two_swapped(PERCENT),
    "P value: changed": number(P_VALUE),
    "P value: sign turned": replace(r"(?<=[PpＰ])[<＜>＞]|(?<=[PpＰ] )[<＜>＞]", _SIGNS),
    "P value: P lost": replace(r"[PpＰ](?= ?[<＜>＞=＝] ?0?\.[0-9])", {"P": "", "p": "", "Ｐ": ""}),
    "unit: changed": replace(_after_number(_SIZES), _UNITS),
    "unit: denominator changed": replace(
        r"(?<=[a-zA-Zμ])/(?:dL|L|mL|kg|min|h|d)(?![A-Za-z])",
        {"/dL": "/L", "/L": "/mL", "/mL": "/L", "/kg": "", "/min": "/h", "/h": "/min", "/d": "/h"},
    ),
    "duration: changed": number(rf"{DIGITS}(?= ?(?:个月|小时|周|天|分钟|年(?![0-9])))"),
    "duration: unit changed": replace(_after_number(_TIMES), _UNITS),
    "date: year changed": number(r"(?<=(?<![0-9])20)[0-9]{2}(?= ?年)"),
    "date: month changed": number(r"(?<=年)[1-9](?=月)|(?<=年 )[1-9](?= 月)"),
    "duration: two swapped": two_swapped(rf"{DIGITS}(?= ?(?:个月|小时|周|天|分钟|岁|年(?![0-9])))"),
    "owner: arms exchanged": arms_exchanged,
    "owner: comparison turned": comparison_turned,
    "owner: sides swapped": ends_swapped(
        "左/右 单侧/双侧 术前/术后 治疗前/治疗后 之前/之后 前方/后方 前缘/后缘 内侧/外侧 近端/远端"
    ),
    "owner: directions swapped": ends_swapped("增加/减少 升高/降低 上升/下降 较高/较低 高于/低于 改善/恶化"),
    "level: changed": level,
    "staging: letter changed": replace(
        r"(?<=[ⅠⅡⅢⅣ])[AaBb](?= ?期)", {"A": "B", "B": "A", "a": "b", "b": "a"}
    ),
    "negation: lost": denial_lost,
    "negation: added": denial_added,
    "negation: word turned": turned(
        "不可逆/可逆 不稳定/稳定 不完全/完全 不规则/规则 不常见/常见 "
        "无症状/有症状 无效/有效 不一致/一致 不明确/明确",
    ),
    "direction: up and down": turned(
        "增加/减少 升高/降低 上升/下降 高于/低于 较高/较低 更高/更低 "
        "增大/减小 延长/缩短 多于/少于 改善/恶化 优于/劣于",
        en=r"increas|decreas|higher|lower|more|less|fewer|reduc|rise|rose|fell|improv|wors|better"
        r"|long|short|large|small",
    ),
    "direction: before and after": turned(
        "术前/术后 治疗前/治疗后 之前/之后",
    ),
    "laterality: left and right": turned(
        "左/右",
        en=r"\b(?:left|right)\b",
    ),
    "laterality: one side of another": turned(
        "前路/后路 前方/后方 前缘/后缘 内侧/外侧 近端/远端 单侧/双侧 "
        "上肢/下肢 同侧/对侧 前外侧/后外侧 前壁/后壁",
    ),
    "opposite: benign, acute, positive": turned(
        "良性/恶性 急性/慢性 阳性/阴性 原发/继发 动脉/静脉 "
        "收缩压/舒张压 轻度/重度 最大/最小 高危/低危 男性/女性 "
        "住院/门诊 死亡/存活 成人/儿童 纳入/排除 前瞻性/回顾性 "
        "口服/静脉注射 早期/晚期",
    ),
    "statistic: mean, median, ratio": turned(
        "平均/中位 中位数/平均值 比值比/风险比 相对危险度/比值比 "
        "风险比/比值比 灵敏度/特异度 敏感性/特异性 标准差/标准误",
    ),
    "term: neighbouring part": turned(
        "椎间盘/椎管 松质骨/皮质骨 股骨颈/股骨头 骨小梁/皮质 椎体/椎间盘 椎间/椎体",
    ),
    "omission: clause": clause_cut,
    "omission: list item": item_cut,
    "omission: last list item": last_item_cut,
    "omission: bracket": bracket_cut,
    "omission: adjunct": adjunct_cut,
    "omission: name": name_cut,
    "addition: clause": clause_added,
    "addition: list item": item_added,
    "untranslated: clause": left_english,
    "repetition: word doubled": word_doubled,
    "punctuation: end mark lost": end_lost,
    "punctuation: end mark other": end_other,
    "punctuation: bracket lost": bracket_lost,
    "punctuation: mark doubled": mark_doubled,
    "omission: mark only": mark_only,
    "abbreviation: letters changed": short_form_changed,
    "address: changed": address_changed,
}
"""The kinds of edits, each with what makes it; the word before the colon is the check that should find it."""
ENGLISH_KINDS: Mapping[str, Edit] = {
    "addition: clause not in the English": english_clause_cut,
    "addition: list item not in the English": english_item_cut,
    "addition: last list item not in the English": english_last_item_cut,
    "addition: bracket not in the English": english_bracket_cut,
    "addition: adjunct not in the English": english_adjunct_cut,
    "addition: name not in the English": english_name_cut,
}
"""What a translation from the Chinese leaves out: edits of the English."""
