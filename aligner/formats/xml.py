"""XML, read and written with care: no entity, no network, no element larger than memory allows.

The parser's own limits stay on (nesting, 10 million characters a text node); beyond them, what is read
between two elements of interest is bounded, so that no file takes more memory than `MAX_ELEMENT_BYTES` and
its tree.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import regex

from aligner.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ELEMENT_BYTES = 8 << 20
"""Bytes of the largest element (a PubMed record, a translation unit) that is read."""

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
REFUSED = regex.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that no XML document can hold."""

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}


class _BoundedStream:
    """A stream that refuses to go on when too much was read since the last `reset`."""

    def __init__(self, stream: BinaryIO, max_bytes: int, where: str) -> None:
        self.stream, self.max_bytes, self.left, self.where = stream, max_bytes, max_bytes, where

    def reset(self) -> None:
        self.left = self.max_bytes

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.left -= len(data)
        if self.left < 0:
            raise InputError(
                f"holds an element of more than {self.max_bytes >> 20} MiB",
                where=self.where,
                hint="check the file",
            )
        return data


def iterate(
    stream: BinaryIO,
    tags: Sequence[str],
    *,
    where: str,
    max_bytes: int = MAX_ELEMENT_BYTES,
    doctype: bool = True,
) -> Iterator["_Element"]:
    """Yield each element with one of these names (namespaces aside), complete, as it is read; then forget it.

    A reference to an entity that no one declares stays in the tree: `flat_text` refuses it. Formats that have
    no document type (``doctype=False``) are refused with one.

    Raises:
        InputError: the XML is damaged, cut short, declares entities, or is too large or deep to be honest.
    """
    from lxml import etree

    bounded = _BoundedStream(stream, max_bytes, where)
    parser = etree.iterparse(
        bounded,
        events=("end",),
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        for count, (_, element) in enumerate(parser):
            bounded.reset()
            if count == 0:
                _refuse_entities(element, where, doctype=doctype)
            yield element
            element.clear()
            if count % 64 == 0:
                for node in (element, *element.iterancestors()):
                    _forget_before(node)
    except etree.XMLSyntaxError as error:
        place = f"{where}, line {error.lineno}"
        raise InputError(f"is damaged XML ({error.msg})", where=place, hint="check the file") from None


def _forget_before(node: "_Element") -> None:
    """Delete the siblings before a node."""
    parent = node.getparent()
    if parent is not None and node.getprevious() is not None:
        del parent[: parent.index(node)]


def _refuse_entities(element: "_Element", where: str, *, doctype: bool) -> None:
    subset: Any = element.getroottree().docinfo.internalDTD
    if subset is not None and not doctype:
        raise InputError("declares a document type", where=where, hint="check its origin")
    if subset is not None and any(True for _ in subset.iterentities()):
        raise InputError("declares entities, which are not read", where=where, hint="check its origin")


def local(element: "_Element") -> str:
    """Return an element's name without its namespace; nothing for an entity reference."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def flat_text(element: "_Element", *, skip: frozenset[str] = frozenset()) -> str:
    """Return the text in an element and below, without what is inside elements whose name is in ``skip``.

    Raises:
        InputError: there is an entity reference in it, whose text is not known.
    """
    parts = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str):
            raise InputError(
                f"uses the entity {child.text}, which is not read", where=f"line {child.sourceline}"
            )
        if local(child) not in skip:
            parts.append(flat_text(child, skip=skip))
        parts.append(child.tail or "")
    return "".join(parts)


def escape(text: str) -> str:
    """Return text for an element or an attribute in double quotes."""
    return "".join(_ESCAPES.get(c, c) for c in text)


def refused(text: str) -> str:
    """Return the first character that no XML document can hold, as ``U+0001``; nothing when there is none."""
    match = REFUSED.search(text)
    return f"U+{ord(match[0]):04X}" if match else ""
