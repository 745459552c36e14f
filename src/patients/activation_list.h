#ifndef PATIENTS_ACTIVATION_LIST_H
#define PATIENTS_ACTIVATION_LIST_H
/*
 * activation_list -- when links were sent and used, for the export. Of this room only.
 */
#include "base/status.h"

struct db;

/* ended_at_us 0: still open. */
typedef enum status activation_row_fn(void *ctx, int64_t created_at_us, int64_t expires_at_us,
                                      int64_t ended_at_us, bool used, struct err *);

enum status activation_each(struct db *, int64_t patient_id, activation_row_fn *, void *ctx,
                            struct err *) MUST_CHECK;

#endif
