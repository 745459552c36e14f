#ifndef LANGUAGE_NAMES_H
#define LANGUAGE_NAMES_H
/*
 * names -- what medicines and laboratory values are called, as far as anybody knows without the record.
 *
 * Medicines: the list of documents/drug_list.h. It does not say what a patient takes; it keeps the answer from taking one medicine for a
 * misspelling of another, and tells that a medicine is asked for which the record does not hold. All names folded.
 */
#include "base/base.h"

/* Takes the next word off a folded name: what stands between blanks, signs and brackets. Empty at its end. */
struct str names_next_word(struct str *rest);

/* Whether the word is one of the text's, which are cut in the same way. */
bool names_hold_word(struct str folded, struct str word);

bool names_is_drug(struct str folded);

/* Names a medicine in running text: shorter names are more often something else, and "fer" is a value too. */
bool names_is_medicine(struct str folded);

/* Ends as medicines do ("-cilline", "-prazole"): a name that the list may lack. */
bool names_ends_like_drug(struct str folded);

/* Is, or may be a misspelling of, a medicine of the list. */
bool names_is_near_drug(struct str folded);

/*
 * May the misspelt word `typed` just as well mean another medicine than `word`? True when the list's nearest is another one, or when it
 * cannot tell.
 */
bool names_is_another_drug(struct str typed, struct str word);

/*
 * The substance that a medicine is made of, when it is a single one: "doliprane" and "paracetamol" both answer "paracetamol". Empty for a
 * combination, for a name that the list does not hold, and where the products of one substance are not alike (insulins); with `tolerant`, a misspelt name is taken for the nearest one.
 */
struct str names_substance(struct str folded, bool tolerant);

/* All substances of a product, separated by '+'; of a substance itself; empty: not in the list. */
struct str names_substances(struct str folded, bool tolerant);

/* Words that many medicines' names share ("acide", "forte", "sodique"), which name none alone. */
bool names_is_shared(struct str folded);

/* Which laboratory value the word names, in one of its names ("sucre" and "glycemie" are the same); 0: none. */
int names_lab(struct str folded);

/* All names of the value with that number, separated by spaces; empty: there is none. */
struct str names_lab_words(int lab);

/* The same, for a word that may be misspelt. */
int names_lab_near(struct str folded);

/*
 * A set of values that is asked for by one word: "nfs", "ionogramme", "lipidique". The words of its values (names_lab() knows them),
 * separated by spaces; empty: the word names no set.
 */
struct str names_panel(struct str folded);

/* A first or family name that is common in Senegal and is no French word. */
bool names_is_person(struct str folded);

/* What has a number of days or times without being a medicine: "grossesse", "lit" (médical), "arret" (de travail). */
bool names_is_thing(struct str folded);

/* The name of a disease that patients ask about: "diabetique", "asthme". */
bool names_is_disease(struct str folded);

/* For tests: the tables are sorted. */
bool names_tables_are_sorted(void);

#endif
