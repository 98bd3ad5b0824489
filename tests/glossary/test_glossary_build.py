"""Occurrences become entries."""

import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from aligner.glossary import build
from aligner.glossary.forms import settle_capitals, starts_sentence
from aligner.types import CompetingTranslation, Context, Entry, Pair, TermPair

TEXTS = {
    "a": [
        ("Vertebral fractures are common. Cobb angle and fracture.", "椎体骨折常见。Cobb角与骨折。"),
        ("A vertebral fracture hurts.", "椎体的骨折疼痛。"),
    ],
    "b": [
        ("Vertebral Fracture after bone-cement leakage.", "骨水泥渗漏后椎體骨折。"),
        ("Bone cement leakage was seen.", "见骨水泥外漏。"),
    ],
}
PAIRS = [Pair(record, bead, en, zh) for record, rows in TEXTS.items() for bead, (en, zh) in enumerate(rows)]


def term(record: str, bead: int, en: str, zh: str, score: float = 0.9) -> TermPair:
    pair = next(pair for pair in PAIRS if (pair.record, pair.bead) == (record, bead))
    a, b = pair.en.index(en), pair.zh.index(zh)
    return TermPair(record, bead, en, zh, (a, a + len(en)), (b, b + len(zh)), score)


def rows(entries: list[Entry]) -> list[tuple[str, str, int]]:
    return [(entry.en, entry.zh, entry.count) for entry in entries]


FRACTURES = [
    term("a", 0, "Vertebral fractures", "椎体骨折"),
    term("a", 1, "vertebral fracture", "椎体的骨折"),
    term("b", 0, "Vertebral Fracture", "椎體骨折"),
]


def test_variants_are_one_entry_with_counts_of_each():
    (entry,) = build(FRACTURES, PAIRS)
    assert (entry.en, entry.en_variants, entry.en_counts) == (
        "vertebral fracture",
        ("Vertebral Fracture", "vertebral fractures"),
        (1, 1, 1),
    )
    assert (entry.zh, entry.zh_variants, entry.zh_counts) == (
        "椎体骨折",
        ("椎體骨折", "椎体的骨折"),
        (1, 1, 1),
    )
    assert (entry.count, entry.records, entry.status) == (3, 2, "candidate")


def test_the_commonest_form_comes_first_as_written():
    (entry,) = build([*FRACTURES, FRACTURES[2], FRACTURES[2]], PAIRS)
    assert entry.zh == "椎體骨折"
    assert entry.zh_counts == (3, 1, 1)


def test_a_name_keeps_its_capital_at_the_start_of_a_sentence():
    entries = build([term("a", 0, "Cobb angle", "Cobb角"), term("b", 1, "Bone cement", "骨水泥")], PAIRS)
    assert sorted(entry.en for entry in entries) == ["Cobb angle", "bone cement"]


def test_two_translations_are_two_entries_that_name_each_other():
    entries = build(
        [
            term("b", 0, "bone-cement leakage", "骨水泥渗漏", 0.95),
            term("b", 1, "Bone cement leakage", "骨水泥外漏"),
        ],
        PAIRS,
    )
    assert rows(entries) == [
        ("bone-cement leakage", "骨水泥渗漏", 1),
        ("bone cement leakage", "骨水泥外漏", 1),
    ]
    assert entries[0].competing == (CompetingTranslation("bone cement leakage", "骨水泥外漏", 1),)
    assert entries[1].competing == (CompetingTranslation("bone-cement leakage", "骨水泥渗漏", 1),)
    assert entries[1].contexts == (Context("b", *TEXTS["b"][1]),)


def test_contexts_show_other_records_and_forms_first():
    (entry,) = build(FRACTURES, PAIRS, contexts=2)
    assert [context.record for context in entry.contexts] == ["a", "b"]


def test_identical_records_give_one_context_and_all_counts():
    pairs = [Pair(f"r{n}", 0, "Bone cement leaks.", "骨水泥渗漏。") for n in range(1000)]
    terms = [TermPair(pair.record, 0, "Bone cement", "骨水泥", (0, 11), (0, 3), 0.8) for pair in pairs]
    (entry,) = build(terms, pairs)
    assert (entry.en, entry.count, entry.records, len(entry.contexts)) == ("bone cement", 1000, 1000, 1)
    assert entry.score == pytest.approx(0.8)


