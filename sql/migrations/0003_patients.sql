-- The people of the clinic, what they agreed to, and the links by which they confirm.

-- What lists and look-ups need stands before the long texts: SQLite reads a row from its front.
CREATE TABLE patient (
    id                  @id@,                       -- never given to another person's record together with a version
    phone               TEXT NOT NULL UNIQUE,       -- E.164, "+221771234567"
    status              TEXT NOT NULL,              -- 'pending', 'active', 'inactive'
    language            TEXT NOT NULL DEFAULT 'fr', -- of messages: 'fr', 'wo', 'en'
    record_version      BIGINT NOT NULL,            -- grows whenever anything that answers are made from changes
    created_at_us       BIGINT NOT NULL,            -- microseconds UTC
    updated_at_us       BIGINT NOT NULL,            -- last change of what the API shows
    activated_at_us     BIGINT,                     -- first confirmation; NULL before it
    assigned_to         BIGINT REFERENCES app_user(id) ON DELETE SET NULL, -- the doctor who follows the person; NULL: nobody yet
    created_by          BIGINT,                     -- the user who made the record; NULL for an import
    search_text         TEXT NOT NULL,              -- names, phone and e-mail, folded: lower case without accents
    last_name_folded    TEXT NOT NULL,              -- for ordering
    first_name_folded   TEXT NOT NULL,              -- for ordering
    first_name          TEXT NOT NULL,              -- as the person writes it
    last_name           TEXT NOT NULL,              -- as the person writes it
    email               TEXT NOT NULL DEFAULT '',   -- '' when none
    date_of_birth       TEXT,                       -- ISO 8601 day; NULL when not known
    gender              TEXT NOT NULL DEFAULT '',   -- 'M', 'F', 'O' or '' when not said
    tags                TEXT NOT NULL DEFAULT '[]', -- JSON list of strings, for targeting
    address             TEXT NOT NULL DEFAULT '',   -- as the person writes it
    medical_history     TEXT NOT NULL DEFAULT '',   -- free text of the clinic
    allergies           TEXT NOT NULL DEFAULT '',   -- free text of the clinic
    current_medications TEXT NOT NULL DEFAULT ''    -- free text of the clinic
);
-- The order of the default list, with what ?status= and ?search= look at: a search reads this index and only the rows that it finds.
CREATE INDEX patient_by_created ON patient (created_at_us, id, status, search_text);
CREATE INDEX patient_by_name ON patient (last_name_folded, first_name_folded);
CREATE INDEX patient_by_assigned ON patient (assigned_to);

-- Every yes and no, kept as history; the newest row of a purpose counts.
CREATE TABLE consent (
    id          @id@, -- self-numbering
    patient_id  BIGINT NOT NULL REFERENCES patient (id) ON DELETE CASCADE, -- whose
    purpose     TEXT NOT NULL,   -- 'messages', 'assistant', 'external_model'
    granted     INTEGER NOT NULL, -- 1 yes, 0 no
    source      TEXT NOT NULL,   -- 'activation', 'confirm', 'whatsapp', 'staff'
    recorded_by BIGINT,          -- the user who recorded it; NULL when the person did
    created_at_us  BIGINT NOT NULL -- microseconds UTC
);
CREATE INDEX consent_by_patient ON consent (patient_id, purpose, id);

-- One-time links sent to a number. The token itself is kept nowhere.
CREATE TABLE activation (
    id         @id@, -- self-numbering
    patient_id BIGINT NOT NULL REFERENCES patient (id) ON DELETE CASCADE, -- whose
    token_hash @blob@ NOT NULL UNIQUE, -- BLAKE2b-256 of the token
    phone      TEXT NOT NULL,          -- the number it was sent to; void when the record has another by now
    created_at_us BIGINT NOT NULL, -- microseconds UTC
    expires_at_us BIGINT NOT NULL, -- microseconds UTC
    ended_at_us   BIGINT,                 -- when it was used or replaced; NULL while it is open
    used       INTEGER NOT NULL DEFAULT 0 -- 1 when it activated the record
);
CREATE INDEX activation_by_patient ON activation (patient_id);
