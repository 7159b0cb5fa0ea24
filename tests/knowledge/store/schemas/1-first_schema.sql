-- A database of generations as its first version left it.
BEGIN TRANSACTION;
CREATE TABLE "articles" (
   "generation" INTEGER,
   "position" INTEGER,
   "id" TEXT,
   "hash" BLOB,
   PRIMARY KEY ("generation", "position")
);
INSERT INTO "articles" VALUES(1,0,'pont',X'B3120ED6DAB51B35528449030F02664175CE39BCFFE999F58D90978B506B639F');
INSERT INTO "articles" VALUES(1,1,'port',X'5676E6C177BCCE02652C9314172CAC3E39A5613481AFAD83FC23AF5DED450811');
CREATE TABLE "blobs" (
   "generation" INTEGER,
   "name" TEXT,
   "hash" BLOB,
   "body" BLOB,
   PRIMARY KEY ("generation", "name")
);
INSERT INTO "blobs" VALUES(1,'index',X'4D6282602EE9DE17E825DC3D715DCCF02997F03A44CA2B7B2DA9312994FC641C',X'706F7374696E6773');
CREATE TABLE "bodies" (
   "hash" BLOB PRIMARY KEY,
   "body" BLOB
);
INSERT INTO "bodies" VALUES(X'B3120ED6DAB51B35528449030F02664175CE39BCFFE999F58D90978B506B639F',X'6C6520706F6E74');
INSERT INTO "bodies" VALUES(X'5676E6C177BCCE02652C9314172CAC3E39A5613481AFAD83FC23AF5DED450811',X'6C6520706F7274');
CREATE TABLE "generations" (
   "number" INTEGER PRIMARY KEY,
   "digest" TEXT,
   "stamp" TEXT,
   "recipe" TEXT,
   "created" TEXT,
   "articles" INTEGER,
   "head" BLOB
);
INSERT INTO "generations" VALUES(1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','s1','r1','2026-01-01T00:00:00Z',2,X'68656164');
CREATE TABLE "migrations" (
   "version" INTEGER PRIMARY KEY,
   "name" TEXT,
   "applied" TEXT
);
INSERT INTO "migrations" VALUES(1,'first_schema','2026-01-01T00:00:00Z');
CREATE INDEX "idx_articles_hash"
    ON "articles" ("hash");
COMMIT;
