-- Broadcasts, their ledger of recipients and its counts.

-- part: due
-- $1 broadcast, $2 at most, $3 0, or since when a person must have written. What keeps somebody from being written to now stands in the last column.
SELECT r.patient_id, COALESCE(p.phone, ''), COALESCE(p.first_name, ''), COALESCE(p.last_name, ''), COALESCE(p.language, 'fr'),
       COALESCE(u.full_name, ''),
       CASE WHEN p.id IS NULL THEN 'erased'
            WHEN p.phone = '' THEN 'no_number'
            WHEN p.status <> 'active' THEN p.status
            ELSE CASE COALESCE((SELECT c.granted FROM consent AS c
                                 WHERE c.patient_id = p.id AND c.purpose = 'messages' ORDER BY c.id DESC LIMIT 1), -1)
                 WHEN 0 THEN 'opted_out'
                 WHEN 1 THEN CASE WHEN $3 > 0 AND NOT EXISTS (SELECT 1 FROM contact AS w WHERE w.phone = p.phone AND w.last_in_at_us > $3
                                                                 AND w.last_in_at_us > COALESCE(w.window_shut_at_us, 0))
                                  THEN 'window_closed'
                                  WHEN EXISTS (SELECT 1 FROM patient AS q WHERE q.phone = p.phone AND q.id <> p.id
                                                  AND EXISTS (SELECT 1 FROM broadcast_recipient AS o
                                                               WHERE o.broadcast_id = $1 AND o.patient_id = q.id
                                                                 AND (o.state NOT IN ('waiting', 'left_out', 'cancelled')
                                                                      OR (o.state = 'waiting' AND q.id < p.id))))
                                  THEN 'same_number'
                                  ELSE '' END
                 ELSE 'no_consent' END
       END

-- name: broadcast_insert  params: 22  columns: 1
INSERT INTO broadcast (title, content, language, variants, category, template_sid, template_variables, target_all, target, status, scheduled_at_us,
                       rate_per_hour, version, created_by, created_at_us, updated_at_us, quiet_hours, repeats, repeat_from_us, repeat_until_us,
                       repeat_count, run_of, run_at_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16, $17, $18, $19, $20, $21, $22)
RETURNING id;

-- name: broadcast_save  params: 19  columns: 0
-- $1 id, $2 the version that was read, $14 now. Only what has not started.
UPDATE broadcast
   SET title = $3, content = $4, language = $5, variants = $6, category = $7, template_sid = $8, template_variables = $9, target_all = $10,
       target = $11, status = CASE WHEN $12 IS NULL THEN 'draft' ELSE 'scheduled' END, scheduled_at_us = $12, rate_per_hour = $13,
       version = version + 1, updated_at_us = $14, error_code = NULL, quiet_hours = $15, repeats = $16, repeat_from_us = $17,
       repeat_until_us = $18, repeat_count = $19
 WHERE id = $1 AND version = $2 AND status IN ('draft', 'scheduled');

-- name: broadcast_mark_deleted  params: 1  columns: 0
UPDATE broadcast SET status = 'deleted' WHERE id = $1 AND status NOT IN ('sending', 'paused', 'deleted');

-- name: broadcast_delete  params: 1  columns: 0
DELETE FROM broadcast WHERE id = $1 AND status = 'deleted';

-- name: broadcast_get  params: 1  columns: 38
SELECT id, title, content, language, variants, category, template_sid, template_purpose, template_variables, target_all, target, status, error_code,
       scheduled_at_us, rate_per_hour, version, created_by, created_at_us, updated_at_us, started_at_us, finished_at_us, frozen_to_id, frozen_id,
       frozen_at_us, next_us, started_by, needs, quiet_hours, repeats, repeat_from_us, repeat_until_us, repeat_count, runs, run_of,
       run_at_us, waits_for, waits_until_us, leave_us
  FROM broadcast
 WHERE id = $1 AND status <> 'deleted';

-- name: broadcast_count  params: 2  columns: 1
SELECT count(*) FROM broadcast WHERE status <> 'deleted' AND ($1 = '' OR status = $1) AND ($2 = 0 OR run_of = $2);

