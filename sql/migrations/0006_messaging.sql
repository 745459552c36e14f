-- Messages in and out, what became of each, and the books of the simulated provider.

CREATE TABLE message (
    id              @id@,                       -- also what a provider is asked by after a crash
    direction       TEXT NOT NULL,              -- 'in', 'out'
    kind            TEXT NOT NULL,              -- 'text' (in); 'reply', 'activation', 'notice', 'alert', 'bulk' (out)
    patient_id      BIGINT REFERENCES patient (id) ON DELETE CASCADE, -- NULL: an unknown number
    phone           TEXT NOT NULL,              -- E.164, of the person
    body            TEXT NOT NULL,              -- as received, or as sent: one part of a long text
    status          TEXT NOT NULL,              -- in: received, processed; out: see message.h
    status_rank     INTEGER NOT NULL,           -- place of the status on its ladder: it only grows
    provider_sid    TEXT UNIQUE,                -- the provider's name for it; NULL until it has one
    dedupe_key      TEXT UNIQUE,                -- why it exists: a second reason of the same name adds nothing; NULL: none
    answers_id      BIGINT,                     -- the received message that it answers; NULL: none
    after_id        BIGINT,                     -- the part that must have left before this one; NULL: the first
    in_flight       INTEGER NOT NULL DEFAULT 0, -- 1: handed to the provider, and the outcome is not recorded yet
    attempts        INTEGER NOT NULL DEFAULT 0, -- hand-overs so far
    attempted_at_us BIGINT,                     -- the last hand-over; NULL: none
    error_code      TEXT,                       -- the provider's, or one of ours ('opted_out', …); NULL: none
    created_at_us   BIGINT NOT NULL,            -- written, or received
    updated_at_us   BIGINT NOT NULL,            -- last change of the status
    sent_at_us      BIGINT,                     -- accepted by the provider; NULL: not yet
    delivered_at_us BIGINT,                     -- NULL: not known
    read_at_us      BIGINT                      -- NULL: not known
);
CREATE INDEX message_by_phone ON message (phone, id);
CREATE INDEX message_by_patient ON message (patient_id, id);
CREATE INDEX message_by_after ON message (after_id);

-- Each status that a message went through, once.
CREATE TABLE message_event (
    id         @id@,                                                        -- in the order of arrival
    message_id BIGINT NOT NULL REFERENCES message (id) ON DELETE CASCADE, -- whose
    status     TEXT NOT NULL,                                               -- reached
    error_code TEXT,                                                        -- with failed; NULL: none
    at_us      BIGINT NOT NULL,                                             -- when we learned of it
    UNIQUE (message_id, status)
);

-- What the simulated provider took: it can be asked, as a real one can, whether a message arrived there.
CREATE TABLE simulator_delivery (
    message_id      BIGINT PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE, -- our message.id
    provider_sid    TEXT NOT NULL UNIQUE,                                           -- "SIM…"
    deliveries      INTEGER NOT NULL,                                               -- times the text reached the phone: must stay 1
    delivered_at_us BIGINT NOT NULL                                                 -- the first time
);
