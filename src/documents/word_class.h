#ifndef DOCUMENTS_WORD_CLASS_H
#define DOCUMENTS_WORD_CLASS_H
/*
 * word_class -- what a French word can mean on a prescription or a laboratory report.
 *
 * The words are in word_class.txt, folded (lower case, no accents): French medical usage and the abbreviations that doctors
 * in France and Senegal write. A word may belong to several classes.
 */
#include "base/base.h"

#define WORD_COUNT_WORD (UINT64_C(1) << 0)  /* un, deux, demi */
#define WORD_DOSE_UNIT  (UINT64_C(1) << 1)  /* cp, gélule, sachet, goutte: what is taken */
#define WORD_MASS       (UINT64_C(1) << 2)  /* mg, g, UI, ml: how strong, or how much */
#define WORD_FORM       (UINT64_C(1) << 3)  /* comprimé, sirop, collyre: begins a form */
#define WORD_FORM_REST  (UINT64_C(1) << 4)  /* pelliculé, buvable: goes on with a form */
#define WORD_MOMENT     (UINT64_C(1) << 5)  /* matin, soir, coucher */
#define WORD_PERIOD     (UINT64_C(1) << 6)  /* jour, semaine, h: after "par", "/" or "tous les" */
#define WORD_SPAN       (UINT64_C(1) << 7)  /* jours, semaines, mois: how long */
#define WORD_WEEKDAY    (UINT64_C(1) << 8)  /* lundi */
#define WORD_MONTH      (UINT64_C(1) << 9)  /* janvier, janv */
#define WORD_STOP       (UINT64_C(1) << 10) /* arrêter, stop, suspendre */
#define WORD_LEAD       (UINT64_C(1) << 11) /* prendre, poursuivre: may stand before a drug */
#define WORD_FILLER     (UINT64_C(1) << 12) /* says nothing by itself: de, à, prendre */
#define WORD_NOT_DRUG   (UINT64_C(1) << 13) /* devices, tests, headings, addresses: begins no medication line */
#define WORD_DEVICE                                                                                          \
    (UINT64_C(1) << 14) /* devices, tests, visits: a line of its own on a prescription, no medication */
#define WORD_DOCTOR      (UINT64_C(1) << 15) /* dr, docteur, pr */
#define WORD_CIVILITY    (UINT64_C(1) << 16) /* m, mme, monsieur */
#define WORD_STREET      (UINT64_C(1) << 17) /* rue, avenue, bp, tel: an address or a contact */
#define WORD_HOUSE       (UINT64_C(1) << 18) /* clinique, hôpital, laboratoire */
#define WORD_PROFESSION  (UINT64_C(1) << 19) /* cardiologue, médecine, biologiste */
#define WORD_QUALITATIVE (UINT64_C(1) << 20) /* négatif, absence, clair: a result in words */
#define WORD_RAISED      (UINT64_C(1) << 21) /* haut, élevé, H: above the range */
#define WORD_LOWERED     (UINT64_C(1) << 22) /* bas, diminué, L: below the range */
#define WORD_NOT_ANALYTE (UINT64_C(1) << 23) /* poids, âge, dossier: a number after it is no result */
#define WORD_ANALYTE     (UINT64_C(1) << 24) /* what a laboratory measures */
#define WORD_LINK        (UINT64_C(1) << 25) /* et, de, la, pour: a sentence goes on after it */
#define WORD_NO_NAME     (UINT64_C(1) << 26) /* no part of a person's name: né, sexe, âge, adresse */
#define WORD_VACCINE     (UINT64_C(1) << 27) /* vaccin, vacciné, vaccination: the text speaks of vaccines */
#define WORD_GIVEN       (UINT64_C(1) << 28) /* reçu, fait, administré: a vaccine was given */
#define WORD_PLANNED     (UINT64_C(1) << 29) /* à faire, prévu, recommandé, prochain: a vaccine is to be given */
#define WORD_REFUSED     (UINT64_C(1) << 30) /* non, pas, refuse: a vaccine was not given */
#define WORD_APPOINTMENT (UINT64_C(1) << 31) /* rendez-vous, RDV, convocation */
#define WORD_CALLED                                                                                          \
    (UINT64_C(1) << 32) /* revoir, prochain, convoqué: one is to come back on the day that follows */
#define WORD_BIRTH (UINT64_C(1) << 33) /* né, naissance, DDN: the day that follows is a birth */
#define WORD_OTHER_DAY                                                                                       \
    (UINT64_C(1) << 34) /* depuis, péremption, prévu: the day that follows is not the paper's */
#define WORD_WRITTEN (UINT64_C(1) << 35) /* fait, établi, imprimé: the day on which somebody wrote follows */
#define WORD_CHANGED (UINT64_C(1) << 36) /* renouvelé, inchangé, passe: what becomes of a medicine */

/* All classes of a folded word. */
uint64_t word_classes(struct str fold);

/* The generated table, in the order of bytes. */
struct word_entry {
    struct str word;
    uint64_t classes;
};

extern const struct word_entry word_entries[];
extern const size_t word_entry_count;

#endif
