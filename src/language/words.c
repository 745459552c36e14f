#include "language/words.h"

struct spelling {
    const char *typed, *means;
};

/* clang-format off */

/* Function words of French, and the few English ones that questions in English are made of. */
static const char *const stop_words[] = {
    "a", "afin", "ai", "aie", "ainsi", "alors", "am", "and", "are", "as", "au", "aucun", "aucune",
    "aucunes", "aucuns", "aujourd", "auquel", "auquelle", "auquels", "aura", "aurai", "auraient", "aurais",
    "aurait", "aussi", "autre", "autres", "aux", "auxquelles", "auxquels", "avaient", "avais", "avait",
    "avant", "avec", "avez", "aviez", "avions", "avoir", "avons", "ayant", "bah", "ben", "bien", "bon",
    "bonne", "c", "ca", "car", "ce", "ceci", "cela", "celle", "celles", "celui", "ces", "cet", "cette",
    "ceux", "chaque", "chez", "ci", "comme", "comment", "d", "dans", "de", "deja", "depuis", "des",
    "desormais", "desquelles", "desquels", "dessous", "dessus", "deux", "devant", "devez", "devons",
    "devrais", "devrait", "dit", "do", "does", "dois", "doit", "doivent", "donc", "dont", "du", "duquel",
    "durant", "elle", "elles", "en", "encore", "entre", "es", "est", "et", "etaient", "etais", "etait",
    "etant", "ete", "etes", "etiez", "etions", "etre", "eu", "eue", "eues", "eus", "eut", "eux", "faire", "fait", "faites",
    "faut", "font", "hein", "hors", "how", "hui", "i", "ici", "il", "ils", "in", "is", "it", "j",
    "je", "jusqu", "jusque", "l", "la", "laquelle", "le", "lequel", "les", "lesquelles", "lesquels", "leur",
    "leurs", "lors", "lorsque", "lui", "m", "ma", "mais", "me", "meme", "memes", "merci", "mes", "mien",
    "mienne", "miens", "mine", "moi", "moins", "mon", "my", "n", "ne", "ni", "non", "nos", "notre", "nous",
    "of", "on", "ont", "or", "ou", "ouais", "oui", "par", "parce", "pas", "pendant", "peu", "peut",
    "peuvent", "peux", "plus", "plusieurs", "plutot", "pour", "pourquoi", "pourrais", "pourrait", "pouvez",
    "pouvoir", "pouvons", "puis", "puisque", "qu", "quand", "que", "quel", "quelle", "quelles", "quelqu",
    "quelque", "quelques", "quels", "qui", "quoi", "s", "sa", "sans", "sauf", "se", "selon", "sera",
    "serai", "seraient", "serais", "serait", "ses", "si", "sien", "sienne", "soi", "soient", "sois", "soit",
    "sommes", "son", "sont", "sous", "soyez", "suis", "sur", "surtout", "svp", "t", "ta", "tandis", "tant",
    "te", "tel", "telle", "telles", "tels", "tes", "the", "their", "them", "there", "they", "this", "to",
    "toi", "ton", "tous", "tout", "toute", "toutes", "tres", "tu", "un", "une", "va", "vais", "vas", "vers",
    "veut", "veux", "voici", "voila", "vont", "vos", "votre", "voudrais", "vouloir", "vous", "vu", "was",
    "were", "what", "when", "where", "which", "who", "will", "with", "y", "you", "your",
};

