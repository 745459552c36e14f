#include "main/doctor.h"

#include <stdio.h>

#include "base/json_out.h"
#include "main/command.h"
#include "main/options.h"

enum { CHECKS_MAX = 32, JSON_BYTES_MAX = 64 * 1024 };

static const struct message settings_fine = { "settings_ok", "tous les réglages sont valables",
                                              "all settings are valid" };

static const char *state_word(enum finding_state state) {
    static const struct words words[] = {
        { "bon", "ok" }, { "attention", "warning" }, { "à corriger", "to mend" }, { "–", "–" }
    };
    return command_words(words[state]);
}

/* For people: one line a check. Widths count characters, of which some have two bytes. */
static void print_line(const struct doctor_check *c, const struct finding *f) {
    char text[512];
    const char *title = command_words((struct words) { c->title.fr, c->title.en });
    const char *state = state_word(f->state);
    size_t narrow = strlen(state), n = 0;

    for (const char *p = state; *p; p++) n += ((unsigned char)*p & 0xC0) != 0x80;
    message_text(f->message, command_lang(), str_from_c(f->arg), text, sizeof text);
    printf("%-*s %s%s %s", (int)(10 + narrow - n), state, title, command_lang() == LANG_EN ? ":" : " :",
           text);
    if (f->detail[0]) printf(" (%s)", f->detail);
    putchar('\n');
    fflush(stdout); /* the next check may take a while */
}

static void put_json(struct json_out *o, const struct doctor_check *c, const struct finding *f) {
    char text[512];
    size_t n = message_text(f->message, command_lang(), str_from_c(f->arg), text, sizeof text);

    json_put_object(o);
    json_field_str(o, "check", str_from_c(c->name));
    json_field_str(o, "state", str_from_c(finding_state_name(f->state)));
    json_field_str(o, "code", str_from_c(f->message->code));
    json_field_str(o, "message", (struct str) { text, n });
    json_field_str(o, "detail", str_from_c(f->detail));
    json_put_object_end(o);
}

/* Where the findings go. */
struct report {
    bool json, mend;
    struct buf text;
    struct json_out out;
};

static void report(void *ctx, const struct doctor_check *c, const struct finding *f) {
    struct report *r = ctx;
    if (f->state == FINDING_TO_MEND) r->mend = true;
    if (r->json)
        put_json(&r->out, c, f);
    else
        print_line(c, f);
}

static void examine(struct report *r) {
    static const struct doctor_check settings = { "settings", { "réglages", "settings" }, NULL };
    struct doctor d = { 0 };
    struct finding f;
    struct err e = { 0 };
    enum status s = app_open(&d.app, APP_CONFIG, &e);

    if (s != OK) {
        found_failure(&f, s, &e);
        report(r, &settings, &f);
        return; /* where everything else is stands in the settings */
    }
    found(&f, FINDING_OK, &settings_fine, STR(""));
    report(r, &settings, &f);
    doctor_run(&d, doctor_place_checks, report, r);
    doctor_run(&d, doctor_database_checks, report, r);
    doctor_run(&d, doctor_extractor_checks, report, r);
    doctor_run(&d, doctor_service_checks, report, r);
    doctor_run(&d, doctor_vector_checks, report, r);
    doctor_run(&d, doctor_channel_checks, report, r);
    doctor_done(&d);
    app_close(&d.app);
}

static int print_json(struct report *r) {
    bool whole = buf_ok(&r->text);
    if (whole) fwrite(r->text.p, 1, r->text.n, stdout);
    buf_done(&r->text);
    putchar('\n');
    return whole && !r->mend ? EXIT_DONE : EXIT_FAILED;
}

static int run(const struct command *c, int argc, char **argv) {
    struct report r = { 0 };
    const struct option_row rows[] = { { "json", NULL, &r.json }, { 0 } };
    int first, code = options_parse(c, rows, argc, argv, &first);

    if (code != EXIT_DONE) return code;
    if (first < argc) return command_usage_no_more(c);
    if (!r.json) {
        examine(&r);
        return r.mend ? EXIT_FAILED : EXIT_DONE;
    }
    buf_init(&r.text, JSON_BYTES_MAX);
    r.out = json_out_to(&r.text);
    json_put_object(&r.out);
    json_put_key(&r.out, "checks");
    json_put_array(&r.out);
    examine(&r);
    json_put_array_end(&r.out);
    json_field_bool(&r.out, "ok", !r.mend);
    json_put_object_end(&r.out);
    return print_json(&r);
}

const struct command command_doctor = {
    .name = "doctor",
    .summary = { "Vérifier les réglages, les données et chaque service extérieur, et dire quoi corriger",
                 "Check the settings, the data and every service outside, and say what to mend" },
    .usage = { "[--json]", "[--json]" },
    .help = { "  --json   un objet JSON, pour la surveillance\n"
              "\n"
              "Rien n’est changé, et aucun texte d’un patient n’est envoyé. Le serveur peut tourner.\n"
              "Code 1 s’il y a quelque chose à corriger ; un avertissement ne suffit pas.\n",
              "  --json   one JSON object, for monitoring\n"
              "\n"
              "Nothing is changed, and no text of a patient is sent. The server may be running.\n"
              "Exit 1 when there is something to mend; a warning alone is not enough.\n" },
    .run = run,
};
