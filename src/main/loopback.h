#ifndef MAIN_LOOPBACK_H
#define MAIN_LOOPBACK_H
/*
 * loopback -- asks our own HTTP API from inside the process, for commands that act as a client would.
 *
 * One connection a request, blocking, to 127.0.0.1 only. A failing answer of the API becomes a
 * status with its code in the detail, never with its words: those may repeat what was sent.
 */
#include "base/status.h"

#include <jansson.h>

struct loopback {
    struct str address; /* "http://127.0.0.1:8000" */
    struct str token;
};

/* JSON in (NULL: no body), JSON out. The caller owns *out (json_decref), NULL for an empty answer. */
enum status loopback_json(const struct loopback *, const char *method, const char *path, const json_t *body,
                          json_t **out, struct err *) MUST_CHECK;

/* POST /api/documents/ with one file. */
enum status loopback_upload(const struct loopback *, int64_t patient_id, struct str file_name,
                            struct str bytes, json_t **out, struct err *) MUST_CHECK;

#endif
