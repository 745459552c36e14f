/*
 * doctor_channel -- whether the carrier of messages takes our credentials and our sender, and whether what it calls is us. Nobody is written to.
 */
#include "main/doctor.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/http_url.h"
#include "main/carriers.h"
#include "messaging/template.h"

static const struct message simulated = { "not_used",
                                          "simulateur : aucun message ne quitte cette machine (CHANNEL)",
                                          "simulator: no message leaves this machine (CHANNEL)" };
static const struct message carrier_fine = { "carrier_ok", "{} accepte ce compte et cet expéditeur",
                                             "{} takes this account and this sender" };
static const struct message not_found = {
    "carrier_sender_unknown", "{} ne connaît pas ce compte ou cet expéditeur : vérifiez les réglages.",
    "{} does not know this account or this sender: check the settings."
};

static bool open_carrier(struct doctor *d, struct carriers *carriers, struct finding *f) {
    struct err e = { 0 };
    carriers_open(carriers, &d->app.config);
    if (!carriers->channel.check) {
        found(f, FINDING_LEFT_OUT, &simulated, STR(""));
        return false;
    }
    enum status s = d->client ? OK : http_client_new(d->app.arena, &d->client, &e);
    if (s != OK) found_failure(f, s, &e);
    return s == OK;
}

static void check_carrier(struct doctor *d, struct finding *f) {
    struct carriers carriers = { 0 };
    struct err e = { 0 };

    if (!open_carrier(d, &carriers, f)) return;
    const struct channel *channel = &carriers.channel;
    const struct channel_call call = { NULL, d->app.arena, d->client, clock_now_us(&d->app.clock) };
    enum status s = channel->check(channel->ctx, &call, &e);
    if (s == OK) {
        found(f, FINDING_OK, &carrier_fine, str_from_c(channel->name));
    } else if (s == E_NOT_FOUND) {
        found(f, FINDING_TO_MEND, &not_found, str_from_c(channel->name));
    } else {
        found_failure(f, s, &e);
        if (s == E_CONFLICT) f->state = FINDING_WARNING; /* it works, for trials */
    }
}

/* ---- is our webhook reached, and does it tell the carrier from anybody ---- */

static const struct message address_local = {
    "public_url_local",
    "MEDIRECORD_PUBLIC_URL={} n’est joignable que de cette machine : l’opérateur ne peut rien y apporter.",
    "MEDIRECORD_PUBLIC_URL={} is reached from this machine only: the carrier can bring nothing there."
};
static const struct message address_open = {
    "public_url_not_secret",
    "MEDIRECORD_PUBLIC_URL={} est en http : ce que les patients écrivent serait lisible en chemin. Mettez https.",
    "MEDIRECORD_PUBLIC_URL={} is http: what patients write could be read on its way. Use https."
};
static const struct message not_reached = {
    "webhook_unreachable",
    "{} ne répond pas : le serveur tourne-t-il, le nom, le pare-feu et le certificat sont-ils justes ?",
    "{} does not answer: is the server running, are the name, the firewall and the certificate right?"
};
static const struct message not_believed = {
    "webhook_signature",
    "{} refuse une signature juste : le serveur tourne-t-il avec ces réglages (adresse publique, jeton) ?",
    "{} refuses a right signature: does the server run with these settings (public address, token)?"
};
static const struct message not_ours = {
    "webhook_not_ours",
    "{} n’est pas ce programme, ou pas avec cet opérateur : vérifiez l’adresse et le proxy.",
    "{} is not this program, or not with this carrier: check the address and the proxy."
};
static const struct message webhook_fine = { "webhook_ok",
                                             "{} répond, et seules les signatures justes passent",
                                             "{} answers, and only right signatures pass" };

/* One call; the HTTP code of its answer. */
static enum status probe(struct doctor *d, const struct channel *channel, struct str url, bool sign,
                         int *code, struct err *e) {
    struct http_send_request rq;
    struct http_answer answer;
    enum status s = channel->probe(channel->ctx, d->app.arena, url, sign, &rq, e);
    if (s == OK) s = http_send(d->client, d->app.arena, &rq, &answer, e);
    if (s == OK) *code = answer.code;
    return s;
}

static void judge(struct finding *f, struct str url, int with, int without) {
    if (with == 400 && without == 403)
        found(f, FINDING_OK, &webhook_fine, url);
    else if (with == 403 && without == 403)
        found(f, FINDING_TO_MEND, &not_believed, url);
    else
        found(f, FINDING_TO_MEND, &not_ours, url);
    if (f->state != FINDING_OK)
        snprintf(f->detail, sizeof f->detail, "HTTP %d signed, %d not signed", with, without);
}

/* With a carrier that is not a stand-in on this machine. */
static const struct message *wrong_address(const struct config *c) {
    struct str base = c->channel == CHANNEL_TWILIO ? c->twilio_api_base_url : c->meta_api_base_url;
    if (!str_starts(base, STR("https://"))) return NULL;
    if (str_starts(c->public_url, STR("https://"))) return NULL;
    return http_base_url_is_valid(c->public_url) ? &address_local : &address_open;
}

