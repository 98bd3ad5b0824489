"""Files that are out to harm: an answer in bounded time and memory, and no look at other files."""
# ruff: noqa: E501 - files stand as they are

import gzip
import io
import subprocess
import sys
import time
import zipfile

import pytest

from aligner.errors import InputError
from aligner.formats import read_glossary, read_pairs, read_records
from aligner.formats.package import BoundedPart

SHELLS = {
    "t.tmx": "<tmx><body><tu><tuv xml:lang='en'><seg>{}</seg></tuv></tu></body></tmx>",
    "t.xliff": "<xliff srcLang='en' trgLang='zh'><file><unit><segment><source>{}</source></segment></unit></file></xliff>",
    "t.xml": "<PubmedArticleSet><PubmedArticle><OtherAbstract Language='chi'><AbstractText>{}</AbstractText>"
    "</OtherAbstract></PubmedArticle></PubmedArticleSet>",
}
LOLS = "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10 if i else 'lol'}'>" for i in range(12))
HARM = {
    "bomb": ("<!DOCTYPE x [" + LOLS + "]>", "&a11;"),
    "external entity": ("<!DOCTYPE x [<!ENTITY a SYSTEM '{secret}'>]>", "&a;"),
    "parameter entity": ("<!DOCTYPE x [<!ENTITY % a SYSTEM '{secret}'>%a;]>", "x"),
    "unknown entity": ("<!DOCTYPE x SYSTEM '{secret}'>", "a&nbsp;b"),
    "deep": ("", "<g>" * 100_000),
    "wide": ("", "<g/>" * 3_000_000),
    "long text": ("", "x" * 12_000_000),
    "long name": ("", f"<{'n' * 12_000_000}/>"),
    "long attribute": ("", f"<g a='{'n' * 12_000_000}'/>"),
    "control character": ("", "a\x01b"),
    "cut": ("", "<!--"),
}


@pytest.mark.parametrize("case", HARM)
@pytest.mark.parametrize("name", SHELLS)
def test_harmful_xml_is_one_clear_line(name, case, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    head, text = HARM[case]
    path = tmp_path / name
    path.write_text(head.replace("{secret}", secret.as_uri()) + SHELLS[name].format(text), encoding="utf-8")
    items = list((read_records if name == "t.xml" else read_pairs)([str(path)]))
    assert items
    assert all(isinstance(item, InputError) and len(str(item)) < 400 for item in items)
    assert "the secret" not in repr(items)


def test_a_gzip_bomb_is_refused(tmp_path):
    path = tmp_path / "p.xml.gz"
    path.write_bytes(gzip.compress(b"<PubmedArticleSet>" + (b"<PubmedArticle/>" + b" " * 1000) * 20_000))
    (error,) = read_records([str(path)])
    assert "unpacks to more than 150 times its size" in str(error)


def test_unpacking_is_bounded_by_the_packed_size():
    stream = BoundedPart(io.BytesIO(bytes(20 << 20)), 1 << 20, "x")
    assert len(stream.read(20 << 20)) == 20 << 20
    with pytest.raises(InputError, match="unpacks to more than 150 times"):
        BoundedPart(io.BytesIO(bytes(20 << 20)), 1000, "x").read(20 << 20)


@pytest.mark.parametrize("name", ["t.csv", "t.tsv"])
def test_open_quotation_marks_cost_little(name, tmp_path):
    mark = "," if name == "t.csv" else "\t"
    path = tmp_path / name
    path.write_text(f"id{mark}en{mark}zh\n" + f'"a{mark}"b "" c\n' * 20_000, encoding="utf-8")
    start = time.process_time()
    items = list(read_pairs([str(path)]))
    assert time.process_time() - start < 5
    assert len(items) == 20_000


@pytest.mark.parametrize("read", [read_pairs, read_glossary])
def test_carriage_returns_as_line_ends_are_not_passed_over_in_silence(tmp_path, read):
    path = tmp_path / "t.tsv"
    path.write_bytes("en\tzh\rPain fell.\t疼痛减轻。\r".encode())
    assert "has carriage returns for line ends, and so is one line; save it with line feeds" in str(
        next(read([str(path)]))
    )


def test_a_cell_too_long_for_its_module_is_one_line(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(f'id,en,zh\n1,"{"x" * 200_000}",y\n2,a,b\n', encoding="utf-8")
    error, pair = read_pairs([str(path)])
    assert "line 2: has a cell that cannot be read (field larger than field limit (131072))" in str(error)
    assert pair.record == "2"


def test_deep_json_is_one_clear_line(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text("[" * 200_000 + '\n{"en": "A.", "zh": ' + '{"a":' * 50_000 + "\n", encoding="utf-8")
    first, second = read_pairs([str(path)])
    assert "line 1: is not a JSON object" in str(first)
    assert "line 2: is not a JSON object" in str(second)


PEAK = """
import sys
from aligner.errors import InputError
from aligner.formats import read_glossary, read_pairs, read_records
items = list((read_records if sys.argv[1].endswith(("xml", "txt", "nbib")) else read_pairs)([sys.argv[1]]))
assert items and all(isinstance(item, InputError) for item in items), items[:3]
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
HUGE = {
    **{name: tuple(part.encode() for part in shell.split("{}")) for name, shell in SHELLS.items()},
    "t.jsonl": (b'{"id": "1", "en": "', b'", "zh": "y"}\n'),
    "t.tsv": (b"id\ten\tzh\n1\t", b"\ty\n"),
    "t.csv": (b'id,en,zh\n1,"', b'",y\n'),
    "t.txt": (b"Pain fell. ", b""),
    "t.nbib": (b"PMID- 1\nAB  - ", b"\n"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HUGE)
def test_a_hundred_megabytes_in_one_element_take_little_memory(name, tmp_path):
    path = tmp_path / name
    before, after = HUGE[name]
    with path.open("wb") as file:
        file.write(before)
        for _ in range(100):
            file.write(b"Pain fell. " * 95_325)
        file.write(after)
    run = subprocess.run([sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True)
    assert int(run.stdout) // 1024 < 300


@pytest.mark.parametrize(
    "header", ["<w:hdr", "<!DOCTYPE x [<!ENTITY a 'b'>]><w:hdr xmlns:w='w'><w:p/></w:hdr>"]
)
def test_a_harmful_header_of_a_word_file_costs_no_text(header, tmp_path):
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    texts = ("Pain fell in all of the patients.", "所有患者的疼痛均减轻。")
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
        )
        package.writestr("word/header1.xml", header)
    (record,) = read_records([str(tmp_path / "a.docx")])
    assert (record.en, record.zh) == texts
    assert record.notes[0].startswith("[word/header1.xml is not read: ")
