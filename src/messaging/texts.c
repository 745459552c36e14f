#include "messaging/texts.h"
#include "base/buf.h"

enum { TEXT_MAX_BYTES = 4096 };

static const char *const texts[TEXT_COUNT][LANG_COUNT] = {
    [TEXT_ACTIVATION] = {
        [LANG_FR] = "Bonjour {name}. Votre médecin vous propose de suivre votre dossier médical sur "
                    "WhatsApp : vous posez une question, nous répondons d'après vos documents.\n\n"
                    "Pour accepter, ouvrez ce lien et envoyez le message préparé :\n"
                    "{link}\n"
                    "ou répondez simplement OUI. Pour refuser, répondez NON.\n\n"
                    "Le lien est personnel et valable 7 jours. En cas d'urgence, appelez le {emergency}.",
        [LANG_WO] = "Asalaa maalekum {name}. Sa fajkat dafa la tànnal ngay toppe sa dosiye wér-gi-yaram ci "
                    "WhatsApp : dangay laaj, ñu tontu la ci li nekk ci say kayit.\n\n"
                    "Ngir nangu, ubbil lien bii te yónnee message bi :\n"
                    "{link}\n"
                    "walla nga tontu rekk WAAW. Ngir bañ, tontul DEET.\n\n"
                    "Lien bi yaa ko moom, 7 fan la am. Su jamp dee, woowal {emergency}.",
        [LANG_EN] = "Hello {name}. Your doctor offers you to follow your medical record on WhatsApp: you "
                    "ask a question, we answer from your documents.\n\n"
                    "To accept, open this link and send the prepared message:\n"
                    "{link}\n"
                    "or simply answer YES. To decline, answer NO.\n\n"
                    "The link is personal and valid for 7 days. In an emergency, call {emergency}.",
    },
    [TEXT_ACTIVATION_SMS] = {
        [LANG_FR] = "Bonjour {name}. Votre médecin vous propose d'activer votre dossier médical. Pour "
                    "accepter, ouvrez ce lien : {link}\n"
                    "Il est personnel et valable 7 jours. Pour refuser, ne faites rien. Urgence : "
                    "{emergency}.",
        [LANG_WO] = "Asalaa maalekum {name}. Sa fajkat dafa la tànnal nga ubbi sa dosiye wér-gi-yaram. Ngir "
                    "nangu, ubbil lien bii : {link}\n"
                    "Yaa ko moom, 7 fan la am. Ngir bañ, bul def dara. Su jamp dee, woowal {emergency}.",
        [LANG_EN] = "Hello {name}. Your doctor offers you to activate your medical record. To accept, open "
                    "this link: {link}\n"
                    "It is personal and valid for 7 days. To decline, do nothing. Emergency: {emergency}.",
    },
    [TEXT_WELCOME] = {
        [LANG_FR] = "Merci {name}, votre dossier est actif. Vous pouvez demander par exemple : « Quelle "
                    "est ma dernière ordonnance ? »\n\n"
                    "Écrivez AIDE pour l'aide, STOP pour ne plus recevoir de messages. En cas d'urgence, "
                    "appelez le {emergency} : nous ne remplaçons pas un médecin.",
        [LANG_WO] = "Jërëjëf {name}, sa dosiye ubbeeku na. Mën nga laaj lu mel ni : « Ban mooy sama "
                    "ordonnance bu mujj ? »\n\n"
                    "Bindal NDIMBAL ngir am ndimbal, TAXAW ngir dakkal message yi. Su jamp dee, woowal "
                    "{emergency} : nun wuutuwuñu fajkat.",
        [LANG_EN] = "Thank you {name}, your record is active. You can ask, for example: \"What is my last "
                    "prescription?\"\n\n"
                    "Write HELP for help, STOP to receive no more messages. In an emergency, call "
                    "{emergency}: we do not replace a doctor.",
    },
    [TEXT_PENDING] = {
        [LANG_FR] = "Votre dossier n'est pas encore actif. Répondez OUI pour l'activer, NON pour refuser. "
                    "En cas d'urgence, appelez le {emergency}.",
        [LANG_WO] = "Sa dosiye ubbeekoogul. Tontul WAAW ngir ubbi ko, DEET ngir bañ. Su jamp dee, woowal "
                    "{emergency}.",
        [LANG_EN] = "Your record is not active yet. Answer YES to activate it, NO to decline. In an "
                    "emergency, call {emergency}.",
    },
    [TEXT_DECLINED] = {
        [LANG_FR] = "C'est noté : votre dossier n'est pas activé et nous ne vous écrirons plus. Votre "
                    "médecin reste à votre disposition.",
        [LANG_WO] = "Dégg nañu : sa dosiye ubbeekuwul te dootuñu la bind. Sa fajkat a ngi fi.",
        [LANG_EN] = "Noted: your record is not activated and we will not write to you again. Your doctor "
                    "remains at your disposal.",
    },
    [TEXT_INACTIVE] = {
        [LANG_FR] = "Votre dossier n'est pas actif : nous ne pouvons pas répondre ici. Adressez-vous à "
                    "votre médecin. En cas d'urgence, appelez le {emergency}.",
        [LANG_WO] = "Sa dosiye ubbikuwul : mënuñu la tontu fii. Waxal ak sa fajkat. Su jamp dee, woowal "
                    "{emergency}.",
        [LANG_EN] = "Your record is not active: we cannot answer here. Please turn to your doctor. In an "
                    "emergency, call {emergency}.",
    },
    [TEXT_UNKNOWN] = {
        [LANG_FR] = "Bonjour. Ce numéro n'est pas inscrit auprès de notre cabinet : nous ne pouvons pas "
                    "répondre ici. Si vous êtes patient, demandez à votre médecin de vous inscrire. En cas "
                    "d'urgence, appelez le {emergency}.\n\n"
                    "Nimero bii bindu-ul ci sunu kabine. Su jamp dee, woowal {emergency}.",
    },
    [TEXT_MEDIA_KEPT] = {
        [LANG_FR] = "Nous avons bien reçu votre document et l'avons transmis à votre médecin, qui va le "
                    "regarder. Si vous avez une question, écrivez-la ici. En cas d'urgence, appelez le "
                    "{emergency}.",
        [LANG_WO] = "Jot nañu li nga yónnee, jox nañu ko sa fajkat, dina ko xool. Su nga amee laaj, bind "
                    "ko fii. Su jamp dee, woowal {emergency}.",
        [LANG_EN] = "We have received your document and passed it on to your doctor, who will look at it. "
                    "If you have a question, write it here. In an emergency, call {emergency}.",
    },
    [TEXT_MEDIA_VOICE] = {
        [LANG_FR] = "Votre message vocal est gardé pour votre médecin. L'assistant ne sait pas encore "
                    "écouter : écrivez votre question, s'il vous plaît. En cas d'urgence, appelez le "
                    "{emergency}.",
        [LANG_WO] = "Denc nañu sa message vocal ngir sa fajkat. Assistant bi mënagul déglu : bindal sa "
                    "laaj, su la neexee. Su jamp dee, woowal {emergency}.",
        [LANG_EN] = "Your voice message is kept for your doctor. The assistant cannot listen yet: please "
                    "write your question. In an emergency, call {emergency}.",
    },
    [TEXT_MEDIA_TOO_LARGE] = {
        [LANG_FR] = "Votre fichier est trop grand pour être reçu (16 Mo au plus). Envoyez une photo de "
                    "chaque page, ou apportez-le à la clinique.",
        [LANG_WO] = "Li nga yónnee dafa rëy lool (16 Mo la wara yem). Yónneel fotob xët wu nekk, walla nga "
                    "indi ko ci klinik bi.",
        [LANG_EN] = "Your file is too large to be received (16 MB at most). Send a photo of each page, or "
                    "bring it to the clinic.",
    },
    [TEXT_MEDIA_UNSUPPORTED] = {
        [LANG_FR] = "Nous ne pouvons pas recevoir ce genre de fichier. Envoyez une photo, un PDF ou un "
                    "message écrit.",
        [LANG_WO] = "Mënuñu jot fichier bu mel nii. Yónneel foto, PDF walla nga bind.",
        [LANG_EN] = "We cannot receive this kind of file. Send a photo, a PDF or a written message.",
    },
    [TEXT_MEDIA_FAILED] = {
        [LANG_FR] = "Nous n'avons pas pu recevoir votre fichier. Envoyez-le encore une fois, s'il vous "
                    "plaît, ou apportez-le à la clinique.",
        [LANG_WO] = "Mënuñu woon jot li nga yónnee. Yónneewaat ko, su la neexee, walla nga indi ko ci "
                    "klinik bi.",
        [LANG_EN] = "We could not receive your file. Please send it once more, or bring it to the clinic.",
    },
    [TEXT_HELP] = {
        [LANG_FR] = "Posez votre question en quelques mots, par exemple :\n"
                    "– Quelle est ma dernière ordonnance ?\n"
                    "– Comment prendre mon médicament ?\n"
                    "– Quelles sont mes allergies ?\n\n"
                    "MEDECIN : parler à un médecin. MON DOSSIER : ce que nous gardons sur vous. EFFACER : demander "
                    "l'effacement. STOP : ne plus recevoir de messages. START : en recevoir de nouveau. En cas "
                    "d'urgence, appelez le {emergency}.",
        [LANG_WO] = "Laajal ci baat yu néew, lu mel ni :\n"
                    "– Ban mooy sama ordonnance bu mujj ?\n"
                    "– Naka laay jëlee sama garab ?\n\n"
                    "FAJKAT : wax ak fajkat. SAMA DOSIYE : li ñu denc ci yow. DINDI : laaj ñu dindi ko. "
                    "TAXAW : bul ma bind. TÀMBALI : bindaat ma. Su jamp dee, woowal {emergency}.",
        [LANG_EN] = "Ask your question in a few words, for example:\n"
                    "- What is my last prescription?\n"
                    "- How do I take my medicine?\n"
                    "- What are my allergies?\n\n"
                    "DOCTOR: speak to a doctor. MY RECORD: what we keep about you. ERASE: ask for erasure. "
                    "STOP: receive no more messages. START: receive them again. In an emergency, call "
                    "{emergency}.",
    },
    [TEXT_STOPPED] = {
        [LANG_FR] = "C'est noté : vous ne recevrez plus de messages de notre part. Nous répondrons encore "
                    "si vous posez une question. Écrivez START pour reprendre.",
        [LANG_WO] = "Dégg nañu : dootuñu la bind. Soo laajee, dinañu la tontu. Bindal TÀMBALI ngir "
                    "tàmbaliwaat.",
        [LANG_EN] = "Noted: you will receive no more messages from us. We will still answer when you ask a "
                    "question. Write START to resume.",
    },
    [TEXT_RESTARTED] = {
        [LANG_FR] = "C'est noté : vous recevrez de nouveau nos messages. Écrivez STOP pour arrêter.",
        [LANG_WO] = "Dégg nañu : dinañu la bindaat. Bindal TAXAW ngir dakkal.",
        [LANG_EN] = "Noted: you will receive our messages again. Write STOP to stop.",
    },
    [TEXT_LINK_EXPIRED] = {
        [LANG_FR] = "Ce lien n'est plus valable. Demandez un nouveau message d'activation à votre médecin.",
        [LANG_WO] = "Lien bii jeexal na. Laajal sa fajkat beneen.",
        [LANG_EN] = "This link is no longer valid. Ask your doctor for a new activation message.",
    },
    [TEXT_ASSISTANT_OFF] = {
        [LANG_FR] = "L'assistant n'est pas autorisé à répondre pour votre dossier. Adressez-vous à votre "
                    "médecin. En cas d'urgence, appelez le {emergency}.",
        [LANG_WO] = "Assistant bi amul sañ-sañu tontu ci sa dosiye. Waxal ak sa fajkat. Su jamp dee, "
                    "woowal {emergency}.",
        [LANG_EN] = "The assistant is not allowed to answer for your record. Please turn to your doctor. "
                    "In an emergency, call {emergency}.",
    },
    [TEXT_TROUBLE] = {
        [LANG_FR] = "Nous n'avons pas pu répondre à votre question. Votre médecin en est prévenu. En cas "
                    "d'urgence, appelez le {emergency}.",
        [LANG_WO] = "Mënuñu tontu sa laaj. Yégal nañu sa fajkat. Su jamp dee, woowal {emergency}.",
        [LANG_EN] = "We could not answer your question. Your doctor has been told. In an emergency, call "
                    "{emergency}.",
    },
    [TEXT_LINK_WHICH] = {
        [LANG_FR] = "Plusieurs dossiers de ce numéro attendent une réponse. Ouvrez le lien du message de la "
                    "personne concernée et envoyez le message préparé.",
        [LANG_WO] = "Dosiye yu bari a ngi xaar tontu ci nimero bii. Ubbil lien bi ci message bi ñu yónnee nit "
                    "ki, te yónnee message bi.",
        [LANG_EN] = "Several records of this number wait for an answer. Open the link in the message for the "
                    "person it is about, and send the prepared message.",
    },
    [TEXT_DOCTOR] = {
        [LANG_FR] = "C'est noté : nous prévenons un médecin, qui vous répondra ici dès que possible. Vous pouvez "
                    "déjà écrire ce qui se passe. Si c'est urgent, n'attendez pas : appelez le {emergency}.",
        [LANG_WO] = "Dégg nañu : dinañu yégal fajkat, mu tontu la fii ci lu gaaw. Mën nga bind li xew. Su "
                    "jampee, bul xaar : woowal {emergency}.",
        [LANG_EN] = "Noted: we are telling a doctor, who will answer you here as soon as possible. You can "
                    "already write what is happening. If it is urgent, do not wait: call {emergency}.",
    },
    [TEXT_ERASE_EXPLAIN] = {
        [LANG_FR] = "Vous pouvez demander l'effacement de votre dossier chez nous : documents, questions et "
                    "messages. La clinique examine la demande et vous répond ; la loi l'oblige parfois à garder "
                    "des pièces. Rien n'est effacé maintenant.\n\n"
                    "Pour envoyer la demande, répondez CONFIRMER. Sinon, n'écrivez rien.",
        [LANG_WO] = "Mën nga laaj ñu dindi sa dosiye : kayit yi, laaj yi ak message yi. Kabine bi dina xool sa "
                    "laaj te tontu la. Dara dindeegul.\n\n"
                    "Ngir yónnee laaj bi, tontul DËGGAL. Lu ko moy, bul bind dara.",
        [LANG_EN] = "You can ask us to erase your record: documents, questions and messages. The clinic looks at "
                    "the request and answers you; the law sometimes obliges it to keep papers. Nothing is erased "
                    "now.\n\n"
                    "To send the request, answer CONFIRM. Otherwise, write nothing.",
    },
    [TEXT_ERASE_NOTED] = {
        [LANG_FR] = "Votre demande d'effacement est enregistrée et votre médecin en est prévenu. La clinique vous "
                    "répondra. Rien n'est effacé d'ici là.",
        [LANG_WO] = "Sa laaj dugg na te yégal nañu sa fajkat. Kabine bi dina la tontu. Dara du dindiku bala "
                    "booba.",
        [LANG_EN] = "Your request for erasure is recorded and your doctor has been told. The clinic will answer "
                    "you. Nothing is erased until then.",
    },
    [TEXT_WHO] = {
        [LANG_FR] = "Plusieurs personnes utilisent ce numéro. Qui écrit ? Répondez par le chiffre ou le "
                    "prénom :\n{list}\n"
                    "En cas d'urgence, appelez le {emergency}.",
        [LANG_WO] = "Nit yu bari ñoo bokk nimero bii. Kan mooy bind ? Tontul ak limu bi walla tur wi :\n{list}\n"
                    "Su jamp dee, woowal {emergency}.",
        [LANG_EN] = "Several people use this number. Who is writing? Answer with the number or the first "
                    "name:\n{list}\n"
                    "In an emergency, call {emergency}.",
    },
    [TEXT_CODE] = {
        [LANG_FR] = "{name}, envoyez votre code personnel, que la clinique vous a donné. CHANGER : c'est une "
                    "autre personne qui écrit.",
        [LANG_WO] = "{name}, yónneel sa kod, bi la kabine bi jox. SOPPI : keneen a ngi bind.",
        [LANG_EN] = "{name}, send your personal code, which the clinic gave you. CHANGE: somebody else is "
                    "writing.",
    },
    [TEXT_CODE_WRONG] = {
        [LANG_FR] = "Ce code n'est pas le bon. Essayez encore, ou écrivez CHANGER. Après cinq erreurs, le code "
                    "est bloqué une heure.",
        [LANG_WO] = "Kod bi baaxul. Jéemaatal, walla nga bind SOPPI. Soo juumee juróomi yoon, kod bi dina tëju "
                    "benn waxtu.",
        [LANG_EN] = "This code is not right. Try again, or write CHANGE. After five mistakes the code is locked "
                    "for an hour.",
    },
    [TEXT_CODE_LOCKED] = {
        [LANG_FR] = "Trop d'erreurs : le code est bloqué pour une heure et la clinique en est prévenue. En cas "
                    "d'urgence, appelez le {emergency}.",
        [LANG_WO] = "Juum nga lool : kod bi tëju na benn waxtu, yégal nañu kabine bi. Su jamp dee, woowal "
                    "{emergency}.",
        [LANG_EN] = "Too many mistakes: the code is locked for an hour and the clinic has been told. In an "
                    "emergency, call {emergency}.",
    },
    [TEXT_CODE_MISSING] = {
        [LANG_FR] = "{name}, plusieurs personnes utilisent ce numéro : il faut un code personnel pour vous "
                    "répondre. Demandez-le à la clinique. En cas d'urgence, appelez le {emergency}.",
        [LANG_WO] = "{name}, nit yu bari ñoo bokk nimero bii : kod laa laaj ngir tontu la. Laajal ko kabine bi. "
                    "Su jamp dee, woowal {emergency}.",
        [LANG_EN] = "{name}, several people use this number: we need a personal code to answer you. Ask the "
                    "clinic for it. In an emergency, call {emergency}.",
    },
    [TEXT_IDENTIFIED] = {
        [LANG_FR] = "Merci {name}. Posez votre question. Après 30 minutes de silence, le code sera redemandé ; "
                    "CHANGER : une autre personne écrit. Effacez votre code de la conversation.",
        [LANG_WO] = "Jërëjëf {name}. Laajal. Soo noppee 30 simili, dinañu laajaat kod bi ; SOPPI : keneen a ngi "
                    "bind. Faral sa kod ci message yi.",
        [LANG_EN] = "Thank you {name}. Ask your question. After 30 minutes of silence the code is asked for "
                    "again; CHANGE: somebody else is writing. Delete your code from the conversation.",
    },
    [TEXT_RECORD] = {
        [LANG_FR] = "{name}, voici ce que nous gardons sur vous.\n\n{list}\n"
                    "Vous pouvez demander une copie, une correction ou l'effacement (EFFACER) à la clinique, et "
                    "arrêter les messages (STOP).",
        [LANG_WO] = "{name}, lii lañu denc ci yow.\n\n{list}\n"
                    "Mën nga laaj kabine bi kopi, njubbanti walla ñu dindi ko (DINDI), te dakkal message yi "
                    "(TAXAW).",
        [LANG_EN] = "{name}, this is what we keep about you.\n\n{list}\n"
                    "You can ask the clinic for a copy, a correction or erasure (ERASE), and stop the messages "
                    "(STOP).",
    },
};

bool text_write(struct arena *arena, enum text text, enum lang lang, const struct text_values *values,
                struct str *out) {
    const char *words = texts[text][lang] ? texts[text][lang] : texts[text][LANG_FR];
    struct str rest = str_from_c(words);
    const struct {
        struct str mark, value;
    } marks[] = {
        { STR("{name}"), values->name },
        { STR("{link}"), values->link },
        { STR("{emergency}"), values->emergency },
        { STR("{list}"), values->list },
    };
    struct buf written;
    bool ok;

    buf_init(&written, TEXT_MAX_BYTES);
    while (rest.n > 0) {
        size_t brace = str_find_char(rest, '{'), used = brace;
        buf_add(&written, str_sub(rest, 0, brace));
        for (size_t i = 0; i < COUNT_OF(marks); i++) {
            if (!str_starts(str_sub(rest, brace, rest.n), marks[i].mark)) continue;
            buf_add(&written, marks[i].value);
            used = brace + marks[i].mark.n;
        }
        if (used == brace && brace < rest.n) buf_add_char(&written, rest.p[used++]);
        rest = str_sub(rest, used, rest.n);
    }
    ok = buf_ok(&written) && arena_dup(arena, buf_str(&written), out);
    buf_done(&written);
    return ok;
}
