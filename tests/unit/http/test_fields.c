#include "http/fields.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "http/limits.h"

struct place {
    struct arena *arena;
    struct err err;
    struct fields *fields;
};

static int make(void **state) {
    struct place *p = calloc(1, sizeof *p);
    p->arena = arena_new(1024 * 1024);
    *state = p;
    return p->arena ? 0 : -1;
}

static int drop(void **state) {
    struct place *p = *state;
    arena_free(p->arena);
    free(p);
    return 0;
}

static void parse(struct place *p, const char *json) {
    p->err = (struct err) { 0 };
    assert_int_equal(fields_parse(p->arena, str_from_c(json), &p->fields, &p->err), OK);
}

static void assert_field(const struct place *p, size_t i, const char *name, const struct message *m) {
    assert_true(i < p->err.field_count);
    assert_true(str_eq(p->err.fields[i].field, str_from_c(name)));
    assert_ptr_equal(p->err.fields[i].message, m);
}

static void reads_every_type(void **state) {
    struct place *p = *state;
    struct str text = STR(""), *list = NULL;
    int64_t number = 0, us = 0;
    bool flag = false;
    struct date date = { 0 };
    int word = -1;
    size_t count = 0;
    static const char *const words[] = { "a", "b", NULL };

    parse(p, "{\"text\":\"  Awa \\u00e9\",\"number\":-7,\"flag\":true,\"date\":\"1980-02-29\","
             "\"time\":\"2026-01-02T03:04:05Z\",\"word\":\"b\",\"list\":[\"x\",\" y \"]}");
    assert_true(fields_str(p->fields, "text", FIELD_REQUIRED, 10, &text));
    assert_true(fields_i64(p->fields, "number", FIELD_REQUIRED, -7, 5, &number));
    assert_true(fields_bool(p->fields, "flag", FIELD_REQUIRED, &flag));
    assert_true(fields_date(p->fields, "date", FIELD_REQUIRED, &date));
    assert_true(fields_time(p->fields, "time", FIELD_REQUIRED, &us));
    assert_true(fields_word(p->fields, "word", FIELD_REQUIRED, words, &word));
    assert_true(fields_str_list(p->fields, "list", FIELD_REQUIRED, 2, 1, &list, &count));
    assert_int_equal(fields_done(p->fields), OK);
    assert_true(str_eq(text, STR("Awa \xC3\xA9")));
    assert_int_equal(number, -7);
    assert_true(flag);
    assert_int_equal(date.day, 29);
    assert_int_equal(us % (60 * SECOND_US), 5 * SECOND_US);
    assert_int_equal(word, 1);
    assert_int_equal(count, 2);
    assert_true(str_eq(list[1], STR("y")));
}

static void tells_every_mistake_at_once(void **state) {
    struct place *p = *state;
    struct str text = STR("kept");
    int64_t number = 41;
    bool flag;
    struct date date;
    int word;
    static const char *const words[] = { "red", "green", NULL };

    parse(
        p,
        "{\"blank\":\"  \",\"long\":\"abcdef\",\"number\":6,\"flag\":\"true\",\"date\":\"2023-02-29\",\"word\":\"blue\","
        "\"extra\":1,\"null\":null}");
    assert_false(fields_str(p->fields, "blank", FIELD_REQUIRED, 10, &text));
    assert_false(fields_str(p->fields, "long", FIELD_OPTIONAL, 5, &text));
    assert_false(fields_i64(p->fields, "number", FIELD_OPTIONAL, 1, 5, &number));
    assert_false(fields_bool(p->fields, "flag", FIELD_OPTIONAL, &flag));
    assert_false(fields_date(p->fields, "date", FIELD_OPTIONAL, &date));
    assert_false(fields_word(p->fields, "word", FIELD_OPTIONAL, words, &word));
    assert_false(fields_str(p->fields, "null", FIELD_REQUIRED, 5, &text));
    assert_false(fields_str(p->fields, "absent", FIELD_REQUIRED, 5, &text));
    assert_int_equal(fields_done(p->fields), E_INVALID);
    assert_true(str_eq(text, STR("kept")));
    assert_int_equal(number, 41);
    assert_int_equal(p->err.field_count, 9);
    assert_field(p, 0, "blank", &field_blank);
    assert_field(p, 1, "long", &field_too_long);
    assert_string_equal(p->err.fields[1].arg, "5");
    assert_field(p, 2, "number", &field_out_of_range);
    assert_string_equal(p->err.fields[2].arg, "1 … 5");
    assert_field(p, 3, "flag", &field_not_boolean);
    assert_field(p, 4, "date", &field_invalid_date);
    assert_field(p, 5, "word", &field_not_a_choice);
    assert_string_equal(p->err.fields[5].arg, "red, green");
    assert_field(p, 6, "null", &field_required);
    assert_field(p, 7, "absent", &field_required);
    assert_field(p, 8, "extra", &field_unknown);
}

