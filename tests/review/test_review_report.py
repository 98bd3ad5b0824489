"""The report: one file, complete, the same each time, and quiet on the network."""

import base64
import hashlib
import io
import re

import pytest
from review_examples import ALPHA, BETA

from aligner.review.report import write_report
from aligner.store import Change, decide, finding_key
from aligner.store.decisions import read


def report(workspace, **more):
    out = io.BytesIO()
    write_report(workspace, out, **more)
    return out.getvalue().decode()


def plain(text):
    return re.sub(r"<[^>]+>", "", re.sub(r"(?s)<(style|script).*?</\1>", "", text))


def test_every_text_is_there_and_the_same_each_time(workspace):
    text = report(workspace)
    shown = plain(text)
    for en, zh in (*ALPHA, *BETA):
        assert en in shown
        assert zh in shown
    for words in (
        "Pain after cement",
        "骨水泥与疼痛",
        "bone cement leakage",
        "水泥渗漏",
        "(VP)",
        "English has 5 patients",
    ):
        assert words in shown
    assert report(workspace) == text


def test_the_summary_counts_and_names_the_worst_first(workspace):
    text = report(workspace, title="Ours")
    assert "<title>Translation review: Ours</title>" in text
    assert re.findall(r'<a href="#r(\d)">', text) == ["1", "2"]
    tiles = re.findall(r'<li class="tile (error|warning|info)"><b>(\d+)</b>', text)
    assert tiles == [("error", "1"), ("warning", "1"), ("info", "1")]


def test_a_dismissed_finding_is_counted_and_not_shown(workspace):
    key = finding_key(workspace, 1, "once")
    after = {"state": "dismissed"}
    decide(workspace, "dismiss", [Change("finding", key, read(workspace, "finding", *key), after)])
    text = report(workspace)
    assert "English has 5 patients" not in text
    assert '<li class="tile"><b>1</b> dismissed' in text


def test_marks_have_their_counterpart(workspace):
    text = report(workspace)
    assert text.count('class="term" data-k="t0"') == 6  # three occurrences, both sides
    assert re.search(r'<p class="zh"[^>]*><span class="[^"]*issue error open" data-k="[^"]*\bi1\b', text)


def test_nothing_is_asked_of_the_network_and_only_our_script_runs(workspace):
    text = report(workspace)
    assert not re.findall(r"""(?:src|href)=["'](?!#)""", text)
    assert "url(" not in text
    assert "@import" not in text
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; ")
    for tag, name in (("style", "style-src"), ("script", "script-src")):
        (content,) = re.findall(rf"(?s)<{tag}[^>]*>(.*?)</{tag}>", text)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in policy


@pytest.mark.slow
def test_the_report_in_a_browser(workspace, tab, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(report(workspace), encoding="utf-8")
    page = tab(path.as_uri())
    page.hover(".pair .term >> nth=0")
    assert page.locator(".lit").count() == 2
    page.mouse.move(0, 0)
    page.focus("#b1-2")
    page.keyboard.press("ArrowRight")
    assert page.locator("#b1-2 .lit").count() >= 2
    page.focus("#b1-2 .finding")
    assert page.locator("#b1-2 .zh .lit").count() == 1
    page.emulate_media(media="print")
    assert page.locator(".skip").is_hidden()
    assert page.locator("#b2-1 .en").is_visible()


@pytest.mark.slow
def test_the_report_with_a_dark_ground(workspace, tab, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(report(workspace), encoding="utf-8")
    grounds = {
        scheme: tab(path.as_uri(), color_scheme=scheme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    }
    assert grounds == {"light": "rgb(251, 250, 248)", "dark": "rgb(23, 22, 20)"}