-- name: broadcast_list  params: 4  columns: 38
SELECT id, title, content, language, variants, category, template_sid, template_purpose, template_variables, target_all, target, status, error_code,
       scheduled_at_us, rate_per_hour, version, created_by, created_at_us, updated_at_us, started_at_us, finished_at_us, frozen_to_id, frozen_id,
       frozen_at_us, next_us, started_by, needs, quiet_hours, repeats, repeat_from_us, repeat_until_us, repeat_count, runs, run_of,
       run_at_us, waits_for, waits_until_us, leave_us
  FROM broadcast
 WHERE status <> 'deleted' AND ($1 = '' OR status = $1) AND ($2 = 0 OR run_of = $2)
 ORDER BY id DESC
 LIMIT $3 OFFSET $4;

-- name: broadcast_start  params: 7  columns: 0
-- $1 id, $2 the version that was checked, $3 now, $4 the newest patient, $5 purpose of the template, $6 who, $7 needed fields
UPDATE broadcast
   SET status = 'sending', started_at_us = $3, updated_at_us = $3, frozen_to_id = $4, frozen_id = 0, frozen_at_us = NULL, template_purpose = $5,
       started_by = $6, needs = $7, error_code = NULL, version = version + 1, next_us = $3, leave_us = 0, waits_for = NULL, waits_until_us = NULL
 WHERE id = $1 AND version = $2 AND status IN ('draft', 'scheduled');

-- name: broadcast_set_status  params: 6  columns: 0
-- $1 id, $2 from, $3 to, $4 now, $5 error or NULL, $6 end or NULL
UPDATE broadcast
   SET status = $3, updated_at_us = $4, error_code = $5, finished_at_us = $6, version = version + 1
 WHERE id = $1 AND status = $2;

-- name: broadcast_lock  params: 1  columns: 0
-- Whoever writes the row first moves its recipients; who comes second waits.
UPDATE broadcast SET next_us = next_us WHERE id = $1 AND status = 'sending';

-- name: broadcast_frozen  params: 4  columns: 0
-- $1 id, $2 up to which patient the list was made, and is now ($3), $4 when it is whole or NULL
UPDATE broadcast SET frozen_id = $3, frozen_at_us = $4 WHERE id = $1 AND frozen_id = $2;

-- name: broadcast_paced  params: 2  columns: 0
UPDATE broadcast SET next_us = $2 WHERE id = $1;

-- name: broadcast_leave  params: 2  columns: 0
UPDATE broadcast SET leave_us = $2 WHERE id = $1;

-- name: broadcast_queued_by_template  params: 0  columns: 1
SELECT COALESCE(sum(c.n), 0) FROM broadcast AS b JOIN broadcast_count AS c ON c.broadcast_id = b.id AND c.state = 'queued'
 WHERE b.status = 'sending' AND b.template_purpose IS NOT NULL;

-- name: broadcast_waits  params: 3  columns: 0
UPDATE broadcast SET waits_for = $2, waits_until_us = $3 WHERE id = $1;

-- name: broadcast_waits_longer  params: 3  columns: 0
UPDATE broadcast SET waits_for = $2, waits_until_us = $3 WHERE id = $1 AND (waits_until_us IS NULL OR waits_until_us < $3);

-- name: broadcast_next_run  params: 6  columns: 0
-- $1 id, $2 the version and $3 the time that were read, $4 its next time or NULL: it is over, $5 status, $6 now
UPDATE broadcast
   SET scheduled_at_us = $4, status = $5, runs = runs + 1, version = version + 1, updated_at_us = $6,
       finished_at_us = CASE WHEN $4 IS NULL THEN $6 ELSE NULL END
 WHERE id = $1 AND version = $2 AND scheduled_at_us = $3 AND status = 'scheduled';

-- name: broadcast_resume_scheduled  params: 5  columns: 0
-- $1 id, $2 the version that was read, $3 its time or NULL: it is over, $4 status, $5 now
UPDATE broadcast
   SET scheduled_at_us = $3, status = $4, version = version + 1, updated_at_us = $5,
       finished_at_us = CASE WHEN $3 IS NULL THEN $5 ELSE NULL END
 WHERE id = $1 AND version = $2 AND status = 'paused' AND started_at_us IS NULL;

-- name: broadcast_reopen  params: 2  columns: 0
-- One of its last is sent again.
UPDATE broadcast SET status = 'sending', finished_at_us = NULL, error_code = NULL, updated_at_us = $2 WHERE id = $1 AND status IN ('sent', 'failed');

