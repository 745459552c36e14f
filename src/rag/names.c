#include "rag/names.h"

#include "documents/drug_list.h"
#include "rag/typo.h"
#include "rag/words.h"

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
    "fort", "forte", "fumarate", "gel", "huile", "index", "indice", "infantile", "jeun", "libre",
    "libres", "lp", "maleate", "mesure", "mylan", "nombre", "nourrisson", "numeration", "potassique",
    "ranbaxy", "rapport", "ratiopharm", "recherche", "resultat", "resultats", "retard", "sandoz",
    "sanguin", "sanguine", "sanguines", "sanguins", "sel", "serique", "seriques", "sodique", "sulfate",
    "taux", "temps", "test", "tests", "teva", "urinaire", "urinaires", "valeur", "valeurs", "viatris",
    "vitamine", "volume", "winthrop", "zentiva", "zydus"
};

/* Sorted. */
static const char *const diseases[] = {
    "anemie", "anemique", "angine", "arthrite", "arthrose", "asthmatique", "asthme", "bronchite", "cancer",
    "cancereux", "cataracte", "cholestase", "cirrhose", "depression", "diabete", "diabetique",
    "drepanocytaire", "drepanocytose", "eczema", "endometriose", "epilepsie", "epileptique", "fibrome",
    "gastrite", "glaucome", "goitre", "goutte", "hemorroides", "hepatite", "hernie", "hypertendu",
    "hypertendue", "hypertension", "infection", "insuffisance", "leucemie", "lupus", "migraine", "obesite",
    "paludisme", "pneumonie", "psoriasis", "seropositif", "seropositive", "sida", "sinusite", "thalassemie",
    "thyroide", "tuberculeux", "tuberculose", "ulcere", "vih"
};

/* One value a line, in all its names. The number of the line is what names_lab() answers. */
static const char *const lab_names[] = {
    "glycemie glycemies glucose sucre sucres glycemique dextro",
    "hba1c hb1ac hba1 glyquee glycosylee glyque",
    "hemoglobine hb hemoglobines",
    "cholesterol cholesterols lipidique",
    "ldl",
    "hdl",
    "triglycerides triglyceride",
    "creatinine creatininemie kreatinine",
    "clairance dfg filtration",
    "uree uremie",
    "urique uricemie urate",
    "potassium kaliemie",
    "sodium natremie",
    "calcium calcemie",
    "chlore chlorure chloremie",
    "magnesium magnesemie",
    "phosphore phosphoremie",
    "tsh thyreostimuline",
    "ft4 t4 thyroxine t4l",
    "ft3 t3 t3l triiodothyronine",
    "leucocytes leucocyte blancs gb",
    "hematies hematie rouges gr erythrocytes",
    "hematocrite",
    "plaquettes plaquette thrombocytes",
    "neutrophiles polynucleaires",
    "lymphocytes lymphocyte",
    "crp",
    "vs sedimentation",
    "inr",
    "prothrombine tp quick",
    "asat sgot tgo",
    "alat sgpt tgp",
    "transaminases transaminase",
    "ggt gamma",
    "bilirubine",
    "phosphatases pal",
    "ferritine ferritinemie",
    "fer sideremie",
    "b12 cobalamine",
    "folates folate",
    "psa",
    "hcg bhcg",
    "vih hiv",
    "hbs hepatite",
    "proteinurie",
    "albumine albuminemie microalbuminurie",
    "proteines protidemie",
    "ecbu",
    "electrophorese",
    "dimeres",
    "troponine",
    "lipase",
    "amylase",
    "cortisol",
    "prolactine",
    "paludisme goutte",
    "rhesus",
};

/* clang-format on */

bool names_is_drug(struct str folded) {
    struct drug d;
    return drug_list_find(folded, &d) && !words_is_common(folded);
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

static struct str next_word(struct str *rest) {
    size_t n = str_find_char(*rest, ' ');
    struct str word = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n + 1, rest->n);
    return word;
}

int names_lab(struct str folded) {
    for (size_t i = 0; i < COUNT_OF(lab_names); i++) {
        struct str names = str_from_c(lab_names[i]);
        while (names.n)
            if (str_eq(next_word(&names), folded)) return (int)i + 1;
    }
    return 0;
}

int names_lab_near(struct str folded) {
    for (size_t i = 0; i < COUNT_OF(lab_names); i++) {
        struct str names = str_from_c(lab_names[i]);
        while (names.n) {
            struct str name = next_word(&names);
            if (name.n >= 6 && folded.n >= 5 && typo_is_near(folded, name)) return (int)i + 1;
        }
    }
    return 0;
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
    return is_sorted(shared, COUNT_OF(shared)) && is_sorted(diseases, COUNT_OF(diseases));
}
