#include "rag/expand.h"

#include "rag/words.h"

struct expander {
    struct phrase_book *book;
};

/* clang-format off */

/* Kinds of question, and the words of passages that answer them. The words follow the official template of French
 * leaflets (ANSM, "notice: information de l'utilisateur") and the usual wording of prescriptions and reports. */
enum kind { KIND_WHAT_FOR, KIND_STORAGE, KIND_SIDE_EFFECTS, KIND_USE, KIND_BEFORE, KIND_OF_QUESTION_COUNT };

static const char *const helpers[KIND_OF_QUESTION_COUNT] = {
    [KIND_WHAT_FOR] = "classe pharmacotherapeutique atc indique traitement appartient famille medicaments symptomatique",
    [KIND_STORAGE] = "conserver conservation tenir portee vue enfants date peremption emballage boite jetez egout ordures menageres "
        "environnement temperature refrigerateur humidite lumiere mentionnee eliminer flacon",
    [KIND_SIDE_EFFECTS] = "indesirables effets frequent rare affecter survenir declarer signaler agence ansm pharmacovigilance "
        "notice eruption nausees declaration",
    [KIND_USE] = "posologie dose recommandee administration voie duree oublie plus auriez avalez frequence respecter veillez "
        "double compenser",
    [KIND_BEFORE] = "jamais allergique avertissements precautions grossesse allaitement conduite vehicules contient interactions "
        "enceinte hypersensibilite",
};

static const struct phrase_class classes[] = {
    { "$take", "prendre prends prend prenez utiliser utilise appliquer applique administrer avaler mettre injecter" },
    { NULL, NULL },
};

static const struct phrase cues[] = {
    { "dans quel|quels|quelle|quelles cas", KIND_WHAT_FOR, 1 },
    { "a quoi _ sert|servent", KIND_WHAT_FOR, 1 },
    { "sert|servent a quoi", KIND_WHAT_FOR, 1 },
    { "pour quelle|quelles maladie|maladies|raison", KIND_WHAT_FOR, 1 },
    { "indication|indications", KIND_WHAT_FOR, 1 },
    { "conserver|conserve|conservation|conservez", KIND_STORAGE, 1 },
    { "frigo|refrigerateur|peremption|perime|perimee", KIND_STORAGE, 1 },
    { "effet|effets indesirable|indesirables|secondaire|secondaires", KIND_SIDE_EFFECTS, 1 },
    { "comment _ $take", KIND_USE, 1 },
    { "posologie|posologies", KIND_USE, 1 },
    { "mode d emploi", KIND_USE, 1 },
    { "avant d|de $take", KIND_BEFORE, 1 },
    { "contre indication|indications", KIND_BEFORE, 1 },
    { "precaution|precautions _ $take", KIND_BEFORE, 1 },
    { NULL, 0, 0 },
};

