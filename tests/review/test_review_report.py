"""The report: one file, errors gravest first, the same each time, and quiet on the network."""

import base64
import hashlib
import io
import re

import pandas
import pytest
from review_examples import ALPHA

from aligner.errors import InputError
from aligner.review.answers import read_answers
from aligner.review.finding_actions import decide_finding
from aligner.review.report import error_rows, report_view, write_report, write_report_table
from aligner.review.setting_actions import set_review
from aligner.review.text_actions import correct
from aligner.store.beads import read_bead
from aligner.store.issues import read_issue


def report(workspace, **more):
    out = io.BytesIO()
    write_report(workspace, out, **more)
    return out.getvalue().decode()


def confirm(workspace, number, severity="major", **more):
    issue = read_issue(workspace, number)
    about = {"id": number, "key": issue.key, "state": "confirmed", "severity": severity}
    decide_finding(workspace, {**about, **more})


def test_open_findings_are_the_first_thing_said(workspace):
    assert "3 findings still open: this report is not complete." in report(workspace)
    for number in (1, 2, 3):
        confirm(workspace, number)
    assert "still open" not in report(workspace)


def test_errors_stand_gravest_first_with_correction_and_comment(workspace):
    confirm(workspace, 3, "minor")
    confirm(workspace, 1, "critical", comment="see the table")
    bead = read_bead(workspace, 1, 2)
    texts = {"en": ALPHA[2][0], "zh": ALPHA[2][1].replace("25", "5")}
    correct(workspace, {"record": 1, "bead": 2, "texts": bead.texts, "seen": None, **texts})
    rows = list(error_rows(workspace))
    assert [(row["where"], row["severity"]) for row in rows] == [("alpha·3", "critical"), ("beta·2", "minor")]
    text = report(workspace, title="Ours")
    assert "<title>Translation review: Ours</title>" in text
    assert "2 errors: 1 critical, 0 major, 1 minor" in text
    assert "<del>25</del><ins>5</ins>" in text
    assert "see the table" in text
    assert report(workspace, title="Ours") == text


def test_the_score_is_what_its_formula_says(workspace):
    words = report_view(workspace)["words"]
    assert words == sum(len(en.split()) for en in (*(en for en, _ in ALPHA), *BETA_ENGLISH))
    confirm(workspace, 1, "critical")
    confirm(workspace, 3, "minor")
    score = report_view(workspace)["score"]
    assert score["value"] == max(0, 100 * (1 - 26 / words))
    assert score["formula"] == f"100 × (1 − 26 ÷ {words:.0f} words)"
    set_review(
        workspace, {"weights": {"minor": 0, "major": 1, "critical": 2}, "pass_mark": 90, "source": "zh"}
    )
    view = report_view(workspace)
    assert view["words"] == pytest.approx(sum(len(zh) for _, zh in (*ALPHA, *BETA)) / 1.7)
    assert view["score"]["value"] == pytest.approx(100 * (1 - 2 / view["words"]))
    assert view["score"]["passes"] is (view["score"]["value"] >= 90)


BETA = (
    ("Vertebroplasty was done at T12.", "于T12行椎体成形术。"),
    ("Bone cement leakage is rare, and it does no harm.", "骨水泥渗漏少见。无危害。"),
)
BETA_ENGLISH = [en for en, _ in BETA]


def test_a_table_that_was_filled_in_is_read_back(workspace, tmp_path):
    confirm(workspace, 1)
    confirm(workspace, 3, "minor")
    path = tmp_path / "report.xlsx"
    with path.open("wb") as out:
        assert write_report_table(workspace, out) == 2
    table = pandas.read_excel(path, dtype=str, keep_default_na=False)
    table.loc[0, "answer"] = "done"
    table.loc[1, ["answer", "key"]] = ["why?", "99:0000"]
    table.to_excel(path, index=False)
    kept, unknown = read_answers(workspace, path)
    assert (kept, unknown) == (1, ["row 3: its error is not in the workspace (any more)"])
    assert [row["answer"] for row in error_rows(workspace)] == ["done", ""]
    assert read_answers(workspace, path)[0] == 0
    (tmp_path / "x.xlsx").write_bytes(b"PK")
    with pytest.raises(InputError, match=r"x\.xlsx: "):
        read_answers(workspace, tmp_path / "x.xlsx")


def test_nothing_is_asked_of_the_network_and_no_script_runs(workspace):
    text = report(workspace)
    assert not re.findall(r"""(?:src|href)=["'](?!#)""", text)
    assert "<script" not in text
    assert "@import" not in text
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; ")
    (content,) = re.findall(r"(?s)<style[^>]*>(.*?)</style>", text)
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy


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
    assert grounds == {"light": "rgb(255, 255, 255)", "dark": "rgb(27, 27, 29)"}
