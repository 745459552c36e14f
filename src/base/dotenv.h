#ifndef BASE_DOTENV_H
#define BASE_DOTENV_H
/*
 * dotenv -- the lines of a `.env` file.
 *
 *   # a comment            NAME=plain value   # a comment behind white space
 *   export NAME=value      NAME='taken as it is'      NAME="with \n \t \" \\ \$"
 *
 * Plain values lose the white space around them. A quoted value ends on its line. Nothing is expanded.
 * Names are letters, digits and underscores. The text must be UTF-8; a byte order mark and CRLF are accepted.
 */
#include "base/arena.h"
#include "base/status.h"

enum { DOTENV_BYTES_MAX = 64 * 1024 };

/* name lives in the text, value in the arena. A failure stops the reading. */
typedef enum status dotenv_fn(void *ctx, struct str name, struct str value, int line, struct err *);

/* Calls fn for each assignment in order (a name may come twice: the later one counts). E_INVALID names the line. */
enum status dotenv_parse(struct arena *, struct str text, dotenv_fn *fn, void *ctx, struct err *) MUST_CHECK;

#endif
