-- Messages to many: what is said, to whom, and what became of it for each person.

CREATE TABLE broadcast (
    id                 @id@,
    title              TEXT NOT NULL,             -- for staff; patients do not read it
    content            TEXT NOT NULL,             -- what patients read, in `language`, with fields like {{prenom|cher patient}}
    language           TEXT NOT NULL,             -- of content: 'fr', 'wo', 'en'
    variants           TEXT NOT NULL,             -- JSON object: the content in other languages, {"wo": "…"}
    category           TEXT NOT NULL,             -- a word of the clinic's: 'health_tip'
    template_sid       TEXT,                      -- the carrier's name of the template that serves outside the window; NULL: none
    template_purpose   TEXT,                      -- of that template, when the broadcast started; NULL: none
    template_variables TEXT NOT NULL,             -- JSON object: what stands for the template's own names, with fields
    target_all         INTEGER NOT NULL,          -- 1: everybody, target is {} then
    target             TEXT NOT NULL,             -- JSON object (broadcasts/target.h)
    status             TEXT NOT NULL,             -- 'draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled', 'failed'
    needs              BIGINT NOT NULL DEFAULT 0, -- fields that a recipient must have, as bits (broadcasts/content.h), when it started
    error_code         TEXT,                      -- why it failed, or waits; NULL: nothing to say
    scheduled_at_us    BIGINT,                    -- when it starts by itself; NULL: when somebody says so
    rate_per_hour      BIGINT,                    -- at most so many people an hour; NULL: as fast as the sender may
    version            BIGINT NOT NULL,           -- grows with every change by people: who edits names the one that was read
    created_by         BIGINT NOT NULL,           -- app_user.id; 0: the program
    started_by         BIGINT,                    -- app_user.id; 0: the program; NULL: not started
    created_at_us      BIGINT NOT NULL,
    updated_at_us      BIGINT NOT NULL,
    started_at_us      BIGINT,                    -- NULL: not yet
    finished_at_us     BIGINT,                    -- the last recipient was done, or it was cancelled; NULL: not yet
    frozen_to_id       BIGINT,                    -- the newest patient when it started: nobody later is on the list; NULL: not started
    frozen_id          BIGINT NOT NULL DEFAULT 0, -- the list is made up to this patient
    frozen_at_us       BIGINT,                    -- when the list was whole; NULL: not yet
    next_us            BIGINT NOT NULL DEFAULT 0  -- before which rate_per_hour lets nobody go
);
CREATE INDEX broadcast_by_status ON broadcast (status, id);

-- The ledger: one row a person who was aimed at. patient_id is no foreign key: an erased person leaves a number, so that the counts stay true.
CREATE TABLE broadcast_recipient (
    broadcast_id    BIGINT NOT NULL REFERENCES broadcast (id) ON DELETE CASCADE, -- which
    patient_id      BIGINT NOT NULL,           -- whom
    state           TEXT NOT NULL,             -- 'waiting', 'queued', 'uncertain', 'sent', 'delivered', 'read', 'failed', 'left_out', 'cancelled'
    reason          TEXT NOT NULL,             -- why left out, or the code of the failure; '' otherwise
    message_id      BIGINT,                    -- message.id, the newest that was made for it; NULL: none
    updated_at_us   BIGINT NOT NULL,           -- last change of state
    queued_at_us    BIGINT,                    -- into the outbox; NULL: not yet
    sent_at_us      BIGINT,                    -- taken by the carrier; NULL: not yet
    delivered_at_us BIGINT,                    -- NULL: not known
    read_at_us      BIGINT,                    -- NULL: not known
    PRIMARY KEY (broadcast_id, patient_id)
);
CREATE INDEX broadcast_recipient_by_state ON broadcast_recipient (broadcast_id, state, patient_id);
CREATE INDEX broadcast_recipient_by_patient ON broadcast_recipient (patient_id);

-- How many rows of the ledger are in each state, changed in the transaction that changes the row.
CREATE TABLE broadcast_count (
    broadcast_id BIGINT NOT NULL REFERENCES broadcast (id) ON DELETE CASCADE, -- which
    state        TEXT NOT NULL,   -- as in the ledger
    reason       TEXT NOT NULL,   -- as in the ledger
    n            BIGINT NOT NULL, -- rows
    PRIMARY KEY (broadcast_id, state, reason)
);

ALTER TABLE message ADD COLUMN broadcast_id BIGINT; -- out: the broadcast that it belongs to; NULL: none
CREATE INDEX message_by_broadcast ON message (broadcast_id, patient_id) WHERE broadcast_id IS NOT NULL;

-- The few numbers that several records have: one message a number.
CREATE INDEX patient_shares_phone ON patient (phone) WHERE shares_phone = 1;
