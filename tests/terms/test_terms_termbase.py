from aligner.encoders import EncodedPair, load_encoder
from aligner.terms import Termbase, extract
from aligner.types import Entry, Pair

EN = "The flurbs were measured with a new scale, and pain was relieved in 30 patients."
ZH = "采用新量表测量弗勒布体，30例患者疼痛缓解。"


def entry(en, zh, status="accepted", **more):
    return Entry(en, zh, 1.0, 1, 1, status=status, **more)


def found(*entries, zh=ZH):
    encoder = load_encoder()
    pair = EncodedPair(Pair("a", 0, EN, zh), *encoder.encode([EN, zh]))
    return {(term.en, term.zh): term for term in extract([pair], termbase=Termbase.of(entries))}


def test_a_pair_of_the_base_is_found_and_belongs_in_the_glossary():
    assert ("relieved", "缓解") not in found()
    term = found(entry("relieved", "缓解"))["relieved", "缓解"]
    assert term.termhood > 0.9
    assert term.score > 0.7


def test_a_pair_that_was_found_anyhow_is_surer():
    before, after = (some["flurbs", "弗勒布体"] for some in (found(), found(entry("flurb", "弗勒布体"))))
    assert after.score > before.score
    assert after.termhood > before.termhood


def test_forms_count_in_either_script():
    zh = "採用新量表測量弗勒布體，30例患者疼痛緩解。"
    base = entry("relief", "缓和", en_variants=("relieved",), zh_variants=("缓解",))
    assert ("relieved", "緩解") in found(base, zh=zh)


def test_rows_that_nobody_accepted_are_no_evidence():
    assert found(entry("relieved", "缓解", "rejected"), entry("relieved", "缓解", "candidate")) == found()


def test_forms_of_two_pairs_are_no_pair():
    base = Termbase.of([entry("leak", "渗漏"), entry("pain", "疼痛"), entry("leak", "外漏")])
    leak, pain = base.en["leak",], base.en["pain",]
    seeping, outside, ache = (base.zh[tuple(word)] for word in ("渗漏", "外漏", "疼痛"))
    assert base.pairs == {(leak, seeping), (pain, ache), (leak, outside)}
