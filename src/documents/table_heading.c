#include "documents/table.h"

#include "documents/vaccination_match.h"

enum { NEAR_LETTERS_MIN = 6, CUT_LETTERS_MAX = 4 };

/* Headings of columns, folded; longer ones before shorter ones that begin them. */
static const struct {
    const char *words;
    enum column_role role;
} headings[] = {
    { "produit administre", COLUMN_OTHER },
    { "nom du medicament", COLUMN_DRUG },
    { "medicaments", COLUMN_DRUG },
    { "medicament", COLUMN_DRUG },
    { "specialites", COLUMN_DRUG },
    { "specialite", COLUMN_DRUG },
    { "denomination", COLUMN_DRUG },
    { "designation", COLUMN_DRUG },
    { "molecule", COLUMN_DRUG },
    { "dci", COLUMN_DRUG },
    { "medications", COLUMN_DRUG },
    { "medication", COLUMN_DRUG },
    { "medicines", COLUMN_DRUG },
    { "medicine", COLUMN_DRUG },
    { "drugs", COLUMN_DRUG },
    { "drug", COLUMN_DRUG },
    { "strength", COLUMN_STRENGTH },
    { "frequency", COLUMN_FREQUENCY },
    { "duration", COLUMN_DURATION },
    { "route", COLUMN_ROUTE },
    { "traitements", COLUMN_DRUG },
    { "traitement", COLUMN_DRUG },
    { "produits", COLUMN_DRUG },
    { "produit", COLUMN_DRUG },
    { "dosage", COLUMN_STRENGTH },
    { "forme galenique", COLUMN_FORM },
    { "forme pharmaceutique", COLUMN_FORM },
    { "forme", COLUMN_FORM },
    { "presentation", COLUMN_FORM },
    { "dose prescrite", COLUMN_DOSE },
    { "dose par prise", COLUMN_DOSE },
    { "quantite par prise", COLUMN_DOSE },
    { "doses", COLUMN_DOSE },
    { "dose", COLUMN_DOSE },
    { "frequence d ' administration", COLUMN_FREQUENCY },
    { "frequence", COLUMN_FREQUENCY },
    { "periodicite", COLUMN_FREQUENCY },
    { "nombre de prises", COLUMN_FREQUENCY },
    { "nb de prises", COLUMN_FREQUENCY },
    { "prises", COLUMN_FREQUENCY },
    { "rythme d ' administration", COLUMN_INSTRUCTION },
    { "rythme", COLUMN_INSTRUCTION },
    { "mode d ' emploi", COLUMN_POSOLOGY },
    { "posologies", COLUMN_POSOLOGY },
    { "posologie", COLUMN_POSOLOGY },
    { "voie d ' administration", COLUMN_ROUTE },
    { "voie", COLUMN_ROUTE },
    { "duree du traitement", COLUMN_DURATION },
    { "duree de traitement", COLUMN_DURATION },
    { "duree de location", COLUMN_DEVICE },
    { "duree de", COLUMN_DURATION },
    { "duree du", COLUMN_DURATION },
    { "duree", COLUMN_DURATION },
    { "date de debut", COLUMN_START },
    { "date debut", COLUMN_START },
    { "debut", COLUMN_START },
    { "date de fin", COLUMN_END },
    { "date fin", COLUMN_END },
    { "fin", COLUMN_END },
    { "nombre de renouvellements", COLUMN_RENEWALS },
    { "nombre de renouvellement", COLUMN_RENEWALS },
    { "nombre de renouvel", COLUMN_RENEWALS },
    { "renouvellements", COLUMN_RENEWALS },
    { "renouvellement", COLUMN_RENEWALS },
    { "renouvel", COLUMN_RENEWALS },
    { "remarques", COLUMN_INSTRUCTION },
    { "remarque", COLUMN_INSTRUCTION },
    { "observations", COLUMN_INSTRUCTION },
    { "observation", COLUMN_INSTRUCTION },
    { "commentaires", COLUMN_INSTRUCTION },
    { "commentaire", COLUMN_INSTRUCTION },
    { "instructions", COLUMN_INSTRUCTION },
    { "consignes", COLUMN_INSTRUCTION },
    { "conseils", COLUMN_INSTRUCTION },
    { "matin", COLUMN_MOMENT },
    { "midi", COLUMN_MOMENT },
    { "soir", COLUMN_MOMENT },
    { "coucher", COLUMN_MOMENT },
    { "nuit", COLUMN_MOMENT },
    { "gouter", COLUMN_MOMENT },
    { "nombre de boites", COLUMN_QUANTITY },
    { "quantites", COLUMN_QUANTITY },
    { "quantite", COLUMN_QUANTITY },
    { "qte", COLUMN_QUANTITY },
    { "qsp", COLUMN_QUANTITY },
    { "dispositif medical", COLUMN_DEVICE },
    { "dispositif", COLUMN_DEVICE },
    { "nature de l ' echantillon", COLUMN_SPECIMEN },
    { "nature de l ' examen", COLUMN_ANALYTE },
    { "nature echantillon", COLUMN_SPECIMEN },
    { "echantillon", COLUMN_SPECIMEN },
    { "examens demandes", COLUMN_ANALYTE },
    { "examen macroscopique", COLUMN_ANALYTE },
    { "examen microscopique", COLUMN_ANALYTE },
    { "examens", COLUMN_ANALYTE },
    { "examen", COLUMN_ANALYTE },
    { "analyses", COLUMN_ANALYTE },
    { "analyse", COLUMN_ANALYTE },
    { "parametres", COLUMN_ANALYTE },
    { "parametre", COLUMN_ANALYTE },
    { "tests", COLUMN_ANALYTE },
    { "test", COLUMN_ANALYTE },
    { "analyte", COLUMN_ANALYTE },
    { "antibiotiques", COLUMN_ANALYTE },
    { "antibiotique", COLUMN_ANALYTE },
    { "cmi", COLUMN_RESULT },
    { "prix unitaire", COLUMN_OTHER },
    { "libelle", COLUMN_ANALYTE },
    { "methodes", COLUMN_METHOD },
    { "methode", COLUMN_METHOD },
    { "technique", COLUMN_METHOD },
    { "resultats anterieurs", COLUMN_PREVIOUS },
    { "resultat anterieur", COLUMN_PREVIOUS },
    { "resultat precedent", COLUMN_PREVIOUS },
    { "resultats precedents", COLUMN_PREVIOUS },
    { "valeur anterieure", COLUMN_PREVIOUS },
    { "valeurs anterieures", COLUMN_PREVIOUS },
    { "anteriorites", COLUMN_PREVIOUS },
    { "anteriorite", COLUMN_PREVIOUS },
    { "anterieurs", COLUMN_PREVIOUS },
    { "anterieur", COLUMN_PREVIOUS },
    { "precedents", COLUMN_PREVIOUS },
    { "precedent", COLUMN_PREVIOUS },
    { "historique", COLUMN_PREVIOUS },
    { "valeurs biologiques de reference", COLUMN_REFERENCE },
    { "intervalle biologique de reference", COLUMN_REFERENCE },
    { "intervalles biologiques de reference", COLUMN_REFERENCE },
    { "intervalle de reference", COLUMN_REFERENCE },
    { "intervalles de reference", COLUMN_REFERENCE },
    { "valeurs de reference", COLUMN_REFERENCE },
    { "reference range", COLUMN_REFERENCE },
    { "reference values", COLUMN_REFERENCE },
    { "normal range", COLUMN_REFERENCE },
    { "results", COLUMN_RESULT },
    { "result", COLUMN_RESULT },
    { "units", COLUMN_UNIT },
    { "unit", COLUMN_UNIT },
    { "flag", COLUMN_FLAG },
    { "valeur de reference", COLUMN_REFERENCE },
    { "valeurs de references", COLUMN_REFERENCE },
    { "valeurs usuelles", COLUMN_REFERENCE },
    { "valeurs normales", COLUMN_REFERENCE },
    { "valeurs physiologiques", COLUMN_REFERENCE },
    { "valeurs attendues", COLUMN_REFERENCE },
    { "valeurs seuils", COLUMN_REFERENCE },
    { "val . de ref", COLUMN_REFERENCE },
    { "v . reference", COLUMN_REFERENCE },
    { "cibles", COLUMN_REFERENCE },
    { "cible", COLUMN_REFERENCE },
    { "references", COLUMN_REFERENCE },
    { "reference", COLUMN_REFERENCE },
    { "intervalle", COLUMN_REFERENCE },
    { "intervalles", COLUMN_REFERENCE },
    { "normales", COLUMN_REFERENCE },
    { "normes", COLUMN_REFERENCE },
    { "norme", COLUMN_REFERENCE },
    { "limites", COLUMN_REFERENCE },
    { "vr", COLUMN_REFERENCE },
    { "ref", COLUMN_REFERENCE },
    { "resultat du jour", COLUMN_RESULT },
    { "resultats", COLUMN_RESULT },
    { "resultat", COLUMN_RESULT },
    { "valeurs", COLUMN_RESULT },
    { "valeur", COLUMN_RESULT },
    { "unites", COLUMN_UNIT },
    { "unite", COLUMN_UNIT },
    { "interpretation", COLUMN_FLAG },
    { "allergene", COLUMN_ALLERGY },
    { "allergies", COLUMN_ALLERGY },
    { "allergie", COLUMN_ALLERGY },
    { "nom du vaccin", COLUMN_VACCINE },
    { "vaccins administres", COLUMN_VACCINE },
    { "vaccin administre", COLUMN_VACCINE },
    { "vaccins", COLUMN_VACCINE },
    { "vaccin", COLUMN_VACCINE },
    { "vaccinations", COLUMN_VACCINE },
    { "vaccination", COLUMN_VACCINE },
    { "vaccine", COLUMN_VACCINE },
    { "antigenes", COLUMN_VACCINE },
    { "antigene", COLUMN_VACCINE },
    { "date de vaccination", COLUMN_GIVEN },
    { "date de la vaccination", COLUMN_GIVEN },
    { "date vaccination", COLUMN_GIVEN },
    { "date du vaccin", COLUMN_GIVEN },
    { "date d ' administration", COLUMN_GIVEN },
    { "date d ' injection", COLUMN_GIVEN },
    { "fait le", COLUMN_GIVEN },
    { "recu le", COLUMN_GIVEN },
    { "administre le", COLUMN_GIVEN },
    { "date given", COLUMN_GIVEN },
    { "numero de lot", COLUMN_LOT },
    { "n \xC2\xB0 de lot", COLUMN_LOT },
    { "n \xC2\xB0 lot", COLUMN_LOT },
    { "no de lot", COLUMN_LOT },
    { "no lot", COLUMN_LOT },
    { "lot", COLUMN_LOT },
    { "batch no", COLUMN_LOT },
    { "batch number", COLUMN_LOT },
    { "batch", COLUMN_LOT },
    { "prochain rendez - vous", COLUMN_DUE },
    { "prochain rdv", COLUMN_DUE },
    { "prochain rappel", COLUMN_DUE },
    { "prochaine dose", COLUMN_DUE },
    { "prochaine date", COLUMN_DUE },
    { "date du prochain rappel", COLUMN_DUE },
    { "date de rappel", COLUMN_DUE },
    { "date du rappel", COLUMN_DUE },
    { "rappel prevu", COLUMN_DUE },
    { "date prevue", COLUMN_DUE },
    { "prevu le", COLUMN_DUE },
    { "a faire", COLUMN_DUE },
    { "next dose", COLUMN_DUE },
    { "next due", COLUMN_DUE },
    { "rdv", COLUMN_DUE },
    { "substitution", COLUMN_OTHER },
    { "nombre", COLUMN_OTHER },
    { "date", COLUMN_OTHER },
    { "en", COLUMN_OTHER },
    { "non", COLUMN_OTHER },
    { "hors", COLUMN_OTHER },
    { "statut", COLUMN_OTHER },
    { "code", COLUMN_OTHER },
};

