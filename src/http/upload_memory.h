#ifndef HTTP_UPLOAD_MEMORY_H
#define HTTP_UPLOAD_MEMORY_H
/*
 * upload_memory -- the one file of an upload, in the field "file", kept in memory: for what is small and read whole.
 *
 * A sink's state begins with a struct upload_memory, its open() is upload_memory_open() with the state's size, and the functions below are
 * its hooks.
 */
#include "base/buf.h"
#include "http/upload.h"

struct upload_memory {
    struct arena *arena; /* of the request */
    struct buf bytes;
    struct str name; /* of the file, as it was sent */
    bool came;       /* one did, be it empty */
};

/* Of max_bytes at most, as the sink's file_max_bytes. The state is in the request's arena, what the room adds to it zeroed. */
enum status upload_memory_open(struct request *, size_t state_bytes, size_t max_bytes, void **state,
                               struct err *) MUST_CHECK;

enum status upload_memory_begin(void *state, struct str name, struct str filename, struct err *);
enum status upload_memory_data(void *state, struct str bytes, struct err *);
void upload_memory_close(void *state);

#endif
