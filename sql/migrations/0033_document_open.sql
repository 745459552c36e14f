-- What is being read, and what waits for a person, found without looking at every document.

CREATE INDEX document_open ON document (status, error_code, names_another, illegible_count, patient_id, id)
    WHERE status <> 'indexed' OR names_another = 1 OR illegible_count > 0;
