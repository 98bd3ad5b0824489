"""TBX against the published structure of the standard, against another reader, and files of other origin."""
# ruff: noqa: E501 - files stand as they are

import io
import re

import pytest
from lxml import etree
from translate.storage import tbx as toolkit

from aligner.errors import InputError
from aligner.formats import FORMATS, read_glossary
from aligner.types import Context, Entry

NAMESPACE = "{urn:iso:std:iso:30042:ed-2}"
ENTRIES = [
    Entry(
        "osteoporotic vertebral compression fracture",
        "骨质疏松性椎体压缩骨折",
        0.97,
        3,
        2,
        "accepted",
        ("OVC fracture",),
        ("骨质疏松性椎体压缩性骨折",),
        "OVCF",
        (Context("a", "OVCF & pain <b>.", "OVCF与疼痛。"), Context("b", "Second.", "第二。")),
        "a note",
        (2, 1),
        (2, 1),
    ),
    Entry("OVCF", "OVCF", 0.9, 1, 1, expansion="osteoporotic vertebral compression fracture"),
    Entry("fracture", "骨折", 0.2, 1, 1, "rejected", en_variants=("break",), usage="forbidden"),
]


def written(name, entries=ENTRIES):
    out = io.BytesIO()
    assert FORMATS.load(name).write_glossary(entries, out) == []
    return out.getvalue()


AUX = ["descrip", "descripGrp", "admin", "adminGrp", "transacGrp", "note", "ref", "xref"]
AUXILIARY = f"(?:{'|'.join(f'{name} ' for name in AUX)})*"
CONTENT = {  # ISO 30042:2019, core structure: children in order, as a pattern over their names
    "tbx": "tbxHeader text ",
    "tbxHeader": "fileDesc (encodingDesc )?(revisionDesc )?",
    "fileDesc": "(titleStmt )?(publicationStmt )?(sourceDesc )+",
    "sourceDesc": "(p )+",
    "text": "body (back )?",
    "body": "(conceptEntry )+",
    "conceptEntry": f"{AUXILIARY}(langSec )+",
    "langSec": f"{AUXILIARY}(termSec )+",
    "termSec": f"term (termNote |termNoteGrp )*{AUXILIARY}",
    "descripGrp": "descrip (descripNote |admin |adminGrp |transacGrp |note |ref |xref )*",
    **dict.fromkeys(("p", "term", "termNote", "descrip", "admin", "note"), ""),
}
ATTRIBUTES = {  # required, allowed
    "tbx": ({"style", "type", "xml:lang"}, set()),
    "langSec": ({"xml:lang"}, set()),
    "conceptEntry": (set(), {"id"}),
    "termNote": ({"type"}, {"id", "xml:lang", "target", "datatype"}),
    "descrip": ({"type"}, {"id", "xml:lang", "target", "datatype"}),
    "admin": ({"type"}, {"id", "xml:lang", "target", "datatype"}),
    "note": (set(), {"id", "xml:lang"}),
    "p": (set(), {"id", "xml:lang", "type"}),
}
CATEGORIES = {  # TBX-Basic: where a data category may stand, and its values
    ("termNote", "termType"): (
        {"termSec"},
        {"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"},
    ),
    ("termNote", "administrativeStatus"): (
        {"termSec"},
        {
            "admittedTerm-admn-sts",
            "deprecatedTerm-admn-sts",
            "supersededTerm-admn-sts",
            "preferredTerm-admn-sts",
        },
    ),
    ("descrip", "context"): ({"termSec"}, None),
    ("admin", "source"): ({"termSec", "langSec", "conceptEntry"}, None),
}


def faults(root):
    """Say where a document departs from TBX-Basic in DCA style."""
    found = []
    identifiers = [element.get("id") for element in root.iter() if element.get("id")]
    if len(set(identifiers)) < len(identifiers):
        found.append("an identifier stands twice")
    for element in root.iter():
        if not element.tag.startswith(NAMESPACE):
            found.append(f"{element.tag} is in another namespace")
            continue
        name = element.tag.removeprefix(NAMESPACE)
        children = "".join(f"{child.tag.removeprefix(NAMESPACE)} " for child in element)
        if not re.fullmatch(CONTENT.get(name, "nothing"), children):
            found.append(f"{name} holds {children}")
        attributes = {key.replace("{http://www.w3.org/XML/1998/namespace}", "xml:") for key in element.attrib}
        required, allowed = ATTRIBUTES.get(name, (set(), set()))
        if not required <= attributes <= required | allowed:
            found.append(f"{name} has {attributes}")
        if name in ("termNote", "descrip", "admin"):
            levels, values = CATEGORIES.get((name, element.get("type")), (set(), None))
            level = next(a for a in element.iterancestors() if not a.tag.endswith("Grp"))
            if level.tag.removeprefix(NAMESPACE) not in levels or (values and element.text not in values):
                found.append(f"{name} {element.get('type')} {element.text} in {level.tag}")
    return found


