"""Phrases below the clause, and where their neighbours stand on the other side. Constructed texts."""

import numpy as np
import pytest

from aligner.checks import lexical, neighbours, phrases
from aligner.checks.segments import segments
from aligner.checks.sides import WINDOWS, Side, Sides, SpanVectors
from aligner.encoders import load_encoder
from aligner.types import Language


def sides(en: str, zh: str) -> Sides:
    texts = load_encoder().encode([en, zh])
    spans = segments(en, "en"), segments(zh, "zh")
    words, links = lexical.link_words(en, zh)
    one, other = map(Side, map(SpanVectors, texts), words, spans, WINDOWS)
    return Sides(one, other, links)


def row(en: str, zh: str, which: int, at: int) -> dict[str, float]:
    both = sides(en, zh)
    found = phrases.describe(both, which, np.ones(len(both.of(which)[0].spans)))
    return dict(zip(phrases.NAMES, found[at].tolist(), strict=True))


EN = "The patients had fever, headache, cough and diarrhea."
WHOLE = "患者有发热、头痛、咳嗽和腹泻。"


@pytest.mark.parametrize(
    ("zh", "at", "state"),
    [
        ("患者有发热、咳嗽和腹泻。", 1, "joined"),
        ("患者有发热、头痛和腹泻。", 2, "joined"),
        ("患者有发热、头痛、咳嗽。", 3, "ended"),
    ],
)
def test_an_item_has_no_place_where_its_neighbours_are_joined(zh: str, at: int, state: str) -> None:
    column = neighbours.NAMES.index(state)
    assert neighbours.joints(sides(EN, zh), 0)[at, column] == 1.0
    assert not neighbours.joints(sides(EN, WHOLE), 0).any()


def test_an_item_that_only_the_chinese_has_is_seen_from_there() -> None:
    found = neighbours.joints(sides("The patients had fever, cough and diarrhea.", WHOLE), 1)
    assert found[:, 0].tolist() == [0.0, 1.0, 0.0, 0.0]


def test_the_least_alike_phrase_of_a_clause_is_the_one_left_out() -> None:
    en = "Children require two doses of vaccine during their first season of vaccination."
    whole = row(en, "儿童在其首个接种季节需接种两剂疫苗。", 0, 0)
    cut = row(en, "儿童需接种两剂疫苗。", 0, 0)
    assert cut["phrase near"] > whole["phrase near"]
    assert cut["phrase soft weight"] > whole["phrase soft weight"]


def test_a_name_that_the_other_side_lacks() -> None:
    zh = "转染后K562细胞BAX表达下降。"
    assert row("BAX fell in K562 cells after transfection.", zh, 1, 0)["name absent"] == 0.0
    assert row("It fell in K562 cells after transfection.", zh, 1, 0)["name absent"] == 1.0


@pytest.mark.parametrize(
    ("language", "texts", "cut"),
    [
        ("en", ("Pain fell in all groups after surgery.", "各组术后疼痛轻。"), ["Pain", "groups", "surg"]),
        ("zh", ("Pain fell in both groups.", "对照组患者在术后疼痛减轻。"), ["对照组患者", "术后疼痛减轻"]),
    ],
)  # fmt: skip
def test_phrases_begin_at_prepositions(language: Language, texts: tuple[str, str], cut: list[str]) -> None:
    side = sides(*texts).of(("en", "zh").index(language))[0]
    found = [side.text[slice(*span)] for _, span in phrases.phrases(side, language)]
    assert len(found) == len(cut)
    assert all(inner in whole for inner, whole in zip(cut, found, strict=True))


def test_vectors_are_those_of_the_encoder_and_read_once() -> None:
    text = load_encoder().encode([EN])[0]
    read, spans = SpanVectors(text), [(0, 12), (17, 22), (0, 12)]
    vectors, rests = read.of(spans, spans)
    assert np.allclose(vectors, text.vectors(spans), atol=1e-6)
    assert rests.shape == vectors.shape
    assert not np.allclose(rests, vectors, atol=0.1)
    again = read.of(spans, spans)
    assert (again[0] == vectors).all()
    assert (again[1] == rests).all()


def test_a_text_that_keeps_its_sums_says_the_same() -> None:
    text = load_encoder().encode([EN])[0]
    kept = text.kept()
    assert kept.kept() is kept
    for one, other in zip(kept.sums([(0, 5), (3, 30)]), text.sums([(0, 5), (3, 30)]), strict=True):
        assert (one == other).all()
    assert (kept.vectors([(4, 12)]) == text.vectors([(4, 12)])).all()


def test_texts_too_long_for_windows_have_zeros() -> None:
    both = sides("fever " * 200, "发热，" * 200)
    assert not phrases.describe(both, 0, np.ones(len(both.en.spans))).any()
