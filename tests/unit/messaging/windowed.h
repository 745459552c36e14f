#ifndef UNIT_MESSAGING_WINDOWED_H
#define UNIT_MESSAGING_WINDOWED_H
/*
 * windowed -- a world whose carrier lets free text leave only within a day of the person's last message, keeps what it was handed and refuses what
 * the test says.
 */
#include "messaging/world.h"

enum { LEDGER_MAX = 64 };

struct handed {
    int64_t id;
    enum transport transport;
    char to[24], name[64], language[12], variables[600], body[1700];
};

struct windowed {
    struct world w;
    struct handed ledger[LEDGER_MAX];
    int count;
    enum verdict refuse;       /* of the next hand-overs; VERDICT_NONE: taken */
    int refusals;              /* … this many; then all are taken */
    enum template_state state; /* what the carrier says of every template */
    int states_asked;
};

void windowed_open(struct windowed *);
void windowed_close(struct windowed *);

/* A template of the table, as it stands after the carrier was asked. */
int64_t windowed_template(struct windowed *, const char *purpose, enum lang, const char *body,
                          const char *variables, enum template_state);

/* Adds a message and answers its id; runs nothing. */
int64_t windowed_add(struct windowed *, struct outbox_message);
/* A report of the carrier on message id. */
bool windowed_report(struct windowed *, int64_t id, enum message_status, enum verdict, const char *code);

struct message_row windowed_row(struct windowed *, int64_t id);
/* The row that replaces it, or 0. */
int64_t windowed_replacement(struct windowed *, int64_t id);
int64_t windowed_notified(struct windowed *, const char *kind);

#endif