static void mistakes_are_told_in_words_that_help(void **state) {
    struct place *p = *state;
    static const char *const words[] = { "M", "F", "", NULL };
    struct str text, *list;
    int64_t number;
    size_t count;
    int word;

    parse(
        p,
        "{\"text\":5,\"number\":\"5\",\"list\":\"a\",\"many\":[\"a\",\"b\",\"c\"],\"item\":[1],\"word\":\"f\",\"id\":-1}");
    assert_false(fields_str(p->fields, "text", FIELD_OPTIONAL, 5, &text));
    assert_false(fields_i64(p->fields, "number", FIELD_OPTIONAL, 0, 9, &number));
    assert_false(fields_str_list(p->fields, "list", FIELD_OPTIONAL, 2, 5, &list, &count));
    assert_false(fields_str_list(p->fields, "many", FIELD_OPTIONAL, 2, 5, &list, &count));
    assert_false(fields_str_list(p->fields, "item", FIELD_OPTIONAL, 2, 5, &list, &count));
    assert_false(fields_word(p->fields, "word", FIELD_OPTIONAL, words, &word));
    assert_false(fields_i64(p->fields, "id", FIELD_OPTIONAL, 1, INT64_MAX, &number));
    assert_int_equal(fields_done(p->fields), E_INVALID);
    assert_field(p, 0, "text", &field_not_text);
    assert_field(p, 1, "number", &field_not_integer);
    assert_field(p, 2, "list", &field_not_list);
    assert_field(p, 3, "many", &field_too_many);
    assert_string_equal(p->err.fields[3].arg, "2");
    assert_field(p, 4, "item", &field_not_text);
    assert_field(p, 5, "word", &field_not_a_choice);
    assert_string_equal(p->err.fields[5].arg, "M, F");
    assert_field(p, 6, "id", &field_out_of_range);
    assert_string_equal(p->err.fields[6].arg, "≥ 1");
}

static void optional_fields_may_be_absent_null_or_empty(void **state) {
    struct place *p = *state;
    struct str text = STR("old");
    int64_t number = 3;

    parse(p, "{\"empty\":\"\",\"null\":null}");
    assert_true(fields_str(p->fields, "empty", FIELD_OPTIONAL, 5, &text));
    assert_int_equal(text.n, 0);
    assert_false(fields_i64(p->fields, "null", FIELD_OPTIONAL, 0, 9, &number));
    assert_false(fields_i64(p->fields, "absent", FIELD_OPTIONAL, 0, 9, &number));
    assert_int_equal(number, 3);
    assert_true(fields_has(p->fields, "null"));
    assert_false(fields_has(p->fields, "absent"));
    assert_int_equal(fields_done(p->fields), OK);
}

/* As many opening brackets as `depth`, inside one member, closed again. */
static void nested(char *out, size_t bytes, int depth) {
    size_t n = (size_t)snprintf(out, bytes, "{\"a\":");
    for (int i = 1; i < depth; i++) out[n++] = '[';
    for (int i = 1; i < depth; i++) out[n++] = ']';
    out[n++] = '}';
    out[n] = '\0';
}

static void nesting_stops_at_its_limit(void **state) {
    struct place *p = *state;
    char json[256];
    nested(json, sizeof json, JSON_DEPTH_MAX);
    parse(p, json);
    nested(json, sizeof json, JSON_DEPTH_MAX + 1);
    assert_int_equal(fields_parse(p->arena, str_from_c(json), &p->fields, &p->err), E_INVALID);
    assert_string_equal(p->err.message->code, "json_too_deep");
    parse(p, "{\"a\":\"[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[[[\"}");
}

