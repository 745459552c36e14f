-- Conversations with a number on WhatsApp, and the codes by which people who share a number are told apart.

CREATE TABLE conversation (
    id                  @id@,                    -- self-numbering
    key                 TEXT NOT NULL UNIQUE,    -- "whatsapp_221771234567_20261123": the number and the day when it began
    phone               TEXT NOT NULL,           -- E.164
    patient_id          BIGINT REFERENCES patient (id) ON DELETE SET NULL, -- who writes; NULL: several have the number, and none has shown a code
    person_until_us     BIGINT NOT NULL,         -- with several: until when that is believed; 0: known by the number alone
    state               TEXT NOT NULL,           -- who answers: 'assistant', 'doctor'
    doctor_id           BIGINT REFERENCES app_user (id) ON DELETE SET NULL, -- who took it over; NULL: nobody
    taken_at_us         BIGINT,                  -- when; NULL: nobody has it
    waiting_since_us    BIGINT,                  -- since when the person waits for a doctor; NULL: for nobody
    remind_at_us        BIGINT,                  -- when a doctor is reminded of it next; NULL: not any more
    reminders           INTEGER NOT NULL,        -- sent since the person waits
    expects             INTEGER NOT NULL,        -- what we asked for: 0 nothing, 1 who writes, 2 a code, 3 the word that asks for erasure
    expects_id          BIGINT,                  -- whose code; NULL: none
    expects_until_us    BIGINT NOT NULL,         -- until when that counts
    in_count            INTEGER NOT NULL,        -- messages of the person
    assistant_count     INTEGER NOT NULL,        -- answered by the program
    doctor_count        INTEGER NOT NULL,        -- replies of doctors
    started_at_us       BIGINT NOT NULL,         -- the first message
    last_message_at_us  BIGINT NOT NULL,         -- the last message of the person
    expires_at_us       BIGINT NOT NULL          -- a day after that: it is closed
);
CREATE INDEX conversation_by_phone ON conversation (phone, id);
CREATE INDEX conversation_by_last ON conversation (last_message_at_us);
CREATE INDEX conversation_by_patient ON conversation (patient_id);
CREATE INDEX conversation_waiting ON conversation (waiting_since_us) WHERE waiting_since_us IS NOT NULL;

CREATE TABLE access_code (
    patient_id      BIGINT PRIMARY KEY REFERENCES patient (id) ON DELETE CASCADE, -- whose
    code_hash       @blob@ NOT NULL,  -- keyed BLAKE2b-256 of the person and the code: the database alone betrays none
    failures        INTEGER NOT NULL, -- wrong tries since the last right one
    locked_until_us BIGINT NOT NULL,  -- 0: not locked
    made_by         BIGINT,           -- app_user.id
    created_at_us   BIGINT NOT NULL   -- microseconds UTC
);

-- What has come and is not answered yet, by number.
CREATE INDEX message_waiting ON message (phone, id) WHERE status = 'received';
