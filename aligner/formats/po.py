"""Gettext catalogues (``.po``): each message with its translation is a pair."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from aligner.errors import InputError
from aligner.formats.base import Format
from aligner.formats.line_kinds import language_of
from aligner.formats.source import Source
from aligner.types import Address, Pair

_LINE = regex.compile(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)?\s*"(.*)"\s*')
_ESCAPE = regex.compile(r'\\(n|t|r|"|\\)')
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}


@dataclass(slots=True)
class _Message:
    line: int
    texts: dict[str, str] = field(default_factory=dict)
    fuzzy: bool = False


def recognise(source: Source) -> bool:
    """Tell by the extension, or by a first message."""
    return source.suffix in (".po", ".pot") or bool(regex.match(rb"\s*(?:#.*\n)*msgid ", source.head[:4096]))


def read_pairs(source: Source) -> Iterator[Pair | InputError]:
    """Yield the messages; an untranslated one has an empty side, a fuzzy one the state ``fuzzy``."""
    count = 0
    for message in _messages(source):
        if isinstance(message, InputError):
            yield message
            continue
        texts = message.texts
        en = texts.get("msgid", "")
        zh = next((text for key, text in texts.items() if key.startswith("msgstr") and text), "")
        if "msgid_plural" in texts:
            en = texts["msgid_plural"] or en
        if not texts.get("msgid"):  # the header
            continue
        if language_of(en) == "zh" and language_of(zh) != "zh":
            en, zh = zh, en
        address = Address(source.name, unit=texts.get("msgctxt", ""), row=message.line)
        state = "fuzzy" if message.fuzzy else ""
        yield Pair(source.stem, count, en, zh, state=state, source=address)
        count += 1


def _messages(source: Source) -> Iterator[_Message | InputError]:
    message, fuzzy, key = _Message(0), False, ""
    for line in source.lines():
        if isinstance(line, InputError):
            yield line
            continue
        number, text = line
        text = text.strip()
        if not text or text.startswith("#"):
            if message.texts:
                yield message
                message, fuzzy = _Message(0), False
            fuzzy = fuzzy or (text.startswith("#,") and "fuzzy" in text)
            continue
        match = _LINE.fullmatch(text)
        if not match:
            yield InputError("is no line of a message", where=source.at(number), hint="check the catalogue")
            continue
        if match[1] in ("msgctxt", "msgid") and any(name.startswith("msgstr") for name in message.texts):
            yield message
            message, fuzzy = _Message(0), False
        key = match[1] or key
        if not message.texts:
            message = _Message(number, fuzzy=fuzzy)
        message.texts[key] = message.texts.get(key, "") + _ESCAPE.sub(lambda m: _ESCAPED[m[1]], match[2])
    if message.texts:
        yield message


FORMAT = Format(name="po", suffixes=(".po", ".pot"), recognises=recognise, read_pairs=read_pairs)
