/* What is kept of what people send, by its bytes. */
#include "test.h"

#include "messaging/media_type.h"

#include <stdlib.h>

struct sample {
    struct str bytes;
    enum media_kind kind;
    const char *mime;
};

#define BYTES(text)                                                                                          \
    { text, sizeof(text) - 1 }

static const struct sample samples[] = {
    { BYTES("%PDF-1.7\n"), MEDIA_PAPER, "application/pdf" },
    { BYTES("\xff\xd8\xff\xe0\0\x10JFIF\0"), MEDIA_PAPER, "image/jpeg" },
    { BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), MEDIA_PAPER, "image/png" },
    { BYTES("RIFF\x10\0\0\0WEBPVP8 "), MEDIA_PAPER, "image/webp" },
    { BYTES("Glycemie a jeun : 1,26 g/l\n"), MEDIA_PAPER, "text/plain" },
    { BYTES("OggS\0\2\0\0\0\0\0\0\0\0OpusHead"), MEDIA_VOICE, "audio/ogg" },
    { BYTES("#!AMR\n<\x91\x17"), MEDIA_VOICE, "audio/amr" },
    { BYTES("\xff\xf1\x50\x80\x02\x1f\xfc\xde"), MEDIA_VOICE, "audio/aac" },
    { BYTES("\xff\xfb\x90\x64\0\0\0\0"), MEDIA_VOICE, "audio/mpeg" },
    { BYTES("ID3\4\0\0\0\0\0\0"), MEDIA_VOICE, "audio/mpeg" },
    { BYTES("\0\0\0\x18"
            "ftypM4A \0\0\0\0....hdlr\0\0\0\0\0\0\0\0soun...."),
      MEDIA_VOICE, "audio/mp4" },
    /* a film has sound too */
    { BYTES("\0\0\0\x18"
            "ftypmp42\0\0\0\0....hdlr\0\0\0\0\0\0\0\0soun....hdlr\0\0\0\0\0\0\0\0vide.."),
      MEDIA_UNWANTED, "" },
    { BYTES("\0\0\0\x18"
            "ftypM4A \0\0\0\0....hdlr"),
      MEDIA_UNWANTED, "" },
    { BYTES("<!DOCTYPE html><html><script>"), MEDIA_UNWANTED, "" },
    { BYTES("\xef\xbb\xbf  <body onload=x>"), MEDIA_UNWANTED, "" },
    { BYTES("<svg xmlns='http://www.w3.org/2000/svg'/>"), MEDIA_UNWANTED, "" },
    { BYTES("MZ\x90\0\3\0\0\0 %PDF-1.4 "), MEDIA_UNWANTED, "" },
    { BYTES("<script>x</script> %PDF-1.4"), MEDIA_UNWANTED, "" },
    { BYTES("\x7f"
            "ELF\2\1\1\0"),
      MEDIA_UNWANTED, "" },
    { BYTES("#!/bin/sh\nrm x\n"), MEDIA_UNWANTED, "" },
    { BYTES("PK\3\4\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\0\0AndroidManifest.xml"),
      MEDIA_UNWANTED, "" },
    { BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"), MEDIA_UNWANTED, "" },
    { BYTES(""), MEDIA_UNWANTED, "" },
    { BYTES("\xff"), MEDIA_UNWANTED, "" },
};

static void the_bytes_decide(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        struct media_type got = media_type_of(samples[i].bytes);
        if (got.kind != samples[i].kind || strcmp(got.mime, samples[i].mime) != 0)
            fail_msg("sample %zu: %s", i, got.mime);
        assert_int_equal(got.suffix[0] == '.', got.kind != MEDIA_UNWANTED);
    }
}

/* Cut anywhere, nothing beyond the end is read (the sanitizers would tell). */
static void what_is_cut_off_does_no_harm(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(samples); i++)
        for (size_t n = 0; n <= samples[i].bytes.n; n++) {
            char *copy = malloc(n + 1);
            assert_non_null(copy);
            memcpy(copy, samples[i].bytes.p, n);
            (void)media_type_of((struct str) { copy, n });
            free(copy);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bytes_decide),
        cmocka_unit_test(what_is_cut_off_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
