"""The trained model: reading and checking it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from aligner.errors import ModelError
from aligner.terms.trees import Trees

FORMAT = 5


@dataclass(frozen=True)
class SpanModel:
    """Which spans of one language are terms.

    Attributes:
        weights: of words per role, that tell terms from other spans.
        core_weights: likewise, that tell terms worth a row of a glossary from others.
        trees: over all features.
    """

    weights: Mapping[str, Mapping[str, float]]
    core_weights: Mapping[str, Mapping[str, float]]
    trees: Trees


@dataclass(frozen=True)
class Model:
    """What decides.

    Attributes:
        en: which English spans are terms.
        zh: which Chinese spans are terms.
        prefilter: which candidates are worth a close look.
        pairs: which candidates are term pairs, each by itself.
        final: which are term pairs among their competitors.
        termhood: how useful a pair is in a glossary.
        sha256: of the file, for signatures.
    """

    en: SpanModel
    zh: SpanModel
    prefilter: Trees
    pairs: Trees
    final: Trees
    termhood: Trees
    sha256: str = ""

    @classmethod
    def read(cls, data: Mapping[str, Any], sha256: str = "") -> Model:
        """Build a model from what its file holds."""
        en, zh = (
            SpanModel(side["weights"], side["core_weights"], Trees.read(side["trees"]))
            for side in (data["en"], data["zh"])
        )
        stages = ("prefilter", "pairs", "final", "termhood")
        prefilter, pairs, final, termhood = (Trees.read(data[name]) for name in stages)
        return cls(en, zh, prefilter, pairs, final, termhood, sha256)


@cache
def load() -> Model:
    """Read the model that comes with the program, once per process.

    Raises:
        ModelError: it is missing, damaged or of another version.
    """
    file = files("aligner.terms") / "model.json"
    hint = "install the program again"
    try:
        data = file.read_bytes()
        content = json.loads(data)
        if content["format"] != FORMAT:
            raise ModelError("the term model is of another version", where=str(file), hint=hint)
        return Model.read(content, hashlib.sha256(data).hexdigest())
    except (OSError, ValueError, KeyError) as error:
        raise ModelError("the term model is missing or damaged", where=str(file), hint=hint) from error
