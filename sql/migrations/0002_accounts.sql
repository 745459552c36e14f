-- People and programs that may sign in, what they did, and what the doctors have to see.

CREATE TABLE app_user (
    id                   @id@,
    email                TEXT NOT NULL UNIQUE,       -- lower case; also the name to sign in with
    password_hash        TEXT NOT NULL,              -- Argon2id, libsodium's text form
    role                 TEXT NOT NULL,              -- 'admin', 'doctor', 'nurse', 'service'
    full_name            TEXT NOT NULL,              -- as colleagues read it: "Dr Awa NDIAYE"
    language             TEXT NOT NULL,              -- 'fr', 'en'
    is_active            BIGINT NOT NULL,            -- 0: can no longer sign in
    must_change_password BIGINT NOT NULL,            -- 1: the password was made by the program
    created_at_us        BIGINT NOT NULL,
    updated_at_us        BIGINT NOT NULL,
    last_login_us        BIGINT                      -- NULL: never
);

-- Keys for programs. The key itself is shown once and never stored.
CREATE TABLE api_token (
    id            @id@,
    user_id       BIGINT NOT NULL REFERENCES app_user(id) ON DELETE CASCADE, -- in whose name
    name          TEXT NOT NULL,                     -- what it is for, in the owner's words
    token_hash    @blob@ NOT NULL UNIQUE,            -- keyed BLAKE2b-256 of the key
    created_at_us BIGINT NOT NULL
);
CREATE INDEX api_token_user ON api_token (user_id);

-- Browsers that are signed in.
CREATE TABLE web_session (
    id            @id@,
    user_id       BIGINT NOT NULL REFERENCES app_user(id) ON DELETE CASCADE, -- in whose name
    session_hash  @blob@ NOT NULL UNIQUE,            -- keyed BLAKE2b-256 of the cookie
    created_at_us BIGINT NOT NULL,
    expires_at_us BIGINT NOT NULL                    -- a browser that is not used signs in again
);
CREATE INDEX web_session_user ON web_session (user_id);

-- Failed sign-ins, by account name and by address, so that guessing slows down.
CREATE TABLE login_attempt (
    subject_hash    @blob@ PRIMARY KEY,              -- keyed BLAKE2b-256 of the e-mail or the address: neither is stored
    failures        BIGINT NOT NULL,                 -- in a row, forgotten after a success or a day
    last_failure_us BIGINT NOT NULL                  -- the wait counts from here
);

-- Who did what to which record, chained: hash = BLAKE2b-256(previous hash, fields of this row).
CREATE TABLE audit (
    id          @id@,
    at_us       BIGINT NOT NULL,                     -- when
    actor_id    BIGINT NOT NULL,                     -- app_user.id; 0: the program itself
    action      TEXT NOT NULL,                       -- 'patient.create', 'login', …
    object_type TEXT NOT NULL,                       -- 'patient', 'document', …
    object_id   BIGINT NOT NULL,                     -- 0: none
    hash        @blob@ NOT NULL                      -- 32 bytes
);
CREATE INDEX audit_object ON audit (object_type, object_id);

-- Something that a doctor must see. Holds no words of a patient, only where they stand.
CREATE TABLE notification (
    id            @id@,
    kind          TEXT NOT NULL,                     -- 'patient.activated', 'question.escalated', 'document.failed', …
    severity      BIGINT NOT NULL,                   -- 0 to know, 1 to look at, 2 danger to a patient
    patient_id    BIGINT,                            -- NULL: about no patient
    object_id     BIGINT,                            -- the question, document or message; NULL: none
    created_at_us BIGINT NOT NULL,
    read_at_us    BIGINT,                            -- NULL: not read
    read_by       BIGINT                             -- app_user.id
);
CREATE INDEX notification_unread ON notification (read_at_us, severity, created_at_us);
CREATE INDEX notification_patient ON notification (patient_id);

-- What a POST with an Idempotency-Key answered, so that the same request answers it again for 24 hours.
CREATE TABLE idempotency (
    key_hash      @blob@ PRIMARY KEY,                -- BLAKE2b-256 of caller, method, path and key
    request_hash  @blob@ NOT NULL,                   -- BLAKE2b-256 of query and body
    http          BIGINT NOT NULL,                   -- the status code; 0 inside the transaction that makes it
    body          @blob@,                            -- the answer
    created_at_us BIGINT NOT NULL                    -- forgotten 24 h later
);
CREATE INDEX idempotency_created ON idempotency (created_at_us);