-- name: broadcast_finish  params: 2  columns: 0
-- Nobody is under way any more. It failed when some failed and nobody got it.
UPDATE broadcast
   SET status = CASE WHEN EXISTS (SELECT 1 FROM broadcast_count AS f WHERE f.broadcast_id = $1 AND f.state = 'failed' AND f.n > 0)
                      AND NOT EXISTS (SELECT 1 FROM broadcast_count AS g
                                       WHERE g.broadcast_id = $1 AND g.state IN ('sent', 'delivered', 'read', 'uncertain') AND g.n > 0)
                     THEN 'failed' ELSE 'sent' END,
       error_code = CASE WHEN EXISTS (SELECT 1 FROM broadcast_count AS f WHERE f.broadcast_id = $1 AND f.state = 'failed' AND f.n > 0)
                          AND NOT EXISTS (SELECT 1 FROM broadcast_count AS g
                                           WHERE g.broadcast_id = $1 AND g.state IN ('sent', 'delivered', 'read', 'uncertain') AND g.n > 0)
                         THEN 'all_failed' ELSE NULL END,
       finished_at_us = $2, updated_at_us = $2
 WHERE id = $1 AND status = 'sending' AND frozen_at_us IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM broadcast_count AS o
                    WHERE o.broadcast_id = $1 AND o.n > 0 AND (o.state IN ('waiting', 'queued') OR (o.state = 'uncertain' AND o.reason = '')));

-- name: broadcast_unfinished  params: 2  columns: 4
-- What a job has to go on with, a page of it: those after $1.
SELECT b.id, b.status, COALESCE(b.scheduled_at_us, 0), b.version
  FROM broadcast AS b
 WHERE b.id > $1
   AND (b.status IN ('scheduled', 'sending', 'deleted')
        OR (b.status = 'cancelled'
            AND EXISTS (SELECT 1 FROM broadcast_count AS c WHERE c.broadcast_id = b.id AND c.state = 'waiting' AND c.n > 0)))
 ORDER BY b.id
 LIMIT $2;

-- ---- the ledger ----

-- name: recipient_get  params: 2  columns: 2
SELECT state, reason FROM broadcast_recipient WHERE broadcast_id = $1 AND patient_id = $2;

-- name: recipient_move  params: 7  columns: 0
-- $1 broadcast, $2 patient, $3 the state that was read, $4 the new one, $5 reason, $6 message or NULL, $7 now
UPDATE broadcast_recipient
   SET state = $4, reason = $5, message_id = COALESCE($6, message_id), updated_at_us = $7,
       queued_at_us = CASE WHEN $4 = 'queued' THEN COALESCE(queued_at_us, $7) ELSE queued_at_us END,
       sent_at_us = CASE WHEN $4 IN ('sent', 'delivered', 'read') THEN COALESCE(sent_at_us, $7) ELSE sent_at_us END,
       delivered_at_us = CASE WHEN $4 IN ('delivered', 'read') THEN COALESCE(delivered_at_us, $7) ELSE delivered_at_us END,
       read_at_us = CASE WHEN $4 = 'read' THEN COALESCE(read_at_us, $7) ELSE read_at_us END
 WHERE broadcast_id = $1 AND patient_id = $2 AND state = $3;

-- name: recipient_tally  params: 4  columns: 0
INSERT INTO broadcast_count (broadcast_id, state, reason, n) VALUES ($1, $2, $3, $4)
ON CONFLICT (broadcast_id, state, reason) DO UPDATE SET n = broadcast_count.n + excluded.n;

-- name: recipient_counts  params: 1  columns: 3
SELECT state, reason, n FROM broadcast_count WHERE broadcast_id = $1 AND n <> 0 ORDER BY state, reason;

-- name: recipient_list  params: 3  columns: 11
SELECT r.broadcast_id, r.patient_id, r.message_id, r.state, r.reason, r.updated_at_us, r.queued_at_us, r.sent_at_us, r.delivered_at_us, r.read_at_us,
       (SELECT p.first_name || ' ' || p.last_name FROM patient AS p WHERE p.id = r.patient_id)
  FROM broadcast_recipient AS r
 WHERE r.broadcast_id = $1
 ORDER BY r.patient_id
 LIMIT $2 OFFSET $3;

-- name: recipient_list_in_state  params: 5  columns: 11
-- $3 a reason, or '' for any
SELECT r.broadcast_id, r.patient_id, r.message_id, r.state, r.reason, r.updated_at_us, r.queued_at_us, r.sent_at_us, r.delivered_at_us, r.read_at_us,
       (SELECT p.first_name || ' ' || p.last_name FROM patient AS p WHERE p.id = r.patient_id)
  FROM broadcast_recipient AS r
 WHERE r.broadcast_id = $1 AND r.state = $2 AND ($3 = '' OR r.reason = $3)
 ORDER BY r.patient_id
 LIMIT $4 OFFSET $5;

