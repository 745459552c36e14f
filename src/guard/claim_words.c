#include "guard/claim_words.h"

#include "guard/guard_words.h"
#include "language/expand.h"

enum { ROOT_LETTERS_MIN = 5 };

/* clang-format off */

static const char *const framing[] = {
    /* papers and who writes them */
    "selon dossier medical medicale ordonnance prescription document documents compte rendu fiche notice carnet lettre courrier bilan "
    "medecin docteur chirurgien radiologue laboratoire source page carte certificat",
    /* what papers do */
    "indique indiquent indiquer indiquee indiquees ecrit ecrite note notee notes noter dit dire precise precisent mentionne mentionnee montre montrent "
    "voici decrit decrite decrits retrouve retrouvee constate objective concerne concernant conclut conclure conclusion rapporte signale signalee "
    "demande demandee propose proposee recommande recommandee prevoit prevu prevue prescrit prescrite prescrits donne donnee "
    "realise realisee effectue effectuee fait faite faits faites posee pose presente",
    /* how one says it */
    "est etre sont etait ete doit doivent devez faut reste se lieu date jour sa raison suite cela ceci celui celle environ total soit "
    "dont puis enfin alors aussi ainsi egalement actuellement actuel actuelle votre vos vous lors chez passe passee mesure mesurent "
    "maximum maximale max minimum intervalle limite mention visible attendu attendue comprend dure diagnostic prochain prochaine contre apres cause classe classee "
    "calcule traitement medicament medicaments resultat resultats analyse analyses examen valeur valeurs taux concentration cote faire",
    /* taking what is prescribed: that it must not be taken is no matter of words, but of turns */
    "prend prenez prendre prennent prise prises utilise utiliser utilisez applique appliquer appliquez mettre mettez",
};

/* Any of a family stands for the others. */
static const char *const families[] = {
    "prendre prenez prends prend pris prise prises avaler",
    "medecin docteur dr doctor",
    "repas manger mangeant nourriture",
    "jour jours journee quotidien quotidienne quotidiennement journalier j",
    "rendez rdv controle consultation consulter revoir visite",
    "duree pendant durant qsp pdt",
    "comprime comprimes cp cpr cps cachet",
    "gelule gelules gel",
    "tension arterielle ta pa pression",
    "consulter consultez revenir revenez reconsulter retour",
    "utiliser utilisez appliquer appliquez application mettre mettez instiller",
    "vitamine vit",
    "echographie echo echographique",
    "radiographie radio cliche cliches rx",
    "intervention operation chirurgie operatoire opere operee",
    "prelevement preleve prelevee",
    "poursuivre poursuivi poursuivie poursuite",
    "surveillance surveiller surveillez",
    "hopital hospitalisation hospitalise hospitalisee hospitaliere",
    "grossesse enceinte",
    "deuxieme second seconde 2e 2eme",
    "premier premiere 1er 1ere",
    "electrocardiogramme ecg",
    "irm imagerie",
    "vaccin vaccins vaccination vaccine vaccinee",
    "mal douleur douleurs douloureux douloureuse",
    "coeur cardiaque",
    "persistent persistance persister persiste",
    "porter port porte",
    "persistance persistant",
    "semaine semaines sem hebdomadaire",
    "augmenter augmentation",
    "reduire reduction",
    "injection injections inj injecter",
    "sous cutane cutanee sc",
    "voie orale po",
    "anesthesie ag generale",
    "naissance neonatal",
    "enlever retirer retire ablation",
    "inchange inchangee stable",
};

/* clang-format on */

static bool is_in_list(struct str word, const char *const *lists, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_in_words(word, lists[i])) return true;
    return false;
}

bool claim_word_is_framing(struct str folded) {
    return is_in_list(folded, framing, COUNT_OF(framing));
}

bool claim_word_is_done(struct str folded) {
    return word_in(folded, &words_done);
}

bool claim_word_is_to_do(struct str folded) {
    return word_in(folded, &words_planned);
}

static bool same_family(struct str a, struct str b) {
    for (size_t i = 0; i < COUNT_OF(families); i++)
        if (str_in_words(a, families[i]) && str_in_words(b, families[i])) return true;
    return false;
}

/* Without the endings of gender, number and person, which the stemmer does not always take off. */
static struct str root(struct str word) {
    static const char *const endings[] = {
        "ees", "ent", "aux", "ale", "ee", "es", "er", "ez", "al", "e", "s"
    };
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        struct str ending = str_from_c(endings[i]);
        if (word.n >= ending.n + ROOT_LETTERS_MIN && str_ends(word, ending))
            return str_sub(word, 0, word.n - ending.n);
    }
    return word;
}

bool claim_words_agree(const struct token *a, const struct token *b) {
    return str_eq(a->stem, b->stem) || str_eq(root(a->folded), root(b->folded)) ||
           same_family(a->folded, b->folded) || expand_are_same(a->folded, b->folded);
}

bool claim_word_is_past(struct str folded) {
    return str_starts(folded, STR("antecedent")) || str_in_words(folded, "atcd atcds");
}
