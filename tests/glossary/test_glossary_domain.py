"""The glossary of the domain: what a reader may rely on, row by row."""

import io
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import regex

from aligner.errors import InputError
from aligner.formats import FORMATS, read_glossary
from aligner.glossary import merge
from aligner.glossary.keys import chinese_key, english_key
from aligner.text.han import simplify
from aligner.types import Entry

ROOT = Path(__file__).parents[2]
FILE = ROOT / "glossaries" / "ovcf-vertebroplasty.tsv"
HAN = regex.compile(r"\p{Han}")
EXPECTED = [
    ("vertebroplasty", "椎体成形术"),
    ("kyphoplasty", "椎体后凸成形术"),
    ("osteoporotic vertebral compression fracture", "骨质疏松性椎体压缩骨折"),
    ("bone cement", "骨水泥"),
    ("intradural cement leakage", "硬膜内骨水泥渗漏"),
    ("pulmonary cement embolism", "肺骨水泥栓塞"),
    ("magnetic resonance imaging", "磁共振成像"),
    ("bone mineral density", "骨密度"),
    ("zoledronic acid", "唑来膦酸"),
    ("teriparatide", "特立帕肽"),
    ("pedicle screw", "椎弓根螺钉"),
    ("erector spinae plane block", "竖脊肌平面阻滞"),
    ("pressure injury", "压力性损伤"),
    ("Oswestry disability index", "Oswestry功能障碍指数"),
    ("hazard ratio", "风险比"),
    ("independent risk factors", "独立危险因素"),
]


@cache
def everything() -> tuple[Entry | InputError, ...]:
    return tuple(read_glossary([str(FILE)]))


def entries(status: str = "") -> list[Entry]:
    return [row for row in everything() if isinstance(row, Entry) and status in ("", row.status)]


def places(rows: list[Entry]) -> list[str]:
    return [f"{row.en} = {row.zh}" for row in rows]


def forms(row: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (row.en, *row.en_variants), (row.zh, *row.zh_variants)


def folded(text: str) -> str:
    return regex.sub(r"[\s\-‐‑]+", " ", simplify(text).casefold())


def test_every_row_is_read_and_decided():
    assert [row for row in everything() if isinstance(row, InputError)] == []
    assert {row.status for row in entries()} == {"accepted", "rejected"}
    assert len(entries("accepted")) >= 300


def test_accepted_rows_come_first():
    statuses = [row.status for row in entries()]
    assert statuses == sorted(statuses)


def test_no_row_stands_twice():
    keys = Counter(
        (english_key(row.en), chinese_key(row.zh), english_key(row.expansion)) for row in entries()
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_nothing_is_accepted_in_one_row_and_rejected_in_another():
    accepted = {(en, zh) for row in entries("accepted") for en in forms(row)[0] for zh in forms(row)[1]}
    assert [
        place for row in entries("rejected") if (row.en, row.zh) in accepted for place in places([row])
    ] == []


def test_each_context_holds_both_terms():
    wrong = []
    for row in entries("accepted"):
        en, zh = forms(row)
        for context in row.contexts:
            english, chinese = folded(context.en), folded(context.zh)
            if not any(folded(form) in english for form in en) or not any(
                folded(form) in chinese for form in zh
            ):
                wrong.append(row)
    assert places(wrong) == []


def test_each_row_has_contexts_and_counts_that_agree():
    wrong = [
        row
        for row in entries("accepted")
        if not 1 <= row.records <= row.count
        or not row.contexts
        or row.records < len({context.record for context in row.contexts})
        or (len(row.en_counts), len(row.zh_counts)) != tuple(map(len, forms(row)))
        or {sum(row.en_counts), sum(row.zh_counts)} != {row.count}
    ]
    assert places(wrong) == []


def test_contexts_come_from_the_corpora():
    names = {path.stem for path in [*(ROOT / "corpora" / "constructed" / "records").glob("*.txt")]}
    names.add("intradural-cement-leakage")
    assert {context.record for row in entries() for context in row.contexts} <= names


def test_a_term_is_chinese_unless_it_is_a_short_form():
    latin = [row for row in entries("accepted") if not HAN.search(row.zh)]
    assert [place for place in places(latin) if len(place.split(" = ")[0]) > 10] == []
    assert [row for row in latin if row.en.casefold() != row.zh.casefold()] == []


@pytest.mark.parametrize(("en", "zh"), EXPECTED)
def test_the_field_is_covered(en, zh):
    assert (en, zh) in {(row.en, row.zh) for row in entries("accepted")}


def test_it_is_written_as_the_program_writes_it():
    merged, messages = merge([], entries())
    out = io.BytesIO()
    assert (FORMATS.load("tsv").write_glossary(merged, out), messages) == ([], [])
    assert out.getvalue() == FILE.read_bytes()


def test_finding_everything_again_changes_no_decision_and_adds_no_row():
    found = [Entry(row.en, row.zh, 0.9, row.count, row.records, expansion=row.expansion) for row in entries()]
    merged, _ = merge(found, entries())

    def decided(rows: list[Entry]) -> list[tuple[object, ...]]:
        return [(r.en, r.zh, r.status, r.note, r.en_variants, r.zh_variants, r.contexts) for r in rows]

    assert decided(merged) == decided(entries())
