"""The workspace's tables and views, as a list of migrations.

A workspace says in ``PRAGMA user_version`` how many migrations it has had. A migration is a list of scripts
and functions; a change of the schema is a new one at the end, and those before it never change.

Tables: ``records`` (their ``id`` is the order in which they came), their ``sentences``, ``beads`` and
``units``, ``occurrences`` of terms, ``glossary`` rows, ``findings``, what people decided
(``finding_decisions``, ``term_decisions``, ``corrections``, ``added_findings``; ``decisions``, the log), the
pairs and errors of the text before (``earlier_pairs``, ``earlier_errors``; ``carried``: since when
it is known which of them are still there, empty while it is not), ``runs``, ``settings`` and
``failures``. Views, for people: ``pairs``, ``terms``, ``issues`` and ``progress``. Lists are JSON; spans are
character offsets, half open. A record's ``segmented`` says what it came with (0 texts, 1 sentences, 2 beads),
``checked`` whether its findings are by the glossary of the last run, ``origin`` the file it came from and
``given`` what that calls it; ``name`` is the label that no other record has. ``source`` is an
address in a file, and the ``fields`` of a glossary row are what its base says besides, as JSON.
``revisions`` says what became of the findings of texts that came back (of ``earlier_findings``, in records
of ``changed_records`` until that is known). A record's ``front`` matter is its titles and lists of keywords
as pairs, with the terms found in them, as JSON. ``originals`` are the files that findings can be written back
into, as they were read: path and SHA-256.
"""

from collections.abc import Callable
from sqlite3 import Connection

from aligner.store import schema_review

APPLICATION = 0x414C474E  # "ALGN": tells a workspace from other SQLite files

_TEXTS = """
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,
    version TEXT NOT NULL,
    settings TEXT NOT NULL,
    inputs TEXT NOT NULL
);

CREATE TABLE records (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    block INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'aligned', 'done', 'failed')),
    revision INTEGER NOT NULL DEFAULT 0,
    en TEXT NOT NULL,
    zh TEXT NOT NULL,
    metadata TEXT NOT NULL DEFAULT '{}',
    notes TEXT NOT NULL DEFAULT '[]',
    segmented INTEGER NOT NULL DEFAULT 0,
    remembered TEXT NOT NULL DEFAULT '[]',
    hash TEXT NOT NULL
);
CREATE INDEX records_by_block ON records (block, id);
CREATE INDEX records_by_state ON records (state, id);

CREATE TABLE sentences (
    record INTEGER NOT NULL REFERENCES records ON DELETE CASCADE,
    language TEXT NOT NULL CHECK (language IN ('en', 'zh')),
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (record, language, number)
) WITHOUT ROWID;

CREATE TABLE beads (
    record INTEGER NOT NULL REFERENCES records ON DELETE CASCADE,
    number INTEGER NOT NULL,
    en_ids TEXT NOT NULL,
    zh_ids TEXT NOT NULL,
    en TEXT NOT NULL,
    zh TEXT NOT NULL,
    score REAL NOT NULL,
    state TEXT NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'edited', 'confirmed')),
    texts TEXT NOT NULL,
    PRIMARY KEY (record, number)
) WITHOUT ROWID;
CREATE INDEX beads_by_score ON beads (score);
CREATE INDEX beads_by_state ON beads (state) WHERE state <> 'proposed';
"""

