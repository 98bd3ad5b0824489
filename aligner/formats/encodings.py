"""Bytes to text: which encoding, told by content, and lines of it, read as they come."""

import codecs
from collections.abc import Iterable, Iterator
from functools import cache
from typing import BinaryIO

import regex

from aligner.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSED = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
SHOWN = {"gb18030": "GB18030", "big5hkscs": "Big5", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE"}
"""Encodings as messages write them."""

_CAJ = (b"CAJ\0", b"HN\0\0", b"KDH ")
_BINARY = (
    (b"%PDF", "a PDF", "copy its text into a .txt file"),
    (
        b"PK\x03\x04",
        "a ZIP archive or an Office document",
        "save its text as UTF-8 .txt, or name it .docx or .xlsx",
    ),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as .docx or .xlsx"),
    (b"{\\rtf", "an RTF document", "save it as .docx or as UTF-8 .txt"),
    (b"\x89PNG", "a PNG picture", "give the text itself"),
    (b"\xff\xd8\xff", "a JPEG picture", "give the text itself"),
    (b"GIF8", "a GIF picture", "give the text itself"),
    (b"II*\x00", "a TIFF picture", "give the text itself"),
    (b"MM\x00*", "a TIFF picture", "give the text itself"),
    (b"Rar!\x1a", "a RAR archive", "unpack it"),
    (b"7z\xbc\xaf'\x1c", "a 7-Zip archive", "unpack it"),
    *((magic, "a CAJ file", "open it in CAJViewer and copy its text") for magic in _CAJ),
    (b"\0\1\0\0Standard Jet DB", "an Access or MultiTerm database", "export it as MultiTerm XML or TBX"),
    (b"\x1f\x8b", "a gzip file", "unpack it, or name it .xml.gz if it is PubMed XML"),
    (b"SQLite format 3", "a SQLite database", "export a workspace, or a Trados memory as TMX"),
)
_SURE = 0.8
"""Share of the characters beyond ASCII that must be common ones before a guessed encoding is believed:
right guesses give 0.95 and more, wrong ones 0.1 to 0.6."""


_MARKED = (
    (rb"@\w+\s*\{", "a BibTeX file", "export it as RIS, EndNote or NoteExpress"),
    (
        rb"(?m)(?:[A-Z][\w-]*: (?s:.{0,3000}?)^)?MIME-Version: ",
        "a mail or a page saved as MHT",
        "save it as HTML or .txt",
    ),
    (rb"\\documentclass\b", "a LaTeX file", "copy its text into a .txt file"),
    (rb"\d+\r?\n\d\d:\d\d:\d\d[,.]\d{3} -->|WEBVTT", "a subtitle file", "copy its text into a .txt file"),
    (rb"FN Clarivate|FN Thomson", "a Web of Science export, in English alone", "export from PubMed or CNKI"),
)
"""Kinds of text with marks of their own, by how they begin."""


def refuse_marked(data: bytes, *, where: str) -> None:
    """Raise an InputError that names the kind of a text with marks that are not read as such."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    for pattern, kind, hint in _MARKED:
        if regex.match(pattern, head):
            raise InputError(f"is {kind}, which is not read", where=where, hint=hint)


def guess(data: bytes, *, complete: bool, where: str) -> tuple[str, bool]:
    """Return (encoding, whether it is certain) of a text that begins with, or (``complete``) is, ``data``.

    Raises:
        InputError: the data are no text, or text in an encoding that is not known.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding, True
    refuse_binary(data, where=where)
    if b"\0" not in data and _decoded(data, "utf-8", complete=complete) is not None:
        return "utf-8", True
    scores = {name: _plausibility(_decoded(data, name, complete=complete)) for name in _GUESSED}
    best = max(_GUESSED, key=lambda name: scores[name])
    if scores[best] >= _SURE:
        return best, False
    if b"\0" in data:
        raise InputError("is not text", where=where, hint="save it as UTF-8 text")
    if _is_western(data):
        return "cp1252", False
    raise InputError(
        "is neither UTF-8 nor UTF-16, GB18030 or Big5 text", where=where, hint="save it as UTF-8 text"
    )


def refuse_binary(data: bytes, *, where: str) -> None:
    """Raise an InputError that names the kind of file when ``data`` begins like a well-known binary one."""
    for magic, kind, hint in _BINARY:
        if data.startswith(magic):
            raise InputError(f"is {kind}, not text", where=where, hint=hint)


def decode_whole(data: bytes, encoding: str, *, where: str) -> str:
    """Decode a whole file.

    Raises:
        InputError: some bytes do not fit; the message says which encoding was tried and where it failed.
    """
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _misfit(encoding, f"{where}, line {line}") from None


def stream_lines(
    stream: BinaryIO, encoding: str, *, limit: int, where: str
) -> Iterator[tuple[int, str] | InputError]:
    r"""Yield (number from 1, line) for each line of a byte stream; only ``\n`` and ``\r\n`` end a line.

    A line that is longer than ``limit`` characters, or whose bytes do not fit, is yielded as an InputError
    and costs no other line.
    """
    wide = encoding.startswith(("utf-16", "utf-32"))
    chunks = _recoded(stream, encoding) if wide else iter(lambda: stream.read(1 << 16), b"")
    codec = "utf-8" if wide or encoding == "utf-8-sig" else encoding
    for number, raw in enumerate(_split(chunks, 4 * limit), 1):
        line = raw.removeprefix(codecs.BOM_UTF8) if number == 1 and codec == "utf-8" else raw
        place = f"{where}, line {number}"
        try:
            text = line.removesuffix(b"\r").decode(codec)
        except UnicodeDecodeError:
            yield _misfit(encoding, place) if len(line) <= 4 * limit else _too_long(limit, place)
            continue
        yield (number, text) if len(text) <= limit else _too_long(limit, place)


def _split(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Yield lines without their line feed; of one longer than ``limit`` bytes only ``limit`` + 1 are kept."""
    parts: list[bytes] = []
    held = 0
    for chunk in chunks:
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            yield b"".join([*parts, end])[: limit + 1]
            parts, held = [], 0
        if rest and held <= limit:
            parts.append(rest)
            held += len(rest)
    if parts:
        yield b"".join(parts)[: limit + 1]


def _recoded(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Yield a UTF-16 or UTF-32 stream as UTF-8; what does not fit stays unfit for UTF-8, in its own line."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="surrogatepass")
    while chunk := stream.read(1 << 16):
        try:
            yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            yield b"\xff"
            return
    if decoder.getstate()[0]:
        yield b"\xff"


def _misfit(encoding: str, where: str) -> InputError:
    name = "UTF-8" if encoding.startswith("utf-8") else encoding
    return InputError(
        f"holds bytes that are not {name} text", where=where, hint="save the file as UTF-8 text"
    )


def _too_long(limit: int, where: str) -> InputError:
    return InputError(
        f"is longer than {limit:,} characters, too long for an abstract",
        where=where,
        hint="check that the file is text with line ends",
    )


def _decoded(data: bytes, encoding: str, *, complete: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data, complete)
    except UnicodeDecodeError:
        return None


def _plausibility(text: str | None) -> float:
    """Return the share of common characters among those beyond ASCII, 0 for a text with controls."""
    if text is None or any(c < " " and c not in "\t\n\v\f\r" for c in set(text)):
        return 0.0
    beyond = [c for c in text if c > "~"]
    return sum(c in _common() for c in beyond) / len(beyond) if beyond else 1.0


@cache
def _common() -> frozenset[str]:
    """Return the everyday characters: level 1 of GB 2312 and of Big5, and the symbols both begin with."""
    gb = bytes(
        b for lead in [0xA1, 0xA3, *range(0xB0, 0xD8)] for trail in range(0xA1, 0xFF) for b in (lead, trail)
    )
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    big5 = bytes(b for lead in [0xA1, *range(0xA4, 0xC7)] for trail in trails for b in (lead, trail))
    western = "±µμ×÷°²³½éèêëöüäáàóòñçíøå–—‘’“”…‰℃≤≥≠≈→αβγδεκλμσχωΔⅠⅡⅢⅣⅤ①②③④⑤"
    return frozenset(gb.decode("gb18030", "ignore") + big5.decode("big5", "ignore") + western)


def _is_western(data: bytes) -> bool:
    """Tell whether high bytes stand alone among ASCII, as the accents and dashes of cp1252 do."""
    high = [i for i, b in enumerate(data) if b > 0x7F]
    alone = sum(1 for i in high if data[i - 1 : i] < b"\x80" and data[i + 1 : i + 2] < b"\x80")
    return _decoded(data, "cp1252", complete=True) is not None and alone >= 0.7 * len(high)
