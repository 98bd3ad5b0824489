"""Bilingual files of translation tools: inline codes, scripts, tracked changes, languages, addresses.

All files are constructed.
"""
# ruff: noqa: E501 - files stand as they are

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from aligner.formats import read_pairs, read_records
from aligner.formats.inline import read_inline
from aligner.formats.nodes import Node, Text, from_characters, from_element
from aligner.formats.xml import iterate

XLIFF = '<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"{}><file original="a" source-language="en" target-language="zh-CN">{}<body>{}</body></file></xliff>'
SDL = ' xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'
XLIFF_2 = '<?xml version="1.0"?><xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="zh"><file id="f">{}</file></xliff>'
TMX = '<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body>{}</body></tmx>'


def unit(source, target, **attributes):
    written = "".join(f' {name}="{value}"' for name, value in {"id": "1", **attributes}.items())
    return f"<trans-unit{written}><source>{source}</source><target>{target}</target></trans-unit>"


def tu(*variants, **attributes):
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        f"<tu{written}>"
        + "".join(f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in variants)
        + "</tu>"
    )


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_text(data, encoding="utf-8")
    return list(read_pairs([str(path)]))


CODES = [
    ("a<g id='1'>b</g>c", "abc", ["<g 1>"]),
    ("a<x id='1'/>b<bx id='2'/>c<ex id='3'/>", "abc", ["<x 1>", "<bx 2>", "<ex 3>"]),
    ("10<ph id='1'>&lt;sup&gt;</ph>6<ph id='2'>&lt;/sup&gt;</ph>", "10⁶", ["<sup>", "</sup>"]),
    ("10<bpt id='1'>&lt;sup&gt;</bpt>-3<ept id='1'>&lt;/sup&gt;</ept>", "10⁻³", ["<sup>", "</sup>"]),
    ("10<bpt id='1' ctype='superscript'>{}</bpt>6<ept id='1'>{}</ept>", "10⁶", ["{}", "{}"]),
    (
        "<bpt id='1' ctype='bold'>{}</bpt>10<bpt id='2' ctype='x-superscript'>{}</bpt>6<ept id='2'>{}</ept><ept id='1'>{}</ept>",
        "10⁶",
        ["{}"] * 4,
    ),
    (
        "10<g id='1' ctype='x-superscript'>6</g> T<g id='2' ctype='x-subscript'>12</g>",
        "10⁶ T12",
        ["<g 1>", "<g 2>"],
    ),
    ("10<sup>6</sup>".replace("<", "&lt;"), "10⁶", ["<sup>", "</sup>"]),
    ("10<sup>".replace("<", "&lt;"), "10", ["<sup>"]),
    (
        "&lt;t0&gt;dose&lt;/t0&gt; {1}x1&lt;x1/&gt; {2>y<2}".replace("y<", "y&lt;"),
        "dose x1 y",
        ["<t0>", "</t0>", "{1}", "<x1/>", "{2>", "<2}"],
    ),
    ("P &lt; 0.05 and x &gt; 3, {a} [1]", "P < 0.05 and x > 3, {a} [1]", []),
    (
        "<mrk mtype='x-sdl-deleted'>old</mrk><mrk mtype='x-sdl-added'>new</mrk> <mrk mtype='term'>word</mrk>",
        "new word",
        [],
    ),
    ("off <g id='1' ctype='superscript=off'>6</g>", "off 6", ["<g 1>"]),
]


@pytest.mark.parametrize(("written", "text", "codes"), CODES)
def test_codes_leave_no_text_and_scripts_become_characters(written, text, codes, tmp_path):
    (pair,) = read(tmp_path, "x.xlf", XLIFF.format("", "", unit(written, written)))
    assert (pair.en, pair.zh) == (text, text)
    assert (list(pair.source.en_codes), list(pair.source.zh_codes)) == (codes, codes)


