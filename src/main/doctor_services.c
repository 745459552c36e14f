/*
 * doctor_services -- whether the services outside that are set answer. No text of anybody is sent, no mail either.
 */
#include "main/doctor.h"

#include <stdio.h>

#include "net/mail.h"

static const struct message not_used = { "not_used", "aucun : les réponses se font du dossier seul",
                                         "none: answers are made from the record alone" };
static const struct message not_used_vectors = { "not_used", "aucun : la recherche se fait par les mots",
                                                 "none: search goes by words" };
static const struct message model_fine = { "model_ok", "{} répond", "{} answers" };
static const struct message model_unlisted = {
    "model_not_listed",
    "Le serveur répond, mais ne nomme pas le modèle {} parmi les siens : vérifiez OPENAI_MODEL.",
    "The server answers, but does not name the model {} among its own: check OPENAI_MODEL."
};
static const struct message model_refused = {
    "model_refused",
    "{} refuse : vérifiez la clé, et que le modèle existe encore (les noms changent tous les quelques mois).",
    "{} refuses: check the key, and that the model still exists (names change every few months)."
};
static const struct message model_busy = {
    "model_busy", "{} est occupé ou le quota est épuisé : les réponses partent sans lui.",
    "{} is busy or its quota is used up: answers go without it."
};
static const struct message model_silent = {
    "model_unreachable",
    "{} ne répond pas : vérifiez la connexion et l’adresse réglée. Les réponses partent sans lui.",
    "{} does not answer: check the connection and the address that was set. Answers go without it."
};
static const struct message embedder_fine = { "embedder_ok", "{}", "{}" };

/* The settings are read once, for all checks of this file. */
static bool open_models(struct doctor *d, struct finding *f) {
    struct err e = { 0 };
    enum status s = OK;

    if (d->models) return true;
    if (!d->client) s = http_client_new(d->app.arena, &d->client, &e);
    if (s == OK) s = models_open(d->app.arena, &d->app.config, d->client, &d->models, &e);
    if (s != OK) found_failure(f, s, &e);
    return s == OK;
}

static int64_t deadline_us(const struct doctor *d) {
    return clock_monotonic_us() + d->app.config.model_timeout_s * SECOND_US;
}

static void say_probe(struct finding *f, const struct model_probe *p, struct str model) {
    if (p->outcome == GENERATED)
        found(f, p->listed ? FINDING_OK : FINDING_WARNING, p->listed ? &model_fine : &model_unlisted, model);
    else if (p->outcome == GENERATION_BUSY)
        found(f, FINDING_WARNING, &model_busy, model);
    else if (p->outcome == GENERATION_REFUSED)
        found(f, FINDING_TO_MEND, &model_refused, model);
    else
        found(f, FINDING_TO_MEND, p->why ? p->why : &model_silent, model);
    if (p->http_code && p->http_code != 200) snprintf(f->detail, sizeof f->detail, "HTTP %d", p->http_code);
}

static void check_model(struct doctor *d, struct finding *f) {
    if (d->app.config.llm == LLM_LOCAL) {
        found(f, FINDING_LEFT_OUT, &not_used, STR(""));
        return;
    }
    if (!open_models(d, f)) return;
    struct model_probe probe = models_probe(d->models, d->app.arena, deadline_us(d));
    say_probe(f, &probe, models_generator(d->models)->model);
}

/* One word is turned into a vector: key, model and length are right, or the service says what is not. */
static void check_embedder(struct doctor *d, struct finding *f) {
    static const struct embedding_text word = { { "", 0 }, { "ordonnance", 10 } };
    struct embedding out;
    struct err e = { 0 };
    char text[ERR_ARG_BYTES];

    if (d->app.config.embedder == EMBEDDER_NONE) {
        found(f, FINDING_LEFT_OUT, &not_used_vectors, STR(""));
        return;
    }
    if (!open_models(d, f)) return;
    const struct embedder *m = models_embedder(d->models);
    enum status s = m->embed(m->ctx, d->app.arena, EMBED_QUESTION, &word, 1, deadline_us(d), &out, &e);
    if (s != OK) {
        found_failure(f, s, &e);
        return;
    }
    snprintf(text, sizeof text, "%.*s: %d dimensions", STR_ARG(m->model), out.dimensions);
    found(f, FINDING_OK, &embedder_fine, str_from_c(text));
}

static const struct message no_mail = { "not_used",
                                        "aucun : les signes de danger ne sont dits que dans l’application",
                                        "none: danger signs are told in the application only" };
static const struct message mail_fine = { "mail_ok", "{} accepte ce compte", "{} takes this account" };

/* Connects and signs in. */
static void check_mail(struct doctor *d, struct finding *f) {
    const struct config *c = &d->app.config;
    const struct mail_server server = { .host = c->email_host,
                                        .port = c->email_port,
                                        .user = c->email_user,
                                        .password = c->email_password,
                                        .tls = c->email_use_tls,
                                        .from = c->default_from_email };
    struct err e = { 0 };

    if (c->email_host.n == 0) {
        found(f, FINDING_LEFT_OUT, &no_mail, STR(""));
        return;
    }
    enum status s = mail_check(d->app.arena, &server, &e);
    if (s != OK)
        found_failure(f, s, &e);
    else
        found(f, FINDING_OK, &mail_fine, c->email_host);
}

const struct doctor_check doctor_service_checks[] = {
    { "model", { "modèle de langue", "language model" }, check_model },
    { "embedder", { "modèle de vecteurs", "embedding model" }, check_embedder },
    { "mail", { "e-mail", "e-mail" }, check_mail },
    { 0 },
};
