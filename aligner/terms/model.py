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

FORMAT = 3


@dataclass(frozen=True)
class Side:
    """Which spans of one language are terms: weights of words per role, and trees over all features."""

    weights: Mapping[str, Mapping[str, float]]
    trees: Trees


@dataclass(frozen=True)
class Model:
    """What decides.

    Attributes:
        en: which English spans are terms.
        zh: which Chinese spans are terms.
        rough: which couples are worth a close look.
        pairs: which couples are term pairs, each by itself.
        final: which are term pairs among their rivals.
        sha256: of the file, for signatures.
    """

    en: Side
    zh: Side
    rough: Trees
    pairs: Trees
    final: Trees
    sha256: str = ""

    @classmethod
    def read(cls, data: Mapping[str, Any], sha256: str = "") -> Model:
        """Build a model from what its file holds."""
        en, zh = (Side(data[side]["weights"], Trees.read(data[side]["trees"])) for side in ("en", "zh"))
        rough, pairs, final = (Trees.read(data[name]) for name in ("rough", "pairs", "final"))
        return cls(en, zh, rough, pairs, final, sha256)


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
