-- The messages that wait are the queue: which is due when, in which order, and as what it leaves.

ALTER TABLE message ADD COLUMN lane INTEGER NOT NULL DEFAULT 1; -- what goes first: 0 alerts, 1 replies, 2 notices, 3 broadcasts
ALTER TABLE message ADD COLUMN due_at_us BIGINT; -- out: when it is looked at next; NULL: nothing is to be done. With in_flight: the end of the lease of who sends it
ALTER TABLE message ADD COLUMN transport TEXT NOT NULL DEFAULT 'whatsapp'; -- 'whatsapp', 'sms'
ALTER TABLE message ADD COLUMN template TEXT; -- what it is for, when a template may carry it ('activation'); NULL: free text
ALTER TABLE message ADD COLUMN template_variables TEXT; -- JSON list of strings, in the order of the template; NULL: none
ALTER TABLE message ADD COLUMN replaces_id BIGINT; -- the failed message that this one was made for; NULL: none
CREATE INDEX message_outbox ON message (lane, due_at_us) WHERE due_at_us IS NOT NULL;
UPDATE message SET lane = CASE kind WHEN 'alert' THEN 0 WHEN 'reply' THEN 1 WHEN 'bulk' THEN 3 ELSE 2 END;
UPDATE message SET due_at_us = updated_at_us
 WHERE direction = 'out' AND (in_flight = 1 OR (status IN ('queued', 'sending', 'uncertain') AND (after_id IS NULL OR status <> 'queued')));
UPDATE message SET due_at_us = updated_at_us
 WHERE direction = 'out' AND status = 'queued' AND after_id IN (SELECT id FROM message WHERE status IN ('accepted', 'sent', 'delivered', 'read'));
DELETE FROM job WHERE kind = 'outbox.send';

-- How fast one sender may send, over all nodes (the generic cell rate algorithm, ITU-T I.371).
CREATE TABLE sender_rate (
    sender  TEXT PRIMARY KEY, -- the carrier's name for it
    next_us BIGINT NOT NULL   -- when the next message may leave
);
