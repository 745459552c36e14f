-- What was sent to models outside: how much, where to, how it ended. Never its content.

CREATE TABLE model_call (
    id            @id@, -- self-numbering
    at_us         BIGINT NOT NULL,  -- microseconds UTC
    kind          TEXT NOT NULL,    -- 'generate', 'embed_question', 'embed_passages'
    patient_id    BIGINT REFERENCES patient (id) ON DELETE SET NULL, -- whose texts; NULL: the clinic's own, or the patient was erased
    question_id   BIGINT NOT NULL,  -- rag_question.id; 0: none
    provider      TEXT NOT NULL,    -- 'gemini', 'openai'
    model         TEXT NOT NULL,    -- as set
    model_version TEXT NOT NULL,    -- as the service said; '' when it did not
    host          TEXT NOT NULL,    -- where to
    outcome       TEXT NOT NULL,    -- 'generated', 'late' … (models/generator.h), 'OK', 'E_RETRY' …
    http_code     BIGINT NOT NULL,  -- of the last request; 0: no answer came
    requests      BIGINT NOT NULL,  -- made to the service
    texts         BIGINT NOT NULL,  -- embedded; 1 for an answer
    sent_bytes    BIGINT NOT NULL,  -- of all requests
    tokens_in     BIGINT NOT NULL,  -- as the service counted; 0: not said
    tokens_out    BIGINT NOT NULL,  -- likewise
    duration_us   BIGINT NOT NULL   -- waiting and trying again included
);
CREATE INDEX model_call_by_patient ON model_call (patient_id);
CREATE INDEX model_call_by_time ON model_call (at_us);
