-- What was marked as dealt with can be taken back: since when a person had waited there.

ALTER TABLE conversation_event ADD COLUMN waited_since_us BIGINT; -- of 'done': conversation.waiting_since_us before it; NULL: nobody waited
