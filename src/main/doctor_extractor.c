/*
 * doctor_extractor -- the reader of documents: whether its sandbox closes here, and whether it can read print.
 */
#include "main/doctor.h"

#include <stdio.h>
#include <sys/wait.h>

#include "documents/extract.h"
#include "os/file.h"
#include "os/process.h"
#include "os/sandbox.h"

#define CHECK_US (60 * SECOND_US)

static const struct message no_landlock = {
    "sandbox_missing",
    "Ce noyau (ou ce conteneur) n’a pas Landlock : aucun document ne peut être lu. Il faut Linux 5.13 ou plus, avec lsm=landlock.",
    "This kernel (or container) has no Landlock: no document can be read. Linux 5.13 or later is needed, with lsm=landlock."
};
static const struct message sandbox_fine = { "sandbox_ok",
                                             "fermé (Landlock {}) ; un document d’essai a été lu",
                                             "closed (Landlock {}); a document was read as a test" };
static const struct message ocr_missing = {
    "ocr_missing",
    "Le modèle français de Tesseract manque, ou le bac à sable est refusé : installez tesseract-ocr-fra.",
    "Tesseract's French model is missing, or the sandbox is refused: install tesseract-ocr-fra."
};
static const struct message ocr_fine = { "ocr_ok", "le modèle français est là", "the French model is there" };
static const struct message wrong_words = { "extractor_wrong", "Le lecteur n’a pas lu ce qui était écrit.",
                                            "The reader did not read what was written." };

/* A text goes the whole way of a document: memory file, process, sandbox, frames. */
static enum status read_text(struct doctor *d, struct extractor *x, struct err *e) {
    static const struct str text = { "MediRecord lit ce papier.\n", 26 };
    struct page *pages;
    size_t count = 0;
    int fd = -1;
    enum status s = memory_file_new(&fd, e);

    if (s == OK) s = fd_write_all(fd, text, e);
    if (s == OK) s = extract_pages(x, d->app.arena, fd, NULL, &pages, &count, e);
    if (s == OK && (count != 1 || str_find(pages[0].text, STR("lit ce papier")) == pages[0].text.n))
        s = fail(e, E_INTERNAL, &wrong_words, "%zu pages came", count);
    fd_close(&fd);
    return s;
}

static void check_sandbox(struct doctor *d, struct finding *f) {
    const struct extractor_options options = { .program = d->app.config.extractor_path, .readers_max = 1 };
    struct extractor *x = NULL;
    struct err e = { 0 };
    char abi[16];

    if (sandbox_landlock_abi() == 0) {
        found(f, FINDING_TO_MEND, &no_landlock, STR(""));
        return;
    }
    enum status s = extractor_open(d->app.arena, &options, &x, &e);
    if (s == OK) s = read_text(d, x, &e);
    extractor_close(x);
    snprintf(abi, sizeof abi, "%d", sandbox_landlock_abi());
    if (s != OK)
        found_failure(f, s, &e);
    else
        found(f, FINDING_OK, &sandbox_fine, str_from_c(abi));
}

static void check_ocr(struct doctor *d, struct finding *f) {
    static const char *const env[] = { NULL };
    const char *const argv[] = { d->app.config.extractor_path.p, "--check", NULL };
    struct process process;
    struct err e = { 0 };
    int status = 0;
    enum status s = process_spawn(argv, env, NULL, 0, &process, &e);

    if (s == OK && (s = process_wait(&process, clock_monotonic_us() + CHECK_US, &status, &e)) != OK)
        process_kill(&process);
    if (s != OK)
        found_failure(f, s, &e);
    else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        found(f, FINDING_TO_MEND, &ocr_missing, STR(""));
    else
        found(f, FINDING_OK, &ocr_fine, STR(""));
}

const struct doctor_check doctor_extractor_checks[] = {
    { "extractor", { "lecteur de documents", "reader of documents" }, check_sandbox },
    { "ocr", { "lecture de l’imprimé", "reading of print" }, check_ocr },
    { 0 },
};
