#include "documents/word_class.h"

/* clang-format off */
static const char *const count_words[] = {
    "cinq", "demi", "demie", "deux", "dix", "douze", "huit", "neuf", "quart", "quatre", "quinze", "sept",
    "six", "trente", "trois", "un", "une", "vingt",
};

static const char *const dose_units[] = {
    "amp", "ampoule", "ampoules", "application", "applications", "bain", "bains", "bouffee", "bouffees",
    "cac", "cachet", "cachets", "cam", "caps", "capsule", "capsules", "cas", "cc", "comp", "comprime",
    "comprimes", "cp", "cpr", "cprs", "cps", "cs", "cuil", "cuillere", "cuilleree", "cuillerees",
    "cuilleres", "dispositif", "dispositifs", "dose", "doses", "dosette", "dosettes", "film", "films",
    "flacon", "flacons", "gel", "gels", "gelule", "gelules", "gomme", "gommes", "goutte", "gouttes", "gte",
    "gtes", "gtte", "gttes", "inhalation", "inhalations", "inj", "injection", "injections", "instillation",
    "instillations", "lavage", "lavages", "lyoc", "lyocs", "mesure", "mesures", "nebulisation",
    "nebulisations", "ovule", "ovules", "pansement", "pansements", "pastille", "pastilles", "patch",
    "patchs", "perfusion", "perfusions", "pipette", "pipettes", "pression", "pressions", "prise", "prises",
    "puff", "puffs", "pulv", "pulverisation", "pulverisations", "sach", "sachet", "sachets", "seringue",
    "seringues", "spray", "sprays", "stick", "sticks", "suppo", "suppos", "suppositoire", "suppositoires",
    "tablette", "tablettes", "unidose", "unidoses",
};

static const char *const masses[] = {
    "cc", "cg", "g", "gamma", "gr", "gramme", "grammes", "iu", "kui", "l", "mcg", "mcgr", "mg", "mgr",
    "microgramme", "microgrammes", "milligramme", "milligrammes", "millilitre", "millilitres", "ml", "mui",
    "ng", "u", "ug", "ui", "ul", "unite", "unites", "μg",
};

static const char *const forms[] = {
    "aerosol", "amp", "ampoule", "ampoules", "bain", "baume", "cachet", "cachets", "caps", "capsule",
    "capsules", "collyre", "comp", "comprime", "comprimes", "cp", "cpr", "cprs", "cps", "cr", "creme",
    "dispositif", "dosette", "dosettes", "elixir", "emplatre", "emulsion", "film", "fl", "flacon",
    "flacons", "gargarisme", "gel", "gels", "gelule", "gelules", "gomme", "gouttes", "granule", "granules",
    "implant", "inhalateur", "inj", "injectable", "injection", "lotion", "lyoc", "lyophilisat",
    "microgranules", "mousse", "ovule", "ovules", "pastille", "pastilles", "patch", "patchs", "pde",
    "perfusion", "pommade", "poudre", "sach", "sachet", "sachets", "seringue", "seringues", "shampoing",
    "shampooing", "sirop", "sol", "solute", "solution", "sp", "spray", "stylo", "stylos", "suppo",
    "suppositoire", "suppositoires", "susp", "suspension", "tablette", "tablettes", "teinture", "tisane",
    "tube", "unidose", "unidoses", "vernis",
};

static const char *const form_rest[] = {
    "adulte", "adultes", "ampoule", "ampoules", "aqueuse", "auriculaire", "buccal", "buccale", "buv",
    "buvable", "buvables", "cartouche", "comprime", "comprimes", "croquer", "cutane", "cutanee", "dermique",
    "dispersible", "dispersibles", "dose", "doseur", "doseuse", "drageifie", "dur", "dure", "dures", "eff",
    "efferv", "effervescent", "effervescents", "enfant", "enfants", "enrobe", "enrobes", "externe",
    "flacon", "gastro", "gouttes", "huileuse", "immediate", "inhalation", "inhaler", "inj", "injectable",
    "injectables", "liberation", "local", "locale", "lp", "lyophilisat", "macher", "modifiee", "molle",
    "molles", "mou", "multidose", "nasal", "nasale", "nasales", "nourrisson", "nourrissons", "ophtalmique",
    "oral", "orale", "orodispersible", "orodispersibles", "osmotique", "pellicule", "pellicules",
    "perfusion", "poudre", "pre", "prerempli", "preremplie", "pression", "pressurise", "prolongee",
    "quadrisecable", "quadrisecables", "recipient", "rectal", "rectale", "rempli", "remplie", "resistant",
    "resistants", "retard", "sachet", "sec", "secable", "secables", "seringue", "sodique", "solution",
    "stylo", "sublingual", "sublinguale", "sucer", "suspension", "transdermique", "unidose", "unidoses",
    "usage", "vaginal", "vaginale", "vaginaux",
};

