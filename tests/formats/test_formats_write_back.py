"""Comments, term marks and corrections back into files of translation tools: only the intended places differ.

All files are constructed: random segments with random inline codes, in six kinds of files.
"""
# ruff: noqa: E501 - files stand as they are

import io
import random
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree
from published import faults, without_extensions
from translate.storage import xliff as toolkit

from aligner.errors import InputError
from aligner.formats import FORMATS, read_pairs
from aligner.formats.edits import Annotation, PairEdit
from aligner.formats.source import Source

WHEN = "2026-01-02T03:04:05Z"
EN = ["Pain fell in 5 patients.", "It stayed < 3 & low.", "Cement leaked at T12.", "No patient died."]
ZH = ["5例患者疼痛减轻。", "一直 < 3 且很低。", "T12处骨水泥渗漏。", "无患者死亡。"]
HEAD = '<?xml version="1.0" encoding="utf-8"?>\r\n<!-- kept <trans-unit> -->\n'
OASIS = "urn:oasis:names:tc:xliff:document:"


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def coded(text, chance, codes):
    """Put inline codes around and between the characters of a text."""
    parts, depth, number = [], 0, 0
    for character in text:
        if chance.random() < 0.15:
            kind = chance.choice(codes)
            number += 1
            if "|" in kind:
                opening, closing = kind.replace("#", str(number)).split("|")
                parts += [opening, escape(character), closing]
                continue
            parts.append(kind.replace("#", str(number)))
        parts.append(escape(character))
        depth += 1
    return "".join(parts)


CODES_1 = [
    '<g id="#">|</g>',
    '<x id="#"/>',
    '<ph id="#">&lt;br/&gt;</ph>',
    '<bpt id="#">{}</bpt>|<ept id="#">{}</ept>',
]
CODES_2 = ['<pc id="#">|</pc>', '<ph id="#"/>', '<sc id="#"/>|<ec startRef="#"/>']


def xliff_1(chance, attributes="", head="", tail="", unit=""):
    units = []
    for number, (en, zh) in enumerate(zip(EN, ZH, strict=True), 1):
        source, target = (coded(text, chance, CODES_1) for text in (en, zh))
        units.append(
            f'<trans-unit id="u{number}"{unit}>\n <source>{source}</source>\r\n\t<target state="translated">{target}</target>{tail}</trans-unit>'
        )
    body = "\n".join(units)
    return f'{HEAD}<xliff version="1.2" xmlns="{OASIS}1.2"{attributes}>{head}<file original="a" source-language="en" target-language="zh-CN" datatype="plaintext"><body>{body}</body></file></xliff>\n'


def sdl(chance):
    def sides(texts):
        marks = (
            f'<mrk mtype="seg" mid="{n}">{coded(text, chance, CODES_1)}</mrk>'
            for n, text in enumerate(texts, 1)
        )
        return " ".join(marks)

    head = chance.choice(
        [
            "",
            '<doc-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"/>',
            '<doc-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><cmt-defs><cmt-def id="c"><Comments xmlns=""><Comment severity="Low" user="u" date="d" version="1.0">old</Comment></Comments></cmt-def></cmt-defs><rep-defs/></doc-info>',
        ]
    )
    definitions = "".join(f'<sdl:seg id="{n}" conf="Draft"/>' for n in range(1, 5))
    unit = f'<trans-unit id="u"><source>all</source><seg-source>{sides(EN)}</seg-source><target>{sides(ZH)}</target><sdl:seg-defs>{definitions}</sdl:seg-defs></trans-unit>'
    return f'\ufeff{HEAD}<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" version="1.2" xmlns="{OASIS}1.2" sdl:version="1.0">{head}<file original="a" source-language="en" target-language="zh-CN" datatype="plaintext"><body><group>{unit}</group></body></file></xliff>'


