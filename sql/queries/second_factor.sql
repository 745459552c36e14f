-- One-time codes, what opens in their place, and links to choose a password.

-- name: otp_begin  params: 3  columns: 0
-- $1 user, $2 sealed secret, $3 now. One that was begun and not confirmed is replaced.
INSERT INTO otp (user_id, secret, used_step, created_at_us) VALUES ($1, $2, 0, $3)
ON CONFLICT (user_id) DO UPDATE SET secret = $2, created_at_us = $3 WHERE otp.confirmed_at_us IS NULL;

-- name: otp_get  params: 1  columns: 4
SELECT secret, COALESCE(confirmed_at_us, 0), used_step,
       (SELECT count(*) FROM otp_recovery r WHERE r.user_id = otp.user_id AND r.used_at_us IS NULL)
  FROM otp WHERE user_id = $1;

-- name: otp_confirm  params: 2  columns: 0
UPDATE otp SET confirmed_at_us = $2 WHERE user_id = $1 AND confirmed_at_us IS NULL;

-- name: otp_use_step  params: 2  columns: 0
-- Whoever comes second with a code changes nothing.
UPDATE otp SET used_step = $2 WHERE user_id = $1 AND used_step < $2;

-- name: otp_delete  params: 1  columns: 0
DELETE FROM otp WHERE user_id = $1;

-- name: otp_recovery_insert  params: 2  columns: 0
INSERT INTO otp_recovery (user_id, code_hash) VALUES ($1, $2);

-- name: otp_recovery_use  params: 3  columns: 0
UPDATE otp_recovery SET used_at_us = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at_us IS NULL;

-- name: otp_recovery_delete  params: 1  columns: 0
DELETE FROM otp_recovery WHERE user_id = $1;

-- name: password_link_insert  params: 5  columns: 1
-- $1 user, $2 kind, $3 hash, $4 now, $5 until when
INSERT INTO password_link (user_id, kind, token_hash, created_at_us, expires_at_us) VALUES ($1, $2, $3, $4, $5) RETURNING id;

-- name: password_link_get  params: 2  columns: 4
SELECT l.id, l.user_id, l.kind, l.expires_at_us FROM password_link l JOIN app_user u ON u.id = l.user_id
 WHERE l.token_hash = $1 AND l.expires_at_us > $2 AND u.is_active = 1;

-- name: password_link_take  params: 2  columns: 0
DELETE FROM password_link WHERE id = $1 AND expires_at_us > $2;

-- name: password_link_delete_of_user  params: 1  columns: 0
DELETE FROM password_link WHERE user_id = $1;

-- name: password_link_delete_expired  params: 1  columns: 0
DELETE FROM password_link WHERE expires_at_us <= $1;

-- name: password_link_count  params: 3  columns: 1
SELECT count(*) FROM password_link WHERE user_id = $1 AND kind = $2 AND expires_at_us > $3;