static const char *const moments[] = {
    "coucher", "dejeuner", "diner", "gouter", "lever", "mat", "matin", "matinal", "matinee", "matins",
    "midi", "midis", "nuit", "nuits", "reveil", "soir", "soiree", "soirs", "souper",
};

static const char *const periods[] = {
    "24h", "an", "annee", "ans", "h", "heure", "heures", "hr", "hrs", "hs", "j", "jour", "jours", "jr",
    "jrs", "mois", "nuit", "prise", "sem", "semaine", "semaines",
};

static const char *const spans[] = {
    "an", "annee", "annees", "ans", "j", "jour", "jours", "jr", "jrs", "mois", "nuits", "sem", "semaine",
    "semaines", "sems",
};

static const char *const weekdays[] = {
    "dimanche", "dimanches", "jeudi", "jeudis", "lundi", "lundis", "mardi", "mardis", "mercredi",
    "mercredis", "samedi", "samedis", "vendredi", "vendredis",
};

static const char *const months[] = {
    "aout", "avr", "avril", "dec", "decembre", "fev", "fevr", "fevrier", "jan", "janv", "janvier", "juil",
    "juill", "juillet", "juin", "mai", "mars", "nov", "novembre", "oct", "octobre", "sep", "sept",
    "septembre",
};

static const char *const stops[] = {
    "arret", "arrete", "arreter", "arretez", "cesser", "cessez", "contre-indique", "eviter", "evitez",
    "interrompre", "interrompu", "stop", "stopper", "supprimer", "suspendre", "suspendu",
};

static const char *const leads[] = {
    "administrer", "ajouter", "appliquer", "commencer", "continuer", "debuter", "donner", "faire",
    "instiller", "introduire", "maintenir", "mettre", "poursuite", "poursuivre", "prendre", "prenez",
    "relais", "remplacer", "renouveler", "reprendre", "reprise",
};

static const char *const fillers[] = {
    "a", "administrer", "appliquer", "au", "aux", "avec", "chaque", "d", "dans", "date", "de", "debut",
    "des", "donner", "dosage", "dose", "du", "durant", "duree", "e", "en", "est", "et", "faire", "fin",
    "fois", "forme", "instiller", "j", "jour", "l", "la", "le", "les", "medicament", "mettre", "n", "nb",
    "no", "ou", "par", "pendant", "posologie", "pour", "prendre", "prenez", "prise", "prises", "quantite",
    "s", "sera", "soit", "sur", "traitement", "un", "une", "voie", "x",
};

