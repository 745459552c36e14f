#ifndef HTTP_UPLOAD_H
#define HTTP_UPLOAD_H
/*
 * upload -- files streamed into a room while they arrive, whatever their size, in constant memory.
 *
 * The sink runs on the HTTP thread and writes to the local disk only. After the last byte the route's handler runs as usual with
 * request.upload set; a request that breaks off, is refused or runs into its deadline ends in abort() instead of the handler.
 */
#include "http/route.h"

struct upload_sink {
    /* NULL: multipart/form-data. Else the whole body is one file without name and fields, and this is its media type. */
    const char *raw_type;
    uint64_t file_max_bytes; /* a longer file ends the request with 413 */
    int files_max, fields_max;
    size_t field_max_bytes;

    /* Makes the state of one request (in rq->arena or by itself); called after authentication and permission. */
    enum status (*open)(struct request *rq, void **state, struct err *);
    /* A whole text field, valid UTF-8 without NUL. This and file_begin() are called for forms alone. */
    enum status (*field)(void *state, struct str name, struct str value, struct err *);
    enum status (*file_begin)(void *state, struct str name, struct str filename, struct err *);
    enum status (*file_data)(void *state, struct str bytes, struct err *);
    /* Forgets everything that was received; called unless the handler ran, and after it: must cope with both. NULL: the arena takes it along. */
    void (*close)(void *state);
};

/* The media type that the sink takes. */
static inline const char *upload_media_type(const struct upload_sink *sink) {
    return sink->raw_type ? sink->raw_type : "multipart/form-data";
}

struct upload {
    void *state;
};

/* For the handler of a route that cannot do without a file. */
extern const struct message upload_file_missing;

#endif
