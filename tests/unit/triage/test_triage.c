#include "triage/triage.h"

#include "test.h"

static struct arena *arena;
static struct text_reader *reader;
static struct triage_book *book;
static bool is_supposed; /* the last message that was read */

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)64 << 20);
    if (!arena || text_reader_open(arena, &reader, NULL) != OK) return -1;
    return triage_book_new(arena, &book, NULL) == OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static enum danger read_text(struct str text) {
    struct tokens tokens;
    struct triage_reading out = { 0 };
    assert_int_equal(text_tokens(reader, arena, text, TEXT_QUESTION, &tokens, NULL), OK);
    assert_int_equal(triage_read(book, arena, &tokens, &out, NULL), OK);
    is_supposed = out.supposed;
    return out.danger;
}

static void check(const char *text, enum danger wanted) {
    enum danger got = read_text(str_from_c(text));
    if (got != wanted) fail_msg("%s: %s instead of %s", text, danger_name(got), danger_name(wanted));
}

static void danger_signs_are_seen(void **state) {
    (void)state;
    check("J'ai mal à la poitrine", DANGER_CHEST);
    check("DOULEUR A LA POITRINE!!!", DANGER_CHEST);
    check("g mal a la poitrinne", DANGER_CHEST);
    check("sama xol dafay metti", DANGER_CHEST);
    check("je n'arrive plus à respirer", DANGER_BREATHING);
    check("mënuma noyyi", DANGER_BREATHING);
    check("sa bouche est tordue", DANGER_STROKE);
    check("elle ne se réveille pas", DANGER_UNCONSCIOUS);
    check("mon bébé convulse", DANGER_SEIZURE);
    check("je vomis du sang", DANGER_BLEEDING);
    check("je veux mourir", DANGER_SUICIDE);
    check("je n'ai plus envie de vivre", DANGER_SUICIDE);
    check("il a bu de la javel", DANGER_POISON);
    check("je suis enceinte et je saigne", DANGER_PREGNANCY);
    check("jaan matt na ma", DANGER_BITE);
    check("au secours", DANGER_CALL);
}

static void what_is_denied_is_no_sign(void **state) {
    (void)state;
    check("je n'ai pas mal à la poitrine", DANGER_NONE);
    check("pas eu de douleur à la poitrine", DANGER_NONE);
    check("sans douleur thoracique", DANGER_NONE);
    check("je n'ai plus mal à la poitrine", DANGER_NONE);
    check("je ne convulse pas", DANGER_NONE);
    check("amuma metti ci denn", DANGER_NONE);
}

/* A denial holds for what follows it, not for the whole message. */
static void a_denial_of_something_else_takes_nothing_back(void **state) {
    (void)state;
    check("je ne me sens pas bien j'ai mal à la poitrine", DANGER_CHEST);
    check("pas de fièvre mais douleur dans la poitrine", DANGER_CHEST);
    check("je dors pas, mal à la poitrine", DANGER_CHEST);
    check("j'ai plus mal à la poitrine qu'hier", DANGER_CHEST);
}

static void what_is_long_past_is_no_sign(void **state) {
    (void)state;
    check("j'ai eu un infarctus en 2012", DANGER_NONE);
    check("il y a 5 ans j'ai fait un AVC", DANGER_NONE);
    check("l'année dernière j'ai eu une crise cardiaque", DANGER_NONE);
    check("j'ai eu un AVC l'année dernière et maintenant j'ai mal à la poitrine", DANGER_CHEST);
    check("J'ai eu un AVC en 2012. J'ai mal à la poitrine.", DANGER_CHEST);
    check("l'année dernière j'ai eu envie de mourir", DANGER_SUICIDE);
}

static void what_is_only_asked_about_is_no_sign(void **state) {
    (void)state;
    check("c'est quoi un AVC ?", DANGER_NONE);
    check("comment éviter une crise cardiaque", DANGER_NONE);
    check("l'aspirine peut provoquer des vomissements de sang ?", DANGER_NONE);
    check("c'est quoi ? j'ai mal à la poitrine", DANGER_CHEST);
}

static void ordinary_messages_raise_no_alarm(void **state) {
    (void)state;
    check("Quelle est ma dernière ordonnance ?", DANGER_NONE);
    check("résultat de ma prise de sang", DANGER_NONE);
    check("la radio de la poitrine est normale ?", DANGER_NONE);
    check("", DANGER_NONE);
    check("😀", DANGER_NONE);
}

