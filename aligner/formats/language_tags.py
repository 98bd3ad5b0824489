"""Language tags as files write them (BCP 47, ISO 639, and what tools made of them) as the two languages."""

_NAMES = {
    **dict.fromkeys(("en", "eng", "english", "us", "uk"), "en"),
    **dict.fromkeys(("zh", "zho", "chi", "cmn", "yue", "cn", "chs", "cht", "chinese"), "zh"),
}


def language_of_tag(tag: str | None) -> str:
    """Return ``en`` or ``zh`` for any tag of English or Chinese (``zh-Hans-CN``, ``CHI``, ``cn``).

    Of another language it is the first subtag, in lower case; nothing for an empty one.
    """
    first = (tag or "").strip().lower().replace("_", "-").partition("-")[0]
    return _NAMES.get(first, first)