@pytest.mark.parametrize(("written", "text", "codes"), CODES)
def test_characters_are_read_as_the_parser_reads_them_and_know_their_places(written, text, codes):
    data = XLIFF.format(
        "", "", f"<!-- <trans-unit/> -->{unit(written, 'a&amp;b&#x4e00;<![CDATA[<c>]]>')}\r\n<?x y?>"
    )
    parsed = next(map(from_element, iterate(io.BytesIO(data.encode()), ["trans-unit"], where="x")))
    (found,) = from_characters(data, frozenset({"trans-unit"}))

    def plain(node):
        children: list = []
        for child in node.children:
            if isinstance(child, Text) and children and isinstance(children[-1], str):
                children[-1] += child.text
            else:
                children.append(child.text if isinstance(child, Text) else plain(child))
        return node.name, node.attributes, children

    assert (plain(found), found.parents) == (plain(parsed), parsed.parents)
    source, target = found.elements("source", "target")
    inline = read_inline(source)
    assert (inline.text, inline.codes, len(inline.places)) == (text, codes, len(text))
    back = read_inline(target, written=False)
    assert back.text == "a&b一<c>"
    assert [data[a:b] for a, b in back.places] == ["a", "&amp;", "b", "&#x4e00;", "<", "c", ">"]
    assert data[slice(*source.opening)] == "<source>"
    assert data[slice(*target.closing)] == "</target>"


def test_a_script_of_sdlxliff_is_told_by_its_header(tmp_path):
    header = '<header><tag-defs xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><tag id="7"><bpt name="cf">&lt;cf superscript="True"&gt;</bpt></tag><tag id="8"><bpt name="cf">&lt;cf bold="True" superscript="off"&gt;</bpt></tag></tag-defs></header>'
    text = "10<g id='7'>6</g> <g id='8'>7</g>"
    (pair,) = read(tmp_path, "x.sdlxliff", XLIFF.format(SDL, header, unit(text, text)))
    assert pair.en == "10⁶ 7"


def test_a_script_of_xliff_2_is_told_by_its_data(tmp_path):
    body = '<unit id="u"><originalData><data id="d1">&lt;sup&gt;</data><data id="d2">&lt;/sup&gt;</data></originalData><segment id="s1"><source>10<pc id="1" dataRefStart="d1" dataRefEnd="d2">6</pc> <sc id="2" dataRef="d1"/>x<ec startRef="2"/></source><target>10<sc id="1" dataRef="d1"/>6<ec startRef="1"/></target></segment></unit>'
    (pair,) = read(tmp_path, "x.xlf", XLIFF_2.format(body))
    assert (pair.en, pair.zh, pair.source.unit) == ("10⁶ x", "10⁶", "u/s1")


def test_addresses_count_segments_as_tools_do(tmp_path):
    first = unit("One.", "一。", id="1") + unit("", "", id="2") + unit("Two.", "二。", id="3")
    second = f'<file original="b" source-language="en" target-language="zh"><body>{unit("Three.", "三。", id="1")}</body></file>'
    data = XLIFF.format("", "", first).replace("</xliff>", second + "</xliff>")
    pairs = read(tmp_path, "x.xlf", data)
    assert [(p.source.unit, p.source.row) for p in pairs] == [("1", 1), ("3", 3), ("b#1", 4)]


def test_what_is_not_to_be_translated_is_passed_over_and_counted(tmp_path, caplog):
    data = XLIFF.format(
        "", "", unit("ABC-123", "", translate="no") + unit("Same.", "同。", id="2", translate="no")
    )
    assert [pair.en for pair in read(tmp_path, "x.xlf", data)] == ["Same."]
    assert "x.xlf: segments passed over that are not to be translated: 1" in caplog.text


def test_units_of_other_languages_are_one_error(tmp_path):
    data = XLIFF.format("", "", unit("One.", "Un.") + unit("Two.", "Deux.", id="2")).replace("zh-CN", "fr")
    (error,) = read(tmp_path, "x.xlf", data)
    assert "its languages are en and fr, not en and zh" in str(error)


def test_memoq_states_are_kept(tmp_path):
    body = unit("One.", "一。", **{"mq:status": "ManuallyConfirmed"})
    (pair,) = read(tmp_path, "x.mqxliff", XLIFF.format(' xmlns:mq="MQXliff"', "", body))
    assert pair.state == "ManuallyConfirmed"


@pytest.mark.parametrize("tag", ["zh", "ZH-CN", "zh_Hant_TW", "chi", "zho", "cmn-Hans", "CN", "yue"])
@pytest.mark.parametrize("english", ["en", "EN-US", "eng"])
def test_memories_name_their_languages_in_many_ways(tag, english, tmp_path):
    (pair,) = read(tmp_path, "x.tmx", TMX.format(tu((english, "One."), (tag, "一。"), tuid="7")))
    assert (pair.en, pair.zh, pair.source.unit, pair.source.row) == ("One.", "一。", "7", 1)


