"""Encoders: texts in, vectors of any of their spans out. One pass over a text serves every span of it."""

from pathlib import Path

from aligner.encoders.text import EncodedPair, EncodedText, Encoder
from aligner.errors import UnknownNameError
from aligner.registry import Row, Table

DEFAULT = "bundled"
MODEL = "NAME/MODEL or FOLDER"

ENCODERS = Table(
    "encoder",
    {
        "bundled": Row(
            "aligner.encoders.bundled:BundledEncoder",
            "universal-sentence-encoder-multilingual v3, 512 dimensions, needs no download (default)",
        ),
        MODEL: Row(
            "aligner.encoders.sentence_transformer:SentenceTransformerEncoder",
            "any sentence-transformers model on this machine, by its name or its folder",
        ),
    },
)

_loaded: dict[tuple[str, str], Encoder] = {}


def load_encoder(name: str = DEFAULT, device: str = "auto") -> Encoder:
    """Return the encoder called ``name``; its weights are read once per process.

    Args:
        name: a row of the table, or the name (``organisation/model``) or folder of a model for
            sentence-transformers.
        device: cpu, cuda, mps or auto; the bundled encoder runs on the processor whatever it says.

    Raises:
        UnknownNameError: no encoder has this name.
        ModelError: the model or its weights are missing, damaged or of another version.
        SettingError: there is no such device.
    """
    if (name, device) not in _loaded:
        if name in ENCODERS and name != MODEL:
            _loaded[name, device] = ENCODERS.load(name)()
        elif "/" in name or "\\" in name or Path(name).is_dir():
            _loaded[name, device] = ENCODERS.load(MODEL)(name, device)
        else:
            raise UnknownNameError("encoder", name, ENCODERS)
    return _loaded[name, device]


def keep_encoder(encoder: Encoder) -> str:
    """Make an encoder that is loaded already known to `load_encoder`, and return the name it has there."""
    for (name, device), known in _loaded.items():
        if known is encoder and device == "auto":
            return name
    name = f"{encoder.name}#{id(encoder)}"
    _loaded[name, "auto"] = encoder
    return name


__all__ = ["DEFAULT", "ENCODERS", "EncodedPair", "EncodedText", "Encoder", "keep_encoder", "load_encoder"]
