#ifndef CHANNELS_SIMULATOR_H
#define CHANNELS_SIMULATOR_H
/*
 * simulator -- a carrier inside the program, to try everything without an account: what it takes is
 * delivered at once.
 *
 * It keeps books of its own (table simulator_delivery), as a real carrier does, so that "did it arrive?"
 * has an answer after a crash and a test can count how often each text reached the phone. Faults are asked
 * for by a test through `next_fault`.
 */
#include "channels/channel.h"

struct simulator_media;

enum simulator_fault {
    SIM_OK,
    SIM_BUSY,         /* VERDICT_RETRY, nothing was delivered */
    SIM_REFUSED,      /* VERDICT_REFUSED */
    SIM_LOST_ANSWER,  /* delivered, but the answer is lost: E_UNCERTAIN */
    SIM_LOST_REQUEST, /* not delivered, and no answer: E_UNCERTAIN */
    SIM_CANNOT_TELL   /* find() only: E_RETRY */
};

struct simulator {
    struct str region; /* how a number without + is read */
    /* NULL: no faults. Called for each send and find; must be safe to call from several threads. */
    enum simulator_fault (*next_fault)(void *ctx, const struct outgoing *, bool finding);
    void *ctx;
    struct simulator_media *media; /* what phones send beside words; NULL: nothing */
};

/* The channel over *sim, which must outlive it. */
struct channel simulator_channel(struct simulator *sim);

#endif
