#ifndef BASE_STATUS_H
#define BASE_STATUS_H
/*
 * status -- how a failure travels from where it is known to where it is answered.
 *
 * `enum status` says what the caller can do about it. The caller-owned `struct err` says why, twice:
 * for people (a `struct message`, in their language) and for the log (`detail`, in English, ids only).
 * Neither ever holds a patient's words. An err is zero-initialised by whoever owns it ({0}), is
 * written on failure only, and may always be NULL. Once filled, later failures do not overwrite it:
 * the first reason is the true one.
 */
#include "base/base.h"

enum status {
    OK = 0,
    E_INVALID, /* the client sent something wrong: tell it what        */
    E_DENIED,  /* known caller, not allowed                            */
    E_NOT_FOUND,
    E_CONFLICT,  /* unique key, version clash, wrong state               */
    E_LIMIT,     /* a documented limit was reached                       */
    E_RETRY,     /* busy or a service is down: the same call may work    */
    E_UNCERTAIN, /* a send left and no answer came: never repeat blindly */
    E_INTERNAL,  /* our bug or broken storage: log and alert             */
    STATUS_COUNT
};

/* Words for people. `{}` stands for the argument. Each room keeps its own, as constants. */
struct message {
    const char *code; /* stable, for programs: "phone_invalid" */
    const char *fr;
    const char *en;
};

enum { ERR_FIELDS_MAX = 24, ERR_ARG_BYTES = 96, ERR_DETAIL_BYTES = 200 };

/* One field of the input that is wrong. The name is borrowed and lives as long as the input. */
struct field_error {
    struct str field;
    const struct message *message;
    char arg[ERR_ARG_BYTES];
};

struct err {
    const struct message *message; /* NULL: the general words of the status */
    char arg[ERR_ARG_BYTES];       /* replaces {} in the message */
    char detail[ERR_DETAIL_BYTES]; /* English, for the log */
    int sys;                       /* errno, or 0 */
    int retry_after_s;             /* with E_LIMIT (429) or E_RETRY (503); 0: not said */
    size_t field_count;
    struct field_error fields[ERR_FIELDS_MAX];
};

/* Records why and returns s. `detail` is a printf format for the log; message may be NULL. */
enum status fail(struct err *e, enum status s, const struct message *m, const char *detail, ...) PRINTF(4, 5);

/* The same for a failed system call: errno is kept. */
enum status fail_errno(struct err *e, enum status s, const struct message *m, const char *detail, ...)
    PRINTF(4, 5);

/* Sets the {} argument of the message of e (truncated at a whole character). Call after fail(). */
void err_arg(struct err *e, struct str arg);

/* Adds a wrong field and returns E_INVALID. arg may be empty. Beyond ERR_FIELDS_MAX fields, the rest is left out. */
enum status fail_field(struct err *e, struct str field, const struct message *m, struct str arg);

/* What the three answer, for Clang's analyser, which does not see into them: a failure is not OK. */
#ifdef __clang_analyzer__
#define fail(e, s, ...)       ((fail)((e), (s), __VA_ARGS__), (s))
#define fail_errno(e, s, ...) ((fail_errno)((e), (s), __VA_ARGS__), (s))
#define fail_field(...)       ((fail_field)(__VA_ARGS__), E_INVALID)
#endif

/* Writes the words of m in a language into out (NUL-terminated, truncated at a whole character); returns the length. */
size_t message_text(const struct message *m, enum lang lang, struct str arg, char *out, size_t out_bytes);

/* The general words of a status, for an err that has none. Never NULL. */
const struct message *status_message(enum status s);

/* "E_NOT_FOUND" and so on, for logs. */
const char *status_name(enum status s);

#endif
