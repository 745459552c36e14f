#ifndef SUPPORT_FAKE_SERVICE_H
#define SUPPORT_FAKE_SERVICE_H
/*
 * fake_service -- a service on a loopback port that answers requests in turn with what the test wrote down, and keeps what it was sent.
 */
#include "base/base.h"

enum fake_end {
    FAKE_KEEP, /* the connection stays open */
    FAKE_CUT,  /* half the body, then the connection ends; without a body, nothing at all */
    FAKE_HOLD, /* nothing, until the client gives up */
};

struct fake_answer {
    int code;
    const char *body;    /* NULL: none */
    const char *headers; /* further ones, each with \r\n; NULL: none */
    enum fake_end end;
};

struct fake_service;

/* The answers are borrowed. Requests after the last one get 500. */
struct fake_service *fake_service_start(const struct fake_answer *, size_t count);
void fake_service_stop(struct fake_service *);

/* "http://127.0.0.1:PORT" */
const char *fake_service_url(const struct fake_service *);

size_t fake_service_request_count(struct fake_service *);
size_t fake_service_connection_count(struct fake_service *);

/* Head and body of a request, from 0; fails the test when there was none. */
struct str fake_service_head(struct fake_service *, size_t i);
struct str fake_service_body(struct fake_service *, size_t i);

/* A port on which nobody listens. */
int fake_service_closed_port(void);

#endif
