"""Brackets tie spans of both languages."""

import numpy as np
import pytest

from aligner.encoders import load_encoder
from aligner.terms import anchors, extraction
from aligner.terms.candidates import collect
from aligner.terms.model import load


def anchored(en, zh, one, other):
    left, right = collect([en], "en"), collect([zh], "zh")
    texts = [
        [text[slice(*span)] for span in spans.characters(np.arange(len(spans)))]
        for text, spans in ((en, left), (zh, right))
    ]
    e, z = np.array([texts[0].index(one)]), np.array([texts[1].index(other)])
    found = {name: int(column[0]) for name, column in anchors.features(left, e, right, z).items()}
    return found | {"evidence": float(anchors.evidence(left, e, right, z)[0])}


EN = "Live (LAIV3) and inactivated influenza vaccine (IIV3) were compared."
ZH = "比较减毒活疫苗（LAIV3）与灭活流感疫苗（IIV3）。"


@pytest.mark.parametrize(
    ("en", "zh", "one", "other", "value"),
    [
        (EN, ZH, "Live", "比较", 0),
        (
            "Bone mineral density (BMD) fell.",
            "骨密度（bone mineral density，BMD）下降。",
            "Bone mineral density",
            "骨密度",
            1,
        ),
        ("Tirofiban was given.", "给予替罗非班（tirofiban）。", "Tirofiban", "替罗非班", 1),
        ("Tirofiban was given.", "給予替羅非班（tirofiban）。", "Tirofiban", "替羅非班", 1),
        ("Bone density fell.", "骨密度下降。", "Bone density", "骨密度", 0),
        (
            "PKP, that is kyphoplasty, failed.",
            "椎体后凸成形术（PKP）失败。",
            "kyphoplasty",
            "椎体后凸成形术",
            0,
        ),
    ],
)
def test_the_same_short_form_behind_both_ties_them(en, zh, one, other, value):
    assert anchored(en, zh, one, other)["anchored"] == value


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        ("inactivated influenza vaccine", "灭活流感疫苗", anchors.AGREE),
        ("inactivated influenza vaccine", "灭活流感", anchors.CLASH),
        ("live attenuated influenza vaccine", "灭活流感疫苗", anchors.CLASH),
        ("live attenuated influenza vaccine", "减毒活疫苗", anchors.AGREE),
        ("influenza vaccine", "减毒活疫苗", 0.0),
    ],
)
def test_definitions_speak_for_and_against(one, other, value):
    en = "The live attenuated influenza vaccine (LAIV3) and inactivated influenza vaccine (IIV3) were given."
    assert anchored(en, ZH, one, other)["evidence"] == value


def test_negations_are_counted():
    found = anchored("non-communicable disease", "非传染性疾病", "non-communicable disease", "非传染性疾病")
    assert (found["en_negations"], found["zh_negations"]) == (1, 1)


def test_what_a_short_form_ties_is_considered_whatever_else_is_likelier(monkeypatch):
    for name in ("KEPT_EN", "KEPT_ZH", "MAX_FEATURED", "MAX_COMPETING"):
        monkeypatch.setattr(extraction, name, (1, 0.0))
    en = "Fractures and vertebroplasty: an anterior column realignment scale (ACRS) was used."
    zh = "骨折与椎体成形术：采用前柱复位量表（ACRS）。"
    english, chinese = ([text] for text in load_encoder().encode([en, zh]))
    spans = collect([en], "en"), collect([zh], "zh")
    found = extraction.score(english, spans[0], chinese, spans[1], load())
    assert ("anterior column realignment scale", "前柱复位量表") in extraction.strings(
        found.evidence, found.candidates
    )
