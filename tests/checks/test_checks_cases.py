"""Every check against right pairs and pairs with one slip, made by replacing a piece of a right one.

good.tsv: name, English, Chinese. bad/CHECK.tsv: name of a right pair, side, what is replaced, by what.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from aligner.checks import CHECKS, Glossary, Term, check_pairs
from aligner.encoders import load_encoder
from aligner.types import Finding, Pair

HERE = Path(__file__).parent
GLOSSARY = Glossary(
    tuple(
        Term(en, zh, tuple(accepted))
        for en, zh, *accepted in [
            ("vertebroplasty", "椎体成形术"),
            ("kyphoplasty", "椎体后凸成形术"),
            ("percutaneous vertebroplasty", "经皮椎体成形术"),
            ("percutaneous kyphoplasty", "经皮椎体后凸成形术"),
            ("cement leakage", "骨水泥渗漏"),
            ("femoral neck", "股骨颈"),
            ("bone mineral density", "骨密度", "骨矿物质密度"),
            ("dual-energy X-ray absorptiometry", "双能X线吸收法"),
            ("visual analogue scale", "视觉模拟评分"),
            ("teriparatide", "特立帕肽"),
            ("denosumab", "地舒单抗"),
            ("zoledronic acid", "唑来膦酸"),
            ("enoxaparin", "依诺肝素"),
            ("adjacent fracture", "邻近椎体骨折"),
            ("new fracture", "新发骨折"),
            ("osteoporosis", "骨质疏松症", "骨质疏松"),
            ("glucocorticoid", "糖皮质激素"),
            ("creatinine", "肌酐"),
            ("pulmonary embolus", "肺栓塞"),
            ("body mass index", "体重指数", "体质量指数"),
        ]
    )
)


def rows(name: str) -> list[tuple[str, ...]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines]


GOOD = {name: (en, zh) for name, en, zh in rows("good.tsv")}
BAD = {path.stem: rows(f"bad/{path.name}") for path in sorted((HERE / "bad").glob("*.tsv"))}
SLIPS = [(check, number, *row) for check, table in BAD.items() for number, row in enumerate(table)]
FEWER = {"addition": 24, "term": 23}  # slips that these find of their tables; the others find 25 and more
# Named so that who adds one to the list has looked at it: what the checks are known not to see.
UNSEEN = {tuple(line) for line in rows("unseen.tsv")}


def slip(name: str, side: str, old: str, new: str) -> tuple[str, str]:
    en, zh = GOOD[name]
    changed = (en if side == "en" else zh).replace(old, new, 1)
    return (changed, zh) if side == "en" else (en, changed)


@pytest.fixture(scope="module")
def found() -> dict[str, list[Finding]]:
    pairs = [Pair(name, 0, en, zh) for name, (en, zh) in GOOD.items()]
    for check, number, *row in SLIPS:
        pairs.append(Pair(f"{check} {number}", 0, *slip(*row)))
    result: dict[str, list[Finding]] = {pair.record: [] for pair in pairs}
    for finding in check_pairs(pairs, glossary=GLOSSARY, encoder=load_encoder()):
        result[finding.record].append(finding)
    return result


def loud(findings: list[Finding]) -> Iterator[Finding]:
    return (finding for finding in findings if finding.severity != "info")


@pytest.mark.parametrize("name", GOOD)
def test_right_pairs_pass_every_check(found: dict[str, list[Finding]], name: str) -> None:
    assert list(loud(found[name])) == []


@pytest.mark.parametrize(("check", "number", "name", "side", "old", "new"), SLIPS)
def test_slips_are_found_by_their_check(
    found: dict[str, list[Finding]], check: str, number: int, name: str, side: str, old: str, new: str
) -> None:
    assert old in GOOD[name][side == "zh"]
    seen = {finding.check for finding in loud(found[f"{check} {number}"])}
    assert (check in seen) is ((check, name, side, old, new) not in UNSEEN)


@pytest.mark.parametrize("check", list(BAD))
def test_every_check_finds_most_of_its_slips(check: str) -> None:
    slips = set(BAD[check])
    assert len(slips) >= 25
    assert len({row for row in slips if (check, *row) not in UNSEEN}) >= FEWER.get(check, 25)


def test_findings_mark_places_in_their_texts(found: dict[str, list[Finding]]) -> None:
    for findings in found.values():
        for finding in findings:
            for span, text in ((finding.en_span, finding.en), (finding.zh_span, finding.zh)):
                assert span is None or 0 <= span[0] < span[1] <= len(text)
            assert finding.check in CHECKS
            assert finding.message
