"""Any sentence-transformers model that is on this machine, read token by token.

References:
    Reimers & Gurevych (2019), Sentence-BERT: Sentence Embeddings using Siamese BERT-Networks, EMNLP.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aligner.encoders.text import EncodedText, Floats
from aligner.errors import ModelError, SettingError

BATCH_TOKENS = 4096
MEAN = {"mean", "mean_sqrt_len_tokens"}  # poolings whose vector is, but for its length, a sum over tokens
WINDOW = 512  # tokens, where neither the model nor its tokenizer says how many it takes


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class SentenceTransformerEncoder:
    """A sentence-transformers model through the same interface as the bundled encoder.

    The token embeddings of the last layer are what is summed; their mean goes through whatever the model
    has after its pooling. A model that pools otherwise (CLS, max) was not trained to be read so: its spans
    are plain means of token embeddings, and the vector by its own pooling is at hand as
    ``EncodedText.whole``. Texts longer than the model's window are encoded window by window.
    """

    def __init__(self, name: str, device: str = "auto") -> None:
        """Load the model.

        Args:
            name: a folder, or a model's name whose files are in the local cache. Nothing is downloaded.
            device: cpu, cuda, mps, or auto for the best there is.

        Raises:
            ModelError: the model is not on this machine, cannot be loaded, or has no token embeddings.
            SettingError: the device is not on this machine.
        """
        import torch
        from sentence_transformers import SentenceTransformer

        self.name = name
        torch.set_num_threads(min(torch.get_num_threads(), cores()))
        try:
            self._model: Any = SentenceTransformer(
                name, device=_device(device), local_files_only=not Path(name).is_dir()
            )
        except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
            raise ModelError(
                "the model is not on this machine or cannot be loaded", where=name, hint=_how_to_get(name)
            ) from error
        if len(self._model) < 2 or not hasattr(self._model[1], "pooling_mode") or not self._is_fast():
            raise ModelError(
                "the model gives no embeddings of single tokens",
                where=name,
                hint="choose one that is a transformer with a fast tokenizer and a pooling layer",
            )
        self._transformer, self._pooling, *self._after = self._model
        self._sums = self._pooling.pooling_mode in MEAN
        self._window = min(self._model.max_seq_length or WINDOW, self._model.tokenizer.model_max_length)
        size: Any = self._model.get_embedding_dimension() if self._sums else self._pooling.embedding_dimension
        self.dimensions = int(size)

    def encode(self, texts: Iterable[str]) -> list[EncodedText]:
        """Run over each text once, in batches of like length; results are in the texts' order."""
        texts = list(texts)
        windows = [self._windows(number, text) for number, text in enumerate(texts)]
        flat = sorted((w for group in windows for w in group), key=lambda w: -len(w["ids"]))
        start = 0
        while start < len(flat):
            stop = start + max(1, BATCH_TOKENS // len(flat[start]["ids"]))
            self._run(flat[start:stop])
            start = stop
        return [self._assemble(text, group) for text, group in zip(texts, windows, strict=True)]

    def compose(self, sums: Floats, counts: Floats) -> Floats:
        """Turn sums ``(n, d)`` of ``(n,)`` token embeddings into unit rows ``(n, dimensions)``."""
        means = np.asarray(sums / np.maximum(counts, 1e-6)[:, None], dtype=np.float32)
        rows = self._tail(means) if self._sums else means
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1), 1e-12)[:, None], dtype=np.float32)

    def _is_fast(self) -> bool:
        return bool(getattr(getattr(self._model, "tokenizer", None), "is_fast", False))

    def _windows(self, number: int, text: str) -> list[dict[str, Any]]:
        """Cut a text's tokens into windows with ids, character offsets and a mask of edge tokens."""
        tokens = self._model.tokenizer(
            text,
            truncation=True,
            max_length=self._window,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        return [
            {"text": number, "ids": ids, "offsets": offsets, "special": special}
            for ids, offsets, special in zip(
                tokens["input_ids"], tokens["offset_mapping"], tokens["special_tokens_mask"], strict=True
            )
        ]

    def _run(self, batch: Sequence[dict[str, Any]]) -> None:
        """Fill in each window's token embeddings and, where the model pools otherwise, its own vector."""
        import torch

        width = max(len(window["ids"]) for window in batch)
        padding = self._model.tokenizer.pad_token_id or 0
        ids = torch.full((len(batch), width), padding)
        mask = torch.zeros((len(batch), width), dtype=torch.long)
        for row, window in enumerate(batch):
            ids[row, : len(window["ids"])] = torch.tensor(window["ids"])
            mask[row, : len(window["ids"])] = 1
        device = self._model.device
        with torch.inference_mode():
            features = self._transformer({"input_ids": ids.to(device), "attention_mask": mask.to(device)})
            for row, window in enumerate(batch):
                states = features["token_embeddings"][row, : len(window["ids"])]
                window["states"] = states.float().cpu().numpy()
            if not self._sums:
                for module in (self._pooling, *self._after):
                    features = module(features)
                for row, window in enumerate(batch):
                    window["whole"] = features["sentence_embedding"][row].float().cpu().numpy()

    def _assemble(self, text: str, windows: Sequence[dict[str, Any]]) -> EncodedText:
        special = np.concatenate([w["special"] for w in windows]).astype(bool)
        offsets = np.concatenate([np.asarray(w["offsets"], dtype=np.int64).reshape(-1, 2) for w in windows])
        states = np.concatenate([w["states"] for w in windows])
        inner = ~special & (offsets[:, 1] > offsets[:, 0])
        edge = states[~inner].sum(axis=0) / len(windows)
        whole = None if self._sums else np.mean([w["whole"] for w in windows], axis=0)
        return EncodedText(
            text,
            offsets[inner, 0],
            offsets[inner, 1],
            states[inner].astype(np.float16),
            edge,
            float((~inner).sum() / len(windows)),
            self,
            None if whole is None else whole / max(float(np.linalg.norm(whole)), 1e-12),
        )

    def _tail(self, means: Floats) -> Floats:
        """Run what the model has after its pooling (dense layers, normalisation) over rows."""
        import torch

        with torch.inference_mode():
            features = {"sentence_embedding": torch.from_numpy(means).to(self._model.device)}
            for module in self._after:
                features = module(features)
            return np.asarray(features["sentence_embedding"].float().cpu().numpy())


def _device(wanted: str) -> str | None:
    import torch

    there = {
        "cpu": True,
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "auto": True,
    }
    if wanted not in there:
        raise SettingError(f"unknown device '{wanted}'", hint=f"known are: {', '.join(there)}")
    if not there[wanted]:
        raise SettingError(f"there is no {wanted} device on this machine", hint="use --device cpu or auto")
    return None if wanted == "auto" else wanted


def _how_to_get(name: str) -> str:
    if Path(name).is_dir():
        return "check that the folder holds a whole sentence-transformers model (modules.json and weights)"
    return (
        f"fetch it once where there is a network (hf download {name}) or give its folder; "
        "the bundled encoder needs no download"
    )