def test_score_is_that_of_an_occurrence_and_termhood_grows_with_more():
    doubtful = [replace(found, termhood=0.6) for found in FRACTURES]
    once, more = build(doubtful[:1], PAIRS)[0], build(doubtful, PAIRS)[0]
    assert (once.score, once.termhood) == (pytest.approx(0.9, abs=1e-4), pytest.approx(0.6, abs=1e-4))
    assert more.score == pytest.approx(0.9, abs=1e-4)
    assert once.termhood < more.termhood < 1


def test_entries_are_ranked_by_both_probabilities_and_cut_by_their_product():
    terms = [
        replace(term("b", 1, "Bone cement", "骨水泥"), termhood=0.3),
        replace(term("b", 1, "leakage", "外漏", 0.6), termhood=0.8),
    ]
    entries = build(terms, PAIRS)
    assert [(entry.en, entry.score, entry.termhood) for entry in entries] == [
        ("leakage", pytest.approx(0.6), pytest.approx(0.8)),
        ("bone cement", pytest.approx(0.9), pytest.approx(0.3)),
    ]
    assert [entry.en for entry in build(terms, PAIRS, min_score=0.4)] == ["leakage"]


def test_what_is_the_same_in_both_languages_comes_last():
    pair = Pair("r", 0, "MDS and anemia", "MDS与贫血")
    terms = [
        TermPair("r", 0, "MDS", "MDS", (0, 3), (0, 3), 0.99),
        TermPair("r", 0, "anemia", "贫血", (8, 14), (4, 6), 0.5),
    ]
    assert [entry.en for entry in build(terms, [pair])] == ["anemia", "MDS"]


def test_a_part_of_a_longer_entry_is_an_entry_where_it_stands_alone_too():
    whole, part = term("b", 1, "Bone cement leakage", "骨水泥外漏"), term("b", 1, "Bone cement", "骨水泥")
    assert [entry.en for entry in build([whole, part], PAIRS)] == ["bone cement leakage"]
    pair = Pair("c", 0, "Bone cement hardens.", "骨水泥硬化。")
    alone = TermPair("c", 0, "Bone cement", "骨水泥", (0, 11), (0, 3), 0.9)
    found = {entry.en for entry in build([whole, part, alone], [*PAIRS, pair])}
    assert found == {"bone cement leakage", "bone cement"}


@pytest.mark.parametrize(
    ("seen", "headword"),
    [
        ("vertebral bodies", "vertebral body"),
        ("metastases", "metastasis"),
        ("OVCFs", "OVCF"),
        ("diabetes", "diabetes"),
        ("fractures of the spine", "fracture of the spine"),
    ],
)
def test_the_headword_is_the_dictionary_form(seen, headword):
    pair = Pair("r", 0, f"with {seen}", "某")
    (entry,) = build([TermPair("r", 0, seen, "某", (5, 5 + len(seen)), (0, 1), 0.9)], [pair])
    variants = (seen,) if seen != headword else ()
    assert (entry.en, entry.en_variants, sum(entry.en_counts)) == (headword, variants, 1)


def test_a_stray_translation_of_a_frequent_term_is_less_probable():
    pairs = [Pair("r", n, "bone", "骨") for n in range(40)] + [Pair("r", 40, "bone brace", "骨支具")]
    terms = [TermPair("r", n, "bone", "骨", (0, 4), (0, 1), 0.9) for n in range(40)]
    terms.append(TermPair("r", 40, "brace", "骨", (5, 10), (0, 1), 0.9))
    scores = {entry.en: entry.score for entry in build(terms, pairs)}
    assert scores["bone"] > 0.85
    assert scores["brace"] < 0.5
    assert not any(entry.competing for entry in build(terms, pairs) if entry.en == "bone")


