#ifndef UNIT_BROADCASTS_STATION_H
#define UNIT_BROADCASTS_STATION_H
/*
 * station -- a clinic with broadcasts: world.h with this room behind it, people of every sort, and what a test asks of the ledger.
 */
#include "broadcasts/fill.h"
#include "messaging/world.h"

struct station {
    struct world w;
    struct broadcasts room;
    struct bulk_desk desk;
    struct job_kind kinds[MESSAGING_JOB_KINDS + BROADCASTS_JOB_KINDS + 1];
};

void station_open(struct station *);
void station_close(struct station *);

/* An active patient with the number +221770000000 + n. */
int64_t station_add_person(struct station *, int n);
/* People 1..count, written straight into the database, all willing; their ids follow one another. */
void station_add_many(struct station *, int count);

struct broadcast_actor station_actor(struct station *);

/* A draft to all: "Bonjour {{prenom|vous}}". */
struct broadcast station_blank(void);
int64_t station_write(struct station *, struct broadcast);
struct broadcast station_get(struct station *, int64_t id);

/* Jobs and messages until nothing more is to be done now. */
void station_run(struct station *);

int64_t station_count(struct station *, int64_t id, enum recipient_state);
/* "" when there is no such row. */
struct recipient station_recipient(struct station *, int64_t id, int64_t patient_id);
/* Fails unless the counts are those of the rows. */
void station_check_counts(struct station *, int64_t id);
/* How often the carrier delivered messages of a broadcast: total, and the most to one person. */
int64_t station_deliveries(struct station *, int64_t id, int64_t *most);

/* Runs SQL of the test's own with up to three integers. */
int64_t station_sql(struct station *, const char *sql, int params, int64_t a, int64_t b, int64_t c);

#endif
