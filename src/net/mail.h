#ifndef NET_MAIL_H
#define NET_MAIL_H
/*
 * mail -- plain text by e-mail, over libcurl's SMTP client (RFC 5321, 5322, 2047).
 *
 * With `tls` the connection is encrypted before anything is said: from the start on port 465, by STARTTLS on any other (RFC 8314, 3207), and nothing is
 * sent when the server cannot. Without, only to this machine. Waits on the calling thread; hold no transaction.
 */
#include "base/arena.h"
#include "base/status.h"

struct mail_server {
    struct str host; /* empty: no mail is sent */
    int port;
    struct str user, password; /* empty: none is needed */
    bool tls;
    struct str from; /* "alerte@clinique.sn" */
};

struct mail {
    struct str to;      /* one address */
    struct str subject; /* any text on one line */
    struct str text;    /* any text */
    struct str
        id; /* of this mail, without blanks: sent again after a lost answer, it has the same Message-ID */
    int64_t now_us;
};

/*
 * OK: the server took it over. E_RETRY: nothing was handed over, later may work. E_UNCERTAIN: it may have been. E_INVALID: the address was
 * refused for good. E_DENIED: user or password is wrong.
 */
enum status mail_send(struct arena *, const struct mail_server *, const struct mail *,
                      struct err *) MUST_CHECK;

/* Connects and signs in, sends nothing. As above. */
enum status mail_check(struct arena *, const struct mail_server *, struct err *) MUST_CHECK;

#endif