static const char *const not_drugs[] = {
    "accessoires", "acte", "actes", "adeli", "adresse", "aerosols", "age", "aiguille", "aiguilles",
    "alimentation", "allergie", "allergies", "analyse", "analyses", "antecedent", "antecedents",
    "appartement", "appt", "ar", "atcd", "attelle", "attelles", "attention", "au", "auteur", "auteurs",
    "autopiqueur", "aux", "avec", "avenue", "bande", "bandelette", "bandelettes", "bandes", "bas", "bebe",
    "bequille", "bequilles", "bilan", "boire", "bp", "cabinet", "canne", "cannes", "cedex", "ceinture",
    "centre", "certificat", "chambre", "chaque", "chaussette", "chaussettes", "chr", "chu", "clinique",
    "commentaire", "commune", "compresse", "compresses", "concentrateur", "conclusion", "conseil",
    "conseils", "consultation", "contention", "controle", "coton", "couche", "coucher", "couches",
    "creatinine", "creatininemie", "crp", "dakar", "date", "deambulateur", "des", "diagnostic",
    "dispositif", "district", "docteur", "document", "dosage", "dose", "dossier", "dr", "du", "duree",
    "eau", "ecbu", "ecg", "echographie", "edite", "email", "en", "enfant", "entree", "et", "eur", "euros",
    "examen", "examens", "fait", "fauteuil", "fax", "fc", "fcfa", "finess", "france", "frequence", "gant",
    "gants", "genouillere", "glucometre", "glycemie", "hba1c", "hopital", "hospitalisation", "hygiene",
    "ide", "identifiant", "imc", "imprime", "indication", "infirmier", "infirmiere", "inr", "ins",
    "intervention", "ionogramme", "irm", "jour", "jours", "kine", "kinesitherapie", "la", "laboratoire",
    "lancette", "lancettes", "le", "lecteur", "lecteurs", "lentilles", "les", "lit", "livraison",
    "location", "lot", "lunettes", "madame", "mademoiselle", "mail", "manger", "marche", "masque",
    "matelas", "matin", "matricule", "max", "maximum", "medecin", "medical", "medicament", "medicaments",
    "mesures", "midi", "milda", "minerve", "ministere", "mlle", "mme", "mode", "monsieur", "montant",
    "motif", "moustiquaire", "mr", "ne", "nebuliseur", "nfs", "nom", "nombre", "numero", "ordonnance",
    "organisation", "orthese", "ortheses", "ou", "oxygene", "page", "pansement", "pansements", "par", "pas",
    "patient", "patiente", "pendant", "pharmacie", "poche", "poches", "poids", "posologie", "poste",
    "pouls", "pour", "pr", "prenom", "prenoms", "prescription", "preservatifs", "prix", "produit",
    "produits", "professeur", "puis", "qsp", "quantite", "quartier", "radio", "radiographie", "rappel",
    "rdv", "regime", "region", "remarque", "remarques", "rendez", "rendez-vous", "renouvelable", "repos",
    "republique", "resultat", "resultats", "revoir", "rpps", "rue", "sans", "scanner", "seance", "seances",
    "semelles", "senegal", "seringue", "seringues", "serologie", "service", "sexe", "si", "signature",
    "soins", "soir", "sonde", "sondes", "sortie", "sparadrap", "spo2", "sport", "steri-strip",
    "surveillance", "surveiller", "ta", "taille", "tca", "tel", "telephone", "temperature", "tensiometre",
    "tension", "thermometre", "total", "tous", "toutes", "tp", "traitement", "traitements", "tsh", "type",
    "un", "une", "uree", "valable", "verres", "version", "villa", "voir", "vs",
};

static const char *const devices[] = {
    "aerosols", "aiguille", "aiguilles", "allergie", "allergies", "analyse", "analyses", "antecedent",
    "antecedents", "atcd", "attelle", "attelles", "autopiqueur", "bande", "bandelette", "bandelettes",
    "bandes", "bas", "bequille", "bequilles", "bilan", "canne", "cannes", "ceinture", "certificat",
    "chaussette", "chaussettes", "compresse", "compresses", "concentrateur", "conseil", "conseils",
    "consultation", "contention", "controle", "coton", "couche", "couches", "creatinine", "creatininemie",
    "crp", "deambulateur", "dispositif", "dosage", "ecbu", "ecg", "echographie", "examen", "examens",
    "fauteuil", "gant", "gants", "genouillere", "glucometre", "glycemie", "hba1c", "hospitalisation",
    "hygiene", "ide", "infirmier", "infirmiere", "inr", "intervention", "ionogramme", "irm", "kine",
    "kinesitherapie", "lancette", "lancettes", "lecteur", "lecteurs", "lentilles", "lit", "lunettes",
    "matelas", "milda", "minerve", "moustiquaire", "nebuliseur", "nfs", "orthese", "ortheses", "oxygene",
    "pansement", "pansements", "poche", "poches", "preservatifs", "radio", "radiographie", "rdv", "regime",
    "rendez", "repos", "revoir", "scanner", "seance", "seances", "semelles", "seringue", "seringues",
    "serologie", "signature", "soins", "sonde", "sondes", "sparadrap", "surveillance", "surveiller", "tca",
    "tensiometre", "thermometre", "tp", "tsh", "uree", "verres", "vs",
};

