"""A workspace with two small records, and the page without a browser."""

import json

from aligner.checks import check_pairs
from aligner.review.guard import Keys
from aligner.review.server import build
from aligner.store import Result, ingest, open_workspace, save, save_glossary
from aligner.types import CompetingTranslation, Context, Entry, Finding, Pair, Record, Sentence, TermPair

ALPHA = (
    ("Twenty patients were enrolled.", "共纳入20例患者。"),
    ("Pain fell after 3 months.", "3个月后疼痛减轻。"),
    ("Bone cement leakage was seen in 5 patients.", "25例出现骨水泥渗漏。"),
    ("No patient died.", "无患者死亡。"),
)
BETA = (
    ("Vertebroplasty was done at T12.", "于T12行椎体成形术。"),
    ("Bone cement leakage is rare, and it does no harm.", "骨水泥渗漏少见。无危害。"),
)


def sentences(texts, joiner):
    found, offset = [], 0
    for text in texts:
        found.append(Sentence(text, offset, offset + len(text)))
        offset += len(text) + len(joiner)
    return tuple(found)


def term(name, bead, pair, en, zh):
    spans = [
        (text.index(form), text.index(form) + len(form)) for text, form in zip(pair, (en, zh), strict=True)
    ]
    return TermPair(name, bead, en, zh, spans[0], spans[1], 0.9)


def put(workspace, name, texts, *, findings=(), terms=(), metadata=None, run=1):
    """Put a record into a workspace whose sentences correspond one to one."""
    en, zh = (sentences([row[side] for row in texts], joiner) for side, joiner in ((0, " "), (1, "")))
    record = Record(
        name, " ".join(row[0] for row in texts), "".join(row[1] for row in texts), en, zh, metadata or {}
    )
    with workspace.transaction():
        ((number, _),) = ingest(workspace, [record])
    pairs = tuple(Pair(name, i, a, b, (i,), (i,), 0.95 - i / 10) for i, (a, b) in enumerate(texts))
    (revision,) = workspace.db.execute("SELECT revision FROM records WHERE id = ?", (number,)).fetchone()
    save(workspace, [Result(number, revision, en, zh, pairs, tuple(terms), tuple(findings))], run=run)
    return number


def finding(name, bead, pair, check, severity, message, en_span=None, zh_span=None, **more):
    return Finding(name, bead, check, severity, message, en_span, zh_span, pair[0], pair[1], **more)


def number_slip():
    """Find 5 patients / 25例 as the check itself does, so that it is found again after an edit."""
    pairs = [Pair("alpha", i, *texts, (i,), (i,)) for i, texts in enumerate(ALPHA)]
    found = [one for one in check_pairs(pairs) if one.check == "number"]
    assert [(one.bead, one.severity) for one in found] == [(2, "error")]
    return found


def fill(path):
    """Make the workspace that most tests look at: two records, three findings, two glossary entries."""
    leak, vp = ("bone cement leakage", "骨水泥渗漏"), ("vertebroplasty", "椎体成形术")
    with open_workspace(path, create=True) as workspace:
        workspace.db.execute("INSERT INTO runs (started, version, settings, inputs) VALUES ('', '', '', '')")
        put(
            workspace,
            "alpha",
            ALPHA,
            metadata={"title_en": "Pain after cement", "title_zh": "骨水泥与疼痛"},
            findings=[
                *number_slip(),
                finding("alpha", 0, ALPHA[0], "negation", "info", "A denial may be lost", (0, 6), (3, 5)),
            ],
            terms=[(term("alpha", 2, ALPHA[2], "Bone cement leakage", leak[1]), "leak=渗漏")],
        )
        put(
            workspace,
            "beta",
            BETA,
            findings=[
                finding("beta", 1, BETA[1], "omission", "warning", "Nothing renders 'it'", (33, 35), None)
            ],
            terms=[
                (term("beta", 0, BETA[0], "Vertebroplasty", vp[1]), "vp=成形"),
                (term("beta", 1, BETA[1], "Bone cement leakage", leak[1]), "leak=渗漏"),
            ],
        )
        context = Context("beta", *BETA[1])
        save_glossary(
            workspace,
            [
                (
                    Entry(
                        *leak, 0.95, 2, 2, contexts=(context,), zh_variants=("水泥渗漏",), zh_counts=(2, 1)
                    ),
                    "leak=渗漏",
                ),
                (Entry(*vp, 0.8, 1, 1, abbreviation="VP"), "vp=成形"),
            ],
        )
    return path


class Site:
    """The page without a browser, with the headers a browser would send."""

    def __init__(self, path, port=8000):
        from starlette.testclient import TestClient

        self.keys = Keys()
        self.origin = f"http://127.0.0.1:{port}"
        self.client = TestClient(build(path, self.keys, port), base_url=self.origin, follow_redirects=False)

    def get(self, path, **more):
        return self.client.get(f"/{self.keys.page}/{path}", **more)

    def post(self, path, data, **headers):
        sent = {"Origin": self.origin, "Content-Type": "application/json", **headers}
        return self.client.post(f"/{self.keys.page}/{path}", content=json.dumps(data), headers=sent)


def evil_workspace(path, evil):
    """Put the text into every field that a reader, a check or a person fills."""
    en, zh = f"{evil} five", f"{evil}五"
    sides = tuple((Sentence(text, 0, len(text)),) for text in (en, zh))
    with open_workspace(path, create=True) as workspace:
        workspace.db.execute("INSERT INTO runs (started, version, settings, inputs) VALUES ('', '', '', '')")
        with workspace.transaction():
            record = Record(
                evil, en, zh, *sides, {"title_en": evil, "title_zh": evil, "authors": evil}, (evil,)
            )
            ((number, _),) = ingest(workspace, [record])
        span = (0, len(evil))
        found = Finding(evil, 0, evil, "error", evil, span, span, en, zh, evil, evil)
        pair = Pair(evil, 0, en, zh, (0,), (0,), 0.5)
        term = TermPair(evil, 0, evil, evil, span, span, 0.5)
        save(workspace, [Result(number, 0, *sides, (pair,), ((term, "k"),), (found,))], run=1)
        entry = Entry(
            *(evil, evil, 0.5, 1, 1, "candidate", (evil,), (evil,), evil, (Context(evil, en, zh),), evil),
            competing=(CompetingTranslation(evil, evil, 1),),
            expansion=evil,
        )
        save_glossary(workspace, [(entry, "k")])
    return path