_FOUND = """
CREATE TABLE occurrences (
    record INTEGER NOT NULL,
    bead INTEGER NOT NULL,
    number INTEGER NOT NULL,
    en TEXT NOT NULL,
    zh TEXT NOT NULL,
    en_start INTEGER NOT NULL,
    en_end INTEGER NOT NULL,
    zh_start INTEGER NOT NULL,
    zh_end INTEGER NOT NULL,
    score REAL NOT NULL,
    concept TEXT NOT NULL,
    PRIMARY KEY (record, bead, number),
    FOREIGN KEY (record, bead) REFERENCES beads (record, number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX occurrences_by_concept ON occurrences (concept);

CREATE TABLE glossary (
    id INTEGER PRIMARY KEY,
    concept TEXT NOT NULL,
    expansion TEXT NOT NULL,
    en TEXT NOT NULL,
    zh TEXT NOT NULL,
    score REAL NOT NULL,
    count INTEGER NOT NULL,
    records INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('candidate', 'accepted', 'rejected')),
    en_variants TEXT NOT NULL,
    zh_variants TEXT NOT NULL,
    en_counts TEXT NOT NULL,
    zh_counts TEXT NOT NULL,
    abbreviation TEXT NOT NULL,
    contexts TEXT NOT NULL,
    competing TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX glossary_by_concept ON glossary (concept, expansion);

CREATE TABLE findings (
    id INTEGER PRIMARY KEY,
    record INTEGER NOT NULL,
    bead INTEGER NOT NULL,
    "check" TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    message TEXT NOT NULL,
    en_start INTEGER,
    en_end INTEGER,
    zh_start INTEGER,
    zh_end INTEGER,
    category TEXT NOT NULL,
    suggestion TEXT NOT NULL,
    subject TEXT NOT NULL,
    FOREIGN KEY (record, bead) REFERENCES beads (record, number) ON DELETE CASCADE
);
CREATE INDEX findings_by_bead ON findings (record, bead);
CREATE INDEX findings_by_check ON findings ("check", severity);

CREATE TABLE failures (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    record TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    hint TEXT NOT NULL
);
CREATE INDEX failures_by_record ON failures (record);
"""

_DECIDED = """
CREATE TABLE rulings (
    scope TEXT NOT NULL CHECK (scope IN ('once', 'term', 'check')),
    "check" TEXT NOT NULL,
    record TEXT NOT NULL DEFAULT '',
    texts TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL DEFAULT '',
    verdict TEXT NOT NULL CHECK (verdict IN ('open', 'dismissed', 'confirmed')),
    category TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (scope, "check", record, texts, message, subject)
) WITHOUT ROWID;

CREATE TABLE term_rulings (
    concept TEXT NOT NULL,
    expansion TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL CHECK (status IN ('candidate', 'accepted', 'rejected')),
    en TEXT NOT NULL DEFAULT '',
    zh TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (concept, expansion)
) WITHOUT ROWID;

CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    record TEXT NOT NULL DEFAULT '',
    changes TEXT NOT NULL DEFAULT '[]',
    reason TEXT NOT NULL DEFAULT '',
    "of" INTEGER REFERENCES decisions
);
CREATE INDEX decisions_by_record ON decisions (record);
CREATE INDEX decisions_of ON decisions ("of") WHERE "of" IS NOT NULL;
"""

_VIEWS = """
CREATE VIEW pairs AS
SELECT r.id AS record_id, r.name AS record, b.number AS bead, b.en_ids, b.zh_ids, b.en, b.zh, b.score, b.state
FROM records r JOIN beads b ON b.record = r.id
WHERE r.state <> 'new'
ORDER BY r.id, b.number;

CREATE VIEW terms AS
SELECT g.id, coalesce(nullif(t.en, ''), g.en) AS en, coalesce(nullif(t.zh, ''), g.zh) AS zh,
       g.score, g.count, g.records,
       coalesce(t.status, g.status) AS status, coalesce(nullif(t.note, ''), g.note) AS note,
       g.en AS found_en, g.zh AS found_zh, g.en_variants, g.zh_variants, g.en_counts, g.zh_counts,
       g.abbreviation, g.expansion, g.contexts, g.competing, g.concept
FROM glossary g LEFT JOIN term_rulings t ON t.concept = g.concept AND t.expansion = g.expansion
ORDER BY g.id;

CREATE VIEW issues AS
SELECT f.id, f.record AS record_id, r.name AS record, f.bead, f."check", f.severity, f.message,
       f.en_start, f.en_end, f.zh_start, f.zh_end, b.en, b.zh, f.suggestion, f.subject, b.texts,
       coalesce(o.verdict, t.verdict, c.verdict, 'open') AS state,
       coalesce(nullif(coalesce(o.category, t.category, c.category), ''), f.category) AS category,
       coalesce(o.reason, t.reason, c.reason, '') AS reason,
       coalesce(o.scope, t.scope, c.scope, '') AS scope
FROM findings f
JOIN records r ON r.id = f.record
JOIN beads b ON b.record = f.record AND b.number = f.bead
LEFT JOIN rulings o ON o.scope = 'once' AND o."check" = f."check" AND o.record = r.name AND o.texts = b.texts
     AND o.message = f.message AND o.subject = f.subject
LEFT JOIN rulings t ON t.scope = 'term' AND t."check" = f."check"
     AND t.record = '' AND t.texts = '' AND t.message = '' AND t.subject = f.subject
LEFT JOIN rulings c ON c.scope = 'check' AND c."check" = f."check"
     AND c.record = '' AND c.texts = '' AND c.message = '' AND c.subject = '';

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

_CHECKED = """
ALTER TABLE records ADD COLUMN checked INTEGER NOT NULL DEFAULT 1;
"""

_ADDRESSES = """
ALTER TABLE records ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE beads ADD COLUMN source TEXT NOT NULL DEFAULT '';

