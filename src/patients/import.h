#ifndef PATIENTS_IMPORT_H
#define PATIENTS_IMPORT_H
/*
 * import -- a list of patients from a spreadsheet, row by row: made, changed, left as they are, or refused with the reason.
 *
 * A number that is known belongs to the same person when the names agree: the cells that say something are laid over the record, so that the
 * same list twice changes nothing the second time. With another name the row is refused: nobody's record is overwritten by a slip of a digit.
 * What is refused keeps no other row back. All that is written is one transaction.
 */
#include "base/json_out.h"
#include "patients/patient_store.h"

enum { IMPORT_ROWS_MAX = 5000, IMPORT_FILE_MAX_BYTES = 4 * 1024 * 1024 };

struct import_request {
    struct str bytes;  /* the file */
    struct str region; /* how local numbers are read */
    enum lang lang;    /* of the reasons */
    bool dry_run;      /* says what would happen, and writes nothing */
    void (*on_row)(void *ctx, size_t done_bytes, size_t total_bytes); /* after each row; NULL: nobody looks */
    void *ctx;
};

/* One JSON object, "PatientImport" of the schema. E_INVALID with words: the file as a whole cannot be used. */
enum status patient_import(struct db *, const struct patient_actor *, struct arena *,
                           const struct import_request *, struct json_out *, struct err *) MUST_CHECK;

#endif
