#include "language/names.h"

#include <stdlib.h>

#include "documents/drug_list.h"
#include "language/lab_names.h"
#include "language/typo.h"
#include "language/words.h"

enum { MEDICINE_LETTERS_MIN = 4 };

/* clang-format off */

static const char *const endings[] = {
    "ampicine", "artane", "astine", "azepam", "azole", "azoline", "bactam", "barbital", "caine", "cicline",
    "cilline", "coxib", "cycline", "dipine", "dronate", "fenac", "fibrate", "floxacine", "formine",
    "gliflozine", "glinide", "gliptine", "glitazone", "iciline", "icline", "ipine", "kinase", "lukast",
    "micine", "mycine", "olol", "olone", "oxacine", "oxetine", "parine", "penem", "peridol", "platine",
    "prazole", "pril", "prilat", "profene", "sartan", "semide", "setron", "statine", "steride", "sulfamide",
    "tadine", "terol", "thiazide", "tidine", "tinib", "triptan", "vastatine", "vudine", "xaban", "xicam",
    "zolamide", "quine", "navir", "tivir", "ciclovir", "zumab", "ximab"
};

/* Words that many names have and that name nothing alone: "taux de prothrombine". Sorted. */
static const char *const shared[] = {
    "acide", "activite", "adulte", "adultes", "analyse", "analyses", "arrow", "bilan", "bilans",
    "biogaran", "bromhydrate", "calcique", "chlorhydrate", "cinfa", "complexe", "concentration",
    "cristers", "cutanee", "denk", "dosage", "dosages", "eg", "enfant", "enfants", "examen", "examens",
    "fort", "forte", "fumarate", "gel", "globule", "globules", "huile", "index", "indice", "infantile", "jeun", "libre",
    "libres", "lp", "maleate", "mesure", "mylan", "nombre", "nourrisson", "numeration", "potassique",
    "ranbaxy", "rapport", "ratiopharm", "recherche", "resultat", "resultats", "retard", "sandoz",
    "sanguin", "sanguine", "sanguines", "sanguins", "sel", "serique", "seriques", "sodique", "sulfate",
    "taux", "temps", "test", "tests", "teva", "urinaire", "urinaires", "valeur", "valeurs", "viatris",
    "vitamine", "volume", "winthrop", "zentiva", "zydus"
};

/* Sorted. */
static const char *const diseases[] = {
    "anemie", "anemique", "angine", "arthrite", "arthrose", "asthmatique", "asthme", "bronchite", "cancer",
    "cancereux", "cataracte", "cholestase", "cirrhose", "depression", "diabete", "diabetes", "diabetique",
    "drepanocytaire", "drepanocytose", "eczema", "endometriose", "epilepsie", "epileptique", "fibrome",
    "gastrite", "glaucome", "goitre", "goutte", "hemorroides", "hepatite", "hernie", "hypertendu",
    "hypertendue", "hypertension", "infection", "insuffisance", "leucemie", "lupus", "migraine", "obesite",
    "paludisme", "pneumonie", "psoriasis", "seropositif", "seropositive", "sida", "sinusite", "thalassemie",
    "thyroide", "tuberculeux", "tuberculose", "ulcere", "vih"
};

/* Words that ask for a set of values, a colon, and words of the values. */
static const char *const panels[] = {
    "nfs hemogramme numeration: leucocytes hematies hemoglobine hematocrite vgm plaquettes neutrophiles lymphocytes monocytes",
    "lipidique lipides: cholesterol ldl hdl triglycerides",
    "ionogramme iono: sodium potassium chlore calcium magnesium",
    "hepatique: asat alat ggt bilirubine phosphatases",
    "renal renale: creatinine uree clairance",
    "thyroidien thyroidienne thyroide: tsh ft4 ft3",
};

/* Sorted. */
static const char *const things[] = { "appareil",  "arret",     "attelle", "bandelette", "bandelettes",
                                      "bequille",  "bequilles", "fauteuil", "grossesse", "hospitalisation",
                                      "lit",       "lunettes",  "operation", "pansement", "pansements",
                                      "platre",    "prothese",  "regime" };

/* Substances, or groups of them, whose products must not be taken for each other. Sorted. */
static const char *const unlike_products[] = { "anatoxine", "buprenorphine", "estradiol",  "fentanyl",
                                               "glucose",   "insuline",      "interferon", "morphine",
                                               "proteine",  "tacrolimus" };

