/* fuzz_json_out -- whatever a string holds, what is written is one JSON string, and jansson reads the same text back. */
#include "base/json_out.h"
#include "base/utf8.h"

#include <jansson.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str in = { (const char *)data, size };
    struct buf out;
    double number = 0;
    buf_init(&out, size * 6 + 128);
    struct json_out j = json_out_to(&out);
    memcpy(&number, data, size < sizeof number ? size : sizeof number);
    json_put_array(&j);
    json_put_str(&j, in);
    json_put_real(&j, number);
    json_put_array_end(&j);
    if (!buf_ok(&out)) abort();

    json_error_t why;
    json_t *doc = json_loadb(out.p, out.n, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, &why);
    if (!doc || json_array_size(doc) != 2) abort();
    const json_t *text = json_array_get(doc, 0), *real = json_array_get(doc, 1);
    struct str back = { json_string_value(text), json_string_length(text) };
    if (utf8_is_clean(in) && !str_eq(in, back)) abort();
    if (json_is_real(real) && !(json_real_value(real) <= number && json_real_value(real) >= number)) abort();
    json_decref(doc);
    buf_done(&out);
    return 0;
}
