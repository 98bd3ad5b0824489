"""What every format that carries glossaries promises, and what each cannot carry."""
# ruff: noqa: E501 - rows stand as they are

import io
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.errors import InputError
from aligner.formats import FORMATS, read_glossary
from aligner.formats.list_cells import join
from aligner.types import CompetingTranslation, Context, Entry

BOTH = [name for name in FORMATS if FORMATS.load(name).write_glossary and FORMATS.load(name).read_glossary]
WHOLE = [name for name in ("jsonl", "tsv", "csv", "xlsx") if name in FORMATS]
TERMBASES = ["tbx", "tbx2"]
PLAIN = ["two-column", "omegat"]

FULL = Entry(
    en="osteoporotic vertebral compression fracture",
    zh="骨质疏松性椎体压缩骨折",
    score=0.9712,
    count=7,
    records=3,
    status="accepted",
    en_variants=("osteoporotic vertebral compression fractures",),
    zh_variants=("骨质疏松性椎体压缩性骨折", "骨質疏鬆性椎體壓縮骨折"),
    abbreviation="OVCF",
    contexts=(
        Context("a", "OVCF | is :: common.", "OVCF常见。"),
        Context("b=1", '=SUM(A1)\tis \\| not\nP < .05 & "x"', "“引号”"),
    ),
    note="as in the standard; see | there",
    en_counts=(5, 2),
    zh_counts=(4, 2, 1),
    competing=(
        CompetingTranslation("osteoporotic vertebral compression fracture", "骨质疏松椎体压缩骨折 | 旧", 2),
    ),
)
ENTRIES = [
    FULL,
    Entry("OVCF", "OVCF", 0.9, 4, 2, expansion=FULL.en, en_counts=(4,), zh_counts=(4,)),
    Entry("fracture", "骨折", 0.25, 1, 1, status="rejected", note="too general"),
    Entry("=SUM(A1)", "=SUM(A1)处", 1.0, 1, 1),
    Entry("@x", "@某", 0.5, 1, 1),
    Entry("+1", "+1级", 0.5, 1, 1),
    Entry("-2.5", "-2.5标准差", 0.5, 1, 1),
    Entry('"off-label" use, oral', "“超说明书”用药", 0.5, 1, 1),
    Entry("urinary/defecation dysfunction", "排尿/排便功能障碍", 0.0, 0, 0),
    Entry(
        "a\\tb",
        "反斜线\\n",
        0.5,
        1,
        1,
        en_variants=("a|b", "a | b", "\\|", "::", "a\\"),
        en_counts=(1, 2, 3, 4, 5, 6),
    ),
]


def write(name, entries):
    out = io.BytesIO()
    errors = FORMATS.load(name).write_glossary(iter(entries), out)
    return out.getvalue(), errors


def read(name, data, tmp_path):
    path = tmp_path / f"x{FORMATS.load(name).suffixes[0]}"
    path.write_bytes(data)
    return list(read_glossary([str(path)]))


@pytest.mark.parametrize("name", WHOLE)
def test_tables_carry_everything(name, tmp_path):
    data, errors = write(name, ENTRIES)
    assert errors == []
    assert read(name, data, tmp_path) == ENTRIES


@pytest.mark.parametrize("name", TERMBASES)
def test_termbases_carry_everything_but_competing_translations(name, tmp_path):
    data, errors = write(name, ENTRIES)
    assert errors == []
    assert read(name, data, tmp_path) == [
        replace(entry, competing=()) for entry in ENTRIES if entry.status != "rejected"
    ]


@pytest.mark.parametrize("name", TERMBASES)
@pytest.mark.parametrize("counts", [(5, 2, 1), (7,)])
def test_termbases_leave_out_counts_that_fit_no_form(name, counts, tmp_path):
    """As they are when somebody adds or deletes a variant in a table and leaves its count."""
    entry = replace(FULL, en_counts=counts, competing=())
    data, errors = write(name, [entry])
    assert errors == []
    assert read(name, data, tmp_path) == [replace(entry, en_counts=())]


def test_two_columns_carry_the_terms_that_may_be_used(tmp_path):
    data, errors = write("two-column", ENTRIES)
    assert errors == []
    assert data.decode().splitlines()[:2] == [f"{FULL.en}\t{FULL.zh}", "OVCF\tOVCF"]
    usable = [entry for entry in ENTRIES if entry.status != "rejected"]
    assert read("two-column", data, tmp_path) == [Entry(e.en, e.zh, 1.0, 0, 0, "accepted") for e in usable]


