#ifndef DOCUMENTS_VACCINATION_SHOT_H
#define DOCUMENTS_VACCINATION_SHOT_H
/*
 * vaccination_shot -- what a clause says of vaccinations, collected from left to right. For vaccination.c.
 *
 * "BCG, VPO 0 : 03/01/2024" puts the day behind its vaccines, "12/03/2024 : Penta 1, VPO 1" before: what comes first in the
 * clause decides. A further day behind vaccines is that of the next dose when words of planning stand before it, else one more dose.
 */
#include "documents/dosage_match.h"
#include "documents/vaccine_list.h"

enum { SHOT_NAMES_MAX = 12, SHOTS_MAX = 40 };

struct shot_name {
    struct token_span name, rank, lot;
    struct vaccine vaccine;
};

struct shot {
    struct shot_name names[SHOT_NAMES_MAX];
    size_t count;
    struct token_span day, due;
    bool planned, refused;
    size_t from, to; /* tokens that it stands on */
};

struct shots {
    struct shot items[SHOTS_MAX];
    size_t count;
    bool speaks;  /* words of vaccination stand there */
    bool given;   /* so do words of giving */
    bool doubted; /* and words that plan or deny */
};

/* Reads tokens from..to-1, one clause. */
void shots_read(const struct tokens *, size_t from, size_t to, bool tolerant, struct shots *out);

#endif
