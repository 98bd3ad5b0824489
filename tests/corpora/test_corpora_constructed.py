"""The constructed corpus keeps what its README promises, file by file."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "corpora" / "constructed"
NAMES = sorted(path.stem for path in (CORPUS / "gold").glob("*.json"))
LABEL = re.compile(r"Constructed example (\d+): not a real study")
SIDES = ("en", "zh")
META = ["kind", "field", "topic", "order", "blank_line", "zh_script", "zh_punct", "title_en", "title_zh"]


def read_gold(name):
    return json.loads((CORPUS / "gold" / f"{name}.json").read_text(encoding="utf-8"))


def read_record(name):
    return (CORPUS / "records" / f"{name}.txt").read_text(encoding="utf-8")


def squeeze(text):
    return re.sub(r"\s+", "", text)


def bead_texts(gold):
    return [
        (" ".join(gold["en"][i] for i in en), "".join(gold["zh"][i] for i in zh)) for en, zh in gold["beads"]
    ]


def test_every_record_has_its_gold():
    assert [path.stem for path in sorted((CORPUS / "records").glob("*"))] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_first_line_says_that_it_is_constructed(name):
    first, rest = read_record(name).split("\n", 1)
    assert LABEL.fullmatch(first)[1] == str(100 + int(name.removeprefix("c")))
    assert rest.endswith("\n")
    assert "\r" not in rest


@pytest.mark.parametrize("name", NAMES)
def test_keys_of_the_gold_file(name):
    gold = read_gold(name)
    assert list(gold) == ["en", "zh", "beads", "terms", "meta"]
    assert list(gold["meta"]) == [*META, "label_lines"]
    assert {tuple(term) for term in gold["terms"]} == {("en", "zh", "level")}
    assert {term["level"] for term in gold["terms"]} <= {"core", "extra"}


@pytest.mark.parametrize("name", NAMES)
def test_beads_hold_every_sentence_once_and_in_order(name):
    gold = read_gold(name)
    for place, side in enumerate(SIDES):
        assert [i for bead in gold["beads"] for i in bead[place]] == list(range(len(gold[side])))
        assert 10 <= len(gold[side]) <= 16
    assert all(en or zh for en, zh in gold["beads"])


@pytest.mark.parametrize("name", NAMES)
def test_record_holds_the_sentences_in_order(name):
    gold, record = read_gold(name), squeeze(read_record(name))
    places = {}
    for side in SIDES:
        at = record.index(squeeze(gold[side][0]))
        start = at
        for sentence in gold[side]:
            assert record.startswith(squeeze(sentence), at), sentence
            at += len(squeeze(sentence))
        places[side] = (start, at)
    first, second = gold["meta"]["order"].split("-")
    assert places[first][1] <= places[second][0]


@pytest.mark.parametrize("name", NAMES)
def test_record_holds_nothing_but_sentences_titles_and_label_lines(name):
    gold = read_gold(name)
    meta = gold["meta"]
    lines = read_record(name).splitlines()
    others = [line for line in (meta["title_en"], meta["title_zh"], *meta["label_lines"]) if line]
    assert [line for line in others if line not in lines] == []
    assert Counter(squeeze("".join(lines[1:]))) == Counter(squeeze("".join(gold["en"] + gold["zh"] + others)))
    assert ("" in lines) == meta["blank_line"]


@pytest.mark.parametrize("name", NAMES)
def test_terms_are_substrings_of_one_bead_and_listed_once(name):
    gold = read_gold(name)
    beads = bead_texts(gold)
    lost = [t for t in gold["terms"] if not any(t["en"] in en and t["zh"] in zh for en, zh in beads)]
    twice = [key for key, n in Counter((t["en"].lower(), t["zh"]) for t in gold["terms"]).items() if n > 1]
    assert (lost, twice) == ([], [])
    assert sum(term["level"] == "core" for term in gold["terms"]) >= 15


@pytest.mark.parametrize("name", NAMES)
def test_decimals_of_a_bead_agree_on_both_sides(name):
    for en, zh in bead_texts(read_gold(name)):
        if en and zh:
            assert Counter(re.findall(r"\d+\.\d+", en)) == Counter(re.findall(r"\d+\.\d+", zh)), (en, zh)


def test_no_sentence_occurs_twice():
    for side in SIDES:
        counts = Counter(sentence for name in NAMES for sentence in read_gold(name)[side])
        assert [sentence for sentence, n in counts.items() if n > 1] == []


def test_corpus_is_varied_and_rich_in_terms():
    golds = [read_gold(name) for name in NAMES]
    kinds = {f"{len(en)}-{len(zh)}" for gold in golds for en, zh in gold["beads"]}
    assert {"1-1", "1-2", "2-1", "2-2", "1-0", "0-1"} <= kinds
    for key in ("order", "blank_line", "zh_script", "zh_punct"):
        assert len({gold["meta"][key] for gold in golds}) == 2, key
    assert all(any(term["level"] == "core" for term in gold["terms"]) for gold in golds)
