"""The field's terms that the extraction knows are those of the project's glossary."""

from importlib.resources import files
from pathlib import Path

from aligner.formats import read_glossary
from aligner.terms.field_names import HEAD, lines
from aligner.types import Context, Entry

ROOT = Path(__file__).parents[2]


def test_the_file_holds_the_accepted_entries():
    glossary = ROOT / "glossaries" / "ovcf-vertebroplasty.tsv"
    expected = HEAD + "\n".join(lines(read_glossary([str(glossary)]))) + "\n"
    assert (files("aligner.languages") / "zh" / "field_names.txt").read_text("utf-8") == expected


def test_what_counts_and_how_it_is_written():
    here, seed = Context("c01", "", ""), Context("j01", "", "")
    entries = [
        Entry("Bone cement", "骨水泥", 0.9, 1, 1, "accepted", contexts=(seed, here)),
        Entry(
            "vertebroplasty", "椎體成形術", 0.9, 1, 1, "accepted", zh_variants=("椎体成形",), contexts=(here,)
        ),
        Entry("laminectomy", "椎板切除术", 0.9, 1, 1, "accepted", contexts=(seed,)),
        Entry("group", "治疗组", 0.9, 1, 1, "rejected", contexts=(here,)),
        Entry("PKP", "PKP", 0.9, 1, 1, "accepted", contexts=(here,)),
    ]
    assert lines(entries) == ["椎体成形", "椎体成形术", "骨水泥"]
