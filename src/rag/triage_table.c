#include "rag/triage.h"

/*
 * Danger signs, written from the lists that patients are taught: stroke (face, arm, speech), chest pain, breathing, shock, danger signs of
 * pregnancy and of small children (WHO, Integrated Management of Childhood Illness), poisoning, bites, suicide.
 * All folded: no accents. Wolof stands in the official spelling and as people write it after French ("xol" and "khol").
 */

/* clang-format off */

const struct phrase_class triage_classes[] = {
    { "$pain", "mal maux douleur* doulour* souffr* serre serrer serrement oppress* oppres* brule brulure* pique pincement* pince "
        "pression ecras* transperc* poignard* lance lancement* metti meti metty mety mettina mettee hurt hurts pain pains ache" },
    { "$chest", "poitrine* poitrin pwatrine thorax torax thoracique coeur keur sternum torse chest denn deunn dienn xol khol" },
    { "$breathe", "respir* respiration souffl* breathe breathing noyyi noyi noki nokki noyyee noyee nokkee" },
    { "$cannot", "arrive arrives arrivent peux peut peu parviens parvient reussis reussit saurais can" },
    { "$no", "pas plus jamais" },
    { "$face", "visage figure face bouche levre levres langue gorge yeux oeil paupiere paupieres kanam gemmin lammin put" },
    { "$limb", "bras jambe jambes main mains pied pieds cote moitie corps loxo tank" },
    { "$swell", "gonfle* gonfl* enfle* enfl* newwi neuwi newi newwina swollen swelling" },
    { "$child", "bebe bebes enfant enfants nourrisson fils fille petit petite garcon xale khale liir doom baby child kid" },
    { "$pregnant", "enceinte grossesse embb emb eumb embee biir pregnant" },
    { "$blood", "sang sangs saign* hemorragi* deret dereut deureut blood bleeding bleed" },
    { "$much", "beaucoup bcp trop enormement abondant abondamment abondante fort sans partout lool torop arrete arreter lot heavily" },
    { "$awful", "insupportable* insuportable atroce* violent* violente horrible* terrible* intenable* brutal* brusque* intense* extreme* "
        "enorme lool torop unbearable severe" },
    { "$die", "mourir mourrir mourire dee faatu fatou deewu die" },
    { "$swallowed", "avale avaler avalee bu boit boire pris prise ingere naan naanoon nan swallowed drank took" },
    { "$poison", "javel poison posong poson petrole petrol essence raticide pesticide insecticide soude acide detergent desherbant "
        "antigel bleach" },
    { "$vomit", "vomi vomis vomit vomir vomissements vomissement crache crach* tousse waccu wacu wocci wossi woccu tufli" },
    { NULL, NULL },
};

