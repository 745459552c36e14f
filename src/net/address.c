#include "net/address.h"

#include <netinet/in.h>

struct block {
    unsigned char bytes[8];
    int bits;
};

static const struct block not_public_4[] = {
    { { 0 }, 8 },             /* "this network" */
    { { 10 }, 8 },            /* private */
    { { 100, 64 }, 10 },      /* shared by a provider's customers */
    { { 127 }, 8 },           /* loopback */
    { { 169, 254 }, 16 },     /* link-local, and the metadata of clouds */
    { { 172, 16 }, 12 },      /* private */
    { { 192, 0, 0 }, 24 },    /* protocol assignments */
    { { 192, 0, 2 }, 24 },    /* documentation */
    { { 192, 88, 99 }, 24 },  /* relays from 6to4 */
    { { 192, 168 }, 16 },     /* private */
    { { 198, 18 }, 15 },      /* benchmarks */
    { { 198, 51, 100 }, 24 }, /* documentation */
    { { 203, 0, 113 }, 24 },  /* documentation */
    { { 224 }, 4 },           /* multicast */
    { { 240 }, 4 },           /* reserved, broadcast */
};

/* Of IPv6 only 2000::/3 is given to anybody; these are its blocks that lead elsewhere. */
static const struct block global_6 = { { 0x20 }, 3 };
static const struct block not_public_6[] = {
    { { 0x20, 0x01, 0x00 }, 23 },       /* protocol assignments, Teredo */
    { { 0x20, 0x01, 0x0d, 0xb8 }, 32 }, /* documentation */
    { { 0x20, 0x02 }, 16 },             /* 6to4: any IPv4 address behind a relay */
    { { 0x3f, 0xff, 0x00 }, 20 },       /* documentation */
};

static bool lies_in(const unsigned char *address, const struct block *b) {
    size_t whole = (size_t)b->bits / 8;
    int rest = b->bits % 8;
    if (memcmp(address, b->bytes, whole) != 0) return false;
    return rest == 0 || (address[whole] ^ b->bytes[whole]) >> (8 - rest) == 0;
}

static bool lies_in_any(const unsigned char *address, const struct block *blocks, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (lies_in(address, &blocks[i])) return true;
    return false;
}

static enum address_scope scope_of_4(const unsigned char *address) {
    if (address[0] == 127) return ADDRESS_LOOPBACK;
    return lies_in_any(address, not_public_4, COUNT_OF(not_public_4)) ? ADDRESS_INSIDE : ADDRESS_PUBLIC;
}

static enum address_scope scope_of_6(const unsigned char *address) {
    static const unsigned char loopback[16] = { [15] = 1 }, mapped[12] = { [10] = 0xff, [11] = 0xff },
                               translated[12] = { 0x00, 0x64, 0xff, 0x9b };
    if (memcmp(address, loopback, 16) == 0) return ADDRESS_LOOPBACK;
    if (memcmp(address, mapped, 12) == 0 || memcmp(address, translated, 12) == 0)
        return scope_of_4(address + 12);
    if (!lies_in(address, &global_6)) return ADDRESS_INSIDE;
    return lies_in_any(address, not_public_6, COUNT_OF(not_public_6)) ? ADDRESS_INSIDE : ADDRESS_PUBLIC;
}

enum address_scope address_scope_of(const struct sockaddr *address, size_t bytes) {
    struct sockaddr_in in4;
    struct sockaddr_in6 in6;

    if (bytes >= sizeof in4 && address->sa_family == AF_INET) {
        memcpy(&in4, address, sizeof in4);
        return scope_of_4((const unsigned char *)&in4.sin_addr);
    }
    if (bytes >= sizeof in6 && address->sa_family == AF_INET6) {
        memcpy(&in6, address, sizeof in6);
        return scope_of_6(in6.sin6_addr.s6_addr);
    }
    return ADDRESS_INSIDE;
}
