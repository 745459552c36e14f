/*
 * meta_code -- error codes of the Cloud API, as far as one is to be told from another. Source: Meta, "Cloud API error codes".
 */
#include "channels/meta_room.h"

/* Sorted by code. */
static const struct carrier_code codes[] = {
    { 1, VERDICT_RETRY },            /* unknown */
    { 2, VERDICT_RETRY },            /* down for a while */
    { 3, VERDICT_ACCOUNT },          /* permission */
    { 4, VERDICT_RETRY },            /* calls of the application */
    { 10, VERDICT_ACCOUNT },         /* permission */
    { 33, VERDICT_ACCOUNT },         /* no such sender */
    { 100, VERDICT_REFUSED },        /* parameter */
    { 190, VERDICT_ACCOUNT },        /* access token */
    { 368, VERDICT_ACCOUNT },        /* restricted for violating policies */
    { 80007, VERDICT_RETRY },        /* rate of the business account */
    { 130429, VERDICT_RETRY },       /* throughput */
    { 130472, VERDICT_REFUSED },     /* the person is in an experiment */
    { 130497, VERDICT_UNREACHABLE }, /* country not allowed */
    { 131000, VERDICT_RETRY },       /* something went wrong */
    { 131005, VERDICT_ACCOUNT },     /* permission */
    { 131008, VERDICT_REFUSED },     /* parameter missing */
    { 131009, VERDICT_REFUSED },     /* parameter value */
    { 131016, VERDICT_RETRY },       /* service unavailable */
    { 131021, VERDICT_REFUSED },     /* to ourselves */
    { 131026, VERDICT_UNREACHABLE }, /* cannot be delivered there */
    { 131030, VERDICT_REFUSED },     /* test number, person not on its list */
    { 131031, VERDICT_ACCOUNT },     /* account locked */
    { 131037, VERDICT_ACCOUNT },     /* display name not approved */
    { 131042, VERDICT_ACCOUNT },     /* payment */
    { 131045, VERDICT_ACCOUNT },     /* number not registered */
    { 131047, VERDICT_WINDOW },      /* free text outside the window */
    { 131048, VERDICT_LATER },       /* spam limit of the number */
    { 131049, VERDICT_KEPT_BACK },   /* marketing message kept back */
    { 131050, VERDICT_OPTED_OUT },   /* the person stopped marketing from us */
    { 131051, VERDICT_REFUSED },     /* type */
    { 131052, VERDICT_RETRY },       /* media download */
    { 131053, VERDICT_RETRY },       /* media upload */
    { 131056, VERDICT_RETRY },       /* too many to one person */
    { 131057, VERDICT_RETRY },       /* maintenance */
    { 132000, VERDICT_TEMPLATE },    /* number of parameters */
    { 132001, VERDICT_TEMPLATE },    /* not there, or not in that language */
    { 132005, VERDICT_TEMPLATE },    /* too long */
    { 132007, VERDICT_TEMPLATE },    /* policy */
    { 132012, VERDICT_TEMPLATE },    /* format of a parameter */
    { 132015, VERDICT_TEMPLATE },    /* paused */
    { 132016, VERDICT_TEMPLATE },    /* disabled */
    { 132068, VERDICT_TEMPLATE },    /* flow blocked */
    { 133010, VERDICT_ACCOUNT },     /* number not registered */
};

static enum verdict of_http(int http) {
    if (http == 401 || http == 402 || http == 403 || http == 404) return VERDICT_ACCOUNT;
    return http == 429 || http >= 500 ? VERDICT_RETRY : VERDICT_REFUSED;
}

enum verdict meta_verdict(int64_t code, int http) {
    /* "200 to 299: permission" */
    return carrier_verdict(codes, COUNT_OF(codes), code,
                           code >= 200 && code < 300 ? VERDICT_ACCOUNT : of_http(http));
}
