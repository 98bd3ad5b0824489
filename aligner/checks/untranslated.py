"""English left standing in the Chinese, and Chinese in the English."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import accumulate

from aligner.checks.base import Check, of_pair
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.text.addresses import masked
from aligner.text.han import HAN, has_han
from aligner.types import Finding, Span

_HAN_RUN = re.compile(f"[{HAN}]{{2,}}")
_WORD = "[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’]*"
_RUN = re.compile(
    rf"(?<![A-Za-z0-9À-ɏ])(?<![.@/]){_WORD}(?:(?: - |[ -]){_WORD})*(?![0-9])"
    rf"(?! ?[.@/] ?[A-Za-z])"
)
# What follows a name that Chinese leaves in Latin letters: Kaplan-Meier曲线, Mantel-Haenszel检验.
_NAMED = re.compile(
    rf" ?[{HAN}]{{0,5}}?(?:病|征|氏|法|术|评分|量表|指数|分级|分期|分型|分类|试验|检验"
    r"|检测|回归|模型|曲线|校正|医生|教授|公司|大学|医院|软件"
    r"|染色|现象|系统|数据库|杂志|基因|细胞|界值|菌|测验|原则|标准|指南|研究|淋巴瘤|肉瘤|方程"
    r"|公式|定理|分析|环|角)"
)


# Endings of ordinary and medical English; names of drugs and acronyms have others.
_SHAPE = re.compile(
    r"(?:ic|al|ous|ity|tions?|sions?|osis|itis|pathy|ectomy|otomy|plasty|scopy|graphy|emia"
    r"|aemia|omas?|ments?|ness|ance|ency)$"
)
_BINDING = re.compile(
    r"an?|the|and|or|but|of|in|on|at|to|for|from|with|by|as|is|are|was|were|be|been|ha[sd]|have|that|which|who"
    r"|whose|this|these|we|our|its?|their|they|your?|if|when|while|can|could|may|not|than"
)
_KNOWN = 2.2  # on the Zipf scale: 16 times in a hundred million words


@cache
def _kept() -> frozenset[str]:
    """Words that Chinese medical prose keeps in Latin letters."""
    return frozenset(
        files("aligner.checks").joinpath("kept_latin.txt").read_text(encoding="utf-8").split("\n")
    )


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Find words and phrases of one language in the other, outside brackets, and what holds no Chinese."""
    del context
    en, zh = parsed.pair.en, masked(parsed.pair.zh)
    if not en.strip() or not zh.strip():
        return
    yield from _chinese_in_english(parsed)
    if not has_han(zh):
        if len(re.findall(r"[a-z]{3,}", zh)) >= 3:
            yield parsed.finding(
                "untranslated", "error", "The Chinese text holds no Chinese", (None, (0, len(zh)))
            )
        return
    low, depths = _close_hyphens(en.lower()), _depths(zh)
    for match in _RUN.finditer(zh):
        run = _close_hyphens(match.group())
        words = re.split(r"[ -]", run)
        if _is_clause(words) and run.lower() in low and not (depths[match.start()] and _is_title(words)):
            message = f"'{match.group()}' is left in English"
            yield parsed.finding("untranslated", "error", message, (_where(en, run), match.span()))
            continue
        plain = [word for word in words if _is_plain(word, en) and not _is_short_form(word, en, zh)]
        if not plain or run.lower() not in low or depths[match.start()] > 0:
            continue
        if _is_quoted(zh, match.span()) or _is_first_name(run, en) or _is_molecule(zh, match.span()):
            continue
        if _is_name(run, words, en) or (" " not in run and _NAMED.match(zh, match.end())):
            continue
        if len(plain) >= max(1, len(words) - 1) and (" " in run or _is_english(plain)):
            message = f"'{match.group()}' is left in English"
            yield parsed.finding("untranslated", "warning", message, (_where(en, run), match.span()))


