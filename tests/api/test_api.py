"""The public names: what they take, what they return, and that they are what the command line runs."""

import doctest
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import aligner
from aligner.api import calls

ROOT = Path(__file__).parents[2]
RECORD = ROOT / "corpora" / "intradural-cement-leakage.txt"
EN = "Bone cement leaked into the disc. The left leg was weak."
ZH = "骨水泥渗漏至椎间盘。左下肢无力。"
# fmt: off
NAMES = [
    "AlignerError", "AlignerWarning", "Bead", "Context", "Entry", "Finding", "Findings", "InputError",
    "ModelError", "Occurrences", "Pair", "Pairs", "Record", "Records", "Sentence", "Sentences",
    "SettingError", "TermPair", "Terms", "Unit", "UnknownNameError", "__version__", "align", "check",
    "extract_terms", "load_encoder", "read", "segment",
]
# fmt: on


def test_the_public_names_are_these():
    assert sorted(aligner.__all__) == sorted(NAMES)
    assert set(NAMES) <= set(dir(aligner))
    assert all(getattr(aligner, name).__doc__ for name in NAMES)
    with pytest.raises(AttributeError):
        aligner.aline  # noqa: B018


def test_importing_takes_no_longer_than_importing_numpy():
    """Nothing but the package's own first file is loaded; two imports of each, the faster counts."""

    def seconds(name):
        code = f"import time; t = time.perf_counter(); import {name}; print(time.perf_counter() - t)"
        return min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(2))

    code = "import sys, aligner; print(*[m for m in sys.modules if m.partition('.')[0] == 'aligner'])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).split() == ["aligner"]
    assert seconds("aligner") < seconds("numpy")


def test_examples_of_docstrings():
    assert doctest.testmod(calls).failed == 0


def test_the_page_about_python_is_true(monkeypatch):
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    names, count = {}, 0
    for block in (part.partition("```")[0] for part in page.split("```python\n")[1:]):
        if ">>>" not in block:
            exec(block, names)
            continue
        test = doctest.DocTestParser().get_doctest(block, names, "python.md", "docs/python.md", 0)
        result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, clear_globs=False)
        names, count = test.globs, count + result.attempted
        assert result.failed == 0
    assert count > 5


