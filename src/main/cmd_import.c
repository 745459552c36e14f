/*
 * cmd_import -- a list of patients from a spreadsheet, by the rules of the dashboard's import.
 */
#include "main/app.h"
#include "main/options.h"
#include "main/progress.h"
#include "os/file.h"
#include "patients/import.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <unistd.h>

enum { WORK_ARENA_BYTES = 64 * 1024 * 1024, OUTCOME_MAX_BYTES = 64 * 1024 * 1024 };

static const struct message cannot_read = { "cannot_read", "Le fichier {} ne peut pas être lu.",
                                            "The file {} cannot be read." };
static const struct message too_large = { "csv_too_large", "Le fichier {} dépasse 4 Mo : coupez la liste.",
                                          "The file {} has more than 4 MB: cut the list." };

static enum status wrong_file(const struct message *m, const char *path, struct err *e) {
    enum status s = fail_errno(e, E_INVALID, m, "a list cannot be taken");
    err_arg(e, str_from_c(path));
    return s;
}

static enum status read_list(struct arena *arena, const char *path, struct str *out, struct err *e) {
    char *bytes = arena_alloc(arena, IMPORT_FILE_MAX_BYTES + 1);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t got = 0;

    if (fd < 0) return wrong_file(&cannot_read, path, e);
    enum status s = bytes ? fd_read_full(fd, bytes, IMPORT_FILE_MAX_BYTES + 1, &got, NULL)
                          : fail(e, E_LIMIT, NULL, "no room for a list");
    if (bytes && s != OK) s = wrong_file(&cannot_read, path, e);
    if (s == OK && got > IMPORT_FILE_MAX_BYTES) s = wrong_file(&too_large, path, e);
    close(fd);
    *out = (struct str) { bytes, got };
    return s;
}

static void tell_row(void *ctx, size_t done, size_t total) {
    static const struct words what = { "lecture de la liste", "reading the list" };
    progress_tell(ctx, what, done, total);
}

/* Why one line was refused, behind its number: "12<TAB>phone : ce numéro …". */
static void print_refusal(const json_t *row) {
    const json_t *errors = json_object_get(row, "errors"), *one;
    size_t i;

    printf("%lld\t", (long long)json_integer_value(json_object_get(row, "line")));
    json_array_foreach(errors, i, one) {
        printf("%s%s : %s", i ? " ; " : "", json_string_value(json_object_get(one, "field")),
               json_string_value(json_object_get(one, "message")));
    }
    putchar('\n');
}

static long long count_of(const json_t *outcome, const char *name) {
    return (long long)json_integer_value(json_object_get(outcome, name));
}

/* Refused lines on stdout, what became of the others on stderr. */
static bool report(struct str json, bool dry_run) {
    static const struct words heads[] = {
        { "Fait", "Done" }, { "Rien n’est écrit. Ce serait", "Nothing is written. It would be" }
    };
    json_t *outcome = json_loadb(json.p, json.n, 0, NULL);
    const json_t *row;
    size_t i;

    json_array_foreach(json_object_get(outcome, "results"), i, row) {
        if (strcmp(json_string_value(json_object_get(row, "action")), "refuse") == 0) print_refusal(row);
    }
    fflush(stdout);
    fprintf(stderr,
            command_lang() == LANG_EN ? "%s: %lld new, %lld changed, %lld unchanged, %lld refused.\n"
                                      : "%s : %lld nouveaux, %lld modifiés, %lld inchangés, %lld refusés.\n",
            command_words(heads[dry_run]), count_of(outcome, "made"), count_of(outcome, "updated"),
            count_of(outcome, "unchanged"), count_of(outcome, "refused"));
    bool all = outcome && count_of(outcome, "refused") == 0;
    json_decref(outcome);
    return all;
}

static enum status import_file(struct app *app, const char *path, bool dry_run, bool *all, struct err *e) {
    const struct patient_actor actor = { .now_us = clock_now_us(&app->clock) };
    struct progress progress;
    struct import_request request = { .region = app->config.default_region,
                                      .lang = command_lang(),
                                      .dry_run = dry_run,
                                      .on_row = tell_row,
                                      .ctx = &progress };
    struct arena *work = arena_new(WORK_ARENA_BYTES);
    struct buf text;
    enum status s;

    if (!work) return fail(e, E_INTERNAL, NULL, "no memory");
    buf_init(&text, OUTCOME_MAX_BYTES);
    struct json_out json = json_out_to(&text);
    if ((s = read_list(work, path, &request.bytes, e)) == OK) {
        progress_start(&progress);
        s = patient_import(app->db, &actor, work, &request, &json, e);
        progress_end(&progress);
    }
    if (s == OK && !buf_ok(&text)) s = fail(e, E_LIMIT, NULL, "no memory for a report");
    if (s == OK) *all = report(buf_str(&text), dry_run);
    buf_done(&text);
    arena_free(work);
    return s;
}

static int run(const struct command *c, int argc, char **argv) {
    bool dry_run = false, all = false;
    const struct option_row rows[] = { { "dry-run", NULL, &dry_run }, { 0 } };
    struct app app;
    struct err e = { 0 };
    enum status s;
    int first, code = options_parse(c, rows, argc, argv, &first);

    if (code != EXIT_DONE) return code;
    if (first == argc) return command_usage(c, "aucun fichier n’est nommé", "no file is named");
    if (first + 1 < argc) return command_usage_no_more(c);
    if ((s = app_open(&app, APP_DATABASE, &e)) == OK) {
        s = import_file(&app, argv[first], dry_run, &all, &e);
        app_close(&app);
    }
    if (s != OK) return command_failed(c, s, &e);
    return all ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_import = {
    .name = "import",
    .summary = { "Prendre une liste de patients (CSV)", "Take a list of patients in (CSV)" },
    .usage = { "[--dry-run] LISTE.csv", "[--dry-run] LIST.csv" },
    .help = { "  --dry-run   dire ce qui se passerait, sans rien écrire\n"
              "\n"
              "La première ligne nomme les colonnes : Prénom, Nom et Téléphone au moins. Un numéro connu est mis à jour si\n"
              "le nom est le même. Une ligne par refus sur la sortie : son numéro et les raisons. Code 1 quand il y en a.\n"
              "Les nouveaux patients reçoivent leur invitation dès que le serveur tourne.\n",
              "  --dry-run   say what would happen, and write nothing\n"
              "\n"
              "The first line names the columns: first name, last name and phone at least. A number that is known is\n"
              "updated if the name is the same. A line a refusal on stdout: its number and the reasons. Exit 1 when there\n"
              "are any. New patients get their invitation as soon as the server runs.\n" },
    .run = run,
};
