#include "messaging/flow.h"

/* Not active yet, or no longer: only an open link turns a yes into an activation. */
static enum flow_step before_activation(const struct flow_facts *f) {
    bool asked = f->status == PATIENT_PENDING || f->link_open;

    if (f->word == WORD_STOP) return asked ? FLOW_DECLINE : FLOW_STOP;
    if (asked && f->word == WORD_NO) return FLOW_DECLINE;
    if (f->token_given) return f->token_fits ? FLOW_ACTIVATE : FLOW_LINK_OVER;
    if (asked && f->word == WORD_YES) return f->link_open ? FLOW_ACTIVATE : FLOW_LINK_OVER;
    return asked ? FLOW_PENDING : FLOW_INACTIVE;
}

enum flow_step flow_decide(const struct flow_facts *f) {
    if (!f->known) return f->word == WORD_STOP ? FLOW_IGNORE : FLOW_UNKNOWN;
    if (f->status != PATIENT_ACTIVE) return before_activation(f);
    if (f->word == WORD_STOP) return FLOW_STOP;
    if (f->word == WORD_START) return FLOW_START;
    if (f->word == WORD_HELP || f->empty) return FLOW_HELP;
    /* The words of the link once more, from somebody who was quicker by another way. */
    if (f->token_given) return FLOW_HELP;
    return f->assistant_off ? FLOW_ASSISTANT_OFF : FLOW_ASK;
}