static void members_stop_at_their_limit(void **state) {
    struct place *p = *state;
    for (int members = JSON_MEMBERS_MAX; members <= JSON_MEMBERS_MAX + 1; members++) {
        char json[8192];
        size_t n = 0;
        for (int i = 0; i < members; i++)
            n += (size_t)snprintf(json + n, sizeof json - n, "%c\"k%d\":1", i ? ',' : '{', i);
        json[n++] = '}';
        struct err e = { 0 };
        assert_int_equal(fields_parse(p->arena, (struct str) { json, n }, &p->fields, &e),
                         members <= JSON_MEMBERS_MAX ? OK : E_INVALID);
    }
}

static void what_is_no_object_is_refused(void **state) {
    struct place *p = *state;
    static const char *const bad[] = { "",
                                       " ",
                                       "[]",
                                       "1",
                                       "\"a\"",
                                       "null",
                                       "{",
                                       "{}x",
                                       "{\"a\":1,\"a\":2}",
                                       "{\"a\":\"\\u0000\"}",
                                       "{\"a\":\"\xFF\"}",
                                       "{'a':1}",
                                       "{\"a\":NaN}",
                                       "{\"a\":123456789012345678901234567890}" };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct err e = { 0 };
        assert_int_equal(fields_parse(p->arena, str_from_c(bad[i]), &p->fields, &e), E_INVALID);
        assert_string_equal(e.message->code, "json_invalid");
    }
    struct err e = { 0 };
    assert_int_equal(fields_parse(p->arena, STR("{\"a\":1}\0"), &p->fields, &e), E_INVALID);
}

/* Wraps a case of the parsing suite as {"a": CASE}, so that every case can be tried as the value of a field. */
static enum status try_case(int dir, const char *name, size_t *bytes) {
    static char json[256 * 1024];
    int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    memcpy(json, "{\"a\":", 5);
    ssize_t n = read(fd, json + 5, sizeof json - 6);
    close(fd);
    assert_true(n >= 0);
    json[5 + n] = '}';
    *bytes = (size_t)n;
    struct arena *arena = arena_new(4 * 1024 * 1024);
    struct fields *f;
    struct err e = { 0 };
    enum status s = fields_parse(arena, (struct str) { json, (size_t)n + 6 }, &f, &e);
    arena_free(arena);
    return s;
}

/* The parsing suite beside the project, where it is: y_ must pass, n_ must not. */
static void follows_the_parsing_suite(void **state) {
    (void)state;
    /* Duplicate keys and NUL characters are valid JSON that we refuse on purpose; the empty case is {"a":}. */
    static const char *const refused[] = { "y_object_duplicated_key.json",
                                           "y_object_duplicated_key_and_value.json",
                                           "y_object_escaped_null_in_key.json", "y_string_null_escape.json" };
    char path[512];
    snprintf(path, sizeof path, "%s/../shared/data/http/json/test_parsing", getenv("MEDIRECORD_SOURCE_ROOT"));
    DIR *dir = opendir(path);
    if (!dir) skip();
    const struct dirent *entry;
    int tried = 0;
    while ((entry = readdir(dir))) {
        const char *name = entry->d_name;
        if (name[0] != 'y' && name[0] != 'n') continue;
        size_t bytes;
        bool on_purpose = false;
        for (size_t i = 0; i < COUNT_OF(refused); i++) on_purpose = on_purpose || !strcmp(name, refused[i]);
        enum status s = try_case(dirfd(dir), name, &bytes);
        bool wanted = name[0] == 'y' && !on_purpose;
        /* Two brackets that close our own wrapping make another valid text of some broken ones. */
        if ((s == OK) != wanted) print_message("%s: status %d\n", name, s);
        assert_int_equal(s == OK, wanted);
        tried++;
    }
    closedir(dir);
    assert_true(tried > 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_every_type, make, drop),
        cmocka_unit_test_setup_teardown(tells_every_mistake_at_once, make, drop),
        cmocka_unit_test_setup_teardown(mistakes_are_told_in_words_that_help, make, drop),
        cmocka_unit_test_setup_teardown(optional_fields_may_be_absent_null_or_empty, make, drop),
        cmocka_unit_test_setup_teardown(nesting_stops_at_its_limit, make, drop),
        cmocka_unit_test_setup_teardown(members_stop_at_their_limit, make, drop),
        cmocka_unit_test_setup_teardown(what_is_no_object_is_refused, make, drop),
        cmocka_unit_test(follows_the_parsing_suite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
