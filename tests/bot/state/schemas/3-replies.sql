-- A database of the lasting state as the step "replies" left it, with a row of each kind.
BEGIN TRANSACTION;
CREATE TABLE audit (
            id INTEGER PRIMARY KEY, at TEXT NOT NULL, admin INTEGER NOT NULL, act TEXT NOT NULL,
            detail TEXT NOT NULL);
INSERT INTO "audit" VALUES(1,'2026-01-02T09:00:00.000+00:00',7,'reload','');
CREATE TABLE chats (chat INTEGER PRIMARY KEY, language TEXT, quiet INTEGER);
INSERT INTO "chats" VALUES(1290279993257685911,'fr',NULL);
INSERT INTO "chats" VALUES(5479643246269071185,NULL,1);
CREATE TABLE editions (
            digest TEXT PRIMARY KEY, seen TEXT NOT NULL, articles TEXT NOT NULL);
INSERT INTO "editions" VALUES('d1','2026-01-02T08:00:00.000+00:00','{"pont": "0a1b"}');
CREATE TABLE feedback (
            question INTEGER NOT NULL, reader TEXT NOT NULL, good INTEGER NOT NULL, reason TEXT,
            words TEXT, given TEXT NOT NULL, PRIMARY KEY (question, reader));
INSERT INTO "feedback" VALUES(1,'1122334455667788',1,NULL,NULL,'2026-01-02T08:02:00.000+00:00');
CREATE TABLE inbox (
            id INTEGER PRIMARY KEY, body TEXT NOT NULL, tries INTEGER NOT NULL,
            state TEXT NOT NULL, at TEXT);
INSERT INTO "inbox" VALUES(900001,'',1,'done',NULL);
INSERT INTO "inbox" VALUES(900002,'{"update_id": 900002}',0,'waiting',NULL);
INSERT INTO "inbox" VALUES(900003,'{"update_id": 900003}',3,'aside',NULL);
CREATE TABLE kept (id INTEGER PRIMARY KEY, kept TEXT NOT NULL, body TEXT NOT NULL, chat INTEGER);
INSERT INTO "kept" VALUES(1,'2026-01-02T08:00:00.000+00:00','["une page"]',NULL);
CREATE TABLE migrations (name TEXT PRIMARY KEY, applied TEXT NOT NULL);
INSERT INTO "migrations" VALUES('first','2026-01-01T00:00:00+00:00');
INSERT INTO "migrations" VALUES('people','2026-01-01T00:00:00+00:00');
INSERT INTO "migrations" VALUES('replies','2026-01-01T00:00:00+00:00');
CREATE TABLE prompts (
            chat INTEGER NOT NULL, message INTEGER NOT NULL, user INTEGER NOT NULL,
            kind TEXT NOT NULL, detail TEXT NOT NULL, asked TEXT NOT NULL,
            PRIMARY KEY (chat, message));
INSERT INTO "prompts" VALUES(1290279993257685911,14,1290279993257685911,'remark','','2026-01-02T08:03:00.000+00:00');
CREATE TABLE questions (
            id INTEGER PRIMARY KEY, asked TEXT NOT NULL, chat INTEGER NOT NULL,
            reader TEXT NOT NULL, question TEXT NOT NULL, understood TEXT NOT NULL,
            language TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, reason TEXT,
            generation INTEGER NOT NULL, code TEXT NOT NULL, confidence REAL NOT NULL,
            milliseconds REAL NOT NULL, shown TEXT NOT NULL, suggestions TEXT NOT NULL,
            message INTEGER, answer INTEGER, told TEXT, digest TEXT);
INSERT INTO "questions" VALUES(1,'2026-01-02T08:00:00.000+00:00',1290279993257685911,'1122334455667788','Qui a inauguré le pont ?','Qui a inauguré le pont ?','fr','who','answered',NULL,1,'abc123',0.9,3.5,'[]','[]',10,11,'{"terms": {"history": [], "language": null, "outlets": [], "since": null, "until": null, "articles": [], "exclude": [], "today": null}, "reply": {"question": "Qui a inauguré le pont ?", "understood": "Qui a inauguré le pont ?", "language": "fr", "kind": "who", "headline": "La maire.", "evidence": [], "confidence": 0.9, "code": "abc123", "notes": [], "missing": [], "corrections": [], "suggestions": []}}','d1');
INSERT INTO "questions" VALUES(2,'2026-01-02T08:01:00.000+00:00',3877387664026372699,'8877665544332211','Combien ?','Combien a coûté le pont ?','fr','how_many','abstained','no_match',1,'def456',0.1,2.5,'[]','[]',12,13,NULL,NULL);
CREATE TABLE remarks (
            id INTEGER PRIMARY KEY, reader TEXT NOT NULL, words TEXT NOT NULL,
            given TEXT NOT NULL);
INSERT INTO "remarks" VALUES(1,'1122334455667788','Très utile.','2026-01-02T08:04:00.000+00:00');
CREATE TABLE roles (user INTEGER PRIMARY KEY, added TEXT NOT NULL, by INTEGER NOT NULL);
INSERT INTO "roles" VALUES(8,'2026-01-03T00:00:00.000+00:00',7);
CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL);
INSERT INTO "secrets" VALUES('reader',X'000102030405060708090A0B0C0D0E0F');
CREATE TABLE turns (
            id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, thread INTEGER NOT NULL,
            question TEXT NOT NULL, asked TEXT NOT NULL);
INSERT INTO "turns" VALUES(1,1290279993257685911,0,'Qui a inauguré le pont ?','2026-01-02T08:00:00.000+00:00');
CREATE TABLE uploads (
            id INTEGER PRIMARY KEY, admin INTEGER NOT NULL, folder TEXT NOT NULL,
            sent TEXT NOT NULL);
INSERT INTO "uploads" VALUES(1,7,'/nowhere','2026-01-02T09:00:00.000+00:00');
CREATE INDEX questions_asked ON questions (asked);
CREATE INDEX questions_message ON questions (chat, message);
CREATE INDEX turns_chat ON turns (chat, thread);
CREATE INDEX questions_reader ON questions (reader);
CREATE INDEX questions_code ON questions (code);
COMMIT;
