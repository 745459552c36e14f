-- Approved words for people who have not written for a day, and messages that wait until they write.

CREATE TABLE template (
    id               @id@, -- self-numbering
    purpose          TEXT NOT NULL,   -- what it is for: 'activation', 'waiting', 'broadcast', 'reminder', or a name of the clinic's own
    language         TEXT NOT NULL,   -- of the people who get it: 'fr', 'wo', 'en'
    carrier_name     TEXT NOT NULL,   -- the carrier's name for it: "HX…" of Twilio, "activation_patient" of Meta
    carrier_language TEXT NOT NULL,   -- the language under which the carrier approved it, which may have no Wolof: "fr", "en_US"
    body             TEXT NOT NULL,   -- its words, with {{1}}, {{2}} … for what changes
    variables        TEXT NOT NULL,   -- JSON list: the names of {{1}}, {{2}} …, in order
    category         TEXT NOT NULL,   -- 'UTILITY', 'MARKETING', 'AUTHENTICATION'
    state            TEXT NOT NULL,   -- what the carrier says: 'unknown', 'pending', 'approved', 'rejected', 'paused'
    checked_at_us    BIGINT,          -- when the carrier said it last; NULL: never
    created_at_us    BIGINT NOT NULL, -- microseconds UTC
    updated_at_us    BIGINT NOT NULL, -- likewise
    UNIQUE (purpose, language)
);

-- template_variables of a message is from now on a JSON object: the value of each name.
ALTER TABLE message ADD COLUMN template_name TEXT; -- the carrier's name of the template that it left as; NULL: as free text
ALTER TABLE message ADD COLUMN waiting_for TEXT; -- 'person': held until the person writes, or is given up at due_at_us; NULL: not held
CREATE INDEX message_held ON message (phone, id) WHERE waiting_for IS NOT NULL;
CREATE INDEX message_replaces ON message (replaces_id) WHERE replaces_id IS NOT NULL;
ALTER TABLE contact ADD COLUMN window_shut_at_us BIGINT; -- the carrier refused free text then: only what the person wrote later counts; NULL: it did not
