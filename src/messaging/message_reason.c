/*
 * message_reason -- see message_reason.h. Carriers' codes that ask for the same are one line. Sources: the tables of channels/.
 */
#include "messaging/message_reason.h"

struct meaning {
    const char *reasons; /* words */
    struct message said; /* code: the first of them */
};

static const struct meaning meanings[] = {
    { "no_number", { "no_number", "n’a pas de numéro", "has no number" } },
    { "pending",
      { "pending", "n’a pas encore accepté l’invitation", "has not accepted the invitation yet" } },
    { "inactive", { "inactive", "dossier inactif", "the record is inactive" } },
    { "no_consent", { "no_consent", "n’a pas consenti aux messages", "never agreed to messages" } },
    { "opted_out 21610 63014 131050",
      { "opted_out", "ne veut plus de messages (STOP), ou nous a bloqués",
        "wants no more messages (STOP), or has blocked us" } },
    { "window_closed 63016 131047",
      { "window_closed", "n’a pas écrit depuis 24 heures, et il n’y a pas de modèle approuvé",
        "has not written for 24 hours, and there is no approved template" } },
    { "missing_field",
      { "missing_field", "il manque au dossier une valeur que le texte nomme",
        "the record lacks a value that the text names" } },
    { "same_number",
      { "same_number", "une autre personne de ce numéro le reçoit",
        "somebody else with this number gets it" } },
    { "too_long 21617 21658 63021 132005",
      { "too_long", "le texte est trop long avec les valeurs du dossier",
        "the text is too long with the values of the record" } },
    { "erased", { "erased", "le dossier a été effacé", "the record was erased" } },
    { "cancelled",
      { "cancelled", "la diffusion a été annulée avant", "the broadcast was cancelled before" } },
    { "gave_up",
      { "gave_up", "l’opérateur n’a jamais répondu de façon sûre : peut-être reçu, pas renvoyé",
        "the carrier never gave a sure answer: perhaps received, not sent again" } },
    { "21211 21612 21614 63003 63015 63024 63029 131026 130497",
      { "unreachable", "pas de WhatsApp à ce numéro, ou injoignable",
        "no WhatsApp at this number, or out of reach" } },
    { "63018 63017 63038 131048 14107 20429 80007 130429 131056",
      { "limit", "limite d’envoi de l’opérateur atteinte", "a sending limit of the carrier was reached" } },
    { "63049 131049",
      { "held_back", "Meta a retenu ce message promotionnel pour cette personne",
        "Meta kept this marketing message back from this person" } },
    { "63032 130472",
      { "experiment", "la personne est dans un essai de Meta", "the person is in an experiment of Meta" } },
    { "21655 21656 63027 63028 63040 63041 63042 132000 132001 132007 132012 132015 132016 132068",
      { "template", "le modèle est refusé, en pause, ou ne convient pas",
        "the template is refused, paused or does not fit" } },
    { "63005 63013 63030 100 131008 131009 131051 368",
      { "content", "l’opérateur refuse le contenu", "the carrier refuses the content" } },
    { "30003", { "switched_off", "téléphone éteint ou hors réseau", "the phone is switched off or away" } },
    { "30001 30008 30410 63001 63010 63012 1 2 4 131000 131016 131057",
      { "trouble", "panne passagère de l’opérateur, trop longue pour être rattrapée",
        "a passing failure of the carrier that lasted too long" } },
    { "20003 20005 20404 21212 21603 21606 63002 63007 63008 63020 63051 63112 3 10 33 190 131005 131031 131037 131042 131045 133010",
      { "account", "le compte ou le numéro de la clinique est à régler chez l’opérateur",
        "the account or number of the clinic must be mended at the carrier" } },
    { "earlier_part_failed",
      { "earlier_part_failed", "la partie d’avant n’est pas arrivée", "the part before it did not arrive" } },
    { "not_needed",
      { "not_needed", "plus nécessaire : la personne avait répondu entre-temps",
        "not needed any more: the person had answered meanwhile" } },
    { "restored",
      { "restored", "attendait quand la sauvegarde a été faite : pas renvoyé",
        "waited when the backup was made: not sent again" } },
    { "refused", { "refused", "refusé par l’opérateur", "refused by the carrier" } },
};

static const struct message unknown = { "unknown", "refusé par l’opérateur (code {})",
                                        "refused by the carrier (code {})" };

static const struct message *meaning_of(struct str reason) {
    for (size_t i = 0; i < COUNT_OF(meanings); i++)
        if (str_in_words(reason, meanings[i].reasons)) return &meanings[i].said;
    return &unknown;
}

size_t message_reason(struct str reason, enum lang lang, char *out, size_t out_bytes) {
    out[0] = '\0';
    return reason.n ? message_text(meaning_of(reason), lang, reason, out, out_bytes) : 0;
}

const char *message_reason_kind(struct str reason) {
    return reason.n ? meaning_of(reason)->code : "";
}
