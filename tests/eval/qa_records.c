#include "qa_records.h"

#include "eval.h"

const char *const qa_names[] = { "leaflets", "mesconseilscovid", "admin_cnil", "fquad_valid", NULL };

static struct str title_of(const struct qa_set *set, size_t document) {
    for (size_t i = 0; i < set->passage_count; i++)
        if (set->passages[i].document == document) return set->passages[i].title;
    return STR("");
}

/* The document as a paper: its title, then its passages. Empty: none of them is in this half. */
static struct str document_text(struct arena *arena, const struct qa_records *r, size_t document,
                                size_t half) {
    struct str text = { "", 0 };
    for (size_t i = 0; i < r->set.passage_count; i++) {
        const struct qa_passage *p = &r->set.passages[i];
        if (p->document != document || (r->halves && i % 2 != half)) continue;
        if (!arena_printf(arena, &text, "%.*s\n\n%.*s\n", STR_ARG(text.n ? text : p->title),
                          STR_ARG(p->text)))
            eval_end("no memory");
    }
    return text;
}

static void make_record(struct arena *arena, struct paper_reader *reader, struct qa_records *r, size_t group,
                        size_t half) {
    const struct paper_person person = { .id = (int64_t)r->count + 1 };
    struct paper papers[QA_RECORD_DOCUMENTS];
    size_t count = 0;
    for (size_t k = 0; k < QA_RECORD_DOCUMENTS; k++) {
        size_t document = group * QA_RECORD_DOCUMENTS + k;
        struct str text =
            document < r->set.document_count ? document_text(arena, r, document, half) : STR("");
        if (text.n) papers[count++] = (struct paper) { title_of(&r->set, document), text };
    }
    if (r->count == QA_RECORDS_MAX) eval_end("too many records");
    r->records[r->count++] = paper_record(reader, &person, papers, count);
}

bool qa_records_read(struct arena *arena, struct paper_reader *reader, const char *folder, const char *name,
                     struct qa_records *out) {
    *out = (struct qa_records) { .halves = strcmp(name, "leaflets") != 0 };
    if (!qa_set_read(arena, folder, name, &out->set)) return false;
    size_t groups = (out->set.document_count + QA_RECORD_DOCUMENTS - 1) / QA_RECORD_DOCUMENTS;
    for (size_t g = 0; g < groups; g++)
        for (size_t half = 0; half < (out->halves ? 2 : 1); half++) make_record(arena, reader, out, g, half);
    return true;
}

void qa_records_done(struct qa_records *r) {
    for (size_t i = 0; i < r->count; i++) record_free(r->records[i]);
}

static size_t index_with(const struct qa_records *r, size_t passage) {
    size_t group = r->set.passages[passage].document / QA_RECORD_DOCUMENTS;
    return r->halves ? 2 * group + passage % 2 : group;
}

const struct record *qa_record_with(const struct qa_records *r, size_t passage) {
    return r->records[index_with(r, passage)];
}

/* The first word of a leaflet's title is the medicine. */
static bool holds_medicine(const struct record *record, struct str title) {
    struct str name = str_sub(title, 0, str_find_char(title, ' '));
    for (size_t i = 0; i < record->document_count; i++)
        if (str_starts(record->documents[i].title, name)) return true;
    return false;
}

const struct record *qa_record_without(const struct qa_records *r, size_t passage) {
    size_t with = index_with(r, passage);
    if (r->halves) return r->records[with ^ 1];
    for (size_t i = 1; i < r->count; i++) {
        const struct record *other = r->records[(with + i) % r->count];
        if (!holds_medicine(other, r->set.passages[passage].title)) return other;
    }
    eval_end("every record holds the medicine");
}
