#ifndef TESTS_UNIT_HTTP_TEST_SITE_H
#define TESTS_UNIT_HTTP_TEST_SITE_H
/*
 * test_site -- a small site for the tests of the server: a route for each way of answering.
 */
#include <pthread.h>

#include "http/server.h"

struct site {
    struct http_server *server;
    struct str address;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int waiting; /* handlers of /wait/ that wait at the gate */
    bool open;   /* the gate */
    int uploads_closed, streams_done;
    int64_t header_deadline_us, body_deadline_us;
    int http_threads, request_workers;
    const char *listen, *public_url;
};

/* Fields that are set already are kept; the others get defaults. */
void site_start(struct site *);
void site_stop(struct site *, int64_t grace_us);

/* Waits until n handlers of /wait/ are at the gate. */
void site_await_waiting(struct site *, int n);
void site_open_gate(struct site *);

enum { SITE_BODY_MAX = 1000, SITE_FILE_MAX = 200 * 1024 };

#endif
