#ifndef PATIENTS_PHONE_PLAN_H
#define PATIENTS_PHONE_PLAN_H
/*
 * phone_plan -- what each country's numbers look like: calling code, trunk prefix, lengths. Constant data
 * for phone.c.
 */
#include "base/base.h"

struct phone_plan {
    char region[3];                 /* ISO 3166 alpha-2 */
    char trunk[3];                  /* dialled inside the country only; "" where there is none */
    uint16_t calling_code;          /* rows are sorted by it, the main region of a shared code first */
    uint8_t digits_min, digits_max; /* of the national number */
};

const struct phone_plan *phone_plan_of_region(struct str region); /* NULL: unknown */

/* The plan whose calling code begins the digits (codes are prefix-free), or NULL. */
const struct phone_plan *phone_plan_of_digits(struct str digits);

#endif
