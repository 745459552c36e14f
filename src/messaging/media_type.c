#include "messaging/media_type.h"

#include "documents/file_type.h"

/* What an operating system or a browser would run, even when a reader of PDF would find its header further on. */
static bool is_active(struct str bytes) {
    static const char *const starts[] = {
        "MZ", "\177ELF", "#!", "\xca\xfe\xba\xbe", "\xcf\xfa\xed\xfe", "\xce\xfa\xed\xfe", "@echo"
    };
    for (size_t i = 0; i < COUNT_OF(starts); i++)
        if (str_starts(bytes, str_from_c(starts[i]))) return true;
    if (str_starts(bytes, STR("\xef\xbb\xbf"))) bytes = str_sub(bytes, 3, bytes.n);
    return str_starts(str_trim(str_sub(bytes, 0, FILE_HEAD_BYTES)), STR("<"));
}

/* ISO 14496-12, 8.4.3: a handler box says of each track what it is. */
static bool has_track(struct str bytes, struct str kind) {
    enum { KIND_AT = 12 };
    struct str mark = STR("hdlr");
    for (size_t at = 0; at < bytes.n;) {
        struct str rest = str_sub(bytes, at, bytes.n);
        size_t found = str_find(rest, mark);
        if (found == rest.n) return false;
        if (str_starts(str_sub(rest, found + KIND_AT, kind.n), kind)) return true;
        at += found + mark.n;
    }
    return false;
}

static bool is_mp4_sound(struct str bytes) {
    if (bytes.n < 12 || memcmp(bytes.p + 4, "ftyp", 4) != 0) return false;
    return has_track(bytes, STR("soun")) && !has_track(bytes, STR("vide"));
}

/* ADTS (ISO 13818-7, 6.2) has layer 0; MPEG audio (ISO 11172-3, 2.4.1.3) another, and a rate that is none of the two forbidden ones. */
static bool is_aac(struct str bytes) {
    return bytes.n > 7 && (unsigned char)bytes.p[0] == 0xff && ((unsigned char)bytes.p[1] & 0xf6) == 0xf0;
}

static bool is_mp3(struct str bytes) {
    if (str_starts(bytes, STR("ID3"))) return true;
    if (bytes.n < 4 || (unsigned char)bytes.p[0] != 0xff || ((unsigned char)bytes.p[1] & 0xe0) != 0xe0)
        return false;
    unsigned char layer = ((unsigned char)bytes.p[1] >> 1) & 3, rate = (unsigned char)bytes.p[2] >> 4;
    return layer != 0 && rate != 0 && rate != 15;
}

static const struct media_type sounds[] = { { MEDIA_VOICE, "audio/ogg", ".ogg" },
                                            { MEDIA_VOICE, "audio/amr", ".amr" },
                                            { MEDIA_VOICE, "audio/mp4", ".m4a" },
                                            { MEDIA_VOICE, "audio/aac", ".aac" },
                                            { MEDIA_VOICE, "audio/mpeg", ".mp3" } };

static bool sound_of(struct str bytes, struct media_type *out) {
    const bool is[COUNT_OF(sounds)] = { str_starts(bytes, STR("OggS")), str_starts(bytes, STR("#!AMR")),
                                        is_mp4_sound(bytes), is_aac(bytes), is_mp3(bytes) };
    for (size_t i = 0; i < COUNT_OF(sounds); i++) {
        if (!is[i]) continue;
        *out = sounds[i];
        return true;
    }
    return false;
}

struct media_type media_type_of(struct str bytes) {
    static const struct media_type unwanted = { MEDIA_UNWANTED, "", "" };
    enum file_type type;
    struct media_type sound;

    if (sound_of(bytes, &sound)) return sound;
    if (is_active(bytes)) return unwanted;
    type = file_type_of(str_sub(bytes, 0, FILE_HEAD_BYTES));
    /* An OLE file may be an old letter, but as well an installer or a nest of macros: a picture of it does. */
    if (type == FILE_UNKNOWN || type == FILE_OLE) return unwanted;
    return (struct media_type) { MEDIA_PAPER, file_type_mime(type), file_type_suffix(type) };
}

const char *media_type_suffix(struct str mime) {
    for (size_t i = 0; i < COUNT_OF(sounds); i++)
        if (str_eq(mime, str_from_c(sounds[i].mime))) return sounds[i].suffix;
    for (int i = 0; i < FILE_TYPE_COUNT; i++)
        if (str_eq(mime, str_from_c(file_type_mime((enum file_type)i))))
            return file_type_suffix((enum file_type)i);
    return "";
}
