"""The fourth migration: records known by content and origin, and what a review needs to keep.

What people decide hangs on a record's number, never on its name: names are labels, given anew when files come
and go. Decisions of older workspaces are carried over, those in the log too, so that undo goes on working.
"""

from __future__ import annotations

import json
from sqlite3 import Connection
from typing import Any

TABLES = """
DROP VIEW progress;
DROP VIEW issues;
DROP VIEW terms;
DROP VIEW pairs;

ALTER TABLE records ADD COLUMN origin TEXT NOT NULL DEFAULT '';
ALTER TABLE records ADD COLUMN given TEXT NOT NULL DEFAULT '';
UPDATE records SET given = name;
CREATE INDEX records_by_hash ON records (hash);
CREATE INDEX records_by_given ON records (given, origin);

CREATE INDEX beads_by_texts ON beads (record, texts);
ALTER TABLE findings ADD COLUMN probability REAL;

CREATE TABLE units (
    record INTEGER NOT NULL,
    bead INTEGER NOT NULL,
    number INTEGER NOT NULL,
    en_start INTEGER NOT NULL,
    en_end INTEGER NOT NULL,
    zh_start INTEGER NOT NULL,
    zh_end INTEGER NOT NULL,
    score REAL NOT NULL,
    PRIMARY KEY (record, bead, number),
    FOREIGN KEY (record, bead) REFERENCES beads (record, number) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE finding_decisions (
    scope TEXT NOT NULL CHECK (scope IN ('once', 'term', 'check')),
    "check" TEXT NOT NULL,
    record TEXT NOT NULL DEFAULT '',
    texts TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('open', 'dismissed', 'confirmed')),
    error_severity TEXT NOT NULL DEFAULT '' CHECK (error_severity IN ('', 'minor', 'major', 'critical')),
    kind TEXT NOT NULL DEFAULT '',
    comment TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    waived INTEGER NOT NULL DEFAULT 0,
    who TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (scope, "check", record, texts, message, subject)
) WITHOUT ROWID;

CREATE TABLE added_findings (
    id INTEGER PRIMARY KEY,
    record INTEGER NOT NULL REFERENCES records ON DELETE CASCADE,
    texts TEXT NOT NULL,
    message TEXT NOT NULL,
    en_start INTEGER,
    en_end INTEGER,
    zh_start INTEGER,
    zh_end INTEGER,
    subject TEXT NOT NULL DEFAULT ''
);
CREATE INDEX added_findings_by_texts ON added_findings (record, texts);

CREATE TABLE corrections (
    record INTEGER NOT NULL REFERENCES records ON DELETE CASCADE,
    texts TEXT NOT NULL,
    en TEXT NOT NULL,
    zh TEXT NOT NULL,
    who TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (record, texts)
) WITHOUT ROWID;

CREATE TABLE term_decisions (
    concept TEXT NOT NULL,
    expansion TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL CHECK (status IN ('candidate', 'accepted', 'rejected')),
    en TEXT NOT NULL DEFAULT '',
    zh TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    domain TEXT NOT NULL DEFAULT '',
    part_of_speech TEXT NOT NULL DEFAULT '',
    definition TEXT NOT NULL DEFAULT '',
    who TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (concept, expansion)
) WITHOUT ROWID;

CREATE TABLE earlier_pairs (
    record INTEGER NOT NULL REFERENCES records ON DELETE CASCADE,
    number INTEGER NOT NULL,
    en TEXT NOT NULL,
    zh TEXT NOT NULL,
    texts TEXT NOT NULL,
    state TEXT NOT NULL,
    correction TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (record, number)
) WITHOUT ROWID;

CREATE TABLE earlier_errors (
    record INTEGER NOT NULL,
    number INTEGER NOT NULL,
    place INTEGER NOT NULL,
    "check" TEXT NOT NULL,
    message TEXT NOT NULL,
    subject TEXT NOT NULL,
    en_start INTEGER,
    en_end INTEGER,
    zh_start INTEGER,
    zh_end INTEGER,
    error_severity TEXT NOT NULL,
    kind TEXT NOT NULL,
    comment TEXT NOT NULL,
    answer TEXT NOT NULL,
    waived INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (record, number, place),
    FOREIGN KEY (record, number) REFERENCES earlier_pairs ON DELETE CASCADE
) WITHOUT ROWID;
"""