static const char *const doctors[] = {
    "docteur", "docteurs", "dr", "dre", "drs", "pr", "prof", "professeur",
};

static const char *const civilities[] = {
    "bebe", "enfant", "m", "m.", "madame", "mademoiselle", "melle", "mister", "mlle", "mme", "monsieur",
    "mr", "mrs", "patient", "patiente",
};

static const char *const streets[] = {
    "adresse", "allee", "appt", "av", "avenue", "bd", "bis", "bld", "boulevard", "bp", "cedex", "chemin",
    "domicile", "email", "etage", "fax", "immeuble", "impasse", "lot", "lotissement", "mail", "mobile",
    "place", "portable", "quartier", "residence", "route", "rte", "rue", "sis", "sise", "tel", "telephone",
    "ter", "villa",
};

static const char *const houses[] = {
    "cabinet", "centre", "chn", "chr", "chu", "clinique", "dispensaire", "district", "ehpad", "groupe",
    "grp", "hopital", "hopitaux", "hospitalier", "institut", "labm", "labo", "laboratoire", "lbm",
    "maternite", "ministere", "pharmacie", "polyclinique", "poste", "republique", "service",
    "universitaire",
};

static const char *const professions[] = {
    "adeli", "anatomopathologiste", "ancien", "anesthesiste", "biologiste", "biologistes", "cardiologie",
    "cardiologue", "chirurgie", "chirurgien", "cytologiste", "dentiste", "dermatologie", "dermatologue",
    "diabetologie", "diabetologue", "diplome", "endocrinologie", "endocrinologue", "enterologue", "ex",
    "finess", "gastro", "gastro-enterologue", "generale", "generaliste", "generalistes", "geriatre",
    "geriatrie", "gynecologie", "gynecologue", "hematologie", "hematologue", "hepatologie", "hepatologue",
    "infectiologue", "infirmier", "infirmiere", "interne", "medecin", "medecine", "medecins", "nephrologie",
    "nephrologue", "neurologie", "neurologue", "obstetricien", "obstetrique", "oncologie", "oncologue",
    "ophtalmologie", "ophtalmologiste", "ophtalmologue", "orl", "pediatre", "pediatrie", "pharmacien",
    "pharmacienne", "pneumologie", "pneumologue", "psychiatre", "psychiatrie", "qualifie", "radiologie",
    "radiologue", "rhumatologie", "rhumatologue", "rpps", "sage-femme", "specialiste", "urgentiste",
    "urologie", "urologue",
};

static const char *const qualitatives[] = {
    "abondant", "abondante", "abondantes", "abondants", "absence", "absent", "absente", "absentes",
    "absents", "aucun", "aucune", "brun", "citrin", "clair", "claire", "compatible", "conforme", "detecte",
    "detectee", "douteuse", "douteux", "equivoque", "fonce", "hematique", "hemolyse", "homogene",
    "icterique", "identifie", "immunise", "immunisee", "incolore", "indetectable", "insuffisant", "isole",
    "jaune", "lactescent", "limpide", "moderee", "moderes", "neant", "neg", "negatif", "negatifs",
    "negative", "negatives", "nombreuses", "nombreux", "normal", "normale", "normaux", "nul", "nulle",
    "opalescent", "paille", "pos", "positif", "positifs", "positive", "positives", "presence", "present",
    "presente", "presentes", "presents", "quelques", "rare", "rares", "reactif", "reactive", "rhesus",
    "sterile", "trace", "traces", "trouble",
};

static const char *const raised[] = {
    "augmente", "augmentee", "eleve", "elevee", "h", "haut", "haute", "hh", "high", "hyper",
};

static const char *const lowered[] = {
    "abaisse", "abaissee", "b", "bas", "basse", "diminue", "diminuee", "l", "ll", "low",
};

