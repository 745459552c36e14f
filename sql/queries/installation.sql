-- name: installation_key_check  params: 0  columns: 1
SELECT key_check FROM installation WHERE id = 1;

-- name: installation_add  params: 2  columns: 0
INSERT INTO installation (id, key_check, created_at_us) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING;
