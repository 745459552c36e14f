#ifndef HTTP_PART_HEAD_H
#define HTTP_PART_HEAD_H
/*
 * part_head -- the headers of one part of a multipart body. Inside http/ only.
 */
#include "http/multipart.h"

/* `head` is all header lines, each with its CRLF. Escapes of quoted values are taken away in place: *out points into `head`. */
bool part_head_parse(char *head, size_t n, struct part *out) MUST_CHECK;

#endif
