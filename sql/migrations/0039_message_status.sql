-- The log by status: the few that failed are found, and the many that were read counted, without a look at every message.

CREATE INDEX message_by_status ON message (status, id, direction);
