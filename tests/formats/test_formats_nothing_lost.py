"""Every Han character and Latin word of a file comes out as a text, a metadatum, a note or a field of an entry.

Files are made at random for each reader; each text in them has words and characters that stand nowhere else,
so that one that is missing is known. A file may be refused as a whole, in one line; a few may, not most.
"""
# ruff: noqa: E501 - files stand as they are

import csv
import gzip
import io
import json
import random
from xml.sax.saxutils import escape

import docx
import openpyxl
import pytest
import regex
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from aligner.errors import InputError
from aligner.formats import read_glossary, read_pairs, read_records

EVERYDAY_EN = [
    "the",
    "of",
    "and",
    "with",
    "was",
    "patients",
    "treated",
    "after",
    "pain",
    "University",
    "Hospital",
]
EVERYDAY_ZH = "的了与和患者治疗后组医院大学研究，、"
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


class Text:
    """Makes texts of everyday words and of ones that stand nowhere else; knows the latter."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.number = 0
        self.given = []

    def word(self):
        self.number += 1
        number, parts = self.number + 70 * 70, []
        while number:
            number, place = divmod(number, len(SYLLABLES))
            parts.append(SYLLABLES[place])
        self.given.append("".join(parts))
        return self.given[-1]

    def han(self):
        self.number += 1
        self.given.append(chr(0x5000 + 7 * self.number % 0x4000))
        return self.given[-1]

    def en(self, low=3, high=12):
        words = [
            self.word() if self.chance.random() < 0.6 else self.chance.choice(EVERYDAY_EN)
            for _ in range(self.chance.randint(low, high))
        ]
        return " ".join([self.word().capitalize(), *words])

    def zh(self, low=4, high=16):
        marks = [
            self.han() if self.chance.random() < 0.5 else self.chance.choice(EVERYDAY_ZH)
            for _ in range(self.chance.randint(low, high))
        ]
        return self.han() + "".join(marks) + self.han()

    def english(self, low=1, high=5):
        return " ".join(
            self.en() + self.chance.choice([".", ".", "?", " (P < .05)."])
            for _ in range(self.chance.randint(low, high))
        )

    def chinese(self, low=1, high=5):
        return (
            "".join(
                self.zh() + self.chance.choice("。。？；") for _ in range(self.chance.randint(low, high))
            ).rstrip("；")
            + "。"
        )

    def either(self):
        return self.chance.choice([self.en, self.zh])()

    def some(self, made, low=0, high=3):
        return [made() for _ in range(self.chance.randint(low, high))]

    def names(self):
        return ", ".join(
            f"{self.word().capitalize()} {self.word().capitalize()}" for _ in range(self.chance.randint(1, 4))
        )


def wrapped(text, width):
    if regex.search(r"\p{Han}", text):
        return "\n".join(text[i : i + width // 2] for i in range(0, len(text), width // 2))
    lines = [""]
    for word in text.split():
        fits = len(lines[-1]) + len(word) < width
        lines[-1:] = [f"{lines[-1]} {word}".strip()] if fits else [lines[-1], word]
    return "\n".join(lines)


def pasted(t):
    kinds = [
        lambda: t.english(),
        lambda: t.chinese(),
        lambda: wrapped(t.english(3, 6), t.chance.choice([30, 60, 80])),
        lambda: wrapped(t.chinese(3, 6), t.chance.choice([30, 60, 80])),
        lambda: t.chance.choice(["Abstract\n", "Abstract: ", "ABSTRACT\n", "Summary "]) + t.english(2),
        lambda: t.chance.choice(["摘要\n", "【摘要】", "摘 要：", "中文摘要\n"]) + t.chinese(2),
        lambda: t.en(),
        lambda: t.zh(),
        lambda: "Keywords: " + "; ".join(t.some(t.word, 1)),
        lambda: "关键词：" + "；".join(t.some(t.zh, 1)),
        lambda: t.names(),
        lambda: f"Department of {t.word()}, {t.word()} University Hospital, {t.word()}, China",
        lambda: f"{t.zh()}大学附属医院骨科",
        lambda: f"J {t.word()}. 2024 Mar 5;12(3):101-109. doi: 10.1000/{t.word()}.1",
        lambda: "PMID: 12345678",
        lambda: f"{t.chance.choice(['OBJECTIVE', 'Methods', 'Results'])}: {t.english()}",
        lambda: f"{t.chance.choice(['目的', '方法', '结果'])}：{t.chinese()}",
        lambda: "References\n" + f"1. {t.names()}. {t.en()}. {t.word()} 2001;3:4.",
        lambda: f"Funding: {t.en()}",
        lambda: f"基金项目：{t.zh()}",
        lambda: f"({t.chance.randint(1, 9)}) {t.english(1, 1)}",
        lambda: f"{t.english(3)}\t{t.chinese(3)}",
        lambda: f"{t.word().capitalize()} {t.chance.randint(1, 300)}",
        lambda: str(t.chance.randint(1, 300)),
        lambda: "-----",
    ]  # fmt: skip
    parts = [made() for made in t.chance.choices(kinds, k=t.chance.randint(1, 14))]
    parts += [t.english(4), t.chinese(4)] if t.chance.random() < 0.5 else []
    t.chance.shuffle(parts)
    gaps = t.chance.choice([["\n"], ["\n\n"], ["\n", "\n\n", "\n\n\n"], ["\r\n"]])
    return "".join(part + t.chance.choice(gaps) for part in parts).encode()


def tagged(first, fields, field, last=""):
    """Return a maker of references: the fields of one in any order, each once or more."""

    def make(t):
        out = ""
        for _ in range(t.chance.randint(1, 3)):
            rows = [field.format(tag, text) for tag in fields for text in t.some(t.either, 0, 2)]
            rows += [
                field.format(tag, text)
                for tag, text in zip(ABSTRACTS[first], (t.chinese(2), t.english(2)), strict=True)
            ]
            t.chance.shuffle(rows)
            out += "\n".join([field.format(first, "Journal Article"), *rows, last, ""])
        return out.encode()

    return make


ABSTRACTS = {
    "TY": ("AB", "N2"),
    "%0": ("%X", "%X"),
    "RT": ("AB", "AB"),
    "Reference Type": ("Abstract", "Translated Abstract"),
    "SrcDatabase-来源库": ("Summary-摘要", "EnglishSummary-英文摘要"),
}
CNKI_FIELDS = [
    "Title-题名",
    "Author-作者",
    "Organ-单位",
    "Source-文献来源",
    "Keyword-关键词",
    "Fund-基金",
    "CLC-中图分类号",
]
NOTE_FIELDS = [
    "Title",
    "Translated Title",
    "Author",
    "Author Address",
    "Journal",
    "Keywords",
    "Notes",
    "Subject Headings",
    "Original Publication",
]


def medline(t):
    def field(tag, text):
        return f"{tag:<4}- " + wrapped(text, 78).replace("\n", "\n      ")

    out = ""
    for number in range(t.chance.randint(1, 3)):
        rows = [
            field(tag, text)
            for tag in ("TI", "TT", "AU", "AD", "OT", "MH", "GR", "COIS", "CI", "JT", "PT", "SO", "GN")
            for text in t.some(t.either, 0, 2)
        ]
        rows += [
            field("AB", t.english(2)),
            field("OAB", t.chinese(2)) + "\nOABL- chi",
            field("LID", "10.1/x [doi]"),
        ]
        t.chance.shuffle(rows)
        out += "\n".join([f"PMID- {number + 1}", *rows, "", ""])
    return out.encode()


def pubmed(t):
    def leaf(name, made=t.either, attributes=""):
        return f"<{name}{attributes}>{escape(made())}</{name}>"

    articles = ""
    for number in range(t.chance.randint(1, 3)):
        sections = "".join(
            leaf("AbstractText", t.english, f' Label="{t.word().upper()}"')
            for _ in range(t.chance.randint(1, 3))
        )
        given = "".join(
            f"<Author><LastName>{t.word()}</LastName><ForeName>{t.word()}</ForeName><AffiliationInfo>{leaf('Affiliation')}</AffiliationInfo></Author>"
            for _ in range(t.chance.randint(0, 2))
        )
        keywords = "".join(leaf("Keyword") for _ in range(t.chance.randint(0, 3)))
        mesh = "".join(
            f"<MeshHeading>{leaf('DescriptorName')}{leaf('QualifierName')}</MeshHeading>"
            for _ in range(t.chance.randint(0, 2))
        )
        extra = "".join(
            t.some(
                lambda: (
                    f'<OtherAbstract Type="plain-language-summary" Language="eng">{leaf("AbstractText", t.english)}</OtherAbstract>'
                ),
                0,
                1,
            )
        )
        grants = "".join(t.some(lambda: f"<Grant>{leaf('Agency')}</Grant>", 0, 2))
        articles += (
            f"<PubmedArticle><MedlineCitation><PMID>{number + 1}</PMID><Article><Journal>{leaf('Title')}</Journal>{leaf('ArticleTitle')}<Abstract>{sections}{leaf('CopyrightInformation')}</Abstract>"
            f"<AuthorList>{given}</AuthorList><GrantList>{grants}</GrantList><PublicationTypeList>{leaf('PublicationType')}</PublicationTypeList>{leaf('VernacularTitle')}</Article>"
            f'<OtherAbstract Type="Publisher" Language="chi">{leaf("AbstractText", t.chinese)}</OtherAbstract>{extra}<MeshHeadingList>{mesh}</MeshHeadingList><KeywordList>{keywords}</KeywordList>{leaf("CoiStatement")}</MedlineCitation></PubmedArticle>'
        )
    return f'<?xml version="1.0"?><PubmedArticleSet>{articles}</PubmedArticleSet>'.encode()


def jats(t):
    def leaf(name, made=t.either):
        return f"<{name}>{escape(made())}</{name}>"

    def section(made):
        return f"<sec>{leaf('title')}{''.join(t.some(lambda: leaf('p', made), 1))}</sec>"

    parts = [
        f"<abstract>{''.join(t.some(lambda: section(t.english), 1))}</abstract>",
        f'<trans-abstract xml:lang="zh">{"".join(t.some(lambda: section(t.chinese), 1))}</trans-abstract>',
        *t.some(lambda: f'<abstract abstract-type="graphical">{leaf("p")}</abstract>', 0, 1),
        f"<kwd-group>{leaf('title')}{''.join(t.some(lambda: leaf('kwd')))}</kwd-group>",
        f"<contrib-group><contrib><name><surname>{t.word()}</surname><given-names>{t.word()}</given-names></name>{leaf('role')}</contrib>{leaf('aff')}</contrib-group>",
        f"<article-categories><subj-group>{leaf('subject')}</subj-group></article-categories>",
        f"<title-group>{leaf('article-title')}<trans-title-group>{leaf('trans-title')}</trans-title-group></title-group>",
        f"<permissions>{leaf('copyright-statement')}<license>{leaf('license-p')}</license></permissions>",
        f"<funding-group>{leaf('funding-statement')}</funding-group>",
        f"<author-notes><fn>{leaf('p')}</fn></author-notes>",
    ]  # fmt: skip
    t.chance.shuffle(parts)
    return f'<?xml version="1.0"?><article xml:lang="en"><front><journal-meta>{leaf("journal-title")}</journal-meta><article-meta>{"".join(parts)}</article-meta></front></article>'.encode()


def endnote(t):
    def leaf(name, made=t.either):
        return f'<{name}><style face="normal">{escape(made())}</style></{name}>'

    records = ""
    for _ in range(t.chance.randint(1, 3)):
        parts = [
            f"<abstract><style>{escape(t.chinese(5))} {escape(t.english(7, 9))}</style></abstract>",
            f"<titles>{leaf('title')}{leaf('secondary-title')}</titles>",
        ]
        parts += [
            f"<keywords>{''.join(t.some(lambda: leaf('keyword')))}</keywords>",
            *t.some(lambda: leaf("notes"), 0, 1),
            *t.some(lambda: leaf("custom1"), 0, 1),
        ]
        t.chance.shuffle(parts)
        records += f"<record>{''.join(parts)}</record>"
    return f'<?xml version="1.0"?><xml><records>{records}</records></xml>'.encode()


def html(t):
    def tag(name, made):
        return f"<{name}>{escape(made())}</{name}>"

    blocks = [lambda: tag("p", t.english), lambda: tag("p", t.chinese), lambda: tag("h2", t.either), lambda: tag("li", t.either), lambda: tag("nav", t.either), lambda: tag("footer", t.either), lambda: f"<div>{escape(t.en())}<br>{escape(t.zh())}</div>", lambda: f"<p>{escape(t.en())} <b>{escape(t.en())}</b><sup>{t.word()}</sup></p>"]  # fmt: skip
    parts = [made() for made in t.chance.choices(blocks, k=t.chance.randint(1, 9))]
    parts += [
        f"<h2>Abstract</h2><p>{escape(t.english(4))}</p>",
        f"<h2>摘要</h2><p>{escape(t.chinese(4))}</p>",
    ]
    t.chance.shuffle(parts)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="citation_title" content="{t.en()}"></head><body>{"".join(parts)}</body></html>'.encode()


def pubmed_text(t):
    out = ""
    for number in range(1, t.chance.randint(2, 4)):
        parts = [
            f"{number}. J {t.word()}. 2020 Jan;9(1):1-5.",
            wrapped(t.en(), 80) + ".",
            t.names() + ".",
            "Author information:\n(1)" + f"Department of {t.word()}, {t.word()} University Hospital, China.",
            wrapped(t.english(4), 80),
            "Publisher: " + t.chinese(4),
            f"Copyright © 2020 {t.word()}.",
            f"DOI: 10.1/{t.word()}\nPMID: {number}2345",
        ]
        out += "\n\n".join(parts) + "\n\n\n"
    return out.encode()


def table(t, *, glossary=False, pairs=False, above=True):
    """Return a header and rows, with columns of their own in any order."""
    names = t.chance.choice([("en", "zh"), ("English", "中文"), ("Source", "Target"), ("英文", "译文")])
    other = [] if pairs else [t.word().capitalize() for _ in range(t.chance.randint(0, 3))]
    header = [*names, *other]
    made = (t.en, t.zh) if glossary else (t.english, t.chinese)
    rows = [[made[0](), made[1](), *(t.either() for _ in other)] for _ in range(t.chance.randint(2, 6))]
    order = t.chance.sample(range(len(header)), len(header))
    top = above and not pairs and t.chance.random() < 0.4
    title = [[t.either(), *[""] * (len(header) - 1)]] if top else []
    return title + [[row[i] for i in order] for row in (header, *rows)]


def delimited(mark, **options):
    def make(t):
        out = io.StringIO()
        csv.writer(out, delimiter=mark, lineterminator="\n").writerows(table(t, **options))
        return out.getvalue().encode()

    return make


def workbook(**options):
    def make(t):
        book = openpyxl.Workbook()
        for number in range(t.chance.randint(1, 3)):
            sheet = book.active if not number else book.create_sheet(f"S{number}")
            for row in table(t, **options):
                sheet.append(row)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return make


def objects(lines, **options):
    def make(t):
        header, *rows = table(t, above=False, **options)
        items = [dict(zip(header, row, strict=True)) for row in rows]
        text = (
            "\n".join(json.dumps(i, ensure_ascii=False) for i in items)
            if lines
            else json.dumps(items, ensure_ascii=False)
        )
        return text.encode()

    return make


def word(*, pairs=False):
    def make(t):
        document = docx.Document()
        blocks = t.chance.randint(1, 4)
        for _ in range(blocks):
            if not pairs:
                for made in t.chance.choices([t.english, t.chinese, t.en, t.zh], k=t.chance.randint(0, 3)):
                    document.add_paragraph(made())
            grid = document.add_table(0, 2)
            for _ in range(t.chance.randint(2, 4)):
                cells = grid.add_row().cells
                cells[0].text, cells[1].text = t.english(), t.chinese()
            if t.chance.random() < 0.4:  # a row in a content control
                row = grid.add_row()
                row.cells[0].text, row.cells[1].text = t.english(), t.chinese()
                control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
                row._tr.addprevious(control)
                control[0].append(row._tr)
            if t.chance.random() < 0.4:  # a table in a cell
                inner = grid.rows[0].cells[1].add_table(1, 2)
                inner.cell(0, 0).text, inner.cell(0, 1).text = t.english(), t.chinese()
        if not pairs:
            document.add_paragraph(t.english(3))
            document.add_paragraph(t.chinese(3))
            section = document.sections[0]
            section.header.paragraphs[0].text, section.footer.paragraphs[0].text = t.en(), t.zh()
            document.add_comment(document.paragraphs[-1].runs, t.en(), "x", "x")
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return make


def tmx(t):
    units = ""
    for _ in range(t.chance.randint(1, 5)):
        variants = [
            f'<tuv xml:lang="{t.chance.choice(["en", "en-US", "EN-GB"])}"><seg>{escape(t.english())}<ph x="1">&lt;br/&gt;</ph>{escape(t.en())}</seg></tuv>'
            for _ in range(t.chance.randint(1, 2))
        ]
        variants += [
            f'<tuv xml:lang="{t.chance.choice(["zh", "zh-CN", "chi", "ZH_TW"])}"><seg>{escape(t.chinese())}<hi>{t.zh()}</hi></seg></tuv>'
            for _ in range(t.chance.randint(1, 2))
        ]
        t.chance.shuffle(variants)
        units += f"<tu>{''.join(variants)}</tu>"
    return (
        f'<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body>{units}</body></tmx>'.encode()
    )


def xliff_1(t):
    def side(name, made):
        return f"<{name}>{escape(made())}<g id='1'>{escape(made())}</g><x id='2'/>{escape(made())}</{name}>"

    units = "".join(
        f'<trans-unit id="{n}">{side("source", t.english)}{side("target", t.chinese)}</trans-unit>'
        for n in range(t.chance.randint(1, 5))
    )
    return f'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="en" target-language="zh-CN" datatype="plaintext"><body><group>{units}</group></body></file></xliff>'.encode()


def xliff_2(t):
    def segment():
        return f"<segment><source>{escape(t.english())}<pc id='1'>{escape(t.en())}</pc></source><target>{escape(t.chinese())}<mrk id='m'>{t.zh()}</mrk></target></segment>"

    units = "".join(
        f'<unit id="{n}">{"".join(t.some(segment, 1))}</unit>' for n in range(t.chance.randint(1, 4))
    )
    return f'<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="zh"><file id="f">{units}</file></xliff>'.encode()


def po(t):
    entries = "".join(
        f'msgid "{t.english()}"\nmsgstr "{t.chinese()}"\n\n' for _ in range(t.chance.randint(1, 5))
    )
    return f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n"Language: zh_CN\\n"\n\n{entries}'.encode()


def bitext(t):
    return "".join(f"{t.english()}\t{t.chinese()}\n" for _ in range(t.chance.randint(2, 6))).encode()


def plain_terms(t):
    mark = t.chance.choice(["\t", " = ", "："])
    return "".join(f"{t.en(1, 3)}{mark}{t.zh(1, 3)}\n" for _ in range(t.chance.randint(2, 6))).encode()


def omegat(t):
    return "".join(
        f"{t.en(1, 3)}\t{t.zh(1, 3)}\t{t.either()}\n" for _ in range(t.chance.randint(2, 6))
    ).encode()


def utx(t):
    rows = "".join(
        f"{t.en(1, 3)}\t{t.zh(1, 3)}\t{t.word()}\t{t.either()}\n" for _ in range(t.chance.randint(1, 5))
    )
    return f"#UTX 1.20; en-US/zh-CN; 2020-01-01;\n#src\ttgt\tsrc:pos\tcomment\n{rows}".encode()


def tbx(t, *, version=3):
    names = {3: ("conceptEntry", "langSec", "termSec"), 2: ("termEntry", "langSet", "tig")}[version]

    def term(made):
        return f'<{names[2]}><term>{escape(made())}</term><termNote type="partOfSpeech">noun</termNote><descrip type="context">{escape(made())}</descrip><note>{escape(t.either())}</note></{names[2]}>'

    def side(tag, made):
        return f'<{names[1]} xml:lang="{tag}">{"".join(t.some(lambda: term(made), 1))}</{names[1]}>'

    entries = "".join(
        f'<{names[0]} id="c{n}"><descrip type="subjectField">{escape(t.either())}</descrip><descrip type="definition">{escape(t.either())}</descrip><note>{escape(t.either())}</note>{side("en", t.en)}{side("zh", t.zh)}{"".join(t.some(lambda: side("fr", t.en), 0, 1))}</{names[0]}>'
        for n in range(t.chance.randint(1, 4))
    )
    if version == 2:
        return f'<martif type="TBX" xml:lang="en"><text><body>{entries}</body></text></martif>'.encode()
    return f'<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>{entries}</body></text></tbx>'.encode()


def multiterm(t):
    def side(name, made):
        terms = "".join(
            t.some(
                lambda: (
                    f'<termGrp><term>{escape(made())}</term><descripGrp><descrip type="Note">{escape(t.either())}</descrip></descripGrp></termGrp>'
                ),
                1,
            )
        )
        return f'<languageGrp><language type="{name}" lang="{name[:2].upper()}"/>{terms}</languageGrp>'

    concepts = "".join(
        f'<conceptGrp><concept>{n}</concept><descripGrp><descrip type="Subject">{escape(t.either())}</descrip></descripGrp>{side("English", t.en)}<languageGrp><language type="Chinese" lang="ZH"/><termGrp><term>{t.zh()}</term></termGrp></languageGrp></conceptGrp>'
        for n in range(1, t.chance.randint(2, 5))
    )
    return f"<mtf>{concepts}</mtf>".encode()


def zipped(made):
    return lambda t: gzip.compress(made(t), mtime=0)


RECORDS = {
    "a.txt": pasted,
    "a.ris": tagged("TY", ["TI", "TT", "AU", "AD", "KW", "N1", "JO", "C1", "PB"], "{}  - {}", "ER  - "),
    "a.enw": tagged("%0", ["%T", "%Q", "%A", "%K", "%J", "%Z", "%I"], "{} {}"),
    "refworks.txt": tagged("RT", ["T1", "OT", "A1", "AD", "K1", "JF", "NO", "PB"], "{} {}"),
    "noteexpress.net": tagged("Reference Type", NOTE_FIELDS, "{{{}}}: {}"),
    "cnki.txt": tagged("SrcDatabase-来源库", CNKI_FIELDS, "{}: {}"),
    "a.nbib": medline,
    "pubmed.xml": pubmed,
    "pubmed.xml.gz": zipped(pubmed),
    "a.nxml": jats,
    "jats.xml.gz": zipped(jats),
    "endnote.xml": endnote,
    "a.html": html,
    "pubmed-text.txt": pubmed_text,
    "a.csv": delimited(","),
    "semicolon.csv": delimited(";"),
    "a.tsv": delimited("\t"),
    "a.xlsx": workbook(),
    "a.json": objects(lines=False),
    "a.jsonl": objects(lines=True),
    "a.docx": word(),
}  # fmt: skip
PAIRS = {
    "a.tmx": tmx,
    "1.xlf": xliff_1,
    "2.xlf": xliff_2,
    "zh.po": po,
    "bitext.txt": bitext,
    "a.csv": delimited(",", pairs=True),
    "a.xlsx": workbook(pairs=True),
    "a.jsonl": objects(lines=True, pairs=True),
    "a.docx": word(pairs=True),
}
ENTRIES = {
    "a.csv": delimited(",", glossary=True),
    "a.tsv": delimited("\t", glossary=True),
    "a.xlsx": workbook(glossary=True),
    "a.json": objects(lines=False, glossary=True),
    "a.jsonl": objects(lines=True, glossary=True),
    "plain.txt": plain_terms,
    "omegat.txt": omegat,
    "a.utx": utx,
    "3.tbx": tbx,
    "2.tbx": lambda t: tbx(t, version=2),
    "multiterm.xml": multiterm,
}


def strings(value):
    """Yield all texts in a record, a pair or an entry."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for item in value.items() for part in item for text in strings(part))
    elif isinstance(value, list | tuple):
        yield from (text for item in value for text in strings(item))
    elif hasattr(value, "__slots__"):
        yield from (text for name in value.__slots__ for text in strings(getattr(value, name)))