def test_omegat_shows_what_a_translator_wants_to_see(tmp_path):
    data, errors = write("omegat", [FULL, ENTRIES[2], replace(ENTRIES[1], note="line\nend")])
    assert errors == []
    assert data.decode() == (
        f"{FULL.en}\t{FULL.zh}\tOVCF; osteoporotic vertebral compression fractures; "
        "骨质疏松性椎体压缩性骨折, 骨質疏鬆性椎體壓縮骨折; as in the standard; see | there\n"
        f"OVCF\tOVCF\t{FULL.en}; line end\n"
    )
    back = read("omegat", data, tmp_path)
    assert [(entry.en, entry.zh, entry.note) for entry in back][1] == ("OVCF", "OVCF", f"{FULL.en}; line end")


@pytest.mark.parametrize("name", BOTH)
def test_the_same_entries_make_the_same_bytes(name):
    assert write(name, ENTRIES) == write(name, ENTRIES)


@pytest.mark.parametrize("name", BOTH)
def test_no_entries_make_a_file_that_holds_none(name, tmp_path):
    data, errors = write(name, [])
    assert errors == []
    assert [item for item in read(name, data, tmp_path) if isinstance(item, Entry)] == []


@pytest.mark.parametrize("name", BOTH)
def test_no_character_is_lost_silently(name, tmp_path):
    entries = [ENTRIES[2], Entry("bell\x07", "铃\x0b声", 0.5, 1, 1), Entry("last", "末", 0.5, 1, 1)]
    entries[0] = replace(entries[0], status="candidate", note="")
    data, errors = write(name, entries)
    back = [(entry.en, entry.zh) for entry in read(name, data, tmp_path)]
    expected = [(entry.en, entry.zh) for entry in entries if not (errors and "\x07" in entry.en)]
    assert back == expected
    assert [str(error).partition(";")[0] for error in errors] in (
        [],
        [f"entry bell\x07 = 铃 声: left out: it holds the character U+0007{error_tail(name)}"],
    )


def error_tail(name: str) -> str:
    return ", which TBX cannot hold" if name in TERMBASES else ""


def test_jsonl_has_the_keys_of_the_contract_first():
    data, _ = write("jsonl", [FULL])
    row = json.loads(data)
    contract = [
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
    ]
    assert list(row)[:12] == [*contract, "contexts", "note"]
    assert row["contexts"][0] == {"record": "a", "en": "OVCF | is :: common.", "zh": "OVCF常见。"}
    assert row["competing"][0] == {"en": FULL.en, "zh": "骨质疏松椎体压缩骨折 | 旧", "count": 2}


def test_tsv_has_the_columns_of_the_contract_and_lists_joined_by_bars():
    data, _ = write("tsv", [FULL])
    header, row = (line.split("\t") for line in data.decode().splitlines())
    cells = dict(zip(header, row, strict=True))
    assert header[:5] == ["en", "zh", "score", "termhood", "count"]
    assert cells["zh_variants"] == "骨质疏松性椎体压缩性骨折 | 骨質疏鬆性椎體壓縮骨折"
    assert cells["contexts"].startswith(r"a :: OVCF \| is \:: common. :: OVCF常见。 | b=1 :: =SUM(A1)\tis")


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
NASTY = st.one_of(TEXT, st.text(st.sampled_from("|:\\0\0 \t\n\r\"',=+-@#<&;骨"), max_size=8))
TERM = NASTY.map(str.strip).filter(bool)
COUNT = st.integers(0, 10**6)


@st.composite
def glossary_entries(draw):
    en, zh = draw(st.lists(TERM, max_size=3)), draw(st.lists(TERM, max_size=3))
    counts = draw(st.booleans())
    return Entry(
        draw(TERM),
        draw(TERM),
        draw(st.integers(0, 10_000)) / 10_000,
        draw(COUNT),
        draw(COUNT),
        draw(st.sampled_from(["candidate", "accepted", "rejected"])),
        tuple(en),
        tuple(zh),
        draw(st.one_of(st.just(""), TERM)),
        tuple(draw(st.lists(st.builds(Context, NASTY, NASTY, NASTY), max_size=2))),
        draw(NASTY),
        tuple(draw(COUNT) for _ in range(len(en) + 1)) if counts else (),
        tuple(draw(COUNT) for _ in range(len(zh) + 1)) if counts else (),
        tuple(draw(st.lists(st.builds(CompetingTranslation, TERM, TERM, COUNT), max_size=2))),
        draw(st.one_of(st.just(""), TERM)),
    )


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(entries=st.lists(glossary_entries(), min_size=1, max_size=3))
def test_tables_carry_any_text(name, tmp_path_factory, entries):
    data, errors = write(name, entries)
    back = read(name, data, tmp_path_factory.mktemp("x"))
    assert len(back) + len(errors) == len(entries)
    if not errors:
        assert back == entries