/* Names of the same thing, one set a line; each word of a set stands for the others. Single folded words. */
static const char *const same[] = {
    "glycemie glucose sucre sugar sukar",
    "hba1c glyquee glycosylee",
    "hypertension hta hypertendu hypertendue",
    "diabete diabetique diabetes",
    "asthme asthmatique",
    "drepanocytose drepanocytaire",
    "anemie anemique",
    "paludisme palu malaria",
    "epilepsie epileptique",
    "radio radiographie rx",
    "echo echographie",
    "mammographie mammo",
    "scanner scan tdm tomodensitometrie",
    "irm remnographie",
    "ecg electrocardiogramme",
    "leucocytes globules",
    "hematies globules",
    "kaliemie potassium",
    "natremie sodium",
    "calcemie calcium",
    "uricemie urique",
    "tsh thyreostimuline thyroide thyroidien",
    "poids pese pesait weight diisaay diisoon",
    "taille height mesure size",
    "medicament traitement",
    "ordonnance prescription",
    "vaccin vaccination vaccine",
    "regle regles menstruation",
    "tension arterielle pressure tansion",
    "allergie allergique intolerance",
    "docteur medecin dr",
    "antecedents histoire atcd",
    "mort decede deces",
    "urine urines urinaire ecbu",
    "frottis cytologique",
    "yeux oeil eye eyes vue ophtalmologique",
    "consultation visite visit",
    "operation opere operee intervention chirurgie surgery",
    "dialyse hemodialyse dialysis",
    "sang sanguin blood deret",
    "coeur cardiaque heart xol",
    "rein reins renal renale kidney",
    "foie hepatique liver",
    "poumon poumons pulmonaire lung lungs",
    "sein seins mammaire breast",
    "tete cerebral crane head",
    "bras arm loxo",
    "jambe leg",
    "pied foot feet",
    "eau boissons water ndox",
    "boire drink",
    "naissance ne nee accouchement birth wasin",
    "douleur douleurs mal pain metti",
    "fievre temperature fever",
    "toux cough",
    "fer iron",
    "vitamine vitamin",
    "infirmier infirmiere nurse",
    "sortie discharge",
    "hopital hospitalisation hospitalise hospitalisee hospital",
    "audition audiogramme hearing",
    "lunettes verres glasses",
    "microbe microbes germe germes bacterie",
    "aliments aliment alimentation alimentaire nourriture food",
    "fils sutures agrafes points stitches",
    "grossesse enceinte pregnancy pregnant biir",
    "placenta placentaire",
    "conduire conduite drive driving",
    "travail work",
    "repos rest",
};

static const char *const forms[] = {
    "adultes", "ampoule", "ampoules", "buvable", "capsule", "capsules", "collyre", "comprime", "comprimes", "creme", "cutanee",
    "dispersible", "dispositif", "effervescent", "enfants", "enrobe", "enrobes", "flacon", "g", "gastro", "gel", "gelule", "gelules",
    "granules", "injectable", "kg", "liberation", "lotion", "mcg", "mg", "microgrammes", "milligrammes", "ml", "molle",
    "orodispersible", "pellicule", "pellicules", "perfusion", "pommade", "poudre", "prolongee", "resistant", "sachet",
    "sachets", "secable", "sirop", "solution", "suppositoire", "suppositoires", "suspension", "transdermique", "ui", "voie"
};

/* clang-format on */

enum status expander_new(struct arena *arena, struct expander **out, struct err *err) {
    struct expander *e = arena_alloc(arena, sizeof *e);
    if (!e) return fail(err, E_LIMIT, NULL, "no memory for phrases");
    enum status s = phrase_book_new(arena, classes, cues, &e->book, err);
    if (s == OK) *out = e;
    return s;
}

size_t expand_same(struct str folded, struct str out[EXPAND_SAME_MAX]) {
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(same); i++) {
        if (!str_in_words(folded, same[i])) continue;
        struct str set = str_from_c(same[i]);
        while (set.n && count < EXPAND_SAME_MAX) {
            struct str word = str_next_word(&set, " ");
            if (!str_eq(word, folded)) out[count++] = word;
        }
    }
    return count;
}

static size_t add_words(struct str words, struct str *out, size_t count) {
    while (words.n && count < EXPAND_HELPERS_MAX) out[count++] = str_next_word(&words, " ");
    return count;
}

enum status expand_helpers(const struct expander *e, struct arena *arena, const struct tokens *tokens,
                           struct str *out, size_t *count, struct err *err) {
    struct phrase_hit *hits;
    size_t hit_count;
    enum status s = phrase_find(e->book, arena, tokens, NULL, 0, &hits, &hit_count, err);
    if (s != OK) return s;
    bool asked[KIND_OF_QUESTION_COUNT] = { false };
    for (size_t i = 0; i < hit_count; i++) asked[cues[hits[i].phrase].tag] = true;
    *count = 0;
    for (size_t k = 0; k < KIND_OF_QUESTION_COUNT; k++)
        if (asked[k]) *count = add_words(str_from_c(helpers[k]), out, *count);
    return OK;
}

bool expand_is_form(struct str folded) {
    return words_in_sorted(forms, COUNT_OF(forms), folded);
}

bool expand_knows(const struct expander *e, struct str folded) {
    return phrase_book_knows(e->book, folded);
}
