-- name: audit_insert  params: 6  columns: 0
INSERT INTO audit (at_us, actor_id, action, object_type, object_id, hash) VALUES ($1, $2, $3, $4, $5, $6);

-- name: audit_last_hash  params: 0  columns: 1
SELECT hash FROM audit ORDER BY id DESC LIMIT 1;

-- name: audit_after  params: 2  columns: 7
SELECT id, at_us, actor_id, action, object_type, object_id, hash FROM audit WHERE id > $1 ORDER BY id LIMIT $2;

-- name: audit_count  params: 2  columns: 1
SELECT count(*) FROM audit WHERE ($1 = '' OR object_type = $1) AND ($2 = 0 OR object_id = $2);

-- name: audit_list  params: 4  columns: 7
SELECT id, at_us, actor_id, action, object_type, object_id, hash FROM audit
 WHERE ($1 = '' OR object_type = $1) AND ($2 = 0 OR object_id = $2)
 ORDER BY id DESC LIMIT $3 OFFSET $4;
