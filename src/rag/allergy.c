#include "rag/allergy.h"

#include "language/drug_class.h"
#include "language/names.h"
#include "understanding/subject.h"

/* How notes call a family, and its substances (drug_class_matches()). */
static const struct {
    const char *noted, *members;
} families[] = {
    { "penicilline penicillines betalactamine betalactamines", "*cilline" },
    { "cephalosporine cephalosporines betalactamine betalactamines", "cef*" },
    { "sulfamide sulfamides bactrim", "sulfa* cotrimoxazole" },
    { "ains inflammatoire inflammatoires aspirine acetylsalicylique",
      "acetylsalicylique *profene *fenac *xicam *coxib naproxene indometacine aspirine niflumique" },
    { "macrolide macrolides", "*thromycine spiramycine josamycine" },
    { "quinolone quinolones fluoroquinolone", "*floxacine" },
    { "quinine quinidine", "quinine quinidine" },
    { "morphine codeine opiace opiaces opioides", "morphine codeine tramadol oxycodone opium" },
};

/* The note names a family that the medicine is of. */
static bool family_is_noted(struct str medicine, struct str note) {
    for (size_t i = 0; i < COUNT_OF(families); i++) {
        struct str noted = str_from_c(families[i].noted);
        if (!drug_class_matches(str_from_c(families[i].members), medicine)) continue;
        for (struct str word; (word = names_next_word(&noted)).n;)
            if (names_hold_word(note, word)) return true;
    }
    return false;
}

static bool substance_is_noted(struct str substances, struct str note) {
    for (struct str word; (word = names_next_word(&substances)).n;)
        if (!names_is_shared(word) && names_hold_word(note, word)) return true;
    return false;
}

bool allergy_concerns(struct str medicine, struct str note) {
    struct str substances = names_substances(medicine, true);
    return subject_names_match(medicine, note) || family_is_noted(medicine, note) ||
           substance_is_noted(substances, note) || family_is_noted(substances, note);
}
