"""Written files are valid by the published schemas of TMX 1.4b, XLIFF 2.0 (the core of 2.1 too) and TBX 2.

XLIFF 2.1's metadata module, which no package has, stands here in RELAX NG as its specification has it (OASIS,
2018). TBX 3 has the structure of TBX 2 under other names of elements and is held to the same schema; what it
has of its own is in `test_formats_glossary_tbx`. XLIFF 1.2 is written back only (`test_formats_write_back`).
"""

import io
import re
from datetime import UTC, datetime

import pytest
from lxml import etree
from published import OMEGAT, faults
from test_formats_glossary_tbx import ENTRIES

from aligner.errors import SettingError
from aligner.formats import FORMATS, read_pairs
from aligner.formats.direction import Direction, direction_of
from aligner.types import Address, Pair

PAIRS = [
    Pair("01", 0, "Pain fell & <stayed> low.", "疼痛减轻。", (0,), (0, 1), 0.97),
    Pair("01", 1, "", "无对应句。", (), (2,), 0.25),
    Pair("02", 0, "Two\nlines.", "两\n行。", (0,), (0,), 1.0, "Draft 85%"),
    Pair("03", 0, "Bone cement leakage.", "骨水泥滲漏與椎體壓縮性骨折。", (0,), (0,), 0.75),
    Pair("03", 1, "bell \x07", "铃", (1,), (1,), 0.75),
]
METADATA = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:oasis:names:tc:xliff:metadata:2.0">
<start><element name="metadata">
  <oneOrMore><element name="metaGroup"><attribute name="category" ns=""/>
    <oneOrMore><element name="meta"><attribute name="type" ns=""/><text/></element></oneOrMore>
  </element></oneOrMore></element></start>
</grammar>
"""


def written(name, pairs, direction=None):
    out = io.BytesIO()
    format_ = FORMATS.load(name)
    if direction is None:
        errors = format_.write_pairs(pairs, out)
    else:
        errors = format_.write_directed(pairs, out, direction)
    return out.getvalue(), errors


@pytest.mark.parametrize("direction", [None, Direction("zh", "en-GB"), Direction("en", "zh-TW")])
@pytest.mark.parametrize("pairs", [PAIRS, PAIRS[3:], []])
def test_a_memory_is_valid(pairs, direction, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    root = etree.fromstring(written("tmx", pairs, direction)[0])
    assert faults(root, "tmx14.dtd") == []
    sources = {root.find("header").get("srclang")}
    for unit in root.iter("tu"):
        tags = [variant.get("{http://www.w3.org/XML/1998/namespace}lang") for variant in unit.iter("tuv")]
        source = unit.get("srclang", root.find("header").get("srclang"))
        sources.add(source)
        assert len(tags) == 1 or tags[0] == source
        assert all("\n" not in (seg.text or "") for seg in unit.iter("seg"))
        dates = [unit.get(name) for name in ("creationdate", "changedate", "creationid")]
        assert dates == ["20231114T221320Z", "20231114T221320Z", "aligner"]
    expected = {"zh-CN", "zh-TW"} if direction and direction.source == "zh" else {"en"}
    assert sources <= expected


@pytest.mark.parametrize("direction", [None, Direction("zh", "en-GB"), Direction("en", "zh-TW")])
def test_an_xliff_file_is_valid(direction):
    root = etree.fromstring(written("xliff", PAIRS, direction)[0])
    assert faults(root, "xliff-core-2.0.xsd") == []
    schema = etree.RelaxNG(etree.fromstring(METADATA))
    found = list(root.iter("{urn:oasis:names:tc:xliff:metadata:2.0}metadata"))
    assert found
    assert all(schema.validate(element) for element in found), schema.error_log


@pytest.mark.skipif(not OMEGAT.exists(), reason="the schema of TBX 2 comes with OmegaT")
@pytest.mark.parametrize("name", ["tbx2", "tbx"])
def test_a_termbase_is_valid(name):
    out = io.BytesIO()
    assert FORMATS.load(name).write_glossary(ENTRIES, out) == []
    text = out.getvalue().decode()
    if name == "tbx":
        text = re.sub(
            r'<tbx type="TBX-Basic" style="dca" (xml:lang="en") xmlns="[^"]*">',
            r'<martif type="TBX-Basic" \1>',
            text,
        )
        for new, old in {
            "tbx": "martif",
            "tbxHeader": "martifHeader",
            "conceptEntry": "termEntry",
            "langSec": "langSet",
            "termSec": "tig",
        }.items():
            text = re.sub(rf"(</?){new}\b", rf"\1{old}", text)
    assert faults(etree.fromstring(text.encode()), "tbx.xsd") == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("tmx14.dtd", 'segtype="sentence" ', ""),
        ("tmx14.dtd", "<seg>", "<seg><b/>"),
        ("xliff-core-2.0.xsd", 'state="translated"', 'state="done"'),
        ("xliff-core-2.0.xsd", '<unit id="u1">', "<unit>"),
    ],
)
def test_the_schemas_find_damage(name, old, new):
    text = written("tmx" if name == "tmx14.dtd" else "xliff", PAIRS)[0].decode()
    assert old in text
    assert faults(etree.fromstring(text.replace(old, new).encode()), name) != []


@pytest.mark.parametrize("name", ["tmx", "xliff"])
def test_a_direction_comes_back(name, tmp_path):
    data, _ = written(name, PAIRS[:4], Direction("zh", "en-GB"))
    path = tmp_path / f"x.{name}"
    path.write_bytes(data)
    assert list(read_pairs([str(path)])) == PAIRS[:4]
    text = data.decode()
    if name == "tmx":
        assert text.index('xml:lang="zh-CN"') < text.index('xml:lang="en-GB"')
    else:
        assert 'srcLang="zh" trgLang="en"' in text  # records differ in script


def test_dates_come_from_the_file(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    path = tmp_path / "a.txt"
    path.write_text("x", encoding="utf-8")
    changed = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    pair = Pair("a", 0, "One.", "一。", source=Address(str(path)))
    assert f'creationdate="{changed:%Y%m%dT%H%M%SZ}"' in written("tmx", [pair])[0].decode()
    assert "creationdate" not in written("tmx", [Pair("a", 0, "One.", "一。")])[0].decode()


@pytest.mark.parametrize(
    ("source", "target", "direction"),
    [
        (None, None, None),
        ("zh", None, Direction("zh")),
        ("zh", "en-GB", Direction("zh", "en-GB")),
        (None, "en-US", Direction("zh", "en-US")),
        (None, "zh-Hant", Direction("en", "zh-Hant")),
    ],
)
def test_a_direction_is_told(source, target, direction):
    assert direction_of(source, target) == direction


@pytest.mark.parametrize(("source", "target"), [("en", "en-GB"), ("en", "fr"), (None, "de"), ("zh", "<x>")])
def test_other_directions_are_refused(source, target):
    with pytest.raises(SettingError, match="--target"):
        direction_of(source, target)
