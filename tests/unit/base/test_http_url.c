#include "test.h"

#include "base/http_url.h"

static void only_sure_addresses_are_taken(void **state) {
    (void)state;
    static const char *const good[] = {
        "https://generativelanguage.googleapis.com",
        "https://models.example:8443/v1",
        "https://192.168.1.7/openai/v1",
        "http://127.0.0.1",
        "http://127.0.0.1:8080/v1",
        "http://127.8.9.10:1",
        "http://localhost:11434/v1",
        "http://[::1]:8080/v1",
        "https://[2001:db8::1]/v1",
    };
    static const char *const bad[] = {
        "",
        "https://",
        "http://",
        "models.example",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "HTTP://127.0.0.1",
        "http://models.example",
        "http://192.168.1.7:8080/v1",
        "http://127.0.0.1.evil.example",
        "http://127.0.0.1@evil.example",
        "http://127.1",
        "http://127.0.0.256",
        "http://127.0.0.1.",
        "http://localhost.evil.example",
        "http://localhostevil",
        "http://[::1]evil.example",
        "http://[::1",
        "http://[::2]",
        "https://user:pass@models.example",
        "https://models.example?key=1",
        "https://models.example#part",
        "https://models.example:0",
        "https://models.example:65536",
        "https://models.example:",
        "https://models.example:+80",
        "https://models.example:80x",
        "https://mod els.example",
        "https://mod\\els.example",
        "https://mod\xc3\xa8les.example",
        "https://models.example/\x7f",
    };
    for (size_t i = 0; i < COUNT_OF(good); i++)
        if (!http_base_url_is_valid(str_from_c(good[i]))) fail_msg("%s is refused", good[i]);
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (http_base_url_is_valid(str_from_c(bad[i]))) fail_msg("%s is taken", bad[i]);
}

static void the_authority_is_what_stands_before_the_path(void **state) {
    (void)state;
    assert_str_equal(http_url_authority(STR("https://models.example")), STR("models.example"));
    assert_str_equal(http_url_authority(STR("http://[::1]:8080/v1/x")), STR("[::1]:8080"));
    assert_str_equal(http_url_authority(STR("http://127.0.0.1:9/v1")), STR("127.0.0.1:9"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_sure_addresses_are_taken),
        cmocka_unit_test(the_authority_is_what_stands_before_the_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