/* Sorted. */
static const char *const people[] = {
    "abdou", "abdoulaye", "abibatou", "adama", "aicha", "aida", "aissatou", "alassane", "alioune", "amadou", "aminata", "amy", "anta",
    "arame", "assane", "astou", "awa", "babacar", "badara", "badiane", "binta", "birame", "boubacar", "bousso", "cheikh", "cisse",
    "coulibaly", "coumba", "demba", "dia", "diagne", "diallo", "diarra", "diatta", "diaw", "dieng", "dieynaba", "diop",
    "diouf", "djibril", "fallou", "fanta", "fatima", "fatimata", "fatma", "fatou", "fatoumata", "faye", "gaye", "gueye", "habib",
    "ibou", "ibrahima", "idrissa", "ismaila", "kadiatou", "kane", "khadija", "khadim", "khady", "khoudia", "konate", "lamine",
    "malick", "mamadou", "mame", "mareme", "mariama", "marieme", "mbacke", "mbaye", "mbow", "mendy", "modou", "momar", "mouhamed",
    "moussa", "moustapha", "ndao", "ndeye", "ndiaye", "ndour", "ngom", "niang", "oumar", "oumou", "ousmane", "pape", "rokhaya",
    "safietou", "saliou", "samb", "sambou", "seck", "sene", "serigne", "seydou", "seynabou", "sidy", "sokhna", "souleymane", "sow",
    "sylla", "tall", "thiam", "toure", "traore", "wade", "yacine", "youssou"
};

/* clang-format on */

struct str names_next_word(struct str *rest) {
    return str_next_word(rest, " ,;:/()[]+-'*.\"\n\t");
}

bool names_hold_word(struct str folded, struct str word) {
    for (struct str other; (other = names_next_word(&folded)).n;)
        if (str_eq(other, word)) return true;
    return false;
}

bool names_is_drug(struct str folded) {
    struct drug d;
    return drug_list_find(folded, &d) && !words_is_common(folded);
}

bool names_is_medicine(struct str folded) {
    return folded.n >= MEDICINE_LETTERS_MIN && names_is_drug(folded) && !names_lab(folded);
}

bool names_is_near_drug(struct str folded) {
    struct drug d;
    return drug_list_find_near(folded, &d);
}

bool names_is_another_drug(struct str typed, struct str word) {
    struct drug d;
    if (drug_list_find_near(typed, &d)) return !str_eq(d.name, word);
    /* Nothing near, or several equally near: then a name of the list is not to be guessed. */
    return drug_list_find(word, &d);
}

struct str names_substances(struct str folded, bool tolerant) {
    struct drug d;
    if (!drug_list_find(folded, &d) && !(tolerant && drug_list_find_near(folded, &d)))
        return (struct str) { "", 0 };
    return d.substances.n ? d.substances : d.name;
}

struct str names_substance(struct str folded, bool tolerant) {
    struct str substances = names_substances(folded, tolerant);
    bool alone = str_find_char(substances, '+') == substances.n &&
                 !words_in_sorted(unlike_products, COUNT_OF(unlike_products), substances);
    return alone ? substances : (struct str) { "", 0 };
}

bool names_ends_like_drug(struct str folded) {
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        struct str ending = str_from_c(endings[i]);
        if (folded.n >= ending.n + 3 && str_ends(folded, ending)) return true;
    }
    return false;
}

bool names_is_shared(struct str folded) {
    return words_in_sorted(shared, COUNT_OF(shared), folded);
}

static int by_word(const void *folded, const void *entry) {
    return str_compare(*(const struct str *)folded, ((const struct lab_word *)entry)->word);
}

int names_lab(struct str folded) {
    const struct lab_word *found = bsearch(&folded, lab_words, lab_word_count, sizeof *lab_words, by_word);
    return found ? found->lab : 0;
}

struct str names_lab_words(int lab) {
    bool known = lab > 0 && (size_t)lab <= lab_count;
    return known ? lab_names[lab - 1] : (struct str) { "", 0 };
}

int names_lab_near(struct str folded) {
    for (size_t i = 0; i < lab_count; i++) {
        struct str names = lab_names[i];
        while (names.n) {
            struct str name = str_next_word(&names, " ");
            if (name.n >= 6 && folded.n >= 5 &&
                (typo_is_near(folded, name) || typo_sounds_same(folded, name)))
                return (int)i + 1;
        }
    }
    return 0;
}

struct str names_panel(struct str folded) {
    for (size_t i = 0; i < COUNT_OF(panels); i++) {
        struct str panel = str_from_c(panels[i]);
        size_t colon = str_find_char(panel, ':');
        struct str asked = str_sub(panel, 0, colon);
        while (asked.n)
            if (str_eq(str_next_word(&asked, " "), folded)) return str_sub(panel, colon + 2, panel.n);
    }
    return (struct str) { "", 0 };
}

bool names_is_person(struct str folded) {
    return words_in_sorted(people, COUNT_OF(people), folded);
}

bool names_is_thing(struct str folded) {
    return words_in_sorted(things, COUNT_OF(things), folded);
}

bool names_is_disease(struct str folded) {
    return words_in_sorted(diseases, COUNT_OF(diseases), folded);
}

static bool is_sorted(const char *const *table, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (strcmp(table[i - 1], table[i]) >= 0) return false;
    return true;
}

bool names_tables_are_sorted(void) {
    return is_sorted(shared, COUNT_OF(shared)) && is_sorted(diseases, COUNT_OF(diseases)) &&
           is_sorted(people, COUNT_OF(people)) && is_sorted(unlike_products, COUNT_OF(unlike_products)) &&
           is_sorted(things, COUNT_OF(things));
}
