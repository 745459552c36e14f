/*
 * twilio_code -- Twilio's error codes, as far as one is to be told from another. Source: https://www.twilio.com/docs/api/errors; Twilio says that
 * the list changes, so a code that does not stand here counts by the HTTP code.
 */
#include "channels/twilio_room.h"

/* Sorted by code. */
static const struct carrier_code codes[] = {
    { 14107, VERDICT_RETRY },       /* too many messages at once */
    { 20003, VERDICT_ACCOUNT },     /* credentials */
    { 20005, VERDICT_ACCOUNT },     /* account not active */
    { 20404, VERDICT_ACCOUNT },     /* no such account */
    { 20429, VERDICT_RETRY },       /* too many requests at once */
    { 21211, VERDICT_UNREACHABLE }, /* no number */
    { 21212, VERDICT_ACCOUNT },     /* our sender is none */
    { 21408, VERDICT_REFUSED },     /* no permission for that country */
    { 21602, VERDICT_REFUSED },     /* nothing to send */
    { 21603, VERDICT_ACCOUNT },     /* no sender */
    { 21604, VERDICT_REFUSED },     /* no recipient */
    { 21606, VERDICT_ACCOUNT },     /* the sender is not ours */
    { 21608, VERDICT_REFUSED },     /* trial account, number not verified */
    { 21610, VERDICT_OPTED_OUT },   /* the person said STOP to Twilio */
    { 21612, VERDICT_UNREACHABLE }, /* cannot be routed */
    { 21614, VERDICT_UNREACHABLE }, /* no mobile number */
    { 21617, VERDICT_REFUSED },     /* too long */
    { 21655, VERDICT_TEMPLATE },    /* no such template */
    { 21656, VERDICT_TEMPLATE },    /* variables of the template */
    { 21658, VERDICT_REFUSED },     /* too long */
    { 30001, VERDICT_RETRY },       /* queue full */
    { 30003, VERDICT_RETRY },       /* switched off or away */
    { 30008, VERDICT_RETRY },       /* unknown */
    { 30410, VERDICT_RETRY },       /* provider too slow */
    { 63001, VERDICT_RETRY },       /* channel credentials, said of passing failures too */
    { 63002, VERDICT_ACCOUNT },     /* channel not configured */
    { 63003, VERDICT_UNREACHABLE }, /* unknown on the channel */
    { 63005, VERDICT_REFUSED },     /* content refused */
    { 63007, VERDICT_ACCOUNT },     /* the sender is none of the channel */
    { 63008, VERDICT_ACCOUNT },     /* channel not configured */
    { 63010, VERDICT_RETRY },       /* internal */
    { 63012, VERDICT_RETRY },       /* internal */
    { 63013, VERDICT_REFUSED },     /* policy */
    { 63014, VERDICT_OPTED_OUT },   /* blocked by the person */
    { 63015, VERDICT_UNREACHABLE }, /* has not joined the sandbox */
    { 63016, VERDICT_WINDOW },      /* free text outside the window */
    { 63017, VERDICT_LATER },       /* rate of the account */
    { 63018, VERDICT_LATER },       /* rate or daily limit of the sender */
    { 63019, VERDICT_RETRY },       /* media could not be fetched */
    { 63020, VERDICT_ACCOUNT },     /* invitation not accepted */
    { 63021, VERDICT_REFUSED },     /* content too long or of a wrong kind */
    { 63024, VERDICT_UNREACHABLE }, /* no WhatsApp there */
    { 63027, VERDICT_TEMPLATE },    /* not in that language */
    { 63028, VERDICT_TEMPLATE },    /* number of variables */
    { 63029, VERDICT_UNREACHABLE }, /* could not receive the template */
    { 63030, VERDICT_REFUSED },     /* parameter */
    { 63031, VERDICT_REFUSED },     /* to ourselves */
    { 63032, VERDICT_REFUSED },     /* in an experiment of Meta */
    { 63038, VERDICT_LATER },       /* daily limit of the account */
    { 63040, VERDICT_TEMPLATE },    /* rejected */
    { 63041, VERDICT_TEMPLATE },    /* paused */
    { 63042, VERDICT_TEMPLATE },    /* disabled */
    { 63049, VERDICT_KEPT_BACK },   /* Meta keeps the marketing message back */
    { 63051, VERDICT_ACCOUNT },     /* sender restricted */
    { 63112, VERDICT_ACCOUNT },     /* account disabled by Meta */
};

static enum verdict of_http(int http) {
    switch (http) {
    case 401:
    case 403:
    case 404: return VERDICT_ACCOUNT;
    case 408:
    case 425:
    case 429: return VERDICT_RETRY;
    default: return VERDICT_REFUSED;
    }
}

enum verdict twilio_verdict(int64_t code, int http) {
    return carrier_verdict(codes, COUNT_OF(codes), code, of_http(http));
}