def test_version_3_has_the_structure_of_the_standard():
    root = etree.fromstring(written("tbx"))
    assert (root.get("type"), root.get("style")) == ("TBX-Basic", "dca")
    assert faults(root) == []


DAMAGE = [
    (b"<termSec>\n<term>OVCF</term>", b"<termSec>"),
    (b'type="termType">variant', b'type="termType">wrong'),
    (b'xml:lang="zh-CN"', b'lang="zh-CN"'),
    (b'type="context"', b'type="definition"'),
    (b'id="c2"', b'id="c1"'),
]


@pytest.mark.parametrize(("old", "new"), DAMAGE)
def test_the_structural_check_finds_damage(old, new):
    data = written("tbx")
    assert old in data
    assert faults(etree.fromstring(data.replace(old, new))) != []


def test_version_2_is_read_by_translate_toolkit():
    store = toolkit.tbxfile.parsestring(written("tbx2"))
    units = store.units
    assert [unit.source for unit in units] == [entry.en for entry in ENTRIES]
    assert [unit.target for unit in units] == [entry.zh for entry in ENTRIES]
    assert "a note" in units[0].getnotes()


def test_traditional_glossaries_say_so():
    data = written("tbx", [Entry("fracture", "椎體骨折與骨質疏鬆", 1.0, 1, 1)])
    assert b'xml:lang="zh-TW"' in data


V2 = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en-US"><text><body>
<termEntry id="t1"><descrip type="subjectField">spine</descrip>
<langSet xml:lang="en-US"><tig><term> fracture </term></tig></langSet>
<langSet xml:lang="de"><tig><term>Fraktur</term></tig></langSet>
<langSet xml:lang="zh-Hans"><tig><term>骨折</term>
<termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
<tig><term>断骨</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
<ntig><termGrp><term>骨頭<hi>折</hi></term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig></langSet>
</termEntry>
<termEntry id="t2"><langSet xml:lang="en"><tig><term>bone</term></tig></langSet></termEntry>
</body></text></martif>"""
V3_TAGS = """<?xml version="1.0"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"
 type="TBX-Basic" style="dct" xml:lang="en"><text><body><conceptEntry id="c9">
