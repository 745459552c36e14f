/*
 * The clinic's advice over a real database: which questions it answers, under which words, and which never.
 */
#include "room.h"

#include "db/db_driver.h"
#include "db/migrate.h"
#include "rag/advice_record.h"
#include "rag/advice_use.h"
#include "test.h"

static const char *const prescription[] = { "Dr Martin", "Dakar, le 15/09/2024", "ORDONNANCE",
                                            "- Metformine 850 mg, 1 comprimé matin et soir", NULL };
static const char *const laboratory[] = { "LABORATOIRE BIO", "Dakar, le 16/09/2024", "BIOCHIMIE",
                                          "Créatinine   9,1 mg/L   6,0 - 12,0", NULL };
static const struct paper papers[] = { { 0, NULL, prescription }, { 0, NULL, laboratory } };

static const struct {
    const char *title, *body;
    enum lang language;
} sheets[] = {
    { "Bien prendre le paracétamol",
      "# Comment le prendre\nPrenez le paracétamol avec un grand verre d'eau, 1 comprimé de 500 mg à la fois, en laissant "
      "passer 6 heures entre deux prises.\n# Alcool\nN'en prenez pas si vous buvez beaucoup d'alcool : le foie souffre.",
      LANG_FR },
    { "Vivre avec le diabète",
      "# Alimentation\nAvec un diabète, mangez à heures fixes, peu de sucre et beaucoup de légumes.\n# Glycémie\nLa glycémie "
      "est le taux de sucre dans le sang. À jeun, elle est normale entre 0,70 et 1,10 g/L. Marcher chaque jour la fait baisser.\n# Pieds\nRegardez vos "
      "pieds chaque soir.",
      LANG_FR },
    { "La metformine au quotidien",
      "# Effets indésirables\nLa metformine peut donner des nausées et des diarrhées au début : elles passent souvent.\n"
      "# Combien en prendre\nOn commence souvent par 1 comprimé de 500 mg de metformine par jour.",
      LANG_FR },
    { "Se protéger du paludisme",
      "Dormez sous une moustiquaire imprégnée. En cas de fièvre, venez faire un test le jour même.",
      LANG_FR },
    { "Ne pas arrêter seul son traitement",
      "N'arrêtez jamais un traitement sans l'avis du médecin, même si vous vous sentez mieux.", LANG_FR },
    { "Groupes sanguins",
      "Le groupe sanguin se détermine par une prise de sang ; il peut être A, B, AB ou O.", LANG_FR },
    { "Le calendrier des vaccins",
      "Un bébé est vacciné contre l'hépatite B à la naissance, puis à 6, 10 et 14 semaines.", LANG_FR },
    { "Mosquito nets", "Sleep under a treated mosquito net every night, children too.", LANG_EN },
    { "Moustiquaire", "Nelawal ci suufu moustiquaire guddi gu nekk, yaw ak say doom.", LANG_WO },
};

static struct room room;
static int64_t fatou, ids[COUNT_OF(sheets)];

static struct advice_actor doctor(void) {
    return (struct advice_actor) { .user_id = room.clinic.doctor.id, .now_us = NOON_US };
}

static int64_t add_sheet(const char *title, const char *body, enum lang language) {
    struct advice_actor by = doctor();
    const struct advice_edit edit = { .title = str_from_c(title),
                                      .body = str_from_c(body),
                                      .language = language };
    struct advice a;
    assert_int_equal(advice_create(room.clinic.t.db, room.arena, &by, &edit, &a, NULL), OK);
    assert_int_equal(advice_publish(room.clinic.t.db, room.arena, &by, a.id, 1, &a, NULL), OK);
    assert_int_equal(a.status, ADVICE_PUBLISHED);
    return a.id;
}

static int setup(void **state) {
    (void)state;
    room_open(&room);
    fatou = room_add_person(&room, "Fatou", "Ndiaye", "+221770000001");
    for (size_t i = 0; i < COUNT_OF(papers); i++) room_index(&room, fatou, &papers[i]);
    for (size_t i = 0; i < COUNT_OF(sheets); i++)
        ids[i] = add_sheet(sheets[i].title, sheets[i].body, sheets[i].language);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    room_close(&room);
    return 0;
}