def memoq(chance):
    comments = chance.choice(["", '<mq:comments><mq:comment id="c">old</mq:comment></mq:comments>'])
    return xliff_1(chance, ' xmlns:mq="MQXliff"', tail=comments, unit=' mq:status="Edited"')


def heartsome(chance):
    """XLIFF 1.2 as Heartsome writes it: own attributes, matches of a memory and notes behind the target."""
    match = '<alt-trans match-quality="85" hs:matchType="TM"><source>5 cases</source><target>5例</target></alt-trans>'
    note = '<note from="x" hs:apply-current="Yes">old</note>'
    tail = "".join(chance.sample([match, note], chance.randint(0, 2)))
    head = chance.choice(["", "<?placeholder x?>"])
    return xliff_1(
        chance,
        ' xmlns:hs="http://www.heartsome.net.cn/2008/XLFExtension"',
        head,
        tail,
        ' hs:send-to-tm="no" approved="yes"',
    )


def xliff_2(chance):
    units = []
    for number, (en, zh) in enumerate(zip(EN, ZH, strict=True), 1):
        source, target = (coded(text, chance, CODES_2) for text in (en, zh))
        notes = chance.choice(["", '<notes><note id="n1">old</note></notes>'])
        data = chance.choice(["", '<originalData><data id="d">x</data></originalData>'])
        units.append(
            f'<unit id="u{number}">{notes}{data}<segment id="s"><source>{source}</source>\n<target>{target}</target></segment></unit>'
        )
    return f'{HEAD}<xliff version="2.1" xmlns="{OASIS}2.0" srcLang="en" trgLang="zh-CN"><file id="f">{"".join(units)}</file></xliff>'


def prefixed(chance):
    """XLIFF 1.2 whose elements have a prefix."""
    text = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", xliff_1(chance)).replace("xmlns=", "xmlns:x=")
    return text.replace("<!-- kept <x:trans-unit> -->", "<!-- kept -->")