/* However long the message and however deep the sign in it. */
static void a_sign_at_the_end_of_a_long_message_is_seen(void **state) {
    (void)state;
    struct str text = STR("");
    for (int i = 0; i < 150; i++)
        assert_true(arena_printf(arena, &text, "%.*sje vous écris encore. ", STR_ARG(text)));
    assert_true(arena_printf(arena, &text, "%.*sJ'ai mal à la poitrine", STR_ARG(text)));
    assert_int_equal(read_text(text), DANGER_CHEST);
}

static void numbers_speak_with_the_words_beside_them(void **state) {
    (void)state;
    check("glycémie à 0,4", DANGER_SUGAR);
    check("glycémie 1,05 à jeun", DANGER_NONE);
    check("sucre à 5 grammes", DANGER_SUGAR);
    check("glycémie 5,2 mmol", DANGER_NONE);
    check("fièvre à 40", DANGER_FEVER);
    check("fièvre à 38", DANGER_NONE);
    check("bébé de 3 semaines, fièvre 38", DANGER_CHILD);
    check("tension 22/13", DANGER_PAIN);
    check("tension 12/7", DANGER_NONE);
    check("tension depuis 20 ans", DANGER_NONE);
    check("j'ai pris 20 comprimés", DANGER_POISON);
    check("j'ai pris 2 comprimés", DANGER_NONE);
}

static void what_is_over_is_no_sign(void **state) {
    (void)state;
    check("la douleur à la poitrine a disparu", DANGER_NONE);
    check("la douleur à la poitrine n'a pas disparu", DANGER_CHEST);
    check("la douleur dans la poitrine est passée dans le bras", DANGER_CHEST);
    check("la douleur à la poitrine a disparu puis est revenue", DANGER_CHEST);
    check("deret ji taxaw na", DANGER_NONE);
}

static void what_a_paper_says_is_no_sign(void **state) {
    (void)state;
    check("le compte rendu parle de douleur thoracique", DANGER_NONE);
    check("que signifie convulsion fébrile", DANGER_NONE);
    check("Ma tension de l'œil droit en avril ?", DANGER_NONE);
    check("du sang dans mes urines ou pa", DANGER_NONE);
    check("je pisse du sang depuis ce matin", DANGER_BLEEDING);
    check("Pourquoi il ne faut pas me piquer au bras gauche ?", DANGER_NONE);
    check("ça me serre dans le bras gauche et je transpire", DANGER_CHEST);
    check("j'ai lu mon compte rendu et là j'ai mal à la poitrine et je tombe", DANGER_CHEST);
}

static void words_of_danger_may_mean_none(void **state) {
    (void)state;
    check("je meurs de faim", DANGER_NONE);
    check("je suis mort de rire", DANGER_NONE);
    check("ce prix me tue", DANGER_NONE);
    check("il meurt", DANGER_CALL);
}

/* "Si je saigne, j'appelle qui ?": a rule is asked for, nothing is told. */
static void what_is_only_supposed_is_no_sign(void **state) {
    (void)state;
    check("Si je crache du sang, j'appelle qui ?", DANGER_NONE);
    check("Bonjour docteur. Que faire si ma fille convulse ?", DANGER_NONE);
    check("si ma levre gonfle jfé koi", DANGER_NONE);
    check("Comment je prends la ventoline en cas de crise d'asthme ?", DANGER_NONE);
    check("Si j'ai mal à la poitrine et que je transpire, je vais où ?", DANGER_NONE);
    check("Su ma waccoo deret, kan laay woo ?", DANGER_NONE);
    check("What should I do if my face swells?", DANGER_NONE);
    assert_true(is_supposed);
    check("Si j'oublie un comprimé, je fais quoi ?", DANGER_NONE);
    assert_false(is_supposed);
    check("Je crache du sang, j'appelle qui ?", DANGER_BLEEDING);
    assert_false(is_supposed);
}

/* It happens now, something else is told beside it, or the question is none of what to do. */
static void a_condition_hides_no_danger(void **state) {
    (void)state;
    check("Si ça continue je fais quoi, je crache du sang", DANGER_BLEEDING);
    check("Si je crache encore du sang, j'appelle qui ?", DANGER_BLEEDING);
    check("Je crache du sang, j'appelle qui ?", DANGER_BLEEDING);
    check("s'il vous plaît j'ai mal à la poitrine je fais quoi", DANGER_CHEST);
    check("si vous etes la jai mal a la poitrine je fais quoi", DANGER_CHEST);
    check("si je bouge j'ai mal à la poitrine je fais quoi", DANGER_CHEST);
    check("Je ne sais pas si je dois venir, ma bouche est tordue, que faire ?", DANGER_STROKE);
    check("Que faire si mon mari ne respire plus depuis 2 minutes ?", DANGER_BREATHING);
    check("Ma fille convulse. Si elle vomit je fais quoi ?", DANGER_SEIZURE);
    check("Si je veux mourir, j'appelle qui ?", DANGER_SUICIDE);
    check("si j'avale toute la boite je fais quoi", DANGER_POISON);
    check("si j'ai envie d'en finir, j'appelle qui ?", DANGER_SUICIDE);
    check("What do I do if my baby won't wake up?", DANGER_UNNAMED);
    check("If my face swells more what do I do, it is swelling now", DANGER_ALLERGY);
}

