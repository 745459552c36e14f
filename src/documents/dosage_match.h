#ifndef DOCUMENTS_DOSAGE_MATCH_H
#define DOCUMENTS_DOSAGE_MATCH_H
/*
 * dosage_match -- the phrases of a posology: each function tells whether one starts at a token and where it ends.
 *
 * A matcher answers the token behind its phrase, or i when the phrase does not stand there. Where only a part of the phrase is
 * the value ("pendant 7 jours" says "7 jours"), *value_from and *value_to tell which. Pure.
 */
#include "documents/token.h"

struct token_span {
    size_t from, to;
};

/* "2", "2,5", "1/2", "½", "deux", "1 à 2", "1-2", "un ou deux". */
size_t match_quantity(const struct tokens *, size_t i);

/* A plain number, with thousands ("100 000"). */
size_t match_number(const struct tokens *, size_t i);

/* "500 mg", "1 g/125 mg", "20/120 mg", "100 000 UI", "0,05 %", "4000 UI/0,4 ml", "100 mg/12,5 mg par ml". */
size_t match_strength(const struct tokens *, size_t i);

/* "comprimé pelliculé", "poudre pour suspension buvable en sachet", "cp". */
size_t match_form(const struct tokens *, size_t i);

/* "1 cp", "1 à 2 comprimés", "1 cp à 2 cp", "10 ml", "1 cuillère à soupe", "une demi-ampoule", "1 dose poids 12 kg". */
size_t match_dose(const struct tokens *, size_t i);

/* True if the quantity that match_dose() found is a mass or volume ("160 mg") and no unit of taking ("1 cp"). */
bool dose_is_mass(const struct tokens *, size_t from, size_t to);

/* "3 fois par jour", "/j", "x 3/j", "toutes les 6 heures", "un jour sur deux", "1-0-1", "par semaine le lundi", "en une prise". */
size_t match_rate(const struct tokens *, size_t i);

/* "le matin", "matin, midi et soir", "au coucher", "le lundi". */
size_t match_moments(const struct tokens *, size_t i);

/* "pendant 7 jours", "QSP 3 mois", "x 5 j", "du 1/2/2024 au 7/2/2024", "au long cours". */
size_t match_duration(const struct tokens *, size_t i, struct token_span *value);

/* "AR 2 fois", "à renouveler 3 fois", "renouvelable 5 fois", "non renouvelable". */
size_t match_renewals(const struct tokens *, size_t i, struct token_span *value);

/* "par voie orale", "per os", "IV", "en sous-cutané", "dans l'œil droit". */
size_t match_route(const struct tokens *, size_t i, struct token_span *value);

/* Words that belong together and are no field: a condition ("si douleur"), a limit ("maximum 4 g par jour"), a later phase ("puis …"). */
size_t match_clause(const struct tokens *, size_t i);

#endif