DROP VIEW pairs;
CREATE VIEW pairs AS
SELECT r.id AS record_id, r.name AS record, b.number AS bead, b.en_ids, b.zh_ids, b.en, b.zh, b.score,
       b.state, b.source
FROM records r JOIN beads b ON b.record = r.id
WHERE r.state <> 'new'
ORDER BY r.id, b.number;

DROP VIEW issues;
CREATE VIEW issues AS
SELECT f.id, f.record AS record_id, r.name AS record, f.bead, f."check", f.severity, f.message,
       f.en_start, f.en_end, f.zh_start, f.zh_end, b.en, b.zh, b.source, f.suggestion, f.subject, b.texts,
       coalesce(o.verdict, t.verdict, c.verdict, 'open') AS state,
       coalesce(nullif(coalesce(o.category, t.category, c.category), ''), f.category) AS category,
       coalesce(o.reason, t.reason, c.reason, '') AS reason,
       coalesce(o.scope, t.scope, c.scope, '') AS scope
FROM findings f
JOIN records r ON r.id = f.record
JOIN beads b ON b.record = f.record AND b.number = f.bead
LEFT JOIN rulings o ON o.scope = 'once' AND o."check" = f."check" AND o.record = r.name AND o.texts = b.texts
     AND o.message = f.message AND o.subject = f.subject
LEFT JOIN rulings t ON t.scope = 'term' AND t."check" = f."check"
     AND t.record = '' AND t.texts = '' AND t.message = '' AND t.subject = f.subject
LEFT JOIN rulings c ON c.scope = 'check' AND c."check" = f."check"
     AND c.record = '' AND c.texts = '' AND c.message = '' AND c.subject = '';
"""

_TERMHOOD = """
ALTER TABLE occurrences ADD COLUMN termhood REAL NOT NULL DEFAULT 1;
ALTER TABLE glossary ADD COLUMN termhood REAL NOT NULL DEFAULT 1;
"""

_ORIGINALS = """
CREATE TABLE originals (
    file TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    hash TEXT NOT NULL
) WITHOUT ROWID;
"""

_REVISIONS = """
ALTER TABLE earlier_pairs ADD COLUMN source TEXT NOT NULL DEFAULT '';

CREATE TABLE earlier_findings (
    record INTEGER NOT NULL,
    number INTEGER NOT NULL,
    place INTEGER NOT NULL,
    "check" TEXT NOT NULL,
    message TEXT NOT NULL,
    en_start INTEGER,
    en_end INTEGER,
    zh_start INTEGER,
    zh_end INTEGER,
    PRIMARY KEY (record, number, place),
    FOREIGN KEY (record, number) REFERENCES earlier_pairs ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE changed_records (
    record INTEGER PRIMARY KEY REFERENCES records ON DELETE CASCADE
);

CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    record TEXT NOT NULL,
    bead INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('fixed', 'still there', 'new', 'changed unasked')),
    "check" TEXT NOT NULL,
    message TEXT NOT NULL,
    en TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    source TEXT NOT NULL
);
"""

_FIELDS = """
ALTER TABLE glossary ADD COLUMN fields TEXT NOT NULL DEFAULT '{}';
"""

_CARRIED = """
ALTER TABLE earlier_errors ADD COLUMN carried TEXT NOT NULL DEFAULT '-';
"""

_FRONT = """
ALTER TABLE records ADD COLUMN front TEXT NOT NULL DEFAULT '[]';
"""

Step = str | Callable[[Connection], None]
MIGRATIONS: tuple[tuple[Step, ...], ...] = (
    (_TEXTS + _FOUND + _DECIDED + _VIEWS,),
    (_CHECKED,),
    (_ADDRESSES,),
    (schema_review.TABLES, schema_review.carry_over, schema_review.COPY, schema_review.VIEWS),
    (_TERMHOOD,),
    (_ORIGINALS,),
    (_REVISIONS,),
    (_FIELDS,),
    (_CARRIED,),
    (_FRONT,),
)
