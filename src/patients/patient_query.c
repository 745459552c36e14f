#include "patients/patient_query.h"

#include "http/fields.h"

static const struct message patient_not_an_id = {
    "patient_not_an_id",
    "Le patient est désigné par son numéro de dossier.",
    "The patient is named by the id of the record.",
};

enum status patient_query(const struct request *rq, int64_t *patient_id, struct err *e) {
    struct str said = request_query(rq, "patient");
    *patient_id = 0;
    if (!said.n || (str_to_i64(said, patient_id) && *patient_id > 0)) return OK;
    return fail_field(e, STR("patient"), &patient_not_an_id, STR(""));
}