def test_a_term_that_comes_back_in_a_record_outranks_one_that_is_everywhere():
    pairs = [Pair(f"r{n}", b, "result bone", "结果骨") for n in range(4) for b in range(2)]
    terms = [TermPair(f"r{n}", 0, "result", "结果", (0, 6), (0, 2), 0.7, 0.7) for n in range(4)]
    terms += [
        TermPair(f"r{n}", b, "bone", "骨", (7, 11), (2, 3), 0.7, 0.7) for n in range(2) for b in range(2)
    ]
    assert [entry.en for entry in build(terms, pairs)] == ["bone", "result"]


def test_order_is_score_then_count_then_text_whatever_the_input_order():
    terms = [
        *FRACTURES,
        term("b", 1, "Bone cement", "骨水泥"),
        term("a", 0, "fracture", "骨折", 0.4),
        term("b", 1, "leakage", "外漏"),
    ]
    entries = build(terms, PAIRS)
    assert [entry.en for entry in entries] == ["vertebral fracture", "bone cement", "leakage", "fracture"]
    assert rows(build(terms[::-1], PAIRS[::-1])) == rows(entries)


def test_cuts():
    terms = [*FRACTURES, term("b", 1, "leakage", "外漏", 0.3)]
    assert rows(build(terms, PAIRS, min_score=0.5)) == [("vertebral fracture", "椎体骨折", 3)]
    assert rows(build(terms, PAIRS, min_count=2)) == [("vertebral fracture", "椎体骨折", 3)]
    assert build([], PAIRS) == []
    assert build([], []) == []


def test_an_occurrence_without_its_pair_counts_but_gives_no_context():
    (entry,) = build(FRACTURES[:1], [])
    assert (entry.en, entry.count, entry.contexts) == ("vertebral fracture", 1, ())


@pytest.mark.parametrize("text", ["=SUM(A1)", "@x", "+1", "-2.5"])
def test_terms_that_look_like_formulas_are_terms(text):
    pair = Pair("r", 0, f"see {text} here", f"见{text}处")
    found = TermPair("r", 0, text, text, (4, 4 + len(text)), (1, 1 + len(text)), 0.9)
    (entry,) = build([found], [pair])
    assert (entry.en, entry.zh) == (text, text)


SHORT_TEXTS = {
    "one": ("Pulmonary embolism (PE) occurred. PE was fatal.", "发生肺栓塞（PE）。PE致命。"),
    "two": ("Preeclampsia (PE) occurred. PE was mild.", "发生子痫前期（PE）。PE轻。"),
    "three": ("PE was seen.", "见PE。"),
}


def short_case(names: tuple[str, ...]) -> tuple[list[TermPair], list[Pair]]:
    longs = {"one": ("Pulmonary embolism", "肺栓塞"), "two": ("Preeclampsia", "子痫前期")}
    pairs, terms = [], []
    for name in names:
        pair = Pair(name, 0, *SHORT_TEXTS[name])
        pairs.append(pair)
        for en, zh in [longs[name], ("PE", "PE")] if name in longs else [("PE", "PE")]:
            a, b = pair.en.rindex(en), pair.zh.rindex(zh)
            terms.append(TermPair(name, 0, en, zh, (a, a + len(en)), (b, b + len(zh)), 0.9))
    return terms, pairs


def test_a_short_form_and_its_long_form_are_one_entry():
    (entry,) = build(*short_case(("one", "three")))
    assert (entry.en, entry.zh, entry.abbreviation, entry.expansion) == (
        "pulmonary embolism",
        "肺栓塞",
        "PE",
        "",
    )
    assert (entry.en_variants, entry.zh_variants, entry.count) == (("PE",), ("PE",), 3)
    assert (entry.en_counts, entry.zh_counts) == ((1, 2), (1, 2))


def test_a_short_form_with_two_long_forms_gives_two_entries():
    entries = build(*short_case(("one", "two")))
    found = [(e.en, e.zh, e.count, e.abbreviation, e.expansion) for e in entries]
    assert found == [
        ("preeclampsia", "子痫前期", 2, "PE", ""),
        ("pulmonary embolism", "肺栓塞", 2, "PE", ""),
    ]
    assert not any(entry.competing for entry in entries)


def test_a_short_form_nobody_defines_where_it_has_two_meanings_stays_open():
    entries = build(*short_case(("one", "two", "three")))
    assert [(e.en, e.expansion) for e in entries if e.zh == "PE"] == [("PE", "")]


