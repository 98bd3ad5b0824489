"""One small bilingual file of each format of records, constructed: the same record in all of them."""
# ruff: noqa: E501 - files stand as they are

import gzip
import io
import json

import openpyxl

EN = [
    "OBJECTIVE: To see whether casts of 4 weeks are enough.",
    "RESULTS: Pain fell in 9 children (P < 0.01) and in all of the others as well, whatever the form of their fracture.",
    "CONCLUSION: Early removal is safe.",
]
ZH = ["目的：观察4周石膏固定是否足够。", "结果：9例患儿疼痛减轻(P<0.01)。", "结论：早期拆除是安全的。"]
TITLE_EN, TITLE_ZH = "Early removal of casts", "石膏的早期拆除"
WORDS_EN, WORDS_ZH = ["cast", "forearm fracture"], ["石膏", "前臂骨折"]
DOI = "10.0000/constructed.7"
E, Z = " ".join(EN), "".join(ZH)
_EN_XML, _ZH_XML = ([text.replace("<", "&lt;") for text in texts] for texts in (EN, ZH))


def _sections(texts, mark):
    parts = (text.split(mark, 1) for text in texts)
    return "".join(f"<sec><title>{a}</title><p>{b.strip()}</p></sec>" for a, b in parts)


def _pubmed(texts, mark):
    parts = (text.split(mark, 1) for text in texts)
    return "".join(f'<AbstractText Label="{a}">{b.strip()}</AbstractText>' for a, b in parts)


_CITATION = (
    f"<MedlineCitation><PMID>7</PMID><Article><ArticleTitle>[{TITLE_EN}].</ArticleTitle><Abstract>{_pubmed(_EN_XML, ':')}</Abstract>"
    f'<VernacularTitle>{TITLE_ZH}</VernacularTitle><ELocationID EIdType="doi">{DOI}</ELocationID></Article><OtherAbstract Type="Publisher" Language="chi">'
    f"{_pubmed(_ZH_XML, '：')}</OtherAbstract><KeywordList>{''.join(f'<Keyword>{w}</Keyword>' for w in WORDS_EN + WORDS_ZH)}</KeywordList></MedlineCitation>"
)
PUBMED = (
    f'<?xml version="1.0"?><PubmedArticleSet><PubmedArticle>{_CITATION}</PubmedArticle></PubmedArticleSet>'
)
MEDLINE_SET = f'<?xml version="1.0"?><MedlineCitationSet>{_CITATION}</MedlineCitationSet>'
JATS = (
    '<?xml version="1.0"?><article xml:lang="zh"><front><article-meta>'
    f'<article-id pub-id-type="doi">{DOI}</article-id><title-group><article-title>{TITLE_ZH}</article-title>'
    f"<trans-title-group><trans-title>{TITLE_EN}</trans-title></trans-title-group></title-group>"
    f"<abstract><title>摘要</title>{_sections(_ZH_XML, '：')}</abstract>"
    f'<trans-abstract xml:lang="en"><title>Abstract</title>{_sections(_EN_XML, ":")}</trans-abstract>'
    f'<kwd-group xml:lang="zh">{"".join(f"<kwd>{w}</kwd>" for w in WORDS_ZH)}</kwd-group>'
    f'<kwd-group xml:lang="en">{"".join(f"<kwd>{w}</kwd>" for w in WORDS_EN)}</kwd-group></article-meta></front></article>'
)
ENDNOTE = (
    '<?xml version="1.0"?><xml><records><record><titles><title><style face="normal">'
    f"{TITLE_ZH}</style></title><translated-title>{TITLE_EN}</translated-title></titles><keywords>"
    f"{''.join(f'<keyword>{w}</keyword>' for w in WORDS_EN + WORDS_ZH)}</keywords><electronic-resource-num>{DOI}</electronic-resource-num>"
    f"<abstract><style>{''.join(_ZH_XML)} {' '.join(_EN_XML)}</style></abstract></record></records></xml>"
)
RIS = (
    f"TY  - JOUR\nTI  - {TITLE_ZH}\nTT  - {TITLE_EN}\nAU  - 某甲\nAB  - {Z}\nN2  - {E}\nDO  - {DOI}\n"
    + "".join(f"KW  - {w}\n" for w in WORDS_ZH + WORDS_EN)
    + "ER  - \n"
)
ENW = f"%0 Journal Article\n%T {TITLE_ZH}\n%Q {TITLE_EN}\n%A 某甲\n%X {Z}\n%X {E}\n%R {DOI}\n%K {'; '.join(WORDS_ZH + WORDS_EN)}\n"
REFWORKS = f"RT Journal Article\nT1 {TITLE_ZH}\nOT {TITLE_EN}\nA1 某甲\nAB {Z}\nAB {E}\nDO {DOI}\nK1 {'; '.join(WORDS_ZH + WORDS_EN)}\n"
NOTEEXPRESS = (
    f"{{Reference Type}}: Journal Article\n{{Title}}: {TITLE_ZH}\n{{Translated Title}}: {TITLE_EN}\n{{Author}}: 某甲\n{{Abstract}}: {Z}\n"
    f"{{Translated Abstract}}: {E}\n{{Keywords}}: {'; '.join(WORDS_ZH + WORDS_EN)}\n{{DOI}}: {DOI}\n"
)
CNKI = (
    f"SrcDatabase-来源库: 期刊\nTitle-题名: {TITLE_ZH}\nEnglishTitle-英文题名: {TITLE_EN}\nAuthor-作者: 某甲;\nKeyword-关键词: {';'.join(WORDS_ZH)}\n"
    f"EnglishKeyword-英文关键词: {';'.join(WORDS_EN)}\nSummary-摘要: {Z}\nEnglishSummary-英文摘要: {E}\nDOI-DOI: {DOI}\n\n"
)
MEDLINE = (
    f"PMID- 7\nTI  - [{TITLE_EN}].\nTT  - {TITLE_ZH}\nAB  - {E}\nOAB - Publisher: {Z}\nOABL- chi\nLID - {DOI} [doi]\n"
    + "".join(f"OT  - {w}\n" for w in WORDS_EN + WORDS_ZH)
)
PUBMED_TEXT = (
    f"1. Constr J Limbs. 2020 Jan;9(1):1-5. doi: {DOI}.\n\n[{TITLE_EN}].\n\n[Article in Chinese]\n\nJia M(1).\n\nAuthor information:\n"
    f"(1)Department of Limbs, Constructed Hospital, Example City, China.\n\nPublisher: {Z}\n\n{E}\n\nDOI: {DOI}\nPMID: 7\n"
)
HTML = (
    f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>x</title><meta name="citation_title" content="{TITLE_ZH}"><meta name="citation_title" content="{TITLE_EN}">'
    f'<meta name="citation_doi" content="{DOI}"><script>var a = "no text";</script></head><body><nav>首页 | 期刊介绍</nav><h1>{TITLE_ZH}</h1><h2>摘要</h2>'
    f"{''.join(f'<p>{t}</p>' for t in _ZH_XML)}<p>关键词：{'；'.join(WORDS_ZH)}</p><h2>Abstract</h2>{''.join(f'<p>{t}</p>' for t in _EN_XML)}"
    f"<p>Keywords: {'; '.join(WORDS_EN)}</p><footer>某出版社</footer></body></html>"
)
PASTED = f"{TITLE_EN}\nAbstract\n{E}\nKeywords: {'; '.join(WORDS_EN)}\n{TITLE_ZH}\n摘要\n{Z}\n关键词：{'；'.join(WORDS_ZH)}\nDOI: {DOI}\n"
_COLUMNS = [
    (TITLE_EN, TITLE_ZH),
    *zip(EN, ZH, strict=True),
    (f"Keywords: {'; '.join(WORDS_EN)}", f"关键词：{'；'.join(WORDS_ZH)}"),
    (f"DOI: {DOI}", f"DOI：{DOI}"),
]
BITEXT = "".join(f"{en}\t{zh}\n" for en, zh in _COLUMNS)
TABLE = (
    "PMID,English title,中文标题,English abstract,中文摘要,English keywords,中文关键词,DOI\n"
    f'7,{TITLE_EN},{TITLE_ZH},"{E}","{Z}",{"; ".join(WORDS_EN)},{"; ".join(WORDS_ZH)},{DOI}\n'
)
ROWS = [
    {
        "PMID": "7",
        **{"English title": TITLE_EN, "中文标题": TITLE_ZH, "English abstract": E, "中文摘要": Z},
        **{
            "English keywords": "; ".join(WORDS_EN),
            "中文关键词": "; ".join(WORDS_ZH),
            "DOI": DOI,
            "科室": "骨科",
        },
    }
]