def word(chance):
    document = docx.Document()
    table = document.add_table(len(EN) + 1, 3)
    for row, texts in zip(
        table.rows, [("ID", "English", "Chinese"), *zip("1234", EN, ZH, strict=True)], strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            paragraph, rest = cell.paragraphs[0], text
            while rest:
                size = chance.randint(1, max(1, len(rest)))
                run = paragraph.add_run(rest[:size])
                run.bold = chance.random() < 0.5
                rest = rest[size:]
                if chance.random() < 0.2:
                    paragraph._p.append(
                        parse_xml(
                            f'<w:del {nsdecls("w")} w:id="7" w:author="x"><w:r><w:delText>gone</w:delText></w:r></w:del>'
                        )
                    )
                if chance.random() < 0.2 and rest:
                    paragraph._p.append(
                        parse_xml(
                            f'<w:ins {nsdecls("w")} w:id="8" w:author="x"><w:r><w:t xml:space="preserve">{escape(rest[0])}</w:t></w:r></w:ins>'
                        )
                    )
                    rest = rest[1:]
    if chance.random() < 0.5:
        document.add_comment(table.rows[1].cells[1].paragraphs[0].runs, "old", "x", "x")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


MAKERS = {
    "x.xlf": xliff_1,
    "p.xlf": prefixed,
    "s.sdlxliff": sdl,
    "m.mqxliff": memoq,
    "h.hsxliff": heartsome,
    "y.xlf": xliff_2,
    "d.docx": word,
}


def written(tmp_path, name, chance):
    made = MAKERS[name](chance)
    path = tmp_path / name
    path.write_bytes(made if isinstance(made, bytes) else made.encode())
    return path


def edits_of(path, chance, *, corrections):
    edits = []
    for pair in read_pairs([str(path)]):
        if chance.random() < 0.3:
            continue
        annotations = []
        for number in range(chance.randint(0, 3)):
            start = chance.randrange(len(pair.zh))
            span = chance.choice([None, (start, chance.randint(start + 1, len(pair.zh)))])
            kind = chance.choice(["comment", "comment", "term"])
            annotations.append(
                Annotation(
                    kind, f'note {number} <&"> 改', chance.choice(["error", "warning", "info"]), "zh", span
                )
            )
        corrected = None
        if corrections and chance.random() < 0.6:
            start = chance.randrange(len(pair.zh))
            end = chance.randint(start, len(pair.zh))
            corrected = {"zh": pair.zh[:start] + chance.choice(["", "改<&>", "新"]) + pair.zh[end:]}
            corrected = corrected if corrected["zh"].strip() == corrected["zh"] != "" else None
        edits.append(PairEdit(pair.source, pair.en, pair.zh, corrected, tuple(annotations)))
    return edits


def write_back(path, edits):
    out = io.BytesIO()
    format_ = FORMATS.load("docx" if path.suffix == ".docx" else "xliff")
    errors = format_.write_back(Source(path, path.name), edits, out, when=WHEN)
    return out.getvalue(), errors


def document_of(path, data):
    if path.suffix != ".docx":
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml")


def bare(data):
    """Return XML as lxml writes it, without what we put in."""
    root = etree.fromstring(data)
    for element in list(root.iter(etree.Element)):
        name = etree.QName(element).localname
        ours = any("aligner" in value for value in element.attrib.values())
        mine = name in {"comment", "cmt-def", "note"} and "改" in "".join(element.itertext())
        if name in {"note", "comment", "cmt-def"} and (mine or ours):
            drop(element)
        elif name == "mrk" and (ours or element.get("mtype") in {"x-sdl-comment", "term"}):
            unwrap(element)
        elif name in {"sm", "em"} and ours:
            drop(element)
    for element in reversed(list(root.iter(etree.Element))):
        if etree.QName(element).localname in {"notes", "comments", "cmt-defs", "doc-info"} and not len(
            element
        ):
            drop(element)
    return etree.tostring(root)


def drop(element):
    keep_tail(element, element.tail or "")
    element.getparent().remove(element)


def keep_tail(element, text):
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def unwrap(element):
    parent = element.getparent()
    keep_tail(element, element.text or "")
    at = parent.index(element)
    children = list(element)
    tail = element.tail or ""
    element.tail = None
    parent.remove(element)
    for place, child in enumerate(children):
        parent.insert(at + place, child)
    if children:
        children[-1].tail = (children[-1].tail or "") + tail
    elif at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def bare_word(data):
    """Return a document's paragraphs as (text, bold) runs, deleted and inserted ones too, runs of one look joined."""
    root = etree.fromstring(data)
    found = []
    for paragraph in root.iter(qn("w:p")):
        pieces = []
        for run in paragraph.iter(qn("w:r")):
            change = run.getparent()
            ours = change.get(qn("w:author")) == "aligner"
            texts = [t.text or "" for t in run.iter(qn("w:t"), qn("w:delText"))]
            if (ours and change.tag == qn("w:ins")) or run.find(qn("w:commentReference")) is not None:
                continue
            look = (run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None, not ours and change.tag)
            if ours:
                look = (look[0], change.getparent().tag)
            for text in texts:
                if pieces and pieces[-1][1] == look:
                    pieces[-1] = (pieces[-1][0] + text, look)
                elif text:
                    pieces.append((text, look))
        found.append(pieces)
    return found


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("seed", range(43))
def test_only_the_intended_places_differ(name, seed, tmp_path):
    chance = random.Random(f"{name} {seed}")
    path = written(tmp_path, name, chance)
    before = path.read_bytes()
    pairs = list(read_pairs([str(path)]))
    edits = edits_of(path, chance, corrections=seed % 2)
    after, errors = write_back(path, edits)
    assert [str(error) for error in errors] == []
    assert write_back(path, edits) == (after, [])
    path.write_bytes(after)
    found = list(read_pairs([str(path)]))
    corrected = {edit.source.row: edit.corrected["zh"] for edit in edits if edit.corrected}
    assert [pair.en for pair in found] == [pair.en for pair in pairs]
    assert [pair.zh for pair in found] == [corrected.get(pair.source.row, pair.zh) for pair in pairs]
    assert [pair.source for pair in found] == [pair.source for pair in pairs]
    comments = [a.text for edit in edits for a in edit.annotations if a.kind == "comment"]
    if not edits or not (comments or corrected or any(edit.annotations for edit in edits)):
        assert after == before or path.suffix == ".docx"
    if path.suffix == ".docx":
        check_word(before, after, comments)
        return
    namespace = f"{OASIS}{'2.0' if name == 'y.xlf' else '1.2'}"
    published = "xliff-core-2.0.xsd" if name == "y.xlf" else "xliff-core-1.2-strict.xsd"
    assert faults(without_extensions(after, namespace), published) == []
    if name != "y.xlf":
        assert untouched(after, corrected) == untouched(before, corrected)
    root = etree.fromstring(after)
    texts = [
        "".join(e.itertext())
        for e in root.iter(etree.Element)
        if etree.QName(e).localname in {"note", "comment", "Comment"}
    ]
    for text in comments:
        assert texts.count(text) >= comments.count(text)
    if not corrected:
        assert bare(after) == bare(before)
        kept = iter(after)
        assert all(byte in kept for byte in before), "bytes are only added"


def untouched(data, corrected):
    """Return what translate-toolkit reads: ids and sources, and targets of the units that were not corrected."""
    units = toolkit.xlifffile.parsestring(data).units
    if corrected and len(units) == 1:  # an SDLXLIFF unit of four segments
        corrected = {1}
    return [
        (unit.getid(), unit.source, None if number in corrected else unit.target)
        for number, unit in enumerate(units, 1)
    ]


def check_word(before, after, comments):
    document = docx.Document(io.BytesIO(after))
    texts = [comment.text for comment in document.comments]
    assert all(texts.count(text) >= comments.count(text) for text in comments)
    path = Path("d.docx")
    assert bare_word(document_of(path, after)) == bare_word(document_of(path, before))
    changing = {
        "word/document.xml",
        "word/comments.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    }
    with zipfile.ZipFile(io.BytesIO(before)) as one, zipfile.ZipFile(io.BytesIO(after)) as two:
        assert [i.filename for i in two.infolist()][: len(one.infolist())] == [
            i.filename for i in one.infolist()
        ]
        for info in one.infolist():
            if info.filename not in changing:
                assert two.read(info.filename) == one.read(info.filename)
    root = etree.fromstring(document_of(path, after))
    starts, ends, marks = (
        [e.get(qn("w:id")) for e in root.iter(qn(f"w:{name}"))]
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
    )
    assert sorted(starts) == sorted(ends) == sorted(marks)
    assert len(set(marks)) == len(marks)


def one(tmp_path, name, data, edit, **changes):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    (pair,) = read_pairs([str(path)])
    after, errors = write_back(path, [PairEdit(pair.source, pair.en, pair.zh, *edit)])
    return after if isinstance(data, bytes) else after.decode(), errors


PLAIN = f'<xliff version="1.2" xmlns="{OASIS}1.2"><file original="a" source-language="en" target-language="zh" datatype="plaintext"><body><trans-unit id="1"><source>5 cases</source>%s</trans-unit></body></file></xliff>'
NOTE = Annotation("comment", "number: 5", "error", "zh", (0, 1))


def test_a_comment_stands_at_its_words(tmp_path):
    after, _ = one(tmp_path, "x.xlf", PLAIN % "<target>6例</target>", (None, (NOTE,)))
    assert after == PLAIN % (
        '<target><mrk mtype="x-aligner" comment="number: 5">6</mrk>例</target>'
        '<note from="aligner" annotates="target" priority="1">number: 5</note>'
    )
    store = toolkit.xlifffile.parsestring(after.encode())
    assert (store.units[0].source, store.units[0].target) == ("5 cases", "6例")
    assert store.units[0].getnotes() == "number: 5"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<target>6例</target>", "<target>5例</target>"),
        ('<target>6<x id="1"/>例</target>', '<target>5<x id="1"/>例</target>'),
        ("<target/>", "<target>5例</target>"),
        ("<target></target>", "<target>5例</target>"),
        ("", "<target>5例</target>"),
    ],
)
def test_a_correction_changes_characters_and_no_code(before, after, tmp_path):
    assert one(tmp_path, "x.xlf", PLAIN % before, ({"zh": "5例"}, ())) == (PLAIN % after, [])


