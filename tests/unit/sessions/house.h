#ifndef UNIT_SESSIONS_HOUSE_H
#define UNIT_SESSIONS_HOUSE_H
/*
 * house -- a clinic with conversations: a doctor, patients, and an assistant whose every answer says whose record it is from.
 */
#include "messaging/world.h"

#include "accounts/alert.h"
#include "sessions/access_code.h"
#include "sessions/session.h"

#define REMINDER_US (15 * MINUTE_US)

struct house {
    struct world w;
    struct sessions sessions;
    struct conversation_desk desk;
    struct alerts alerts;
    int64_t doctor_id, colleague_id;
    void (*while_asked)(struct house *); /* what happens while the assistant thinks; NULL: nothing */
};

void house_open(struct house *);
void house_close(struct house *);

/* An active person of the number; with `shares` beside its owner. */
int64_t house_add(struct house *, const char *first_name, struct str phone, bool shares);
/* A new code; static storage of the caller. */
void house_code(struct house *, int64_t patient_id, char code[ACCESS_CODE_DIGITS + 1]);

/* Says it, lets everything happen, and answers the newest text to that phone. */
struct str house_say(struct house *, struct str phone, const char *text);
/* Only takes it in: nothing is answered yet. */
void house_hear(struct house *, struct str phone, const char *text);

/* The newest conversation of the clinic. */
struct session house_session(struct house *);
enum status house_take(struct house *, int64_t user_id, bool force);
enum status house_reply(struct house *, int64_t user_id, const char *body, bool names, int64_t patient_id);

int64_t house_count(struct house *, const char *sql); /* one number */
int64_t house_told(struct house *, const char *kind); /* notifications of a kind */
bool house_holds(struct str body, const char *words);

#endif
