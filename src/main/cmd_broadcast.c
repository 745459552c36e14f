/*
 * cmd_broadcast -- one message to many, from the command line.
 *
 * Written and started over the same database as a server's, in one transaction. A running server sends it, and this command looks on. Where none runs,
 * the command is the server without its ears: it locks the data, does the jobs and sends, until the broadcast is over.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "http/fields.h"
#include "main/broadcast_watch.h"
#include "main/options.h"
#include "main/service.h"
#include "os/file.h"

enum { CONTENT_FILE_MAX_BYTES = 64 * 1024, LOOK_ARENA_BYTES = 1 << 20 };

struct order {
    const char *title, *content, *file, *tags, *category, *template, *at;
    bool all, any, dry_run, no_wait;
};

/* ---- what is ordered, as the API would be told ---- */

static json_t *tags_of(const char *words) {
    json_t *tags = json_array();
    struct str rest = str_from_c(words);
    while (rest.n) {
        size_t n = str_find_char(rest, ',');
        struct str tag = str_trim(str_sub(rest, 0, n));
        if (tag.n) json_array_append_new(tags, json_stringn(tag.p, tag.n));
        rest = str_sub(rest, n + 1, rest.n);
    }
    return tags;
}

static void set_text(json_t *body, const char *key, const char *value) {
    if (value) json_object_set_new(body, key, json_string(value));
}

static enum status body_of(const struct order *o, struct arena *arena, struct str *out, struct err *e) {
    json_t *body = json_object(), *target = json_object();
    struct str content = str_from_c(o->content ? o->content : "");
    enum status s = o->file ? file_read(arena, o->file, CONTENT_FILE_MAX_BYTES, &content, e) : OK;
    char *text = NULL;

    set_text(body, "title", o->title);
    set_text(body, "category", o->category);
    set_text(body, "template_sid", o->template);
    set_text(body, "scheduled_at", o->at);
    json_object_set_new(body, "content", json_stringn(content.p, content.n));
    json_object_set_new(body, "target_all_patients", json_boolean(o->all));
    if (o->tags) {
        json_object_set_new(target, "tags", tags_of(o->tags));
        json_object_set_new(target, "tags_match", json_string(o->any ? "any" : "all"));
        json_object_set(body, "target", target);
    }
    if (s == OK) text = json_dumps(body, JSON_COMPACT);
    if (s == OK && !(text && arena_dup(arena, str_from_c(text), out)))
        s = fail(e, E_LIMIT, NULL, "no memory for a broadcast");
    free(text);
    json_decref(target);
    json_decref(body);
    return s;
}

/* ---- counting only ---- */

static enum status count(struct app *app, const struct broadcasts *room, const struct broadcast *b,
                         struct err *e) {
    struct target target;
    struct target_count c;
    enum status s = target_parse(app->arena, b->target, &target, e);
    const struct target_needs needs = broadcast_target_needs(room, b, &target, clock_now_us(&app->clock));

    if (s == OK) s = target_count(app->db, app->arena, &needs, &c, e);
    if (s != OK) return s;
    printf("matching\t%lld\nsendable\t%lld\n", (long long)c.matching, (long long)c.sendable);
    for (size_t i = 0; i < c.left_out_count; i++)
        printf("left_out\t%s\t%lld\n", c.left_out[i].reason, (long long)c.left_out[i].n);
    return OK;
}

/* ---- sending ---- */

static void print_end(int64_t id, const struct broadcast_end *end) {
    printf("%lld\t%s", (long long)id, broadcast_status_name(end->status));
    for (int i = 0; i < RECIPIENT_STATE_COUNT; i++)
        if (end->n[i])
            printf("\t%s=%lld", recipient_state_name((enum recipient_state)i), (long long)end->n[i]);
    putchar('\n');
}

static enum status follow(struct service *v, int64_t id, bool *well, struct err *e) {
    const struct broadcast_watch watch = { v->app.db, arena_new(LOOK_ARENA_BYTES), &v->stop_signals };
    struct broadcast_end end;
    enum status s = watch.arena ? broadcast_watch(&watch, id, &end, e)
                                : fail(e, E_LIMIT, NULL, "no memory for looking on");

    arena_free(watch.arena);
    if (s != OK) return s;
    print_end(id, &end);
    *well = end.status == BROADCAST_SENT && !end.n[RECIPIENT_FAILED];
    if (end.stopped)
        command_say("Arrêté ; un serveur en marche l’envoie, ou le prochain qui démarre.",
                    "Stopped; a running server sends it, or the next one that starts.");
    return OK;
}

static enum status start(struct service *v, const struct order *o, struct broadcast *b, bool *well,
                         struct err *e) {
    struct app *app = &v->app;
    const struct broadcast_actor program = { &v->rooms.broadcasts, 0, clock_now_us(&app->clock) };
    enum status s = broadcast_add_and_start(app->db, app->arena, &program, b, e);

    if (s != OK) return s;
    if (!b->scheduled_at_us && !o->no_wait) return follow(v, b->id, well, e);
    printf("%lld\t%s\n", (long long)b->id, b->scheduled_at_us ? "scheduled" : "sending");
    *well = true;
    return OK;
}

/* Alone: with jobs and a sender. Beside a server, or to count or plan: without. */
static enum status open_place(struct service *v, bool to_work, struct err *e) {
    struct err why = { 0 };
    enum status s;

    if (!to_work) return service_open_beside(v, e);
    if ((s = service_open(v, false, &why)) == OK) return service_start_jobs(v, e);
    if (s == E_CONFLICT) {
        service_close(v);
        return service_open_beside(v, e);
    }
    *e = why;
    return s;
}

