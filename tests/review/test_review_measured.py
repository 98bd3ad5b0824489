"""What the page's design promises, measured in a browser: places, shifts, targets, nodes and times."""

import statistics
import time

import pytest
from review_examples import finding, put
from test_review_browser import issues, press, ready

from aligner.review.errors import KINDS, SEVERITIES
from aligner.store import open_workspace, save_glossary
from aligner.types import Entry

pytestmark = pytest.mark.slow

RECORDS = 10_000
FRAME_SECONDS = 0.05
"""From a key to what it paints, on an idle machine."""

ACROSS_SECONDS = 0.2
"""From ``n`` to the next finding in another record."""


@pytest.fixture(scope="session")
def many(tmp_path_factory):
    """A workspace of 10,000 records and terms; texts are constructed."""
    path = tmp_path_factory.mktemp("many") / "many.db"
    texts = (("Pain fell in 5 patients.", "25例疼痛减轻。"), ("No patient died.", "无患者死亡。"))
    with open_workspace(path, create=True) as workspace:
        workspace.db.execute("INSERT INTO runs (started, version, settings, inputs) VALUES ('', '', '', '')")
        workspace.db.execute("PRAGMA synchronous = OFF")
        for number in range(3):
            name = f"r{number:05}"
            found = [finding(name, 0, texts[0], "number", "error", "5 is not 25", (13, 14), (0, 2))]
            put(workspace, name, texts, findings=found, metadata={"title_en": f"Study {number}"})
        db = workspace.db
        db.execute("BEGIN")
        db.execute(
            "WITH RECURSIVE n(i) AS (SELECT 4 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO records (id, name, block, state, en, zh, metadata, hash, given)"
            " SELECT i, printf('r%05d', i), i / 8, 'done', r.en, r.zh, r.metadata, 'h' || i, 'r' || i"
            " FROM n, records r WHERE r.id = 1",
            (RECORDS,),
        )
        db.execute(
            "INSERT INTO beads (record, number, en_ids, zh_ids, en, zh, score, texts)"
            " SELECT r.id, b.number, '[]', '[]', b.en, b.zh, b.score, b.texts FROM records r, beads b"
            " WHERE r.id > 3 AND b.record = 1"
        )
        db.execute(
            'INSERT INTO findings (record, bead, "check", severity, message, en_start, en_end, zh_start,'
            ' zh_end, category, suggestion, subject) SELECT r.id, f.bead, f."check", f.severity, f.message,'
            " f.en_start, f.en_end, f.zh_start, f.zh_end, f.category, f.suggestion, f.subject"
            " FROM records r, findings f WHERE r.id > 3 AND r.id % 3 = 0 AND f.record = 1"
        )
        db.execute("COMMIT")
        entries = (Entry(f"term number {n}", f"术语{n}", 0.9, 3, 2) for n in range(RECORDS))
        save_glossary(workspace, ((entry, f"k{n}") for n, entry in enumerate(entries)))
    return path


WIDE = pytest.mark.parametrize("page", [1400], indirect=True)  # a phone has one column


@pytest.fixture(params=[1400, 390])
def page(request, workspace_path, serve, tab):
    address = serve(workspace_path)
    size = {"width": request.param, "height": 900}
    opened = tab(address + "/records/1", has_touch=request.param == 390, viewport=size)
    ready(opened)
    opened.address, opened.width = address, request.param
    return opened


MOVES = """async (keys) => {
    const { enqueue } = await import(document.body.dataset.base + '/static/api.js');
    const boxes = () => [...document.querySelectorAll('main *, header *')]
        .filter(e => !e.closest('.quick, .acts, .says, .phonefoot'))
        .map(e => [e, e.getBoundingClientRect()])
        .map(([e, b]) => [e.tagName, b.x + scrollX, b.y + scrollY, b.width, b.height].join());
    const before = boxes(), shifted = [], seen = new Set();
    for (const key of keys) {
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
        await enqueue(() => {});
        await new Promise(requestAnimationFrame);
        seen.add(document.querySelector('[aria-current=true].note, [aria-current=true].stop')?.id);
        shifted.push(...boxes().filter((box, place) => box !== before[place]).map((box) => [key, box]));
    }
    return [shifted, seen.size, before.length];
}"""
SHIFT = """() => new Promise(done => {
    const seen = [];
    new PerformanceObserver(list => seen.push(...list.getEntries().map(e => e.value)))
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(seen.reduce((a, b) => a + b, 0)), 400);
})"""
BASELINES = """() => [...document.querySelectorAll('.pair')].map(pair =>
    [...pair.querySelectorAll('.text')].map(text => {
        const span = document.createElement('span');
        span.style.display = 'inline-block';
        text.prepend(span);
        const y = span.getBoundingClientRect().bottom;
        span.remove();
        return [y, text.getBoundingClientRect().height];
    }))"""
