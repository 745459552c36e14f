#ifndef RAG_NOTICE_H
#define RAG_NOTICE_H
/*
 * notice -- what papers tell a patient to heed and which is asked for by its kind: the signs for which to come at once ("Revenir aux urgences
 * si : …"), the medicines that are not to be taken ("Ne pas prendre : …"), and what to do with a dose that was forgotten ("Oubli : …"),
 * what a medicine or an operation may bring along ("Effets possibles : …"), and what is not to be eaten ("Eviter : …"). What asks for each and what shows it stands in notices.txt.
 */
#include "language/phrase.h"

enum notice { NOTICE_SIGNS, NOTICE_FORBIDDEN, NOTICE_MISSED, NOTICE_EFFECTS, NOTICE_FOOD, NOTICE_COUNT };
enum told {
    TOLD_SIGNS = NOTICE_SIGNS,
    TOLD_FORBIDDEN = NOTICE_FORBIDDEN,
    TOLD_MISSED = NOTICE_MISSED,
    TOLD_EFFECTS = NOTICE_EFFECTS,
    TOLD_FOOD = NOTICE_FOOD
}; /* on paper */

struct notice_book;
enum status notice_book_new(struct arena *, struct notice_book **, struct err *) MUST_CHECK;

/* Which kind a message asks for; NOTICE_COUNT: none. `drug` marks tokens that name a medicine; `said` is the caller's, a token each: words that such questions are made of. */
enum status notice_asked(const struct notice_book *, struct arena *, const struct tokens *, const bool *drug,
                         enum notice *, bool *said, struct err *) MUST_CHECK;

/* Whether printed words tell it; `drug` marks those that name a medicine. */
enum status notice_stands(const struct notice_book *, struct arena *, const struct tokens *, const bool *drug,
                          enum notice, bool *stands, struct err *) MUST_CHECK;

/* Whether a printed folded word stands in what shows a notice. */
bool notice_knows(const struct notice_book *, struct str folded);

/* The tables, made from notices.txt. */
extern const struct phrase_class notices_classes[];
extern const struct phrase notices_notice[], notices_told[];

#endif
