#include "main/app.h"
#include "main/options.h"
#include "main/rooms.h"
#include "patients/patient.h"
#include "patients/phone.h"

#include <stdio.h>

static void print_answer(const struct rag_answer *a) {
    printf("%.*s\n", STR_ARG(a->text));
    for (size_t i = 0; i < a->source_count; i++) {
        const struct rag_source *s = &a->sources[i];
        char date[DATE_ISO_BYTES] = "";
        if (s->date.year) date_format_iso(s->date, date);
        printf("\n[%zu] %.*s", i + 1, STR_ARG(s->title));
        if (s->page) printf(", page %d", s->page);
        if (date[0]) printf(", %s", date);
        printf("\n    « %.*s »\n", STR_ARG(s->quote));
    }
}

static enum status ask(struct app *app, struct str number, struct str text, struct err *e) {
    struct rag_question q = { .text = text, .session_id = STR(""), .now_us = clock_now_us(&app->clock) };
    struct rag_answer answer;
    struct rooms rooms;
    struct patient p;
    struct phone phone;
    enum status s;

    if (!phone_parse(number, app->config.default_region, &phone))
        return fail_field(e, STR("phone"), &phone_invalid, STR(""));
    if ((s = patient_get_by_phone(app->db, app->arena, phone_str(&phone), &p, e)) != OK) return s;
    if ((s = rooms_init(&rooms, app, NULL, e)) != OK) return s;
    q.patient = &p;
    s = rag_ask(rooms.rag, app->db, app->arena, &q, &answer, e);
    if (s == OK) print_answer(&answer);
    rooms_done(&rooms);
    return s;
}

static int run(const struct command *c, int argc, char **argv) {
    const char *phone = NULL;
    const struct option_row rows[] = { { "phone", &phone, NULL }, { 0 } };
    struct app app;
    struct err e = { 0 };
    enum status s;
    int first, code = options_parse(c, rows, argc, argv, &first);

    if (code != EXIT_DONE) return code;
    if (!phone) return command_usage(c, "il manque --phone", "--phone is missing");
    if (first + 1 != argc)
        return command_usage(c, "il faut une question, entre guillemets",
                             "one question in quotes is expected");
    if ((s = app_open(&app, APP_DATABASE, &e)) == OK) {
        s = ask(&app, str_from_c(phone), str_from_c(argv[first]), &e);
        app_close(&app);
    }
    return s == OK ? EXIT_DONE : command_failed(c, s, &e);
}

const struct command command_ask = {
    .name = "ask",
    .summary = { "Poser une question sur le dossier d’un patient et montrer la réponse avec ses sources",
                 "Ask a question about a patient's record and show the answer with its sources" },
    .usage = { "--phone NUMÉRO \"QUESTION\"", "--phone NUMBER \"QUESTION\"" },
    .help = { "  --phone NUMÉRO   du patient, +221… ou comme on le compose dans le pays\n"
              "\n"
              "La réponse est celle que le patient recevrait par WhatsApp ; la question est notée comme la sienne.\n",
              "  --phone NUMBER   of the patient, as +221… or as it is dialled at home\n"
              "\n"
              "The answer is the one that the patient would get by WhatsApp; the question is logged like his.\n" },
    .run = run,
};
