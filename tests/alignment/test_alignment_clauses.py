"""Where sentences are cut into clauses, and what the clauses are."""

import numpy as np
import pytest

from aligner.alignment import runs
from aligner.alignment.clauses import Clauses, clause_ends
from aligner.encoders import load_encoder


def cut(text: str, language: str) -> list[str]:
    ends = clause_ends(text, language)
    return [text[a:b] for a, b in zip([0, *ends[:-1]], ends, strict=True)]


@pytest.mark.parametrize(
    ("language", "pieces"),
    [
        (
            "zh",
            [
                "两组患者均顺利完成手术，",
                "随访12～18个月（平均14.3个月，中位14个月），无失访；",
                "无死亡。",
            ],
        ),
        ("zh", ["骨水泥渗漏率（P<0.05，χ2=4.1）低于对照组，", "两组差异有统计学意义。"]),
        ("zh", ["共8例，3例渗漏。"]),
        ("zh", ["无死亡。", "所有患者均签署知情同意书。"]),
        (
            "en",
            [
                "The pain was relieved in all of the patients, ",
                "while the function improved in most of them.",
            ],
        ),
        ("en", ["No one died; ", "two of the patients had a leak."]),
        ("en", ["It leaked. ", "No deficit was seen (P=0.3, n=41), and none."]),
        ("en", ["Yes, it did."]),
        ("en", [""]),
        ("zh", ["。"]),
    ],
)
def test_cuts(language, pieces):
    assert cut("".join(pieces), language) == pieces


@pytest.mark.parametrize(
    "text", ["（" * 5000, "（）" * 5000, "，" * 20000, ", " * 20000, "; " * 10000, "a" * 50000]
)
def test_odd_texts_are_cut_whole(text):
    for language in ("en", "zh"):
        assert "".join(cut(text, language)) == text


def test_clauses_hold_all_text_and_all_tokens():
    en = ["The pain was relieved in all of the patients, while the function improved in most.", "None died."]
    encoded = load_encoder().encode(en)
    clauses = Clauses.of(encoded, "en")
    assert "".join(clauses.texts) == "".join(en)
    assert clauses.sentence.tolist() == [0, 0, 1]
    assert clauses.made.counts.sum() == sum(len(text.states) for text in encoded)
    assert clauses.boundary.tolist() == [True, False, True, True]
    assert clauses.sentence_start.tolist() == [0, 0, 2, 3]
    assert clauses.sentence_stop.tolist() == [2, 2, 3]
    whole = clauses.runs(np.array([0]), np.array([2]))[0]
    bare = encoded[0].vectors([(0, len(en[0]))])[0] - clauses.means[0]
    assert whole @ bare / np.linalg.norm(bare) > 0.999  # the edges are the mean of the sentences'


def test_a_run_is_composed_once_whatever_asks_for_it(monkeypatch):
    encoded = load_encoder().encode(
        ["The pain was relieved; the function improved in most of them.", "None died."]
    )
    clauses, composed = Clauses.of(encoded, "en"), []
    compose = type(clauses.made.encoder).compose

    def counted(self, sums, counts):
        composed.append(len(sums))
        return compose(self, sums, counts)

    monkeypatch.setattr(type(clauses.made.encoder), "compose", counted)
    whole = clauses.whole()
    assert len(clauses) > len(whole) == 2
    singles, sentences = clauses.vectors, clauses.composed_runs(*clauses.sentence_ranges)
    assert np.array_equal(whole.composed_runs(np.array([0, 1]), np.array([1, 2])), sentences)
    assert np.array_equal(clauses.runs(np.arange(2), np.array([1, 1])), singles[:2])
    assert composed == [len(clauses) + 1]  # the second sentence is one clause
    fresh = compose(clauses.made.encoder, clauses.made.sums + clauses.made.edge, clauses.made.counts + 2)
    assert np.abs(clauses.composed_runs(np.arange(3), np.arange(1, 4)) - fresh).max() < 1e-6


def test_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr(runs, "KEPT", 5)
    made = Clauses.of(load_encoder().encode(["One; two; three; four; five."]), "en").made
    starts, stops = np.triu_indices(5)
    parts = [made.of(starts[k : k + 4], stops[k : k + 4] + 1) for k in range(0, 15, 4)]
    assert len(made._keys) <= 5
    assert np.abs(np.concatenate(parts) - made.of(starts, stops + 1)).max() < 1e-6
