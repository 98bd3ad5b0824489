"""Translation units, and the warning where two texts do not belong together, on constructed texts."""

import json

import pytest

EN = (
    "Results: All operations were completed successfully. "
    "The patients were followed up for 12 to 18 months, with a mean of 14.3 months. "
    "Bone cement leakage occurred in 9 patients of the unilateral group and in 12 of the bilateral group. "
    "No patient with leakage had neurological symptoms."
)
ZH = (
    "结果：所有患者均顺利完成手术，随访12~18个月，平均14.3个月；"
    "单侧组9例、双侧组12例发生骨水泥渗漏，渗漏患者均无神经症状。"
)
OTHER = (
    "目的：探讨小学生近视的流行情况。方法：采用整群抽样，对城区学校的学生进行视力检查和问卷调查。"
    "结果：户外活动少、看屏幕时间长的学生近视更多。结论：应鼓励儿童到户外活动。"
)


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "units.txt"
    path.write_text(f"{EN}\n\n{ZH}\n", encoding="utf-8")
    return path


def rows(out: str) -> list[dict]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_run_on_sentence_is_cut_into_units(cli, text):
    (bead,) = rows(cli("align", text, "--format", "jsonl")[1])
    assert (bead["en_ids"], bead["zh_ids"]) == ([0, 1, 2, 3], [0])
    assert "unit" not in bead
    code, out, _ = cli("align", text, "--units", "--format", "jsonl")
    units = rows(out)
    assert code == 0
    assert [row["unit"] for row in units] == list(range(len(units)))
    assert {row["bead"] for row in units} == {0}
    assert [(row["en_ids"], row["zh_ids"]) for row in units] == [([n], [0]) for n in range(4)]
    assert units[1]["zh"] == "随访12~18个月，平均14.3个月；"
    assert "".join(row["zh"] for row in units) == bead["zh"]
    assert " ".join(row["en"] for row in units) == bead["en"]
    assert all(0 < row["score"] <= 1 for row in units)


@pytest.mark.parametrize("name", ["tmx", "xliff", "tsv"])
def test_every_format_has_one_segment_a_unit(cli, text, tmp_path, name):
    out = tmp_path / f"out.{name}"
    assert cli("align", text, "--units", "--format", name, "--out", out)[0] == 0
    content = out.read_text(encoding="utf-8")
    for piece in (
        "结果：所有患者均顺利完成手术，",
        "随访12~18个月，平均14.3个月；",
        "渗漏患者均无神经症状。",
    ):
        assert content.count(piece) == 1
        before = content[: content.index(piece)][-1]
        assert before in ">\t"


def test_plain_files_have_one_line_a_unit(cli, text, tmp_path):
    assert cli("align", text, "--units", "--format", "lines", "--out", tmp_path / "out")[0] == 0
    assert len((tmp_path / "out.zh").read_text(encoding="utf-8").splitlines()) == 4


def test_a_workspace_keeps_units_beside_its_beads(cli, text, tmp_path):
    workspace = tmp_path / "a.db"
    assert cli("run", text, "--workspace", workspace)[0] == 0
    assert len(rows(cli("export", workspace, "pairs", "--format", "jsonl")[1])) == 1
    exported = rows(cli("export", workspace, "pairs", "--units", "--format", "jsonl")[1])
    assert exported == rows(cli("align", text, "--units", "--format", "jsonl")[1])
    code, _, err = cli("export", workspace, "glossary", "--units")
    assert code == 2
    assert "--units: is for sentence pairs" in err


def test_two_texts_that_do_not_translate_each_other_are_reported(cli, tmp_path, text):
    path = tmp_path / "other.txt"
    path.write_text(f"{EN}\n\n{OTHER}\n", encoding="utf-8")
    _, out, err = cli("align", path, "--format", "jsonl")
    assert err.count("hardly translate each other") == 1
    assert all(row["score"] < 0.5 for row in rows(out) if row["en"] and row["zh"])
    assert "hardly" not in cli("align", text)[2]
