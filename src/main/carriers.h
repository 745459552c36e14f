#ifndef MAIN_CARRIERS_H
#define MAIN_CARRIERS_H
/*
 * carriers -- the carrier of messages that the settings choose, for the server and for commands.
 */
#include "base/config.h"
#include "channels/meta.h"
#include "channels/simulator.h"
#include "channels/twilio.h"

struct carriers {
    struct simulator simulator;
    struct twilio twilio;
    struct meta meta;
    struct channel channel; /* over one of them */
};

/* The settings must live as long; nothing is to be given back. simulator.media, where phones may send such, is set before. */
void carriers_open(struct carriers *, const struct config *);

#endif
