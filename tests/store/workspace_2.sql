-- A workspace as schema version 2 had it, with one decision of each kind (constructed texts).
PRAGMA application_id = 1095518030;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
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
INSERT INTO "beads" VALUES(1,0,'[0]','[0]','Twenty patients were enrolled.','共纳入20例患者。',0.95,'confirmed','efeea49af6e39020');
INSERT INTO "beads" VALUES(1,1,'[1]','[1]','Pain fell after 3 months.','3个月后疼痛减轻。',0.85,'proposed','82f680041888cc24');
INSERT INTO "beads" VALUES(1,2,'[2]','[2]','Bone cement leakage was seen in 5 patients.','25例出现骨水泥渗漏。',0.75,'proposed','f07252f91a5da37c');
INSERT INTO "beads" VALUES(1,3,'[3]','[3]','No patient died.','无患者死亡。',6.49999999999999911182e-01,'proposed','091ed9aa223c08ba');
INSERT INTO "beads" VALUES(2,0,'[0]','[0]','Vertebroplasty was done at T12.','于T12行椎体成形术。',0.95,'proposed','0e7e2183cd6af182');
INSERT INTO "beads" VALUES(2,1,'[1]','[1]','Bone cement leakage is rare, and it does no harm.','骨水泥渗漏少见。无危害。',0.85,'proposed','924296acdf667fc5');
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    record TEXT NOT NULL DEFAULT '',
    changes TEXT NOT NULL DEFAULT '[]',
    reason TEXT NOT NULL DEFAULT '',
    "of" INTEGER REFERENCES decisions
);
INSERT INTO "decisions" VALUES(1,'2026-11-27T11:24:17.405+00:00','confirm error','alpha','[{"table": "ruling", "key": ["once", "number", "alpha", "f07252f91a5da37c", "English has 5 patients, Chinese has 25例: the numbers differ", "5"], "before": null, "after": {"verdict": "confirmed", "category": "accuracy", "reason": "25 should be 5"}}]','25 should be 5',NULL);
INSERT INTO "decisions" VALUES(2,'2026-11-27T11:24:17.424+00:00','dismiss','alpha','[{"table": "ruling", "key": ["once", "negation", "alpha", "efeea49af6e39020", "A denial may be lost", "twenty"], "before": null, "after": {"verdict": "dismissed", "category": "", "reason": "fine"}}]','fine',NULL);
INSERT INTO "decisions" VALUES(3,'2026-11-27T11:24:17.428+00:00','dismiss','beta','[{"table": "ruling", "key": ["term", "omission", "", "", "", "it"], "before": null, "after": {"verdict": "dismissed", "category": "", "reason": "it is not rendered"}}]','it is not rendered',NULL);
INSERT INTO "decisions" VALUES(4,'2026-11-27T11:24:17.437+00:00','confirm','alpha','[{"table": "alignment", "key": ["alpha"], "before": {"en": [[0, 30], [31, 56], [57, 100], [101, 117]], "zh": [[0, 9], [9, 18], [18, 29], [29, 35]], "beads": [{"en": [0], "zh": [0], "score": 0.95, "state": "proposed"}, {"en": [1], "zh": [1], "score": 0.85, "state": "proposed"}, {"en": [2], "zh": [2], "score": 0.75, "state": "proposed"}, {"en": [3], "zh": [3], "score": 0.6499999999999999, "state": "proposed"}]}, "after": {"en": [[0, 30], [31, 56], [57, 100], [101, 117]], "zh": [[0, 9], [9, 18], [18, 29], [29, 35]], "beads": [{"en": [0], "zh": [0], "score": 0.95, "state": "confirmed"}, {"en": [1], "zh": [1], "score": 0.85, "state": "proposed"}, {"en": [2], "zh": [2], "score": 0.75, "state": "proposed"}, {"en": [3], "zh": [3], "score": 0.6499999999999999, "state": "proposed"}]}}]','',NULL);
INSERT INTO "decisions" VALUES(5,'2026-11-27T11:24:17.448+00:00','accept','','[{"table": "term", "key": ["leak=渗漏", ""], "before": null, "after": {"status": "accepted", "en": "", "zh": "", "note": "house list"}}]','',NULL);
CREATE TABLE failures (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
    record TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    hint TEXT NOT NULL
);
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
INSERT INTO "findings" VALUES(1,1,2,'number','error','English has 5 patients, Chinese has 25例: the numbers differ',32,33,0,2,'accuracy','','5');
INSERT INTO "findings" VALUES(2,1,0,'negation','info','A denial may be lost',0,6,3,5,'accuracy','','twenty');
INSERT INTO "findings" VALUES(3,2,1,'omission','warning','Nothing renders ''it''',33,35,NULL,NULL,'accuracy','','it');
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
INSERT INTO "glossary" VALUES(1,'leak=渗漏','','bone cement leakage','骨水泥渗漏',0.95,2,2,'candidate','[]','["水泥渗漏"]','[]','[2, 1]','','[{"record": "beta", "en": "Bone cement leakage is rare, and it does no harm.", "zh": "骨水泥渗漏少见。无危害。"}]','[]','');
INSERT INTO "glossary" VALUES(2,'vp=成形','','vertebroplasty','椎体成形术',0.8,1,1,'candidate','[]','[]','[]','[]','VP','[]','[]','');
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
INSERT INTO "occurrences" VALUES(1,2,0,'Bone cement leakage','骨水泥渗漏',0,19,5,10,0.9,'leak=渗漏');
INSERT INTO "occurrences" VALUES(2,0,0,'Vertebroplasty','椎体成形术',0,14,5,10,0.9,'vp=成形');
INSERT INTO "occurrences" VALUES(2,1,1,'Bone cement leakage','骨水泥渗漏',0,19,0,5,0.9,'leak=渗漏');
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
, checked INTEGER NOT NULL DEFAULT 1);
INSERT INTO "records" VALUES(1,'alpha',0,'aligned',1,'Twenty patients were enrolled. Pain fell after 3 months. Bone cement leakage was seen in 5 patients. No patient died.','共纳入20例患者。3个月后疼痛减轻。25例出现骨水泥渗漏。无患者死亡。','{"title_en": "Pain after cement", "title_zh": "骨水泥与疼痛"}','[]',1,'[]','0109c9a27f2732ee03eec918c23e949beb33d3a7603e910347b6fc93fc45e5f8',1);
INSERT INTO "records" VALUES(2,'beta',1,'done',0,'Vertebroplasty was done at T12. Bone cement leakage is rare, and it does no harm.','于T12行椎体成形术。骨水泥渗漏少见。无危害。','{}','[]',1,'[]','462bb90cc8d2c2879f5c8bfec2a83d79f3b39c9d251767f7f2dbd54fed3ace2b',1);
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
INSERT INTO "rulings" VALUES('once','negation','alpha','efeea49af6e39020','A denial may be lost','twenty','dismissed','','fine');
INSERT INTO "rulings" VALUES('once','number','alpha','f07252f91a5da37c','English has 5 patients, Chinese has 25例: the numbers differ','5','confirmed','accuracy','25 should be 5');
INSERT INTO "rulings" VALUES('term','omission','','','','it','dismissed','','it is not rendered');
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,
    version TEXT NOT NULL,
    settings TEXT NOT NULL,
    inputs TEXT NOT NULL
);
INSERT INTO "runs" VALUES(1,'',NULL,'','','');
CREATE TABLE sentences (
    record INTEGER NOT NULL REFERENCES records ON DELETE CASCADE,
    language TEXT NOT NULL CHECK (language IN ('en', 'zh')),
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (record, language, number)
) WITHOUT ROWID;
INSERT INTO "sentences" VALUES(1,'en',0,0,30,'Twenty patients were enrolled.');
INSERT INTO "sentences" VALUES(1,'en',1,31,56,'Pain fell after 3 months.');
INSERT INTO "sentences" VALUES(1,'en',2,57,100,'Bone cement leakage was seen in 5 patients.');
INSERT INTO "sentences" VALUES(1,'en',3,101,117,'No patient died.');
INSERT INTO "sentences" VALUES(1,'zh',0,0,9,'共纳入20例患者。');
INSERT INTO "sentences" VALUES(1,'zh',1,9,18,'3个月后疼痛减轻。');
INSERT INTO "sentences" VALUES(1,'zh',2,18,29,'25例出现骨水泥渗漏。');
INSERT INTO "sentences" VALUES(1,'zh',3,29,35,'无患者死亡。');
INSERT INTO "sentences" VALUES(2,'en',0,0,31,'Vertebroplasty was done at T12.');
INSERT INTO "sentences" VALUES(2,'en',1,32,81,'Bone cement leakage is rare, and it does no harm.');
INSERT INTO "sentences" VALUES(2,'zh',0,0,11,'于T12行椎体成形术。');
INSERT INTO "sentences" VALUES(2,'zh',1,11,23,'骨水泥渗漏少见。无危害。');
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "settings" VALUES('glossary','outdated');
CREATE TABLE term_rulings (
    concept TEXT NOT NULL,
    expansion TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL CHECK (status IN ('candidate', 'accepted', 'rejected')),
    en TEXT NOT NULL DEFAULT '',
    zh TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (concept, expansion)
) WITHOUT ROWID;
INSERT INTO "term_rulings" VALUES('leak=渗漏','','accepted','','','house list');
CREATE INDEX records_by_block ON records (block, id);
CREATE INDEX records_by_state ON records (state, id);
CREATE INDEX beads_by_score ON beads (score);
CREATE INDEX beads_by_state ON beads (state) WHERE state <> 'proposed';
CREATE INDEX occurrences_by_concept ON occurrences (concept);
CREATE INDEX glossary_by_concept ON glossary (concept, expansion);
CREATE INDEX findings_by_bead ON findings (record, bead);
CREATE INDEX findings_by_check ON findings ("check", severity);
CREATE INDEX failures_by_record ON failures (record);
CREATE INDEX decisions_by_record ON decisions (record);
CREATE INDEX decisions_of ON decisions ("of") WHERE "of" IS NOT NULL;
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
COMMIT;
