#include "rag/intent.h"

/* Tags beside the intents: turns that are no intent by themselves. */

/* clang-format off */

const struct phrase_class intent_classes[] = {
    { "$last", "derniere dernier dernieres derniers recente recent recents nouvelle nouveau actuelle last latest mujj" },
    { "$prescription", "ordonnance ordonnances prescription prescriptions ordonance" },
    { "$drugs", "medicament medicaments comprime comprimes cachet cachets pilule pilules gelule gelules remede remedes sirop pommade "
        "creme antibiotique antibiotiques gouttes produit garab medicine medicines medication medications tablets tablet drugs" },
    { "$treatment", "traitement traitements therapie" },
    { "$take", "prendre prends prend prenais prenez avaler utiliser mettre appliquer donner prise prises take taking naan" },
    { "$prescribed", "prescrit prescrite prescrits prescrites prescri prescrire prescribed" },
    { "$gave", "donne donnes donnee" },
    { "$how_many", "combien nombre nata naata" },
    { "$often", "fois frequence" },
    { "$dose", "dose doses dosage dosages posologie posologies quantite" },
    { "$test", "analyse analyses bilan bilans examen examens laboratoire prelevement test tests" },
    { "$result", "resultat resultats taux valeur valeurs chiffre chiffres niveau level results result dosage" },
    { "$normal", "normal normale normales norme normes reference limite limites haut haute bas basse eleve elevee bon bonne" },
    { "$trend", "evolution evolue evoluer evoluee historique comparer comparaison compare baisse baisser augmente augmenter monte "
        "descendu diminue anciennes anciens anterieurs anterieures precedentes precedents courbe tendance" },
    { "$disease", "maladie maladies diagnostic diagnostics diagnostique pathologie pathologies antecedent antecedents diagnosis "
        "feebar" },
    { "$report", "compte comptes rendu rendus conclusion conclusions rapport rapports" },
    { "$imaging", "radio radiographie echographie echo scanner irm mammographie ecg" },
    { "$meeting", "rendez rdv appointment appointments controle consultation consultations rendezvous" },
    { "$when", "quand date heure jour kan kagn kan when kann" },
    { "$doctor", "docteur medecin doctor doktoor infirmier infirmiere generaliste specialiste cardiologue" },
    { "$talk", "parler appeler rappeler rappele rappelle contacter joindre discuter call talk speak voir" },
    { "$documents", "document documents dossier dossiers papier papiers fichier fichiers pieces" },
    { "$have", "avez as contient contiennent enregistres enregistre recu recue have" },
    { "$allergy", "allergie allergies allergique allergiques alergie alergies alergique allergic intolerance intolerances intolerant "
        "intolerante allergen" },
    { "$may", "puis peux peut peuvent pouvons possible can may" },
    { "$change", "arreter arrete stopper doubler augmenter diminuer remplacer melanger associer changer reduire sauter couper" },
    { "$food", "manger mangeant repas nourriture jeun boire eau lait dormir coucher" },
    { "$family", "mere maman pere papa mari femme epouse epoux fils fille frere soeur enfant voisin voisine ami amie tante oncle cousin "
        "cousine yaay baay doom" },
    { NULL, NULL },
};