/* What somebody may do to himself is no mere condition, and what comes back with each step is told of. */
static void a_wish_to_die_or_poison_is_never_only_supposed(void **state) {
    (void)state;
    check("si je prends 20 comprimés", DANGER_POISON);
    check("si je prends toute la boîte d'un coup", DANGER_POISON);
    check("si j'avale les 28 comprimés c'est fini ?", DANGER_POISON);
    check("if i take the whole bottle", DANGER_POISON);
    check("su ma jelee 30 comprimés", DANGER_POISON);
    check("si ma vie ne vaut rien", DANGER_SUICIDE);
    check("si ma vie ne vaut rien, je fais quoi ?", DANGER_SUICIDE);
    check("suma deewee dafay gën", DANGER_SUICIDE);
    check("si je n'étais plus là ma famille serait soulagée", DANGER_SUICIDE);
    check("combien de comprimés faut il pour mourir", DANGER_SUICIDE);
    check("si je prends 2 comprimés au lieu d'un c'est grave ?", DANGER_NONE);
    check("si je n'étais plus fatigué ce serait mieux ?", DANGER_NONE);
    check("si ma vie change je peux arrêter le traitement ?", DANGER_NONE);
    check("mon cousin s'est suicidé l'an dernier, je voudrais voir la psychologue", DANGER_NONE);
    check("mon cousin s'est suicidé l'an dernier et moi aussi je veux mourir", DANGER_SUICIDE);
}

static void what_brings_a_sign_on_each_time_is_told_of(void **state) {
    (void)state;
    check("if I move my chest hurts, what should I do", DANGER_CHEST);
    check("si je marche ma poitrine me fait mal, que faire ?", DANGER_CHEST);
    check("If my chest hurts what should I do", DANGER_NONE);
    check("If I get chest pain who do I call", DANGER_NONE);
    check("if I walk my knee hurts, what should I do", DANGER_NONE);
}

static void what_is_asked_about_now_stays_a_sign_only_where_it_is_one(void **state) {
    (void)state;
    check("Mes urines sont orange avec le médicament, c'est normal ?", DANGER_NONE);
    check("Mon genou est chaud après la marche, c'est grave ?", DANGER_NONE);
    check("Mes selles sont noires depuis le fer, c'est normal ?", DANGER_NONE);
    check("je peux manger du poisson avc le traitement", DANGER_NONE);
    check("Ma glycémie du 17 mai au matin ?", DANGER_NONE);
    check("les patch 21 cb de semaine", DANGER_NONE);
    check("Mes selles sont noires comme du goudron, c'est normal ?", DANGER_BLEEDING);
    check("Sa bouche est tordue, c'est grave ?", DANGER_STROKE);
    check("tension 22 de tension", DANGER_PAIN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_only_supposed_is_no_sign),
        cmocka_unit_test(a_condition_hides_no_danger),
        cmocka_unit_test(a_wish_to_die_or_poison_is_never_only_supposed),
        cmocka_unit_test(what_brings_a_sign_on_each_time_is_told_of),
        cmocka_unit_test(what_is_asked_about_now_stays_a_sign_only_where_it_is_one),
        cmocka_unit_test(numbers_speak_with_the_words_beside_them),
        cmocka_unit_test(what_is_over_is_no_sign),
        cmocka_unit_test(what_a_paper_says_is_no_sign),
        cmocka_unit_test(words_of_danger_may_mean_none),
        cmocka_unit_test(danger_signs_are_seen),
        cmocka_unit_test(what_is_denied_is_no_sign),
        cmocka_unit_test(a_denial_of_something_else_takes_nothing_back),
        cmocka_unit_test(what_is_long_past_is_no_sign),
        cmocka_unit_test(what_is_only_asked_about_is_no_sign),
        cmocka_unit_test(ordinary_messages_raise_no_alarm),
        cmocka_unit_test(a_sign_at_the_end_of_a_long_message_is_seen),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
