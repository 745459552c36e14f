-- name: migration_list  params: 0  columns: 2
SELECT number, hash FROM schema_migration ORDER BY number;

-- name: migration_insert  params: 4  columns: 0
INSERT INTO schema_migration (number, name, hash, applied_at_us) VALUES ($1, $2, $3, $4);
