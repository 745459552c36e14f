#ifndef PATIENTS_PATIENT_HANDLERS_H
#define PATIENTS_PATIENT_HANDLERS_H
/*
 * The handlers of this room, for its route table in patients_api.c. Room context: struct patients.
 */
#include "http/route.h"
#include "patients/patient_store.h"

handler_fn patient_list_get, patient_post, patient_get_one, patient_put, patient_patch, patient_delete;
handler_fn patient_confirm_post, patient_check_active_post, patient_send_activation_post;
handler_fn patient_choices_get, patient_activation_link_post;
handler_fn patient_import_post, patient_list_export_get;
handler_fn patient_timeline_get, patient_export_get, patient_zip_get, patient_consents_get,
    patient_consents_post;

/* The list of an import. */
extern const struct upload_sink patient_import_upload;

/* What ?status=, ?search= and the others of the list say. */
enum status patient_filter_read(const struct request *, struct patient_filter *, struct err *) MUST_CHECK;

/* Who asks, for the stores. */
struct patient_actor patient_actor_of(const struct request *);

#endif
