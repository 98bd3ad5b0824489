"""Attacks on the page: other sites, other users, and texts that want to be script."""

import html.parser
import re

import pytest
from review_examples import Site, evil_workspace

from aligner.review.actions import ACTIONS
from aligner.review.guard import HEADERS, KEPT, LIMIT, Keys
from aligner.review.report import write_report
from aligner.review.server import VIEWS
from aligner.store import log, open_workspace

WISH = {"record": 1, "revision": 0, "kind": "confirm", "bead": 0}


def confirmed(path):
    with open_workspace(path) as workspace:
        return workspace.db.execute("SELECT count(*) FROM beads WHERE state = 'confirmed'").fetchone()[0]


HOSTS = [
    "evil.example",
    "evil.example:8000",
    "127.0.0.1",
    "127.0.0.1:8001",
    "127.0.0.1.evil.example:8000",
    "",
    "[::1]:8000",
    "0.0.0.0:8000",
    "127.0.0.1:8000@evil.example",
]


@pytest.mark.parametrize("host", HOSTS)
def test_a_foreign_host_gets_nothing(site, host):
    answer = site.get("", headers={"Host": host})
    assert answer.status_code == 421
    assert "alpha" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000"])
def test_the_own_host_gets_the_page(site, host):
    assert site.get("", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/pairs",
        "/x/pairs",
        "//pairs",
        "/static/main.js",
        "/act/alignment",
        "/open/",
        "/open/x",
        "/open",
        "/%00/",
    ],
)
def test_without_the_key_there_is_nothing(site, path):
    for answer in (site.client.get(path), site.client.post(path, json=WISH, headers={"Origin": site.origin})):
        assert answer.status_code == 403
        assert site.keys.page not in answer.text + str(answer.headers)


def test_the_key_for_the_browsers_command_line_works_once(site):
    once = site.keys.once
    first = site.client.get(f"/open/{once}")
    assert (first.status_code, first.headers["location"]) == (303, f"/{site.keys.page}/")
    assert site.client.get(f"/open/{once}").status_code == 403
    assert site.client.get("/open/").status_code == 403


def test_keys_are_long_and_new_each_run():
    one, two = Keys(), Keys()
    assert len({one.page, one.once, two.page, two.once}) == 4
    assert all(len(key) >= 32 for key in (one.page, one.once))


ORIGINS = [
    None,
    "null",
    "http://evil.example",
    "http://127.0.0.1",
    "http://127.0.0.1:8001",
    "https://127.0.0.1:8000",
    "http://localhost:8000",
    "http://127.0.0.1:8000.evil.example",
    "http://127.0.0.1:8000/",
]


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_write_from_elsewhere_is_refused(site, workspace_path, origin):
    headers = {} if origin is None else {"Origin": origin}
    answer = site.client.post(f"/{site.keys.page}/act/alignment", json=WISH, headers=headers)
    assert answer.status_code == 403
    assert confirmed(workspace_path) == 0


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "",
        "text/plain; application/json",
        "application/jsonp",
    ],
)
def test_a_write_that_a_form_could_send_is_refused(site, workspace_path, kind):
    answer = site.client.post(
        f"/{site.keys.page}/act/alignment",
        content='{"record": 1, "revision": 0, "kind": "confirm", "bead": 0}',
        headers={"Origin": site.origin, "Content-Type": kind},
    )
    assert answer.status_code == 415
    assert confirmed(workspace_path) == 0


def test_a_write_by_get_is_refused(site, workspace_path):
    assert site.get("act/alignment").status_code == 405
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert site.client.request(method, f"/{site.keys.page}/act/alignment", json=WISH).status_code == 405
    assert confirmed(workspace_path) == 0


def test_an_oversized_body_is_refused(site):
    big = b'{"record": "' + b"x" * LIMIT + b'"}'
    headers = {"Origin": site.origin, "Content-Type": "application/json"}
    address = f"/{site.keys.page}/act/alignment"
    assert site.client.post(address, content=big, headers=headers).status_code == 413
    assert (
        site.client.post(
            address, content=(big[i : i + 999] for i in range(0, len(big), 999)), headers=headers
        ).status_code
        == 413
    )
    assert (
        site.client.post(address, content=b"{}", headers={**headers, "Content-Length": "-5"}).status_code
        == 413
    )


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'"x"', b"\xff", b"[" * 30000, b'{"record": NaN}'])
def test_a_body_that_is_no_wish(site, body):
    headers = {"Origin": site.origin, "Content-Type": "application/json"}
    answer = site.client.post(f"/{site.keys.page}/act/alignment", content=body, headers=headers)
    assert answer.status_code in (400, 422)


