"""Words that stand twice in a row in the Chinese."""

import re
from collections.abc import Iterator

from aligner.checks.base import Check, of_pair
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.text.han import HAN
from aligner.types import Finding

# Chinese doubles single characters (常常), counted words (一个一个) and, in speech, verbs (研究研究).
_WORDS = re.compile(
    rf"(?P<han>[{HAN}]{{2,8}})(?P=han)|(?<![A-Za-z])(?P<latin>[A-Za-z]{{2,}})[ ]+(?P=latin)(?![A-Za-z-])"
)
_ONE = re.compile(r"(?P<one>[是和与及将被并于])(?P=one)|(?<![目标靶似])的的(?!确)|(?<![对])对对(?![对照比])")
_REGULAR = re.compile(
    r"一.{1,3}$|(.)\1$|[零〇一二三四五六七八九十百千万]+$|比比皆|哈哈|等等|形形|种种|方方|家家|个个"
)


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Find doubled words, and doubled particles that no word of Chinese begins or ends with."""
    del context
    zh = parsed.pair.zh
    for match in _WORDS.finditer(zh):
        word = match["han"] or match["latin"]
        if _REGULAR.match(word) or (match["latin"] and match.group().lower() in parsed.pair.en.lower()):
            continue
        message = f"{word} stands twice in a row"
        yield parsed.finding(
            "repetition",
            "warning",
            message,
            (None, match.span()),
            category="linguistic conventions",
            suggestion=word,
        )
    for match in _ONE.finditer(zh):
        message = f"{match.group()[0]} stands twice in a row"
        yield parsed.finding(
            "repetition", "info", message, (None, match.span()), category="linguistic conventions"
        )


CHECK = Check(
    check,
    wrong=of_pair("The patients recovered.", "患者患者均恢复。"),
    right=of_pair("The patients recovered one by one.", "患者一个一个恢复。"),
)