const struct phrase intent_cues[] = {
    /* somebody else's record */
    { "de|a mon|ma $family", INTENT_OTHER_PERSON, 5 },
    { "mon|ma $family prend|prends|doit|est|a", INTENT_OTHER_PERSON, 5 },
    { "prend|doit mon|ma $family", INTENT_OTHER_PERSON, 6 },
    { "autre|autres patient|patients|personne|malade", INTENT_OTHER_PERSON, 6 },
    { "dossier|dossiers|ordonnance|resultats|analyses|traitement de|du @name", INTENT_OTHER_PERSON, 6 },
    { "dossier|dossiers du|des patient|patients", INTENT_OTHER_PERSON, 6 },
    { "tous les dossiers|patients", INTENT_OTHER_PERSON, 4 },

    /* nothing that a record could answer */
    { "meteo|pluie|football|match|blague|poeme|chanson|president|politique|recette|film|loterie|bitcoin|iphone|capitale",
        INTENT_OUT_OF_SCOPE, 4 },
    { "quel temps fait", INTENT_OUT_OF_SCOPE, 5 },
    { "ignore|oublie _ regles|instructions|consignes", INTENT_OUT_OF_SCOPE, 9 },
    { "ignore _ previous|all _ instructions", INTENT_OUT_OF_SCOPE, 9 },

    /* may I, what does it do */
    { "$may je|j|t|on|i", INTENT_ADVICE, 3 },
    { "je|j|on $may", INTENT_ADVICE, 2 },
    { "est ce que je|j $may", INTENT_ADVICE, 2 },
    { "$may _ $take", INTENT_ADVICE, 1 },
    { "dois|doit|faut je|il|t|on $change", INTENT_ADVICE, 4 },
    { "$may je|on $change", INTENT_ADVICE, 3 },
    { "$may _ $change", INTENT_ADVICE, 4 },
    { "je|j dois|peux _ $change", INTENT_ADVICE, 4 },
    { "effet|effets indesirable|indesirables|secondaire|secondaires", INTENT_ADVICE, 8 },
    { "side effects", INTENT_ADVICE, 8 },
    { "alcool", INTENT_ADVICE, 3 },
    { "enceinte|allaite|allaitement|grossesse", INTENT_ADVICE, 2 },
    { "dangereux|danger|risque|risques|interaction|interactions|contre indication|indications", INTENT_ADVICE, 3 },
    { "dangereux|danger|risque|risques|interaction|interactions", INTENT_ADVICE, 4 },
    { "a quoi sert|servent", INTENT_ADVICE, 6 },
    { "sert|servent a quoi", INTENT_ADVICE, 6 },
    { "que|quoi prendre|faire|manger contre|pour|avec", INTENT_ADVICE, 6 },
    { "manger|boire quoi", INTENT_ADVICE, 5 },
    { "que prendre", INTENT_ADVICE, 4 },
    { "mal _ tete|ventre|dos|gorge|dents|jambe|genou", INTENT_ADVICE, 3 },
    { "j ai mal", INTENT_ADVICE, 2 },
    { "prendre|prends @drug avec", INTENT_ADVICE, 2 },
    { "avec _ @drug", INTENT_ADVICE, 1 },

    /* wants a person */
    { "$talk _ $doctor", INTENT_DOCTOR, 6 },
    { "$doctor _ $talk", INTENT_DOCTOR, 4 },
    { "passez|passe moi _ $doctor", INTENT_DOCTOR, 6 },
    { "dites|dis _ $doctor", INTENT_DOCTOR, 6 },
    { "parler a|avec quelqu un", INTENT_DOCTOR, 6 },
    { "parler a|avec quelqu|humain|personne", INTENT_DOCTOR, 5 },
    { "rappelez|rappele|rappeler moi|m|me", INTENT_DOCTOR, 2 },
    { "etre rappele|rappelee", INTENT_DOCTOR, 5 },

    /* appointments */
    { "rendez vous", INTENT_APPOINTMENTS, 5 },
    { "appointment|appointments", INTENT_APPOINTMENTS, 5 },
    { "prochain|prochaine|next _ $meeting|visite|vaccin", INTENT_APPOINTMENTS, 5 },
    { "$when _ revenir|retourner|refaire|repasser", INTENT_APPOINTMENTS, 6 },
    { "revenir|retourner|refaire quand", INTENT_APPOINTMENTS, 6 },
    { "$when _ prochain|prochaine", INTENT_APPOINTMENTS, 4 },
    { "dois je revenir|refaire", INTENT_APPOINTMENTS, 3 },

    /* allergies */
    { "$allergy", INTENT_ALLERGIES, 6 },
    { "$allergy _ @drug", INTENT_ALLERGIES, 3 },
    { "suis|sui je $allergy", INTENT_ALLERGIES, 3 },
    { "am i $allergy", INTENT_ALLERGIES, 3 },

    /* values of the laboratory */
    { "@lab", INTENT_LAB_VALUE, 4 },
    { "$result _ @lab", INTENT_LAB_VALUE, 3 },
    { "@lab __ $normal|combien", INTENT_LAB_VALUE, 2 },
    { "combien _ @lab", INTENT_LAB_VALUE, 3 },
    { "$result", INTENT_LAB_VALUE, 2 },
    { "mes|mon|my $result", INTENT_LAB_VALUE, 2 },
    { "$result _ $test", INTENT_LAB_VALUE, 4 },
    { "$test", INTENT_LAB_VALUE, 2 },
    { "$test _ sang|sanguin|urine|urines", INTENT_LAB_VALUE, 3 },
    { "prise de sang", INTENT_LAB_VALUE, 3 },
    { "$last $test", INTENT_LAB_VALUE, 3 },
    { "$normal _ @lab", INTENT_LAB_VALUE, 3 },
    { "bilan", INTENT_LAB_VALUE, 2 },

    /* … over time */
    { "$trend", INTENT_LAB_HISTORY, 3 },
    { "$trend __ @lab", INTENT_LAB_HISTORY, 6 },
    { "@lab __ $trend", INTENT_LAB_HISTORY, 6 },
    { "toutes|tous mes @lab", INTENT_LAB_HISTORY, 8 },
    { "@lab __ avant|autrefois", INTENT_LAB_HISTORY, 5 },
    { "depuis|avant _ @lab", INTENT_LAB_HISTORY, 5 },

    /* who prescribed, and when */
    { "qui|ki _ $prescribed|$gave", INTENT_PRESCRIBER, 7 },
    { "qui|quel|nom _ signe|redige", INTENT_PRESCRIBER, 6 },
    { "quel|nom|which _ $doctor", INTENT_PRESCRIBER, 3 },
    { "$doctor __ fait|signe|redige|ecrit _ $prescription", INTENT_PRESCRIBER, 5 },
    { "who prescribed", INTENT_PRESCRIBER, 7 },
    { "$when __ $prescribed|$gave", INTENT_PRESCRIBER, 7 },
    { "$when est ce que __ $prescribed|$gave", INTENT_PRESCRIBER, 7 },
    { "depuis quand _ $take|@drug", INTENT_PRESCRIBER, 7 },
    { "$when date", INTENT_PRESCRIBER, 5 },
    { "date|dater _ quand", INTENT_PRESCRIBER, 5 },
    { "date de|d _ $prescription", INTENT_PRESCRIBER, 5 },

    /* how to take it */
    { "comment|koman|how _ $take|utilise|applique", INTENT_INSTRUCTIONS, 6 },
    { "mode d emploi", INTENT_INSTRUCTIONS, 6 },
    { "avant|apres|pendant|avec|sans|en|a _ $food", INTENT_INSTRUCTIONS, 5 },
    { "instruction|instructions|consigne|consignes|recommandation|recommandations|precautions", INTENT_INSTRUCTIONS, 6 },
    { "oublie _ comprime|dose|prise|medicament|prendre", INTENT_INSTRUCTIONS, 6 },

    /* doses */
    { "$dose", INTENT_DOSAGE, 5 },
    { "$dose _ @drug|$drugs|$treatment", INTENT_DOSAGE, 3 },
    { "$how_many _ @drug|$drugs|mg|goutte|gouttes", INTENT_DOSAGE, 6 },
    { "how many", INTENT_DOSAGE, 4 },
    { "$how_many _ $often", INTENT_DOSAGE, 6 },
    { "$how_many _ par jour|jr", INTENT_DOSAGE, 5 },
    { "$how_many _ $take", INTENT_DOSAGE, 4 },
    { "$take $how_many", INTENT_DOSAGE, 5 },
    { "@drug __ $how_many", INTENT_DOSAGE, 5 },
    { "@drug __ par jour|jr", INTENT_DOSAGE, 3 },
    { "frequence", INTENT_DOSAGE, 5 },
    { "combien|pendant _ jour|jours|temps|semaines|mois", INTENT_DOSAGE, 4 },
    { "duree|dure", INTENT_DOSAGE, 4 },
    { "jusqu a quand", INTENT_DOSAGE, 6 },
    { "jusqu au|a quand", INTENT_DOSAGE, 4 },
    { "matin|midi|soir ou matin|midi|soir", INTENT_DOSAGE, 5 },
    { "a|quelle heure|moment _ $take", INTENT_DOSAGE, 5 },
    { "quelle heure __ @drug|$drugs", INTENT_DOSAGE, 5 },

    /* what is taken now */
    { "$treatment", INTENT_CURRENT_MEDICATION, 3 },
    { "mon|mes|ma $treatment|$drugs", INTENT_CURRENT_MEDICATION, 2 },
    { "$drugs", INTENT_CURRENT_MEDICATION, 2 },
    { "quel|quels|quelle|kel|quoi _ $drugs|$treatment", INTENT_CURRENT_MEDICATION, 3 },
    { "what _ $drugs", INTENT_CURRENT_MEDICATION, 4 },
    { "$treatment|$drugs _ actuel|actuels|actuellement|cours|moment", INTENT_CURRENT_MEDICATION, 3 },
    { "je|on|j prends quoi", INTENT_CURRENT_MEDICATION, 5 },
    { "prends toujours|encore", INTENT_CURRENT_MEDICATION, 5 },
    { "continuer|continue _ @drug|$treatment|$drugs", INTENT_CURRENT_MEDICATION, 5 },
    { "que|quoi _ je $take", INTENT_CURRENT_MEDICATION, 3 },
    { "liste _ $drugs|$treatment", INTENT_CURRENT_MEDICATION, 4 },
    { "en ce moment", INTENT_CURRENT_MEDICATION, 2 },
    { "qu est ce que je $take", INTENT_CURRENT_MEDICATION, 3 },

    /* the prescription */
    { "$prescription", INTENT_LAST_PRESCRIPTION, 5 },
    { "$last $prescription", INTENT_LAST_PRESCRIPTION, 3 },
    { "$prescription __ $last", INTENT_LAST_PRESCRIPTION, 3 },
    { "$prescribed", INTENT_LAST_PRESCRIPTION, 4 },
    { "que|qu|quoi _ $prescribed", INTENT_LAST_PRESCRIPTION, 2 },

    /* diagnoses and reports */
    { "$disease", INTENT_DIAGNOSES, 5 },
    { "quoi _ souffre|malade", INTENT_DIAGNOSES, 6 },
    { "qu est ce que j ai", INTENT_DIAGNOSES, 5 },
    { "ai|suis je _ @disease", INTENT_DIAGNOSES, 6 },
    { "suis|ai _ @disease", INTENT_DIAGNOSES, 3 },
    { "$report", INTENT_DIAGNOSES, 3 },
    { "$report __ $imaging", INTENT_DIAGNOSES, 3 },
    { "que dit|disent _ $report|$imaging", INTENT_DIAGNOSES, 5 },
    { "$result __ $imaging", INTENT_DIAGNOSES, 6 },
    { "$imaging", INTENT_DIAGNOSES, 2 },

    /* what documents there are */
    { "$documents", INTENT_DOCUMENTS, 3 },
    { "quel|quels|liste|what|mes|tous|koi|quoi _ $documents", INTENT_DOCUMENTS, 3 },
    { "mes $report", INTENT_DOCUMENTS, 5 },
    { "que contient _ dossier", INTENT_DOCUMENTS, 4 },
    { "$have vous|tu __ $prescription|$test|$imaging|$report|$documents", INTENT_DOCUMENTS, 6 },
    { "$prescription|$test|$imaging|$report __ dans _ dossier", INTENT_DOCUMENTS, 5 },

    /* the assistant itself */
    { "aide|help|aider", INTENT_HELP, 3 },
    { "que|quoi _ pouvez|peux vous|tu", INTENT_HELP, 3 },
    { "pouvez|peux vous|tu faire", INTENT_HELP, 4 },
    { "comment _ marche|fonctionne", INTENT_HELP, 5 },
    { "a quoi tu|vous sers|servez", INTENT_HELP, 6 },
    { "qui etes|es vous|tu", INTENT_HELP, 6 },
    { "t|tu|vous es|etes qui", INTENT_HELP, 6 },
    { "t qui", INTENT_HELP, 6 },
    { "robot|machine|ordinateur|humain|intelligence", INTENT_HELP, 5 },
    { "quelles questions", INTENT_HELP, 5 },
    { "qui est tu", INTENT_HELP, 5 },

    /* politeness */
    { "merci|jerejef|dieuredieuf|djeredjef|thanks|thank", INTENT_THANKS, 3 },
    { "merci _ aide", INTENT_THANKS, 3 },
    { "bonjour|bonsoir|salut|salam|coucou|hello|hi|allo|nanga|hey", INTENT_GREETING, 3 },
    { "comment allez|vas|va", INTENT_GREETING, 3 },
    { "ca|sa va", INTENT_GREETING, 3 },
    { NULL, 0, 0 },
};
