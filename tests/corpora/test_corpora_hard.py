"""The hard documents of corpora/hard hold to the gold form and to their own rules."""

from __future__ import annotations

import json
import re
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "corpora" / "hard"
FILES = sorted(FOLDER.glob("*.json"))
MIN_SIDE, MAX_SIDE = 25, 60
LARGEST_RUN = 3

# A list number or a report number at the head of a sentence is not the end of one.
ENUMERATOR = re.compile(r"^(?:\(?[0-9]{1,2}[.)]|[A-H]\.) ")
ENGLISH_END_INSIDE = re.compile(r"[.!?][\"')\]]* +[\"'(\[]?[A-Z0-9]|[\n\r\u2028]")
CHINESE_END_INSIDE = re.compile(r"[。！？][”’）]*(?=[^”’）])|[\n\r\u2028]")
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
HAN = re.compile("[\u4e00-\u9fff]")


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def is_one_sentence(text: str, language: str) -> bool:
    if not text or text != text.strip():
        return False
    body = ENUMERATOR.sub("", text)
    inside = ENGLISH_END_INSIDE if language == "en" else CHINESE_END_INSIDE
    return bool(body) and inside.search(body) is None


def odd_share(document: dict[str, Any]) -> float:
    odd = sum(len(en) + len(zh) for en, zh in document["beads"] if (len(en), len(zh)) != (1, 1))
    return odd / (len(document["en"]) + len(document["zh"]))


def test_there_are_at_least_eight_documents() -> None:
    assert len(FILES) >= 8


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("1. Stop warfarin 5 days before surgery.", "en", True),
        ("The mean volume was 2.8 mL at T6.", "en", True),
        ("Case 1.", "en", True),
        ("It leaked. No one noticed.", "en", False),
        ("It leaked. 12 patients noticed.", "en", False),
        (" It leaked.", "en", False),
        ("", "en", False),
        ("1. 术前5天停用华法林。", "zh", True),
        ("结果", "zh", True),
        ("发生渗漏。无症状。", "zh", False),
        ("发生渗漏。 ", "zh", False),
    ],
)
def test_one_sentence_rule(text: str, language: str, expected: bool) -> None:
    assert is_one_sentence(text, language) is expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_document_is_labelled_constructed(path: Path) -> None:
    document = read(path)
    meta = document["meta"]
    assert list(document) == ["en", "zh", "beads", "meta"]
    assert meta["constructed"] is True
    assert meta["kind"]
    assert meta["phenomena"]
    assert all(meta["phenomena"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_sentences_are_single_and_trimmed(path: Path, language: str) -> None:
    sentences = read(path)[language]
    assert MIN_SIDE <= len(sentences) <= MAX_SIDE
    assert [s for s in sentences if not is_one_sentence(s, language)] == []
    wrong_script = [s for s in sentences if (HAN.search(s) is None) != (language == "en")]
    assert wrong_script == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_beads_partition_both_sides_in_order(path: Path) -> None:
    document = read(path)
    beads = document["beads"]
    assert list(chain.from_iterable(en for en, _ in beads)) == list(range(len(document["en"])))
    assert list(chain.from_iterable(zh for _, zh in beads)) == list(range(len(document["zh"])))
    for en, zh in beads:
        assert en or zh
        assert max(len(en), len(zh)) <= LARGEST_RUN
        assert (en and zh) or len(en) + len(zh) == 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_number_slips_are_pairs_with_different_numbers(path: Path) -> None:
    document = read(path)
    for index in document["meta"]["number_slips"]:
        en_ids, zh_ids = document["beads"][index]
        en = " ".join(document["en"][i] for i in en_ids)
        zh = " ".join(document["zh"][i] for i in zh_ids)
        assert en
        assert zh
        assert sorted(NUMBER.findall(en)) != sorted(NUMBER.findall(zh))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_document_is_hard(path: Path) -> None:
    assert 0.12 <= odd_share(read(path)) <= 0.42


def test_a_fifth_to_a_third_of_all_sentences_are_not_one_to_one() -> None:
    documents = [read(path) for path in FILES]
    weights = [len(d["en"]) + len(d["zh"]) for d in documents]
    total = sum(odd_share(d) * w for d, w in zip(documents, weights, strict=True)) / sum(weights)
    assert 0.18 <= total <= 0.34