def test_words_that_codes_cut_have_the_note_alone_or_empty_marks(tmp_path):
    data = PLAIN % '<target><g id="1">6例</g>患者</target>'
    across = Annotation("comment", "x", "info", "zh", (1, 3))
    after, _ = one(tmp_path, "x.xlf", data, (None, (across,)))
    assert after == data.replace(
        "</target>", '</target><note from="aligner" annotates="target" priority="7">x</note>'
    )
    data = f'<xliff version="2.0" xmlns="{OASIS}2.0" srcLang="en" trgLang="zh"><file id="f"><unit id="1"><segment><source>5 cases</source><target><pc id="1">6例</pc>患者</target></segment></unit></file></xliff>'
    after, _ = one(tmp_path, "x.xlf", data, (None, (across,)))
    assert (
        '<pc id="1">6<sm id="aligner-m1" type="comment" ref="#n=aligner-n1"/>例</pc>患<em startRef="aligner-m1"/>者'
        in after
    )


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_the_encoding_of_a_file_stays(encoding, tmp_path):
    data = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{PLAIN}' % "<target>6例</target>"
    after, errors = one(tmp_path, "x.xlf", data.encode(encoding), ({"zh": "5例"}, ()))
    assert (after, errors) == (data.replace("6例", "5例").encode(encoding), [])


