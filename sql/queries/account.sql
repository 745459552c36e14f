-- name: user_insert  params: 8  columns: 1
INSERT INTO app_user (email, password_hash, role, full_name, language, is_active, must_change_password, created_at_us, updated_at_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
RETURNING id;

-- name: user_by_id  params: 1  columns: 11
SELECT id, email, password_hash, role, full_name, language, is_active, must_change_password, created_at_us, updated_at_us, last_login_us
  FROM app_user WHERE id = $1;

-- name: user_by_email  params: 1  columns: 11
SELECT id, email, password_hash, role, full_name, language, is_active, must_change_password, created_at_us, updated_at_us, last_login_us
  FROM app_user WHERE email = $1;

-- name: user_count  params: 0  columns: 1
SELECT count(*) FROM app_user;

-- name: user_count_active_admins  params: 1  columns: 1
SELECT count(*) FROM app_user WHERE role = 'admin' AND is_active = 1 AND id <> $1;

-- name: user_list  params: 2  columns: 11
SELECT id, email, password_hash, role, full_name, language, is_active, must_change_password, created_at_us, updated_at_us, last_login_us
  FROM app_user ORDER BY email, id LIMIT $1 OFFSET $2;

-- name: user_update  params: 8  columns: 0
UPDATE app_user
   SET email = $2, password_hash = $3, role = $4, full_name = $5, language = $6, is_active = $7, updated_at_us = $8,
       must_change_password = CASE WHEN password_hash = $3 THEN must_change_password ELSE 0 END
 WHERE id = $1;

-- name: user_delete  params: 1  columns: 0
DELETE FROM app_user WHERE id = $1;

-- name: user_signed_in  params: 2  columns: 0
UPDATE app_user SET last_login_us = $2 WHERE id = $1;

-- name: token_insert  params: 4  columns: 1
INSERT INTO api_token (user_id, name, token_hash, created_at_us) VALUES ($1, $2, $3, $4) RETURNING id;

-- name: token_user  params: 1  columns: 2
SELECT u.id, u.role FROM api_token t JOIN app_user u ON u.id = t.user_id WHERE t.token_hash = $1 AND u.is_active = 1;

-- name: web_session_insert  params: 4  columns: 1
INSERT INTO web_session (user_id, session_hash, created_at_us, expires_at_us) VALUES ($1, $2, $3, $4) RETURNING id;

-- name: web_session_user  params: 2  columns: 2
SELECT u.id, u.role FROM web_session s JOIN app_user u ON u.id = s.user_id
 WHERE s.session_hash = $1 AND s.expires_at_us > $2 AND u.is_active = 1;

-- name: web_session_delete  params: 1  columns: 0
DELETE FROM web_session WHERE session_hash = $1;

-- name: web_session_delete_of_user  params: 1  columns: 0
DELETE FROM web_session WHERE user_id = $1;

-- name: web_session_delete_expired  params: 1  columns: 0
DELETE FROM web_session WHERE expires_at_us <= $1;

-- name: login_attempt_get  params: 1  columns: 2
SELECT failures, last_failure_us FROM login_attempt WHERE subject_hash = $1;

-- name: login_attempt_add  params: 3  columns: 0
INSERT INTO login_attempt (subject_hash, failures, last_failure_us) VALUES ($1, 1, $2)
ON CONFLICT (subject_hash) DO UPDATE
   SET failures = CASE WHEN login_attempt.last_failure_us < $3 THEN 1 ELSE login_attempt.failures + 1 END, last_failure_us = $2;

-- name: login_attempt_forget  params: 1  columns: 0
DELETE FROM login_attempt WHERE subject_hash = $1;

-- name: login_attempt_delete_old  params: 1  columns: 0
DELETE FROM login_attempt WHERE last_failure_us < $1;
