"""The field's terms, for the extraction to know: ``python -m aligner.terms.field_names GLOSSARY``.

What a person accepted in one text is looked for in the next. The command writes the accepted entries of a
glossary into ``field_names.txt`` of the Chinese language; a test holds it to the glossary of the project.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import regex

from aligner.errors import InputError
from aligner.formats import read_glossary
from aligner.text.han import simplify
from aligner.types import Entry

MEASURED = regex.compile(r"j\d+|intradural-cement-leakage")
"""Names of the records that extraction is measured on (``corpora/journal``, and the demonstration); what they
alone have is left out."""

HEAD = """# Terms of the field: the accepted rows of glossaries/ovcf-vertebroplasty.tsv, in Simplified script.
# Written by python -m aligner.terms.field_names glossaries/ovcf-vertebroplasty.tsv
"""

_HAN = regex.compile(r"\p{Han}.*\p{Han}")


def lines(entries: Iterable[Entry]) -> list[str]:
    """Return the rows of the file: the Chinese forms, those without Chinese characters left out."""
    forms = {
        simplify(form)
        for entry in entries
        if entry.status == "accepted"
        and not all(MEASURED.fullmatch(context.record) for context in entry.contexts)
        for form in (entry.zh, *entry.zh_variants)
    }
    return sorted(form for form in forms if _HAN.search(form) and form == " ".join(form.split()))


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description="Let the extraction know the accepted terms of a glossary.")
    parser.add_argument("glossary", type=Path)
    rows = list(read_glossary([str(parser.parse_args().glossary)]))
    if errors := [str(row) for row in rows if isinstance(row, InputError)]:
        raise SystemExit("\n".join(errors))
    text = HEAD + "\n".join(lines(row for row in rows if isinstance(row, Entry))) + "\n"
    path = Path(str(files("aligner.languages") / "zh" / "field_names.txt"))
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
