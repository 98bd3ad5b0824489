"""Dates of workbooks: serial numbers whose cell has the style of a date, as people write dates (ISO 8601)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import regex

_BUILT_IN = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Number formats that show dates or times (ECMA-376, part 1, 18.8.30; those of Chinese Excel among them)."""

_TEXT = regex.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_DATE = regex.compile(r"[ymdh]", regex.I)
_MAX_SERIAL = 2_958_466  # 31 December 9999


def is_date(number_format: int, custom: Mapping[int, str]) -> bool:
    """Tell whether a number format shows a date or a time."""
    code = custom.get(number_format)
    return number_format in _BUILT_IN if code is None else bool(_DATE.search(_TEXT.sub("", code)))


def date_text(serial: float, *, from_1904: bool) -> str:
    """Return a serial number as ``2024-01-31``, ``2024-01-31 10:30:00`` or ``10:30:00``."""
    if not 0 <= serial < _MAX_SERIAL:
        return ""
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    moment = start + timedelta(seconds=round(serial * 86_400))
    if serial < 1:
        return moment.strftime("%H:%M:%S")
    return moment.strftime("%Y-%m-%d" if float(serial).is_integer() else "%Y-%m-%d %H:%M:%S")
