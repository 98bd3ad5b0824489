"""The same sentences on spaCy ``Doc`` objects, for whoever needs tokens too.

The decision is the text's, not the tokens': a tokenizer that keeps ``P<.05.We`` in one piece cannot move an
end, and no text has to be tokenized (English spaCy takes quadratic time on a run of brackets) to be cut.
"""

from bisect import bisect_left, bisect_right
from functools import cache
from itertools import pairwise

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from aligner.segmenters import segment
from aligner.types import Language

COMPONENT = "aligner_sentences"


@Pipeline.component(COMPONENT, assigns=["token.is_sent_start"])
def mark_sentences(doc: Doc) -> Doc:
    """Mark the starts of our sentences on a ``Doc``; a token that a start falls into is split there."""
    language: Language = "zh" if doc.lang_ == "zh" else "en"
    starts = [sentence.start for sentence in segment(doc.text, language)[1:]]
    with doc.retokenize() as retokenizer:
        for token in doc:
            end = token.idx + len(token)
            inside = starts[bisect_right(starts, token.idx) : bisect_left(starts, end)]
            if inside:
                parts = [doc.text[a:b] for a, b in pairwise([token.idx, *inside, end])]
                retokenizer.split(token, parts, heads=[(token, i) for i in range(len(parts))])
    known = set(starts)
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in known
    return doc


@cache
def pipeline(language: Language) -> Pipeline:
    """Return a blank spaCy pipeline that finds our sentences; no statistical model is loaded.

    Chinese is tokenized by jieba, whose dictionary is loaded with the first text.
    """
    config = {"nlp": {"tokenizer": {"segmenter": "jieba"}}} if language == "zh" else {}
    nlp = spacy.blank(language, config=config)
    nlp.add_pipe(COMPONENT)
    return nlp
