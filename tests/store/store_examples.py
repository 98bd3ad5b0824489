"""A small record and what a run finds in it."""

from aligner.store import Result, Workspace, blocks_to_do, save
from aligner.types import Finding, Pair, Sentence, TermPair

EN = "Cement leaked in 5 patients. Pain was relieved. No patient died."
ZH = "5例骨水泥渗漏。疼痛缓解。无死亡。"


def slices(text: str, *bounds: tuple[int, int]) -> tuple[Sentence, ...]:
    return tuple(Sentence(text[a:b], a, b) for a, b in bounds)


EN_SENTENCES = slices(EN, (0, 28), (29, 47), (48, 64))
ZH_SENTENCES = slices(ZH, (0, 8), (8, 13), (13, 17))


def result(number: int, revision: int, name: str, *, terms: bool = True) -> Result:
    """Three pairs, one to one, with a term in the first and the second and a finding in each."""
    pairs = tuple(
        Pair(name, n, en.text, zh.text, (n,), (n,), 0.75 + n / 16)
        for n, (en, zh) in enumerate(zip(EN_SENTENCES, ZH_SENTENCES, strict=True))
    )
    found = (
        (TermPair(name, 1, "Pain", "疼痛", (0, 4), (0, 2), 0.75), "pain=疼痛"),
        (TermPair(name, 0, "Cement", "骨水泥", (0, 6), (2, 5), 0.5), "cement=骨水泥"),
    )
    findings = tuple(
        Finding(name, pair.bead, "number", "error", f"finding {pair.bead}", (0, 4), None, pair.en, pair.zh)
        for pair in pairs
    )
    return Result(number, revision, EN_SENTENCES, ZH_SENTENCES, pairs, found if terms else None, findings)


def work_off(workspace: Workspace) -> int:
    """Save results for all that is to be done; return how many were saved."""
    saved = 0
    for tasks in blocks_to_do(workspace, terms=True):
        saved += save(workspace, [result(t.id, t.revision, t.record.name) for t in tasks], run=1)
    return saved
