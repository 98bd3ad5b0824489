"""When two forms are the same term: keys that variants share.

A key is compared, never shown. Two pairs of terms are one entry when both keys are the same, so a key may be
coarse: what one side blurs the other side keeps apart.
"""

import re
import unicodedata
from functools import lru_cache

from aligner.text.han import HAN, simplify
from aligner.text.lemma import lemma

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212/"
_GAP = re.compile(rf"[\s{re.escape(_DASHES)}]+")
_POSSESSIVE = re.compile(r"['\u2019\u2018\u02bc`]s?(?=\W|$)")
_MANY_SHORT = re.compile(r"(?<=[A-Z0-9]{2})s(?=\W|$)")  # CTs, OVCFs
_MOST_CAPITALS = 6  # letters of a short form; longer words in capitals are words
_UNCOUNTED = re.compile(r"[^\w%+.&<>=\u2264\u2265\u00b1]")
_RANKED = {"phase", "type", "stage", "grade", "class", "factor", "level", "category", "group"}
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_ZH_SAME = str.maketrans(
    {"粘": "黏", "瘀": "淤", "症": "", "性": "", "的": "", "之": "", "术": "", "約": "约"}
)
_PARTS = re.compile(f"[{HAN}]|[^{HAN}]+")
_ZH_NUMBER = re.compile(r"(?:viii|vii|vi|iv|ix|iii|ii|i|v|[一二三四五六七八九])(?=[期型级类度线])")
_ZH_DIGITS = {
    "一": "1",
    "二": "2",
    "三": "3",
    "四": "4",
    "五": "5",
    "六": "6",
    "七": "7",
    "八": "8",
    "九": "9",
}


@lru_cache(maxsize=50_000)
def english_key(text: str) -> str:
    """Return what the forms of an English term share.

    Blurs case, number, hyphen or space, British or American spelling, possessives, and Roman or Arabic
    numerals after words such as type and phase; leaves out an article before it.
    """
    plain = one_short(unicodedata.normalize("NFKC", text))
    written = [word for word in _GAP.split(_POSSESSIVE.sub("", plain)) if word]
    if len(written) > 1 and written[0].casefold() == "the":  # The Cancer Genome Atlas
        del written[0]
    words = [word.casefold() for word in written]
    result: list[str] = []
    for number, word in enumerate(words):
        base = _UNCOUNTED.sub("", word) or word
        if number and words[number - 1] in _RANKED and base in _ROMAN:
            base = _ROMAN[base]
        short = 1 < len(base) <= _MOST_CAPITALS and written[number].isupper()
        result.append(base if short else lemma(base))  # ERAS and AIDS are no plurals
    return "".join(result) or text


@lru_cache(maxsize=50_000)
def chinese_key(text: str) -> str:
    """Return what the forms of a Chinese term share.

    Blurs Traditional or Simplified, full or half width, case of Latin letters, 性, 的, 症 and 术 where
    one form has them and another does not (压缩骨折, 压缩性骨折), Roman, Chinese or Arabic numerals
    before 期, 型, 级, and the order of the parts (骨水泥清除, 清除骨水泥): its characters are sorted,
    Latin words and numbers as one.
    """
    plain = simplify(one_short(unicodedata.normalize("NFKC", text))).casefold()
    plain = _ZH_NUMBER.sub(lambda match: _ROMAN.get(match[0]) or _ZH_DIGITS[match[0]], plain)
    bare = _UNCOUNTED.sub("", plain).translate(_ZH_SAME)
    return "".join(sorted(_PARTS.findall(bare))) or plain


def may_be_short(text: str) -> bool:
    """Tell whether a term may be an abbreviation: a short word, and a very short one if without capitals."""
    if not 2 <= len(text) <= 10 or " " in text or not text[0].isalnum():
        return False
    return len(text) <= 5 or sum(letter.isupper() or letter.isdigit() for letter in text) >= 2


def one_short(text: str) -> str:
    """Return a short form without the plural's s (CTs, RCTs)."""
    return _MANY_SHORT.sub("", text)


def shortens(short: str, long: str) -> bool:
    """Tell whether the letters of ``short`` stand in ``long`` in order, the first at its start.

    A short form without capitals, as lower-cased corpora have them, is held to more: each of its letters
    must begin a word.

    References:
        Schwartz and Hearst 2003, A simple algorithm for identifying abbreviation definitions in biomedical
        text, Pacific Symposium on Biocomputing. Here the long form is known, so only their test is left.
    """
    bare = one_short(short)
    letters = [letter for letter in bare.casefold() if letter.isalnum()]
    rest = long.casefold()
    if not letters or len(long) <= len(short) or not rest.startswith(letters[0]):
        return False
    if not any(letter.isupper() or letter.isdigit() for letter in bare):
        rest = "".join(word[0] for word in re.findall(r"\w+", rest))
    position = 0
    for letter in letters:
        position = rest.find(letter, position) + 1
        if not position:
            return False
    return True
