"""What was found and decided, back into the files that pairs were read from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from aligner.errors import InputError
from aligner.formats import FORMATS, Format, Source
from aligner.formats.edits import Annotation, PairEdit
from aligner.formats.new_file import new_file
from aligner.store import Workspace
from aligner.store.originals import (
    Original,
    ReviewedPair,
    files_of_input,
    keep_originals,
    read_originals,
    reviewed_pairs,
)
from aligner.store.runs import last_run_time
from aligner.types import Address, Finding, Language


def note_originals(workspace: Workspace) -> None:
    """Note how the files of the last input are that findings can be written back into."""
    found = []
    for file in files_of_input(workspace):
        path = Path(file)
        if _format_of(path) is not None and path.is_file():
            found.append(Original(file, str(path.absolute()), _hash(path)))
    if found:
        with workspace.transaction():
            keep_originals(workspace, found)


def write_originals(
    workspace: Workspace, folder: Path, *, status: Literal["accepted", "all"] = "all"
) -> Iterator[Path | InputError]:
    """Write every original of a workspace with what was found, corrected and accepted in it.

    Args:
        workspace: where.
        folder: where the files go, under their names; two of one name get the folder's name before it.
        status: accepted: only findings that a person confirmed; all: those that nobody dismissed too.

    Yields:
        The path of each file that was written, and what could not be.

    Raises:
        InputError: the workspace knows no original, or the folder cannot be made.
    """
    originals = read_originals(workspace)
    if not originals:
        hint = "run it on XLIFF, SDLXLIFF, MQXLIFF or Word files, with --aligned"
        raise InputError("the workspace holds no file to write into", where=str(workspace.path), hint=hint)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"the folder cannot be made ({error.strerror})"
        raise InputError(what, where=str(folder), hint="name another with --out") from error
    edits: dict[str, list[PairEdit]] = {original.file: [] for original in originals}
    for one in reviewed_pairs(workspace, status=status):
        if one.pair.source is not None and one.pair.source.file in edits:
            edits[one.pair.source.file].append(_edit(one, one.pair.source))
    when = last_run_time(workspace)
    for original, name in zip(originals, _names(originals), strict=True):
        try:
            yield from _write(original, edits[original.file], folder / name, when)
        except InputError as error:
            yield error


def _write(original: Original, edits: list[PairEdit], out: Path, when: str) -> Iterator[Path | InputError]:
    path = Path(original.path)
    if not path.is_file():
        raise InputError("is not there any more", where=original.path, hint="put it back and export again")
    if out.exists() and out.samefile(path):
        raise InputError("would be overwritten", where=original.path, hint="name another folder with --out")
    if _hash(path) != original.hash:
        hint = "run again with the file as it is now"
        raise InputError(
            "has changed since it was read, and is left as it is", where=original.path, hint=hint
        )
    format_ = _format_of(path)
    if format_ is None or format_.write_back is None:
        raise InputError("is of no format that can be written into", where=original.path)
    with new_file(out) as stream:
        errors = format_.write_back(Source(path, original.file), edits, stream, when=when)
    yield out
    yield from errors


def _format_of(path: Path) -> Format | None:
    for name in FORMATS:
        format_: Format = FORMATS.load(name)
        if format_.write_back is not None and path.suffix.lower() in format_.suffixes:
            return format_
    return None


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path)) from error


def _names(originals: list[Original]) -> Iterator[str]:
    """Yield a file name for each, no two alike in upper or lower case."""
    taken: set[str] = set()
    for original in originals:
        path = Path(original.path)
        name, number = path.name, 1
        if name.lower() in taken:
            name = f"{path.parent.name}-{path.name}"
        while name.lower() in taken:
            number += 1
            name = f"{path.stem}-{number}{path.suffix}"
        taken.add(name.lower())
        yield name


def _edit(reviewed: ReviewedPair, source: Address) -> PairEdit:
    terms = (
        Annotation("term", f"{term.en} = {term.zh}", "info", "zh", term.zh_span) for term in reviewed.terms
    )
    comments = (_comment(finding, comment) for finding, comment in reviewed.findings)
    corrected: dict[Language, str] | None = None
    if reviewed.corrected is not None:
        corrected = {"en": reviewed.corrected[0], "zh": reviewed.corrected[1]}
    return PairEdit(source, reviewed.pair.en, reviewed.pair.zh, corrected, (*comments, *terms))


def _comment(finding: Finding, comment: str) -> Annotation:
    """Return what a translator reads: check, message, words, what to write, what a person said."""
    words = finding.zh[slice(*finding.zh_span)] if finding.zh_span else ""
    if not words and finding.en_span and finding.en_span != (0, len(finding.en)):
        words = finding.en[slice(*finding.en_span)]
    text = f"{finding.check}: {finding.message}"
    if words:
        text += f" [{words}]"
    if finding.suggestion:
        text += f" -> {finding.suggestion}"
    if comment:
        text += f" ({comment})"
    return Annotation("comment", text, finding.severity, "zh", finding.zh_span)