static bool says(const struct rag_answer *a, const char *words) {
    return str_find(a->text, str_from_c(words)) < a->text.n;
}

static struct rag_answer ask(const char *question) {
    struct rag_answer a;
    assert_int_equal(room_ask(&room, fatou, question, "", &a), OK);
    return a;
}

/* The sheet that is quoted; -1: none. */
static int quoted(const struct rag_answer *a) {
    for (size_t i = 0; i < COUNT_OF(sheets); i++)
        if (a->source_count && a->sources[0].collection == COLLECTION_ADVICE &&
            a->sources[0].document_id == ids[i])
            return (int)i;
    return -1;
}

static void general_questions_are_answered_by_what_the_clinic_publishes(void **state) {
    static const struct {
        const char *question;
        int sheet;
        const char *words;
    } cases[] = {
        { "Comment prendre le paracétamol ?", 0, "grand verre d'eau" },
        { "Puis-je boire de l'alcool avec le paracétamol ?", 0, "alcool" },
        { "combien de paracétamol prendre ?", 0, "500 mg" },
        { "Que dois-je manger avec un diabète ?", 1, "légumes" },
        { "quoi manger quand on a le diabete", 1, "légumes" },
        { "C'est quoi la glycémie ?", 1, "taux de sucre" },
        { "Quelle est la glycémie normale à jeun ?", 1, "0,70" },
        { "Quels sont les effets indésirables de la metformine ?", 2, "nausées" },
        { "Comment se protéger du paludisme ?", 3, "moustiquaire" },
        { "comment se proteger du palu", 3, "moustiquaire" },
        { "À quel âge vacciner un bébé contre l'hépatite B ?", 6, "naissance" },
        { "Comment prendre le doliprane ?", 0, "grand verre d'eau" },
        { "le glucophage donne-t-il des nausées ?", 2, "nausées" },
        { "Que dois-je manger ? je suis diabétique", 1, "légumes" },
        { "Quels vaccins pour un bébé ?", 6, "naissance" },
        { "Comment faire baisser ma glycémie ?", 1, "glycémie" },
        { "Le diabète, c'est quoi manger ?", 1, "légumes" },
        { "Y a-t-il un vaccin contre l'hépatite B pour un bébé ?", 6, "naissance" },
        { "mon enfant a de la fievre", 3, "En cas de fièvre" },
        { "How should we sleep under a mosquito net?", 7, "treated" },
    };
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct rag_answer a = ask(cases[i].question);
        if (quoted(&a) != cases[i].sheet || !says(&a, cases[i].words)) {
            print_error("%s -> sheet %d: %.*s\n", cases[i].question, quoted(&a), STR_ARG(a.text));
            wrong++;
            continue;
        }
        assert_true(a.grounded);
        assert_false(a.refused);
        assert_int_equal(a.tell, TELL_NOTHING);
        assert_int_equal(a.sources[0].page, 1);
        assert_true(
            says(&a, a.language == LANG_EN ? "Advice of the clinic: \"" : "Conseil de la clinique : « "));
        assert_true(says(&a, a.language == LANG_EN ? "your doctor decides" : "votre médecin qui décide"));
    }
    assert_int_equal(wrong, 0);
}

