#ifndef DOCUMENTS_RECEIVE_H
#define DOCUMENTS_RECEIVE_H
/*
 * receive -- one file on its way in, however it comes: encrypted on the disk while it passes, and known by its content.
 *
 * What cannot be read is not stored either: once its head says so, the bytes only pass by, and receive_finish() refuses them.
 */
#include "documents/document.h"
#include "documents/file_type.h"

struct received_file {
    struct str name; /* the last part of whatever path the client sent */
    struct blob_writer *writer;
    struct blob blob; /* after receive_finish() */
    size_t head_filled;
    enum file_type type; /* FILE_UNKNOWN until the head is there, and for what we do not read */
    bool typed;
    char head[FILE_HEAD_BYTES];
};

/* In the arena, which takes an unkept blob along. */
enum status receive_start(const struct documents *, struct arena *, struct str file_name,
                          struct received_file **, struct err *) MUST_CHECK;
enum status receive_data(struct received_file *, struct str bytes, struct err *) MUST_CHECK;

/* E_INVALID with a message when the file is empty or of a kind that is not read (*unsupported: HTTP 415). */
enum status receive_check(struct received_file *, bool *unsupported, struct err *) MUST_CHECK;
/* Everything is on the disk; blob_keep(writer) once a row names it. */
enum status receive_finish(struct received_file *, struct err *) MUST_CHECK;

/* A document of the received file, without its patient and what people say of it. */
struct document receive_document(const struct received_file *);

/* The last part of a path, cleaned; "document" when nothing is left. False: the arena is full. */
bool receive_file_name(struct arena *, struct str path, struct str *out) MUST_CHECK;

#endif
