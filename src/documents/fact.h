#ifndef DOCUMENTS_FACT_H
#define DOCUMENTS_FACT_H
/*
 * fact -- something that a document says, taken out with its place: a medication line, a laboratory value,
 * a vaccination.
 *
 * A fact quotes: every field stands on the page inside `box`, except where the comment says that it was normalised.
 * Empty str: not said. Strings live in the arena of the reader.
 */
#include "base/clock.h"
#include "base/status.h"
#include "documents/page.h"

enum fact_type {
    FACT_MEDICATION,
    FACT_LAB_VALUE,
    FACT_ALLERGY,
    FACT_APPOINTMENT,
    FACT_DIAGNOSIS,
    FACT_VACCINATION,
    FACT_TYPE_COUNT
};

enum document_kind {
    KIND_OTHER,
    KIND_PRESCRIPTION,
    KIND_LABORATORY,
    KIND_IMAGING,
    KIND_REPORT,
    KIND_CERTIFICATE,
    KIND_COUNT
};

/* Whose words stand in the place of what was printed or read. */
enum corrected_by { CORRECTED_BY_NOBODY, CORRECTED_BY_DOCTOR, CORRECTED_BY_STAFF };

struct fact {
    enum fact_type type;
    int page;
    struct box box;
    uint8_t confidence; /* 0..100: the lowest of its words */
    struct str quote;   /* the line or lines as printed */
    struct str
        name; /* drug, analyte, substance, diagnosis, who is met, vaccine; normalised where a cell's edge cut a drug's off */
    struct str name_folded; /* normalised: utf8_fold(name), for finding it */

    int64_t correction_id;          /* what a person said made it what it is; 0: as it was read */
    enum corrected_by corrected_by; /* of one that is stored and says something else than what was read */

    /* medication */
    struct str strength;  /* "10 mg" */
    struct str form;      /* "comprimé" */
    struct str dose;      /* "1 comprimé" */
    struct str route;     /* "voie orale" */
    struct str frequency; /* "3 fois par jour", "matin et soir" */
    struct str duration;  /* "7 jours" */
    struct str renewals;
    struct str instruction;

    /* laboratory value */
    struct str value; /* as printed: "1,05", "< 0,3", "Négatif" */
    struct str unit;
    struct str reference; /* as printed: "0,70 - 1,10", "inf. à 5" */
    struct str flag;      /* normalised: "high", "low", "" */
    struct str specimen;
    struct str day; /* normalised, "2026-04-27": of its column; empty: of the document's day */

    /* vaccination that was given; `value` is the day as printed ("12/01/2023", "2018"), `dose` its rank ("2e injection", "rappel"), which
     * may stand over its column */
    struct str lot; /* "X1234" */
    struct str due; /* day of the next one, as printed */
};

/* What a document is, read from its pages. */
struct document_reading {
    enum document_kind kind;
    struct date date;  /* of the document: prescription, sampling, examination; year 0 when not found */
    struct str author; /* who signs: "Dr Martin DURAND"; empty when not found */
    struct str title;  /* heading, for people, or "Lettre du Dr …"; empty when not found */
    struct str patient_name;
    struct date patient_birth;
    struct fact *facts;
    size_t fact_count;
};

/*
 * Pure: no I/O, no clock. Only legible pages count; what was written is not of a day behind the one on which it was received (year 0: not known).
 * E_LIMIT when the arena is full.
 */
enum status document_read_pages(struct arena *, const struct page *pages, size_t count, struct date received,
                                struct document_reading *, struct err *) MUST_CHECK;

/*
 * A paper that does not say what it is (nothing, or no more than "Compte rendu") is what its file is called: "CR_Radio.pdf" is imaging.
 * False: the arena is full.
 */
bool document_kind_by_file_name(struct arena *, struct str file_name, struct document_reading *) MUST_CHECK;

const char *document_kind_name(
    enum document_kind); /* "prescription", "laboratory", "imaging", "report", "certificate", "other" */
bool document_kind_from_name(struct str, enum document_kind *) MUST_CHECK;
enum fact_type fact_type_from_name(struct str); /* FACT_TYPE_COUNT: none of them */
const char *fact_type_name(enum fact_type);     /* "medication", "lab_value", … */

#endif
