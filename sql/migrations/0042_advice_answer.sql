-- Which questions a sheet of the clinic's advice was quoted to: what it is good for, and whether it ever was.

CREATE TABLE advice_answer (
    advice_id   BIGINT NOT NULL REFERENCES advice (id) ON DELETE CASCADE,       -- the sheet
    question_id BIGINT NOT NULL REFERENCES rag_question (id) ON DELETE CASCADE, -- whose answer quotes it, once or more
    asked_at_us BIGINT NOT NULL, -- of the question: the last days are counted without reading what was asked
    PRIMARY KEY (advice_id, question_id)
);
CREATE INDEX advice_answer_by_time ON advice_answer (advice_id, asked_at_us, question_id);
CREATE INDEX advice_answer_by_question ON advice_answer (question_id);

-- Answers of before say it in their sources, as this program wrote them: no space, and a quotation mark of a title has a backslash before it.
INSERT INTO advice_answer (advice_id, question_id, asked_at_us)
SELECT a.id, q.id, q.asked_at_us
  FROM rag_question q JOIN advice a ON q.sources LIKE '%"collection":"advice","document_id":' || a.id || ',%'
 WHERE q.sources LIKE '%"collection":"advice"%';
