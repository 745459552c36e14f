-- What a sender may: learnt from the carrier's refusals, and counted from the messages themselves.

-- name: sender_limit_get  params: 1  columns: 5
SELECT people, learnt_at_us, reached, refused_at_us, paused_until_us FROM sender_limit WHERE sender = $1;

-- name: sender_limit_set  params: 6  columns: 0
INSERT INTO sender_limit (sender, people, learnt_at_us, reached, refused_at_us, paused_until_us) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (sender) DO UPDATE
   SET people = excluded.people, learnt_at_us = excluded.learnt_at_us, reached = excluded.reached, refused_at_us = excluded.refused_at_us,
       paused_until_us = excluded.paused_until_us;

-- name: sender_people  params: 1  columns: 1
-- $1 since when. What the carrier did not take does not count.
SELECT count(DISTINCT phone) FROM message
 WHERE template_name IS NOT NULL AND attempted_at_us > $1
   AND (in_flight = 1 OR status IN ('accepted', 'sent', 'delivered', 'read', 'uncertain'));

-- name: sender_people_oldest  params: 2  columns: 1
-- $1 since when, $2 how many older ones are passed over
SELECT attempted_at_us FROM message
 WHERE template_name IS NOT NULL AND attempted_at_us > $1
   AND (in_flight = 1 OR status IN ('accepted', 'sent', 'delivered', 'read', 'uncertain'))
 ORDER BY attempted_at_us
 LIMIT 1 OFFSET $2;
