"""From what the user names (files, folders, globs, ``-``) to the files that are read, in order."""

import logging
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from glob import glob
from pathlib import Path
from tempfile import NamedTemporaryFile

from aligner.errors import InputError
from aligner.formats.parallel_files import find_counterpart, language_file
from aligner.formats.source import Source
from aligner.formats.table import FORMATS
from aligner.text.surrogates import shown
from aligner.types import Language

_OURS = b'<meta name="generator" content="aligner">'

_log = logging.getLogger(__name__)


def find_sources(
    inputs: Sequence[str], *, suffixes: Iterable[str], columns: Mapping[str, str] | None = None
) -> Iterator[Source | InputError]:
    """Yield the files ``inputs`` name, each once; what is not there is yielded as an InputError.

    Two plain files that make one record (`parallel_files`) are one source:
    the English one, with the Chinese one as its counterpart.

    Args:
        inputs: files, folders (all files in them and below whose extension is known, by name), globs,
            or ``-`` for standard input.
        suffixes: the extensions that are read from a folder.
        columns: names of columns of tables by role.
    """
    known = tuple(suffixes)
    found = [path for text in inputs for path in (["-"] if text == "-" else _files(text, known))]
    named: dict[tuple[str, Language], Path] = {}
    for path in found:
        if isinstance(path, Path) and (file := language_file(path)):
            named.setdefault((file.stem, file.language), path)
    seen: set[Path] = set()
    for path in found:
        if isinstance(path, InputError):
            yield path
        elif isinstance(path, str):
            yield from _standard_input(columns)
        elif path.resolve() not in seen:
            source = _source(path, named, columns)
            if isinstance(source, Source):
                seen |= {part.path.resolve() for part in (source, source.counterpart) if part}
            yield source


def is_input(path: Path, inputs: Sequence[str]) -> bool:
    """Tell whether an existing file is among what the user named, by itself, in a folder or by a glob."""
    if not path.is_file():
        return False
    target = path.resolve()
    for text in inputs:
        named = Path(text)
        if named.is_dir():
            if target.is_relative_to(named.resolve()) and not _hidden(target, named.resolve()):
                return True
        elif any(Path(found).resolve() == target for found in [text, *glob(text, recursive=True)]):  # noqa: PTH207
            return True
    return False


def _source(
    path: Path, named: Mapping[tuple[str, Language], Path], columns: Mapping[str, str] | None
) -> Source | InputError:
    file = language_file(path)
    if file is None:
        return Source(path, shown(str(path)), columns=columns)
    counterpart = find_counterpart(path, file, named)
    if counterpart is None and file.bare:
        return InputError(
            f"its counterpart {file.expected.name} is missing",
            where=shown(str(path)),
            hint="put it beside the file",
        )
    if counterpart is None:
        return Source(path, shown(str(path)), columns=columns)
    en, zh = (path, counterpart) if file.language == "en" else (counterpart, path)
    return Source(en, shown(str(en)), counterpart=Source(zh, shown(str(zh))), stem=shown(file.stem))


def _files(text: str, known: tuple[str, ...]) -> Iterator[Path | InputError]:
    path = Path(text)
    try:
        if path.is_dir():
            yield from _folder(path, known)
        elif path.exists():
            yield path if path.is_file() else InputError("is not a regular file", where=shown(text))
        elif matches := sorted(glob(text, recursive=True)):  # noqa: PTH207 - it may be absolute
            yield from (found for match in matches for found in _files(match, known))
        else:
            yield InputError("no such file or folder", where=shown(text), hint="check the path")
    except (OSError, ValueError) as error:
        yield InputError(f"cannot be opened ({_reason(error)})", where=shown(text[:200]))


def _folder(folder: Path, known: tuple[str, ...]) -> Iterator[Path | InputError]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _hidden(path, folder))
    fitting = [
        path
        for path in files
        if (path.name.lower().endswith(known) or (".en" in known and language_file(path)))
        and not _is_ours(path)
    ]
    aligned = sum(path.name.lower().endswith(_aligned_alone(known)) for path in files)
    hint = f"{aligned} hold aligned units: read them with --aligned" if aligned else ""
    if fitting and (other := len(files) - len(fitting)):
        passed_over = f"files passed over: {other}, reports or of another extension than {', '.join(known)}"
        _log.warning("%s: %s%s", shown(str(folder)), passed_over, f"; {hint}" if hint else "")
    if not fitting:
        yield InputError(
            "the folder holds no file that can be read",
            where=shown(str(folder)),
            hint=hint or f"known are {', '.join(known)}",
        )
    yield from fitting


def _is_ours(path: Path) -> bool:
    """Tell whether a file is a report that this program wrote, which is no input."""
    if path.suffix.lower() not in (".html", ".htm"):
        return False
    try:
        with path.open("rb") as stream:
            return _OURS in stream.read(2048)
    except OSError:
        return False


def _aligned_alone(known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the extensions of formats that hold aligned pairs and are not among those that are known."""
    formats = (FORMATS.load(name) for name in FORMATS)
    suffixes = {suffix for format_ in formats if format_.read_pairs for suffix in format_.suffixes}
    return tuple(sorted(suffixes.difference(known)))


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)


def _standard_input(columns: Mapping[str, str] | None) -> Iterator[Source]:
    """Copy standard input to a file that is gone after reading: formats look at a file more than once."""
    with NamedTemporaryFile(prefix="aligner-") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
        file.flush()
        yield Source(Path(file.name), "-", columns=columns, stem="stdin")


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