static const char *const not_analytes[] = {
    "adeli", "adresse", "age", "agrement", "ans", "assurance", "assure", "avenue", "bhn", "boulevard", "bp",
    "code", "commentaire", "complet", "compte", "conclusion", "copie", "cotation", "date", "debut",
    "demande", "destinataire", "docteur", "domicile", "dose", "dossier", "dossiers", "dr", "du", "duree",
    "edite", "edition", "fax", "fc", "fin", "finess", "fr", "heure", "id", "identifiant", "imc", "imprime",
    "ins", "interpretation", "ipp", "isolat", "la", "le", "les", "ligne", "lot", "matricule", "medecin",
    "medicament", "methode", "mobile", "montant", "motif", "n", "naissance", "nb", "ne", "nee", "no", "nom",
    "norme", "normes", "note", "numero", "objectif", "objectifs", "page", "partiel", "patient", "patiente",
    "poids", "posologie", "pouls", "pr", "preleve", "prelevement", "preleves", "prendre", "prenom",
    "prenoms", "prescripteur", "prescription", "prix", "reactif", "recu", "reference", "references",
    "remarque", "resultat", "resultats", "rpps", "rue", "selon", "seuil", "sexe", "signe", "siret", "spo2",
    "ta", "taille", "technique", "tel", "telephone", "temperature", "tension", "transmis", "travail",
    "type", "urgence", "valeur", "valeurs", "validation", "valide", "valides", "version",
};

static const char *const analytes[] = {
    "ac", "ag", "alat", "albumine", "albuminemie", "albuminurie", "alcaline", "aminotransferase", "amylase",
    "amylasemie", "asat", "aslo", "aspect", "bacilles", "bas", "basophiles", "bhcg", "bicarbonates",
    "bilirubine", "blastes", "bnp", "bw", "calcemie", "calcium", "ccmh", "cephaline", "cetonurie", "chlore",
    "chloremie", "chlorures", "cholesterol", "cl", "clairance", "cocci", "cortisol", "couleur", "cpk",
    "creatinine", "creatininemie", "creatininurie", "cristaux", "crp", "culture", "cylindres", "depistage",
    "dfg", "dimeres", "ecbu", "electrophorese", "emmel", "eos", "eosinophiles", "epithelial",
    "epitheliales", "erythrocytes", "estradiol", "fer", "ferritine", "fibrinogene", "folates", "fsh",
    "gamma", "germe", "germes", "ggt", "globulines", "glucose", "glycemie", "glycosurie", "gram", "gt",
    "hb", "hba", "hba1c", "hbc", "hbs", "hcg", "hct", "hdl", "hematies", "hematocrite", "hemoglobine",
    "hemogramme", "hepatite", "hgb", "hiv", "homocysteine", "igg", "igm", "inr", "insulinemie",
    "ionogramme", "k", "kaliemie", "lactates", "ldh", "ldl", "leucocytes", "levures", "lh", "lipase", "lym",
    "lymphocytes", "magnesemie", "magnesium", "mch", "mchc", "mcv", "microalbuminurie", "mon", "monocytes",
    "mpv", "na", "natremie", "neu", "neutrophiles", "nitrites", "paludisme", "parasitemie", "parathormone",
    "peptide", "phosphatases", "phosphore", "phosphoremie", "plaquettes", "plasmodium", "plt",
    "polynucleaires", "potassium", "procalcitonine", "progesterone", "prolactine", "proteines",
    "proteinurie", "prothrombine", "protidemie", "protides", "psa", "quick", "rbc", "rdw", "reticulocytes",
    "rhesus", "rubeole", "sanguin", "serologie", "sideremie", "sodium", "tca", "tcmh", "tdr",
    "testosterone", "tgo", "tgp", "thrombocytes", "thyreostimuline", "thyroxine", "toxoplasmose", "tpha",
    "transferrine", "triglycerides", "troponine", "tsh", "uree", "uricemie", "urique", "v.g.m", "vdrl",
    "vgm", "vih", "vs", "wbc", "widal",
};

