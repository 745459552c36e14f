-- Conversations as the inbox shows them: who wrote for the clinic, what doctors did when, and how far the clinic has read.

ALTER TABLE message ADD COLUMN author_id BIGINT; -- out: app_user.id of the person who wrote it; NULL: the program
ALTER TABLE contact ADD COLUMN seen_message_id BIGINT; -- message.id up to which somebody of the clinic has read the number; NULL: nothing

CREATE TABLE conversation_event (
    id              @id@,                   -- in the order in which it was done
    conversation_id BIGINT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE, -- where
    phone           TEXT NOT NULL,          -- its number
    patient_id      BIGINT REFERENCES patient (id) ON DELETE SET NULL, -- who wrote there then; NULL: not known
    kind            TEXT NOT NULL,          -- 'take_over', 'release', 'done' (nothing more waits there)
    user_id         BIGINT NOT NULL,        -- app_user.id of who did it
    at_us           BIGINT NOT NULL         -- microseconds UTC
);
CREATE INDEX conversation_event_by_phone ON conversation_event (phone, at_us);
CREATE INDEX conversation_event_by_patient ON conversation_event (patient_id, at_us);
CREATE INDEX conversation_event_by_conversation ON conversation_event (conversation_id);
INSERT INTO conversation_event (conversation_id, phone, patient_id, kind, user_id, at_us)
SELECT c.id, c.phone, c.patient_id, CASE a.action WHEN 'session.release' THEN 'release' ELSE 'take_over' END, a.actor_id, a.at_us
  FROM audit a JOIN conversation c ON c.id = a.object_id
 WHERE a.object_type = 'session' AND a.action IN ('session.take_over', 'session.release')
 ORDER BY a.id;

-- Who is answered by a doctor.
CREATE INDEX conversation_taken ON conversation (taken_at_us) WHERE taken_at_us IS NOT NULL;