-- name: recipient_due  params: 3  columns: 7
{due}
  FROM (SELECT patient_id FROM broadcast_recipient WHERE broadcast_id = $1 AND state = 'waiting' ORDER BY patient_id LIMIT $2) AS r
  LEFT JOIN patient AS p ON p.id = r.patient_id
  LEFT JOIN app_user AS u ON u.id = p.assigned_to
 ORDER BY r.patient_id;

-- name: recipient_due_open  params: 4  columns: 7
-- Only who has written since $4 and may be written to freely: from the contacts, of which there are fewer than people on a long list.
{due}
  FROM (SELECT o.patient_id
          FROM contact AS k
          JOIN patient AS n ON n.phone = k.phone
          JOIN broadcast_recipient AS o ON o.broadcast_id = $1 AND o.patient_id = n.id AND o.state = 'waiting'
         WHERE k.last_in_at_us > $4 AND k.last_in_at_us > COALESCE(k.window_shut_at_us, 0)
         ORDER BY o.patient_id LIMIT $2) AS r
  JOIN patient AS p ON p.id = r.patient_id
  LEFT JOIN app_user AS u ON u.id = p.assigned_to
 ORDER BY r.patient_id;

-- name: recipient_values  params: 1  columns: 4
SELECT p.first_name, p.last_name, COALESCE(u.full_name, ''), p.language FROM patient AS p LEFT JOIN app_user AS u ON u.id = p.assigned_to WHERE p.id = $1;

-- name: recipient_pass  params: 2  columns: 8
SELECT b.status, COALESCE((SELECT p.status FROM patient AS p WHERE p.id = $2), 'inactive'), COALESCE(b.quiet_hours, ''), COALESCE(b.rate_per_hour, 0),
       b.leave_us, CASE WHEN b.template_purpose IS NULL THEN 0 ELSE 1 END, COALESCE(b.waits_for, ''), COALESCE(b.waits_until_us, 0)
  FROM broadcast AS b WHERE b.id = $1;

-- name: recipient_withdraw  params: 2  columns: 0
-- The ledger's side of it, before the messages go.
UPDATE broadcast_recipient
   SET state = 'waiting', message_id = NULL, queued_at_us = NULL, updated_at_us = $2
 WHERE broadcast_id = $1 AND state = 'queued'
   AND message_id IN (SELECT m.id FROM message AS m WHERE m.broadcast_id = $1 AND m.status = 'queued' AND m.attempts = 0 AND m.in_flight = 0
                         AND m.replaces_id IS NULL);

-- name: recipient_withdraw_messages  params: 1  columns: 0
DELETE FROM message WHERE broadcast_id = $1 AND status = 'queued' AND attempts = 0 AND in_flight = 0 AND replaces_id IS NULL;

-- name: recipient_cancel  params: 3  columns: 0
-- $1 broadcast, $2 now, $3 at most: who waits is not written to any more.
UPDATE broadcast_recipient
   SET state = 'cancelled', updated_at_us = $2
 WHERE broadcast_id = $1 AND patient_id IN (SELECT patient_id FROM broadcast_recipient WHERE broadcast_id = $1 AND state = 'waiting'
                                             ORDER BY patient_id LIMIT $3);

-- name: recipient_delete  params: 2  columns: 0
-- At most $2 rows of a broadcast that was deleted.
DELETE FROM broadcast_recipient
 WHERE broadcast_id = $1 AND patient_id IN (SELECT patient_id FROM broadcast_recipient WHERE broadcast_id = $1 ORDER BY patient_id LIMIT $2);

-- name: recipient_any  params: 1  columns: 1
SELECT count(*) FROM (SELECT 1 FROM broadcast_recipient WHERE broadcast_id = $1 LIMIT 1) AS r;

-- ---- of one patient ----

-- name: recipient_of_patient  params: 1  columns: 5
SELECT r.broadcast_id, b.title, r.state, r.reason, r.updated_at_us
  FROM broadcast_recipient AS r
  JOIN broadcast AS b ON b.id = r.broadcast_id
 WHERE r.patient_id = $1 AND b.status <> 'deleted'
 ORDER BY r.broadcast_id;