static enum status carry_out(struct service *v, const struct order *o, bool *well, struct err *e) {
    struct app *app = &v->app;
    struct str body;
    struct broadcast b;
    enum status s = open_place(v, !o->dry_run && !o->no_wait && !o->at, e);

    if (s == OK) s = body_of(o, app->arena, &body, e);
    if (s == OK)
        s = broadcast_read_new(app->arena, &v->rooms.broadcasts, body, clock_now_us(&app->clock), &b, e);
    if (s != OK || !o->dry_run) return s == OK ? start(v, o, &b, well, e) : s;
    *well = true;
    return count(app, &v->rooms.broadcasts, &b, e);
}

/* EXIT_DONE, or what is wrong with the words on the command line. */
static int check(const struct command *c, const struct order *o) {
    if (!o->title) return command_usage(c, "il manque --title", "--title is missing");
    if (!o->content == !o->file)
        return command_usage(c, "il faut --content ou --file, l’un des deux",
                             "--content or --file is needed, one of them");
    if (o->all == (o->tags != NULL))
        return command_usage(c, "il faut --all ou --tags, l’un des deux",
                             "--all or --tags is needed, one of them");
    if (o->any && !o->tags) return command_usage(c, "--any va avec --tags", "--any goes with --tags");
    return EXIT_DONE;
}

static int run(const struct command *c, int argc, char **argv) {
    struct order o = { 0 };
    const struct option_row rows[] = {
        { "title", &o.title, NULL },       { "content", &o.content, NULL },   { "file", &o.file, NULL },
        { "all", NULL, &o.all },           { "tags", &o.tags, NULL },         { "any", NULL, &o.any },
        { "category", &o.category, NULL }, { "template", &o.template, NULL }, { "at", &o.at, NULL },
        { "dry-run", NULL, &o.dry_run },   { "no-wait", NULL, &o.no_wait },   { 0 },
    };
    struct service v;
    struct err e = { 0 };
    bool well = false;
    int first, code = options_parse(c, rows, argc, argv, &first);

    if (code != EXIT_DONE) return code;
    if (first < argc) return command_usage_no_more(c);
    if ((code = check(c, &o)) != EXIT_DONE) return code;
    enum status s = carry_out(&v, &o, &well, &e);
    if (s != OK) command_failed(c, s, &e);
    service_close(&v);
    return s == OK && well ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_broadcast = {
    .name = "broadcast",
    .summary = { "Envoyer un message à tous les patients, ou à ceux qui ont une étiquette",
                 "Send one message to all patients, or to those with a tag" },
    .usage = { "--title TITRE (--content TEXTE | --file FICHIER) (--all | --tags A,B) [OPTIONS]",
               "--title TITLE (--content TEXT | --file FILE) (--all | --tags A,B) [OPTIONS]" },
    .help = { "  --title TITRE      pour l’équipe ; les patients ne le lisent pas\n"
              "  --content TEXTE    ce que lisent les patients ; {{prenom|cher patient}} est remplacé\n"
              "  --file FICHIER     le même, dans un fichier en UTF-8\n"
              "  --all              tous les patients actifs qui acceptent les messages\n"
              "  --tags A,B         ceux d’entre eux qui ont toutes ces étiquettes\n"
              "  --any              avec --tags : ceux qui ont l’une d’elles\n"
              "  --category MOT     de quoi il s’agit, pour retrouver l’envoi : health_tip, ou un mot à vous\n"
              "  --template HX…     modèle approuvé de WhatsApp, pour qui n’a pas écrit depuis 24 heures\n"
              "  --at MOMENT        partir plus tard : 2026-12-01T09:00:00Z (Z : heure UTC)\n"
              "  --dry-run          compter seulement : rien n’est écrit, rien ne part\n"
              "  --no-wait          ne pas attendre la fin (un serveur envoie)\n"
              "\n"
              "Avec un serveur en marche, c’est lui qui envoie ; sinon cette commande envoie elle-même, et s’arrête\n"
              "à la fin. Ctrl-C n’annule rien : le prochain serveur continue, chacun reçoit le message une fois.\n"
              "À la fin, une ligne : numéro, état, nombre par état. Code 0 : envoyée à tous ceux qui pouvaient la\n"
              "recevoir, ou prévue ; 1 : refusée, arrêtée, ou échouée pour quelqu’un ; 2 : mal écrite.\n",
              "  --title TITLE      for staff; patients do not read it\n"
              "  --content TEXT     what patients read; {{first_name|dear patient}} is replaced\n"
              "  --file FILE        the same, in a file in UTF-8\n"
              "  --all              all active patients who agree to messages\n"
              "  --tags A,B         those of them who have all of these tags\n"
              "  --any              with --tags: those who have one of them\n"
              "  --category WORD    what it is about, to find it again: health_tip, or a word of yours\n"
              "  --template HX…     approved template of WhatsApp, for who has not written for 24 hours\n"
              "  --at TIME          leave later: 2026-12-01T09:00:00Z (Z: UTC)\n"
              "  --dry-run          count only: nothing is written, nothing leaves\n"
              "  --no-wait          do not wait for the end (a server sends)\n"
              "\n"
              "With a running server it is the server that sends; else this command sends by itself, and stops at\n"
              "the end. Ctrl-C cancels nothing: the next server goes on, everybody gets the message once.\n"
              "Prints one line at the end: number, status, how many in each state. Exit 0: sent to all who could get\n"
              "it, or planned; 1: refused, stopped, or failed for somebody; 2: wrong usage.\n" },
    .run = run,
};