static void what_is_the_patients_own_is_never_answered_from_it(void **state) {
    static const char *const questions[] = {
        "Quelle est ma glycémie ?",
        "ma glycémie",
        "glycémie ?",
        "Ma glycémie est-elle normale ?",
        "J'ai 1,20 g/L de glycémie, c'est normal ?",
        "Ai-je du diabète ?",
        "Est-ce que j'ai le paludisme ?",
        "Suis-je diabétique ?",
        "Quel est mon groupe sanguin ?",
        "mon groupe sanguin",
        "groupe sanguin",
        "Quels sont mes vaccins ?",
        "Mes vaccinations",
        "Quand est mon prochain rappel d'hépatite B ?",
        "Suis-je vacciné contre l'hépatite B ?",
        "Quand est mon prochain rendez-vous ?",
        "Quelle dose de paracétamol le docteur m'a prescrit ?",
        "Combien de paracétamol m'a-t-on prescrit ?",
        "Quel est mon traitement contre le paludisme ?",
        "Le paracétamol est-il dans mon dossier ?",
        "What is my blood group?",
        "Am I diabetic?",
        "sama glycémie naata la?",
        "La glycémie de Moussa Diop",
        "Comment prendre le paracétamol de ma mère ?",
        "Quelle est la capitale du Sénégal ?",
        "Comment ont évolué mes analyses ?",
        "Que manger pour mon père diabétique ?",
        "À quel âge vacciner ma fille contre l'hépatite B ?",
        "ndax am naa diabète ?",
        "Comment évolue ma glycémie ?",
        "Comment est ma glycémie ?",
        "Où sont mes résultats de glycémie ?",
        "Puis-je avoir mes résultats de glycémie ?",
        "Est-ce que le docteur a vu ma glycémie ?",
        "Que disent mes analyses de glycémie ?",
        "Pourquoi ma glycémie est trop haute ?",
        "Peux-tu me donner mon groupe sanguin ?",
        "Envoyez-moi mes vaccins",
        "Est-ce que mes vaccins sont à jour ?",
        "Mon bébé est-il vacciné contre l'hépatite B ?",
        "can I have my blood group?",
        "did I have malaria?",
        "et pour le paludisme ?",
        "Combien de comprimés je prends ?",
    };
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(questions); i++) {
        struct rag_answer a = ask(questions[i]);
        bool advises = says(&a, "Conseil de la clinique");
        for (size_t k = 0; k < a.source_count; k++) advises |= a.sources[k].collection != COLLECTION_RECORD;
        if (advises) print_error("%s -> %.*s\n", questions[i], STR_ARG(a.text));
        wrong += advises;
    }
    assert_int_equal(wrong, 0);
}

static void the_record_comes_first(void **state) {
    struct rag_answer a = ask("Comment prendre la metformine ?");
    (void)state;
    assert_true(says(&a, "matin et soir"));
    assert_int_equal(a.sources[0].collection, COLLECTION_RECORD);
    a = ask("Quelle est ma créatinine ?");
    assert_true(says(&a, "9,1"));
    assert_int_equal(a.sources[0].collection, COLLECTION_RECORD);
}

/* He takes 850 mg: that others begin with 500 is not for him to read. */
static void amounts_of_his_own_medicine_are_left_to_the_record(void **state) {
    static const char *const questions[] = {
        "Combien de metformine faut-il prendre quand on commence ?",
        "Comment on commence la metformine en général ?",
        "Puis-je commencer par un comprimé de metformine ?",
        "Combien prendre de glucophage au début ?",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(questions); i++) {
        struct rag_answer a = ask(questions[i]);
        if (says(&a, "500 mg")) fail_msg("%s -> %.*s", questions[i], STR_ARG(a.text));
    }
}

static void who_wants_to_stop_is_told_the_advice_and_the_doctor_is_told_too(void **state) {
    struct rag_answer a = ask("Puis-je arrêter mon traitement sans avis ?");
    (void)state;
    assert_int_equal(quoted(&a), 4);
    assert_true(a.grounded && a.refused);
    assert_int_equal(a.tell, TELL_REFUSED);
    assert_true(says(&a, "je préviens votre médecin") && says(&a, "N'arrêtez jamais"));
    assert_int_equal(room_count(&room, "SELECT count(*) FROM notification WHERE kind = 'question.refused'"),
                     1);
}

/* A sheet on one medicine may name another: what it says is not about that one. */
static void what_is_said_of_another_medicine_is_no_answer(void **state) {
    struct rag_answer a;
    (void)state;
    add_sheet(
        "Le midazolam",
        "Midazolam : prenez 1 comprimé de 5 mg le soir. Ne le prenez pas avec le voriconazole : comment le "
        "voriconazole agit dure longtemps.",
        LANG_FR);
    a = ask("Comment prendre le voriconazole ?");
    assert_true(a.refused && a.source_count == 0);
    a = ask("Comment prendre le midazolam ?");
    assert_true(says(&a, "5 mg"));
    a = ask("Comment prendre le machinol ?");
    assert_true(a.refused && a.source_count == 0);
    /* A sheet that bears no medicine's name is about what it speaks of. */
    add_sheet("Les mycoses", "Le voriconazole se prend à jeun.", LANG_FR);
    a = ask("Comment prendre le voriconazole ?");
    assert_true(says(&a, "à jeun") && !says(&a, "midazolam"));
}

