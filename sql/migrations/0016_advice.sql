-- Leaflets and advice that the clinic publishes for all its patients. Nothing in them is about any patient.

CREATE TABLE advice (
    id              @id@, -- self-numbering
    title           TEXT NOT NULL,    -- as patients see it
    body            TEXT NOT NULL,    -- plain text; a line that begins with # is a heading; '' until it is written or read
    search_text     TEXT NOT NULL,    -- title and body, folded, for finding it in the list
    language        TEXT NOT NULL,    -- 'fr', 'wo', 'en'
    status          TEXT NOT NULL,    -- 'draft', 'published', 'withdrawn'
    version         BIGINT NOT NULL,  -- grows with every change
    file_name       TEXT NOT NULL,    -- of the file that the body was read from; '' when it was typed
    blob_name       TEXT NOT NULL,    -- its encrypted bytes while they wait to be read; '' otherwise
    reading         TEXT NOT NULL,    -- of that file: '', 'pending', 'read', 'failed'
    error_code      TEXT NOT NULL,    -- why it failed, or what of it was not read; '' otherwise
    created_by      BIGINT NOT NULL,  -- app_user.id
    created_at_us   BIGINT NOT NULL,
    updated_by      BIGINT NOT NULL,  -- app_user.id; 0: the program, when it had read the file
    updated_at_us   BIGINT NOT NULL,
    published_by    BIGINT,           -- app_user.id of the last who did; NULL: never
    published_at_us BIGINT            -- when that was
);
CREATE INDEX advice_by_status ON advice (status, id);
CREATE INDEX advice_by_blob ON advice (blob_name);

-- Passages of what is published now, and of nothing else.
CREATE TABLE advice_chunk (
    id        @id@, -- self-numbering
    advice_id BIGINT NOT NULL REFERENCES advice (id) ON DELETE CASCADE, -- where it stands
    position  BIGINT NOT NULL,  -- from 0
    heading   TEXT NOT NULL,    -- under which it stands; '' when none
    text      TEXT NOT NULL,    -- its lines
    terms     @blob@ NOT NULL,  -- its stems with their counts (language/terms.h)
    UNIQUE (advice_id, position)
);

-- One row: what was made from the collection in memory is of this version.
CREATE TABLE advice_collection (
    id      BIGINT PRIMARY KEY CHECK (id = 1),
    version BIGINT NOT NULL -- grows whenever what is published changes
);
INSERT INTO advice_collection (id, version) VALUES (1, 1);

-- A kept answer that holds advice is erased with it.
ALTER TABLE idempotency ADD COLUMN advice_id BIGINT REFERENCES advice (id) ON DELETE CASCADE; -- NULL: holds none
CREATE INDEX idempotency_advice ON idempotency (advice_id);
