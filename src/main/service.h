#ifndef MAIN_SERVICE_H
#define MAIN_SERVICE_H
/*
 * service -- the rooms opened on a data directory that nobody else serves, with their HTTP server and job workers: what `serve` is, and what
 * `demo` plays against. Opened step by step; service_close() takes back whatever was opened, in reverse order.
 *
 * One thread: the main one. Signals are blocked before the first thread starts, so that they reach only who waits for them.
 */
#include "main/rooms.h"
#include "main/sending.h"

#include <signal.h>

struct service {
    struct app app;
    struct rooms rooms;
    struct job_signal *signal;
    struct sending *sending;
    struct job_runner *runner;
    struct static_site *site; /* NULL: the dashboard is not built */
    struct http_server *server;
    int lock_fd, database_lock_fd;
    sigset_t stop_signals; /* SIGTERM, SIGINT, and SIGHUP unless it was ignored (nohup) */
};

/* Settings, the locks on data directory and database (E_CONFLICT: another process serves them), database, rooms; the first administrator is made
 * and printed on stdout when there is no user. */
enum status service_open(struct service *, bool migrate, struct err *) MUST_CHECK;

/* The rooms beside another process that serves the data, or none: to read and to write, without locks, jobs and sender of its own. */
enum status service_open_beside(struct service *, struct err *) MUST_CHECK;

/* Starts the sender and the job workers. Without them, messages and jobs wait until somebody runs them (job_run_due). */
enum status service_start_jobs(struct service *, struct err *) MUST_CHECK;

/* The dashboard that is built beside the program. Without it everything else works: said at once, not by a browser's error. */
enum status service_open_site(struct service *, struct err *) MUST_CHECK;

enum status service_listen(struct service *, struct str listen, struct err *) MUST_CHECK;

/* A new API token in the name of the first administrator. */
enum status service_own_token(struct service *, struct str name, char token[TOKEN_TEXT_BYTES],
                              struct err *) MUST_CHECK;

/* Finishes what is under way. Does not return when a job does not end: its lease will expire, and it runs again later. */
void service_close(struct service *);

/* The same, but returns false when a job does not end: only _exit() or exec may follow then, and nothing else is closed. */
bool service_drain(struct service *) MUST_CHECK;

#endif
