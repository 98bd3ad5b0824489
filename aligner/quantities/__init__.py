"""Quantities: the numbers of a text as typed values with their offsets, for both languages."""

from aligner.quantities.assembly import parse
from aligner.quantities.levels import name_of
from aligner.quantities.types import Comparator, Kind, Quantity
from aligner.quantities.units import dimension, in_base

__all__ = ["Comparator", "Kind", "Quantity", "dimension", "in_base", "name_of", "parse"]