/* One letter read wrongly, or the last ones cut off, as scans of narrow columns do: "medicamen", "renouvelleme". */
static bool is_near(struct str fold, struct str heading) {
    size_t same = 0, tail = 0;
    if (fold.n < NEAR_LETTERS_MIN || heading.n < NEAR_LETTERS_MIN || fold.n > heading.n + 1) return false;
    while (same < fold.n && same < heading.n && fold.p[same] == heading.p[same]) same++;
    if (same >= NEAR_LETTERS_MIN && same + 1 >= fold.n && heading.n - same <= CUT_LETTERS_MAX) return true;
    while (tail + same < fold.n && tail + same < heading.n &&
           fold.p[fold.n - 1 - tail] == heading.p[heading.n - 1 - tail])
        tail++;
    return fold.n <= heading.n + 1 && heading.n <= fold.n + 1 &&
           same + tail + 1 >= (fold.n > heading.n ? fold.n : heading.n);
}

/* A heading of one word that is misspelt. */
static size_t match_near(const struct tokens *t, size_t i, enum column_role *role) {
    for (size_t k = 0; k < COUNT_OF(headings); k++) {
        struct str words = str_from_c(headings[k].words);
        if (words.p[0] != t->items[i].fold.p[0] || str_find_char(words, ' ') < words.n ||
            !is_near(t->items[i].fold, words))
            continue;
        *role = headings[k].role;
        return i + 1;
    }
    return i;
}

