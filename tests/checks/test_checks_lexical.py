"""Dictionary links between the words of a pair, and the runs of words that have none. Constructed texts."""

import numpy as np
import pytest

from aligner.checks import lexical, unlinked
from aligner.checks.segments import segments
from aligner.checks.sides import WINDOWS, Side, Sides, SpanVectors
from aligner.encoders import load_encoder

EN = "The patient had fever, cough and diarrhea."
WHOLE, CUT = "患者有发热、咳嗽和腹泻。", "患者有发热和咳嗽。"


def words(text: str, side: lexical.Words) -> dict[str, float]:
    return {text[slice(*span)]: float(linked) for span, linked in zip(side.spans, side.linked, strict=True)}


def test_words_are_linked_by_the_dictionary_and_by_their_letters() -> None:
    en, zh = "Fever (Pfizer) was seen.", "可见发热（Pfizer）。"
    (mine, theirs), links = lexical.link_words(en, zh)
    assert words(en, mine)["Fever"] == words(en, mine)["Pfizer"] == 1.0
    assert words(zh, theirs)["发热"] == words(zh, theirs)["Pfizer"] == 1.0
    assert mine.weights[mine.spans.index((15, 18))] == 0.0  # was
    assert links.shape == (len(mine.spans), len(theirs.spans))
    assert links[mine.spans.index((0, 5)), theirs.spans.index((2, 4))] >= 1.0


def test_what_is_left_out_has_no_link() -> None:
    whole, cut = (lexical.link_words(EN, zh)[0][0] for zh in (WHOLE, CUT))
    assert words(EN, whole)["diarrhea"] == 1.0
    assert words(EN, cut)["diarrhea"] == 0.0


@pytest.mark.parametrize(("en", "zh"), [("", "患者"), ("fever", ""), ("fever " * 600, "患者"), ("…", "，")])
def test_odd_texts_have_rows_all_the_same(en: str, zh: str) -> None:
    (mine, theirs), links = lexical.link_words(en, zh)
    assert links.shape == (len(mine.spans), len(theirs.spans))
    for own, other, text in ((mine, theirs, en), (theirs, mine, zh)):
        rows = lexical.describe(own, other, [(0, len(text))])
        assert rows.shape == (1, len(lexical.NAMES))
        assert np.isfinite(rows).all()


def test_the_run_of_what_was_left_out_is_far_from_everything() -> None:
    encoder = load_encoder()
    found = []
    for zh in (WHOLE, CUT):
        texts, (linked, links) = encoder.encode([EN, zh]), lexical.link_words(EN, zh)
        spans = segments(EN, "en"), segments(zh, "zh")
        one, other = map(Side, map(SpanVectors, texts), linked, spans, WINDOWS)
        sides = Sides(one, other, links)
        rows = unlinked.describe(sides, 0)
        assert rows.shape == (len(spans[0]), len(unlinked.NAMES))
        found.append(dict(zip(unlinked.NAMES, rows[-1].tolist(), strict=True)))
    assert found[0]["run"] == 0.0
    assert found[1]["run"] > 1.0
    assert found[1]["run gain"] > 0.0
    assert found[1]["near"] < found[1]["near rival"]
