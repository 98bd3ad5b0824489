"""The parts of a Word document that comments need, and the package written with new parts."""

import re
import shutil
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from aligner.errors import InputError
from aligner.formats.docx_tables import MAX_BYTES
from aligner.formats.edits import AUTHOR, apply, insert_into
from aligner.formats.nodes import from_characters
from aligner.formats.package import open_part
from aligner.formats.xml import escape, iterate

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMMENTS = "word/comments.xml"
RELATIONS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def read_part(package: ZipFile, name: str, where: str) -> str:
    """Return the characters of a part.

    Raises:
        InputError: it is damaged, too large, or of an encoding other than UTF-8.
    """
    with open_part(package, name, where) as stream:
        data = stream.read(MAX_BYTES + 1)
    for _ in iterate(BytesIO(data), ["body"], where=where, max_bytes=MAX_BYTES, doctype=False):
        pass  # well formed, and declares no entity
    try:
        text = data.decode("utf-8")
    except ValueError:
        raise InputError(f"its part {name} is not in UTF-8", where=where, hint="save it again") from None
    return text


def comment_parts(parts: Mapping[str, str], comments: Sequence[tuple[int, str]], when: str) -> dict[str, str]:
    """Return the part that holds the comments (number and text), and the parts that say that it is there."""
    new = {}
    known = parts.get(COMMENTS)
    p = "w:" if known is None else prefix_of(known)
    written = "".join(
        f'<{p}comment {p}id="{number}" {p}author="{AUTHOR}" {p}date="{when}" {p}initials="al">'
        f"<{p}p><{p}r>"
        f'<{p}t xml:space="preserve">{escape(text)}</{p}t></{p}r></{p}p></{p}comment>'
        for number, text in comments
    )
    if known is not None:
        (root,) = from_characters(known, frozenset({"comments"}))
        new[COMMENTS] = apply(known, [insert_into(root, written, known)])
        return new
    new[COMMENTS] = f'{_HEAD}<w:comments xmlns:w="{_W}">{written}</w:comments>'
    relation = f'<Relationship Id="{AUTHOR}Comments" Type="{_RELATION}" Target="comments.xml"/>'
    relations = parts.get(RELATIONS)
    if relations is None:
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        new[RELATIONS] = f'{_HEAD}<Relationships xmlns="{space}">{relation}</Relationships>'
    else:
        (root,) = from_characters(relations, frozenset({"Relationships"}))
        new[RELATIONS] = apply(relations, [insert_into(root, relation, relations)])
    types = parts[TYPES]
    (root,) = from_characters(types, frozenset({"Types"}))
    override = f'<Override PartName="/{COMMENTS}" ContentType="{_KIND}"/>'
    new[TYPES] = apply(types, [insert_into(root, override, types)])
    return new


def prefix_of(characters: str) -> str:
    """Return the prefix, with its colon, that a part binds to WordprocessingML."""
    match = re.search(rf"xmlns:([\w.-]+)\s*=\s*[\"']{re.escape(_W)}[\"']", characters)
    return f"{match[1]}:" if match else "w:"


def pack(package: ZipFile, new: Mapping[str, str], out: BinaryIO, where: str) -> None:
    """Write the package with new parts; those that are new to it stand last.

    Raises:
        InputError: a part is damaged, or unpacks to far more than its size.
    """
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for info in package.infolist():
            copy = ZipInfo(info.filename, info.date_time)
            copy.compress_type, copy.external_attr = info.compress_type, info.external_attr
            copy.create_system = info.create_system
            with made.open(copy, "w") as part:
                if info.filename in new:
                    part.write(new[info.filename].encode())
                else:
                    with open_part(package, info.filename, where) as stream:
                        shutil.copyfileobj(stream, part)
        for name in sorted(new.keys() - set(package.namelist())):
            copy = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            copy.compress_type = ZIP_DEFLATED
            made.writestr(copy, new[name].encode())
