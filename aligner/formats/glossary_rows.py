"""Glossary entries as rows of a table, and back. TSV, CSV, JSONL and XLSX share this.

JSONL keeps lists as lists; how the others hold them in a cell: see `lists`. The two terms are read without
white space around them.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, BinaryIO, get_args

import regex

from aligner.errors import InputError
from aligner.formats.base import EntryWriter
from aligner.formats.columns import tells_language
from aligner.formats.layouts import Layout
from aligner.formats.list_cells import as_competing, as_context, as_count, as_text, join, read_list
from aligner.formats.rows import each_row
from aligner.formats.source import Source
from aligner.formats.statuses import status_of, stays_untranslated
from aligner.formats.tables import TableReader, TableRow
from aligner.text.han import count_han
from aligner.text.joining import PHRASE_JOINER
from aligner.types import Entry, Status

COLUMNS = (
    *(
        "en",
        "zh",
        "score",
        "termhood",
        "count",
        "records",
        "status",
        "en_variants",
        "zh_variants",
        "abbreviation",
    ),
    *("contexts", "note", "en_counts", "zh_counts", "competing", "expansion"),
)
OPTIONAL = ("found_in", "domain", "part_of_speech", "definition", "usage")
"""Columns that are written where an entry has them; after them come the other columns of its glossary."""

_TEXTS = ("en", "zh", "abbreviation", "note", "expansion", *OPTIONAL)
_KNOWN = {*COLUMNS, *OPTIONAL}
_MARKS = regex.compile(r"(\s*[;；\n]\s*|\s+/\s+|\s\|\s)")
_OPEN, _CLOSE = regex.compile(r"[(\[（［【]"), regex.compile(r"[)\]）］】]")
_MAX_COUNT = 1e15  # no count is larger, and floating point holds all that are smaller


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "en": entry.en,
        "zh": entry.zh,
        "score": round(entry.score, 4),
        "termhood": round(entry.termhood, 4),
        "count": entry.count,
        "records": entry.records,
        "status": entry.status,
        "en_variants": list(entry.en_variants),
        "zh_variants": list(entry.zh_variants),
        "abbreviation": entry.abbreviation,
        "contexts": [{"record": c.record, "en": c.en, "zh": c.zh} for c in entry.contexts],
        "note": entry.note,
        "en_counts": list(entry.en_counts),
        "zh_counts": list(entry.zh_counts),
        "competing": [{"en": r.en, "zh": r.zh, "count": r.count} for r in entry.competing],
        "expansion": entry.expansion,
        **{name: getattr(entry, name) for name in OPTIONAL},
    }


def _flat_row(entry: Entry) -> dict[str, Any]:
    return {name: join(value) if isinstance(value, list) else value for name, value in _row(entry).items()}


def _place(entry: Entry) -> str:
    return f"entry {entry.en} = {entry.zh}"


def layout_of(entries: Iterable[Entry], *, flat: bool) -> Layout[Entry]:
    """Return the columns of a glossary: ours, and of the optional and other ones those that entries have.

    Args:
        entries: all entries.
        flat: join lists into one cell.
    """
    optional: set[str] = set()
    others: dict[str, None] = {}
    for entry in entries:
        optional.update(name for name in OPTIONAL if getattr(entry, name))
        others.update((name, None) for name, _ in entry.other)
    taken = {*COLUMNS, *OPTIONAL}
    columns = (*COLUMNS, *(n for n in OPTIONAL if n in optional), *(n for n in others if n not in taken))
    return Layout(columns, partial(_filled, _flat_row if flat else _row, columns), _place)


def _filled(row: Callable[[Entry], dict[str, Any]], columns: tuple[str, ...], entry: Entry) -> dict[str, Any]:
    return {**dict.fromkeys(columns, ""), **dict(entry.other), **row(entry)}


def writer(
    write: Callable[[Layout[Entry], Iterable[Entry], BinaryIO], list[InputError]], *, flat: bool
) -> EntryWriter:
    """Return a writer of glossaries for a writer of tables."""

    def write_glossary(entries: Iterable[Entry], out: BinaryIO) -> list[InputError]:
        rows = list(entries)
        return write(layout_of(rows, flat=flat), rows, out)

    return write_glossary


def glossary(read_table: TableReader) -> Callable[[Source], Iterator[Entry | InputError]]:
    """Return a reader of glossary entries, one a row.

    Columns en and zh are needed, under these names or other usual ones. Without a column for the status, an
    entry counts as accepted: somebody wrote it. In a table from elsewhere a cell may hold several forms
    (``a; b``): the first is the term. Columns that we do not know are carried along.
    """
    return lambda source: each_row(read_table(source), entry_of)


def entry_of(row: TableRow) -> Entry:
    """Return the entry a row holds.

    Raises:
        InputError: a column is missing, a cell does not hold what it should, or the row is of no glossary.
    """
    if {"record", "bead"} <= set(row.cells):
        what = "has the columns record and bead, as sentence pairs and occurrences have"
        raise InputError(what, where=row.where, hint="give a glossary")
    names = row.columns
    cells = {known: row.cells[name] for known, name in names.items() if row.cells[name] is not None}
    texts = {known: _text(cells, known, row.where) for known in _TEXTS}
    stated = _text(cells, "status", row.where).strip()
    usage = texts["usage"] or stated
    ours = {"score", "status"} <= set(names)
    en, zh = texts["en"].strip(), texts["zh"].strip()
    if en and not zh and stays_untranslated(usage):
        zh = en
    if not tells_language(names["en"]) and not tells_language(names["zh"]) and count_han(en) > count_han(zh):
        en, zh = zh, en
    for known, text in (("en", en), ("zh", zh)):
        if not text:
            raise InputError(
                f"column {names[known]} is empty", where=row.where, hint="each row needs both terms"
            )
    en_forms, zh_forms = ([en], [zh]) if ours else (forms_of(en), forms_of(zh))
    for forms, known in ((en_forms, "en_variants"), (zh_forms, "zh_variants")):
        listed = read_list(cells, known, as_text, row.where)
        forms += listed if ours else [form for cell in listed for form in forms_of(cell)]
    return Entry(
        en=en_forms[0],
        zh=zh_forms[0],
        score=_number(cells, "score", row.where, default=1.0, whole=False) if ours else 1.0,
        termhood=_number(cells, "termhood", row.where, default=1.0, whole=False) if ours else 1.0,
        count=int(_number(cells, "count", row.where, default=0, whole=True)),
        records=int(_number(cells, "records", row.where, default=0, whole=True)),
        status=_status(stated, row.where) if "status" in names else "accepted",
        en_variants=_others(en_forms, ours=ours),
        zh_variants=_others(zh_forms, ours=ours),
        abbreviation=texts["abbreviation"],
        contexts=read_list(cells, "contexts", as_context, row.where),
        note=PHRASE_JOINER.join(filter(None, (*row.notes, texts["note"]))),
        en_counts=read_list(cells, "en_counts", as_count, row.where),
        zh_counts=read_list(cells, "zh_counts", as_count, row.where),
        competing=read_list(cells, "competing", as_competing, row.where),
        expansion=texts["expansion"],
        domain=texts["domain"],
        part_of_speech=texts["part_of_speech"],
        definition=texts["definition"],
        found_in=texts["found_in"],
        usage="" if usage.casefold() in get_args(Status) else usage,
        other=_other(row),
    )


def forms_of(cell: str) -> list[str]:
    """Return the forms that one cell holds: ``a; b``, ``a / b`` or lines; marks inside brackets part nothing.

    Example:
        >>> forms_of("kyphoplasty; balloon kyphoplasty")
        ['kyphoplasty', 'balloon kyphoplasty']
    """
    parts, depth = [""], 0
    for piece in _MARKS.split(cell):
        depth = max(0, depth + len(_OPEN.findall(piece)) - len(_CLOSE.findall(piece)))
        if _MARKS.fullmatch(piece) and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts if part.strip()] or [cell.strip()]


def _others(forms: list[str], *, ours: bool) -> tuple[str, ...]:
    """Return the forms beside the first, each once where the table is not ours."""
    return tuple(forms[1:]) if ours else tuple(form for form in dict.fromkeys(forms[1:]) if form != forms[0])


def _other(row: TableRow) -> tuple[tuple[str, str], ...]:
    used = {name for role, name in row.columns.items() if role in _KNOWN}
    return tuple(
        (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in row.cells.items()
        if name not in used and value not in (None, "")
    )


def _text(cells: Mapping[str, Any], name: str, where: str) -> str:
    value = cells.get(name, "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = f"{value:g}" if isinstance(value, float) else str(value)
    if not isinstance(value, str):
        raise InputError(f"column {name} holds no text", where=where)
    return value


def _status(text: str, where: str) -> Status:
    status = status_of(text)
    if status is None:
        known = ", ".join(get_args(Status))
        raise InputError(
            f"unknown status '{text.strip().casefold()}'", where=where, hint=f"write one of {known}"
        )
    return status


def _number(cells: Mapping[str, Any], name: str, where: str, *, default: float, whole: bool) -> float:
    value = cells.get(name, "")
    if value == "":
        return default
    try:
        number = float(value)
        fits = 0 <= number < _MAX_COUNT and number.is_integer() if whole else 0 <= number <= 1
        if isinstance(value, bool) or not fits:
            raise ValueError
    except (ValueError, TypeError, OverflowError):
        what = "a whole number" if whole else "a probability from 0 to 1"
        raise InputError(f"column {name} holds '{value}', not {what}", where=where) from None
    return number
