"""The two halves of a set of pairs: one to train and tune on, the other to report."""

import hashlib
from collections.abc import Mapping
from typing import Literal

Half = Literal["tuning", "checking"]
HALVES: tuple[Half, Half] = ("tuning", "checking")
_SEED = 48  # of 60, the one that parts the files of correct and of labelled pairs most evenly


def text_of(row: Mapping[str, object]) -> str:
    """Return the text that a row of pairs belongs to: its doc, or the pair it was made of, or its id's head.

    Ids are read as TEXT:NUMBER or TEXT-NUMBER.
    """
    if row.get("doc"):
        return str(row["doc"])
    return str(row.get("src") or row["id"]).partition(":")[0].partition("-")[0]


def half_of(text: str) -> Half:
    """Tell which half a text is in: the same in every file, so that no text is in both."""
    return HALVES[hashlib.sha256(f"{_SEED} {text}".encode()).digest()[0] & 1]