<langSec xml:lang="en"><termSec><term>vertebroplasty</term><basic:termType>fullForm</basic:termType>
<descripGrp><basic:context>VP helps.</basic:context><basic:source>s1</basic:source></descripGrp></termSec>
<termSec><term>VP</term><basic:termType>acronym</basic:termType></termSec></langSec>
<langSec xml:lang="zh"><termSec><term>椎体成形术</term>
<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>"""


def read(tmp_path, text):
    path = tmp_path / "x.tbx"
    path.write_text(text, encoding="utf-8")
    return list(read_glossary([str(path)]))


def test_version_2_of_other_origin(tmp_path):
    *entries, error = read(tmp_path, V2)
    assert entries == [
        Entry(
            "fracture",
            "骨頭折",
            1.0,
            0,
            0,
            "accepted",
            zh_variants=("骨折",),
            note="Fraktur (de)",
            domain="spine",
        ),
        Entry("fracture", "断骨", 1.0, 0, 0, "rejected", domain="spine", usage="deprecatedTerm-admn-sts"),
    ]
    assert str(error) == f"{tmp_path}/x.tbx, entry t2: has no Chinese term; other languages are not read"


def test_version_3_with_categories_as_tags(tmp_path):
    assert read(tmp_path, V3_TAGS) == [
        Entry(
            "vertebroplasty",
            "椎体成形术",
            1.0,
            0,
            0,
            "accepted",
            abbreviation="VP",
            contexts=(Context("s1", "VP helps.", ""),),
        )
    ]


ATTACKS = [
    ('<!DOCTYPE tbx [<!ENTITY a "b">]><tbx><text><body>{}</body></text></tbx>', "declares entities"),
    ("<tbx><text><body>{}", "is damaged XML"),
    ("<tbx><text><body>{}</text></tbx>", "is damaged XML"),
]
ONE = (
    '<conceptEntry id="a"><langSec xml:lang="en"><termSec><term>x</term></termSec></langSec>'
    '<langSec xml:lang="zh"><termSec><term>某</term></termSec></langSec></conceptEntry>'
)


@pytest.mark.parametrize(("text", "message"), ATTACKS)
def test_dishonest_or_damaged_files_give_one_clear_line(text, message, tmp_path):
    items = read(tmp_path, text.format(ONE))
    errors = [item for item in items if isinstance(item, InputError)]
    assert len(errors) == 1
    assert message in str(errors[0])


def test_external_entities_are_not_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("SECRET", encoding="utf-8")
    text = f'<!DOCTYPE tbx [<!ENTITY s SYSTEM "file://{secret}">]><tbx><text><body>{ONE}</body></text></tbx>'
    assert not any("SECRET" in str(item) for item in read(tmp_path, text.replace("<term>x", "<term>&s;")))


@pytest.mark.parametrize(
    "figures", ["score ., occurrences 1, records 1", f"score 1, occurrences {'9' * 5000}, records 1"]
)
def test_figures_that_are_none_are_a_note(figures, tmp_path):
    one = ONE.replace('<conceptEntry id="a">', f'<conceptEntry id="a"><note id="a-figures">{figures}</note>')
    (entry,) = read(tmp_path, f"<tbx><text><body>{one}</body></text></tbx>")
    assert (entry.count, entry.note) == (0, figures)


TERMBASE = """<?xml version="1.0" encoding="UTF-8"?>
<TBX dialect="TBX-Min"><header><id>x</id><languages source="en" target="zh"/></header><body>
<entry id="a"><subjectField>limbs</subjectField>
<langGroup xml:lang="en"><termGroup><term>cast</term><partOfSpeech>noun</partOfSpeech></termGroup></langGroup>
<langGroup xml:lang="zh"><termGroup><term>石膏</term><termStatus>admitted</termStatus><note>seen twice</note></termGroup>
<termGroup><term>石膏绷带</term><termStatus>notRecommended</termStatus></termGroup></langGroup></entry>
</body></TBX>"""
MULTITERM = """<?xml version="1.0" encoding="UTF-16"?>
<mtf><conceptGrp><concept>7</concept>
<descripGrp><descrip type="Subject">limbs</descrip></descripGrp>
<languageGrp><language type="English" lang="EN-US"/><termGrp><term>cast</term>
<descripGrp><descrip type="Part of Speech">noun</descrip></descripGrp></termGrp></languageGrp>
<languageGrp><language type="Chinese" lang="ZH-CN"/><termGrp><term>石膏</term>
<descripGrp><descrip type="Status">admitted</descrip></descripGrp>
<descripGrp><descrip type="Note">seen twice</descrip></descripGrp></termGrp>
<termGrp><term>石膏绷带</term><descripGrp><descrip type="Status">notRecommended</descrip></descripGrp></termGrp>
</languageGrp></conceptGrp></mtf>"""


@pytest.mark.parametrize(("name", "text"), [("x.tbx", TERMBASE), ("x.xml", MULTITERM)])
def test_other_termbases_are_read_with_what_they_say(name, text, tmp_path):
    path = tmp_path / name
    path.write_text(text, encoding="utf-16" if "UTF-16" in text else "utf-8")
    said = {"domain": "limbs", "usage": "admitted", "part_of_speech": "noun", "note": "seen twice"}
    assert list(read_glossary([str(path)])) == [
        Entry("cast", "石膏", 1.0, 0, 0, "accepted", **said),
        Entry("cast", "石膏绷带", 1.0, 0, 0, "rejected", domain="limbs", usage="notRecommended"),
    ]


@pytest.mark.parametrize("name", ["tbx", "tbx2"])
def test_domains_definitions_and_usage_come_back(name, tmp_path):
    entries = [
        Entry(
            "cast",
            "石膏",
            0.5,
            1,
            1,
            "accepted",
            domain="limbs",
            part_of_speech="noun",
            definition="A dressing",
        ),
        Entry("brace", "支具", 0.5, 1, 1, "accepted", usage="admittedTerm-admn-sts"),
        Entry("splint", "夹板", 0.5, 1, 1, "candidate"),
    ]
    data = written(name, [*entries, Entry("sling", "吊带", 0.5, 1, 1, "rejected")])
    path = tmp_path / "x.tbx"
    path.write_bytes(data)
    assert list(read_glossary([str(path)])) == entries


def test_white_space_around_a_form_is_reported():
    out = io.BytesIO()
    (error,) = FORMATS.load("tbx").write_glossary(
        [Entry("cast", "石膏", 0.5, 1, 1, en_variants=("\tcasts",))], out
    )
    assert "cast = 石膏: is written without the white space around its forms" in str(error)
