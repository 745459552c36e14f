-- The record of a patient.

-- name: patient_insert  params: 24  columns: 1
INSERT INTO patient (first_name, last_name, email, phone, date_of_birth, gender, address, medical_history, allergies,
                     current_medications, language, tags, assigned_to, status, updated_at_us, activated_at_us, search_text,
                     last_name_folded, first_name_folded, phone_key, shares_phone, created_by, created_at_us, record_version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
RETURNING id;

-- name: patient_update  params: 22  columns: 0
UPDATE patient
   SET first_name = $1, last_name = $2, email = $3, phone = $4, date_of_birth = $5, gender = $6, address = $7,
       medical_history = $8, allergies = $9, current_medications = $10, language = $11, tags = $12, assigned_to = $13,
       status = $14, updated_at_us = $15, activated_at_us = $16, search_text = $17, last_name_folded = $18,
       first_name_folded = $19, phone_key = $20, shares_phone = $21, record_version = record_version + 1
 WHERE id = $22;

-- name: patient_set_status  params: 4  columns: 0
UPDATE patient
   SET status = $2, updated_at_us = $3, activated_at_us = $4, record_version = record_version + 1
 WHERE id = $1;

-- name: patient_touch  params: 1  columns: 0
UPDATE patient SET record_version = record_version + 1 WHERE id = $1;

-- name: patient_delete  params: 1  columns: 0
DELETE FROM patient WHERE id = $1;

-- name: patient_version  params: 1  columns: 1
SELECT record_version FROM patient WHERE id = $1;

-- name: patient_get  params: 1  columns: 21
SELECT id, first_name, last_name, email, phone, date_of_birth, gender, address, medical_history, allergies,
       current_medications, language, tags, assigned_to, status, created_at_us, updated_at_us, activated_at_us, shares_phone, created_by, record_version
  FROM patient
 WHERE id = $1;

-- name: patient_get_by_phone  params: 1  columns: 21
-- The owner of a number.
SELECT id, first_name, last_name, email, phone, date_of_birth, gender, address, medical_history, allergies,
       current_medications, language, tags, assigned_to, status, created_at_us, updated_at_us, activated_at_us, shares_phone, created_by, record_version
  FROM patient
 WHERE phone_key = $1;

-- name: patient_list_by_phone  params: 1  columns: 21
-- Everybody behind a number, the owner first.
SELECT id, first_name, last_name, email, phone, date_of_birth, gender, address, medical_history, allergies,
       current_medications, language, tags, assigned_to, status, created_at_us, updated_at_us, activated_at_us, shares_phone, created_by, record_version
  FROM patient
 WHERE phone = $1
 ORDER BY shares_phone, id
 LIMIT 20;

-- name: patient_check_active  params: 1  columns: 4
SELECT id, first_name, language, status FROM patient WHERE phone_key = $1;
