-- What answers are made from and what was asked: passages of documents, conversations, questions.

CREATE TABLE chunk (
    id          @id@, -- self-numbering
    patient_id  BIGINT NOT NULL REFERENCES patient (id) ON DELETE CASCADE,  -- whose
    document_id BIGINT NOT NULL REFERENCES document (id) ON DELETE CASCADE, -- where it stands
    page        BIGINT NOT NULL,   -- from 1
    position    BIGINT NOT NULL,   -- from 0, over the whole document
    x           BIGINT NOT NULL,   -- box around it on the page, 1/720 inch; all 0 when not known
    y           BIGINT NOT NULL,   -- likewise
    w           BIGINT NOT NULL,   -- likewise
    h           BIGINT NOT NULL,   -- likewise
    confidence  BIGINT NOT NULL,   -- 0..100: mean of its words, or its worst figure if that is less
    heading     TEXT NOT NULL,     -- under which it stands; '' when none
    text        TEXT NOT NULL,     -- printed lines
    terms       @blob@ NOT NULL,   -- its stems with their counts (language/terms.h)
    UNIQUE (document_id, position)
);
CREATE INDEX chunk_by_patient ON chunk (patient_id, document_id, position);

-- Conversations: questions under one session id, always of one patient.
CREATE TABLE rag_session (
    id               @id@, -- self-numbering
    patient_id       BIGINT NOT NULL REFERENCES patient (id) ON DELETE CASCADE, -- whose
    session_key      TEXT NOT NULL UNIQUE, -- the session_id of the caller, or one made for it
    context_intent   TEXT NOT NULL,        -- of the last question, for "et pour l'aspirine ?"
    context_subject  TEXT NOT NULL,        -- what it was about, folded words
    context_until_us BIGINT NOT NULL,      -- microseconds UTC; afterwards the context is forgotten
    question_count   BIGINT NOT NULL,      -- so far
    escalated_count  BIGINT NOT NULL,      -- of them with a danger sign
    created_at_us    BIGINT NOT NULL,      -- microseconds UTC
    last_at_us       BIGINT NOT NULL       -- of the last question
);
CREATE INDEX rag_session_by_patient ON rag_session (patient_id, last_at_us);
CREATE INDEX rag_session_by_last ON rag_session (last_at_us);

CREATE TABLE rag_question (
    id           @id@, -- self-numbering
    session_id   BIGINT NOT NULL REFERENCES rag_session (id) ON DELETE CASCADE, -- the conversation
    patient_id   BIGINT NOT NULL REFERENCES patient (id) ON DELETE CASCADE,     -- whose
    message_id   BIGINT UNIQUE,     -- the inbound message that asked; NULL when asked through the API or a command
    asked_by     BIGINT NOT NULL,   -- app_user.id of the caller; 0: the program
    asked_at_us  BIGINT NOT NULL,   -- microseconds UTC
    query        TEXT NOT NULL,     -- as the patient wrote it
    answer       TEXT NOT NULL,     -- as it was given
    language     TEXT NOT NULL,     -- 'fr', 'wo', 'en'
    intent       TEXT NOT NULL,     -- what was understood (understanding/intent.h)
    sources      TEXT NOT NULL,     -- JSON list of {document_id, title, page, quote, date}
    grounded     BIGINT NOT NULL,   -- 1: every word about the record is borne by a source
    escalated    BIGINT NOT NULL,   -- 1: a danger sign
    refused      BIGINT NOT NULL,   -- 1: the record did not hold it
    engine       TEXT NOT NULL,     -- 'local': no model
    timings      TEXT NOT NULL      -- JSON: milliseconds of each step
);
CREATE INDEX rag_question_by_session ON rag_question (session_id, id);
CREATE INDEX rag_question_by_patient ON rag_question (patient_id, id);
