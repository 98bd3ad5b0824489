"""The trained model: reading and checking it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aligner.errors import ModelError
from aligner.terms.trees import Trees

FORMAT = 1


@dataclass(frozen=True)
class Model:
    """What decides.

    Attributes:
        english: which English spans are terms.
        chinese: which Chinese spans are terms.
        pairs: which pairs of spans are term pairs.
        sha256: of the file, for signatures.
    """

    english: Trees
    chinese: Trees
    pairs: Trees
    sha256: str


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
        trees = {name: Trees.read(content[name]) for name in ("english", "chinese", "pairs")}
    except (OSError, ValueError, KeyError) as error:
        raise ModelError("the term model is missing or damaged", where=str(file), hint=hint) from error
    return Model(**trees, sha256=hashlib.sha256(data).hexdigest())
