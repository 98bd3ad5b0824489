"""The glossary of the domain: what a reader may rely on, row by row."""

import io
import unicodedata
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import regex

from aligner.errors import InputError
from aligner.formats import FORMATS, read_glossary
from aligner.glossary import merge
from aligner.glossary.filtering import filter_entries
from aligner.glossary.keys import chinese_key, english_key
from aligner.text.han import simplify
from aligner.text.lemma import singular_term
from aligner.types import Context, Entry

ROOT = Path(__file__).parents[2]
FILE = ROOT / "glossaries" / "ovcf-vertebroplasty.tsv"
HAN = regex.compile(r"\p{Han}")
PERSON = regex.compile(
    r"\b(?:patient|wom[ae]n|m[ae]n|adult|surgeon|radiologist|physician|nurse|resident|doctor)s?$"
)
ZH_PERSON = regex.compile("(?:患者|病人|病患|女性|男性|妇女|老人|医师|医生|护士|術者|术者)$")
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
    ("independent risk factor", "独立危险因素"),
    ("intravertebral cleft", "椎体内裂隙"),
    ("Kümmell disease", "Kümmell病"),
    ("durotomy", "硬脊膜切开术"),
    ("incidental durotomy", "意外硬脊膜破裂"),
    ("dural tear", "硬脊膜撕裂"),
    ("spinal canal leakage", "椎管内渗漏"),
    ("paravertebral leakage", "椎旁渗漏"),
    ("intradiscal leakage", "椎间盘内渗漏"),
    ("venous leakage", "静脉渗漏"),
    ("bone cement implantation syndrome", "骨水泥植入综合征"),
    ("Cobb angle", "Cobb角"),
    ("kyphosis angle", "后凸角"),
    ("T-score", "T值"),
    ("dual-energy X-ray absorptiometry", "双能X线吸收法"),
    ("quantitative computed tomography", "定量CT"),
    ("Hounsfield unit", "亨氏单位"),
    ("polymethylmethacrylate", "聚甲基丙烯酸甲酯"),
    ("adjacent vertebral fracture", "邻近椎体骨折"),
    ("unipedicular approach", "单侧椎弓根入路"),
    ("short tau inversion recovery", "短时反转恢复"),
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
    """Fold script, case, width and hyphens; no space beside a Chinese character."""
    plain = regex.sub(r"[\s\-‐‑–—]+", " ", simplify(unicodedata.normalize("NFKC", text)).casefold())
    return regex.sub(r"(?<=\p{Han}) | (?=\p{Han})", "", plain)


def squeezed(text: str) -> str:
    return "".join(text.split())


@cache
def record_text(name: str) -> str:
    (path,) = [*(ROOT / "corpora").glob(f"**/{name}.txt")]
    return squeezed(path.read_text("utf-8"))


def test_every_row_is_read_and_decided():
    assert [row for row in everything() if isinstance(row, InputError)] == []
    assert {row.status for row in entries()} == {"accepted", "rejected"}
    assert len(entries("accepted")) >= 1700


