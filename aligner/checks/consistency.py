"""One source, two translations inside a record: terms and whole sentences."""

from collections import Counter
from collections.abc import Iterator, Sequence

from aligner.checks.base import Check
from aligner.checks.glossary import Term
from aligner.checks.parsed import CheckContext, ParsedPair, concept, is_sure
from aligner.checks.term import occurrences
from aligner.checks.term_rendering import bare
from aligner.types import Finding, Span


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Note a term that the record renders in several ways, and sentences translated twice.

    Terms are those of the glossary, and the pairs of terms that were found in the record, where it was looked
    for them; and words that a dictionary links to other words here than before.
    """
    noted = list(_terms(parsed, context))
    yield from noted
    found = list(_found_terms(parsed, context, {finding.en_span for finding in noted}))
    yield from found
    yield from _words(parsed, context, [*noted, *found])
    yield from _sentences(parsed, context)


def _terms(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    if not context.glossary.terms or len(context.pairs) < 2:
        return
    for term, span in occurrences(parsed.pair.en, context.glossary):
        here = next((target for target in term.targets if target in parsed.pair.zh), None)
        if here is None:
            continue
        for pair in context.pairs:
            if pair.bead >= parsed.pair.bead or term.en.lower() not in pair.en.lower():
                continue
            there = next((target for target in term.targets if target in pair.zh), None)
            if there is not None and there != here:
                at = parsed.pair.zh.find(here)
                message = f"'{term.en}' is {here} here and {there} in pair {pair.bead + 1}"
                yield parsed.finding(
                    "consistency",
                    "info",
                    message,
                    (span, (at, at + len(here))),
                    category="terminology",
                    suggestion=there,
                )
                break


def _found_terms(parsed: ParsedPair, context: CheckContext, noted: set[Span | None]) -> Iterator[Finding]:
    for term in context.terms:
        if term.bead != parsed.pair.bead or term.en_span in noted or not is_sure(term):
            continue
        here, others = bare(term.zh), context.renderings[concept(term)]
        before = [other for other in others if other.bead < term.bead and _differ(here, bare(other.zh))]
        if before and all(bare(other.zh) != here for other in others if other.bead < term.bead):
            message = f"'{term.en}' is {term.zh} here and {before[0].zh} in pair {before[0].bead + 1}"
            spans = (term.en_span, term.zh_span)
            suggestion = before[0].zh
            yield parsed.finding(
                "consistency", "info", message, spans, category="terminology", suggestion=suggestion
            )


def _words(parsed: ParsedPair, context: CheckContext, noted: Sequence[Finding]) -> Iterator[Finding]:
    """Note a word where the record first renders it otherwise than before."""
    spans = [finding.en_span for finding in noted if finding.en_span]
    for renderings in context.words.values():
        first, second = renderings[0], next((one for one in renderings if one.zh != renderings[0].zh), None)
        if second is None or second.bead != parsed.pair.bead or not _differ(second.zh, first.zh):
            continue
        start, end = second.en_span
        if first.zh in parsed.pair.zh or any(start < b and a < end for a, b in spans):
            continue
        message = f"'{parsed.pair.en[start:end]}' is {second.zh} here and {first.zh} in pair {first.bead + 1}"
        yield parsed.finding(
            "consistency",
            "info",
            message,
            (second.en_span, second.zh_span),
            category="terminology",
            suggestion=first.zh,
        )


def _differ(one: str, other: str) -> bool:
    """Tell whether two renderings are other words, not the same in another order or a longer form."""
    short, long = Counter(one), Counter(other)
    return bool(short - long and long - short) and not (one.isascii() or other.isascii())


def _sentences(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    en = parsed.pair.en.strip().lower()
    if len(en) < 20:
        return
    for pair in context.pairs:
        if (
            pair.bead < parsed.pair.bead
            and pair.en.strip().lower() == en
            and pair.zh.strip() != parsed.pair.zh.strip()
        ):
            message = f"The same English sentence is translated otherwise in pair {pair.bead + 1}"
            yield parsed.finding("consistency", "info", message, (None, None), category="style")
            return


CHECK = Check(
    check,
    wrong=(
        ("Cement leakage was seen.", "可见骨水泥渗漏。"),
        ("Cement leakage was treated.", "处理骨水泥外漏。"),
    ),
    right=(
        ("Cement leakage was seen.", "可见骨水泥渗漏。"),
        ("Cement leakage was treated.", "处理骨水泥渗漏。"),
    ),
    terms=(Term("cement leakage", "骨水泥渗漏", ("骨水泥外漏",)),),
)