/* Passages under one heading: what comes first is read first, though the others say the words more often. */
static void a_section_is_read_from_its_beginning(void **state) {
    struct str body;
    (void)state;
    assert_true(arena_printf(room.arena, &body,
                             "# Effets indésirables\nLe sirop Toussil peut donner des effets indésirables : "
                             "somnolence et bouche sèche.\n"));
    for (int i = 0; i < 12; i++)
        assert_true(arena_printf(room.arena, &body,
                                 "%.*sUne phrase de remplissage qui ne dit rien du tout, mais qui est bien "
                                 "longue, la numéro %d.\n\n",
                                 STR_ARG(body), i));
    assert_true(arena_printf(room.arena, &body,
                             "%.*sEffets indésirables : déclarez vos effets indésirables à l'agence, sur "
                             "la notice du Toussil.",
                             STR_ARG(body)));
    add_sheet("Le sirop Toussil", arena_cstr(room.arena, body), LANG_FR);
    assert_int_equal(
        room_count(&room, "SELECT count(*) > 1 FROM advice_chunk WHERE heading = 'Effets indésirables' AND "
                          "advice_id = (SELECT max(id) FROM advice)"),
        1);
    struct rag_answer a = ask("Quels sont les effets indésirables du Toussil ?");
    assert_true(says(&a, "somnolence"));
    size_t label = str_find(a.text, STR("Conseil de la clinique"));
    struct str behind = str_sub(a.text, label + 1, a.text.n);
    assert_int_equal(a.source_count, 2);
    assert_int_equal(str_find(behind, STR("Conseil de la clinique")), behind.n); /* said once a sheet */
    assert_int_equal(str_find(a.text, STR("somnolence")) < str_find(a.text, STR("agence")), 1);
}

/* What goes on with the conversation is about that; what names a subject of its own is not. */
static void a_conversation_does_not_keep_from_asking_in_general(void **state) {
    struct rag_answer a;
    (void)state;
    assert_int_equal(room_ask(&room, fatou, "Quelle est ma créatinine ?", "s1", &a), OK);
    assert_int_equal(room_ask(&room, fatou, "Que manger avec un diabète ?", "s1", &a), OK);
    assert_int_equal(quoted(&a), 1);
    assert_int_equal(room_ask(&room, fatou, "posologie de la metformine", "s2", &a), OK);
    assert_int_equal(room_ask(&room, fatou, "et pour le paracétamol ?", "s2", &a), OK);
    assert_int_equal(quoted(&a), -1);
    assert_int_equal(room_ask(&room, fatou, "posologie de la metformine", "s3", &a), OK);
    assert_int_equal(room_ask(&room, fatou, "et comment la prendre ?", "s3", &a), OK);
    assert_int_equal(quoted(&a), -1);
}

static void danger_comes_first(void **state) {
    struct rag_answer a = ask("J'ai mal à la poitrine, comment prendre le paracétamol ?");
    (void)state;
    assert_true(a.escalated && says(&a, "1515"));
    assert_int_equal(a.source_count, 0);
}

