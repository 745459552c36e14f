#include "rag/answer_words.h"

/* clang-format off */

static const char *const words[SAY_COUNT][LANG_COUNT] = {
    [SAY_DANGER] = {
        [LANG_FR] = "⚠️ Ce que vous décrivez peut être grave. Appelez tout de suite le {} (urgences) ou allez à l'hôpital le plus proche. "
            "Ne restez pas seul(e). Je préviens votre médecin maintenant.",
        [LANG_EN] = "⚠️ What you describe may be serious. Call {} (emergency) at once or go to the nearest hospital. "
            "Do not stay alone. I am telling your doctor now.",
        [LANG_WO] = "⚠️ Li nga wax mën na doon lu metti. Wooteel {} (urgence) léegi, walla nga dem ci hopital bi gëna jege. "
            "Bul des yaw rekk. Maa ngi koy xamal sa doktoor léegi." },
    [SAY_DANGER_SUICIDE] = {
        [LANG_FR] = "Merci de me l'avoir dit. Vous n'êtes pas seul(e), et on peut vous aider. Appelez tout de suite le {} (urgences), ou "
            "demandez à un proche de rester avec vous. Je préviens votre médecin maintenant.",
        [LANG_EN] = "Thank you for telling me. You are not alone, and there is help. Call {} (emergency) now, or ask somebody close to "
            "stay with you. I am telling your doctor now.",
        [LANG_WO] = "Jërëjëf ci li nga ma ko wax. Nekkuloo yaw rekk, mën nañu la dimbali. Wooteel {} (urgence) léegi, walla nga wax ku la "
            "jege mu toog ak yaw. Maa ngi koy xamal sa doktoor léegi." },
    [SAY_DANGER_SUPPOSED] = {
        [LANG_FR] = "⚠️ Si cela arrive, n'attendez pas : appelez le {} (urgences) ou allez à l'hôpital le plus proche.",
        [LANG_EN] = "⚠️ If it happens, do not wait: call {} (emergency) or go to the nearest hospital.",
        [LANG_WO] = "⚠️ Su loolu amee, bul xaar : wooteel {} (urgence), walla nga dem ci hopital bi gëna jege." },
    [SAY_NOT_FOUND] = {
        [LANG_FR] = "Je ne trouve pas cela dans votre dossier, je préviens votre médecin.",
        [LANG_EN] = "I cannot find this in your record; I am telling your doctor.",
        [LANG_WO] = "Gisuma loolu ci sa dossier, maa ngi koy xamal sa doktoor." },
    [SAY_NOT_FOUND_NAMED] = {
        [LANG_FR] = "Je ne trouve pas « {} » dans votre dossier, je préviens votre médecin.",
        [LANG_EN] = "I cannot find \"{}\" in your record; I am telling your doctor.",
        [LANG_WO] = "Gisuma « {} » ci sa dossier, maa ngi koy xamal sa doktoor." },
    [SAY_NEAR] = {
        [LANG_FR] = "Je ne suis pas sûr d'avoir la réponse : je préviens votre médecin. En attendant, voici ce qui s'en approche le plus.",
        [LANG_EN] = "I am not sure that I have the answer; I am telling your doctor. Meanwhile, this is what comes closest.",
        [LANG_WO] = "Wóoru ma ne am naa tontu li : maa ngi koy xamal sa doktoor. Balaa mu lay tontu, lii moo ko gëna jege." },
    [SAY_NEAR_NO_ADVICE] = {
        [LANG_FR] = "Je ne peux pas donner de conseil médical : je préviens votre médecin. En attendant, ne changez rien à votre traitement "
            "sans son avis. Voici ce qui s'en approche le plus.",
        [LANG_EN] = "I cannot give medical advice: I am telling your doctor. Meanwhile, please change nothing in your treatment without "
            "asking. This is what comes closest.",
        [LANG_WO] = "Mënuma joxe ay ndigali paj: maa ngi koy xamal sa doktoor. Balaa mu lay tontu, bul soppi dara ci sa paj. Lii moo ko gëna "
            "jege." },
    [SAY_NO_ADVICE] = {
        [LANG_FR] = "Votre dossier ne le dit pas, et je ne peux pas donner de conseil médical : je préviens votre médecin. "
            "En attendant, ne changez rien à votre traitement sans son avis.",
        [LANG_EN] = "Your record does not say, and I cannot give medical advice: I am telling your doctor. "
            "Meanwhile, please change nothing in your treatment without asking.",
        [LANG_WO] = "Sa dossier waxu ko, te mënuma joxe ay ndigali paj: maa ngi koy xamal sa doktoor. "
            "Balaa mu lay tontu, bul soppi dara ci sa paj." },
    [SAY_OTHER_PERSON] = {
        [LANG_FR] = "Je ne peux parler que de votre propre dossier. Pour une autre personne, elle doit écrire de son propre numéro ou "
            "s'adresser à la clinique.",
        [LANG_EN] = "I can only speak about your own record. For somebody else, they must write from their own number or ask the clinic.",
        [LANG_WO] = "Sa dossier bopp rekk laa mëna wax. Keneen ki, na bind ci nimeroom walla mu laaj klinik bi." },
    [SAY_OUT_OF_SCOPE] = {
        [LANG_FR] = "Je suis l'assistant de votre dossier médical : je réponds seulement aux questions sur vos ordonnances, vos analyses et "
            "vos documents.",
        [LANG_EN] = "I am the assistant of your medical record: I only answer questions about your prescriptions, tests and documents.",
        [LANG_WO] = "Man, sa dossier médical laay jàppale: ordonnance, analyse ak sa këyit yi rekk laay tontu." },
    [SAY_DOCTOR] = {
        [LANG_FR] = "D'accord, je préviens votre médecin que vous souhaitez lui parler.",
        [LANG_EN] = "All right, I am telling your doctor that you would like to talk.",
        [LANG_WO] = "Waaw, maa ngi xamal sa doktoor ne bëgg nga wax ak moom." },
    [SAY_HELP] = {
        [LANG_FR] = "Je suis l'assistant automatique de votre dossier médical. Vous pouvez me demander par exemple :\n"
            "- Quelle est ma dernière ordonnance ?\n- Comment prendre un médicament ?\n- Quel est le résultat de mon analyse ?\n"
            "- Quelles sont mes allergies ?\nPour parler à votre médecin, écrivez « médecin ».",
        [LANG_EN] = "I am the automatic assistant of your medical record. You can ask me for instance:\n"
            "- What is my last prescription?\n- How do I take a medicine?\n- What is the result of my test?\n"
            "- What are my allergies?\nTo talk to your doctor, write \"doctor\".",
        [LANG_WO] = "Man, assistant bu automatique laa ci sa dossier médical. Mën nga ma laaj lu melni:\n"
            "- Ordonnance bu mujj bi lan la?\n- Naka laay naane garab gi?\n- Analyse bi lan la wax?\n"
            "Bu dee doktoor nga bëgg, bindal « doktoor »." },
    [SAY_THANKS] = {
        [LANG_FR] = "Avec plaisir ! N'hésitez pas si vous avez d'autres questions.",
        [LANG_EN] = "You are welcome! Do not hesitate to ask more.",
        [LANG_WO] = "Ñoo ko bokk! Soo amee leneen loo bëgga laaj, laajal rekk." },
    [SAY_GREETING] = {
        [LANG_FR] = "Bonjour ! Je réponds aux questions sur votre dossier médical : ordonnances, analyses, documents. Que voulez-vous savoir ?",
        [LANG_EN] = "Hello! I answer questions about your medical record: prescriptions, tests, documents. What would you like to know?",
        [LANG_WO] = "Salaam aleekum! Sa dossier médical laay tontu: ordonnance, analyse, këyit. Lan nga bëgga xam?" },
    [SAY_WHICH_VALUE] = {
        [LANG_FR] = "De quelle analyse voulez-vous l'évolution ? Écrivez par exemple « évolution de ma glycémie ».",
        [LANG_EN] = "Which test would you like to follow? Write for instance \"history of my glucose\".",
        [LANG_WO] = "Ban analyse nga bëgga topp? Bindal ci misaal « évolution glycémie »." },
    [SAY_LAST_PRESCRIPTION] = {
        [LANG_FR] = "Selon votre dossier médical, votre dernière ordonnance",
        [LANG_EN] = "According to your medical record, your last prescription",
        [LANG_WO] = "Ni ko sa dossier médical waxee, sa ordonnance bu mujj bi" },
    [SAY_PRESCRIPTION] = {
        [LANG_FR] = "Selon votre dossier médical, votre ordonnance",
        [LANG_EN] = "According to your medical record, your prescription",
        [LANG_WO] = "Ni ko sa dossier médical waxee, sa ordonnance" },
    [SAY_CONTAINS] = {
        [LANG_FR] = " contient :",
        [LANG_EN] = " contains:",
        [LANG_WO] = " ëmb na :" },
    [SAY_INDICATES] = {
        [LANG_FR] = " indique :",
        [LANG_EN] = " says:",
        [LANG_WO] = " wax na :" },
    [SAY_YOUR_TREATMENT] = {
        [LANG_FR] = "Selon votre dossier médical, votre traitement est :",
        [LANG_EN] = "According to your medical record, your treatment is:",
        [LANG_WO] = "Ni ko sa dossier médical waxee, sa paj mooy :" },
    [SAY_ACCORDING_TO] = {
        [LANG_FR] = "Selon {} :",
        [LANG_EN] = "According to {}:",
        [LANG_WO] = "Ci li {} wax :" },
    [SAY_FROM_FILE] = {
        [LANG_FR] = "Votre fiche indique :",
        [LANG_EN] = "Your file says:",
        [LANG_WO] = "Sa fiche wax na :" },
    [SAY_ENDED] = {
        [LANG_FR] = "La durée indiquée est passée : demandez à votre médecin s'il faut continuer ou non.",
        [LANG_EN] = "The time given has passed: ask your doctor whether to go on or not.",
        [LANG_WO] = "Fan yi ñu tëral jeex nañu : laajal sa doktoor ndax danga wara wéyal walla déet." },
    [SAY_STOPPED] = {
        [LANG_FR] = "⚠️ Votre dossier parle d'un arrêt de ce médicament : ne le prenez pas sans l'avis de votre médecin, que je "
            "préviens.",
        [LANG_EN] = "⚠️ Your record speaks of stopping this medicine: do not take it without asking your doctor, whom I am telling.",
        [LANG_WO] = "⚠️ Sa dossier wax na ne garab gii dañu ko dakkal : bul ko naan te laajuloo sa doktoor, maa ngi koy xamal." },
    [SAY_CHANGED] = {
        [LANG_FR] = "⚠️ Un document plus récent en parle autrement : en cas de doute, demandez à votre médecin avant d'en prendre.",
        [LANG_EN] = "⚠️ A later document says something else: when in doubt, ask your doctor before taking it.",
        [LANG_WO] = "⚠️ Benn këyit bu gëna bees wax na leneen : soo amee werante, laajal sa doktoor laataa nga koy naan." },
    [SAY_STOPPED_IF] = {
        [LANG_FR] = "Votre dossier dit aussi quand l'arrêter :",
        [LANG_EN] = "Your record also says when to stop it:",
        [LANG_WO] = "Sa dossier wax na itam kañ nga ko wara dakkal :" },
    [SAY_GOES_ON] = {
        [LANG_FR] = "La durée indiquée est passée, mais un document plus récent en parle encore :",
        [LANG_EN] = "Its stated duration is over, but a later document still speaks of it:",
        [LANG_WO] = "Diir bi ñu bindoon jeex na, waaye këyit bu gëna bees a ngi koy wax ba leegi :" },
    [SAY_KIN] = {
        [LANG_FR] = "« {} » n'est pas écrit dans votre dossier, mais un médicament de la même substance y est. Le dosage de votre "
            "boîte peut être différent : montrez-la à votre pharmacien ou à votre médecin avant d'en prendre.",
        [LANG_EN] = "\"{}\" is not written in your record, but a medicine of the same substance is. The strength of your box may "
            "differ: show it to your pharmacist or doctor before taking any.",
        [LANG_WO] = "« {} » bindu ci sa dossier, waaye am na ci garab gu bokk ak moom doole. Dosage bi ci sa boyet mën na wuute : "
            "wonal ko sa pharmacien walla sa doktoor balaa nga koy naan." },
    [SAY_NO_INSTRUCTION] = {
        [LANG_FR] = "Le document ne dit rien de plus sur la façon de le prendre : votre médecin ou votre pharmacien peut vous le "
            "préciser.",
        [LANG_EN] = "The document says nothing more about how to take it: your doctor or pharmacist can tell you.",
        [LANG_WO] = "Këyit bi waxul leneen ci anam bi ñu koy naanee : sa doktoor walla sa pharmacien mën na la ko leeral." },
    [SAY_NO_PRESCRIPTION] = {
        [LANG_FR] = "⚠️ Ce document n'est pas une ordonnance : avant d'en prendre, demandez à votre médecin ou à votre pharmacien.",
        [LANG_EN] = "⚠️ This paper is not a prescription: ask your doctor or your pharmacist before taking any.",
        [LANG_WO] = "⚠️ Këyit bii du ordonnance : laajal sa doktoor laataa nga koy naan." },
    [SAY_UNSURE] = {
        [LANG_FR] = " (lecture incertaine, à vérifier avec votre médecin)",
        [LANG_EN] = " (uncertain reading, check with your doctor)",
        [LANG_WO] = " (jàng bi wóorul, seetal ko ak sa doktoor)" },
    [SAY_UNREADABLE] = {
        [LANG_FR] = "une ligne que je n'ai pas pu lire avec certitude : à vérifier avec votre médecin",
        [LANG_EN] = "a line that I could not read with certainty: check with your doctor",
        [LANG_WO] = "rëdd bu ma mënul jàng bu wér : seetal ko ak sa doktoor" },
    [SAY_NAMES_ANOTHER] = {
        [LANG_FR] = "⚠️ Ce document semble porter le nom d'une autre personne : vérifiez avec votre médecin avant de vous y fier.",
        [LANG_EN] = "⚠️ This document seems to bear another person's name: check with your doctor before relying on it.",
        [LANG_WO] = "⚠️ Këyit bii mel na ni turu keneen moo ci nekk : seetal ko ak sa doktoor balaa nga ciy wéeru." },
    [SAY_ALLERGIES] = {
        [LANG_FR] = "Allergies notées dans votre dossier :",
        [LANG_EN] = "Allergies noted in your record:",
        [LANG_WO] = "Allergie yi ñu bind ci sa dossier :" },
    [SAY_ALLERGY_NOT_LISTED] = {
        [LANG_FR] = "« {} » n'y est pas écrit : demandez à votre médecin avant d'en prendre.",
        [LANG_EN] = "\"{}\" is not written there: ask your doctor before taking any.",
        [LANG_WO] = "« {} » bindu ci : laajal sa doktoor balaa nga koy naan." },
    [SAY_ALLERGY_WARNING] = {
        [LANG_FR] = "⚠️ Votre dossier note une allergie qui peut concerner « {} » : n'en prenez pas sans l'avis de votre médecin, que "
            "je préviens.",
        [LANG_EN] = "⚠️ Your record notes an allergy that may concern \"{}\": take none without asking your doctor, whom I am "
            "telling.",
        [LANG_WO] = "⚠️ Sa dossier wax na allergie bu mën a laal « {} » : bul ko naan te laajuloo sa doktoor, maa ngi koy xamal." },
    [SAY_VALUES] = {
        [LANG_FR] = "Selon votre dossier médical",
        [LANG_EN] = "According to your medical record",
        [LANG_WO] = "Ni ko sa dossier médical waxee" },
    [SAY_HISTORY] = {
        [LANG_FR] = "Selon votre dossier médical, de la plus récente à la plus ancienne :",
        [LANG_EN] = "According to your medical record, newest first:",
        [LANG_WO] = "Ni ko sa dossier médical waxee, li gëna bees moo jiitu :" },
    [SAY_REFERENCE] = {
        [LANG_FR] = "valeurs de référence",
        [LANG_EN] = "reference values",
        [LANG_WO] = "norme bi" },
    [SAY_HIGH] = {
        [LANG_FR] = "au-dessus de la référence",
        [LANG_EN] = "above the reference",
        [LANG_WO] = "lu ëpp norme bi" },
    [SAY_LOW] = {
        [LANG_FR] = "en dessous de la référence",
        [LANG_EN] = "below the reference",
        [LANG_WO] = "lu gëna néew norme bi" },
    [SAY_RIGHT] = { [LANG_FR] = "à droite", [LANG_EN] = "right", [LANG_WO] = "ndeyjoor" },
    [SAY_LEFT] = { [LANG_FR] = "à gauche", [LANG_EN] = "left", [LANG_WO] = "càmmoñ" },
    [SAY_DIAGNOSES] = {
        [LANG_FR] = "Votre dossier indique :",
        [LANG_EN] = "Your record says:",
        [LANG_WO] = "Sa dossier wax na :" },
    [SAY_APPOINTMENTS] = {
        [LANG_FR] = "Voici ce que votre dossier dit de vos rendez-vous :",
        [LANG_EN] = "This is what your record says about appointments:",
        [LANG_WO] = "Lii la sa dossier wax ci say rendez-vous :" },
    [SAY_VACCINES] = {
        [LANG_FR] = "Vaccinations notées dans votre dossier :",
        [LANG_EN] = "Vaccinations noted in your record:",
        [LANG_WO] = "Vaccin yi ñu bind ci sa dossier :" },
    [SAY_VACCINES_NEXT] = {
        [LANG_FR] = "Prochaines vaccinations notées dans votre dossier :",
        [LANG_EN] = "Next vaccinations noted in your record:",
        [LANG_WO] = "Vaccin yi ci topp, ni ko sa dossier waxee :" },
    [SAY_NEXT] = {
        [LANG_FR] = "prochaine :",
        [LANG_EN] = "next:",
        [LANG_WO] = "bi ci topp :" },
    [SAY_PAST] = {
        [LANG_FR] = " (passé)",
        [LANG_EN] = " (past)",
        [LANG_WO] = " (weesu na)" },
    [SAY_PRESCRIBED] = {
        [LANG_FR] = "Selon votre dossier médical :",
        [LANG_EN] = "According to your medical record:",
        [LANG_WO] = "Ni ko sa dossier médical waxee :" },
    [SAY_PRESCRIBED_BY] = {
        [LANG_FR] = "Selon votre dossier médical, cet examen a été prescrit par :",
        [LANG_EN] = "According to your medical record, this examination was prescribed by:",
        [LANG_WO] = "Ni ko sa dossier médical waxee, ki digle examen bii mooy :" },
    [SAY_ATTENDING] = {
        [LANG_FR] = "Selon votre dossier médical, votre médecin traitant est :",
        [LANG_EN] = "According to your medical record, your attending doctor is:",
        [LANG_WO] = "Ni ko sa dossier médical waxee, doktoor bi lay topp mooy :" },
    [SAY_DOCTORS] = {
        [LANG_FR] = "Médecins qui ont signé des documents de votre dossier :",
        [LANG_EN] = "Doctors who signed documents of your record:",
        [LANG_WO] = "Doktoor yi siñe ci sa këyit yi :" },
    [SAY_DOCUMENTS] = {
        [LANG_FR] = "Documents de votre dossier :",
        [LANG_EN] = "Documents in your record:",
        [LANG_WO] = "Këyit yi nekk ci sa dossier :" },
    [SAY_PASSAGE] = {
        [LANG_FR] = "Voici ce que je trouve dans {} :",
        [LANG_EN] = "This is what I find in {}:",
        [LANG_WO] = "Lii laa gis ci {} :" },
    [SAY_RECORD_SILENT] = { [LANG_FR] = "Votre dossier ne le dit pas.",
                            [LANG_EN] = "Your record does not say.",
                            [LANG_WO] = "Sa dossier waxu ko." },
    [SAY_NOT_IN_RECORD] = { [LANG_FR] = "Je ne trouve pas « {} » dans votre dossier.",
                            [LANG_EN] = "I cannot find \"{}\" in your record.",
                            [LANG_WO] = "Gisuma « {} » ci sa dossier." },
    [SAY_ADVICE] = { [LANG_FR] = "Conseil de la clinique : « {} »",
                     [LANG_EN] = "Advice of the clinic: \"{}\"",
                     [LANG_WO] = "Ndigalu klinik bi : « {} »" },
    [SAY_ADVICE_IS_GENERAL] = {
        [LANG_FR] = "C'est un conseil général, qui ne parle pas de vous en particulier : c'est votre médecin qui décide pour vous.",
        [LANG_EN] = "This is general advice, not about you in particular: your doctor decides for you.",
        [LANG_WO] = "Ndigal lu jëm ci ñépp la, du ci yaw rekk : sa doktoor mooy dogal ci sa paj." },
    [SAY_STOP] = {
        [LANG_FR] = "Pour ne plus recevoir de messages, envoyez sur WhatsApp le seul mot STOP : je ne vous écrirai plus. Pour "
            "reprendre, envoyez START. Votre dossier reste à la clinique.",
        [LANG_EN] = "To get no more messages, send the single word STOP on WhatsApp: I shall not write to you any more. To "
            "go on again, send START. Your record stays at the clinic.",
        [LANG_WO] = "Soo bëggatul ay message, yónneel ci WhatsApp benn baat bii rekk : STOP, duma la bindati. Soo bëggee "
            "tàmbaliwaat, yónneel START. Sa dossier dina des ci klinik bi." },
    [SAY_MORE_QUESTIONS] = {
        [LANG_FR] = "Posez-moi vos autres questions dans un nouveau message.",
        [LANG_EN] = "Please ask your other questions in a new message.",
        [LANG_WO] = "Bindal yeneen laaj yi ci message bu bees." },
    [SAY_BY_DOCTOR] = { [LANG_FR] = " du {}", [LANG_EN] = " by {}", [LANG_WO] = ", {}" },
    [SAY_BY_PLACE] = { [LANG_FR] = " de {}", [LANG_EN] = " by {}", [LANG_WO] = ", {}" },
    [SAY_OF_DAY] = { [LANG_FR] = " du {}", [LANG_EN] = " of {}", [LANG_WO] = " bu {}" },
    [SAY_ON_DAY] = { [LANG_FR] = ", le {}", [LANG_EN] = ", on {}", [LANG_WO] = ", ci {}" },
    [SAY_COLON] = { [LANG_FR] = " :", [LANG_EN] = ":", [LANG_WO] = " :" },
    [SAY_PAPER_OF] = { [LANG_FR] = "document du", [LANG_EN] = "paper of", [LANG_WO] = "këyit bu" },
    [SAY_LINE_PRESCRIBED] = { [LANG_FR] = "prescrit", [LANG_EN] = "prescribed", [LANG_WO] = "bind nañu ko" },
    [SAY_LINE_PRESCRIBED_BY] = { [LANG_FR] = "prescrit par ", [LANG_EN] = "prescribed by ", [LANG_WO] = "ki ko bind mooy " },
    [SAY_LINE_ON] = { [LANG_FR] = " le ", [LANG_EN] = " on ", [LANG_WO] = " ci " },
    [SAY_IS] = { [LANG_FR] = " est ", [LANG_EN] = " is ", [LANG_WO] = " : " },
    [SAY_IS_OF] = { [LANG_FR] = " est du ", [LANG_EN] = " is of ", [LANG_WO] = " bind nañu ko ci " },
    [SAY_SIGNED_BY] = { [LANG_FR] = ", signé par ", [LANG_EN] = ", signed by ", [LANG_WO] = ", ki ko siñe mooy " },
    [SAY_IS_THE_ONE] = { [LANG_FR] = " est celle", [LANG_EN] = " is", [LANG_WO] = " mooy bi" },
    [SAY_DURING] = { [LANG_FR] = "pendant", [LANG_EN] = "for", [LANG_WO] = "diirub" },
    [SAY_RENEWALS] = { [LANG_FR] = "renouvellements", [LANG_EN] = "renewals", [LANG_WO] = "renouvellements" },
    [SAY_QUESTIONS] = {
        [LANG_FR] = "N'hésitez pas si vous avez des questions !",
        [LANG_EN] = "Do not hesitate to ask!",
        [LANG_WO] = "Soo amee laaj, laajal rekk !" },
    [SAY_NO_DATE] = {
        [LANG_FR] = "sans date lisible",
        [LANG_EN] = "without a readable date",
        [LANG_WO] = "amul bés bu ñu mëna jàng" },
    [SAY_SOURCE] = {
        [LANG_FR] = "Source",
        [LANG_EN] = "Source",
        [LANG_WO] = "Source" },
    [SAY_CORRECTED_BY_DOCTOR] = {
        [LANG_FR] = " (corrigé par le médecin)",
        [LANG_EN] = " (corrected by the doctor)",
        [LANG_WO] = " (doktoor bi moo ko jubbanti)" },
    [SAY_CORRECTED_BY_STAFF] = {
        [LANG_FR] = " (corrigé par l'équipe de soins)",
        [LANG_EN] = " (corrected by the care team)",
        [LANG_WO] = " (ekip bi moo ko jubbanti)" },
    [SAY_PAGE] = {
        [LANG_FR] = "page",
        [LANG_EN] = "page",
        [LANG_WO] = "xët" },
};

/* clang-format on */

const char *say(enum phrase_id id, enum lang lang) {
    return words[id][lang];
}
