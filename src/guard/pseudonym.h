#ifndef GUARD_PSEUDONYM_H
#define GUARD_PSEUDONYM_H
/*
 * pseudonym -- takes out of a text what says who it is about, before it leaves the house, and puts it back into what returns.
 *
 * Taken out: names of the patient (in any case, without accents, misspelt), of doctors and other people; telephone numbers, e-mail and web
 * addresses; postal addresses; birth dates; numbers of insurance, files and papers. Each becomes a placeholder ("[PATIENT_1]",
 * "[TELEPHONE_2]"), the same words always the same one, in all texts that one struct pseudonym hides. Medicines, values and the days of
 * documents stay: they are what is asked about. When in doubt words are taken out, because they come back unchanged.
 *
 * Not for two threads at once; lives in its arena.
 */
#include "base/arena.h"
#include "base/status.h"
#include "patients/patient.h"
#include "language/text.h"

struct pseudonym;

/* What a text may have at most: E_LIMIT beyond, nothing is let out unread. */
enum { PSEUDONYM_TEXT_BYTES_MAX = 16000 };

/* The patient may be NULL (the clinic's own texts). `others`: names that documents give (authors, addressees). Both are copied. */
enum status pseudonym_new(struct arena *, struct text_reader *, const struct patient *,
                          const struct str *others, size_t other_count, struct pseudonym **,
                          struct err *) MUST_CHECK;

enum status pseudonym_hide(struct pseudonym *, struct str text, struct str *out, struct err *) MUST_CHECK;

/* E_CONFLICT: a placeholder that was never given. Text without any comes back as it is. */
enum status pseudonym_put_back(struct pseudonym *, struct str text, struct str *out, struct err *) MUST_CHECK;

#endif