/* Everyday words beside the function words: asking, politeness, time, family, taking medicines. */
static const char *const common_words[] = {
    "abord", "accord", "achete", "acheter", "affiche", "afficher", "aide", "aider", "aidez", "ailleurs",
    "aime", "aimerais", "air", "ait", "allah", "aller", "allez", "allo", "allons", "ami", "amie", "amis",
    "an", "ancien", "ancienne", "annee", "annees", "ans", "aout", "apporter", "apprendre", "apres",
    "arretee", "arretees", "arretes", "arrive", "arriver", "assez", "attendre", "attends", "aurez", "auriez", "auront", "aussitot", "autant",
    "autour", "avale", "avaler", "avance", "avis", "avril", "baisse", "beau", "beaucoup", "bebe", "belle",
    "besoin", "bientot", "bise", "bisous", "bizarre", "boire", "bois", "boite", "boites", "bonjour",
    "bonsoir", "bouteille", "bras", "bref", "but", "cabinet", "cadeau", "calme", "carnet", "cause",
    "certain", "certaine", "change", "changer", "chaud", "chef", "cher", "cherche", "chercher", "cherchez",
    "cheri", "chose", "choses", "ciao", "cinq", "clair", "clinique", "code", "combien", "commence",
    "commencer", "complet", "comprendre", "comprends", "compris", "compte", "concernant", "confirme",
    "confirmer", "confirmez", "connais", "connaitre", "consultation", "consultations", "consulte",
    "consulter", "contact", "content", "continue", "continuer", "contre", "copie", "correct",
    "correctement", "couche", "coucher", "coup", "couper", "cours", "court", "cousin", "cousine", "coute", "couter",
    "croire", "crois", "croquer", "cuillere", "date", "dates", "debut", "decembre", "dedet", "def",
    "dehors", "dejeuner", "demain", "demande", "demander", "demandes", "demandez", "demi", "dernier",
    "derniere", "dernierement", "dernieres", "derniers", "desole", "desolee", "devoir", "dieu",
    "dieuredieuf", "difference", "difficile", "dimanche", "diner", "dira", "dire", "direct", "dis",
    "disait", "disent", "dises", "dites", "dix", "dizaine", "docs", "docteur", "docteure", "docteurs",
    "document", "documents", "donne", "donnees", "donner", "donnes", "donnez", "dormir", "dors", "dose",
    "doser", "doses", "dossier", "dossiers", "douze", "droit", "eau", "effectuer", "egalement", "end",
    "enfant", "enfants", "enfin", "ensemble", "ensuite", "envoie", "envoye", "envoyer", "envoyes",
    "envoyez", "erreur", "espere", "essaye", "essayer", "etat", "evening", "eventuel", "eventuelle", "eventuelles", "eventuels", "exact", "exacte", "exactement",
    "exemple", "explique", "expliquer", "expliquez", "facile", "facon", "faim", "faisait", "famille",
    "fatigue", "faudra", "faudrait", "femme", "fera", "fermer", "feuille", "fevrier", "fi", "fille", "fils",
    "fin", "fini", "finir", "fois", "fonctionne", "fondre", "force", "forme", "fort", "forte", "francais",
    "frere", "froid", "gauche", "genre", "gens", "gentil", "gentille", "gentillesse", "gouttes", "grand",
    "grande", "grands", "grave", "gros", "grosse", "habitude", "haut", "haute", "hebdomadaire",
    "hebdomadairement", "hello", "heure", "heures", "heureux", "hier", "homme", "hopital", "hospital",
    "huit", "idee", "important", "importante", "importe", "inchalla", "inchallah", "indique", "indiquee",
    "indiquer", "indiquez", "infirmier", "infirmiere", "info", "information", "informations", "infos",
    "inquiet", "inquiete", "inshallah", "instant", "jamais", "jamm", "janvier", "jerejef", "jeudi", "jeune",
    "joindre", "jour", "journee", "jours", "juillet", "juin", "jus", "juste", "labas", "laisse", "laisser",
    "lait", "lendemain", "lettre", "lieu", "ligne", "lire", "lisez", "liste", "lit", "livre", "loin",
    "long", "longtemps", "longue", "lundi", "macher", "madame", "mademoiselle", "mai", "main", "maintenant",
    "maison", "mal", "malade", "malgre", "maman", "mange", "mangeant", "manger", "manges", "mangi",
    "manque", "marche", "mardi", "mari", "mars", "matin", "matinee", "matins", "mauvais", "mauvaise",
    "maximum", "medecin", "medecins", "medical", "medicale", "medicales", "medicaux", "meilleur", "memoire",
    "mensuel", "mensuelle", "mercredi", "mere", "message", "messages", "messieurs", "mesure", "met", "mets",
    "mettre", "midi", "mieux", "milieu", "mille", "minimum", "minuit", "minute", "minutes", "mis", "mise",
    "modifie", "mois", "moment", "momentanement", "monde", "monsieur", "montre", "montrer", "montrez",
    "morceau", "mot", "mots", "moyen", "nanga", "nom", "nombre", "nombreux", "normal", "normale",
    "normalement", "normaux", "note", "noter", "notes", "nouveau", "nouveaux", "nouvel", "nouvelle",
    "nouvelles", "novembre", "nuit", "nul", "numero", "obligatoire", "obligatoirement", "obtenir",
    "obtient", "occupe", "octobre", "oh", "ok", "oncle", "oubliais", "oublie", "oubliee", "oublier",
    "ouvert", "ouvre", "page", "papa", "papier", "papiers", "pardon", "pareil", "parents", "parle",
    "parler", "parlez", "part", "partie", "partir", "parvenir", "passe", "passee", "passer", "pauvre",
    "payer", "pays", "penible", "pense", "penser", "pensez", "perdre", "perdu", "perdue", "pere", "permet",
    "permis", "personne", "personnel", "personnes", "petit", "petite", "petits", "peur", "pharmacie",
    "pharmacien", "pharmacienne", "photo", "photos", "pied", "place", "plait", "plein", "plupart", "point",
    "pose", "poser", "possible", "poste", "potable", "pourra", "pourrai", "pourriez", "pouvais", "pouvait",
    "pouviez", "precedent", "precedente", "precis", "precise", "preciser", "precisez", "premier",
    "premiere", "prenait", "prend", "prendra", "prendrai", "prendrais", "prendre", "prends", "prenez",
    "prenne", "prenons", "prepare", "pres", "presque", "pret", "prevenir", "prevoir", "prevu", "prie", "prier", "prior",
    "pris", "prise", "prises", "prix", "probleme", "problemes", "prochain", "prochaine", "prochainement",
    "prochaines", "professeur", "promis", "propos", "propre", "puisse", "quantite", "quart", "quatre",
    "quelconque", "question", "questions", "quinzaine", "quinze", "quitter", "quotidien", "quotidienne",
    "quotidiennement", "raison", "rapide", "rapidement", "rappel", "rappele", "rappeler", "rappelez",
    "rappelle", "rappelles", "recevoir", "recoit", "recommence", "recu", "recue", "reel", "regard",
    "regarde", "regarder", "regardez", "remercie", "remettre", "rendre", "renseigne", "renseignement",
    "renseignements", "renseigner", "rentrer", "repas", "repete", "repeter", "repetez", "repond",
    "repondre", "reponds", "reponse", "reponses", "reprendre", "reprends", "respecte", "respecter", "reste",
    "rester", "retard", "retour", "retourner", "retrouve", "retrouver", "revenir", "reviens", "revoir",
    "rien", "route", "sache", "sais", "sait", "salam", "salut", "samedi", "sante", "sauriez", "sauter",
    "savez", "savoir", "seconde", "semaine", "semaines", "semble", "sept", "septembre", "serez", "serieux",
    "seriez", "sert", "servir", "seul", "seule", "seulement", "simple", "simplement", "six", "soeur",
    "soir", "soiree", "soirs", "soixante", "solution", "sommeil", "sorte", "sortie", "sortir", "soudain",
    "souhaite", "souhaiter", "souhaiterais", "soupe", "souvenir", "souvent", "souviens", "stock", "suite",
    "suivant", "suivante", "suivi", "suivie", "suivre", "sujet", "sure", "surement", "tante", "tard",
    "tata", "telephone", "telephoner", "temps", "tiens", "tient", "tonton", "tot", "toujours", "train",
    "tranquille", "transmettre", "travail", "travailler", "trente", "trois", "trop", "trouve", "trouver",
    "trouvez", "utile", "utilise", "utiliser", "vaut", "veille", "veillez", "vendredi", "venir", "verifier",
    "verre", "vibre", "vibrer", "vie", "viens", "vient", "vieux", "vingt", "vingtaine", "visite", "vite", "vivre", "voir",
    "vois", "voit", "voulais", "voulait", "voulez", "vouliez", "voyage", "vrai", "vraiment", "vue", "vues",
    "waaw", "week", "yangi", "zero",
};

