"""One source, two translations inside a record: terms and whole sentences."""

from collections.abc import Iterator

from aligner.checks.base import Check
from aligner.checks.glossary import Term
from aligner.checks.parsed import CheckContext, ParsedPair
from aligner.checks.term import occurrences
from aligner.types import Finding


def check(parsed: ParsedPair, context: CheckContext) -> Iterator[Finding]:
    """Note a term that the record renders by several accepted forms, and sentences translated twice."""
    yield from _terms(parsed, context)
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
