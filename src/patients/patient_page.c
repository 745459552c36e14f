#include "patients/patient_page.h"

#include "base/html.h"

#include <jansson.h>

enum { SECONDS_FROM = 19, MINUTES_BYTES = 16 }; /* of "2026-11-23T08:15:30…" */

enum word {
    W_TITLE,
    W_MADE,
    W_WHO,
    W_NOTED,
    W_PAPERS,
    W_NO_PAPERS,
    W_TALK,
    W_NO_TALK,
    W_YOU,
    W_CLINIC,
    W_ALL,
    WORD_COUNT
};

static const char *const words[WORD_COUNT][LANG_COUNT] = {
    [W_TITLE] = { "Dossier médical", "Medical record", "Dosiye wér-gi-yaram" },
    [W_MADE] = { "Remis le", "Given on", "Bés bi ñu ko joxee" },
    [W_WHO] = { "Qui vous êtes", "Who you are", "Yaw" },
    [W_NOTED] = { "Ce que la clinique a noté", "What the clinic noted", "Li kilinik bi bind" },
    [W_PAPERS] = { "Vos documents", "Your documents", "Say kayit" },
    [W_NO_PAPERS] = { "Aucun document.", "No document.", "Amul benn kayit." },
    [W_TALK] = { "Vos messages avec la clinique (heure UTC)", "Your messages with the clinic (UTC)",
                 "Say message ak kilinik bi (UTC)" },
    [W_NO_TALK] = { "Aucun message.", "No message.", "Amul benn message." },
    [W_YOU] = { "Vous", "You", "Yaw" },
    [W_CLINIC] = { "La clinique", "The clinic", "Kilinik bi" },
    [W_ALL] = { "Tout ce qui est gardé de vous, pour un autre logiciel, est dans le fichier",
                "Everything that is kept about you, for another program, is in the file",
                "Lépp li ñu denc ci yaw, ngir beneen porogaraam, mu ngi ci fichier bi" },
};

/* A field of the export's patient, and how people call it. */
struct line {
    const char *key;
    const char *label[LANG_COUNT];
};

static const struct line who[] = {
    { "first_name", { "Prénom", "First name", "Tur" } },
    { "last_name", { "Nom", "Last name", "Sant" } },
    { "date_of_birth", { "Date de naissance", "Date of birth", "Bésu juddu" } },
    { "gender", { "Sexe", "Sex", "Góor walla jigéen" } },
    { "phone", { "Téléphone", "Phone", "Telefon" } },
    { "email", { "Courriel", "E-mail", "Email" } },
    { "address", { "Adresse", "Address", "Adrees" } },
};
static const struct line noted[] = {
    { "allergies", { "Allergies", "Allergies", "Alersi" } },
    { "current_medications", { "Médicaments en cours", "Current medicines", "Garab yi ngay jël" } },
    { "medical_history", { "Antécédents", "History", "Feebar yi nga masa am" } },
};

static const char style[] =
    ":root{color-scheme:light dark}body{font:17px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.7rem;margin:0}h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:1px solid}"
    "dt{font-weight:600;margin-top:.5rem}dd,ul,ol{margin:0;padding:0}dd,p{white-space:pre-wrap;overflow-wrap:anywhere}"
    "li{list-style:none;padding:.4rem 0;border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent)}";

struct page {
    struct buf *out;
    enum lang lang;
};

static void put(const struct page *p, const char *markup) {
    buf_add(p->out, str_from_c(markup));
}

static void put_text(const struct page *p, const char *text) {
    html_add_text(p->out, str_from_c(text));
}

static void put_word(const struct page *p, enum word w) {
    put_text(p, words[w][p->lang]);
}

static void put_heading(const struct page *p, enum word w) {
    put(p, "<h2>");
    put_word(p, w);
    put(p, "</h2>\n");
}

static void put_note(const struct page *p, enum word w) {
    put(p, "<p>");
    put_word(p, w);
    put(p, "</p>\n");
}

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* "2026-11-23 08:15" of a time as the API writes it. */
static void put_time(const struct page *p, const char *iso) {
    size_t n = strlen(iso);
    if (n < SECONDS_FROM) return;
    html_add_text(p->out, (struct str) { iso, 10 });
    buf_add_char(p->out, ' ');
    html_add_text(p->out, (struct str) { iso + 11, MINUTES_BYTES - 11 });
}

