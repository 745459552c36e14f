-- A kept answer that holds a patient's data is erased with the patient.

ALTER TABLE idempotency ADD COLUMN patient_id BIGINT REFERENCES patient(id) ON DELETE CASCADE; -- NULL: nobody's data
CREATE INDEX idempotency_patient ON idempotency (patient_id);
DELETE FROM idempotency; -- of those, nobody knows whose data they hold
