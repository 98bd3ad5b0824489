"""A whole review in a real browser, by keyboard alone; pictures of it are left for a person to look at."""

import pytest
from playwright.sync_api import expect
from review_examples import ALPHA, BETA, evil_workspace

from aligner.formats import read_glossary, read_pairs
from aligner.store import open_workspace

pytestmark = pytest.mark.slow


def settle(page):
    """Wait until everything that was asked for is done and shown."""
    page.evaluate(
        "import(document.body.dataset.base + '/static/api.js').then((api) => api.enqueue(() => {}))"
    )


def press(page, *keys):
    """Press keys one after another, each when what the last one did is shown."""
    for key in keys:
        page.keyboard.press(key)
        settle(page)


def type_into(page, text):
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def ready(page):
    page.wait_for_selector("body[data-ready]")


def said(page, text):
    expect(page.locator(".says")).to_contain_text(text)


def focus_is_in(page, selector):
    return page.evaluate("(selector) => document.activeElement.closest(selector) !== null", selector)


def beads(page):
    return page.eval_on_selector_all(
        ".pair",
        "rows => rows.map(row => [row.dataset.kind, row.dataset.state,"
        " ...[...row.querySelectorAll('p')].map(p => p.textContent)])",
    )


def download(page, name, folder):
    """Walk to a link with the Tab key and press Enter."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href') || ''").endswith(f"/export/{name}"):
            break
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    waiting.value.save_as(folder / name)
    return folder / name


def test_the_whole_life_of_a_review(workspace_path, serve, tab, tmp_path):
    page = tab(serve(workspace_path) + "/")
    ready(page)

    # filter the records, open the worst
    press(page, "/")
    type_into(page, "骨水泥")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?name=*")
    ready(page)
    assert page.locator("tr.stop").count() == 1
    press(page, "j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/1")
    ready(page)

    # confirm the first issue as an error; the next one comes up; dismiss that with a reason
    press(page, "n")
    assert focus_is_in(page, '.finding[data-check="negation"]')
    press(page, "e")
    said(page, "negation: confirmed")
    assert focus_is_in(page, '.finding[data-check="number"]')
    press(page, "d")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    type_into(page, "as in the source")
    page.keyboard.press("Enter")
    said(page, "number: dismissed")
    assert page.locator(".finding.dismissed .verdict").inner_text() == "dismissed: as in the source"

    # merge the last two pairs, then split them where the carets are set
    assert focus_is_in(page, "#b1-2")
    press(page, "m")
    said(page, "Pair 3 merged")
    assert beads(page)[2:] == [["2-2", "edited", f"{ALPHA[2][0]} {ALPHA[3][0]}", ALPHA[2][1] + ALPHA[3][1]]]
    press(page, "s", "Home")
    for _ in range(len("Bone cement ")):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("x")  # the text takes no letter
    page.keyboard.press("Tab")
    press(page, "Home", "ArrowRight", "ArrowRight", "ArrowRight")
    page.screenshot(path=tmp_path / "split.png")
    page.keyboard.press("Enter")
    said(page, "Pair 3 split")
    assert [row[2:] for row in beads(page)[2:]] == [
        ["Bone cement", "25例"],
        [f"leakage was seen in 5 patients. {ALPHA[3][0]}", "出现骨水泥渗漏。" + ALPHA[3][1]],
    ]

    # move a sentence, confirm, then take everything of the alignment back
    press(page, "j", "ArrowRight", "Alt+ArrowUp")
    said(page, "Sentence moved")
    press(page, "c")
    said(page, "confirmed")
    press(page, "z", "z", "z", "z")
    said(page, "undone: merge")
    assert [row[2:] for row in beads(page)] == [list(row) for row in ALPHA]
    press(page, "y", "z")
    said(page, "undone: merge")
    assert page.locator(".finding.dismissed").count() == 1

    # reload: everything is as it was
    page.reload()
    ready(page)
    assert [row[2:] for row in beads(page)] == [list(row) for row in ALPHA]
    assert page.locator(".finding.dismissed").count() == 1

    # edit a term, reject another
    page.keyboard.press("3")
    page.wait_for_url("**/terms")
    ready(page)
    press(page, "j", "e")
    page.keyboard.press("Tab")
    type_into(page, "骨水泥外漏")
    page.keyboard.press("Enter")
    said(page, "bone cement leakage = 骨水泥外漏: edited, accepted")
    press(page, "j", "x")
    said(page, "vertebroplasty = 椎体成形术: rejected")

    # export, and compare what was exported with what was done
    page.keyboard.press("4")
    page.wait_for_url("**/export")
    ready(page)
    pairs = list(read_pairs([str(download(page, "pairs.tmx", tmp_path))]))
    assert [(pair.en, pair.zh) for pair in pairs] == [*ALPHA, *BETA]
    page.reload()
    ready(page)
    entries = list(read_glossary([str(download(page, "glossary.tsv", tmp_path))]))
    assert [(entry.en, entry.zh, entry.status) for entry in entries] == [
        ("bone cement leakage", "骨水泥外漏", "accepted"),
        ("vertebroplasty", "椎体成形术", "rejected"),
    ]
    page.reload()
    ready(page)
    findings = download(page, "findings.tsv", tmp_path).read_text(encoding="utf-8")
    assert "negation" in findings
    assert "25例" not in findings  # dismissed


def test_two_tabs_never_lose_an_edit(workspace_path, serve, tab):
    address = serve(workspace_path) + "/records/1"
    one, two = tab(address), tab(address)
    ready(one)
    ready(two)
    press(one, "j", "m")
    said(one, "Pair 1 merged")

    # the second tab still shows the old pairs: its edit is not done, and it shows the new ones
    press(two, "j", "j", "j", "c")
    said(two, "Not done: this record was changed meanwhile")
    assert beads(two) == beads(one)
    press(two, "c")
    said(two, "confirmed")
    with open_workspace(workspace_path) as workspace:
        assert [row[0] for row in workspace.db.execute("SELECT state FROM beads WHERE record = 1")] == [
            "edited",
            "proposed",
            "confirmed",
        ]


def test_what_was_typed_stays_when_another_tab_was_quicker(workspace_path, serve, tab):
    address = serve(workspace_path) + "/terms"
    one, two = tab(address), tab(address)
    ready(one)
    ready(two)
    press(two, "j", "e")
    two.keyboard.press("Tab")
    type_into(two, "骨水泥外漏")
    press(one, "j", "x")
    said(one, "rejected")
    two.keyboard.press("Enter")
    expect(two.locator(".trouble")).to_contain_text("It is now")
    assert two.locator("dialog input[name=zh]").input_value() == "骨水泥外漏"
    two.keyboard.press("Enter")
    said(two, "骨水泥外漏: edited, accepted")


def test_when_the_server_is_gone_the_edit_stays_on_the_page(workspace_path, serve, tab):
    page = tab(serve(workspace_path) + "/terms")
    ready(page)
    press(page, "j", "e")
    type_into(page, "cement leak")
    page.route("**/act/**", lambda route: route.abort())
    page.keyboard.press("Enter")
    expect(page.locator(".trouble")).to_contain_text("Not saved")
    assert page.locator("dialog input[name=en]").input_value() == "cement leak"
    page.unroute("**/act/**")
    page.keyboard.press("Enter")
    said(page, "cement leak = 骨水泥渗漏: edited")


def test_no_shortcut_while_an_input_method_composes(workspace_path, serve, tab):
    page = tab(serve(workspace_path) + "/records/1")
    ready(page)
    press(page, "j")
    fire = (
        "(init) => document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'c', bubbles: true, ...init}))"
    )
    page.evaluate(fire, {"isComposing": True})
    page.evaluate(fire, {"keyCode": 229})
    settle(page)
    assert {row[1] for row in beads(page)} == {"proposed"}
    page.evaluate(fire, {})
    said(page, "confirmed")


def test_fast_fingers_are_followed(workspace_path, serve, tab):
    page = tab(serve(workspace_path) + "/records/1")
    ready(page)
    for key in ("j", "c", "c", "c"):  # without waiting
        page.keyboard.press(key)
    page.keyboard.press("3")
    page.wait_for_url("**/terms")
    page.go_back()
    ready(page)
    assert [row[1] for row in beads(page)] == ["confirmed", "confirmed", "confirmed", "proposed"]


def test_marks_light_up_on_both_sides(workspace_path, serve, tab):
    page = tab(serve(workspace_path) + "/records/1")
    ready(page)
    page.hover("#b1-1 .en .number")
    assert page.eval_on_selector_all(".lit", "all => all.map(one => one.textContent)") == [
        "3 months",
        "3个月",
    ]
    press(page, "n")
    assert page.locator("#b1-0 .zh .lit").count() > 0
    press(page, "j")
    page.keyboard.press("Shift+ArrowRight")
    assert focus_is_in(page, "#b1-1 .en")
    page.keyboard.press("Shift+ArrowRight")
    assert focus_is_in(page, "#b1-1 .zh")


def test_from_all_pairs_to_the_one_in_its_record(workspace_path, serve, tab):
    page = tab(serve(workspace_path) + "/pairs?text=cement&state=open")
    ready(page)
    assert [row[2] for row in beads(page)] == [ALPHA[2][0], BETA[1][0]]
    press(page, "j", "j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/2?go=1#b2-1")
    ready(page)
    assert focus_is_in(page, "#b2-1")
    page.keyboard.press("N")
    page.wait_for_url("**/records/1?go=2")
    ready(page)
    assert focus_is_in(page, '.finding[data-check="number"]')


def test_help_lists_the_keys_of_the_view(workspace_path, serve, tab):
    page = tab(serve(workspace_path) + "/records/1")
    ready(page)
    press(page, "?")
    help_text = page.locator("dialog.help").inner_text()
    assert "split the pair at the caret" in help_text
    assert "accept the term" not in help_text
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


@pytest.mark.parametrize(
    "evil", ["<script>boom()</script>", '"><img src=x onerror=boom()>', "</title><svg onload=boom()>"]
)
def test_no_text_becomes_script_in_a_browser(tmp_path, serve, tab, evil):
    address = serve(evil_workspace(tmp_path / "evil.db", evil))
    page = tab(address + "/records/1")
    page.evaluate("() => { window.boom = () => { window.booms = (window.booms ?? 0) + 1 } }")
    press(page, "n", "d")
    assert page.locator("dialog script, dialog img, dialog svg").count() == 0
    page.keyboard.press("Escape")
    press(page, "x", "c", "z", "z", "s")
    assert page.locator("dialog textarea").count() == 2
    page.keyboard.press("Escape")
    press(page, "?")
    page.keyboard.press("Escape")
    assert page.evaluate("window.booms ?? 0") == 0
    page.goto(address + "/terms/1")
    ready(page)
    press(page, "e")
    type_into(page, evil + evil)
    page.keyboard.press("Enter")
    said(page, "edited")
    assert page.evaluate("window.booms ?? 0") == 0
    assert page.locator("main script, main img, .says *").count() == 0
