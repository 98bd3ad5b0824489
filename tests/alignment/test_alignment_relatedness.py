"""Texts of two different studies, in the same sections, are not matched with any certainty."""

from aligner.alignment import align
from aligner.encoders import load_encoder
from aligner.evaluation.gold import read_gold


def matched(en, zh):
    """The share of the text that is surely matched, as the warning counts it."""
    beads = [bead for bead in align(en, zh) if bead.en and bead.zh]
    sizes = [(sum(len(en[i].text) for i in bead.en), sum(len(zh[j].text) for j in bead.zh)) for bead in beads]
    totals = sum(len(text.text) for text in en), sum(len(text.text) for text in zh)
    return max(sum(b.score * s[k] for b, s in zip(beads, sizes, strict=True)) / totals[k] for k in (0, 1))


def test_two_studies_share_next_to_nothing():
    encode = load_encoder().encode
    documents = read_gold([f"corpora/journal/gold/j{number}.json" for number in range(60, 72)])
    sides = [(encode(document.en), encode(document.zh)) for document in documents]
    assert min(matched(en, zh) for en, zh in sides) > 0.7
    crossed = [matched(en, sides[k - 1][1]) for k, (en, _) in enumerate(sides)]
    assert sum(share >= 0.25 for share in crossed) <= 1