COPY = """
INSERT INTO term_decisions (concept, expansion, status, en, zh, note)
SELECT concept, expansion, status, en, zh, note FROM term_rulings;
DROP TABLE term_rulings;
DROP TABLE rulings;
"""

VIEWS = """
CREATE VIEW pairs AS
SELECT r.id AS record_id, r.name AS record, b.number AS bead, b.en_ids, b.zh_ids, b.en, b.zh, b.score,
       b.state, b.source
FROM records r JOIN beads b ON b.record = r.id
WHERE r.state <> 'new'
ORDER BY r.id, b.number;

CREATE VIEW terms AS
SELECT g.id, coalesce(nullif(t.en, ''), g.en) AS en, coalesce(nullif(t.zh, ''), g.zh) AS zh,
       g.score, g.count, g.records,
       coalesce(t.status, g.status) AS status, coalesce(nullif(t.note, ''), g.note) AS note,
       g.en AS found_en, g.zh AS found_zh, g.en_variants, g.zh_variants, g.en_counts, g.zh_counts,
       g.abbreviation, g.expansion, g.contexts, g.competing, g.concept,
       coalesce(t.domain, '') AS domain, coalesce(t.part_of_speech, '') AS part_of_speech,
       coalesce(t.definition, '') AS definition, coalesce(t.who, '') AS who, coalesce(t.at, '') AS at
FROM glossary g LEFT JOIN term_decisions t ON t.concept = g.concept AND t.expansion = g.expansion
ORDER BY g.id;

CREATE VIEW issues AS
SELECT f.id, 'check' AS origin, f.record AS record_id, r.name AS record, f.bead, f."check", f.severity,
       f.probability, f.message, f.en_start, f.en_end, f.zh_start, f.zh_end, b.en, b.zh, b.source,
       f.suggestion, f.subject, b.texts, f.category,
       coalesce(o.state, t.state, c.state, 'open') AS state,
       coalesce(o.error_severity, '') AS error_severity, coalesce(o.kind, '') AS kind,
       coalesce(o.comment, t.comment, c.comment, '') AS comment, coalesce(o.answer, '') AS answer,
       coalesce(o.waived, 0) AS waived, coalesce(o.who, t.who, c.who, '') AS who,
       coalesce(o.at, t.at, c.at, '') AS at, coalesce(o.scope, t.scope, c.scope, '') AS scope
FROM findings f
JOIN records r ON r.id = f.record
JOIN beads b ON b.record = f.record AND b.number = f.bead
LEFT JOIN finding_decisions o ON o.scope = 'once' AND o."check" = f."check"
     AND o.record = CAST(f.record AS TEXT) AND o.texts = b.texts AND o.message = f.message
     AND o.subject = f.subject
LEFT JOIN finding_decisions t ON t.scope = 'term' AND t."check" = f."check"
     AND t.record = '' AND t.texts = '' AND t.message = '' AND t.subject = f.subject
LEFT JOIN finding_decisions c ON c.scope = 'check' AND c."check" = f."check"
     AND c.record = '' AND c.texts = '' AND c.message = '' AND c.subject = ''
UNION ALL
SELECT -a.id, 'person', a.record, r.name, b.number, 'person', 'error', NULL, a.message,
       a.en_start, a.en_end, a.zh_start, a.zh_end, b.en, b.zh, b.source, '', a.subject, a.texts, 'accuracy',
       coalesce(o.state, 'open'), coalesce(o.error_severity, ''), coalesce(o.kind, ''),
       coalesce(o.comment, ''), coalesce(o.answer, ''), coalesce(o.waived, 0), coalesce(o.who, ''),
       coalesce(o.at, ''), coalesce(o.scope, '')
FROM added_findings a
JOIN records r ON r.id = a.record
JOIN beads b ON b.record = a.record AND b.number =
     (SELECT min(number) FROM beads WHERE record = a.record AND texts = a.texts)
LEFT JOIN finding_decisions o ON o.scope = 'once' AND o."check" = 'person'
     AND o.record = CAST(a.record AS TEXT) AND o.texts = a.texts AND o.message = a.message
     AND o.subject = a.subject;

CREATE VIEW progress AS
SELECT r.id, r.name AS record, r.state,
       (SELECT count(*) FROM beads b WHERE b.record = r.id) AS beads,
       (SELECT count(*) FROM beads b WHERE b.record = r.id AND b.state = 'confirmed') AS confirmed,
       (SELECT min(b.score) FROM beads b WHERE b.record = r.id) AS lowest_score,
       (SELECT count(*) FROM occurrences t WHERE t.record = r.id) AS terms,
       (SELECT count(*) FROM issues i WHERE i.record_id = r.id AND i.state = 'open') AS open_issues,
       (SELECT count(*) FROM issues i WHERE i.record_id = r.id AND i.state <> 'open') AS decided_issues
FROM records r;
"""

