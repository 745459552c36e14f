#include "main/doctor.h"

#include <stdio.h>

const struct message doctor_left_out = { "left_out", "pas vérifié, à cause de ce qui précède",
                                         "not checked, because of what was said before" };

void found(struct finding *f, enum finding_state state, const struct message *m, struct str arg) {
    struct err e = { 0 };
    err_arg(&e, arg);
    *f = (struct finding) { .state = state, .message = m };
    memcpy(f->arg, e.arg, sizeof f->arg);
}

void found_failure(struct finding *f, enum status s, const struct err *e) {
    *f =
        (struct finding) { .state = FINDING_TO_MEND, .message = e->message ? e->message : status_message(s) };
    memcpy(f->arg, e->arg, sizeof f->arg);
    if (e->sys)
        snprintf(f->detail, sizeof f->detail, "%.120s: %.70s", e->detail, strerrordesc_np(e->sys));
    else
        memcpy(f->detail, e->detail, sizeof f->detail);
}

const char *finding_state_name(enum finding_state state) {
    static const char *const names[] = { "ok", "warning", "to_mend", "left_out" };
    return names[state];
}

void doctor_run(struct doctor *d, const struct doctor_check *checks, doctor_report_fn *fn, void *ctx) {
    for (const struct doctor_check *c = checks; c->name; c++) {
        struct finding f = { .state = FINDING_LEFT_OUT, .message = &doctor_left_out };
        c->run(d, &f);
        fn(ctx, c, &f);
    }
}

void doctor_done(struct doctor *d) {
    models_close(d->models);
    http_client_free(d->client);
    d->models = NULL;
    d->client = NULL;
}