/* SMS spellings and usual abbreviations; the meaning may be several words. */
static const struct spelling spellings[] = {
    { "2day", "today" }, { "2m1", "demain" }, { "2main", "demain" }, { "2puis", "depuis" },
    { "a12c4", "a un de ces quatre" }, { "a2m1", "a demain" }, { "ab1to", "a bientot" },
    { "ajd", "aujourd hui" }, { "alaiter", "allaiter" }, { "alergi", "allergie" }, { "alergie", "allergie" },
    { "alergies", "allergies" }, { "alergik", "allergique" }, { "alergique", "allergique" },
    { "allergi", "allergie" }, { "amoxi", "amoxicilline" }, { "analiz", "analyse" },
    { "analize", "analyse" }, { "anestesi", "anesthesie" }, { "anestesie", "anesthesie" },
    { "antibio", "antibiotique" }, { "antibios", "antibiotiques" },
    { "apel", "appelle" }, { "apele", "appelle" }, { "apeler", "appeler" }, { "apelez", "appelez" },
    { "appt", "appointment" }, { "apre", "apres" }, { "arete", "arrete" }, { "areter", "arreter" },
    { "aretez", "arretez" }, { "asap", "rapidement" }, { "atcd", "antecedents" }, { "auj", "aujourd hui" },
    { "aujourdhui", "aujourd hui" }, { "aujourdui", "aujourd hui" }, { "avan", "avant" }, { "avk", "avec" },
    { "b4", "before" }, { "bb", "bebe" }, { "bcoup", "beaucoup" }, { "bcp", "beaucoup" }, { "bi1", "bien" },
    { "bjour", "bonjour" }, { "bjr", "bonjour" }, { "bo", "beau" }, { "boir", "boire" }, { "bone", "bonne" },
    { "bonj", "bonjour" }, { "bonjr", "bonjour" }, { "bra", "bras" }, { "bsoir", "bonsoir" }, { "bsr", "bonsoir" },
    { "c", "c est" }, { "cad", "c est a dire" }, { "cb", "combien" }, { "cb1", "combien" },
    { "cbien", "combien" }, { "cc", "coucou" }, { "ccl", "conclusion" }, { "cest", "c est" },
    { "cetai", "c etait" }, { "cetait", "c etait" }, { "cett", "cette" }, { "chang", "change" }, { "che", "chez" },
    { "chirugien", "chirurgien" }, { "chui", "je suis" }, { "chuis", "je suis" }, { "ck", "c est que" },
    { "cke", "c est que" }, { "cki", "c est qui" }, { "ckoi", "c est quoi" }, { "cmb", "combien" },
    { "cmbien", "combien" }, { "cmnt", "comment" }, { "cmt", "comment" },
    { "combi1", "combien" }, { "comen", "comment" }, { "comence", "commence" }, { "coment", "comment" },
    { "commen", "comment" }, { "compren", "comprends" }, { "conbien", "combien" }, { "conpte", "compte" },
    { "consult", "consultation" }, { "cour", "cours" }, { "cp", "comprime" }, { "cpm", "comprime" },
    { "cpr", "comprime" }, { "cprs", "comprimes" }, { "cps", "comprimes" }, { "cpt", "compte" },
    { "ct", "c etait" }, { "dac", "d accord" }, { "dakor", "d accord" },
    { "danestesi", "d anesthesie" }, { "danestesie", "d anesthesie" },
    { "davoir", "d avoir" }, { "dc", "donc" }, { "dcd", "decede" }, { "decembr", "decembre" }, { "dem", "demain" },
    { "denier", "dernier" }, { "depui", "depuis" }, { "dernie", "derniere" }, { "desabone", "desabonner" },
    { "dezabonne", "desabonner" }, { "dhier", "d hier" }, { "diabet", "diabete" },
    { "diagnostik", "diagnostic" }, { "dispo", "disponible" }, { "dla", "de la" }, { "dm1", "demain" },
    { "dmain", "demain" }, { "doc", "docteur" }, { "doct", "docteur" }, { "docta", "docteur" },
    { "docter", "doctor" }, { "doeil", "d oeil" }, { "doi", "dois" }, { "dok", "docteur" }, { "doli", "doliprane" },
    { "doner", "donner" }, { "doperation", "d operation" }, { "dotre", "d autre" }, { "dps", "depuis" },
    { "dpuis", "depuis" }, { "dr", "docteur" },
    { "ds", "dans" }, { "dsl", "desole" }, { "dun", "d un" }, { "ecri", "ecrit" }, { "effe", "effets" },
    { "encor", "encore" }, { "esk", "est ce que" }, { "eske", "est ce que" }, { "eskil", "est ce qu il" },
    { "eskon", "est ce qu on" }, { "esktu", "est ce que tu" }, { "esq", "est ce que" },
    { "esque", "est ce que" }, { "estce", "est ce" }, { "estceque", "est ce que" },
    { "etai", "etait" }, { "farmacie", "pharmacie" }, { "fem", "femme" }, { "fievr", "fievre" },
    { "fo", "il faut" }, { "fodra", "il faudra" },
    { "foi", "fois" }, { "frir", "frere" }, { "fwa", "fois" }, { "g", "j ai" }, { "ge", "j ai" },
    { "ght", "acheter" }, { "gimme", "give me" }, { "glicemi", "glycemie" }, { "glycem", "glycemie" },
    { "glycemi", "glycemie" }, { "goch", "gauche" }, { "goute", "goutte" }, { "goutes", "gouttes" },
    { "gt", "j etais" }, { "h", "heure" }, { "haemoglobin", "hemoglobine" },
    { "hemoglobin", "hemoglobine" }, { "hepatitis", "hepatite" }, { "heur", "heure" },
    { "heurs", "heures" }, { "historik", "historique" }, { "hj", "aujourd hui" }, { "hopi", "hopital" },
    { "hta", "hypertension arterielle" }, { "hw", "how" }, { "im", "i am" }, { "ive", "i have" },
    { "jai", "j ai" }, { "jaimerai", "j aimerais" }, { "jaimerais", "j aimerais" }, { "jais", "j ai" },
    { "jamene", "j amene" }, { "japel", "j appelle" }, { "japelle", "j appelle" }, { "japorte", "j apporte" },
    { "jappelle", "j appelle" }, { "japporte", "j apporte" }, { "jarete", "j arrete" },
    { "jarive", "j arrive" }, { "jarrete", "j arrete" }, { "jarrive", "j arrive" }, { "jc", "je sais" },
    { "jcherche", "je cherche" },
    { "jcompren", "je comprends" }, { "jcomprends", "je comprends" }, { "jdoi", "je dois" },
    { "jdois", "je dois" }, { "jdwa", "je dois" }, { "jfai", "je fais" },
    { "jfais", "je fais" }, { "jfe", "je fais" }, { "jla", "je la" }, { "jle", "je le" }, { "jme", "je me" },
    { "jmets", "je mets" }, { "jpe", "je peux" },
    { "jpeu", "je peux" }, { "jpeut", "je peux" }, { "jpeux", "je peux" }, { "jpouvais", "je pouvais" },
    { "jpp", "je n en peux plus" }, { "jpren", "je prends" }, { "jprend", "je prends" },
    { "jprends", "je prends" }, { "jprens", "je prends" }, { "jpri", "j ai pris" },
    { "jr", "jour" }, { "jreste", "je reste" }, { "jrevien", "je reviens" }, { "jreviens", "je reviens" },
    { "jrs", "jours" }, { "jsai", "je sais" }, { "jss", "je suis" },
    { "jsui", "je suis" }, { "jsuis", "je suis" }, { "jusk", "jusqu" }, { "juska", "jusqu a" }, { "jusko", "jusqu au" },
    { "jutilise", "j utilise" }, { "jv", "je vais" },
    { "jvai", "je vais" }, { "jvais", "je vais" }, { "jve", "je veux" }, { "jveu", "je veux" },
    { "jveux", "je veux" },
    { "jvien", "je viens" }, { "jvoudrai", "je voudrais" }, { "jvoudrais", "je voudrais" },
    { "jvoulais", "je voulais" },
    { "k", "que" }, { "kachet", "cachet" }, { "kachets", "cachets" }, { "kan", "quand" },
    { "kand", "quand" }, { "kavan", "qu avant" }, { "ke", "que" }, { "kel", "quel" }, { "kelk", "quelque" },
    { "kelkin", "quelqu un" }, { "kelks", "quelques" }, { "kelkun", "quelqu un" }, { "kelle", "quelle" },
    { "kelles", "quelles" }, { "kelqun", "quelqu un" }, { "kels", "quels" }, { "kesk", "qu est ce que" },
    { "keske", "qu est ce que" }, { "keski", "qu est ce qui" }, { "keskil", "qu est ce qu il" },
    { "keskon", "qu est ce qu on" }, { "kesquil", "qu est ce qu il" }, { "kesta", "qu est ce que tu as" },
    { "kestce", "qu est ce" }, { "kestion", "question" }, { "ki", "qui" }, { "kil", "qu il" },
    { "kils", "qu ils" }, { "koi", "quoi" }, { "kom", "comme" }, { "koman", "comment" },
    { "kombi1", "combien" }, { "kombien", "combien" }, { "komen", "comment" }, { "koment", "comment" },
    { "komment", "comment" }, { "kon", "qu on" }, { "konbi1", "combien" }, { "konbien", "combien" },
    { "konsult", "consultation" }, { "konsultation", "consultation" }, { "kontinu", "continue" },
    { "kontinuer", "continuer" }, { "kontrol", "controle" }, { "kontrole", "controle" }, { "koz", "cause" },
    { "labo", "laboratoire" },
    { "lamoxi", "l amoxicilline" }, { "lamoxicilline", "l amoxicilline" }, { "lanalyse", "l analyse" },
    { "lantibio", "l antibiotique" }, { "lapre", "l apres" }, { "larret", "l arret" }, { "laspirine", "l aspirine" },
    { "leau", "l eau" }, { "lecbu", "l ecbu" }, { "lecho", "l echographie" }, { "lekel", "lequel" },
    { "lemme", "let me" }, { "lesquel", "lesquels" }, { "lgtmp", "longtemps" }, { "lgtps", "longtemps" },
    { "lheure", "l heure" }, { "lhopital", "l hopital" }, { "limero", "numero" }, { "lirm", "l irm" },
    { "loeil", "l oeil" }, { "lop", "l operation" }, { "loperation", "l operation" }, { "lordo", "l ordonnance" },
    { "lordonance", "l ordonnance" }, { "lordonnance", "l ordonnance" }, { "maint", "maintenant" },
    { "maintnan", "maintenant" }, { "mapel", "m appelle" }, { "mapeler", "m appeler" },
    { "marke", "marque" }, { "mavait", "m avait" }, { "mave", "m avait" }, { "mci", "merci" },
    { "mdoc", "medicament" }, { "measles", "rougeole" },
    { "med", "medecin" }, { "medcin", "medecin" }, { "medecn", "medecin" }, { "medic", "medicament" },
    { "medicaman", "medicament" }, { "medicamen", "medicament" }, { "medics", "medicaments" },
    { "medoc", "medicament" }, { "medocament", "medicament" }, { "medocs", "medicaments" },
    { "medok", "medicament" }, { "medoks", "medicaments" }, { "meds", "medicaments" },
    { "menvoyez", "m envoyez" }, { "mercii", "merci" }, { "mersi", "merci" },
    { "mieu", "mieux" }, { "mm", "meme" }, { "mn", "mon" }, { "mnt", "maintenant" }, { "momen", "moment" },
    { "mrc", "merci" }, { "mrci", "merci" }, { "msg", "message" }, { "msgs", "messages" },
    { "mtn", "maintenant" }, { "mumps", "oreillons" }, { "nb", "nombre" },
    { "neurochirugien", "neurochirurgien" }, { "nimero", "numero" }, { "nn", "non" },
    { "nouvo", "nouveau" }, { "novembr", "novembre" }, { "ns", "nous" }, { "num", "numero" }, { "nvo", "nouveau" }, { "o", "au" },
    { "octobr", "octobre" }, { "ojd", "aujourd hui" }, { "ojdui", "aujourd hui" }, { "ojourdui", "aujourd hui" }, { "okay", "ok" },
    { "okk", "ok" }, { "oqp", "occupe" }, { "ord", "ordonnance" }, { "ordo", "ordonnance" },
    { "ordon", "ordonnance" }, { "ordonance", "ordonnance" }, { "ordonances", "ordonnances" },
    { "ordonans", "ordonnance" }, { "ordonence", "ordonnance" }, { "ordonens", "ordonnance" },
    { "ordos", "ordonnances" }, { "pa", "pas" }, { "pansemen", "pansement" }, { "pansman", "pansement" },
    { "pansmen", "pansement" }, { "pb", "probleme" }, { "pblm", "probleme" },
    { "pbm", "probleme" }, { "pck", "parce que" }, { "pcke", "parce que" }, { "pcq", "parce que" },
    { "pdant", "pendant" }, { "pdt", "pendant" }, { "pendan", "pendant" }, { "pez", "pese" }, { "peze", "pesee" }, { "pharma", "pharmacie" },
    { "pikur", "piqure" }, { "piqur", "piqure" }, { "pk", "pourquoi" }, { "pkoi", "pourquoi" }, { "pkw", "pourquoi" },
    { "platelets", "plaquettes" }, { "pls", "s il vous plait" }, { "plu", "plus" },
    { "plz", "s il vous plait" }, { "poid", "poids" }, { "poso", "posologie" }, { "poura", "pourrais" },
    { "poz", "pose" }, { "pr", "pour" }, { "pren", "prends" }, { "prendr", "prendre" },
    { "prenn", "prends" }, { "prescri", "prescrit" }, { "prescrip", "prescription" }, { "prk", "pourquoi" },
    { "prochen", "prochain" }, { "prochin", "prochain" }, { "ptdej", "petit dejeuner" }, { "pti", "petit" },
    { "ptidej", "petit dejeuner" }, { "ptit", "petit" }, { "qd", "quand" }, { "qel", "quel" },
    { "qelle", "quelle" }, { "qestce", "qu est ce" }, { "qnd", "quand" }, { "qq", "quelque" },
    { "qqch", "quelque chose" }, { "qqn", "quelqu un" }, { "qqun", "quelqu un" }, { "qte", "quantite" },
    { "queske", "qu est ce que" }, { "quesque", "qu est ce que" }, { "quest", "qu est" }, { "r1", "rien" },
    { "rabies", "rage" }, { "randevou", "rendez vous" }, { "randevous", "rendez vous" },
    { "rapel", "rappel" }, { "rapele", "rappelle" }, { "rapelle", "rappelle" }, { "raport", "rapport" },
    { "rdv", "rendez vous" },
    { "rdvs", "rendez vous" }, { "redi", "redis" }, { "refair", "refaire" }, { "refer", "refaire" },
    { "rendevou", "rendez vous" },
    { "rendevous", "rendez vous" }, { "rendezvous", "rendez vous" }, { "renvoye", "renvoyer" },
    { "repa", "repas" }, { "repon", "reponds" }, { "repren", "reprends" }, { "reprendr", "reprendre" }, { "resulat", "resultat" }, { "resulta", "resultat" },
    { "resultas", "resultats" },
    { "retar", "retard" }, { "revien", "revient" }, { "revnir", "revenir" }, { "rezultat", "resultat" },
    { "ri1", "rien" }, { "rslt", "resultat" }, { "rubella", "rubeole" }, { "rv", "rendez vous" },
    { "rx", "radiographie" }, { "salu", "salut" }, { "scaner", "scanner" }, { "sem", "semaine" },
    { "semene", "semaine" }, { "semn", "semaine" }, { "septembr", "septembre" }, { "sest", "s est" }, { "seur", "soeur" },
    { "sil", "s il" }, { "silvouplai", "s il vous plait" },
    { "silvouplait", "s il vous plait" }, { "sivouplai", "s il vous plait" },
    { "sivouplait", "s il vous plait" }, { "ske", "ce que" }, { "slm", "salam" }, { "slt", "salut" },
    { "stopp", "stop" },
    { "stp", "s il te plait" }, { "tail", "taille" }, { "tansion", "tension" }, { "tention", "tension" },
    { "tetanus", "tetanos" }, { "thx", "thanks" }, { "tjour", "toujours" }, { "tjr", "toujours" },
    { "tjrs", "toujours" }, { "tjs", "toujours" }, { "tks", "thanks" }, { "tkt", "ne t inquiete pas" },
    { "tlm", "tout le monde" }, { "tmps", "temps" }, { "tmr", "tomorrow" }, { "tmrw", "tomorrow" },
    { "tnx", "thanks" }, { "toubib", "docteur" }, { "tp", "trop" }, { "tpe", "tu peux" },
    { "tpeu", "tu peux" }, { "tpeux", "tu peux" }, { "tps", "temps" }, { "traitemen", "traitement" },
    { "traitman", "traitement" }, { "traitmen", "traitement" }, { "traitment", "traitement" },
    { "traitmt", "traitement" }, { "tro", "trop" }, { "trt", "traitement" }, { "ts", "tous" },
    { "tt", "tout" }, { "tte", "toute" }, { "ttes", "toutes" }, { "ttt", "traitement" },
    { "ur", "your" }, { "urg", "urgence" }, { "vacin", "vaccin" },
    { "vaksin", "vaccin" }, { "vaxin", "vaccin" }, { "veu", "veux" }, { "veus", "veux" },
    { "vien", "vient" }, { "voule", "voulais" }, { "vs", "vous" }, { "vx", "veux" }, { "w8", "attends" },
    { "wanna", "want to" },
    { "wat", "what" }, { "wats", "what is" }, { "we", "week end" }, { "wen", "when" },
    { "whats", "what is" }, { "wkd", "week end" }, { "x", "fois" }, { "ya", "il y a" },
    { "yaura", "il y aura" }, { "yavait", "il y avait" }, { "yest", "yesterday" },
};