KINDS = {
    "accuracy": "mistranslation",
    "terminology": "terminology",
    "linguistic conventions": "language",
    "locale conventions": "format",
    "style": "style",
}
"""MQM's top categories, as older workspaces hold them, and the kind of error each becomes."""


def carry_over(db: Connection) -> None:
    """Copy what was decided about findings, and rewrite the log in the new words."""
    numbers = {name: str(number) for number, name in db.execute("SELECT id, name FROM records").fetchall()}
    for row in db.execute("SELECT * FROM rulings").fetchall():
        key = [row["scope"], row["check"], row["record"], row["texts"], row["message"], row["subject"]]
        key[2] = numbers.get(key[2], "") if key[0] == "once" else ""
        value = _decision(dict(row))
        if key[2] or key[0] != "once":
            query = (
                "INSERT OR REPLACE INTO finding_decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            )
            db.execute(query, (*key, *value.values()))
    for number, record, data in db.execute("SELECT id, record, changes FROM decisions").fetchall():
        changes = [_change(change, numbers) for change in json.loads(data)]
        db.execute(
            "UPDATE decisions SET record = ?, changes = ? WHERE id = ?",
            (numbers.get(record, ""), json.dumps(changes, ensure_ascii=False), number),
        )


def _change(change: dict[str, Any], numbers: dict[str, str]) -> dict[str, Any]:
    table, key = change["table"], list(change["key"])
    if table == "alignment":
        return {**change, "key": [numbers.get(key[0], "")]}
    sides = {side: change[side] for side in ("before", "after")}
    if table == "ruling":
        key[2] = numbers.get(key[2], "") if key[0] == "once" else ""
        return {"table": "finding", "key": key, **{side: v and _decision(v) for side, v in sides.items()}}
    return {"table": "term", "key": key, **{side: v and {**TERM, **v} for side, v in sides.items()}}


TERM: dict[str, Any] = dict.fromkeys(
    ("status", "en", "zh", "note", "domain", "part_of_speech", "definition", "who", "at"), ""
)


def _decision(ruling: dict[str, Any]) -> dict[str, Any]:
    """Return an older ruling in the new columns; a confirmed error had no severity, and counts as major."""
    confirmed = ruling["verdict"] == "confirmed"
    return {
        "state": ruling["verdict"],
        "error_severity": "major" if confirmed else "",
        "kind": KINDS.get(ruling["category"], "mistranslation") if confirmed else "",
        "comment": ruling["reason"],
        "answer": "",
        "waived": 0,
        "who": "",
        "at": "",
    }