def _chinese_in_english(parsed: ParsedPair) -> Iterator[Finding]:
    """Find two and more Han characters in a row in the English, where no bracket or quotation holds them."""
    en = parsed.pair.en
    depths = _depths(en)
    for match in _HAN_RUN.finditer(en):
        if depths[match.start()] == 0 and not _is_quoted(en, match.span()):
            message = f"{match.group()} is left in Chinese"
            yield parsed.finding("untranslated", "error", message, (match.span(), None))


def _is_clause(words: list[str]) -> bool:
    """Tell whether words are a piece of an English sentence: five of them, with two that bind."""
    return len(words) >= 5 and len({word for word in words if _BINDING.fullmatch(word)}) >= 2


def _is_title(words: list[str]) -> bool:
    """Tell whether all words but those that bind have a capital, as in the name of a society."""
    return all(word[:1].isupper() or _BINDING.fullmatch(word) for word in words)


def _is_molecule(zh: str, span: Span) -> bool:
    """Tell whether a word is a part of a name with a Greek letter or a number: β-actin, caspase-3."""
    before, after = zh[max(0, span[0] - 3) : span[0]], zh[span[1] : span[1] + 2]
    return re.search("[α-ω]-?$", before) is not None or re.match("-[0-9]", after) is not None


def _close_hyphens(text: str) -> str:
    return text.replace(" - ", "-")


def _is_english(words: list[str]) -> bool:
    """Tell whether a general English word list knows one of the words; it knows no acronyms and new drugs."""
    from wordfreq import zipf_frequency

    return any(_SHAPE.search(word) or zipf_frequency(word.lower(), "en") >= _KNOWN for word in words)


def _is_short_form(word: str, en: str, zh: str) -> bool:
    """Tell whether a word is an acronym that one of the texts explains, be it in lower case."""
    return any(
        f"{left}{word}{right}" in text for text in (en, zh) for left, right in ("()", "（）", "[]")
    ) or any(f"，{word}{right}" in zh for right in "）)")


def _is_plain(word: str, en: str) -> bool:
    """Tell whether a word is ordinary English: long enough, no inner capitals, not one that Chinese keeps.

    What the English has in lower case alone is ordinary in capitals too.
    """
    small = word[1:].islower() or (word not in en and re.search(rf"\b{word.lower()}\b", en) is not None)
    return len(word) >= 4 and small and word.isascii() and word.lower() not in _kept()


def _is_name(run: str, words: list[str], en: str) -> bool:
    """Tell whether English writes the words with capitals inside a sentence, as it does names."""
    if any(word.islower() for word in words):
        return False
    return len(words) > 1 or re.search(rf"[a-z0-9,)] {re.escape(run)}\b", en) is not None


def _is_quoted(text: str, span: Span) -> bool:
    """Tell whether words are quoted as words: called “Wuhan pneumonia”."""
    return text[max(0, span[0] - 1) : span[0]] in ("“", '"', "‘") and text[span[1] : span[1] + 1] in (
        "”",
        '"',
        "’",
    )


def _is_first_name(run: str, en: str) -> bool:
    """Tell whether one word with a capital in the Chinese begins an English sentence: mostly a name."""
    if not run[:1].isupper() or " " in run or _SHAPE.search(run):
        return False
    return re.search(rf"(?:^|[.!?] ){re.escape(run)}\b", en) is not None


def _where(en: str, run: str) -> Span | None:
    at = en.lower().find(run.lower())
    return (at, at + len(run)) if at >= 0 else None


def _depths(text: str) -> list[int]:
    """Return for each place how many brackets are open there."""
    steps = ((char in "(（[［【《") - (char in ")）]］】》") for char in text)
    return list(accumulate(steps, initial=0))


CHECK = Check(
    check,
    wrong=of_pair("The wound healed without drainage.", "伤口愈合，without drainage。"),
    right=of_pair("The wound healed without drainage.", "伤口未引流即愈合。"),
)