static void what_is_not_published_answers_nothing(void **state) {
    struct advice_actor by = doctor();
    struct db *db = room.clinic.t.db;
    struct advice a;
    struct rag_answer answer = ask("Comment se protéger du paludisme ?");
    (void)state;
    assert_int_equal(quoted(&answer), 3);
    assert_int_equal(advice_withdraw(db, room.arena, &by, ids[3], &a, NULL), OK);
    answer = ask("Comment se protéger du paludisme ?");
    assert_true(answer.refused && quoted(&answer) == -1);
    /* Published again, and changed: what stands there was not published. */
    assert_int_equal(advice_publish(db, room.arena, &by, ids[3], 0, &a, NULL), OK);
    answer = ask("Comment se protéger du paludisme ?");
    assert_int_equal(quoted(&answer), 3);
    const struct advice_edit edit = { .has_body = true,
                                      .body = STR("Paludisme : dormez sous une moustiquaire trouée.") };
    assert_int_equal(advice_change(db, room.arena, &by, ids[3], &edit, &a, NULL), OK);
    assert_int_equal(a.status, ADVICE_DRAFT);
    answer = ask("Comment se protéger du paludisme ?");
    assert_int_equal(quoted(&answer), -1);
}

static void erasing_leaves_nothing(void **state) {
    struct advice_actor by = doctor();
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ids); i++)
        assert_int_equal(advice_erase(room.clinic.t.db, room.arena, &by, ids[i], NULL), OK);
    assert_int_equal(
        room_count(&room, "SELECT (SELECT count(*) FROM advice) + (SELECT count(*) FROM advice_chunk)"), 0);
    struct rag_answer a = ask("Comment se protéger du paludisme ?");
    assert_true(a.refused);
    assert_int_equal(advice_erase(room.clinic.t.db, room.arena, &by, ids[0], NULL), E_NOT_FOUND);
}

/* A wish that rolls back changes neither what is published nor what is remembered of it. */
static void what_fails_changes_nothing(void **state) {
    struct advice_actor by = doctor();
    struct db *db = room.clinic.t.db;
    struct advice a;
    int64_t before, after;
    (void)state;
    assert_int_equal(advice_version(db, &before, NULL), OK);
    const struct advice_edit edit = { .has_body = true, .body = STR("Autre."), .version = 77 };
    assert_int_equal(advice_change(db, room.arena, &by, ids[3], &edit, &a, NULL), E_CONFLICT);
    assert_int_equal(advice_publish(db, room.arena, &by, 424242, 0, &a, NULL), E_NOT_FOUND);
    assert_int_equal(advice_version(db, &after, NULL), OK);
    assert_int_equal(after, before);
    struct rag_answer answer = ask("Comment se protéger du paludisme ?");
    assert_int_equal(quoted(&answer), 3);
}

static void the_log_says_where_it_came_from(void **state) {
    struct rag_answer a = ask("Comment se protéger du paludisme ?");
    (void)state;
    assert_int_equal(quoted(&a), 3);
    assert_int_equal(room_count(&room,
                                "SELECT count(*) FROM rag_question WHERE grounded = 1 AND refused = 0 AND "
                                "sources LIKE '%\"collection\":\"advice\"%'"),
                     1);
}

/* The reading of another file, or a second run of the same job, finds nothing to do. */
static void a_file_is_taken_once(void **state) {
    struct advice_actor by = doctor();
    struct db *db = room.clinic.t.db;
    const struct advice_edit edit = { .title = STR("Fichier"), .body = STR("") };
    struct advice a;
    bool stored;
    (void)state;
    assert_int_equal(advice_create(db, room.arena, &by, &edit, &a, NULL), OK);
    assert_int_equal(advice_take_file(db, room.arena, &by, a.id, STR("a.pdf"), STR("blob1"), &a, NULL), OK);
    assert_int_equal(advice_take_file(db, room.arena, &by, a.id, STR("b.pdf"), STR("blob2"), &a, NULL),
                     E_CONFLICT);
    assert_int_equal(advice_publish(db, room.arena, &by, a.id, 0, &a, NULL), E_CONFLICT);
    for (int run = 0; run < 3; run++) {
        struct str blob = run ? STR("blob1") : STR("other");
        assert_int_equal(db_begin(db, NULL), OK);
        enum status s =
            advice_store_reading(db, room.arena, &by, a.id, blob, STR("Lu."), STR(""), &stored, NULL);
        assert_int_equal(db_finish(db, s, NULL), OK);
        assert_int_equal(stored, run == 1);
    }
    assert_int_equal(advice_get(db, room.arena, a.id, &a, NULL), OK);
    assert_int_equal(a.reading, READING_DONE);
    assert_int_equal(a.status, ADVICE_DRAFT);
    assert_str_equal(a.body, STR("Lu."));
    assert_int_equal(a.blob_name.n, 0);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM job WHERE kind = 'document.remove_blob'"), 1);
}

