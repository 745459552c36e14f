-- When broadcasts leave: again and again, not at night, and within what the sender may.

ALTER TABLE broadcast ADD COLUMN quiet_hours TEXT;               -- '21:00-08:00' of the clinic's clock, 'none'; NULL: the clinic's
ALTER TABLE broadcast ADD COLUMN repeats TEXT;                   -- 'daily', 'weekly', 'monthly'; NULL: once
ALTER TABLE broadcast ADD COLUMN repeat_from_us BIGINT;          -- the first time: the others are as many days, weeks, months later on the wall
ALTER TABLE broadcast ADD COLUMN repeat_until_us BIGINT;         -- no run after it; NULL: no end
ALTER TABLE broadcast ADD COLUMN repeat_count BIGINT;            -- no more runs than that; NULL: any number
ALTER TABLE broadcast ADD COLUMN runs BIGINT NOT NULL DEFAULT 0; -- that it has had
ALTER TABLE broadcast ADD COLUMN run_of BIGINT;                  -- of a run: the broadcast that repeats; NULL: none
ALTER TABLE broadcast ADD COLUMN run_at_us BIGINT;               -- of a run: the time that it stands for
ALTER TABLE broadcast ADD COLUMN leave_us BIGINT NOT NULL DEFAULT 0; -- before which rate_per_hour lets no message leave the outbox
ALTER TABLE broadcast ADD COLUMN waits_for TEXT;                 -- 'quiet_hours', 'people_per_day', 'carrier_limit'; NULL: for nothing
ALTER TABLE broadcast ADD COLUMN waits_until_us BIGINT;          -- as far as it is known

-- Whatever two nodes do: one run at each time.
CREATE UNIQUE INDEX broadcast_run ON broadcast (run_of, run_at_us) WHERE run_of IS NOT NULL;

-- What a carrier's refusals have taught of a sender.
CREATE TABLE sender_limit (
    sender          TEXT PRIMARY KEY,          -- the channel's name: 'twilio'
    people          BIGINT NOT NULL DEFAULT 0, -- different people in 24 hours by templates; 0: not known
    learnt_at_us    BIGINT NOT NULL DEFAULT 0, -- when; it is believed for a day
    reached         BIGINT NOT NULL DEFAULT 0, -- to how many people it had written when it was refused
    refused_at_us   BIGINT NOT NULL DEFAULT 0, -- when the carrier refused
    paused_until_us BIGINT NOT NULL DEFAULT 0  -- nothing is sent to many before it
);

-- Whom templates were sent to in the last 24 hours.
CREATE INDEX message_by_template_time ON message (attempted_at_us, phone) WHERE template_name IS NOT NULL;
