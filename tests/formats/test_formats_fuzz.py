"""A thousand damaged files over all readers: an answer in time, no exception but InputError, no silent loss."""
# ruff: noqa: E501 - files stand as they are

import gzip
import io
import random
import string
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aligner.errors import InputError
from aligner.formats import FORMATS, read_pairs, read_records
from aligner.types import Pair, Record

EN = 'Pain fell & <stayed> low in 120 patients (P < .05); "good" result.'
ZH = "120例患者的疼痛均减轻（P<0.05）；“良好”。"
PAIRS = [Pair("01", 0, EN, ZH, (0,), (0, 1), 0.97), Pair("01", 1, "", ZH, (), (2,)), Pair("02", 0, EN, ZH)]
PUBMED = (
    '<?xml version="1.0"?><PubmedArticleSet>'
    + f"<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>T</ArticleTitle><Abstract><AbstractText Label='A'>"
    f"T<sub>12</sub> fell.</AbstractText></Abstract></Article><OtherAbstract Language='chi' Type='Publisher'><AbstractText>{ZH}".replace(
        "<0", "&lt;0"
    )
    + "</AbstractText></OtherAbstract></MedlineCitation></PubmedArticle></PubmedArticleSet>"
)
MEDLINE = f"PMID- 1\nAB  - {EN}\nOAB - {ZH}\n      {ZH}\nOABL- chi\n\nPMID- 2\nAB  - {EN}\n"
WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Pain fell.'
    "</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Pain fell.</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r>"
    "<w:t>疼痛减轻。</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
)


def written(name):
    out = io.BytesIO()
    FORMATS.load(name).write_pairs(PAIRS, out)
    return out.getvalue()


def packed(name, text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, text)
    return out.getvalue()


SEEDS = {
    **{
        f"x{FORMATS.load(name).suffixes[0]}": written(name)
        for name in FORMATS
        if FORMATS.load(name).write_pairs
    },
    "rows.csv": f'id,en,zh\n1,"{EN.replace(chr(34), chr(34) * 2)}",{ZH}\n2,"x\ny",z\n'.encode(),
    "p.xml": PUBMED.encode(),
    "p.xml.gz": gzip.compress(PUBMED.encode() * 3, mtime=0),
    "m.nbib": MEDLINE.encode(),
    "w.docx": packed("word/document.xml", WORD),
    "a.txt": f"Title of it\nAbstract\n{EN}\n\n摘要：{ZH}\nKeywords: a; b\n".encode(),
    "g.txt": f"{EN}\n{ZH}".encode("gb18030"),
    "u.txt": f"{EN}\n{ZH}".encode("utf-16"),
    "gold.json": '{"en": ["One."], "zh": ["一。"]}'.encode(),
}
BITS = [
    b"\x00",
    b"\xff\xfe",
    b"<",
    b">",
    b"&x;",
    b'"',
    b"\t",
    b"\n",
    b"\r",
    b"\xe4\xb8",
    b"]]>",
    b"<!--",
    b"{",
    b"[" * 300,
]
BITS += [
    b"<a>" * 300,
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"PK\x05\x06",
    b"\xef\xbb\xbf",
    b"1e999",
    b"-",
    b"\\ud800",
    b"PMID- ",
]
DAMAGE = ["cut", "flip", "insert", "drop", "double", "shuffle"]


def damaged(data, kinds, rng):
    for kind in kinds:
        at, to = sorted(rng.randrange(len(data) + 1) for _ in range(2))
        if kind == "cut":
            data = data[:to]
        elif kind == "flip" and data:
            flipped = bytearray(data)
            for _ in range(rng.randrange(1, 9)):
                flipped[rng.randrange(len(data))] = rng.randrange(256)
            data = bytes(flipped)
        elif kind == "insert":
            data = data[:at] + rng.choice(BITS) + data[at:]
        elif kind == "drop":
            data = data[:at] + data[min(to, at + 40) :]
        elif kind == "double":
            data = data[:to] + data[at:]
        elif kind == "shuffle":
            data = data[to:] + data[at:to] + data[:at]
    return data


def answers(path, **options):
    start = time.process_time()
    records = list(read_records([str(path)], **options))
    pairs = list(read_pairs([str(path)]))
    assert time.process_time() - start < 5
    for item in [*records, *pairs]:
        assert isinstance(item, Record | Pair | InputError)
        if isinstance(item, InputError):
            assert "\n" not in str(item)
            assert str(item).strip()
    return records, pairs


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(kinds=st.lists(st.sampled_from(DAMAGE), max_size=4), seed=st.integers(0, 2**32))
def test_damaged_files_give_an_answer(name, kinds, seed, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / f"fuzz-{name}"
    path.write_bytes(damaged(SEEDS[name], kinds, random.Random(seed)))
    records, pairs = answers(path)
    assert records or pairs


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    data=st.binary(max_size=400),
    suffix=st.sampled_from([".txt", "", *(f.suffixes[0] for f in map(FORMATS.load, FORMATS))]),
)
def test_any_bytes_give_an_answer(data, suffix, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(data)
    records, pairs = answers(path)
    assert records
    assert pairs


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    text=st.lists(
        st.sampled_from(
            [
                EN,
                ZH,
                "Abstract",
                "摘要：",
                "\n",
                "\n\n",
                "Keywords: x",
                "目的",
                "Pain",
                "。",
                "1. ",
                "References",
                "张三，李四",
                "\u3000",
            ]
        )
    ).map("".join)
)
def test_no_pasted_text_is_lost(text, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "pasted.txt"
    path.write_text(text, encoding="utf-8")
    (item,), _ = answers(path)
    if isinstance(item, Record):
        kept = [item.en, item.zh, *item.metadata.values(), *item.notes, "KeywordsReferences"]
        left = count("".join(kept))
        assert all(left.get(c, 0) >= n for c, n in count(text).items())


def count(text):
    return {c: text.count(c) for c in set(text) if c not in string.whitespace + "\u3000:："}