def test_a_second_english_variant_is_a_pair_and_said(tmp_path, caplog):
    body = tu(("en-US", "Color."), ("en-GB", "Colour."), ("en", "Color."), ("zh", "颜色。"))
    assert [pair.en for pair in read(tmp_path, "x.tmx", TMX.format(body))] == ["Color.", "Colour."]
    assert "units with several variants of a language, each a pair of its own: 1" in caplog.text


def test_a_memory_of_other_languages_says_so_once(tmp_path):
    (error,) = read(tmp_path, "x.tmx", TMX.format(tu(("en", "One."), ("fr", "Un.")) * 2))
    assert str(error).endswith("holds no English-Chinese unit; languages and units: en and fr (2)")


def word(tmp_path, table):
    document = docx.Document()
    document.element.body.insert(0, parse_xml(table))
    path = tmp_path / "d.docx"
    document.save(path)
    return str(path)


def row(*cells, properties=""):
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def cell(text, inside="", span=1):
    properties = f'<w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>' if span > 1 else ""
    return f"<w:tc>{properties}{inside}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def table(*rows):
    return f"<w:tbl {nsdecls('w')}>{''.join(rows)}</w:tbl>"


def test_word_tables_of_every_build(tmp_path):
    nested = f"<w:tbl>{row(cell('嵌套表格里的中文很长很长很长'), cell('又一格'))}</w:tbl>"
    deleted = "<w:trPr><w:del w:id='1' w:author='a'/></w:trPr>"
    text = table(
        row(cell("No."), cell("English (US)"), cell("Chinese (PRC)"), cell("Comment")),
        row(
            cell("1"),
            cell("Pain fell."),
            cell("疼痛减轻。", inside=nested),
            cell("请核对原文并与术语表保持一致，必要时联系项目经理。"),
        ),
        f"<w:sdt><w:sdtContent>{row(cell('2'), cell('It stayed low.'), cell('一直很低。'), cell(''))}</w:sdtContent></w:sdt>",
        row(cell("3"), cell("Gone."), cell("没了。"), cell(""), properties=deleted),
        row(cell("title over two", span=2), cell("标题"), cell("")),
        row(
            cell("5"),
            "<w:sdt><w:sdtContent>" + cell("In a control.") + "</w:sdtContent></w:sdt>",
            cell("在控件里。"),
            cell(""),
        ),
    )
    pairs = list(read_pairs([word(tmp_path, text)]))
    assert [(p.en, p.zh, p.source.row, p.source.sheet) for p in pairs] == [
        ("Pain fell.", "疼痛减轻。", 2, "table 1"),
        ("It stayed low.", "一直很低。", 3, "table 1"),
        ("", "标题", 5, "table 1"),
        ("In a control.", "在控件里。", 6, "table 1"),
    ]
    (record,) = read_records([str(tmp_path / "d.docx")])
    assert "嵌套表格里的中文很长很长很长" in record.notes


@pytest.mark.parametrize(
    ("header", "swapped"),
    [(("Source", "Target"), False), (("Source segment", "Target segment"), False), (("原文", "译文"), True)],
)
def test_source_and_target_are_told_by_script(header, swapped, tmp_path):
    texts = [("Pain fell in all.", "疼痛减轻。"), ("Larger trials are needed.", ""), ("Same.", "Same.")]
    rows = [row(*map(cell, pair[::-1] if swapped else pair)) for pair in texts]
    pairs = list(read_pairs([word(tmp_path, table(row(*map(cell, header)), *rows))]))
    assert [(pair.en, pair.zh) for pair in pairs] == texts


def test_nodes_without_places_have_none():
    assert read_inline(Node("source", {}, [Text("ab")])).places == []


def test_lost_codes_are_known(tmp_path):
    body = unit("a<g id='1'>b</g><x id='2'/>", "<g id='1'>b</g><x id='3'/>")
    (pair,) = read(tmp_path, "x.xlf", XLIFF.format("", "", body))
    assert pair.source.code_differences() == (("<x 2>",), ("<x 3>",))


def test_a_lost_code_is_a_finding(tmp_path):
    from aligner.checks import check_pairs

    body = unit("Pain <g id='1'>fell</g>.", "疼痛减轻。")
    found = list(check_pairs(read(tmp_path, "x.xlf", XLIFF.format("", "", body))))
    assert [(f.check, f.message) for f in found] == [("tag", "The inline code <g 1> is not in the Chinese")]