/* "Nombre de renouvelleme": its last word cut off. */
static size_t match_cut_number(const struct tokens *t, size_t i, enum column_role *role) {
    enum column_role counted;
    size_t word = tokens_match(t, i, "nombre de");
    if (word == i || word >= t->count || t->items[word].fold.n == 0) return i;
    size_t end = match_near(t, word, &counted);
    if (end == word || counted != COLUMN_RENEWALS) return i;
    *role = counted;
    return end;
}

size_t table_heading_match(const struct tokens *t, size_t i, enum column_role *role) {
    struct date_found date;
    if (i >= t->count || t->items[i].fold.n == 0) return i;
    size_t cut = match_cut_number(t, i, role), rank = match_vaccine_rank(t, i);
    if (cut > i) return cut;
    for (size_t k = 0; k < COUNT_OF(headings); k++) {
        size_t end =
            headings[k].words[0] == t->items[i].fold.p[0] ? tokens_match(t, i, headings[k].words) : i;
        if (end == i) continue;
        if (end < rank) break; /* "dose 2" is more than "dose" */
        *role = headings[k].role;
        if (token_is(t, end, "du") && date_fr_at(t, end + 1, &date)) return date_fr_skip_time(t, date.to);
        return end;
    }
    if (rank > i) {
        *role = COLUMN_RANK;
        return rank;
    }
    if (!date_fr_at(t, i, &date)) return t->items[i].kind == TOKEN_WORD ? match_near(t, i, role) : i;
    *role = COLUMN_DATE;
    return date_fr_skip_time(t, date.to);
}

