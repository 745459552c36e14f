#include "language/drug_class.h"

#include "base/utf8.h"
#include "language/language_words.h"
#include "language/names.h"

/* From a word for medicine to what it is for: "le cachet de la tension", "le médicament pour garder le sang fluide". */
enum { NEAR_WORDS = 4, FAR_WORDS = 6 };

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
    { "tension hypertension pressure",
      "*pril *sartan *dipine *olol *thiazide indapamide furosemide spironolactone methyldopa", NULL,
      .purpose = true },
    { "diabete sucre diabetes",
      "metformine gli* *gliptine *gliflozine insuline acarbose repaglinide liraglutide semaglutide", NULL,
      .purpose = true },
    { "douleur douleurs mal fievre pain fever",
      "paracetamol ibuprofene tramadol acetylsalicylique ketoprofene diclofenac naproxene codeine nefopam",
      NULL, .purpose = true },
    { "inflammatoire inflammatoires ains nsaid nsaids",
      "ibuprofene ketoprofene diclofenac aceclofenac naproxene piroxicam meloxicam celecoxib indometacine "
      "niflumique flurbiprofene etoricoxib",
      NULL, false },
    { "cholesterol", "*statine *fibrate ezetimibe", NULL, .purpose = true },
    { "asthme",
      "salbutamol budesonide beclometasone beclomethasone formoterol salmeterol montelukast fluticasone "
      "terbutaline ipratropium",
      NULL, .purpose = true },
    { "anticoagulant anticoagulants antiagregant fluidifiant anticoagulation fluide fluidifier fluidifie liquide "
      "caillot caillots thinner thinners clot clots",
      "clopidogrel acetylsalicylique *parine *parin *xaban dabigatran warfarine acenocoumarol fluindione "
      "ticagrelor prasugrel",
      NULL, .purpose = true },
    { "antidepresseur antidepresseurs antidepressant moral depression deprime deprimee mood",
      "sertraline *oxetine *citalopram venlafaxine mirtazapine *triptyline clomipramine mianserine", NULL,
      .purpose = true },
    { "dormir sommeil insomnie somnifere somniferes endormir sleep sleeping nelaw nelew",
      "zopiclone zolpidem *zepam *zolam hydroxyzine alimemazine doxylamine melatonine", NULL,
      .purpose = true },
    { "saigner saigne saignement saignements hemorragie hemorragies bleeding", "tranexamique etamsylate",
      NULL, .purpose = true },
    { "cortisone corticoide corticoides steroid steroids",
      "*metasone *nisone *nisolone hydrocortisone triamcinolone budesonide clobetasol fluticasone "
      "beclomethasone dermocorticoide",
      NULL, false },
    { "estomac acidite ulcere gastrite reflux stomach ulcer",
      "*prazole ranitidine cimetidine sucralfate alginate phosphate aluminium", NULL, .purpose = true },
    { "demangeaison demangeaisons gratte gratter allergie itching itch allergy",
      "*cetirizine *loratadine hydroxyzine dexchlorpheniramine fexofenadine bilastine", NULL,
      .purpose = true },
    { "vomir vomissement vomissements nausee nausees vomiting nausea",
      "metoclopramide domperidone metopimazine *setron", NULL, .purpose = true },
    { "constipation constipe constipee", "macrogol lactulose bisacodyl ispaghul", NULL, .purpose = true },
    { "thyroide thyroid", "levothyroxine carbimazole thiamazole propylthiouracile", NULL, .purpose = true },
    { "epilepsie convulsions epilepsy seizures",
      "valpro* carbamazepine lamotrigine levetiracetam phenobarbital phenytoine topiramate", NULL,
      .purpose = true },
    { "prostate", "tamsulosine alfuzosine finasteride dutasteride silodosine", NULL, .purpose = true },
    { "uriner pisser diuretique diuretiques", "furosemide spironolactone hydrochlorothiazide indapamide",
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

/* "Le cachet qui donne mal": what it does, not what it is for. */
static bool is_purpose(const struct tokens *t, size_t medicine, size_t token) {
    bool said = false;
    for (size_t i = medicine + 1; i < token; i++) {
        struct str word = t->items[i].folded;
        if (word_in(word, &words_does)) return false;
        said |= word_in(word, &words_for_purpose);
    }
    return said || token - medicine <= NEAR_WORDS;
}

/* A word for medicine stands before, near or with "pour" in between. */
static bool is_behind_medicine(const struct tokens *t, size_t token) {
    for (size_t i = token > FAR_WORDS ? token - FAR_WORDS : 0; i < token; i++)
        if (word_in(t->items[i].folded, &words_medicine) && is_purpose(t, i, token)) return true;
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