static void check_webhook(struct doctor *d, struct finding *f) {
    struct carriers carriers = { 0 };
    struct str url, public_url = d->app.config.public_url;
    const struct message *wrong;
    struct err e = { 0 };
    int with = 0, without = 0;

    if (!open_carrier(d, &carriers, f)) return;
    if ((wrong = wrong_address(&d->app.config)) != NULL) {
        found(f, FINDING_TO_MEND, wrong, public_url);
        return;
    }
    if (!arena_printf(d->app.arena, &url, "%.*s/webhook/whatsapp-rag", STR_ARG(public_url))) return;
    enum status s = probe(d, &carriers.channel, url, true, &with, &e);
    if (s == OK) s = probe(d, &carriers.channel, url, false, &without, &e);
    if (s == OK) {
        judge(f, url, with, without);
        return;
    }
    found(f, FINDING_TO_MEND, &not_reached, url);
    memcpy(f->detail, e.detail, sizeof f->detail);
}

/* ---- the templates, as the carrier has them now ---- */

enum { TEMPLATES_MAX = 200 };

static const struct message no_templates = {
    "templates_none",
    "aucun : qui n’a pas écrit depuis 24 heures ne reçoit rien, les invitations attendent que le patient écrive",
    "none: who has not written for 24 hours gets nothing, invitations wait until the patient writes"
};
static const struct message no_invitation = {
    "templates_no_activation",
    "{} approuvés, mais aucun pour l’invitation (activation) : elle attend que le patient écrive",
    "{} approved, but none for the invitation (activation): it waits until the patient writes"
};
static const struct message unusable = {
    "templates_unusable",
    "L’opérateur n’a pas approuvé, ou plus : {}. Corrigez-les chez lui ou supprimez-les ici.",
    "The carrier has not approved, or no more: {}. Mend them there, or delete them here."
};
static const struct message no_account = { "templates_unasked",
                                           "leur état ne peut pas être demandé à Meta sans {}.",
                                           "their state cannot be asked of Meta without {}." };
static const struct message templates_fine = { "templates_ok", "{} approuvés par l’opérateur",
                                               "{} approved by the carrier" };

struct templates {
    int64_t ids[TEMPLATES_MAX];
    size_t count, approved;
    bool invites;
    struct buf unusable; /* their names, for people */
};

static enum status take_id(void *ctx, const struct template *row, struct err *e) {
    struct templates *t = ctx;
    (void)e;
    t->ids[t->count++] = row->id;
    return OK;
}

static enum status ask_about(struct doctor *d, const struct channel *channel, int64_t id, struct templates *t,
                             struct err *e) {
    const struct channel_call call = { d->app.db, d->app.arena, d->client, clock_now_us(&d->app.clock) };
    enum template_state state;
    struct template row;
    enum status s = template_get(d->app.db, d->app.arena, id, &row, e);

    if (s != OK) return s == E_NOT_FOUND ? OK : s; /* deleted meanwhile */
    s = channel->template_state(channel->ctx, &call, row.carrier_name, row.carrier_language, &state, e);
    if (s == E_NOT_FOUND) state = TEMPLATE_UNKNOWN;
    if (s != OK && s != E_NOT_FOUND) return s;
    t->approved += state == TEMPLATE_APPROVED;
    t->invites |= state == TEMPLATE_APPROVED && str_eq(row.purpose, TEMPLATE_PURPOSE_ACTIVATION);
    if (state != TEMPLATE_APPROVED && state != TEMPLATE_PENDING)
        buf_addf(&t->unusable, "%s%.*s (%s)", t->unusable.n ? ", " : "", STR_ARG(row.carrier_name),
                 template_state_name(state));
    return OK;
}

static void say_templates(struct finding *f, const struct templates *t) {
    char count[24];
    snprintf(count, sizeof count, "%zu", t->approved);
    if (t->unusable.n)
        found(f, FINDING_TO_MEND, &unusable, buf_str(&t->unusable));
    else if (t->count == 0)
        found(f, FINDING_WARNING, &no_templates, STR(""));
    else if (!t->invites)
        found(f, FINDING_WARNING, &no_invitation, str_from_c(count));
    else
        found(f, FINDING_OK, &templates_fine, str_from_c(count));
}

static void check_templates(struct doctor *d, struct finding *f) {
    struct carriers carriers = { 0 };
    struct templates t = { 0 };
    struct err e = { 0 };

    if (!open_carrier(d, &carriers, f)) return;
    if (!d->app.db || !carriers.channel.template_state) {
        found(f, FINDING_LEFT_OUT, &doctor_left_out, STR(""));
        return;
    }
    if (d->app.config.channel == CHANNEL_META && !d->app.config.meta_business_account_id.n) {
        found(f, FINDING_WARNING, &no_account, STR("META_BUSINESS_ACCOUNT_ID"));
        return;
    }
    buf_init(&t.unusable, ERR_ARG_BYTES * 8);
    enum status s = template_each(d->app.db, STR(""), TEMPLATES_MAX, 0, take_id, &t, &e);
    for (size_t i = 0; s == OK && i < t.count; i++) {
        e = (struct err) { 0 };
        s = ask_about(d, &carriers.channel, t.ids[i], &t, &e);
    }
    if (s == OK)
        say_templates(f, &t);
    else
        found_failure(f, s, &e);
    buf_done(&t.unusable);
}

const struct doctor_check doctor_channel_checks[] = {
    { "carrier", { "opérateur de messagerie", "messaging carrier" }, check_carrier },
    { "webhook", { "webhook", "webhook" }, check_webhook },
    { "templates", { "modèles de message", "message templates" }, check_templates },
    { 0 },
};