const struct phrase triage_signs[] = {
    /* wish to die */
    { "suicid*", DANGER_SUICIDE, SIGN_NAME },
    { "me tuer|suicider|pendre", DANGER_SUICIDE, SIGN_PLAIN },
    { "envie|veux|veut|voudrais|prefere|prefererais|souhaite|pense _ $die", DANGER_SUICIDE, SIGN_PLAIN },
    { "envie|idee|idees|pensees de mort", DANGER_SUICIDE, SIGN_PLAIN },
    { "idee|idees|pensees noires", DANGER_SUICIDE, SIGN_PLAIN },
    { "mettre fin a ma|mes vie|jours", DANGER_SUICIDE, SIGN_PLAIN },
    { "en finir avec _ vie", DANGER_SUICIDE, SIGN_PLAIN },
    { "veux|envie|vais en finir", DANGER_SUICIDE, SIGN_PLAIN },
    { "$no _ envie|gout|raison de|a vivre", DANGER_SUICIDE, SIGN_DENIES },
    { "veux|veut plus|pas vivre", DANGER_SUICIDE, SIGN_DENIES },
    { "marre|fatigue|fatiguee|assez de vivre", DANGER_SUICIDE, SIGN_PLAIN },
    { "marre|fatigue|fatiguee|assez de la|cette|ma vie", DANGER_SUICIDE, SIGN_PLAIN },
    { "me faire|fais du mal", DANGER_SUICIDE, SIGN_PLAIN },
    { "begg|beug|beugg|bugg|begge|beuge naa|na|nala|ma $die", DANGER_SUICIDE, SIGN_PLAIN },
    { "dama|damay begg|beug|beugg|bugg $die", DANGER_SUICIDE, SIGN_PLAIN },
    { "xaru|kharu|kharou|xaruwaay", DANGER_SUICIDE, SIGN_PLAIN },
    { "kill myself", DANGER_SUICIDE, SIGN_PLAIN },
    { "want to die", DANGER_SUICIDE, SIGN_PLAIN },

    /* chest */
    { "$pain _ $chest", DANGER_CHEST, SIGN_PLAIN },
    { "$chest __ $pain", DANGER_CHEST, SIGN_PLAIN },
    { "$pain _ bras gauche", DANGER_CHEST, SIGN_PLAIN },
    { "bras gauche __ $pain|engourdi*", DANGER_CHEST, SIGN_PLAIN },
    { "coeur _ lache|arrete|cogne|explose*", DANGER_CHEST, SIGN_PLAIN },
    { "coeur _ bat|battre|bats _ vite|fort|irregulier|irregulierement", DANGER_CHEST, SIGN_PLAIN },
    { "crise|arret|attaque cardiaque|coeur", DANGER_CHEST, SIGN_NAME },
    { "infarctus|infractus|infarctuce", DANGER_CHEST, SIGN_NAME },
    { "heart attack", DANGER_CHEST, SIGN_NAME },

    /* breathing */
    { "$cannot $no|t _ $breathe", DANGER_BREATHING, SIGN_DENIES },
    { "cannot|cant $breathe", DANGER_BREATHING, SIGN_DENIES },
    { "mal|peine|difficile|difficilement|difficult*|dur|gene _ $breathe", DANGER_BREATHING, SIGN_PLAIN },
    { "$breathe _ mal|difficilement|difficile|dur|vite|bloque|bloquee|coupe|coupee|court|courte", DANGER_BREATHING, SIGN_PLAIN },
    { "$breathe $no", DANGER_BREATHING, SIGN_DENIES },
    { "detresse respir*", DANGER_BREATHING, SIGN_PLAIN },
    { "manque _ d air|souffle|oxygene", DANGER_BREATHING, SIGN_PLAIN },
    { "$no _ d air|souffle", DANGER_BREATHING, SIGN_DENIES },
    { "etouff*", DANGER_BREATHING, SIGN_PLAIN },
    { "suffoqu*|suffocation|sufoqu*|asphyxi*", DANGER_BREATHING, SIGN_PLAIN },
    { "tres|trop|vraiment|fort essouffl*", DANGER_BREATHING, SIGN_PLAIN },
    { "essouffl* _ repos|allonge|allongee|couche|couchee|parler|assis|assise", DANGER_BREATHING, SIGN_PLAIN },
    { "crise d asthme", DANGER_BREATHING, SIGN_NAME },
    { "asthme __ grave|severe|passe|ventoline", DANGER_BREATHING, SIGN_PLAIN },
    { "levre|levres|doigts|visage|ongles _ bleu*|violet*|violac*", DANGER_BREATHING, SIGN_PLAIN },
    { "menuma|meneuma|manuma|mounouma|menatuma|munuma|menul|meneul _ $breathe", DANGER_BREATHING, SIGN_DENIES },
    { "$breathe _ jafe|diafe|diaffe|metti|meti|menuma|menatuma|manuma|mounouma|munuma|coono", DANGER_BREATHING, SIGN_DENIES },
    { "jafe|diafe|metti|meti _ $breathe", DANGER_BREATHING, SIGN_PLAIN },

    /* stroke */
    { "avc|aiv", DANGER_STROKE, SIGN_NAME },
    { "attaque|accident cerebral*|vasculaire", DANGER_STROKE, SIGN_NAME },
    { "stroke", DANGER_STROKE, SIGN_NAME },
    { "paralys*|hemiplegi*", DANGER_STROKE, SIGN_PLAIN },
    { "bouche|visage|levre|levres|figure _ tordu*|tord|devi*|tombe*|affaiss*|deform*|travers|paralys*", DANGER_STROKE, SIGN_PLAIN },
    { "$limb __ engourdi*|paralys*|inerte|insensible", DANGER_STROKE, SIGN_PLAIN },
    { "engourdi* _ $limb", DANGER_STROKE, SIGN_PLAIN },
    { "$limb _ bouge|bougent|repond|sens|sent $no", DANGER_STROKE, SIGN_DENIES },
    { "bouger|bouge|lever|leve|sens|sent $no _ bras|jambe|jambes|main|cote", DANGER_STROKE, SIGN_DENIES },
    { "$cannot $no _ bouger|lever|marcher", DANGER_STROKE, SIGN_DENIES },
    { "du mal|peine a parler|articuler", DANGER_STROKE, SIGN_PLAIN },
    { "difficult* _ parler|articuler", DANGER_STROKE, SIGN_PLAIN },
    { "arrive|arrives|parvient|reussit $no _ parler|articuler", DANGER_STROKE, SIGN_DENIES },
    { "peut $no parler", DANGER_STROKE, SIGN_DENIES },
    { "parle|parles $no|bizarre*|mal|difficilement", DANGER_STROKE, SIGN_DENIES },
    { "perd*|perte _ parole|vue|vision|memoire", DANGER_STROKE, SIGN_PLAIN },
    { "vois|voit $no _ rien|oeil|clair", DANGER_STROKE, SIGN_DENIES },
    { "vois|voit double|flou|trouble", DANGER_STROKE, SIGN_PLAIN },
    { "vois|voit plus bien|clair|rien|de", DANGER_STROKE, SIGN_DENIES },
    { "faiblesse|faible _ bras|jambe|cote|main", DANGER_STROKE, SIGN_PLAIN },
    { "confus|confuse|desorient*|delire*|incoherent*", DANGER_STROKE, SIGN_PLAIN },
    { "gemmin _ deng*|wengal*", DANGER_STROKE, SIGN_PLAIN },
    { "laf|lafi|lafal|lafna", DANGER_STROKE, SIGN_PLAIN },
    { "gisatuma|gisatul|guissatouma|gissatouma|waxatul|waxatuma", DANGER_STROKE, SIGN_DENIES },

    /* unconscious */
    { "evanou*|evanui*|inconscien*|unconscious|fainted", DANGER_UNCONSCIOUS, SIGN_PLAIN },
    { "perd*|perte|pert* _ connaissance|conscience|conaissance", DANGER_UNCONSCIOUS, SIGN_PLAIN },
    { "reveille|reveiller|reagit|reagis $no", DANGER_UNCONSCIOUS, SIGN_DENIES },
    { "$no _ reveiller|reagir|conscient|consciente", DANGER_UNCONSCIOUS, SIGN_DENIES },
    { "coma", DANGER_UNCONSCIOUS, SIGN_NAME },
    { "dans les pommes", DANGER_UNCONSCIOUS, SIGN_PLAIN },
    { "fait|faire|fais|eu|tombe|tombee _ malaise|malaises|syncope", DANGER_UNCONSCIOUS, SIGN_PLAIN },
    { "xem|khem|xemb|kheum|xemna|khemna", DANGER_UNCONSCIOUS, SIGN_PLAIN },
    { "dafa|defa|da daanu|danu|danou|daanou|daano|dano", DANGER_UNCONSCIOUS, SIGN_PLAIN },
    { "yewwuwul|yewuwul|yewwutil|yewoul", DANGER_UNCONSCIOUS, SIGN_DENIES },

    /* seizure */
    { "convuls*|konvuls*", DANGER_SEIZURE, SIGN_PLAIN },
    { "crise|crises d epilep*|epileptique|tetanie", DANGER_SEIZURE, SIGN_NAME },
    { "seizure|seizures", DANGER_SEIZURE, SIGN_NAME },
    { "trembl* _ tout|tous|partout corps|membres|partout", DANGER_SEIZURE, SIGN_PLAIN },
    { "ecume|bave|mousse _ bouche", DANGER_SEIZURE, SIGN_PLAIN },
    { "yeux _ revuls*|retournes|blancs", DANGER_SEIZURE, SIGN_PLAIN },

    /* bleeding */
    { "hemorragi*|emoragi*|hemoragi*", DANGER_BLEEDING, SIGN_NAME },
    { "$blood __ $much", DANGER_BLEEDING, SIGN_PLAIN },
    { "beaucoup|plein|trop|enormement de sang", DANGER_BLEEDING, SIGN_PLAIN },
    { "perd*|perte|pertes _ sang", DANGER_BLEEDING, SIGN_PLAIN },
    { "saign*|sang __ arrete|arreter|stoppe|coagule $no", DANGER_BLEEDING, SIGN_DENIES },
    { "saign* __ $no arrete*|stopp*", DANGER_BLEEDING, SIGN_DENIES },
    { "$vomit __ $blood", DANGER_BLEEDING, SIGN_PLAIN },
    { "sang _ selle|selles|caca|urine|urines|vomi*|crachat*|bouche|pipi", DANGER_BLEEDING, SIGN_PLAIN },
    { "selle|selles|caca|urine|urines|pipi|crachats _ sang|sanglant*|noir|noires|rouges", DANGER_BLEEDING, SIGN_PLAIN },
    { "pisse|urine _ sang", DANGER_BLEEDING, SIGN_PLAIN },
    { "$blood _ bari|barina|genn|gen|gueun|gueunn|dakkul|taxawul|tuuru", DANGER_BLEEDING, SIGN_PLAIN },
    { "saw|naw|puup|pup _ $blood", DANGER_BLEEDING, SIGN_PLAIN },
    { "coughing|vomiting|throwing blood", DANGER_BLEEDING, SIGN_PLAIN },

    /* poison */
    { "surdos*|overdos*", DANGER_POISON, SIGN_PLAIN },
    { "intoxi*|empoison*", DANGER_POISON, SIGN_PLAIN },
    { "$swallowed __ $poison", DANGER_POISON, SIGN_PLAIN },
    { "$swallowed __ toute|tout|entiere|entier|tous|toutes _ boite|plaquette|flacon|comprimes|medicaments|pilules", DANGER_POISON, SIGN_PLAIN },
    { "$swallowed __ trop _ comprime|comprimes|medicament|medicaments|cachets|pilules|insuline", DANGER_POISON, SIGN_PLAIN },
    { "trop _ comprime|comprimes|medicaments|cachets|pilules|insuline _ pris|prise|avale", DANGER_POISON, SIGN_PLAIN },
    { "avale _ pile|piece|aiguille|clou|objet", DANGER_POISON, SIGN_PLAIN },

    /* pregnancy */
    { "$pregnant __ $blood", DANGER_PREGNANCY, SIGN_PLAIN },
    { "$blood __ $pregnant", DANGER_PREGNANCY, SIGN_PLAIN },
    { "enceinte|grossesse __ convuls*|fievre|gonfle*|oedeme*|trouble*|vision|vertige*|tension|contraction*", DANGER_PREGNANCY, SIGN_PLAIN },
    { "enceinte|grossesse __ mal|maux|douleur* __ tete|ventre", DANGER_PREGNANCY, SIGN_PLAIN },
    { "mal|maux|douleur* __ tete|ventre __ enceinte|grossesse", DANGER_PREGNANCY, SIGN_PLAIN },
    { "bebe _ bouge $no", DANGER_PREGNANCY, SIGN_DENIES },
    { "sens $no _ bebe", DANGER_PREGNANCY, SIGN_DENIES },
    { "perd*|rupture _ eaux", DANGER_PREGNANCY, SIGN_PLAIN },
    { "poche des eaux", DANGER_PREGNANCY, SIGN_PLAIN },
    { "accouche|accoucher maintenant", DANGER_PREGNANCY, SIGN_PLAIN },
    { "train d accoucher", DANGER_PREGNANCY, SIGN_PLAIN },
    { "contractions _ minutes|rapprochees|forte|fortes|regulieres", DANGER_PREGNANCY, SIGN_PLAIN },
    { "doom _ yengatul|yenguwul|yengeutoul|yengatoul", DANGER_PREGNANCY, SIGN_DENIES },

    /* small children */
    { "$child __ tete|mange|boit|avale $no", DANGER_CHILD, SIGN_DENIES },
    { "$child __ refuse* _ teter|sein|manger|boire|biberon", DANGER_CHILD, SIGN_PLAIN },
    { "$child __ mou|molle|bleu|bleue|lethargique|somnolent*|endormi", DANGER_CHILD, SIGN_PLAIN },
    { "$child __ vomi* _ tout", DANGER_CHILD, SIGN_PLAIN },
    { "bebe|nourrisson|liir __ fievre|chaud|tang|tangue|temperature", DANGER_CHILD, SIGN_PLAIN },
    { "fievre __ bebe|nourrisson|nouveau", DANGER_CHILD, SIGN_PLAIN },
    { "fontanelle", DANGER_CHILD, SIGN_PLAIN },
    { "$child __ nampul|namputul|nampatul|nampoul", DANGER_CHILD, SIGN_DENIES },
    { "deshydrat*", DANGER_CHILD, SIGN_PLAIN },

    /* allergic shock */
    { "$face __ $swell", DANGER_ALLERGY, SIGN_PLAIN },
    { "$swell __ $face", DANGER_ALLERGY, SIGN_PLAIN },
    { "gorge __ serre|serree|ferme|fermee|bloque|bloquee", DANGER_ALLERGY, SIGN_PLAIN },
    { "choc anaphyla*|allergique", DANGER_ALLERGY, SIGN_NAME },
    { "reaction allergique _ grave|severe|forte", DANGER_ALLERGY, SIGN_PLAIN },
    { "anaphyla*|quincke", DANGER_ALLERGY, SIGN_NAME },

    /* head */
    { "mal|maux|douleur*|cephalee* _ tete _ $awful", DANGER_HEAD, SIGN_PLAIN },
    { "$awful _ mal|maux|douleur* _ tete", DANGER_HEAD, SIGN_PLAIN },
    { "cephalee|cephalees|migraine _ brutal*|violent*|explosi*", DANGER_HEAD, SIGN_PLAIN },
    { "nuque|cou raide*|bloquee|dure", DANGER_HEAD, SIGN_PLAIN },
    { "coup|choc|traumatisme|tombe|tombee|chute _ tete|crane", DANGER_HEAD, SIGN_PLAIN },
    { "bopp|bop _ metti|meti _ lool|torop", DANGER_HEAD, SIGN_PLAIN },

    /* injuries */
    { "accident _ voiture|moto|route|circulation|scooter", DANGER_INJURY, SIGN_PLAIN },
    { "brulure|brulures|brule|brulee _ grave|visage|feu|huile|eau|etendue|profonde|profond", DANGER_INJURY, SIGN_PLAIN },
    { "fracture ouverte", DANGER_INJURY, SIGN_PLAIN },
    { "os _ sort|sorti|visible", DANGER_INJURY, SIGN_PLAIN },
    { "electrocut*|noyade|noye|noyee", DANGER_INJURY, SIGN_PLAIN },
    { "coup|coups de couteau|feu|fusil", DANGER_INJURY, SIGN_PLAIN },
    { "blesse*|blessure|plaie _ grave*|profonde*|grosse", DANGER_INJURY, SIGN_PLAIN },
    { "violee|viol|violer|agression sexuelle", DANGER_INJURY, SIGN_NAME },
    { "lakk|lakku|lakke na|nama|ko", DANGER_INJURY, SIGN_PLAIN },

    /* bites and stings */
    { "mord*|morsure*|pique|piquee|piqure _ serpent|vipere|cobra|scorpion|chien|chauve", DANGER_BITE, SIGN_PLAIN },
    { "serpent|vipere|cobra|scorpion|chien _ mord*|pique|piquee|matt*", DANGER_BITE, SIGN_PLAIN },
    { "jaan|jann|diane|djane|jan _ matt*|mat", DANGER_BITE, SIGN_PLAIN },
    { "matt|matte|mat _ jaan|jann|diane|jan", DANGER_BITE, SIGN_PLAIN },
    { "snake|scorpion bite|bit|sting", DANGER_BITE, SIGN_PLAIN },

    /* sugar */
    { "hypo|hypoglycemi* __ trembl*|sueur*|malaise|transpir*|vertige*|faible", DANGER_SUGAR, SIGN_PLAIN },
    { "trembl*|sueur*|malaise|transpir*|vertige* __ hypo|hypoglycemi*|sucre", DANGER_SUGAR, SIGN_PLAIN },
    { "fais|suis|fait _ hypoglycemi*|hypo|acidocetose", DANGER_SUGAR, SIGN_PLAIN },
    { "acidocetose", DANGER_SUGAR, SIGN_NAME },
    { "sucre|glycemie|diabete __ tres|trop|super haut|haute|eleve|elevee|bas|basse", DANGER_SUGAR, SIGN_PLAIN },

    /* fever */
    { "fievre|temperature __ 39.5|39.6|39.7|39.8|39.9|40|40.1|40.2|40.3|40.5|41|42", DANGER_FEVER, SIGN_PLAIN },
    { "40|40.1|40.2|40.5|41|42 _ fievre|temperature", DANGER_FEVER, SIGN_PLAIN },
    { "fievre __ nuque|delire|frissons|confus*|tombe $no", DANGER_FEVER, SIGN_DENIES },
    { "forte|grosse|tres fievre|palu", DANGER_FEVER, SIGN_PLAIN },

    /* pain that cannot be borne */
    { "mal|douleur*|maux|metti|meti __ $awful", DANGER_PAIN, SIGN_PLAIN },
    { "$awful _ douleur*|mal", DANGER_PAIN, SIGN_PLAIN },
    { "pain _ $awful", DANGER_PAIN, SIGN_PLAIN },
    { "plie|pliee|tords|tord de douleur", DANGER_PAIN, SIGN_PLAIN },

    /* asks for rescue */
    { "au|o secours", DANGER_CALL, SIGN_PLAIN },
    { "ambulance|samu|pompiers", DANGER_CALL, SIGN_PLAIN },
    { "c est une|tres urgence|urgent", DANGER_CALL, SIGN_PLAIN },
    { "c est urgent", DANGER_CALL, SIGN_PLAIN },
    { "urgence vitale", DANGER_CALL, SIGN_PLAIN },
    { "vais|va|train|peur _ mourir", DANGER_CALL, SIGN_PLAIN },
    { "meurs|meurt|agonise*", DANGER_CALL, SIGN_PLAIN },
    { "sauvez|sauver", DANGER_CALL, SIGN_PLAIN },
    { "wallu|wallou|wallouma|walluma|wallumaleen", DANGER_CALL, SIGN_PLAIN },
    { "naa|nga|na|maa|ma ngi|angi|ngii|ngiy|ngi|di dee|deewu", DANGER_CALL, SIGN_PLAIN },
    { NULL, 0, 0 },
};