PATHS = [
    "static/../server.py",
    "static/..%2fserver.py",
    "static/%2e%2e/server.py",
    "static//etc/passwd",
    "static/..%5c..%5cserver.py",
    "export/../../../etc/passwd",
    "export/..%2f..%2fetc%2fpasswd",
    "export/pairs.../../x",
    "export/pairs",
    "export/.tsv",
    "export/pairs.exe",
    "export/findings.tmx",
    "export/report.tsv",
    "records/../../x",
    "records/-1",
    "records/1e3",
    "act/__class__",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out(site, path):
    answer = site.get(path)
    assert answer.status_code in (403, 404, 405, 422)
    assert "import" not in answer.text
    assert "root:" not in answer.text


QUERIES = [
    "from=-1",
    "from=x",
    "from=99999999999999999999",
    "below=nan",
    "below=inf",
    "below=x",
    "order=drop",
    "text=%27%20OR%201=1--",
    "text=%25%5C_",
    "check=%27%22",
    "state=x",
    "severity=x",
    "work=x",
    "text=%00",
    "from=%C2%B2",
    "go=99999999999999999999",
    "text=" + "x" * 5000,
]


@pytest.mark.parametrize(
    "view",
    ["", "search", "terms", "records/1", "pane/1", "rows/records", "rows/terms", "round", "checks", "report"],
)
def test_no_question_breaks_a_view(site, view):
    for query in QUERIES:
        assert site.get(f"{view}?{query}").status_code == 200, query


@pytest.mark.parametrize(
    "query", ["", "goal=x&record=1&bead=1", "goal=issue&record=x&bead=1", "goal=issue&record=1&bead="]
)
def test_next_wants_numbers(site, query):
    assert site.get(f"next?{query}").status_code == 422
    assert site.get(f"next-term?after=x&{query}").status_code == 422


@pytest.mark.parametrize("query", QUERIES)
def test_no_question_breaks_what_is_next(site, query):
    assert site.get(f"next-term?after=-1&{query}").status_code == 200
    assert site.get(f"round?show=new&{query}").status_code == 200


@pytest.mark.parametrize("path", ["", "static/main.js", "nothing", "export/pairs.tsv"])
def test_every_answer_carries_the_headers(site, path):
    answer = site.get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["cache-control"] == (KEPT if path.startswith("static/") else "no-store")
    assert "default-src 'self'" in HEADERS["Content-Security-Policy"]
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


EVIL = [
    "<script>boom()</script>",
    '"><img src=x onerror=boom()>',
    "' onmouseover=boom() x='",
    "</title></style></textarea><svg onload=boom()>",
    "{{ 7*7 }}{% raw %}",
    "javascript:boom()",
    "<!--",
    "]]>",
    "&lt;b&gt;",
    "</script><script>boom()</script>",
]


class Tags(html.parser.HTMLParser):
    """What a browser would make of a page: its elements and their attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("evil", EVIL)
def test_a_text_stays_a_text(tmp_path, evil):
    site = Site(evil_workspace(tmp_path / "evil.db", evil))
    key = re.search(r'data-key="(\w+)"', site.get("records/1").text)[1]
    wish = {"id": 1, "key": key, "state": "confirmed", "comment": evil}
    assert site.post("act/finding", wish).status_code == 200
    version = re.search(r'data-seen="(\w+)"', site.get("terms").text)[1]
    wish = {"id": 1, "seen": version, "status": "accepted", "en": f"{evil}2", "note": evil}
    assert site.post("act/term", wish).status_code == 200
    for view in (
        "",
        "records/1",
        "search?text=cement",
        "terms",
        "checks",
        "round",
        "report",
        "export",
        "?name=" + evil,
        "search?text=" + evil,
    ):
        page = site.get(view)
        assert page.status_code == 200
        tags = Tags(page.text).found
        assert [attrs.get("src", "") for tag, attrs in tags if tag == "script"] == [
            f"/{site.keys.page}/static/main.js"
        ]
        assert all(not name.startswith("on") for _, attrs in tags for name in attrs)
        assert {tag for tag, _ in tags}.isdisjoint(
            {"img", "iframe", "object", "embed", "base", "style", "b2"}
        )
        assert all(not (attrs.get("href") or "").lower().startswith("javascript") for _, attrs in tags)


@pytest.mark.parametrize("evil", EVIL)
def test_a_text_stays_a_text_in_parts_of_views(tmp_path, evil):
    site = Site(evil_workspace(tmp_path / "evil.db", evil))
    for part in ("rows/records", "rows/terms", "peek/1", "pane/1", "scope?id=1"):
        answer = site.get(part)
        assert answer.status_code == 200
        tags = Tags(answer.text).found
        assert all(not name.startswith("on") for _, attrs in tags for name in attrs)
        assert {tag for tag, _ in tags}.isdisjoint({"script", "img", "iframe", "object", "embed", "style"})
    assert site.get("alignment/1").headers["content-type"] == "application/json"


WRITES = [*(f"act/{name}" for name in ACTIONS), "try"]
READS = [
    *(path.removeprefix("/").replace("{number}", "1") for path, _, _ in VIEWS),
    *("alignment/1", "next?goal=issue&record=0&bead=0", "next-term?after=-1", "version", "export/pairs.tsv"),
]
JUNK = [
    {},
    {"record": 2**60, "chosen": [1], "weights": 1, "check": 5},
    {"id": True, "record": 1.5, "bead": "0", "en": 7, "chosen": {}, "decision": []},
    {"id": "1 OR 1=1", "record": None, "chosen": [{"id": 10**400}], "pass_mark": "x", "source": "fr"},
    {"id": 1, "key": ["x"], "record": 7, "bead": 0, "texts": {}, "revision": "0", "kind": [], "seen": 1},
    {"weights": {"minor": -1, "major": float("nan"), "critical": 1}, "check": "\ud800", "reviewer": "\ud800"},
    {"chosen": [{"id": 1, "seen": ""}] * 3000, "check": "", "pass_mark": 1e9, "record": 99, "bead": 99},
]


@pytest.mark.parametrize("address", WRITES)
def test_every_write_and_check_goes_through_the_guard(site, workspace_path, address):
    assert site.post(address, {}, Origin="http://evil.example").status_code == 403
    assert site.post(address, {}, **{"Content-Type": "text/plain"}).status_code == 415
    assert site.post(address, {}, Host="evil.example").status_code == 421
    assert site.client.post(f"/other/{address}", json={}).status_code == 403
    assert site.get(address).status_code == 405
    for junk in JUNK:
        answer = site.post(address, junk)
        assert answer.status_code in (200, 404, 409, 413, 422), (junk, answer.text)
        assert len(answer.text.splitlines()) == 1
    with open_workspace(workspace_path) as workspace:
        assert log(workspace) == []


@pytest.mark.parametrize("address", READS)
def test_every_view_goes_through_the_guard(site, address):
    assert site.get(address, headers={"Host": "evil.example:8000"}).status_code == 421
    assert site.client.get(f"/other/{address}").status_code == 403
    assert site.client.get(f"/{address}").status_code == 403
    answer = site.get(address)
    assert answer.status_code in (200, 404)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("evil", EVIL)
def test_a_text_stays_a_text_in_the_report(tmp_path, evil):
    path = evil_workspace(tmp_path / "evil.db", evil)
    with open_workspace(path) as workspace, (tmp_path / "r.html").open("wb") as out:
        write_report(workspace, out, title=evil)
    tags = Tags((tmp_path / "r.html").read_text(encoding="utf-8")).found
    assert not [attrs for tag, attrs in tags if tag == "script"]
    assert all(not name.startswith("on") for _, attrs in tags for name in attrs)
    assert {tag for tag, _ in tags}.isdisjoint({"img", "iframe", "object", "embed", "base", "link"})


@pytest.mark.parametrize("number", ["9" * 20, "9" * 6000, "--5", "+5", "5.0", "٣", "0x5", " 5"])
def test_numbers_that_are_none_are_one_line(site, number):
    for path in (f"records/{number}", f"pane/{number}", f"peek/{number}", f"alignment/{number}"):
        answer = site.get(path)
        assert (answer.status_code, len(answer.text.splitlines())) == (404, 1)
    for query in (f"record={number}&bead=0", f"record=1&bead={number}"):
        answer = site.get(f"next?goal=issue&{query}")
        assert (answer.status_code, len(answer.text.splitlines())) == (422, 1)


def test_the_page_answers_on_the_port_that_browsers_leave_away(workspace_path):
    site = Site(workspace_path, port=80)
    for host in ("127.0.0.1", "localhost", "127.0.0.1:80"):
        assert site.get("", headers={"Host": host}).status_code == 200
    assert Site(workspace_path).get("", headers={"Host": "127.0.0.1"}).status_code == 421
