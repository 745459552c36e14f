#include "test.h"

#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

static enum address_scope scope(const char *text) {
    struct sockaddr_in in4 = { .sin_family = AF_INET };
    struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };

    if (inet_pton(AF_INET, text, &in4.sin_addr) == 1)
        return address_scope_of((const struct sockaddr *)&in4, sizeof in4);
    assert_int_equal(inet_pton(AF_INET6, text, &in6.sin6_addr), 1);
    return address_scope_of((const struct sockaddr *)&in6, sizeof in6);
}

static void the_internet_is_public(void **state) {
    (void)state;
    static const char *const addresses[] = {
        "1.1.1.1",          "9.255.255.255",   "11.0.0.0",        "100.63.255.255", "100.128.0.0",
        "126.255.0.1",      "128.0.0.1",       "169.253.255.255", "169.255.0.0",    "172.15.255.255",
        "172.32.0.0",       "192.167.255.255", "192.169.0.0",     "198.17.255.255", "198.20.0.0",
        "223.255.255.1",    "2606:4700::1111", "2a03:2880::1",    "2001:200::1",    "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    };
    for (size_t i = 0; i < COUNT_OF(addresses); i++)
        if (scope(addresses[i]) != ADDRESS_PUBLIC) fail_msg("%s", addresses[i]);
}

static void this_machine_is_loopback(void **state) {
    (void)state;
    static const char *const addresses[] = { "127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1",
                                             "64:ff9b::7f00:1" };
    for (size_t i = 0; i < COUNT_OF(addresses); i++)
        if (scope(addresses[i]) != ADDRESS_LOOPBACK) fail_msg("%s", addresses[i]);
}

static void whatever_is_neither_is_inside(void **state) {
    (void)state;
    static const char *const addresses[] = {
        "0.0.0.0",         "0.1.2.3",
        "10.0.0.1",        "10.255.255.255",
        "100.64.0.1",      "100.127.255.255",
        "169.254.0.1",     "169.254.169.254",
        "172.16.0.1",      "172.31.255.255",
        "192.0.0.8",       "192.0.2.1",
        "192.88.99.1",     "192.168.0.1",
        "192.168.255.255", "198.18.0.1",
        "198.19.0.1",      "198.51.100.7",
        "203.0.113.9",     "224.0.0.1",
        "239.1.1.1",       "240.0.0.1",
        "255.255.255.255", "::",
        "::ffff:10.0.0.1", "::ffff:169.254.169.254",
        "::ffff:0.0.0.0",  "::10.0.0.1",
        "64:ff9b::a00:1",  "64:ff9b:1::1",
        "100::1",          "2001::1",
        "2001:1ff::1",     "2001:db8::1",
        "2002:7f00:1::",   "2002:808:808::",
        "3fff:fff::1",     "fc00::1",
        "fd12:3456::1",    "fe80::1",
        "fec0::1",         "ff02::1",
    };
    for (size_t i = 0; i < COUNT_OF(addresses); i++)
        if (scope(addresses[i]) != ADDRESS_INSIDE) fail_msg("%s", addresses[i]);
}

static void what_is_no_address_of_the_internet_is_inside(void **state) {
    (void)state;
    struct sockaddr_un local = { .sun_family = AF_UNIX };
    struct sockaddr_in cut = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(0x01010101) };
    assert_int_equal(address_scope_of((const struct sockaddr *)&local, sizeof local), ADDRESS_INSIDE);
    assert_int_equal(address_scope_of((const struct sockaddr *)&cut, sizeof cut - 1), ADDRESS_INSIDE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_internet_is_public),
        cmocka_unit_test(this_machine_is_loopback),
        cmocka_unit_test(whatever_is_neither_is_inside),
        cmocka_unit_test(what_is_no_address_of_the_internet_is_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