def _workbook():
    book = openpyxl.Workbook()
    book.active.append(["Abstracts of the ward, 病房摘要"])
    book.active.append(list(ROWS[0]))
    book.active.append(list(ROWS[0].values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FILES = {
    "pubmed": ("a.xml", PUBMED.encode()),
    "pubmed (gzip)": ("a.xml.gz", gzip.compress(PUBMED.encode(), mtime=0)),
    "pubmed (citations)": ("a.xml", MEDLINE_SET.encode()),
    "jats": ("a.nxml", JATS.encode()),
    "jats (gzip)": ("a.xml.gz", gzip.compress(JATS.encode(), mtime=0)),
    "endnote": ("a.xml", ENDNOTE.encode()),
    "ris": ("a.ris", RIS.encode()),
    "enw": ("a.enw", ENW.encode()),
    "refworks": ("a.txt", REFWORKS.encode()),
    "noteexpress": ("a.txt", NOTEEXPRESS.encode("utf-8-sig")),
    "cnki": ("a.txt", CNKI.encode()),
    "medline": ("a.nbib", MEDLINE.encode()),
    "pubmed-text": ("a.txt", PUBMED_TEXT.encode()),
    "html": ("a.html", HTML.encode()),
    "bitext": ("a.txt", BITEXT.encode()),
    "pasted": ("a.txt", PASTED.encode()),
    "csv": ("a.csv", TABLE.encode()),
    "csv (title row)": ("a.csv", f"病房摘要 of the ward,,,,,,,\n{TABLE}".encode()),
    "tsv": ("a.tsv", "\n".join("\t".join(row) for row in (ROWS[0], ROWS[0].values())).encode()),
    "jsonl": ("a.jsonl", json.dumps(ROWS[0], ensure_ascii=False).encode()),
    "json": ("a.json", json.dumps(ROWS, ensure_ascii=False, indent=1).encode()),
    "xlsx": ("a.xlsx", _workbook()),
}
