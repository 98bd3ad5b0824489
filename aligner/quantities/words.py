"""What number words say, in both languages."""

import re
from decimal import Decimal

_UNITS = "one two three four five six seven eight nine".split()  # noqa: SIM905
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()  # noqa: SIM905
_WORDS = {word: value for value, word in enumerate(_UNITS + _TEENS, 1)}
_WORDS |= {word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)} | {
    "zero": 0,
    "a": 1,
    "an": 1,
}
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}

_unit, _tens = "|".join(_UNITS), "|".join(_TENS)
_below_100 = rf"(?:(?:{_tens})(?:[- ](?:{_unit}))?|{'|'.join(reversed(_TEENS))}|{_unit})"
_below_1000 = rf"(?:(?:{_unit}|an?) hundred(?: (?:and )?{_below_100})?|{_below_100})"
ENGLISH_WORD = (
    rf"(?:{_below_1000}|an?)(?: (?:thousand|million|billion)(?:,? (?:and )?{_below_1000})?)"
    rf"|{_below_1000}|zero|(?:half )?an? dozen|half a (?:million|billion|thousand)|half|twice"
)
_HAN = {c: v for v, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2, "○": 0}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000}
_ABOUT = dict.fromkeys(map(ord, "多余餘"))
_HAN_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}


def english_word(words: str) -> Decimal:
    """Return what an English number word says: ``ninety-one``, ``two hundred and six``, ``half``."""
    if words.lower().startswith("half a ") and words.split()[-1].lower() in SCALES:
        return Decimal(SCALES[words.split()[-1].lower()]) / 2
    total = current = 0
    for word in re.split(r"[ ,-]+", words.lower()):
        if word in _WORDS:
            current += _WORDS[word]
        elif word == "hundred":
            current *= 100
        elif word in SCALES:
            total, current = total + current * SCALES[word], 0
        elif word == "dozen":
            return Decimal(6 if words.lower().startswith("half") else 12)
        elif word == "half":
            current = -1
        elif word == "twice":
            return Decimal(2)
    return Decimal("0.5") if current == -1 else Decimal(total + current)


def chinese_word(words: str) -> Decimal:
    """Return what a Chinese number word says: 一百二十, 两千零六, 三点五, 半; 二〇一八 digit by digit."""
    words = words.translate(_ABOUT)
    if words == "半":
        return Decimal("0.5")
    whole, _, fraction = words.partition("点")
    if len(whole) > 1 and all(c in _HAN for c in whole):
        value = int("".join(str(_HAN[c]) for c in whole))
    else:
        value = _han_value(whole)
    return Decimal(f"{value}.{''.join(str(_HAN[c]) for c in fraction)}") if fraction else Decimal(value)


def _han_value(words: str) -> int:
    total = section = digit = last = 0
    for c in words:
        if c in _HAN:
            digit = _HAN[c]
        elif c in _HAN_SCALES:
            last = _HAN_SCALES[c]
            section, digit = section + (digit or 1) * last, 0
        else:
            last = _HAN_BIG[c]
            total, section, digit = (total + section + digit or 1) * last, 0, 0
    if digit and last >= 100 and words[-2] != "零" and words[-2] in "百千万亿萬億":
        digit *= last // 10  # 一百二 is 120, 一万二 is 12,000
    return total + section + digit