static const char *const links[] = {
    "a", "apres", "au", "aux", "avant", "avec", "chaque", "d", "dans", "de", "des", "du", "en", "et",
    "jusqu", "l", "la", "le", "les", "ne", "ou", "par", "pas", "pendant", "pour", "que", "qui", "si",
    "soit", "sous", "sur", "tous", "toutes", "un", "une",
};

static const char *const no_names[] = {
    "a", "adresse", "age", "an", "ans", "chambre", "cm", "code", "compte", "date", "demeurant", "docteur",
    "domicile", "dossier", "dr", "du", "email", "et", "fait", "feminin", "femme", "homme", "hospitalise",
    "hospitalisee", "identite", "ins", "ipp", "kg", "la", "le", "les", "lieu", "lit", "mail", "masculin",
    "matricule", "medecin", "mobile", "n", "naissance", "ne", "nee", "nir", "no", "nom", "noms", "numero",
    "ordonnance", "patient", "patiente", "poids", "prenom", "prenoms", "prescripteur", "prescription",
    "profession", "rendu", "rue", "service", "sexe", "sexe:", "taille", "tel", "telephone", "usage",
    "utilise", "utilises",
};
/* clang-format on */

static const struct {
    const char *const *words;
    size_t count;
    uint64_t bit;
} lists[] = {
    { count_words, COUNT_OF(count_words), WORD_COUNT_WORD },
    { dose_units, COUNT_OF(dose_units), WORD_DOSE_UNIT },
    { masses, COUNT_OF(masses), WORD_MASS },
    { forms, COUNT_OF(forms), WORD_FORM },
    { form_rest, COUNT_OF(form_rest), WORD_FORM_REST },
    { moments, COUNT_OF(moments), WORD_MOMENT },
    { periods, COUNT_OF(periods), WORD_PERIOD },
    { spans, COUNT_OF(spans), WORD_SPAN },
    { weekdays, COUNT_OF(weekdays), WORD_WEEKDAY },
    { months, COUNT_OF(months), WORD_MONTH },
    { stops, COUNT_OF(stops), WORD_STOP },
    { leads, COUNT_OF(leads), WORD_LEAD },
    { fillers, COUNT_OF(fillers), WORD_FILLER },
    { not_drugs, COUNT_OF(not_drugs), WORD_NOT_DRUG },
    { devices, COUNT_OF(devices), WORD_DEVICE },
    { doctors, COUNT_OF(doctors), WORD_DOCTOR },
    { civilities, COUNT_OF(civilities), WORD_CIVILITY },
    { streets, COUNT_OF(streets), WORD_STREET },
    { houses, COUNT_OF(houses), WORD_HOUSE },
    { professions, COUNT_OF(professions), WORD_PROFESSION },
    { qualitatives, COUNT_OF(qualitatives), WORD_QUALITATIVE },
    { raised, COUNT_OF(raised), WORD_RAISED },
    { lowered, COUNT_OF(lowered), WORD_LOWERED },
    { not_analytes, COUNT_OF(not_analytes), WORD_NOT_ANALYTE },
    { analytes, COUNT_OF(analytes), WORD_ANALYTE },
    { links, COUNT_OF(links), WORD_LINK },
    { no_names, COUNT_OF(no_names), WORD_NO_NAME },
};

/* memcmp order; NUL-terminated words of the list against a str. */
static int compare(struct str fold, const char *word) {
    size_t n = strlen(word), shorter = fold.n < n ? fold.n : n;
    int order = shorter ? memcmp(fold.p, word, shorter) : 0;
    return order ? order : fold.n < n ? -1 : fold.n > n;
}

static bool list_has(const char *const *words, size_t count, struct str fold) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(fold, words[middle]);
        if (order == 0) return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

uint64_t word_classes(struct str fold) {
    uint64_t classes = 0;
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        if (list_has(lists[i].words, lists[i].count, fold)) classes |= lists[i].bit;
    return classes;
}

const char *const *word_class_list(size_t i, size_t *count) {
    if (i >= COUNT_OF(lists)) return NULL;
    *count = lists[i].count;
    return lists[i].words;
}
