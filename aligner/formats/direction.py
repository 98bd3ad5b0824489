"""From which language a translation memory goes into which, and under which tags."""

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from aligner.errors import SettingError
from aligner.formats.language_tags import language_of_tag
from aligner.text.han import chinese_tag
from aligner.types import Language

_TAG = regex.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Direction:
    """The direction of a memory.

    Attributes:
        source: the language that was translated.
        target: the tag of the other (``en-GB``, ``zh-TW``); empty: en, or zh-CN or zh-TW as the texts are.
    """

    source: Language = "en"
    target: str = ""

    @property
    def languages(self) -> tuple[Language, Language]:
        """Source and target."""
        return ("en", "zh") if self.source == "en" else ("zh", "en")

    def tags(self, chinese: Iterable[str]) -> dict[Language, str]:
        """Return the tag of each language, that of Chinese by texts where none is named."""
        named = self.target or None
        if self.source == "en":
            return {"en": "en", "zh": named or chinese_tag(chinese)}
        return {"en": named or "en", "zh": chinese_tag(chinese)}


def direction_of(source: str | None, target: str | None) -> Direction | None:
    """Return what ``--source`` and ``--target`` say; None where both are silent.

    Raises:
        SettingError: they are no two of English and Chinese.
    """
    if source is None and target is None:
        return None
    if target is not None and not _TAG.fullmatch(target):
        raise SettingError(f"--target '{target}' is no language tag", hint="write en-GB, zh-CN or the like")
    language = language_of_tag(target)
    if source is None:
        source = {"zh": "en", "en": "zh"}.get(language, "")
    if source not in ("en", "zh") or (target is not None and language != {"en": "zh", "zh": "en"}[source]):
        what = f"--source '{source}' and --target '{target or ''}' are not English and Chinese"
        raise SettingError(what, hint="write --source zh --target en-GB, or the like")
    return Direction("en" if source == "en" else "zh", target or "")