-- name: recipient_open_of_patient  params: 3  columns: 1
-- $1 patient, $2 after which broadcast, $3 at most
SELECT broadcast_id FROM broadcast_recipient
 WHERE patient_id = $1 AND broadcast_id > $2 AND (state IN ('waiting', 'queued') OR (state = 'uncertain' AND reason = ''))
 ORDER BY broadcast_id
 LIMIT $3;

-- name: recipient_forget_messages  params: 1  columns: 0
UPDATE broadcast_recipient SET message_id = NULL WHERE patient_id = $1;

-- ---- the report ----

-- name: report_delivery  params: 1  columns: 3
-- How long the carrier took: of how many that is known, the median, and within which time 95 of 100 were there.
SELECT count(*), COALESCE(max(CASE WHEN x.place <= (x.n + 1) / 2 THEN x.us END), 0), COALESCE(max(CASE WHEN x.place <= (x.n * 95 + 99) / 100 THEN x.us END), 0)
  FROM (SELECT delivered_at_us - sent_at_us AS us, row_number() OVER (ORDER BY delivered_at_us - sent_at_us) AS place, count(*) OVER () AS n
          FROM broadcast_recipient WHERE broadcast_id = $1 AND delivered_at_us IS NOT NULL) AS x;

-- name: report_reading  params: 1  columns: 3
-- How long people took, from when it was there: the same.
SELECT count(*), COALESCE(max(CASE WHEN x.place <= (x.n + 1) / 2 THEN x.us END), 0), COALESCE(max(CASE WHEN x.place <= (x.n * 95 + 99) / 100 THEN x.us END), 0)
  FROM (SELECT read_at_us - delivered_at_us AS us, row_number() OVER (ORDER BY read_at_us - delivered_at_us) AS place, count(*) OVER () AS n
          FROM broadcast_recipient WHERE broadcast_id = $1 AND read_at_us IS NOT NULL) AS x;

-- name: report_replies  params: 2  columns: 2
-- $2 for how long after it was sent: people who wrote, and their messages.
SELECT count(DISTINCT r.patient_id), count(*)
  FROM broadcast_recipient AS r
  JOIN message AS m ON m.patient_id = r.patient_id AND m.direction = 'in' AND m.created_at_us > r.sent_at_us AND m.created_at_us <= r.sent_at_us + $2
 WHERE r.broadcast_id = $1 AND r.sent_at_us IS NOT NULL;

-- name: report_hours  params: 4  columns: 3
-- $2 for how long a reply counts, $3 an hour, $4 up to when: what happened in each hour since 1970, the first reply of a person.
SELECT x.at_us / $3, x.what, count(*)
  FROM (SELECT 'sent' AS what, sent_at_us AS at_us FROM broadcast_recipient WHERE broadcast_id = $1 AND sent_at_us IS NOT NULL
        UNION ALL
        SELECT 'delivered', delivered_at_us FROM broadcast_recipient WHERE broadcast_id = $1 AND delivered_at_us IS NOT NULL
        UNION ALL
        SELECT 'read', read_at_us FROM broadcast_recipient WHERE broadcast_id = $1 AND read_at_us IS NOT NULL
        UNION ALL
        SELECT 'replied', min(m.created_at_us)
          FROM broadcast_recipient AS r
          JOIN message AS m ON m.patient_id = r.patient_id AND m.direction = 'in' AND m.created_at_us > r.sent_at_us AND m.created_at_us <= r.sent_at_us + $2
         WHERE r.broadcast_id = $1 AND r.sent_at_us IS NOT NULL
         GROUP BY r.patient_id) AS x
 WHERE x.at_us < $4
 GROUP BY x.at_us / $3, x.what
 ORDER BY x.at_us / $3, x.what;

-- name: report_rows  params: 4  columns: 11
-- $2 a state or '', $3 after which patient, $4 at most.
SELECT r.patient_id, COALESCE(p.first_name, ''), COALESCE(p.last_name, ''), COALESCE(p.phone, ''), r.state, r.reason, r.queued_at_us, r.sent_at_us,
       r.delivered_at_us, r.read_at_us, r.updated_at_us
  FROM broadcast_recipient AS r
  LEFT JOIN patient AS p ON p.id = r.patient_id
 WHERE r.broadcast_id = $1 AND ($2 = '' OR r.state = $2) AND r.patient_id > $3
 ORDER BY r.patient_id
 LIMIT $4;
