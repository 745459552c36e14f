#ifndef MESSAGING_FLOW_H
#define MESSAGING_FLOW_H
/*
 * flow -- what is done about a received message: the decision alone, without doing it. Pure.
 */
#include "messaging/word.h"
#include "patients/patient.h"

enum flow_step {
    FLOW_IGNORE,  /* nothing is answered */
    FLOW_UNKNOWN, /* polite fixed text, once a day */
    FLOW_STOP,    /* withdraw the consent to messages, confirm once */
    FLOW_START,   /* give it again */
    FLOW_HELP,
    FLOW_ACTIVATE,  /* the person agreed */
    FLOW_DECLINE,   /* the person said no before agreeing */
    FLOW_LINK_OVER, /* agreed by a link that is over, or never got one */
    FLOW_PENDING,   /* explain how to agree */
    FLOW_INACTIVE,
    FLOW_ASSISTANT_OFF,
    FLOW_ASK,
    FLOW_TROUBLE /* no answer could be made: said so, and the doctor told */
};

struct flow_facts {
    bool known; /* a patient has this number */
    enum patient_status status;
    bool link_open;     /* an activation link of this patient is open */
    bool token_given;   /* a token stands in the message … */
    bool token_fits;    /* … and is this patient's open one */
    bool assistant_off; /* the consent to the assistant was withdrawn */
    bool empty;         /* no text: a picture, a voice note */
    enum word word;
};

enum flow_step flow_decide(const struct flow_facts *);

#endif