@dataclass(frozen=True)
class Definition:
    short: str
    en: str
    zh: str
    record: str


def test_definitions_found_elsewhere_tie_too():
    definition = Definition("BCL", "bone cement leakage", "骨水泥渗漏", "b")
    entries = build([term("b", 1, "Bone cement leakage", "骨水泥外漏")], PAIRS, abbreviations=[definition])
    assert entries[0].abbreviation == "BCL"


def test_of_nested_terms_before_a_bracket_the_best_takes_the_short_form():
    en = "We did posterior percutaneous vertebroplasty (PPV) here."
    pair = Pair("r", 0, en, "行后路经皮椎体成形术（PPV）。")
    terms = [
        TermPair("r", 0, text, zh, (en.index(text), en.index(" (")), (9 - len(zh) + 1, 10), 0.9)
        for text, zh in [
            ("posterior percutaneous vertebroplasty", "后路经皮椎体成形术"),
            ("percutaneous vertebroplasty", "经皮椎体成形术"),
        ]
    ]
    found = {entry.en: entry.abbreviation for entry in build(terms, [pair])}
    assert found == {"posterior percutaneous vertebroplasty": "PPV"}


@pytest.mark.parametrize(
    ("en", "zh", "short", "terms"),
    [
        ("hydrogen sulfide (H2S) fell", "硫化氢（H2S）下降", "H2S", {"hydrogen sulfide": "硫化氢"}),
        (
            "glycosylated haemoglobin (HbA1c) fell",
            "糖化血红蛋白（HbA1c）下降",
            "HbA1c",
            {"glycosylated haemoglobin": "糖化血红蛋白"},
        ),
        (
            "trivalent inactivated influenza vaccine (IIV3) helps",
            "三价灭活流感疫苗（IIV3）有效",
            "IIV3",
            {
                "inactivated influenza vaccine": "灭活流感疫苗",
                "trivalent inactivated influenza vaccine": "三价灭活流感疫苗",
            },
        ),
        ("the treatment group (n=30) fell", "治疗组（n=30）下降", "", {"treatment group": "治疗组"}),
        ("the upper spine (T1-T6) fell", "上段脊柱（T1-T6）下降", "", {"upper spine": "上段脊柱"}),
        ("cement leakage (OR=3.02) rose", "骨水泥渗漏（OR=3.02）上升", "", {"cement leakage": "骨水泥渗漏"}),
        ("compressive strength (MPa) fell", "抗压强度（MPa）下降", "", {"compressive strength": "抗压强度"}),
    ],
)
def test_brackets_with_the_same_short_form_in_both_languages_tie(en, zh, short, terms):
    spans = {
        a: (en.index(a), en.index(a) + len(a), zh.index(b), zh.index(b) + len(b)) for a, b in terms.items()
    }
    found = [TermPair("r", 0, a, b, spans[a][:2], spans[a][2:], 0.9) for a, b in terms.items()]
    entries = build(found, [Pair("r", 0, en, zh)])
    assert [(entry.en, entry.abbreviation) for entry in entries] == [(list(terms)[-1], short)]


def test_a_short_form_whose_long_form_is_no_entry_is_explained_all_the_same():
    en = "Age and bone mineral density (BMD) were recorded. BMD fell."
    pair = Pair("r", 0, en, "记录年龄及骨密度（BMD）。BMD下降。")
    terms = [TermPair("r", 0, "BMD", "BMD", (a, a + 3), (9, 12), 0.9) for a in (30, 50)]
    (entry,) = build(terms, [pair])
    assert (entry.en, entry.count, entry.expansion) == ("BMD", 2, "bone mineral density")


