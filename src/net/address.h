#ifndef NET_ADDRESS_H
#define NET_ADDRESS_H
/*
 * address -- where on the net an address lies: for requests whose target a stranger may have named. Pure.
 *
 * Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), RFC 6052 for IPv4 inside of IPv6.
 */
#include "base/base.h"

#include <sys/socket.h>

enum address_scope {
    ADDRESS_PUBLIC,   /* somewhere on the internet */
    ADDRESS_LOOPBACK, /* this machine */
    ADDRESS_INSIDE    /* private, link-local, shared, multicast, reserved, of no family that we know */
};

/* An IPv4 address written as IPv6 (mapped, or translated by 64:ff9b::/96) lies where the IPv4 address lies. */
enum address_scope address_scope_of(const struct sockaddr *, size_t bytes);

#endif