@pytest.mark.parametrize("name", TERMBASES)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(entries=st.lists(glossary_entries(), min_size=1, max_size=3))
def test_termbases_carry_any_text(name, tmp_path_factory, entries):
    entries = [
        replace(entry, usage="forbidden") if entry.status == "rejected" else entry for entry in entries
    ]
    data, errors = write(name, entries)
    back = read(name, data, tmp_path_factory.mktemp("x"))
    left_out = [error for error in errors if "left out" in error.what]
    assert len(back) + len(left_out) == len(entries)
    if not errors:
        assert back == [replace(entry, competing=(), usage="") for entry in entries]


FOREIGN = [
    (
        "English\t中文\tStatus\tDomain\nfracture\t骨折\tapproved\tspine\n",
        Entry("fracture", "骨折", 1.0, 0, 0, "accepted", domain="spine", usage="approved"),
    ),
    (
        "Source term\tTarget term\tComment\nfracture\t骨折\tsee there\n",
        Entry("fracture", "骨折", 1.0, 0, 0, "accepted", note="see there"),
    ),
    ("zh\ten\tstatus\n骨折\tfracture\t\n", Entry("fracture", "骨折", 1.0, 0, 0, "candidate")),
    (
        "en\tzh\tstatus\tcount\nfracture\t骨折\tForbidden\t3.0\n",
        Entry("fracture", "骨折", 1.0, 3, 0, "rejected", usage="Forbidden"),
    ),
]


@pytest.mark.parametrize(("text", "entry"), FOREIGN)
def test_foreign_tables_are_read_by_their_columns(text, entry, tmp_path):
    assert read("tsv", text.encode(), tmp_path) == [entry]


BROKEN = [
    (
        "en\tzh\tscore\nfracture\t骨折\t0.9\nbone\t\t0.5\n",
        "line 3: column zh is empty; each row needs both terms",
    ),
    (
        "en\tzh\tscore\tstatus\nfracture\t骨折\t0,9\t\n",
        "line 2: column score holds '0,9', not a probability from 0 to 1",
    ),
    (
        "en\tzh\tscore\tstatus\nfracture\t骨折\t1.5\t\n",
        "line 2: column score holds '1.5', not a probability from 0 to 1",
    ),
    (
        "en\tzh\tscore\tstatus\nfracture\t骨折\tnan\t\n",
        "line 2: column score holds 'nan', not a probability from 0 to 1",
    ),
    ("en\tzh\tcount\nfracture\t骨折\t1.5\n", "line 2: column count holds '1.5', not a whole number"),
    (
        "en\tzh\tstatus\nfracture\t骨折\tmaybe\n",
        "line 2: unknown status 'maybe'; write one of candidate, accepted, rejected",
    ),
    ("en\tzh\nfracture\t骨折\t9\n", "line 2: has 3 cells where the header has 2"),
    (
        "en\tnote\nfracture\tx\n",
        "line 1: there is no column for Chinese among: en, note; name the columns id, en and zh, or say theirs with --columns",
    ),
    (
        "en\tzh\tcontexts\nfracture\t骨折\tjust text\n",
        "line 2: column contexts is damaged; write 'record :: English :: Chinese' with ' | ' between them",
    ),
    (
        "en\tzh\ten_counts\nfracture\t骨折\tx\n",
        "line 2: column en_counts is damaged; write whole numbers with ' | ' between them",
    ),
]


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_a_broken_row_is_named_and_costs_no_other(text, message, tmp_path):
    last = "last\t末\n" if "\tzh" in text else ""
    items = read("tsv", (text + last).encode(), tmp_path)
    errors = [item for item in items if isinstance(item, InputError)]
    assert [str(error) for error in errors] == [f"{tmp_path}/x.tsv, {message}"]
    assert [entry.en for entry in items if isinstance(entry, Entry)][-1:] == (["last"] if last else [])


