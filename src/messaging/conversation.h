#ifndef MESSAGING_CONVERSATION_H
#define MESSAGING_CONVERSATION_H
/*
 * conversation -- what inbound messages need of conversations, which sessions/ keeps: that room comes after this one.
 *
 * A conversation is what one number and the clinic say to each other until the person has been silent for 24 hours. Who writes is known by
 * the number alone, or, where several active patients have it, by a code that one of them has shown.
 */
#include "base/arena.h"
#include "base/status.h"
#include "patients/patient.h"

struct db;

/* What the last thing that we said asks for. */
enum conversation_expects { EXPECTS_NOTHING, EXPECTS_PERSON, EXPECTS_CODE, EXPECTS_ERASURE };

enum code_state {
    CODE_NONE,   /* the clinic gave this person none */
    CODE_LOCKED, /* wrong too often */
    CODE_WRONG,
    CODE_RIGHT
};

struct conversation {
    int64_t id;     /* 0: this message begins it */
    struct str key; /* "whatsapp_221771234567_20261123" */
    bool by_doctor;
    int64_t person_id, person_until_us; /* who has shown the code, and how long that holds; 0: nobody */
    enum conversation_expects expects;
    int64_t expects_id; /* whose code; 0: none */
};

/* One message, as it is kept. */
struct conversation_turn {
    struct str phone;
    int64_t at_us, now_us; /* when it came, and now */
    int64_t patient_id;    /* whose words these are; 0: not known yet */
    int64_t doctor_id;     /* of the patient; 0: nobody */
    int64_t person_id, person_until_us;
    enum conversation_expects expects;
    int64_t expects_id;
    bool wants_doctor; /* from now on somebody waits for a doctor */
    bool answered;     /* by the assistant */
};

struct conversation_desk {
    void *ctx;
    /* The conversation of a number at this time. Reads only. */
    enum status (*look)(void *ctx, struct db *, struct arena *, struct str phone, int64_t at_us,
                        struct conversation *, struct err *);
    /*
     * Inside the caller's transaction: writes the turn; *id is the conversation. E_CONFLICT: it is not any more what `before` says
     * (a doctor took it, somebody else showed a code): decide again.
     */
    enum status (*turn)(void *ctx, struct db *, struct arena *, const struct conversation *before,
                        const struct conversation_turn *, int64_t *id, struct err *);
    /* Reads only. An empty code: whether one can be shown at all (CODE_WRONG: yes). */
    enum status (*check_code)(void *ctx, struct db *, struct arena *, int64_t patient_id, struct str code,
                              int64_t now_us, enum code_state *, struct err *);
    /*
     * Inside the caller's transaction: counts a try; *state is what it came to, as of now. The last wrong one locks and tells the
     * doctor.
     */
    enum status (*try_code)(void *ctx, struct db *, struct arena *, int64_t patient_id, struct str code,
                            int64_t now_us, enum code_state *, struct err *);
};

#endif
