"""Written files follow the content models of their standards.

No package that could be found ships the published schemas, so the models stand here as this project reads the
specifications: TMX 1.4b (LISA OSCAR, 2005) as a DTD, the parts of XLIFF 2.1 (OASIS, 2018; core and metadata
module) and 1.2 that are written, as RELAX NG.
"""

import io
from datetime import UTC, datetime

import pytest
from lxml import etree

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
INLINE = "#PCDATA | bpt | ept | ph | it | hi | ut"
TMX = f"""
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #REQUIRED>
<!ELEMENT header (note | prop | ude)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
  srclang CDATA #REQUIRED datatype CDATA #REQUIRED o-encoding CDATA #IMPLIED creationdate CDATA #IMPLIED
  creationid CDATA #IMPLIED changedate CDATA #IMPLIED changeid CDATA #IMPLIED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED o-encoding CDATA #IMPLIED datatype CDATA #IMPLIED usagecount CDATA #IMPLIED
  lastusagedate CDATA #IMPLIED creationtool CDATA #IMPLIED creationtoolversion CDATA #IMPLIED
  creationdate CDATA #IMPLIED creationid CDATA #IMPLIED changedate CDATA #IMPLIED
  segtype (block | paragraph | sentence | phrase) #IMPLIED changeid CDATA #IMPLIED o-tmf CDATA #IMPLIED
  srclang CDATA #IMPLIED>
<!ELEMENT tuv ((note | prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED creationdate CDATA #IMPLIED changedate CDATA #IMPLIED>
<!ELEMENT seg ({INLINE})*> <!ELEMENT hi ({INLINE})*>
<!ELEMENT ph (#PCDATA | sub)*> <!ATTLIST ph x CDATA #IMPLIED assoc CDATA #IMPLIED type CDATA #IMPLIED>
<!ELEMENT sub ({INLINE})*> <!ELEMENT bpt (#PCDATA | sub)*> <!ELEMENT ept (#PCDATA | sub)*>
<!ELEMENT it (#PCDATA | sub)*> <!ELEMENT ut (#PCDATA | sub)*>
<!ELEMENT note (#PCDATA)> <!ELEMENT prop (#PCDATA)> <!ATTLIST prop type CDATA #REQUIRED>
<!ELEMENT ude (#PCDATA)>
"""
XLIFF_2 = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:oasis:names:tc:xliff:document:2.0"
  datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<start><element name="xliff">
  <attribute name="version"><value>2.1</value></attribute>
  <attribute name="srcLang"><data type="language"/></attribute>
  <attribute name="trgLang"><data type="language"/></attribute>
  <oneOrMore><element name="file"><attribute name="id"><data type="NMTOKEN"/></attribute>
    <optional><attribute name="original"/></optional>
    <optional><attribute name="xml:space"><choice><value>preserve</value><value>default</value></choice>
    </attribute></optional>
    <oneOrMore><ref name="unit"/></oneOrMore></element></oneOrMore>
</element></start>
<define name="unit"><element name="unit"><attribute name="id"><data type="NMTOKEN"/></attribute>
  <optional><ref name="metadata"/></optional>
  <oneOrMore><element name="segment">
    <optional><attribute name="state"><choice><value>initial</value><value>translated</value>
      <value>reviewed</value><value>final</value></choice></attribute></optional>
    <optional><attribute name="subState"><data type="string"><param name="pattern">[^:]+:.+</param></data>
    </attribute></optional>
    <element name="source"><ref name="content"/></element>
    <optional><element name="target"><ref name="content"/></element></optional>
  </element></oneOrMore></element></define>
<define name="content"><zeroOrMore><choice><text/><element name="cp"><attribute name="hex">
  <data type="hexBinary"/></attribute></element></choice></zeroOrMore></define>
<define name="metadata"><element name="metadata" ns="urn:oasis:names:tc:xliff:metadata:2.0">
  <oneOrMore><element name="metaGroup"><attribute name="category" ns=""/>
    <oneOrMore><element name="meta"><attribute name="type" ns=""/><text/></element></oneOrMore>
  </element></oneOrMore></element></define>
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
    schema = etree.DTD(io.StringIO(TMX))
    assert schema.validate(root), schema.error_log
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
    schema = etree.RelaxNG(etree.fromstring(XLIFF_2))
    assert schema.validate(root), schema.error_log


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
