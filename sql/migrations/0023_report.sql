-- Messages that a carrier took and never reported on are asked for; and what waits is counted by lane without reading the rows.

ALTER TABLE message ADD COLUMN ask_at_us BIGINT; -- out: when the carrier is asked how far it has come; NULL: its reports said, or nobody is asked
CREATE INDEX message_ask ON message (ask_at_us) WHERE ask_at_us IS NOT NULL;
DROP INDEX message_outbox;
CREATE INDEX message_outbox ON message (lane, due_at_us, created_at_us) WHERE due_at_us IS NOT NULL;
