"""The nouns of the house: what flows from one room to the next.

Offsets are character offsets (Python string indices), spans are half open: ``text[start:end]``.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Span = tuple[int, int]
Language = Literal["en", "zh"]
Severity = Literal["error", "warning", "info"]
Status = Literal["candidate", "accepted", "rejected"]
FoundIn = Literal["text", "title", "keywords"]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person finds a pair in their own file, and the inline codes it has there.

    Attributes:
        file: the file as it was named; ``-`` is standard input.
        unit: id of the unit (XLIFF, TMX), with its segment's id after a slash where it has several.
        row: number of the row, segment or unit, from 1, as a spreadsheet or a translation tool counts.
        sheet: the worksheet, or the table of a document.
        en_codes: the inline codes of the English side as they are written there, in order.
        zh_codes: likewise.
    """

    file: str = ""
    unit: str = ""
    row: int | None = None
    sheet: str = ""
    en_codes: tuple[str, ...] = ()
    zh_codes: tuple[str, ...] = ()

    def code_differences(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the inline codes that only the English side has, and those only the Chinese has."""
        en, zh = Counter(self.en_codes), Counter(self.zh_codes)
        return tuple((en - zh).elements()), tuple((zh - en).elements())

    def __str__(self) -> str:
        """Say it as a person looks for it: ``a.xlsx, sheet Data, row 3``."""
        parts = {"": self.file, "sheet ": self.sheet, "unit ": self.unit, "row ": str(self.row or "")}
        return ", ".join(f"{name}{value}" for name, value in parts.items() if value)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A slice of a text: ``text_of_record[start:end] == text``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a bead cut for a translation memory: clauses that translate each other.

    Attributes:
        en_span: its place in the bead's English text, its sentences set one after another. Empty spans are
            pieces without a counterpart.
        zh_span: likewise.
        score: probability, 0 to 1, that the unit is right.
    """

    en_span: Span
    zh_span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Bead:
    """An aligned group of sentences (Gale & Church 1993), by sentence number.

    Attributes:
        en: numbers of the English sentences, ascending; empty when the Chinese ones have no counterpart.
        zh: likewise.
        score: probability, 0 to 1, that the bead is right.
        source: where it stands in its file, for a bead that came aligned.
        units: the parts it can be cut into, in order; empty where it stays whole.
    """

    en: tuple[int, ...]
    zh: tuple[int, ...]
    score: float
    source: Address | None = field(default=None, compare=False)
    units: tuple[Unit, ...] = ()

    @property
    def kind(self) -> str:
        """The bead's type as the field writes it, English first: ``1-1``, ``2-1``, ``0-1``."""
        return f"{len(self.en)}-{len(self.zh)}"


@dataclass(frozen=True, slots=True)
class Record:
    """One bilingual document.

    Attributes:
        name: what rows call it: the file's name without extension, or the record's own id.
        en: the English text; paragraphs are parted by a line feed.
        zh: the Chinese text, likewise.
        en_sentences: sentences that the input came with, in order; None where they are still to be found.
        zh_sentences: likewise. Blank lines of a sentence-a-line file stay as empty sentences, so that
            a sentence's number is its line's.
        metadata: whatever else the input says of the record; keys are English words in lower case
            (title_en, title_zh, authors, affiliations, citation, journal, doi, pmid, ...).
        notes: lines that could not be placed, as written. Nothing of an input is dropped.
        beads: the alignment that the input came with; None where it is still to be found.
        source: where it stands in its file.
        origin: the file (absolute path) that the record is named after, alone or with its place in it; empty
            where it has an id of its own.
    """

    name: str
    en: str
    zh: str
    en_sentences: tuple[Sentence, ...] | None = None
    zh_sentences: tuple[Sentence, ...] | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    beads: tuple[Bead, ...] | None = None
    source: Address | None = field(default=None, compare=False)
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A bead with its texts, as it is shown, exported and searched for terms.

    Attributes:
        record: the record's name.
        bead: the bead's number in its record, from 0.
        en: the bead's English text; empty for an unmatched Chinese sentence.
        zh: likewise.
        en_ids: sentence numbers.
        zh_ids: likewise.
        score: the bead's score; 1.0 for a pair that came aligned.
        state: what the file it came from says of it (XLIFF state, SDLXLIFF confirmation level).
        source: where it stands in its file; None where that is not known.
        units: the parts it can be cut into, in order; empty where it stays whole.
        unit: for a pair that is one unit of a bead, the unit's number in it.
    """

    record: str
    bead: int
    en: str
    zh: str
    en_ids: tuple[int, ...] = ()
    zh_ids: tuple[int, ...] = ()
    score: float = 1.0
    state: str = ""
    source: Address | None = field(default=None, compare=False)
    units: tuple[Unit, ...] = ()
    unit: int | None = None

    @property
    def kind(self) -> str:
        """The bead's type as the field writes it, English first: ``1-1``, ``2-1``, ``0-1``."""
        return f"{len(self.en_ids)}-{len(self.zh_ids)}"


@dataclass(frozen=True, slots=True)
class TermPair:
    """One occurrence of a term and its translation in one pair.

    ``pair.en[en_span[0]:en_span[1]] == en`` and likewise for ``zh``.

    Attributes:
        score: probability, 0 to 1, that the two are translations of one another, with these bounds.
        termhood: how useful such a pair is in a glossary, 0 to 1.
        found_in: what the pair of texts is: sentences, the record's two titles, or its two lists of keywords.
    """

    record: str
    bead: int
    en: str
    zh: str
    en_span: Span
    zh_span: Span
    score: float
    termhood: float = 1.0
    found_in: FoundIn = "text"


@dataclass(frozen=True, slots=True)
class Context:
    """A pair of sentences a concept entry was found in."""

    record: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class CompetingTranslation:
    """Another translation of an entry's term, in an entry of its own.

    Attributes:
        en: the other entry's English term: the same, unless the Chinese one is.
        zh: its Chinese term.
        count: its occurrences.
    """

    en: str
    zh: str
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept entry of a glossary: one English term, one Chinese term, and what is known of them.

    Attributes:
        en: the English term, in its commonest form.
        zh: the Chinese term, likewise, as written.
        score: probability, 0 to 1, that the two are translations of one another.
        count: occurrences.
        records: number of records it occurs in.
        status: candidate, accepted or rejected.
        en_variants: other forms seen, commonest first.
        zh_variants: likewise.
        abbreviation: the short form, where a text ties one to the term; empty otherwise.
        contexts: a few pairs it was found in.
        note: whatever a person wrote about it.
        en_counts: occurrences of ``en`` and of each of ``en_variants``, in that order; empty where not known.
        zh_counts: likewise for Chinese.
        competing: other translations of the English term, and other terms with this translation.
        expansion: the long form, where the entry is a short form that a text ties to one. A short form
            with two long forms has two entries, told apart by this.
        termhood: how useful the term is in a glossary, 0 to 1; entries are ranked by both, multiplied.
        domain: subject field, as the glossary it comes from says it.
        part_of_speech: likewise.
        definition: likewise.
        usage: the status as that glossary says it (admitted, deprecated, do not translate), where it is more
            than ours.
        other: that glossary's other columns as (name, text), untouched.
        found_in: ``keywords`` where the authors of a record name the term as a keyword in both languages,
            ``title`` where it stands in both titles; else empty.
    """

    en: str
    zh: str
    score: float
    count: int
    records: int
    status: Status = "candidate"
    en_variants: tuple[str, ...] = ()
    zh_variants: tuple[str, ...] = ()
    abbreviation: str = ""
    contexts: tuple[Context, ...] = ()
    note: str = ""
    en_counts: tuple[int, ...] = ()
    zh_counts: tuple[int, ...] = ()
    competing: tuple[CompetingTranslation, ...] = ()
    expansion: str = ""
    termhood: float = 1.0
    domain: str = ""
    part_of_speech: str = ""
    definition: str = ""
    usage: str = ""
    other: tuple[tuple[str, str], ...] = ()
    found_in: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A possible issue in one pair; a person decides whether it is an error.

    Attributes:
        record: the record's name.
        bead: the bead's number in its record.
        check: code of the check that found it (``aligner checks`` lists them).
        severity: error, warning or info.
        message: one sentence a translator understands.
        en_span: the place in the pair's English text, or None where there is none.
        zh_span: likewise.
        en: the pair's English text.
        zh: likewise.
        category: MQM category (accuracy, terminology, linguistic conventions, locale conventions, style).
        suggestion: a replacement for the Chinese span, where there is one.
        source: where the pair stands in its file; None where that is not known.
        probability: how likely it is a slip, where one pair in ten holds one; None where nothing measures it.
        error_severity: minor, major or critical where a person confirmed it as an error; empty elsewhere.
        kind: of that error (mistranslation, omission, ...); empty elsewhere.
    """

    record: str
    bead: int
    check: str
    severity: Severity
    message: str
    en_span: Span | None
    zh_span: Span | None
    en: str
    zh: str
    category: str = "accuracy"
    suggestion: str = ""
    source: Address | None = field(default=None, compare=False)
    probability: float | None = field(default=None, compare=False)
    error_severity: str = field(default="", compare=False)
    kind: str = field(default="", compare=False)


Outcome = Literal["fixed", "still there", "new", "changed unasked"]


@dataclass(frozen=True, slots=True)
class Revision:
    """What became of one finding, or of one pair, in a text that came back.

    Attributes:
        record: the record's name.
        bead: the pair's number now; of a pair that is gone, as it was.
        outcome: fixed: it was found and is gone; still there; new: found in what was changed; changed
            unasked: a pair in which nothing was found or to be corrected reads otherwise now.
        check: code of the check; ``correction`` where a person's correction was not made; empty for a pair.
        message: what was found.
        en: the English text now.
        before: the Chinese text as it was; empty for a pair that is new.
        after: the Chinese text now; empty for a pair that is gone.
        source: where the pair stands in its file now.
    """

    record: str
    bead: int
    outcome: Outcome
    check: str
    message: str
    en: str
    before: str
    after: str
    source: Address | None = field(default=None, compare=False)