def test_the_readme_counts_the_rows():
    accepted, rejected = (len(entries(status)) for status in ("accepted", "rejected"))
    added = len([row for row in entries("accepted") if "Added by a reviewer." in row.note])
    readme = FILE.with_name("README.md").read_text("utf-8")
    assert f"holds {accepted:,} accepted entries and, after them, {rejected} rejected ones" in readme
    assert f"Of the accepted rows {added} were **added** or reworded" in readme
    assert f"{accepted:,} accepted entries" in (ROOT / "README.md").read_text("utf-8")


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
            if not any(folded(form).rstrip("y") in english for form in en) or not any(
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


def test_contexts_stand_in_the_corpora():
    """Each sentence of a context, in the record that it names."""
    wrong = [
        (row.en, row.zh, context.record)
        for row in entries()
        for context in row.contexts
        if not all(squeezed(text) in record_text(context.record) for text in (context.en, context.zh))
    ]
    assert wrong == []


def test_a_term_is_chinese_unless_it_is_a_short_form():
    latin = [row for row in entries("accepted") if not HAN.search(row.zh)]
    assert [place for place in places(latin) if len(place.split(" = ")[0]) > 10] == []
    assert [row for row in latin if row.en.casefold() != row.zh.casefold()] == []


def test_no_accepted_row_is_headed_by_a_plural():
    assert [row.en for row in entries("accepted") if singular_term(row.en) != row.en] == []


def test_no_accepted_term_is_a_form_of_another_row():
    taken: dict[tuple[str, str], str] = {}
    twice = []
    for row in entries("accepted"):
        pairs = {(english_key(en), chinese_key(zh)) for en in forms(row)[0] for zh in forms(row)[1]}
        if row.abbreviation:  # two translations of a term share its short form
            short = english_key(row.abbreviation), chinese_key(row.abbreviation)
            pairs = {pair for pair in pairs if pair[0] != short[0] and pair[1] != short[1]}
        twice += [(taken[pair], row.en) for pair in pairs if pair in taken]
        taken |= dict.fromkeys(pairs, row.en)
    assert twice == []


def test_no_accepted_row_names_patients_a_group_or_two_things():
    assert [row.en for row in filter_entries(entries("accepted")) if row.termhood < 0.5 < original(row)] == []


def test_no_accepted_row_names_people():
    people = [row for row in entries("accepted") if PERSON.search(row.en) or ZH_PERSON.search(row.zh)]
    assert places(people) == []


def original(row: Entry) -> float:
    return next(other.termhood for other in entries("accepted") if (other.en, other.zh) == (row.en, row.zh))


def test_no_accepted_row_is_a_fragment():
    """What a context shows of a term stands there by itself, or in different longer terms."""
    rows = entries("accepted")
    pairs = {pair: [] for row in rows for pair in row.contexts}
    for row in rows:
        for pair in row.contexts:
            pairs[pair].append(row)
    assert pairs
    alone = [row for row in rows if row.count == 1 and not row.abbreviation and row.found_in != "keywords"]
    fragments = []
    for row in alone:
        (context, *_) = row.contexts
        for other in pairs[context]:
            if other is not row and inside(row, other, context):
                fragments.append(f"{row.en} in {other.en}")
    assert fragments == []


def inside(row: Entry, other: Entry, context: Context) -> bool:
    """Tell whether all that a context has of a row stands in what it has of another, in both languages."""
    sides = zip(forms(row), forms(other), (context.en, context.zh), strict=True)
    return all(
        (places := spans(mine, folded(text)))
        and all(
            any(c <= a and b <= d and (c, d) != (a, b) for c, d in spans(theirs, folded(text)))
            for a, b in places
        )
        for mine, theirs, text in sides
    )


def spans(terms: tuple[str, ...], text: str) -> list[tuple[int, int]]:
    return [
        m.span()
        for term in terms
        for m in regex.finditer(rf"(?<![a-z]){regex.escape(folded(term))}(?![a-z])", text)
    ]


def test_every_accepted_row_has_its_field_and_part_of_speech():
    assert [row.en for row in entries("accepted") if not (row.domain and row.part_of_speech)] == []
    assert [row.en for row in entries("accepted") if row.part_of_speech != "noun"] == ["in vitro"]
    assert len([row for row in entries("accepted") if row.definition]) >= 70
    assert [row.en for row in entries() if row.definition and not row.definition.endswith(".")] == []
    assert 10 <= len({row.domain for row in entries("accepted")}) <= 20


@pytest.mark.parametrize(("en", "zh"), EXPECTED)
def test_the_field_is_covered(en, zh):
    assert (en, zh) in {(row.en, row.zh) for row in entries("accepted")}


def test_it_is_written_as_the_program_writes_it():
    merged, messages = merge([], entries())
    out = io.BytesIO()
    assert (FORMATS.load("tsv").write_glossary(merged, out), messages) == ([], [])
    assert out.getvalue() == FILE.read_bytes()


def test_it_survives_the_way_through_tbx(tmp_path):
    """TBX has the accepted rows, and no place for what only the program says of them."""
    there, back = tmp_path / "glossary.tbx", tmp_path / "glossary.tsv"
    for name, rows, path in (("tbx", entries(), there), ("tsv", read_glossary([str(there)]), back)):
        with path.open("wb") as out:
            assert list(FORMATS.load(name).write_glossary(rows, out)) == []
    lost = {"termhood": 1.0, "found_in": "", "competing": ()}
    rows = [replace(row, **lost) for row in read_glossary([str(back)]) if isinstance(row, Entry)]
    assert rows == [replace(row, **lost) for row in entries("accepted")]


def test_finding_everything_again_changes_no_decision_and_adds_no_row():
    found = [Entry(row.en, row.zh, 0.9, row.count, row.records, expansion=row.expansion) for row in entries()]
    merged, _ = merge(found, entries())

    def decided(rows: list[Entry]) -> list[tuple[object, ...]]:
        return [(r.en, r.zh, r.status, r.note, r.en_variants, r.zh_variants, r.contexts) for r in rows]

    assert decided(merged) == decided(entries())
