r"""Glossary entries as rows of a table, and back. TSV, CSV, JSONL and XLSX share this.

JSONL keeps lists as lists. The others join them by `` | `` and the parts of one context (record, English,
Chinese) or of one competing translation (English, Chinese, count) by `` :: ``; a bar or a double colon that is
part of a text gets a backslash before it, and backslashes right before one are doubled.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar, get_args

import regex

from aligner.errors import InputError
from aligner.formats.layouts import Layout
from aligner.formats.rows import TableReader, TableRow
from aligner.formats.source import Source
from aligner.types import Context, Entry, Rival, Status

T = TypeVar("T")

COLUMNS = (
    *("en", "zh", "score", "count", "records", "status", "en_variants", "zh_variants", "abbreviation"),
    *("contexts", "note", "en_counts", "zh_counts", "competing", "expansion"),
)
_OTHER_NAMES = {
    "en": "english source source_term sourceterm term en_term en-us en_us 英文 英语 英文术语 原文",
    "zh": "chinese target target_term targetterm translation zh_term zh-cn zh_cn zh-hans zh_hans zh-tw 中文 汉语"
    " 中文术语 译文",
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
_HINTS = {
    **dict.fromkeys(("en_variants", "zh_variants"), "write texts with ' | ' between them"),
    **dict.fromkeys(("en_counts", "zh_counts"), "write whole numbers with ' | ' between them"),
    "contexts": "write 'record :: English :: Chinese' with ' | ' between them",
    "competing": "write 'English :: Chinese :: count' with ' | ' between them",
}
_BARS, _COLONS = regex.compile(r"(\\*)\|"), regex.compile(r"(\\*)::")
_MARKED_BARS, _MARKED_COLONS = regex.compile(r"(\\+)\|"), regex.compile(r"(\\+)::")


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "en": entry.en,
        "zh": entry.zh,
        "score": round(entry.score, 4),
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
    return {name: _join(value) if isinstance(value, list) else value for name, value in _row(entry).items()}


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
        InputError: a column is missing, or a cell does not hold what it should.
    """
    names = _columns(row.cells)
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
        score=_number(cells, "score", float, 1.0, row.where),
        count=_number(cells, "count", int, 0, row.where),
        records=_number(cells, "records", int, 0, row.where),
        status=_status(cells, row.where) if "status" in names else "accepted",
        en_variants=_list(cells, "en_variants", _as_text, row.where),
        zh_variants=_list(cells, "zh_variants", _as_text, row.where),
        abbreviation=texts["abbreviation"],
        contexts=_list(cells, "contexts", _as_context, row.where),
        note=_with_foreign(texts["note"], row.cells, set(names.values())),
        en_counts=_list(cells, "en_counts", _as_count, row.where),
        zh_counts=_list(cells, "zh_counts", _as_count, row.where),
        competing=_list(cells, "competing", _as_rival, row.where),
        expansion=texts["expansion"],
    )


def _columns(cells: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of the columns we know, as this table writes them."""
    plain = {str(name).strip().casefold().replace(" ", "_"): name for name in reversed(list(cells))}
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
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise InputError(f"column {name} holds half a character", where=where, hint="save it as UTF-8")
    return value


def _status(cells: Mapping[str, Any], where: str) -> Status:
    value = _text(cells, "status", where).strip().casefold()
    if value not in _STATUS:
        known = ", ".join(get_args(Status))
        raise InputError(f"unknown status '{value}'", where=where, hint=f"write one of {known}")
    return _STATUS[value]


def _number(cells: Mapping[str, Any], name: str, kind: Callable[[Any], T], default: T, where: str) -> T:
    value = cells.get(name, "")
    if value == "":
        return default
    try:
        number = kind(value)
        if isinstance(value, bool) or not 0 <= float(value) <= (1 if kind is float else 1e15):
            raise ValueError
    except (ValueError, TypeError, OverflowError):
        what = "a probability from 0 to 1" if kind is float else "a whole number"
        raise InputError(f"column {name} holds '{value}', not {what}", where=where) from None
    return number


def _list(cells: Mapping[str, Any], name: str, item: Callable[[Any], T], where: str) -> tuple[T, ...]:
    value = cells.get(name, "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = [value]
    if isinstance(value, str):
        value = [_unmarked(part, _MARKED_BARS) for part in value.split(" | ")] if value else []
    try:
        return tuple(map(item, value))
    except (ValueError, TypeError, KeyError, OverflowError):
        raise InputError(f"column {name} is damaged", where=where, hint=_HINTS[name]) from None


def _join(items: list[Any]) -> str:
    parts = (
        " :: ".join(_marked(str(field), _COLONS) for field in item.values())
        if isinstance(item, dict)
        else str(item)
        for item in items
    )
    return " | ".join(_marked(part, _BARS) for part in parts)


def _marked(text: str, pattern: "regex.Pattern[str]") -> str:
    return pattern.sub(lambda match: match[1] * 2 + "\\" + match[0][len(match[1]) :], text)


def _unmarked(text: str, pattern: "regex.Pattern[str]") -> str:
    return pattern.sub(lambda match: match[1][: len(match[1]) // 2] + match[0][len(match[1]) :], text)


def _as_text(item: Any) -> str:  # noqa: ANN401
    if not isinstance(item, str):
        raise TypeError
    return item


def _as_count(item: Any) -> int:  # noqa: ANN401
    if int(item) < 0:
        raise ValueError
    return int(item)


def _as_context(item: Any) -> Context:  # noqa: ANN401
    return Context(*map(_as_text, _fields(item, ("record", "en", "zh"))))


def _as_rival(item: Any) -> Rival:  # noqa: ANN401
    en, zh, count = _fields(item, ("en", "zh", "count"))
    return Rival(_as_text(en), _as_text(zh), _as_count(count))


def _fields(item: Any, names: tuple[str, str, str]) -> list[Any]:  # noqa: ANN401
    """Return three fields of a mapping, or of a text that joins them."""
    if isinstance(item, str):
        first, second, third = (_unmarked(field, _MARKED_COLONS) for field in item.split(" :: "))
        return [first, second, third]
    return [item[name] for name in names]
