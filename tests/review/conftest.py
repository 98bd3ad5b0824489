"""Workspaces to look at, the page without a browser, and the page in a real one."""

import shutil
import socket
import threading

import pytest
from review_examples import Site, fill
from worked_example import worked

from aligner.review.guard import Keys
from aligner.review.server import build
from aligner.store import open_workspace


@pytest.fixture(scope="session")
def filled_once(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("filled") / "review.db")


@pytest.fixture
def workspace_path(filled_once, tmp_path):
    """A workspace of two records, three findings and two terms."""
    return shutil.copy(filled_once, tmp_path)


@pytest.fixture(scope="session")
def worked_once(tmp_path_factory):
    return worked(tmp_path_factory.mktemp("worked") / "ovcf-review.db")


@pytest.fixture
def worked_path(worked_once, tmp_path):
    """A workspace of twelve records, half reviewed, one of which has come back."""
    return shutil.copy(worked_once, tmp_path)


@pytest.fixture
def workspace(workspace_path):
    with open_workspace(workspace_path) as opened:
        yield opened


@pytest.fixture
def site(workspace_path):
    return Site(workspace_path)


@pytest.fixture(scope="session")
def chromium():
    """A real browser; without one the tests fail rather than say nothing."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    if path is None:
        pytest.fail("the browser tests need chromium: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve():
    """Return a function that gives the address of a page for a workspace; one server serves them all."""
    import uvicorn

    pages = {}
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    async def app(scope, receive, send):
        await pages[scope["path"].split("/")[1]](scope, receive, send)

    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()

    def start(path):
        keys = Keys()
        pages[keys.page] = build(path, keys, port)
        return f"http://127.0.0.1:{port}/{keys.page}"

    yield start
    server.should_exit = True
    thread.join(10)
    listener.close()


@pytest.fixture
def tab(chromium):
    """Return a function that opens a tab; a script error or a request to elsewhere fails the test."""
    contexts, trouble = [], []

    def open_tab(address, **more):
        context = chromium.new_context(
            **{"viewport": {"width": 1280, "height": 860}, "locale": "en-GB", **more}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: trouble.append(f"script error: {error}"))
        page.on(
            "console",
            lambda line: trouble.append(line.text) if "Content Security Policy" in line.text else None,
        )
        page.on("request", lambda request: watch(request.url, address))
        page.goto(address)
        return page

    def watch(url, address):
        if not url.startswith(("data:", "blob:", "file:", "/".join(address.split("/")[:3]))):
            trouble.append(f"request to {url}")

    yield open_tab
    for context in contexts:
        context.close()
    assert trouble == []
