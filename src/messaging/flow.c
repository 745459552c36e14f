#include "messaging/flow.h"

static bool says_yes(enum word word) {
    return word == WORD_YES || word == WORD_CONFIRM;
}

/* Not active yet, or no longer: only an open link turns a yes into an activation. */
static enum flow_step before_activation(const struct flow_facts *f) {
    bool asked = f->status == PATIENT_PENDING || f->link_open;

    if (f->word == WORD_STOP) return asked ? FLOW_DECLINE : FLOW_STOP;
    if (f->token_given) return f->token_fits ? FLOW_ACTIVATE : FLOW_LINK_OVER;
    if (f->links_many && (says_yes(f->word) || f->word == WORD_NO)) return FLOW_LINK_WHICH;
    if (asked && f->word == WORD_NO) return FLOW_DECLINE;
    if (asked && says_yes(f->word)) return f->link_open ? FLOW_ACTIVATE : FLOW_LINK_OVER;
    return asked ? FLOW_PENDING : FLOW_INACTIVE;
}

/* What is said about a code: the one that was just typed, or the one that is needed. */
static enum flow_step about_code(const struct flow_facts *f) {
    switch (f->code) {
    case CODE_NONE: return FLOW_CODE_MISSING;
    case CODE_LOCKED: return FLOW_CODE_LOCKED;
    case CODE_RIGHT: return FLOW_IDENTIFIED;
    case CODE_WRONG: break;
    }
    return f->code_given ? FLOW_CODE_WRONG : FLOW_CODE;
}

static enum flow_step who_writes(const struct flow_facts *f) {
    return f->code_given || f->picked ? about_code(f) : FLOW_WHO;
}

/* The words that mean the same whoever writes. */
static enum flow_step of_the_number(const struct flow_facts *f) {
    if (f->word == WORD_STOP) return FLOW_STOP;
    if (f->word == WORD_CHANGE && f->shared) return FLOW_WHO;
    if (f->by_doctor && (f->word != WORD_START || (f->shared && !f->identified))) return FLOW_SILENT;
    if (f->word == WORD_DOCTOR) return FLOW_DOCTOR;
    if (f->word == WORD_HELP) return FLOW_HELP;
    return FLOW_ASK;
}

static enum flow_step of_the_person(const struct flow_facts *f) {
    if (f->word == WORD_START) return FLOW_START;
    if (f->word == WORD_RECORD) return FLOW_RECORD;
    if (f->word == WORD_ERASE) return FLOW_ERASE_EXPLAIN;
    if (f->word == WORD_CONFIRM && f->expects == EXPECTS_ERASURE) return FLOW_ERASE;
    if (f->empty && f->media) return FLOW_MEDIA;
    /* The words of the link once more, from somebody who was quicker by another way; or a word that means nothing here. */
    if (f->empty || f->token_given || f->word == WORD_CHANGE) return FLOW_HELP;
    return f->assistant_off ? FLOW_ASSISTANT_OFF : FLOW_ASK;
}

static enum flow_step decide_calmly(const struct flow_facts *f) {
    enum flow_step step;
    if (!f->known) return f->word == WORD_STOP ? FLOW_IGNORE : FLOW_UNKNOWN;
    if (f->status != PATIENT_ACTIVE) return before_activation(f);
    if ((step = of_the_number(f)) != FLOW_ASK) return step;
    return f->shared && !f->identified ? who_writes(f) : of_the_person(f);
}

enum flow_step flow_decide(const struct flow_facts *f) {
    enum flow_step step = decide_calmly(f);
    /* The assistant looks for dangers itself, and keeps the question. */
    return f->known && f->danger && step != FLOW_ASK ? FLOW_DANGER : step;
}
