#ifndef RAG_ADVICE_API_H
#define RAG_ADVICE_API_H
/*
 * The handlers of the clinic's advice, for the route table in advice_routes.c, and what they share. Room context: struct rag.
 */
#include "http/route.h"
#include "http/upload.h"
#include "base/json_out.h"
#include "rag/advice.h"

handler_fn advice_list_get, advice_list_post, advice_get_one, advice_patch, advice_delete,
    advice_publish_post, advice_withdraw_post, advice_file_post, advice_answers_get;

extern const struct upload_sink advice_upload;

/* One sheet as the API shows it, with how often it answered; error sentences in the language of the reader. */
enum advice_shown { ADVICE_WITHOUT_BODY, ADVICE_WITH_BODY };
enum status advice_write_json(const struct request *, struct json_out *, const struct advice *,
                              enum advice_shown, struct err *) MUST_CHECK;

struct advice_actor advice_actor_of(const struct request *);

#endif
