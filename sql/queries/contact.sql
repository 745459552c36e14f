-- The numbers that write to the clinic.

-- name: contact_heard  params: 3  columns: 0
INSERT INTO contact (phone, external_id, last_in_at_us) VALUES ($1, $2, $3)
ON CONFLICT (phone) DO UPDATE
   SET external_id = COALESCE($2, contact.external_id), unreachable_at_us = NULL,
       last_in_at_us = CASE WHEN contact.last_in_at_us IS NULL OR contact.last_in_at_us < $3 THEN $3 ELSE contact.last_in_at_us END;

-- name: contact_lose_id  params: 2  columns: 0
-- A name of the carrier belongs to one number: the newest.
UPDATE contact SET external_id = NULL WHERE external_id = $1 AND phone <> $2;

-- name: contact_get  params: 1  columns: 4
SELECT external_id, last_in_at_us, unreachable_at_us, window_shut_at_us FROM contact WHERE phone = $1;

-- name: contact_phone_of  params: 1  columns: 1
SELECT phone FROM contact WHERE external_id = $1;

-- name: contact_unreachable  params: 2  columns: 0
INSERT INTO contact (phone, unreachable_at_us) VALUES ($1, $2)
ON CONFLICT (phone) DO UPDATE SET unreachable_at_us = $2;

-- name: contact_forget  params: 1  columns: 0
-- Of a number that nobody else has.
DELETE FROM contact WHERE phone = $1 AND (SELECT count(*) FROM patient WHERE patient.phone = $1) <= 1;

-- name: contact_shut_window  params: 2  columns: 0
INSERT INTO contact (phone, window_shut_at_us) VALUES ($1, $2)
ON CONFLICT (phone) DO UPDATE SET window_shut_at_us = $2;