def lost(read, name, make, tmp_path, *, seeds):
    """Return what is lost by file, and how many files were refused."""
    found, refused = {}, 0
    for seed in range(seeds):
        text = Text(f"{name} {seed}")
        path = tmp_path / name
        path.write_bytes(make(text))
        items = list(read([str(path)]))
        if all(isinstance(item, InputError) for item in items):
            refused += 1
            continue
        assert not any(isinstance(item, InputError) for item in items), [
            str(item) for item in items if isinstance(item, InputError)
        ]
        kept = regex.sub(r"(?<=\p{Ll})-\s*(?=\p{Ll})", "", "\n".join(strings(items))).lower()
        if missing := [token for token in text.given if token not in kept]:
            found[seed] = missing
    return found, refused


@pytest.mark.parametrize("name", RECORDS)
def test_no_word_of_a_record_is_lost(name, tmp_path):
    found, refused = lost(read_records, name, RECORDS[name], tmp_path, seeds=6 if name == "a.docx" else 20)
    assert found == {}
    assert refused <= (10 if name == "a.txt" else 0)


@pytest.mark.parametrize("name", PAIRS)
def test_no_word_of_a_pair_is_lost(name, tmp_path):
    assert lost(read_pairs, name, PAIRS[name], tmp_path, seeds=6 if name == "a.docx" else 12) == ({}, 0)


@pytest.mark.parametrize("name", ENTRIES)
def test_no_word_of_an_entry_is_lost(name, tmp_path):
    assert lost(read_glossary, name, ENTRIES[name], tmp_path, seeds=12) == ({}, 0)
