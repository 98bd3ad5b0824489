"""Encoders: texts in, vectors of any of their spans out. One pass over a text serves every span of it."""

from aligner.encoders.text import EncodedPair, EncodedText, Encoder
from aligner.registry import Row, Table

DEFAULT = "bundled"

ENCODERS = Table(
    "encoder",
    {
        "bundled": Row(
            "aligner.encoders.bundled:BundledEncoder",
            "universal-sentence-encoder-multilingual v3, 512 dimensions, needs no download (default)",
        ),
    },
)

_loaded: dict[str, Encoder] = {}


def load_encoder(name: str = DEFAULT) -> Encoder:
    """Return the encoder called ``name``; its weights are read once per process.

    Raises:
        UnknownNameError: no encoder has this name.
        ModelError: the weights are missing, damaged or of another version.
    """
    if name not in _loaded:
        _loaded[name] = ENCODERS.load(name)()
    return _loaded[name]


__all__ = ["DEFAULT", "ENCODERS", "EncodedPair", "EncodedText", "Encoder", "load_encoder"]