def written(*arguments):
    """Return the rows that the command line writes of the record."""
    command = [
        sys.executable,
        "-m",
        "aligner",
        arguments[0],
        str(RECORD),
        "--format",
        "jsonl",
        *arguments[1:],
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def rows(results):
    """Return what `to_frame` holds as the command line writes it."""
    return json.loads(results.to_frame().to_json(orient="records", force_ascii=False))


def same(mine, theirs):
    assert len(mine) == len(theirs) > 0
    for one, other in zip(mine, theirs, strict=True):
        assert {key: one[key] for key in other if key != "source"} == {
            key: value for key, value in other.items() if key != "source"
        }


def test_results_are_those_of_the_command_line():
    pairs = aligner.align(aligner.read(RECORD))
    terms = aligner.extract_terms(pairs)
    same(rows(pairs), written("align"))
    same(rows(terms), written("glossary"))
    same(rows(terms.occurrences), written("glossary", "--occurrences"))
    found, told = rows(aligner.check(pairs)), written("check")
    assert [{key: one[key] for key in other} for one, other in zip(found, told, strict=True)] == told


FORMS = {
    "tuples": [("5 patients had pain.", "25例患者疼痛。"), ("It leaked.", "渗漏。")],
    "lists": [["5 patients had pain.", "25例患者疼痛。"], ["It leaked.", "渗漏。"]],
    "pairs": [aligner.Pair("r", 0, "5 patients had pain.", "25例患者疼痛。")],
    "mappings": [{"id": "r", "en": "5 patients had pain.", "zh": "25例患者疼痛。"}],
    "frame": pd.DataFrame({"en": ["5 patients had pain."], "zh": ["25例患者疼痛。"]}),
    "records": [aligner.Record("r", "5 patients had pain.", "25例患者疼痛。")],
    "aligned": aligner.Pairs([aligner.Pair("r", 0, "5 patients had pain.", "25例患者疼痛。")]),
}


@pytest.mark.parametrize("pairs", FORMS.values(), ids=FORMS)
def test_pairs_come_in_any_usual_form(pairs):
    assert [finding.check for finding in aligner.check(pairs)] == ["number"]


@pytest.mark.parametrize(
    "glossary",
    [
        {"bone cement": "骨水泥"},
        [("bone cement", "骨水泥")],
        [aligner.Entry("bone cement", "骨水泥", 1, 1, 1)],
    ],
)
def test_a_glossary_comes_in_any_usual_form(glossary):
    found = aligner.check([("Bone cement leaked.", "骨泥渗漏。")], glossary=glossary)
    assert "term" in [finding.check for finding in found]


def test_lists_of_sentences_stay_as_they_are():
    pairs = aligner.align(["It leaked. She fell.", "Pain fell."], ["渗漏。跌倒。", "疼痛缓解。"])
    assert [(pair.en, pair.zh) for pair in pairs] == [
        ("It leaked. She fell.", "渗漏。跌倒。"),
        ("Pain fell.", "疼痛缓解。"),
    ]


def test_beads_are_cut_into_units():
    en = "Pain was relieved in all patients. No cement leaked into the spinal canal."
    zh = "所有患者疼痛均缓解，骨水泥未渗漏至椎管内。"
    (bead,) = aligner.align(en, zh)
    units = aligner.align(en, zh, units=True)
    assert len(units) == 2
    assert "".join(unit.zh for unit in units) == bead.zh
    assert list(units.to_frame()["unit"]) == [0, 1]
    assert "unit" not in aligner.align(en, zh).to_frame()


def test_sentences_have_their_offsets():
    assert [ZH[s.start : s.end] for s in aligner.segment(ZH, "zh")] == [
        "骨水泥渗漏至椎间盘。",
        "左下肢无力。",
    ]
    assert list(aligner.segment(ZH, "zh").to_frame().columns) == ["text", "start", "end"]


def test_an_encoder_that_is_loaded_already_is_used():
    class Counting:
        name, dimensions, calls = "counting", 512, 0

        def __init__(self):
            self.inner = aligner.load_encoder()

        def encode(self, texts):
            self.calls += 1
            return self.inner.encode(texts)

        def compose(self, sums, counts):
            return self.inner.compose(sums, counts)

    mine = Counting()
    assert aligner.align(EN, ZH, encoder=mine) == aligner.align(EN, ZH)
    assert mine.calls


def test_results_are_sequences_that_show_themselves():
    pairs = aligner.align(EN, ZH)
    assert pairs[0].en == "Bone cement leaked into the disc."
    assert pairs[:1] == aligner.Pairs(pairs)[:1] != pairs
    assert repr(pairs).splitlines()[0] == "2 pairs"
    assert "左下肢无力。" in repr(pairs)
    assert repr(aligner.Pairs()) == "0 pairs"
    many = aligner.Pairs(pairs[:1] for _ in ()) or aligner.Pairs([pairs[0]] * 100)
    assert repr(many).startswith("100 pairs, the first 20:")
    hostile = aligner.Findings(
        [aligner.Finding("r", 0, "number", "error", "<script>", None, None, "<b>", "&")]
    )
    assert "<script>" not in hostile._repr_html_()
    assert "&lt;script&gt;" in hostile._repr_html_()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: aligner.align(EN), "the Chinese text is missing; align(en, zh)"),
        (lambda: aligner.align([EN]), "these are no records, and the Chinese side is missing; align(en, zh)"),
        (
            lambda: aligner.align([EN], ZH),
            "one side is a text, the other a list; give two texts or two lists",
        ),
        (
            lambda: aligner.align(EN, "骨\ud800"),
            "the Chinese text, character 1: holds half a character (a lone surrogate)",
        ),
        (lambda: aligner.align([1], ["甲"]), "the English text: is int, not text; give a str"),
        (lambda: aligner.check("text"), "pairs are not one text; give a list of (English, Chinese)"),
        (lambda: aligner.check([("a", "b", "c")]), "pair 1: it is no pair of texts; give (English, Chinese)"),
        (
            lambda: aligner.check(pd.DataFrame({"a": []})),
            "the data frame has no columns en and zh; rename its columns",
        ),
        (lambda: aligner.check(5), "pairs are not int; give a list of (English, Chinese)"),
        (lambda: aligner.check([("a", "b")], glossary=["x"]), "glossary row 1: it is no pair of terms"),
        (lambda: aligner.check([("a", "b")], glossary={"x": 1}), "glossary row 1: is int, not text"),
        (lambda: aligner.align(None, None), "the Chinese text is missing; align(en, zh)"),
        (lambda: aligner.align(EN, ZH, encoder=5), "int is no encoder; give a name, or load_encoder(name)"),
        (lambda: aligner.segment(5, "zh"), "the text: is int, not text; give a str"),
        (lambda: aligner.read(), "no file is named; read('abstracts/')"),
        (lambda: aligner.segment("a", "fr"), "unknown segmenter 'fr'; known are: en, zh"),
        (lambda: aligner.load_encoder("none"), "unknown encoder 'none'"),
    ],
)
def test_what_cannot_be_done_is_one_line(call, message):
    with pytest.raises(aligner.AlignerError) as caught:
        call()
    assert str(caught.value).startswith(message)


def test_a_file_that_cannot_be_read_costs_no_other(tmp_path):
    (tmp_path / "a.txt").write_text(f"{EN}\n\n{ZH}\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Nothing Chinese here.\n", encoding="utf-8")
    with pytest.warns(aligner.AlignerWarning, match="b.txt"):
        records = aligner.read(tmp_path)
    assert [record.name for record in records] == ["a"]
    assert len(records.failures) == 1
    assert "1 failed" in repr(records)
    with pytest.raises(aligner.InputError):
        aligner.read(tmp_path / "b.txt")


def test_no_pair_is_no_error():
    assert len(aligner.check([])) == len(aligner.extract_terms([])) == 0
    assert list(aligner.extract_terms([]).to_frame().columns)[:2] == ["en", "zh"]


def test_a_record_that_fails_costs_no_other():
    sound, broken = aligner.Record("a", EN, ZH), aligner.Record("b", EN, "骨\ud800")
    with pytest.warns(aligner.AlignerWarning, match="b: half a character"):
        pairs = aligner.align([broken, sound])
    assert {pair.record for pair in pairs} == {record.name for record in pairs.records} == {"a"}
    assert len(pairs.failures) == 1
    with pytest.raises(aligner.AlignerError, match="b: half a character"):
        aligner.align(broken)


def test_terms_are_added_to_a_glossary(tmp_path):
    base = tmp_path / "base.tsv"
    base.write_text("en\tzh\tstatus\nbone cement\t骨泥\trejected\nspine\t脊柱\taccepted\n", encoding="utf-8")
    found = aligner.extract_terms([("Bone cement leaked into the disc.", "骨水泥渗漏至椎间盘。")], base=base)
    assert {("spine", "脊柱"), ("bone cement", "骨水泥")} <= {(term.en, term.zh) for term in found}
