-- part: user
SELECT id, email, password_hash, role, full_name, language, is_active, must_change_password, created_at_us, updated_at_us, last_login_us,
       (SELECT count(*) FROM otp WHERE otp.user_id = app_user.id AND otp.confirmed_at_us IS NOT NULL)
  FROM app_user

-- name: user_insert  params: 8  columns: 1
INSERT INTO app_user (email, password_hash, role, full_name, language, is_active, must_change_password, created_at_us, updated_at_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
RETURNING id;

-- name: user_by_id  params: 1  columns: 12
{user} WHERE id = $1;

-- name: user_by_email  params: 1  columns: 12
{user} WHERE email = $1;

-- name: user_count  params: 0  columns: 1
SELECT count(*) FROM app_user;

-- name: user_count_active_admins  params: 1  columns: 1
-- One who was invited and has no password yet ('-') opens nothing to anybody.
SELECT count(*) FROM app_user WHERE role = 'admin' AND is_active = 1 AND password_hash <> '-' AND id <> $1;

-- name: user_list  params: 2  columns: 12
{user} ORDER BY email, id LIMIT $1 OFFSET $2;

-- name: user_update  params: 9  columns: 0
UPDATE app_user
   SET email = $2, password_hash = $3, role = $4, full_name = $5, language = $6, is_active = $7, must_change_password = $8,
       updated_at_us = $9
 WHERE id = $1;

-- name: user_delete  params: 1  columns: 0
DELETE FROM app_user WHERE id = $1;

-- name: user_signed_in  params: 2  columns: 0
UPDATE app_user SET last_login_us = $2 WHERE id = $1;

-- name: token_insert  params: 5  columns: 1
INSERT INTO api_token (user_id, name, token_hash, created_at_us, expires_at_us) VALUES ($1, $2, $3, $4, $5) RETURNING id;

-- name: token_user  params: 2  columns: 3
SELECT u.id, u.role, t.id FROM api_token t JOIN app_user u ON u.id = t.user_id
 WHERE t.token_hash = $1 AND u.is_active = 1 AND (t.expires_at_us IS NULL OR t.expires_at_us > $2);

-- name: token_seen  params: 2  columns: 0
UPDATE api_token SET last_used_at_us = $2 WHERE id = $1;

-- name: token_count  params: 1  columns: 1
-- $1 whose, 0: everybody's
SELECT count(*) FROM api_token WHERE $1 = 0 OR user_id = $1;

-- name: token_list  params: 3  columns: 8
SELECT t.id, t.name, t.user_id, u.email, u.full_name, t.created_at_us, t.last_used_at_us, t.expires_at_us
  FROM api_token t JOIN app_user u ON u.id = t.user_id
 WHERE $1 = 0 OR t.user_id = $1
 ORDER BY t.id DESC LIMIT $2 OFFSET $3;

-- name: token_get  params: 1  columns: 8
SELECT t.id, t.name, t.user_id, u.email, u.full_name, t.created_at_us, t.last_used_at_us, t.expires_at_us
  FROM api_token t JOIN app_user u ON u.id = t.user_id
 WHERE t.id = $1;

-- name: token_delete  params: 2  columns: 1
-- $2 whose, 0: anybody's
DELETE FROM api_token WHERE id = $1 AND ($2 = 0 OR user_id = $2) RETURNING user_id;

-- name: web_session_insert  params: 5  columns: 1
INSERT INTO web_session (user_id, session_hash, created_at_us, expires_at_us, browser) VALUES ($1, $2, $3, $4, $5) RETURNING id;

-- name: web_session_seen  params: 2  columns: 0
UPDATE web_session SET last_used_at_us = $2 WHERE id = $1;

-- name: web_session_list  params: 2  columns: 5
SELECT id, browser, created_at_us, last_used_at_us, expires_at_us FROM web_session
 WHERE user_id = $1 AND expires_at_us > $2 ORDER BY COALESCE(last_used_at_us, created_at_us) DESC, id DESC LIMIT 100;

-- name: web_session_delete_one  params: 2  columns: 0
DELETE FROM web_session WHERE id = $1 AND user_id = $2;

-- name: web_session_delete_others  params: 2  columns: 0
DELETE FROM web_session WHERE user_id = $1 AND id <> $2;

-- name: web_session_user  params: 2  columns: 4
SELECT u.id, u.role, s.id, u.must_change_password FROM web_session s JOIN app_user u ON u.id = s.user_id
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
