/*
 * report_reason -- why somebody did not get it, for staff. Carriers' codes that ask for the same are one line. Sources: the tables of channels/.
 */
#include "broadcasts/report.h"

struct meaning {
    const char *reasons; /* words */
    struct message said; /* code: the first of them */
};

static const struct meaning meanings[] = {
    { LEFT_NO_NUMBER, { LEFT_NO_NUMBER, "n'a pas de numéro", "has no number" } },
    { LEFT_PENDING,
      { LEFT_PENDING, "n'a pas encore accepté l'invitation", "has not accepted the invitation yet" } },
    { LEFT_INACTIVE, { LEFT_INACTIVE, "dossier inactif", "the record is inactive" } },
    { LEFT_NO_CONSENT, { LEFT_NO_CONSENT, "n'a pas consenti aux messages", "never agreed to messages" } },
    { LEFT_OPTED_OUT " 21610 63014 131050",
      { LEFT_OPTED_OUT, "ne veut plus de messages (STOP), ou nous a bloqués",
        "wants no more messages (STOP), or has blocked us" } },
    { LEFT_WINDOW_CLOSED " 63016 131047",
      { LEFT_WINDOW_CLOSED, "n'a pas écrit depuis 24 heures, et il n'y a pas de modèle approuvé",
        "has not written for 24 hours, and there is no approved template" } },
    { LEFT_MISSING_FIELD,
      { LEFT_MISSING_FIELD, "il manque au dossier une valeur que le texte nomme",
        "the record lacks a value that the text names" } },
    { LEFT_SAME_NUMBER,
      { LEFT_SAME_NUMBER, "une autre personne de ce numéro le reçoit",
        "somebody else with this number gets it" } },
    { LEFT_TOO_LONG " 21617 21658 63021 132005",
      { LEFT_TOO_LONG, "le texte est trop long avec les valeurs du dossier",
        "the text is too long with the values of the record" } },
    { LEFT_ERASED, { LEFT_ERASED, "le dossier a été effacé", "the record was erased" } },
    { "cancelled",
      { "cancelled", "la diffusion a été annulée avant", "the broadcast was cancelled before" } },
    { "gave_up",
      { "gave_up", "l'opérateur n'a jamais répondu de façon sûre : peut-être reçu, pas renvoyé",
        "the carrier never gave a sure answer: perhaps received, not sent again" } },
    { "21211 21612 21614 63003 63015 63024 63029 131026 130497",
      { "unreachable", "pas de WhatsApp à ce numéro, ou injoignable",
        "no WhatsApp at this number, or out of reach" } },
    { "63018 63017 63038 131048 14107 20429 80007 130429 131056",
      { "limit", "limite d'envoi de l'opérateur atteinte", "a sending limit of the carrier was reached" } },
    { "63049 131049",
      { "held_back", "Meta a retenu ce message promotionnel pour cette personne",
        "Meta kept this marketing message back from this person" } },
    { "63032 130472",
      { "experiment", "la personne est dans un essai de Meta", "the person is in an experiment of Meta" } },
    { "21655 21656 63027 63028 63040 63041 63042 132000 132001 132007 132012 132015 132016 132068",
      { "template", "le modèle est refusé, en pause, ou ne convient pas",
        "the template is refused, paused or does not fit" } },
    { "63005 63013 63030 100 131008 131009 131051 368",
      { "content", "l'opérateur refuse le contenu", "the carrier refuses the content" } },
    { "30003", { "switched_off", "téléphone éteint ou hors réseau", "the phone is switched off or away" } },
    { "30001 30008 30410 63001 63010 63012 1 2 4 131000 131016 131057",
      { "trouble", "panne passagère de l'opérateur, trop longue pour être rattrapée",
        "a passing failure of the carrier that lasted too long" } },
    { "20003 20005 20404 21212 21603 21606 63002 63007 63008 63020 63051 63112 3 10 33 190 131005 131031 131037 131042 131045 133010",
      { "account", "le compte ou le numéro de la clinique est à régler chez l'opérateur",
        "the account or number of the clinic must be mended at the carrier" } },
    { "refused", { "refused", "refusé par l'opérateur", "refused by the carrier" } },
};

static const struct message unknown = { "unknown", "refusé par l'opérateur (code {})",
                                        "refused by the carrier (code {})" };

size_t report_reason(struct str reason, enum lang lang, char *out, size_t out_bytes) {
    if (!reason.n) {
        out[0] = '\0';
        return 0;
    }
    for (size_t i = 0; i < COUNT_OF(meanings); i++)
        if (str_in_words(reason, meanings[i].reasons))
            return message_text(&meanings[i].said, lang, reason, out, out_bytes);
    return message_text(&unknown, lang, reason, out, out_bytes);
}
