"""Exports from the page are what the formats' writers write, through the browser's hands."""

import io

import pytest

from aligner.formats.table import FORMATS
from aligner.formats.write import writer
from aligner.review.downloads import offers
from aligner.review.report import write_report
from aligner.store import read_findings, read_glossary, read_pairs

READ = {"pairs": read_pairs, "glossary": read_glossary, "findings": read_findings}
ALL = [(what, name) for what in READ for name in FORMATS if getattr(FORMATS.load(name), f"write_{what}")]
TIMED = {"xlsx"}  # a workbook holds the time it was made


@pytest.mark.parametrize(("what", "name"), ALL)
def test_an_export_is_what_the_writer_writes(site, workspace, what, name):
    expected = io.BytesIO()
    writer(name, what)(READ[what](workspace), expected)
    answer = site.get(f"export/{what}.{name}")
    assert answer.status_code == 200
    if name not in TIMED:
        assert answer.content == expected.getvalue()
    assert (
        answer.headers["content-disposition"]
        == f'attachment; filename="{what}{FORMATS.load(name).suffixes[0]}"'
    )
    assert answer.headers["x-left-out"] == "0"


def test_the_report_is_an_export_too(site, workspace):
    expected = io.BytesIO()
    write_report(workspace, expected)
    answer = site.get("export/report.html")
    assert answer.content == expected.getvalue()
    assert answer.headers["content-disposition"] == 'attachment; filename="report.html"'


def test_the_page_offers_all_of_them(site):
    page = site.get("export").text
    offered = [file for _, _, formats in offers() for _, file in formats]
    assert sorted(offered) == sorted(
        ["report.html", "report.xlsx", *(f"{what}.{name}" for what, name in ALL)]
    )
    assert all(f'/export/{file}"' in page for file in offered)
    assert {"pairs.tmx", "pairs.xlsx", "pairs.tsv", "glossary.tbx", "report.html"} <= set(offered)
