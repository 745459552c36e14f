#ifndef EXTRACTOR_KEEPER_H
#define EXTRACTOR_KEEPER_H
/*
 * keeper -- has everything loaded that costs time, and forks a reader for each document.
 *
 * It opens no document and reads nothing that a reader wrote: all it learns of one is its exit code. See
 * documents/extract_code.h for what is said.
 */
#include "ocr.h"

enum { KEEPER_CONTROL_FD = 3 };

/* Serves until the program closes the control socket, or nothing came for a while. Answers the exit code. */
int keeper_run(struct ocr *);

#endif
