"""Which column of a table is which: by the user's word, by its name in either language, or by its content.

Names of columns stand in ``column_names.tsv`` (role, names without spaces and marks). A column of texts or
terms is one whose name holds a language and beside it only words that every such column may have (English
(United States), 中文译文, AB_CN), or such words alone (Source, 译文); which language these are in is told by
the cells.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import log

import regex

from aligner.errors import SettingError
from aligner.text.han import count_han, simplify

_LANGUAGES = {
    "en": r"english|eng|en|英文|英语|英",
    "zh": r"chinese|zho|zh|chi|chs|cht|cmn|cn|中文|汉语|中|汉",
}
_PLAIN_WORDS = (
    "abstracts?|ab|text[12]?|terms?|sentences?|segments?|strings?|words?|names?|entry|translations?|source|target|"
    "src|tgt|dst|unitedstates|unitedkingdom|us|gb|uk|usa|simplified|traditional|hans|hant|prc|china|mainland|"
    "taiwan|hongkong|cn|tw|hk|sg|原文|译文|摘要|术语|名称|名|词条|词|文本|句子|句|翻译|内容|简体|繁体|全文"
)
_HAN_PER_WORD = 1.7
_TEXT_ROLES = ("en", "zh")
_MAX_NAME_CHARS = 60


def column_names(text: str) -> dict[str, str]:
    """Read what ``--columns`` says: ``ID,EN,ZH``, or ``role=name`` for any roles, by comma.

    ``,english,chinese`` is a table without ids; ``en=Term,zh=译名,note=Remark`` names other columns too.

    Raises:
        SettingError: it is neither.
    """
    parts = [part.strip() for part in text.split(",")]
    if any("=" in part for part in parts):
        names = {role.strip(): name.strip() for role, _, name in (part.partition("=") for part in parts)}
        if unknown := [role for role in names if role not in {*_TEXT_ROLES, *_roles().values()}]:
            known = ", ".join(dict.fromkeys([*_TEXT_ROLES, *_roles().values()]))
            raise SettingError(f"--columns names no column '{unknown[0]}'", hint=f"known are: {known}")
    else:
        names = dict(zip(("id", "en", "zh"), parts, strict=False)) if len(parts) == 3 else {}
    if not (names.get("en") and names.get("zh")):
        what = f"--columns '{text}' does not name the English and the Chinese column"
        raise SettingError(what, hint="write --columns id,en,zh or en=NAME,zh=NAME")
    return {role: name for role, name in names.items() if name}


def named_columns(header: Iterable[str]) -> dict[str, str]:
    """Return by role the columns that their names tell; of two with one role the first."""
    found: dict[str, str] = {}
    for name in header:
        if role := _role(name):
            found.setdefault(role, name)
    return found


def is_header(cells: Sequence[str]) -> bool:
    """Tell whether cells are the names of columns of texts in both languages."""
    found = named_columns(cells)
    either = [cell for cell in cells if _is_text(cell)]
    return len({"en", "zh"} & set(found)) + len(either) >= 2 and (bool(either) or {"en", "zh"} <= set(found))


def find_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], given: Mapping[str, str] | None
) -> dict[str, str]:
    """Return the names of a table's columns by role; ``en`` and ``zh`` are missing where none is told.

    Args:
        header: names of all columns.
        rows: the table's first rows, to tell by their content what no name tells.
        given: names of columns by role, as the user gave them.
    """
    found = named_columns(header)
    if given:
        used = set(given.values())
        return {**{role: name for role, name in found.items() if name not in used}, **given}
    if {"en", "zh"} <= set(found):
        return found
    places = {name: place for place, name in enumerate(header)}
    fixed = [places[found[role]] for role in _TEXT_ROLES if role in found]
    named = [place for place, name in enumerate(header) if _is_text(name)]
    told = {places[name] for name in found.values()}
    free = [place for place in range(len(header)) if place not in told]
    for among in ([*fixed, *named], [*fixed, *free]):
        if pair := text_columns(rows, among):
            by_place = {places[name]: role for role, name in found.items()}
            found = {role: name for role, name in found.items() if places[name] not in pair}
            kept = [by_place.get(place) for place in pair]
            if kept[0] == "zh" or kept[1] == "en":  # the name says one language, the cells the other
                continue
            return {**found, "en": header[pair[0]], "zh": header[pair[1]]}
    return found


def text_columns(rows: Sequence[Sequence[str]], among: Iterable[int] | None = None) -> tuple[int, int] | None:
    """Return the places of the English and the Chinese column, told by the cells; None where there are none.

    Of several, the two whose lengths go together best are taken: identifiers and definitions do not.
    """
    width = max(map(len, rows), default=0)
    sizes = {
        place: [_size(row[place]) for row in rows if place < len(row) and row[place].strip()]
        for place in dict.fromkeys(range(width) if among is None else among)
    }
    english = [p for p, cells in sizes.items() if _mostly(words > han for words, han in cells)]
    chinese = [p for p, cells in sizes.items() if _mostly(han > words for words, han in cells)]
    pairs = [(_unlikeness(rows, en, zh), en, zh) for en in english for zh in chinese]
    return min(pairs)[1:] if pairs else None


def _unlikeness(rows: Sequence[Sequence[str]], en: int, zh: int) -> float:
    both = [(_size(row[en]), _size(row[zh])) for row in rows if max(en, zh) < len(row)]
    ratios = [abs(log((one[0] + 1) / (other[1] / _HAN_PER_WORD + 1))) for one, other in both]
    return round(sum(ratios) / len(ratios), 6) if ratios else 0.0


def _size(text: str) -> tuple[int, int]:
    """Return the number of Latin words and of Han characters."""
    return len(regex.findall(r"\p{Latin}{2,}|\b\p{Latin}\b", text)), count_han(text)


def _mostly(values: Iterable[bool]) -> bool:
    found = list(values)
    return bool(found) and sum(found) > len(found) / 2


def _plain(name: str) -> str:
    return regex.sub(r"[\W_]+", "", simplify(str(name)).lower())


@cache
def _roles() -> dict[str, str]:
    """Return the role of each plain name."""
    table = files("aligner.formats").joinpath("column_names.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines()[1:]]
    return {name: role for role, names in rows for name in names.split()}


@lru_cache(maxsize=4096)
def _role(name: str) -> str:
    """Return what a column is by its name; nothing where the name does not tell."""
    plain = _plain(name)
    if plain in _roles():
        return _roles()[plain]
    if len(plain) > _MAX_NAME_CHARS:
        return ""
    for role, language in _LANGUAGES.items():
        if regex.fullmatch(rf"(?:{_PLAIN_WORDS})*(?:{language})(?:{_PLAIN_WORDS})*", plain):
            return role
    return ""


def tells_language(name: str) -> bool:
    """Tell whether a column's name says the language of its texts."""
    return _role(name) in _TEXT_ROLES


def _is_text(name: str) -> bool:
    """Tell whether a column holds texts of a language that its name does not say."""
    plain = _plain(name)
    fits = len(plain) <= _MAX_NAME_CHARS and regex.fullmatch(rf"(?:{_PLAIN_WORDS})+", plain)
    return bool(fits) and not _role(name)
