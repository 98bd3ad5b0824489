"""Unit-by-unit links between the two texts of a pair, and what falls inside and outside a pair of spans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aligner.encoders import EncodedText
from aligner.terms.spans import Floats, Ints
from aligner.terms.units import Units

SHARPNESS = 2.5  # of the softmax over standardised cosines


@dataclass(frozen=True)
class Links:
    """Running sums over the link matrices of one pair's ``n`` English and ``m`` Chinese units.

    Attributes:
        forward: ``(n + 1, m + 1)`` of the share each English unit gives each Chinese one (rows sum to 1).
        backward: likewise of what each Chinese unit gives each English one (columns sum to 1).
    """

    forward: Floats
    backward: Floats


def unit_cosines(en: EncodedText, en_units: Units, zh: EncodedText, zh_units: Units) -> Floats:
    """Return the ``(n, m)`` cosines between the units of two texts, each read in its context."""
    left = en.vectors(list(zip(en_units.starts.tolist(), en_units.ends.tolist(), strict=True)))
    right = zh.vectors(list(zip(zh_units.starts.tolist(), zh_units.ends.tolist(), strict=True)))
    return np.asarray(left @ right.T, dtype=np.float64)


def link(cosines: Floats, en_units: Units, zh_units: Units) -> Links:
    """Turn cosines into shares, independent of the encoder's scale; equal Latin words and numbers are sure links."""
    scaled = (cosines - cosines.mean()) / (cosines.std() + 1e-9)
    same = np.array([[a == b for b in zh_units.words] for a in en_units.words], dtype=bool).reshape(scaled.shape)
    scaled = scaled + 3.0 * same
    forward = np.exp(SHARPNESS * (scaled - scaled.max(axis=1, keepdims=True)))
    backward = np.exp(SHARPNESS * (scaled - scaled.max(axis=0, keepdims=True)))
    forward /= forward.sum(axis=1, keepdims=True)
    backward /= backward.sum(axis=0, keepdims=True)
    return Links(_running(forward), _running(backward))


def _running(matrix: Floats) -> Floats:
    return np.pad(matrix.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))


def mass(sums: Floats, en: tuple[Ints, Ints], zh: tuple[Ints, Ints]) -> Floats:
    """Return what lies in the rows ``en[0]:en[1]`` and columns ``zh[0]:zh[1]``, arrays of equal or broadcast shape."""
    return np.asarray(sums[en[1], zh[1]] - sums[en[0], zh[1]] - sums[en[1], zh[0]] + sums[en[0], zh[0]])
