#ifndef MESSAGING_TEXTS_H
#define MESSAGING_TEXTS_H
/*
 * texts -- the fixed texts that patients read, in French, Wolof and English. None holds anything of a
 * record but the first name.
 */
#include "base/arena.h"

enum text {
    TEXT_ACTIVATION,     /* {name} {link} {emergency} */
    TEXT_ACTIVATION_SMS, /* likewise, for people without WhatsApp */
    TEXT_WELCOME,        /* {name} {emergency} */
    TEXT_PENDING,        /* {emergency} */
    TEXT_DECLINED,
    TEXT_INACTIVE,    /* {emergency} */
    TEXT_UNKNOWN,     /* {emergency} */
    TEXT_MEDIA_KEPT,  /* {emergency} */
    TEXT_MEDIA_VOICE, /* {emergency} */
    TEXT_MEDIA_TOO_LARGE,
    TEXT_MEDIA_UNSUPPORTED,
    TEXT_MEDIA_FAILED,
    TEXT_HELP, /* {emergency} */
    TEXT_STOPPED,
    TEXT_RESTARTED,
    TEXT_LINK_EXPIRED,
    TEXT_ASSISTANT_OFF, /* {emergency} */
    TEXT_TROUBLE,       /* {emergency} */
    TEXT_LINK_WHICH,
    TEXT_DOCTOR, /* {emergency} */
    TEXT_ERASE_EXPLAIN,
    TEXT_ERASE_NOTED,
    TEXT_WHO,          /* {list} {emergency} */
    TEXT_CODE,         /* {name} */
    TEXT_CODE_WRONG,   /* {name} */
    TEXT_CODE_LOCKED,  /* {emergency} */
    TEXT_CODE_MISSING, /* {name} {emergency} */
    TEXT_IDENTIFIED,   /* {name} */
    TEXT_RECORD,       /* {name} {list} */
    TEXT_COUNT
};

struct text_values {
    struct str name, link, emergency, list;
};

/* The text with its values. False: the arena is full. */
bool text_write(struct arena *, enum text, enum lang, const struct text_values *, struct str *out) MUST_CHECK;

#endif