FORMS = [
    ({"vertebroplasty": 1}, {"Vertebroplasty": 2}, {"vertebroplasty": 3}),
    ({}, {"Vertebroplasty": 2}, {"vertebroplasty": 2}),
    ({"Leakage": 1, "leakage": 2}, {}, {"leakage": 3}),
    ({"Oswestry index": 1}, {"Oswestry index": 1}, {"Oswestry index": 2}),
    ({"Medtronic": 1}, {"Medtronic": 1}, {"Medtronic": 2}),
    ({}, {"Cobb angle": 1}, {"Cobb angle": 1}),
    ({}, {"OVCF": 1}, {"OVCF": 1}),
    ({}, {"Vertebral Fracture": 1}, {"Vertebral Fracture": 1}),
    ({}, {"T12": 1, "X-ray": 1}, {"T12": 1, "X-ray": 1}),
    ({}, {"Low-dose CT": 1}, {"low-dose CT": 1}),
]


@pytest.mark.parametrize(("inside", "initial", "expected"), FORMS)
def test_capitals_of_a_sentence_start_are_not_part_of_a_term(inside, initial, expected):
    assert settle_capitals(Counter(inside), Counter(initial)) == Counter(expected)


STARTS = [
    ("Bone cement leaks.", 0, True),
    ("It leaks. Bone cement is hard.", 10, True),
    ("(Bone cement leaks.)", 1, True),
    ("Objective: Bone cement", 11, True),
    ("Methods Bone cement was used.", 8, True),
    ("It hardened. Results Bone cement leaked.", 21, True),
    ("Our Results Bone cement", 12, False),
    ("the Bone cement", 4, False),
    ("P < .05 Bone", 8, False),
    ("e.g. bone", 5, True),
]


@pytest.mark.parametrize(("text", "start", "expected"), STARTS)
def test_where_a_sentence_starts(text, start, expected):
    assert starts_sentence(text, start) is expected


MEGABYTES = """
import sys
from aligner.glossary import stream_entries
from aligner.types import Pair, TermPair

class Pairs(dict):
    def get(self, key, default=None):
        return self[key]

    def __getitem__(self, key):
        en = f"The term{key[0]}x{key[1]} {'and what is said of it ' * 100}"
        return Pair(*key, en, f"术语{key[0]}甲{'叙述' * 100}")

def terms(records):
    for record in range(records):
        for bead in range(10):
            en, zh = f"term{record}x{bead % 5}", f"术语{record}甲"
            yield TermPair(str(record), bead, en, zh, (4, 4 + len(en)), (0, len(zh)), 0.8)

def held():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) / 1e3

sum(1 for _ in stream_entries(terms(10), Pairs()))
before, most = held(), 0
for number, _ in enumerate(stream_entries(terms(2000), Pairs())):
    most = most if number % 1000 else max(most, held())
print(number + 1, most - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="nothing tells the memory")
def test_the_texts_of_a_corpus_are_not_kept():
    done = subprocess.run([sys.executable, "-c", MEGABYTES], capture_output=True, text=True, check=True)
    entries, megabytes = done.stdout.split()
    assert int(entries) == 10_000
    assert float(megabytes) < 30  # the texts alone are 55


def test_a_part_of_a_long_form_has_no_share_in_its_short_form():
    pair = Pair("c", 0, "Multiple myeloma (MM) is rare.", "多发性骨髓瘤（MM）少见。")
    rows = [("Multiple myeloma", "多发性骨髓瘤"), ("myeloma", "骨髓瘤"), ("MM", "MM")]
    places = [((pair.en.index(en), pair.zh.index(zh)), en, zh) for en, zh in rows]
    terms = [
        TermPair("c", 0, en, zh, (a, a + len(en)), (b, b + len(zh)), 0.9, 0.9) for (a, b), en, zh in places
    ]
    found = {entry.en: entry.abbreviation for entry in build(terms, [pair])}
    assert found == {"multiple myeloma": "MM"} or found == {"multiple myeloma": "MM", "myeloma": ""}


@pytest.mark.parametrize(
    ("listed", "headword"), [("Falls; Time to surgery", "time"), ("falls; Time", "Time")]
)
def test_capitals_of_a_list_of_keywords_are_those_of_its_style(listed, headword):
    pair = Pair("c", 0, listed, "跌倒；手术时机")
    start = listed.index("Time")
    term = TermPair("c", 0, listed[start:], "手术时机", (start, len(listed)), (3, 7), 0.9, 0.9, "keywords")
    (entry,) = build([term], [pair])
    assert entry.en.split()[0] == headword