HEADERLESS = [
    (".tsv", "OVCF\tOVCF\nfracture\t骨折\n", [("OVCF", "OVCF", ""), ("fracture", "骨折", "")]),
    (
        ".txt",
        "# Glossary\n骨折\tfracture\tnote\n骨\tbone\n",
        [("fracture", "骨折", "note"), ("bone", "骨", "")],
    ),
    (".csv", '"fracture, old",骨折\n', [("fracture, old", "骨折", "")]),
    (".utf8", "fracture\t骨折\t\n", [("fracture", "骨折", "")]),
]


@pytest.mark.parametrize(("suffix", "text", "expected"), HEADERLESS)
def test_tables_without_a_header_are_read(suffix, text, expected, tmp_path):
    path = tmp_path / f"x{suffix}"
    path.write_bytes(text.encode())
    assert [(e.en, e.zh, e.note) for e in read_glossary([str(path)])] == expected


def test_a_table_saved_as_txt_is_told_by_its_header(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("English\t中文\tStatus\nfracture\t骨折\tapproved\n", encoding="utf-16")
    assert list(read_glossary([str(path)])) == [
        Entry("fracture", "骨折", 1.0, 0, 0, "accepted", usage="approved")
    ]


def test_sentence_pairs_are_no_glossary(tmp_path):
    (error,) = read("tsv", "record\tbead\ten\tzh\nr\t0\tIt broke.\t断了。\n".encode(), tmp_path)
    assert str(error) == (
        f"{tmp_path}/x.tsv, line 2: has the columns record and bead, as sentence pairs and occurrences have;"
        " give a glossary"
    )


def test_a_cell_longer_than_any_is_one_clear_line(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(f'leak,渗漏\n"{"x" * 200_000}",长\n', encoding="utf-8")
    leak, error = read_glossary([str(path)])
    assert leak.en == "leak"
    assert "line 2: has a cell that cannot be read" in str(error)


def test_a_text_that_is_no_glossary_is_told_how_to_name_one(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("Bone cement leaked.\n骨水泥渗漏。\n", encoding="utf-8")
    (error,) = read_glossary([str(path)])
    assert error.hint == "name it .tsv, .csv, .xlsx, .jsonl or .tbx, as what it is"


def test_a_line_of_two_columns_that_lacks_one_is_named(tmp_path):
    path = tmp_path / "x.tsv"
    path.write_text("fracture\t骨折\nbone\t\n", encoding="utf-8")
    first, second = read_glossary([str(path)])
    assert first.en == "fracture"
    assert str(second) == (
        f"{path}, line 2: holds 1 cells, not an English and a Chinese term;"
        " write two terms with a tab between them"
    )


TOO_MUCH = [
    (Entry("x" * 1025, "长", 1.0, 1, 1), "a term has 1,025 bytes, more than 1,024"),
    (Entry("long", "长" * 342, 1.0, 1, 1), "a term has 1,026 bytes, more than 1,024"),
    (Entry("a\tb", "甲", 1.0, 1, 1), "it holds the character U+0009"),
    (Entry("last", "另", 1.0, 1, 1), "the term has another translation before it, 末"),
]


@pytest.mark.parametrize(("entry", "problem"), TOO_MUCH)
def test_two_columns_report_what_they_leave_out(entry, problem):
    data, errors = write("two-column", [Entry("last", "末", 1.0, 1, 1), entry])
    assert data.decode() == "last\t末\n"
    assert [error.what for error in errors] == [f"left out: {problem}"]


@pytest.mark.parametrize("name", PLAIN)
def test_a_term_that_would_be_a_comment_is_reported(name):
    data, errors = write(name, [Entry("#1 cause", "首要原因", 1.0, 1, 1)])
    assert data == b""
    assert [error.what for error in errors] == ["left out: the term begins with #"]


@pytest.mark.parametrize(
    ("items", "cell"),
    [
        ([], ""),
        (["a", "b"], "a | b"),
        (["a | b", "c\\|"], r"a \| b | c\\\|"),
        ([{"a": "r::1", "b": "x | y", "c": 3}], r"r\::1 :: x \| y :: 3"),
    ],
)
def test_lists_in_cells(items, cell):
    assert join(items) == cell
