"""Two plain files that make one record: ``NAME.en`` and ``NAME.zh``, ``NAME_en.txt`` and ``NAME_zh.txt``."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import regex

from aligner.types import Language

_CODES = {"en": ("en", "eng"), "zh": ("zh", "zh-CN", "zh-TW", "zh_CN", "zh_TW", "cn", "chi")}
_NAME = regex.compile(
    r"(?P<stem>.+?)(?P<mark>[._-])(?P<code>en|eng|zh[-_]cn|zh[-_]tw|zh|cn|chi)(?P<ext>(?:\.txt)?)", regex.I
)


@dataclass(frozen=True, slots=True)
class LanguageFile:
    """One of two files, by its name.

    Attributes:
        stem: what both are called.
        language: the language of this one.
        expected: the usual path of the other one.
        bare: whether the language is the extension (``NAME.en``), so that the file cannot be a record alone.
    """

    stem: str
    language: Language
    expected: Path
    bare: bool


def language_file(path: Path) -> LanguageFile | None:
    """Return which file of parallel ones it is by its name, or None for any other file."""
    match = _NAME.fullmatch(path.name)
    if not match or (match["mark"] != "." and not match["ext"]):
        return None
    language: Language = "en" if match["code"].lower() in _CODES["en"] else "zh"
    other = "zh" if language == "en" else "en"
    expected = path.with_name(f"{match['stem']}{match['mark']}{other}{match['ext']}")
    return LanguageFile(match["stem"], language, expected, bare=not match["ext"])


def find_counterpart(
    path: Path, file: LanguageFile, named: Mapping[tuple[str, Language], Path]
) -> Path | None:
    """Return the other file: beside the file, or among the files ``named`` (by stem and language)."""
    other: Language = "zh" if file.language == "en" else "en"
    rest = file.expected.name.removeprefix(file.stem)
    for code in _CODES[other]:
        counterpart = path.with_name(file.stem + rest.replace(other, code, 1))
        if counterpart.is_file():
            return counterpart
    return named.get((file.stem, other))