SMALL = """() => [...document.querySelectorAll('button, main a, nav a, select, input')]
    .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
    .filter(([text, b]) => b.width > 1 && b.height > 1 && (b.width < 44 || b.height < 44))
    .map(([text]) => text).filter(text => !/class="(link|open)|row/.test(text))"""
CUT = "all => all.filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1).length"


@pytest.mark.parametrize("width", [1400, 390])
def test_focus_moves_nothing_in_ninety_moves(worked_path, serve, tab, width):
    size = {"width": width, "height": 4000}  # so that nothing scrolls or sticks
    page = tab(serve(worked_path) + "/records/1", has_touch=width == 390, viewport=size)
    ready(page)
    shifted, stops, elements = page.evaluate(MOVES, [*"nnNjjjkttkkk"] * 8)
    assert shifted == []
    assert stops >= 5
    assert elements > 200


def test_nothing_shifts_as_a_view_is_loaded(page):
    for view in ("", "records/1", "terms", "report"):
        page.goto(f"{page.address}/{view}")
        ready(page)
        assert page.evaluate(SHIFT) == 0, view


@WIDE
def test_english_and_chinese_stand_on_one_line(page):
    tops = page.evaluate(BASELINES)
    assert tops
    for (english, one), (chinese, two) in tops:
        assert english == chinese
        assert one % 26 == two % 26 == 0


PARTS = """() => [...document.querySelectorAll('.pair.cut')].map(pair =>
    [...pair.querySelectorAll('.text')].map(text =>
        [...text.querySelectorAll('.part')].map(part => part.getBoundingClientRect().y)))"""


def test_the_parts_of_a_long_pair_stand_in_step(worked_path, serve, tab):
    page = tab(serve(worked_path) + "/records/1")
    page.set_viewport_size({"width": 1400, "height": 900})
    ready(page)
    cut = page.evaluate(PARTS)
    assert cut
    assert all(english == chinese and len(english) == 2 for english, chinese in cut)
    press(page, "u")
    assert page.locator(".part").first.evaluate("part => getComputedStyle(part).display") == "inline"
    for english, chinese in page.evaluate(BASELINES):
        assert english[0] == chinese[0]


def test_the_first_pair_stands_high(page):
    top = page.locator(".pair").first.bounding_box()["y"]
    assert top <= 160, top


def test_no_page_scrolls_sideways_and_targets_are_large_on_a_phone(page):
    for view in ("", "records/1", "terms", "report", "checks", "round", "export", "search?text=cement"):
        page.goto(f"{page.address}/{view}")
        ready(page)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, view
        if page.width == 390:
            small = page.evaluate(SMALL)
            assert small == [], view


@WIDE
def test_the_chinese_column_of_terms_is_wide(page):
    page.goto(f"{page.address}/terms")
    ready(page)
    list_, term = (page.locator(name).first.bounding_box()["width"] for name in (".window", ".row .term"))
    assert term / list_ >= 0.3
    cut = page.eval_on_selector_all(".row .term, .row .en > span:first-child", CUT)
    assert cut == 0


def test_any_severity_and_kind_takes_two_keys(workspace_path, serve, tab):
    page = tab(serve(workspace_path) + "/records/2?go=1#b2-1")
    ready(page)
    for digit, severity in enumerate(SEVERITIES, 1):
        for kind, letter in KINDS.items():
            press(page, f"Shift+Digit{digit}", letter)
            assert ("confirmed", severity, kind, "") in issues(workspace_path)


def seconds_to_paint(page, key):
    """Return the time from a key to the frame after what it did is painted."""
    return page.evaluate(
        """(key) => new Promise(done => { const start = performance.now();
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, code: '', bubbles: true}));
        requestAnimationFrame(() => setTimeout(() => done((performance.now() - start) / 1000), 0)); })""",
        key,
    )


@pytest.mark.parametrize("view", ["", "terms"])
def test_ten_thousand_rows_are_a_window(many, serve, tab, view):
    page = tab(serve(many) + f"/{view}")
    ready(page)
    times = []
    for _ in range(150):
        times.append(seconds_to_paint(page, "j"))
    page.wait_for_selector("[aria-current=true].row[data-index='150']")
    assert page.evaluate("document.querySelectorAll('*').length") <= 3000
    assert statistics.median(times) <= FRAME_SECONDS, times
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_selector(f"[data-index='{RECORDS - 1}']")
    assert page.evaluate("document.querySelectorAll('*').length") <= 3000


def test_the_next_finding_of_another_record_comes_at_once(many, serve, tab):
    page = tab(serve(many) + "/records/300")
    ready(page)
    times = []
    for _ in range(9):
        before = page.url
        started = time.perf_counter()
        page.keyboard.press("n")
        page.wait_for_url(lambda url, before=before: url != before)
        page.locator(".note[aria-current]").wait_for()
        times.append(time.perf_counter() - started)
    assert statistics.median(times) <= ACROSS_SECONDS, times
