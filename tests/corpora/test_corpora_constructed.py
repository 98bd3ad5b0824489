"""The constructed corpora keep what their READMEs promise, file by file."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

CORPORA = Path(__file__).parents[2] / "corpora"
FIRST_NUMBER = {"constructed": 100, "journal": 200}
BOTH = sorted(f"{path.parts[-3]}/{path.stem}" for path in CORPORA.glob("*/gold/*.json"))
NAMES = [name for name in BOTH if name.startswith("constructed/")]
JOURNAL = [name for name in BOTH if name.startswith("journal/")]
LABEL = re.compile(r"Constructed example (\d+): not a real study")
SIDES = ("en", "zh")
JOURNAL_META = ["title_en", "title_zh", "keywords_en", "keywords_zh", "labels", "order", "zh_script", "style"]
META = ["kind", "field", "topic", "order", "blank_line", "zh_script", "zh_punct", "title_en", "title_zh"]


def read_gold(name):
    corpus, record = name.split("/")
    return json.loads((CORPORA / corpus / "gold" / f"{record}.json").read_text(encoding="utf-8"))


def read_record(name):
    corpus, record = name.split("/")
    return (CORPORA / corpus / "records" / f"{record}.txt").read_text(encoding="utf-8")


def squeeze(text):
    return re.sub(r"\s+", "", text)


def bead_texts(gold):
    return [
        (" ".join(gold["en"][i] for i in en), "".join(gold["zh"][i] for i in zh)) for en, zh in gold["beads"]
    ]


def test_every_record_has_its_gold():
    assert sorted(f"{path.parts[-3]}/{path.stem}" for path in CORPORA.glob("*/records/*")) == BOTH
    assert (len(NAMES), len(JOURNAL)) == (35, 78)


@pytest.mark.parametrize("name", BOTH)
def test_first_line_says_that_it_is_constructed(name):
    first, rest = read_record(name).split("\n", 1)
    corpus, record = name.split("/")
    assert LABEL.fullmatch(first)[1] == str(FIRST_NUMBER[corpus] + int(record[1:]))
    assert rest.endswith("\n")
    assert "\r" not in rest


@pytest.mark.parametrize("name", NAMES)
def test_keys_of_the_gold_file(name):
    gold = read_gold(name)
    assert list(gold) == ["en", "zh", "beads", "terms", "meta"]
    assert list(gold["meta"]) == [*META, "label_lines"]


@pytest.mark.parametrize("name", JOURNAL)
def test_keys_of_the_gold_file_of_a_journal_record(name):
    gold = read_gold(name)
    assert list(gold) == ["en", "zh", "beads", "units", "terms", "keywords", "meta"]
    assert list(gold["meta"]) == JOURNAL_META


@pytest.mark.parametrize("name", BOTH)
def test_form_of_the_terms(name):
    gold = read_gold(name)
    assert {tuple(term) for term in gold["terms"]} == {("en", "zh", "level")}
    assert {term["level"] for term in gold["terms"]} <= {"core", "extra"}


@pytest.mark.parametrize("name", BOTH)
def test_beads_hold_every_sentence_once_and_in_order(name):
    gold = read_gold(name)
    for place, side in enumerate(SIDES):
        assert [i for bead in gold["beads"] for i in bead[place]] == list(range(len(gold[side])))
        assert len(gold[side]) in (range(10, 17) if name in NAMES else range(5, 21))
    assert all(en or zh for en, zh in gold["beads"])


@pytest.mark.parametrize("name", BOTH)
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


@pytest.mark.parametrize("name", JOURNAL)
def test_journal_record_holds_nothing_but_sentences_titles_keywords_and_labels(name):
    gold = read_gold(name)
    meta = gold["meta"]
    others = [meta[key] for key in JOURNAL_META[:4]] + meta["labels"]
    body = read_record(name).split("\n", 1)[1]
    assert Counter(squeeze(body)) == Counter(squeeze("".join(gold["en"] + gold["zh"] + others)))


@pytest.mark.parametrize("name", JOURNAL)
def test_units_of_a_bead_are_all_of_its_text(name):
    gold = read_gold(name)
    beads = bead_texts(gold)
    for unit in gold["units"]:
        assert len(unit["parts"]) > 1
        for place, text in enumerate(beads[unit["bead"]]):
            assert squeeze("".join(part[place] for part in unit["parts"])) == squeeze(text)


@pytest.mark.parametrize("name", JOURNAL)
def test_keywords_are_those_of_the_record_and_paired_one_to_one(name):
    gold = read_gold(name)
    words, pairs = gold["keywords"], gold["keywords"]["pairs"]
    for place, side in enumerate(SIDES):
        parted = re.split(
            "[;；]" if re.search("[;；]", line := gold["meta"][f"keywords_{side}"]) else "[,、]", line
        )
        assert words[side] == [word.strip() for word in parted if word]
        numbers = [pair[place] for pair in pairs]
        assert len(set(numbers)) == len(numbers)
        assert all(0 <= number < len(words[side]) for number in numbers)


@pytest.mark.parametrize("name", BOTH)
def test_terms_stand_in_one_pair_and_are_listed_once(name):
    gold = read_gold(name)
    beads = bead_texts(gold)
    if name in JOURNAL:
        beads += [tuple(gold["meta"][f"{key}_{side}"] for side in SIDES) for key in ("title", "keywords")]
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
        counts = Counter(sentence for name in BOTH for sentence in read_gold(name)[side])
        assert [sentence for sentence, n in counts.items() if n > 1] == []


def test_corpus_is_varied_and_rich_in_terms():
    golds = [read_gold(name) for name in NAMES]
    kinds = {f"{len(en)}-{len(zh)}" for gold in golds for en, zh in gold["beads"]}
    assert {"1-1", "1-2", "2-1", "2-2", "1-0", "0-1"} <= kinds
    for key in ("order", "blank_line", "zh_script", "zh_punct"):
        assert len({gold["meta"][key] for gold in golds}) == 2, key
    assert all(any(term["level"] == "core" for term in gold["terms"]) for gold in golds)
