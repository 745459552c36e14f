#ifndef MESSAGING_FLOW_H
#define MESSAGING_FLOW_H
/*
 * flow -- what is done about a received message: the decision alone, without doing it. Pure.
 *
 * Safety comes first: a danger sign is answered whoever writes and whoever holds the conversation. Then the words that act, then who
 * writes: where several active patients have the number, nothing of a record is said before one of them has shown the code.
 */
#include "messaging/conversation.h"
#include "messaging/word.h"
#include "patients/patient.h"

enum flow_step {
    FLOW_IGNORE,  /* nothing is answered */
    FLOW_UNKNOWN, /* polite fixed text, once a day */
    FLOW_STOP,    /* withdraw the consent to messages, confirm once */
    FLOW_START,   /* give it again */
    FLOW_HELP,
    FLOW_ACTIVATE,   /* the person agreed */
    FLOW_DECLINE,    /* the person said no before agreeing */
    FLOW_LINK_OVER,  /* agreed by a link that is over, or never got one */
    FLOW_LINK_WHICH, /* several people of the number were sent a link: a yes must be by one of them */
    FLOW_PENDING,    /* explain how to agree */
    FLOW_INACTIVE,
    FLOW_ASSISTANT_OFF,
    FLOW_ASK,
    FLOW_MEDIA,         /* told when it has been fetched, or not (media.h) */
    FLOW_TROUBLE,       /* no answer could be made: said so, and the doctor told */
    FLOW_DANGER,        /* the fixed emergency text; the doctor told */
    FLOW_DOCTOR,        /* the person wants a doctor */
    FLOW_RECORD,        /* what is held about the person */
    FLOW_ERASE_EXPLAIN, /* what erasing means, and the word that asks for it */
    FLOW_ERASE,         /* the request is recorded for the clinic */
    FLOW_WHO,           /* several people have the number: who writes? */
    FLOW_CODE,          /* that person's code is asked for */
    FLOW_CODE_WRONG,
    FLOW_CODE_LOCKED,
    FLOW_CODE_MISSING, /* the clinic gave that person none */
    FLOW_IDENTIFIED,
    FLOW_SILENT /* a doctor has the conversation */
};

struct flow_facts {
    bool known; /* a patient has this number */
    enum patient_status status;
    bool link_open;     /* an activation link of this patient is open */
    bool token_given;   /* a token stands in the message … */
    bool token_fits;    /* … and is this patient's open one */
    bool links_many;    /* several people of the number have an open link */
    bool assistant_off; /* the consent to the assistant was withdrawn */
    bool empty;         /* no text: a picture, a voice note */
    bool media;         /* something came with it */
    bool danger;        /* a danger sign stands in the message */
    bool by_doctor;     /* a doctor has the conversation */
    bool shared;        /* several active patients have the number … */
    bool identified;    /* … and the one who writes has shown the code */
    bool picked;        /* the message names one of them */
    bool code_given;    /* a code was asked for, and the message is one */
    enum code_state code;
    enum conversation_expects expects;
    enum word word;
};

enum flow_step flow_decide(const struct flow_facts *);

#endif