def test_another_text_is_left_as_it_is(tmp_path):
    path = tmp_path / "x.xlf"
    path.write_text(PLAIN % "<target>6例</target>", encoding="utf-8")
    (pair,) = read_pairs([str(path)])
    after, (error,) = write_back(path, [PairEdit(pair.source, pair.en, "七例", {"zh": "八例"})])
    assert after == path.read_bytes()
    assert "segment 1, unit 1: holds another text than the one that was checked" in str(error)


def test_a_character_that_xml_refuses_is_not_written(tmp_path):
    after, (error,) = one(
        tmp_path, "x.xlf", PLAIN % "<target>6例</target>", (None, (Annotation("comment", "\x01"),))
    )
    assert after == PLAIN % "<target>6例</target>"
    assert "U+0001" in str(error)


def test_entities_are_refused(tmp_path):
    path = tmp_path / "x.xlf"
    path.write_text('<!DOCTYPE x [<!ENTITY a "b">]>' + PLAIN % "<target>6</target>", encoding="utf-8")
    with pytest.raises(InputError, match="declares entities"):
        write_back(path, [])


def test_word_holds_corrections_as_tracked_changes(tmp_path):
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "5 cases were seen.", "共 6 例。"
    document.save(tmp_path / "d.docx")
    data = (tmp_path / "d.docx").read_bytes()
    after, errors = one(
        tmp_path, "d.docx", data, ({"zh": "共 5 例。"}, (Annotation("comment", "n", "error", "zh", (4, 5)),))
    )
    assert errors == []
    cell = etree.fromstring(document_of(tmp_path / "d.docx", after))
    (deleted,), (inserted,) = cell.iter(qn("w:del")), cell.iter(qn("w:ins"))
    assert "".join(deleted.itertext()) == "6"
    assert "".join(inserted.itertext()) == "5"
    assert deleted.get(qn("w:author")) == "aligner"
    assert deleted.get(qn("w:date")) == WHEN
