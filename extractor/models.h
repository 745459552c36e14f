#ifndef EXTRACTOR_MODELS_H
#define EXTRACTOR_MODELS_H
/*
 * models -- Tesseract's language model, read into memory before the sandbox closes.
 *
 * Tesseract wants to open its files itself. Its only way to be given them is a reader function without
 * context, so the table of mapped files is a constant of the process: filled once at start, never changed.
 * This is the one file in C++: the C API has no such way in.
 */
#include <stdbool.h>
#include <tesseract/capi.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Maps fra from TESSDATA_PREFIX or the folders of the distributions. False: not installed. */
bool models_open(void);

/* An engine that recognises whole pages; NULL: no models or no memory. Opens no file. */
TessBaseAPI *models_engine_new(void);

/* From now on, running out of memory in C++ ends the process with this exit code instead of an abort. */
void models_exit_without_memory(int exit_code);

#ifdef __cplusplus
}
#endif
#endif
