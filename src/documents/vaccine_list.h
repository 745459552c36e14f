#ifndef DOCUMENTS_VACCINE_LIST_H
#define DOCUMENTS_VACCINE_LIST_H
/*
 * vaccine_list -- names of vaccines, and what each protects from.
 *
 * The table (vaccine_table.c) has the vaccines of Senegal's programme (PEV), those of the French schedule and those of travellers: by
 * brand, by the letters that vaccination cards use and by the disease. Pure.
 */
#include "documents/token.h"

/* Diseases, a bit each. */
enum vaccine_against {
    AGAINST_TUBERCULOSIS = 1 << 0,
    AGAINST_POLIO = 1 << 1,
    AGAINST_DIPHTHERIA = 1 << 2,
    AGAINST_TETANUS = 1 << 3,
    AGAINST_PERTUSSIS = 1 << 4,
    AGAINST_HEPATITIS_B = 1 << 5,
    AGAINST_HIB = 1 << 6,
    AGAINST_PNEUMOCOCCUS = 1 << 7,
    AGAINST_ROTAVIRUS = 1 << 8,
    AGAINST_MEASLES = 1 << 9,
    AGAINST_RUBELLA = 1 << 10,
    AGAINST_MUMPS = 1 << 11,
    AGAINST_YELLOW_FEVER = 1 << 12,
    AGAINST_HPV = 1 << 13,
    AGAINST_MENINGOCOCCUS = 1 << 14,
    AGAINST_COVID = 1 << 15,
    AGAINST_FLU = 1 << 16,
    AGAINST_HEPATITIS_A = 1 << 17,
    AGAINST_TYPHOID = 1 << 18,
    AGAINST_RABIES = 1 << 19,
    AGAINST_VARICELLA = 1 << 20,
    AGAINST_ZOSTER = 1 << 21,
    AGAINST_CHOLERA = 1 << 22,
    AGAINST_MALARIA = 1 << 23,
    AGAINST_ENCEPHALITIS = 1 << 24,
    AGAINST_DENGUE = 1 << 25,
    AGAINST_RSV = 1 << 26,
    AGAINST_MPOX = 1 << 27,
    AGAINST_EBOLA = 1 << 28
};

struct vaccine {
    uint32_t against; /* bits of enum vaccine_against */
    bool
        is_sure; /* names a vaccine and nothing else: "BCG", "Stamaril". A disease ("grippe") does beside words of vaccination */
};

/*
 * The longest name that starts at token i, parts joined by signs taken together ("DTCaP-Hib-HepB", "Diphtérie / Tétanos", "Fièvre
 * jaune (STAMARIL)"): behind it, or i. `tolerant`: a letter of a long name may be wrong.
 */
size_t vaccine_match(const struct tokens *, size_t i, bool tolerant, struct vaccine *out);

/* The table, for vaccine_list.c: names as folded words, signs between them left out. */
struct vaccine_name {
    const char *words;
    uint32_t against;
    bool is_sure;
};

extern const struct vaccine_name vaccine_names[];
extern const size_t vaccine_name_count;

#endif