/* clang-format on */

bool words_in_sorted(const char *const *table, size_t count, struct str folded) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = str_compare_text(folded, table[middle]);
        if (c == 0) return true;
        if (c < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

bool words_is_stop(struct str folded) {
    return words_in_sorted(stop_words, COUNT_OF(stop_words), folded);
}

bool words_is_common(struct str folded) {
    return words_is_stop(folded) || words_in_sorted(common_words, COUNT_OF(common_words), folded);
}

struct str words_spelled_out(struct str folded) {
    size_t low = 0, high = COUNT_OF(spellings);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = str_compare_text(folded, spellings[middle].typed);
        if (c == 0) return str_from_c(spellings[middle].means);
        if (c < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return (struct str) { "", 0 };
}

bool words_tables_are_sorted(void) {
    for (size_t i = 1; i < COUNT_OF(stop_words); i++)
        if (strcmp(stop_words[i - 1], stop_words[i]) >= 0) return false;
    for (size_t i = 1; i < COUNT_OF(common_words); i++)
        if (strcmp(common_words[i - 1], common_words[i]) >= 0) return false;
    for (size_t i = 1; i < COUNT_OF(spellings); i++)
        if (strcmp(spellings[i - 1].typed, spellings[i].typed) >= 0) return false;
    return true;
}
