"""What is known of spans beyond the block: syntax, word classes, subject headings, introduced short forms."""

import marshal
import tempfile

import numpy as np
import pytest

from aligner import languages
from aligner.terms import medical_names, mesh, syntax, termhood, wordclass
from aligner.terms.candidates import collect
from aligner.text import background


def of(features, spans, text):
    """Return the features of the first span with this text."""
    bounds = spans.characters(np.arange(len(spans)))
    texts = [spans.texts[t].text[slice(*b)] for t, b in zip(spans.text.tolist(), bounds, strict=True)]
    row = texts.index(text)
    return {name: column[row] for name, column in features.items()}


def test_a_constituent_hangs_on_one_word_and_a_fragment_on_more():
    spans = collect(["The patients had severe bone cement leakage after surgery."], "en")
    features = syntax.features(spans)
    whole = of(features, spans, "bone cement leakage")
    assert (whole["hanging"], whole["root_last"], whole["chunk_closes"]) == (1, True, True)
    assert whole["before_hangs"]  # severe modifies what is in the span
    assert not of(features, spans, "severe bone cement leakage")["before_hangs"]
    fragment = of(features, spans, "bone cement")
    assert fragment["last_hangs_behind"]
    assert not fragment["chunk_closes"]


def test_syntax_does_without_a_text_that_changes_its_length_in_lower_case():
    assert len("İ".lower()) == 2
    known = syntax.parse(collect(["İ bone fracture", "bone fracture"], "en").texts)
    assert known.tag[:3].tolist() == [syntax.OTHER] * 3
    assert known.head[:3].tolist() == [0, 1, 2]
    assert known.head[3:].tolist() == [4, 4]


def test_heads_stay_within_their_text():
    texts = ["Bone cement leaked.", "", "Pain was relieved; 95% of patients' T12's fractures healed."]
    spans = collect(texts, "en")
    head = syntax.parse(spans.texts).head
    owner = np.repeat(np.arange(3), np.diff(spans.offsets))
    assert (owner[head] == owner).all()


@pytest.mark.parametrize(
    ("span", "known"),
    [
        ("osteoporotic fractures", True),
        ("bone fractures", True),  # Fractures, Bone
        ("compression fracture", True),  # Fractures, Compression
        ("vertebroplasty", True),
        ("results", False),
        ("osteoporotic", False),
    ],
)
def test_headings_are_known_in_any_number_and_order(span, known):
    spans = collect(
        ["osteoporotic fractures, bone fractures; a compression fracture: the results of vertebroplasty."],
        "en",
    )
    assert bool(of(mesh.features(spans), spans, span)["heading"]) == known


def test_words_of_many_headings_weigh_more():
    spans = collect(["fracture outcome"], "en")
    features = mesh.features(spans)
    assert (
        of(features, spans, "fracture")["heading_first"] > of(features, spans, "outcome")["heading_first"] > 0
    )


def test_chinese_words_have_classes_and_edges():
    spans = collect(["手术后发生了骨折。"], "zh")
    features = wordclass.features(spans)
    disease = of(features, spans, "骨折")
    assert (disease["word_begins"], disease["word_ends"], disease["words_within"]) == (True, True, 1)
    assert disease["nominal"] == 1
    assert not of(features, spans, "术后")["words_fit"]


def test_traditional_text_is_tagged_as_simplified():
    simplified, traditional = "骨质疏松症患者的骨折", "骨質疏鬆症患者的骨折"
    for one, other in zip(wordclass.tag(simplified), wordclass.tag(traditional), strict=True):
        assert one.tolist() == other.tolist()


@pytest.mark.parametrize("text", ["", " \n\t", "a\r\nb", "𠮷野家\u2028x", "\x00\ufffe", "٣٤ αβγ 1.5%～2"])
def test_tagging_covers_any_text(text):
    classes, begins, ends = wordclass.tag(text)
    assert len(classes) == len(begins) == len(ends) == len(text)
    assert begins.sum() == ends.sum()
    assert not text or begins[0]


