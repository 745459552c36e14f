#include "language/drug_class.h"

#include "base/utf8.h"
#include "language/names.h"

/* How a class is asked for; the substances in it, or what its lines say ("sirop", "application"). */
struct drug_class {
    const char *asked, *members, *says;
    bool strict, purpose; /* purpose: the word names a disease, the medicine is asked for by another word */
};

static const struct drug_class classes[] = {
    { "antibiotique antibiotiques antibio antibios antibiotic",
      "*cilline cef* *thromycine *cycline *floxacine *bactam *micine sulfamethoxazole cotrimoxazole metronidazole "
      "nitrofurantoine fosfomycine josamycine spiramycine thiamphenicol chloramphenicol",
      NULL, .strict = true },
    { "antipaludique antipaludiques antipaludeen palu paludisme",
      "artemether lumefantrine artesunate amodiaquine quinine chloroquine sulfadoxine pyrimethamine mefloquine "
      "atovaquone piperaquine dihydroartemisinine",
      NULL, .purpose = true },
    { "tension hypertension",
      "*pril *sartan *dipine *olol *thiazide indapamide furosemide spironolactone methyldopa", NULL,
      .purpose = true },
    { "diabete sucre diabetes",
      "metformine gli* *gliptine *gliflozine insuline acarbose repaglinide liraglutide semaglutide", NULL,
      .purpose = true },
    { "douleur douleurs mal fievre",
      "paracetamol ibuprofene tramadol acetylsalicylique ketoprofene diclofenac naproxene codeine nefopam",
      NULL, .purpose = true },
    { "cholesterol", "*statine *fibrate ezetimibe", NULL, .purpose = true },
    { "asthme",
      "salbutamol budesonide beclometasone beclomethasone formoterol salmeterol montelukast fluticasone "
      "terbutaline ipratropium",
      NULL, .purpose = true },
    { "creme pommade gel", NULL, "creme pommade gel cutane dermique application pde tube", false },
    { "sirop", NULL, "sirop buvable cuillere", false },
    { "goutte gouttes collyre", NULL, "goutte gtte collyre", false },
    { "piqure piqures injection injections", NULL, "inject ampoule seringue stylo sous-cutane insuline",
      false },
    { "spray inhalateur pompe bouffee bouffees", NULL, "bouffee inhal spray aerosol", false },
    { "suppo suppositoire suppositoires", NULL, "suppo", false },
};

static bool word_matches(struct str members, struct str word) {
    while (members.n && word.n) {
        struct str m = str_next_word(&members, " ");
        if (m.n == 0) break;
        if (m.p[0] == '*'         ? str_ends(word, str_sub(m, 1, m.n))
            : m.p[m.n - 1] == '*' ? str_starts(word, str_sub(m, 0, m.n - 1))
                                  : str_eq(word, m))
            return true;
    }
    return false;
}

bool drug_class_matches(struct str members, struct str name) {
    for (struct str word; (word = names_next_word(&name)).n;) {
        struct str substances = names_substances(word, false);
        if (word_matches(members, word)) return true;
        while (substances.n)
            if (word_matches(members, names_next_word(&substances))) return true;
    }
    return false;
}

/* A word for medicine stands up to four words before. */
static bool is_behind_medicine(const struct tokens *t, size_t token) {
    static const char *const words[] = { "antibiotique", "cachet",    "cachets",    "comprime",
                                         "comprimes",    "garab",     "medicament", "medicaments",
                                         "medicine",     "pilule",    "produit",    "remede",
                                         "tablets",      "traitement" };
    for (size_t i = token > 4 ? token - 4 : 0; i < token; i++)
        for (size_t k = 0; k < COUNT_OF(words); k++)
            if (str_eq(t->items[i].folded, str_from_c(words[k]))) return true;
    return false;
}

const struct drug_class *drug_class_asked(const struct tokens *t, size_t token) {
    for (size_t i = 0; i < COUNT_OF(classes); i++) {
        struct str asked = str_from_c(classes[i].asked);
        bool named = false;
        while (asked.n && !named) named = str_eq(str_next_word(&asked, " "), t->items[token].folded);
        if (named && (!classes[i].purpose || is_behind_medicine(t, token))) return &classes[i];
    }
    return NULL;
}

bool drug_class_is_strict(const struct drug_class *c) {
    return c->strict;
}

bool drug_class_has(const struct drug_class *c, struct arena *arena, const struct fact *f) {
    struct str quote;
    if (f->type != FACT_MEDICATION) return false;
    if (c->members) return drug_class_matches(str_from_c(c->members), f->name_folded);
    struct str says = str_from_c(c->says);
    if (!utf8_fold(arena, f->quote, &quote)) return false;
    while (says.n) {
        struct str word = str_next_word(&says, " ");
        if (word.n && str_find(quote, word) < quote.n) return true;
    }
    return false;
}