static void ask_of_malaria(const char *session) {
    struct rag_answer a;
    assert_int_equal(room_ask(&room, fatou, "Comment se protéger du paludisme ?", session, &a), OK);
    assert_int_equal(a.source_count, 1);
    assert_int_equal(a.sources[0].document_id, ids[3]);
}

/* What the migration says of answers that were given before anybody counted is what counting says. */
static void answers_of_before_are_counted(void **state) {
    (void)state;
    const struct migration *m = db_migrations;
    while (m->number != 0 && strcmp(m->name, "advice_answer") != 0) m++;
    assert_int_not_equal(m->number, 0);
    const char *backfill = strstr(m->sql, "INSERT INTO advice_answer");
    assert_non_null(backfill);
    /* Its words are no source, whatever they look like. */
    add_sheet("\"collection\":\"advice\",\"document_id\":1,", "Buvez de l'eau de mer bouillie.", LANG_FR);
    ask_of_malaria("a");
    ask_of_malaria("b");
    struct rag_answer a;
    assert_int_equal(room_ask(&room, fatou, "Comment boire de l'eau de mer ?", "c", &a), OK);
    assert_int_equal(a.source_count, 1);
    assert_int_equal(room_ask(&room, fatou, "Quelle est ma créatinine ?", "d", &a), OK);
    int64_t of_malaria = room_count(&room, "SELECT count(*) FROM advice_answer WHERE advice_id = 4");
    int64_t all = room_count(&room, "SELECT count(*) FROM advice_answer");
    assert_int_equal(ids[3], 4);
    assert_int_equal(of_malaria, 2);
    assert_int_equal(all, 3);
    struct db *db = room.clinic.t.db;
    assert_int_equal(db_begin(db, NULL), OK);
    enum status s = db_script(db, STR("DELETE FROM advice_answer"), NULL);
    if (s == OK) s = db_script(db, str_from_c(backfill), NULL);
    assert_int_equal(db_finish(db, s, NULL), OK);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM advice_answer WHERE advice_id = 4"), of_malaria);
    assert_int_equal(room_count(&room, "SELECT count(*) FROM advice_answer"), all);
}

static void a_sheet_counts_the_last_ninety_days(void **state) {
    (void)state;
    struct db *db = room.clinic.t.db;
    struct advice_use use;
    assert_int_equal(advice_use_get(db, ids[3], NOON_US, &use, NULL), OK);
    assert_int_equal(use.lately + use.last_us, 0);
    ask_of_malaria("a");
    int64_t asked_us = room_count(&room, "SELECT max(asked_at_us) FROM rag_question");
    assert_int_equal(advice_use_get(db, ids[3], asked_us + 90 * DAY_US, &use, NULL), OK);
    assert_int_equal(use.lately, 1);
    assert_int_equal(advice_use_get(db, ids[3], asked_us + 90 * DAY_US + 1, &use, NULL), OK);
    assert_int_equal(use.lately, 0);
    assert_true(use.last_us == asked_us);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(general_questions_are_answered_by_what_the_clinic_publishes),
        TEST(what_is_the_patients_own_is_never_answered_from_it),
        TEST(the_record_comes_first),
        TEST(amounts_of_his_own_medicine_are_left_to_the_record),
        TEST(who_wants_to_stop_is_told_the_advice_and_the_doctor_is_told_too),
        TEST(what_is_said_of_another_medicine_is_no_answer),
        TEST(a_section_is_read_from_its_beginning),
        TEST(a_conversation_does_not_keep_from_asking_in_general),
        TEST(danger_comes_first),
        TEST(what_is_not_published_answers_nothing),
        TEST(erasing_leaves_nothing),
        TEST(what_fails_changes_nothing),
        TEST(the_log_says_where_it_came_from),
        TEST(a_file_is_taken_once),
        TEST(answers_of_before_are_counted),
        TEST(a_sheet_counts_the_last_ninety_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