/* "J0", "M2", "S12": how long it is since the first one, whose day is not said there. */
static size_t match_phase(const struct tokens *t, size_t i) {
    struct str fold = t->items[i].fold;
    if (t->items[i].kind != TOKEN_WORD || fold.n == 0 || !strchr("jms", fold.p[0])) return i;
    if (fold.n == 1) return token_is_number(t, i + 1) && t->items[i + 1].glued ? i + 2 : i;
    for (size_t k = 1; k < fold.n; k++)
        if (!is_digit(fold.p[k])) return i;
    return fold.n <= 4 ? i + 1 : i;
}

size_t table_day_match(const struct tokens *t, size_t i) {
    struct date_found date;
    if (i >= t->count) return i;
    if (date_fr_at(t, i, &date)) return date_fr_skip_time(t, date.to);
    return date_fr_short_at(t, i, &date) ? date.to : match_phase(t, i);
}

bool table_heading_goes_on(const struct tokens *t, size_t i) {
    static const char words[] =
        "traitement prescrite prescrit administration de du d des le la jour rapport ald avec une at "
        "mp prevention remboursable renouvel renouvellements therapeutique amm hors non en "
        "conditionnements location lpp medical reference usuelles anterieurs galenique prises par "
        "prise si et l debut fin a patient echantillon du nombre";
    if (i < t->count && t->items[i].fold.n >= NEAR_LETTERS_MIN && t->items[i].kind == TOKEN_WORD) {
        for (const char *at = words; *at;) {
            size_t n = strcspn(at, " ");
            if (is_near(t->items[i].fold, (struct str) { at, n })) return true;
            at += n + (at[n] == ' ');
        }
    }
    return token_in(t, i, words) || (i < t->count && t->items[i].kind == TOKEN_SIGN);
}

size_t table_row_label(const struct tokens *t, bool *for_patient) {
    size_t end = tokens_match(t, 0, "instruction au patient");
    *for_patient = end > 0;
    if (end == 0) end = tokens_match(t, 0, "precondition");
    if (end == 0) end = tokens_match(t, 0, "instruction au dispensateur");
    return end;
}
