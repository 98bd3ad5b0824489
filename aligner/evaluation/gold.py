"""Documents with their right alignment, as files hold them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aligner.errors import InputError

Ids = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True)
class Gold:
    """A document with its right answer.

    Attributes:
        name: the file's name without its extension.
        en: English sentences.
        zh: Chinese sentences.
        beads: sentence numbers of each bead, beads with an empty side included.
        units: the parts of those beads that are cut, as texts.
    """

    name: str
    en: Sequence[str]
    zh: Sequence[str]
    beads: frozenset[Ids]
    units: Mapping[Ids, Sequence[tuple[str, str]]] = field(default_factory=dict)


def gold_files(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files that ``read_gold`` reads, in the same order."""
    return [
        file
        for path in map(Path, paths)
        for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])
    ]


def read_gold(paths: Iterable[str | Path]) -> list[Gold]:
    """Read gold files, or all ``*.json`` of folders, in the order of their names.

    Raises:
        InputError: a file is missing or is not of the gold form, or there is none.
    """
    documents = [_read_one(file) for file in gold_files(paths)]
    if not documents:
        raise InputError("no gold files found", hint="give folders with .json files or such files")
    return documents


def _read_one(path: Path) -> Gold:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        rows = [(tuple(map(int, en)), tuple(map(int, zh))) for en, zh in data["beads"]]
        beads = frozenset(bead for row in rows for bead in single_sided(*row))
        units = {
            rows[unit["bead"]]: [(str(en), str(zh)) for en, zh in unit["parts"]]
            for unit in data.get("units") or []
        }
        texts = [[str(text) for text in data[side]] for side in ("en", "zh")]
        return Gold(path.stem, texts[0], texts[1], beads, units)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path)) from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise InputError(
            "not a gold file",
            where=str(path),
            hint='it should hold {"en": [], "zh": [], "beads": []}',
        ) from error


def single_sided(en: tuple[int, ...], zh: tuple[int, ...]) -> Iterator[Ids]:
    """Yield a bead, or where a side is empty one bead for each sentence of the other."""
    if en and zh:
        yield en, zh
    else:
        yield from (((i,), ()) for i in en)
        yield from (((), (j,)) for j in zh)
