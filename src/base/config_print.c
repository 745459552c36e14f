#include "base/config_values.h"

enum { CONFIG_VALUE_MAX = 8192 };

/* A database address may hold a password: everything between :// and the last @. */
static void print_text(struct str value, struct buf *out) {
    size_t scheme = str_find(value, STR("://"));
    size_t at = value.n;
    while (at > 0 && value.p[at - 1] != '@') at--;
    if (scheme == value.n || at == 0 || at < scheme) {
        buf_add(out, value);
        return;
    }
    buf_add(out, str_sub(value, 0, scheme + 3));
    buf_add(out, STR("****@"));
    buf_add(out, str_sub(value, at, value.n));
}

/* As it is read: dollars, with the decimals that count. */
static void print_price(const struct price *price, struct buf *out) {
    enum { MICRO = 1000000 };
    int64_t rest = price->micro_usd % MICRO;

    if (!price->known) return;
    buf_add_i64(out, price->micro_usd / MICRO);
    if (rest == 0) return;
    buf_add_char(out, '.');
    for (int64_t unit = MICRO / 10; rest > 0; unit /= 10) {
        buf_add_i64(out, rest / unit);
        rest %= unit;
    }
}

static void print_field(const struct setting *set, const void *field, struct buf *out) {
    switch (set->shape) {
    case SHAPE_TEXT: {
        const struct str *text = field;
        if (set->secret)
            buf_add(out, text->n ? STR("****") : STR(""));
        else
            print_text(*text, out);
        break;
    }
    case SHAPE_NUMBER: buf_add_i64(out, *(const int *)field); break;
    case SHAPE_PRICE: print_price(field, out); break;
    case SHAPE_WORD: buf_add(out, str_from_c(set->words[*(const int *)field])); break;
    case SHAPE_FLAG: buf_add(out, str_from_c(set->words[*(const bool *)field])); break;
    }
}

const char *config_source_name(enum config_source source) {
    static const char *const names[] = { [CONFIG_DEFAULT] = "default",
                                         [CONFIG_STORED] = "dashboard",
                                         [CONFIG_FILE] = "file",
                                         [CONFIG_ENVIRONMENT] = "environment" };
    return names[source];
}

void config_print(const struct config *c, bool with_sources, struct buf *out) {
    for (const struct setting *set = config_settings; set->name; set++) {
        buf_addf(out, "%s=", set->name);
        print_field(set, (const char *)c + set->offset, out);
        if (with_sources) buf_addf(out, " # %s", config_source_name(c->sources[set - config_settings]));
        buf_add_char(out, '\n');
    }
}

/* Its end alone, and of a short one nothing: four of twelve characters do not give it away. */
static struct str shown_secret(struct str value) {
    enum { LONG_ENOUGH = 12, SHOWN = 4 };
    return value.n >= LONG_ENOUGH ? str_sub(value, value.n - SHOWN, value.n) : STR("");
}

bool config_entry_at(const struct config *c, struct arena *a, size_t index, struct config_entry *out) {
    const struct setting *set = &config_settings[0];
    struct buf text;

    for (size_t i = 0; i < index && set->name; i++) set++;
    if (!set->name) return false;
    const void *field = (const char *)c + set->offset;
    *out = (struct config_entry) { .name = set->name,
                                   .source = c->sources[index],
                                   .secret = set->secret,
                                   .words = set->words,
                                   .changeable = set->changeable,
                                   .fallback = str_from_c(set->fallback) };
    if (set->secret) {
        const struct str *secret = field;
        out->set = secret->n > 0;
        out->value = shown_secret(*secret);
        return true;
    }
    buf_init(&text, CONFIG_VALUE_MAX);
    print_field(set, field, &text);
    out->set = text.n > 0;
    bool ok = buf_ok(&text) && arena_dup(a, buf_str(&text), &out->value);
    buf_done(&text);
    if (!ok) out->value = STR("");
    return true;
}
