"""Glossary entries as rows of a table, and back. TSV, CSV, JSONL and XLSX share this.

JSONL keeps lists as lists; how the others hold them in a cell: see `lists`. The two terms are read without
white space around them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, get_args

from aligner.errors import InputError
from aligner.formats.layouts import Layout
from aligner.formats.list_cells import as_competing, as_context, as_count, as_text, join, read_list
from aligner.formats.rows import TableReader, TableRow
from aligner.formats.source import Source
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
_OTHER_NAMES = {
    "en": "english source source_term sourceterm term en_term en-us en_us 英文 英语 英文术语 原文",
    "zh": "chinese target target_term targetterm translation zh_term zh-cn zh_cn zh-hans zh_hans zh-tw 中文"
    " 汉语 中文术语 译文",
    "status": "state 状态",
    "note": "notes comment comments remark remarks 备注 注释",
    "abbreviation": "abbr acronym short 缩写",
    "count": "frequency freq occurrences 频次",
}
_STATUS: dict[str, Status] = {
    **{name: name for name in get_args(Status)},
    **dict.fromkeys(("", "new", "proposed", "候选"), "candidate"),
    **dict.fromkeys(("approved", "preferred", "final", "接受", "采纳"), "accepted"),
    **dict.fromkeys(("deprecated", "forbidden", "obsolete", "拒绝"), "rejected"),
}

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
    }


def _flat_row(entry: Entry) -> dict[str, Any]:
    return {name: join(value) if isinstance(value, list) else value for name, value in _row(entry).items()}


def _place(entry: Entry) -> str:
    return f"entry {entry.en} = {entry.zh}"


ENTRIES: Layout[Entry] = Layout(COLUMNS, _row, _place)
"""Entries as JSONL writes them."""

FLAT_ENTRIES: Layout[Entry] = Layout(COLUMNS, _flat_row, _place)
"""Entries as tables without lists write them."""


def glossary(read_table: TableReader) -> Callable[[Source], Iterator[Entry | InputError]]:
    """Return a reader of glossary entries, one a row.

    Columns en and zh are needed, under these names or other usual ones. Without a column for the status, an
    entry counts as accepted: somebody wrote it. What a foreign column holds is added to the note.
    """

    def read(source: Source) -> Iterator[Entry | InputError]:
        for row in read_table(source):
            try:
                yield row if isinstance(row, InputError) else entry_of(row)
            except InputError as error:
                yield error

    return read


def entry_of(row: TableRow) -> Entry:
    """Return the entry a row holds.

    Raises:
        InputError: a column is missing, a cell does not hold what it should, or the row is of no glossary.
    """
    if {"record", "bead"} <= set(row.cells):
        what = "has the columns record and bead, as sentence pairs and occurrences have"
        raise InputError(what, where=row.where, hint="give a glossary")
    names = known_columns(row.cells)
    cells = {known: row.cells[name] for known, name in names.items() if row.cells[name] is not None}
    if missing := [known for known in ("en", "zh") if known not in names]:
        header = ", ".join(map(str, row.cells))[:300]
        what = f"there is no column {' and '.join(missing)} among: {header}"
        raise InputError(what, where=row.where, hint="name the columns of terms en and zh")
    texts = {
        known: _text(cells, known, row.where) for known in ("en", "zh", "abbreviation", "note", "expansion")
    }
    for known in ("en", "zh"):
        texts[known] = texts[known].strip()
        if not texts[known]:
            raise InputError(
                f"column {names[known]} is empty", where=row.where, hint="each row needs both terms"
            )
    return Entry(
        en=texts["en"],
        zh=texts["zh"],
        score=_number(cells, "score", row.where, default=1.0, whole=False),
        termhood=_number(cells, "termhood", row.where, default=1.0, whole=False),
        count=int(_number(cells, "count", row.where, default=0, whole=True)),
        records=int(_number(cells, "records", row.where, default=0, whole=True)),
        status=_status(cells, row.where) if "status" in names else "accepted",
        en_variants=read_list(cells, "en_variants", as_text, row.where),
        zh_variants=read_list(cells, "zh_variants", as_text, row.where),
        abbreviation=texts["abbreviation"],
        contexts=read_list(cells, "contexts", as_context, row.where),
        note=_with_foreign(texts["note"], row.cells, set(names.values())),
        en_counts=read_list(cells, "en_counts", as_count, row.where),
        zh_counts=read_list(cells, "zh_counts", as_count, row.where),
        competing=read_list(cells, "competing", as_competing, row.where),
        expansion=texts["expansion"],
    )


def known_columns(header: Iterable[str]) -> dict[str, str]:
    """Return, by our name, the names in ``header`` of the columns we know."""
    plain = {str(name).strip().casefold().replace(" ", "_"): name for name in reversed(list(header))}
    found = {}
    for known in COLUMNS:
        usual = [known, *_OTHER_NAMES.get(known, "").split()]
        name = next((plain[other] for other in usual if other in plain), None)
        if name is not None:
            found[known] = name
    return found


def _with_foreign(note: str, cells: Mapping[str, Any], known: set[str]) -> str:
    foreign = [
        f"{name}: {value}" for name, value in cells.items() if name not in known and value not in (None, "")
    ]
    return "; ".join([*([note] if note else []), *foreign])


def _text(cells: Mapping[str, Any], name: str, where: str) -> str:
    value = cells.get(name, "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = f"{value:g}" if isinstance(value, float) else str(value)
    if not isinstance(value, str):
        raise InputError(f"column {name} holds no text", where=where)
    return value


def _status(cells: Mapping[str, Any], where: str) -> Status:
    value = _text(cells, "status", where).strip().casefold()
    if value not in _STATUS:
        known = ", ".join(get_args(Status))
        raise InputError(f"unknown status '{value}'", where=where, hint=f"write one of {known}")
    return _STATUS[value]


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