def test_short_forms_are_known_where_a_text_of_the_block_introduces_them():
    spans = collect(
        ["Kaposi's sarcoma-associated herpesvirus (KSHV) was found.", "KSHV spreads; cats do."], "en"
    )
    names, values = termhood.base(spans)
    features = dict(zip(names, values.T, strict=True))
    later = [k for k in np.flatnonzero(spans.text == 1) if spans.length[k] == 1]
    assert next(bool(features["short_form"][k]) for k in later)
    assert features["short_form"][spans.text == 1].sum() == 1
    long = of(features, spans, "Kaposi's sarcoma-associated herpesvirus")
    assert (long["long_form"], long["bracket_behind"]) == (1, 1)
    assert of(features, spans, "KSHV")["bracket_before"] == 1


def test_a_long_run_of_marks_is_parsed_in_linear_time():
    spans = collect(["bone fracture " + "(" * 100_000 + " pain"], "en")
    known = syntax.parse(spans.texts)
    assert known.tag.tolist() == [syntax.NOUN] * 3


def test_medical_names_are_known_where_nothing_parts_them():
    spans = collect(["硬膜外血肿、 肺炎和肺，炎及椎体骨折。"], "zh")
    features = medical_names.features(spans)
    whole, part = of(features, spans, "硬膜外血肿"), of(features, spans, "血肿")
    assert (whole["name"], whole["name_share"], whole["name_over_left"]) == (True, 1, 0)
    assert (part["name"], part["name_over_left"], part["name_to"]) == (True, 5, 5)
    assert not of(features, spans, "膜外血肿")["name"]
    found = [spans.texts[0].text[slice(*b)] for b in spans.characters(np.flatnonzero(features["name"]))]
    assert "肺炎" in found
    assert not any("，" in name for name in found)


def test_a_name_not_known_ends_as_names_do():
    spans = collect(["跗跖骨炎"], "zh")
    features = medical_names.features(spans)
    assert not of(features, spans, "跗跖骨炎")["name"]
    assert of(features, spans, "跗跖骨炎")["name_ends"] > of(features, spans, "跗跖骨")["name_ends"]


def test_names_count_in_any_case_and_in_traditional_characters():
    lower, upper = (
        medical_names.features(collect([text], "zh"))["name"] for text in ("c反应蛋白", "C反應蛋白")
    )
    assert lower.any()
    assert lower.tolist() == upper.tolist()


@pytest.mark.parametrize("text", ["", "，", "骨", "MRI", "1", "骨1"])
def test_texts_of_next_to_nothing_have_names_features(text):
    spans = collect([text], "zh")
    assert {column.shape for column in medical_names.features(spans).values()} == {(len(spans),)}


def test_medical_glosses_come_first_and_are_written_as_glosses_are():
    assert background.glosses("淋巴水肿")[0] == "lymphedema"
    assert "osteoporosis" in background.glosses("骨质疏松")
    glosses = languages.glosses("zh", "medical_glosses")
    assert all(phrase and phrase == phrase.strip().lower() for row in glosses.values() for phrase in row)


def test_word_classes_neither_read_nor_write_a_shared_file(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "jieba.cache").write_bytes(marshal.dumps(({"骨质疏松": 9}, 9)))
    wordclass._tagger.cache_clear()
    _, begins, _ = wordclass.tag("骨质疏松")
    assert begins.tolist() == [True, False, True, False]
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]


@pytest.mark.parametrize(
    "text",
    ["骨水泥渗漏致硬膜囊受压", "椎体后凸成形术", "𠮷野家", "囧囧囧囧", "跗跖骨炎並發癥", "阿哌沙班", "鿿鿿"],
)
def test_words_are_those_that_jieba_finds(text):
    from jieba.posseg import POSTokenizer

    ours = wordclass._tagger()
    assert ours.lcut(text) == POSTokenizer(ours.tokenizer).lcut(text)
