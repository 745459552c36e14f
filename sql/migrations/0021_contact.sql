-- The numbers that write to the clinic, a patient's or not: when they wrote last decides what may be sent there.

CREATE TABLE contact (
    phone             TEXT PRIMARY KEY, -- E.164
    external_id       TEXT UNIQUE,      -- the carrier's own name for the person ("SN.1349…"); NULL: not known
    last_in_at_us     BIGINT,           -- when a message came from there last; NULL: never
    unreachable_at_us BIGINT            -- when the carrier said that nobody has WhatsApp there; NULL: it did not
);
INSERT INTO contact (phone, last_in_at_us) SELECT phone, max(created_at_us) FROM message WHERE direction = 'in' GROUP BY phone;