/* Those lines that say something, under their heading; nothing when none does. */
static void put_lines(const struct page *p, const json_t *patient, enum word heading,
                      const struct line *lines, size_t count) {
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        const char *text = text_of(patient, lines[i].key);
        if (!*text) continue;
        if (!any) put_heading(p, heading);
        put(p, any ? "<dt>" : "<dl>\n<dt>");
        any = true;
        put_text(p, lines[i].label[p->lang]);
        put(p, "</dt><dd>");
        put_text(p, text);
        put(p, "</dd>\n");
    }
    if (any) put(p, "</dl>\n");
}

static void put_papers(const struct page *p, const struct page_paper *papers, size_t count) {
    char day[DATE_ISO_BYTES];

    put_heading(p, W_PAPERS);
    if (count == 0) put_note(p, W_NO_PAPERS);
    put(p, count ? "<ul>\n" : "");
    for (size_t i = 0; i < count; i++) {
        put(p, "<li><a href=\"");
        html_add_text(p->out, papers[i].name);
        put(p, "\">");
        html_add_text(p->out, papers[i].title.n ? papers[i].title : papers[i].name);
        put(p, "</a>");
        if (papers[i].date.year) {
            date_format_iso(papers[i].date, day);
            buf_addf(p->out, ", <time>%s</time>", day);
        }
        put(p, "</li>\n");
    }
    put(p, count ? "</ul>\n" : "");
}

static void put_message(const struct page *p, const json_t *message) {
    put(p, "<li><b>");
    put_word(p, strcmp(text_of(message, "direction"), "in") == 0 ? W_YOU : W_CLINIC);
    put(p, "</b> <small>");
    put_time(p, text_of(message, "created_at"));
    put(p, "</small><p>");
    put_text(p, text_of(message, "body"));
    put(p, "</p></li>\n");
}

/* The export has the newest first; people read from the beginning. */
static void put_talk(const struct page *p, const json_t *messages) {
    put_heading(p, W_TALK);
    if (json_array_size(messages) == 0) {
        put_note(p, W_NO_TALK);
        return;
    }
    put(p, "<ol>\n");
    for (size_t i = json_array_size(messages); i > 0; i--) put_message(p, json_array_get(messages, i - 1));
    put(p, "</ol>\n");
}

static void put_head(const struct page *p, const json_t *patient, const char *exported_at) {
    static const char *const codes[LANG_COUNT] = { "fr", "en", "wo" };

    buf_addf(p->out, "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">", codes[p->lang]);
    put(p, "<meta name=\"viewport\" content=\"width=device-width\"><title>");
    put_word(p, W_TITLE);
    put(p, "</title><style>");
    put(p, style);
    put(p, "</style></head><body>\n<h1>");
    put_text(p, text_of(patient, "first_name"));
    put(p, " ");
    put_text(p, text_of(patient, "last_name"));
    put(p, "</h1>\n<p>");
    put_word(p, W_TITLE);
    put(p, ". ");
    put_word(p, W_MADE);
    put(p, " ");
    html_add_text(p->out,
                  str_sub(str_from_c(exported_at), 0, strlen(exported_at) < 10 ? strlen(exported_at) : 10));
    put(p, ".</p>\n");
}

enum status patient_page_write(struct str export_json, const struct page_paper *papers, size_t count,
                               enum lang lang, struct buf *out, struct err *e) {
    const struct page p = { out, lang };
    json_t *root = json_loadb(export_json.p, export_json.n, 0, NULL);
    const json_t *patient = json_object_get(root, "patient");

    if (!json_is_object(patient)) {
        json_decref(root);
        return fail(e, E_INTERNAL, NULL, "an export without a patient");
    }
    put_head(&p, patient, text_of(root, "exported_at"));
    put_lines(&p, patient, W_WHO, who, COUNT_OF(who));
    put_lines(&p, patient, W_NOTED, noted, COUNT_OF(noted));
    put_papers(&p, papers, count);
    put_talk(&p, json_object_get(root, "messages"));
    put(&p, "<p>");
    put_word(&p, W_ALL);
    put(&p, " <a href=\"record.json\">record.json</a>.</p>\n</body></html>\n");
    json_decref(root);
    return buf_ok(out) ? OK : fail(e, E_LIMIT, NULL, "a record's page is too long");
}
