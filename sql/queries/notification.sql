-- name: notification_insert  params: 5  columns: 1
INSERT INTO notification (kind, severity, patient_id, object_id, created_at_us) VALUES ($1, $2, $3, $4, $5) RETURNING id;

-- name: alert_user  params: 1  columns: 2
SELECT email, language FROM app_user WHERE id = $1 AND is_active = 1;

-- name: alert_users_of_role  params: 1  columns: 2
SELECT email, language FROM app_user WHERE role = $1 AND is_active = 1 ORDER BY id;

-- name: alert_unread  params: 1  columns: 1
-- How grave a notification is that nobody has read.
SELECT severity FROM notification WHERE id = $1 AND read_at_us IS NULL;

-- name: notification_count  params: 1  columns: 1
SELECT count(*) FROM notification WHERE ($1 = 0 OR read_at_us IS NULL);

-- name: notification_unread_of_kind  params: 1  columns: 1
SELECT count(*) FROM notification WHERE kind = $1 AND read_at_us IS NULL;

-- name: notification_list  params: 3  columns: 8
SELECT id, kind, severity, patient_id, object_id, created_at_us, read_at_us, read_by FROM notification
 WHERE ($1 = 0 OR read_at_us IS NULL)
 ORDER BY CASE WHEN read_at_us IS NULL THEN 0 ELSE 1 END, severity DESC, created_at_us DESC, id DESC LIMIT $2 OFFSET $3;

-- name: notification_by_id  params: 1  columns: 8
SELECT id, kind, severity, patient_id, object_id, created_at_us, read_at_us, read_by FROM notification WHERE id = $1;

-- name: notification_mark_read  params: 3  columns: 0
UPDATE notification SET read_at_us = $2, read_by = $3 WHERE id = $1 AND read_at_us IS NULL;

-- name: notification_forget_document  params: 1  columns: 0
DELETE FROM notification WHERE object_id = $1 AND kind LIKE 'document.%';

-- name: notification_forget_patient  params: 1  columns: 0
DELETE FROM notification WHERE patient_id = $1;
