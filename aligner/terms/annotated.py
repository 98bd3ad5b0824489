"""Annotated pairs: aligned texts and the term pairs that people marked in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from aligner.encoders import EncodedText, Encoder
from aligner.errors import InputError
from aligner.terms.spans import Ints
from aligner.types import Language

Term = tuple[str, str]
GRADES = 4  # of verdicts, from 0


@dataclass(frozen=True)
class Example:
    """An annotated pair.

    Attributes:
        name: its id.
        document: the document it is from: the id up to its last hyphen or colon.
        en: the English text, encoded.
        zh: the Chinese text.
        terms: the term pairs, in lower case and without spaces, with their level (core or extra).
        codes: term pairs that count neither way (T12).
    """

    name: str
    document: str
    en: EncodedText
    zh: EncodedText
    terms: dict[Term, str]
    codes: frozenset[Term]

    def text(self, language: Language) -> str:
        """Return the text of one language."""
        return (self.en if language == "en" else self.zh).text


def squeeze(text: str) -> str:
    """Return a term as it is compared: in lower case, without spaces."""
    return "".join(text.split()).lower()


def read(pairs: Path, gold: Path | None, encoder: Encoder) -> list[Example]:
    """Read annotated pairs: rows ``{"id", "en", "zh"}``, and ``{"id", "en", "zh", "level", "kind"}`` a term.

    Raises:
        InputError: a file cannot be read, a row lacks a key, or a term belongs to no pair.
    """
    rows = [(row["id"], row["en"], row["zh"]) for row in _rows(pairs, ("id", "en", "zh"))]
    terms: dict[str, dict[Term, str]] = {name: {} for name, _, _ in rows}
    codes: dict[str, set[Term]] = {name: set() for name, _, _ in rows}
    for row in _rows(gold, ("id", "en", "zh", "level")) if gold else ():
        if row["id"] not in terms:
            raise InputError(
                f"no pair has the id '{row['id']}'", where=str(gold), hint=f"ids are those of {pairs}"
            )
        term = (squeeze(row["en"]), squeeze(row["zh"]))
        if row.get("kind") == "code":
            codes[row["id"]].add(term)
        else:
            terms[row["id"]][term] = row["level"]
    return _examples(rows, terms, codes, encoder)


def read_folder(folder: Path, encoder: Encoder) -> tuple[list[Example], dict[Term, int]]:
    """Read a folder of annotated pairs or of records, and the verdicts on term pairs it holds.

    Args:
        folder: with ``pairs.jsonl`` and perhaps ``gold.jsonl`` (see `read`), or gold files of records (see
            `read_records`); and perhaps ``verdicts.tsv`` (see `read_verdicts`). Or one of these gold files,
            with the verdicts beside it.
        encoder: for the texts.

    Raises:
        InputError: a file cannot be read, or is not of its form.
    """
    pairs, gold = folder / "pairs.jsonl", folder / "gold.jsonl"
    verdicts = (folder.parent if folder.is_file() else folder) / "verdicts.tsv"
    judged = read_verdicts(verdicts) if verdicts.exists() else {}
    if not pairs.exists():
        return read_records(folder, encoder), judged
    return read(pairs, gold if gold.exists() else None, encoder), judged


def read_verdicts(path: Path) -> dict[Term, int]:
    """Read how useful pairs of terms are to a translator: rows of English, Chinese, and a grade.

    0 is no term (a general word, an adjective alone, a fragment, a wrong pair), 1 a word that every medical
    translator knows by heart, 2 a term worth a row of a glossary, 3 one of its field where a wrong rendering
    would hurt.

    Raises:
        InputError: it cannot be read, or a row is not of that form.
    """
    found: dict[Term, int] = {}
    for number, line in enumerate(_lines(path), 1):
        fields = line.split("\t")
        if len(fields) != 3 or fields[2] not in map(str, range(GRADES)):
            hint = "it needs English, Chinese, and a grade from 0 to 3, with tabs between them"
            raise InputError("not a verdict", where=f"{path}:{number}", hint=hint)
        found[squeeze(fields[0]), squeeze(fields[1])] = int(fields[2])
    return found


def read_records(folder: Path, encoder: Encoder) -> list[Example]:
    """Read the gold files of a corpus of records (``corpora/journal/gold``), or one, one example a bead.

    A record's terms are listed once; they count in each bead that has both sides of them.

    Raises:
        InputError: there are no such files, or one is not of that form.
    """
    rows: list[tuple[str, str, str]] = []
    terms: dict[str, dict[Term, str]] = {}
    for path in [folder] if folder.is_file() else sorted(folder.glob("*.json")):
        try:
            gold = json.loads(path.read_text(encoding="utf-8"))
            listed = {
                (squeeze(one["en"]), squeeze(one["zh"])): str(one["level"]) for one in gold.get("terms", ())
            }
            beads = [
                (" ".join(gold["en"][i] for i in en), "".join(gold["zh"][i] for i in zh))
                for en, zh in gold["beads"]
                if en and zh
            ]
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            hint = 'it should hold {"en": [], "zh": [], "beads": [], "terms": []}'
            raise InputError("not a gold file with terms", where=str(path), hint=hint) from error
        for number, (en, zh) in enumerate(beads):
            rows.append((f"{path.stem}-{number}", en, zh))
            texts = squeeze(en), squeeze(zh)
            terms[rows[-1][0]] = {
                t: level for t, level in listed.items() if t[0] in texts[0] and t[1] in texts[1]
            }
    if not rows:
        raise InputError("there are no gold files", where=str(folder), hint="name a folder with .json files")
    return _examples(rows, terms, {}, encoder)


def _examples(
    rows: list[tuple[str, str, str]],
    terms: dict[str, dict[Term, str]],
    codes: dict[str, set[Term]],
    encoder: Encoder,
) -> list[Example]:
    texts = encoder.encode(text for _, en, zh in rows for text in (en, zh))
    return [
        Example(name, re.sub(r"[-:][^-:]*$", "", name), en, zh, terms[name], frozenset(codes.get(name, ())))
        for (name, _, _), en, zh in zip(rows, texts[::2], texts[1::2], strict=True)
    ]


def _rows(path: Path, keys: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not all(isinstance(row[key], str) for key in keys):
                raise ValueError
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                "not an annotated row", where=f"{path}:{number}", hint=f"it needs the texts {', '.join(keys)}"
            ) from error
        yield row


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("cannot be read as UTF-8 text", where=str(path)) from error


def folds(examples: list[Example], count: int) -> Ints:
    """Deal documents into folds of about equal size, the largest first; return the fold of each example."""
    sizes: dict[str, int] = {}
    for example in examples:
        sizes[example.document] = sizes.get(example.document, 0) + 1
    load, fold = [0] * min(count, len(sizes)), {}
    for document, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        fold[document] = load.index(min(load))
        load[fold[document]] += size
    return np.array([fold[e.document] for e in examples], dtype=np.int64)
