#include "channels/carrier.h"

#include "base/utf8.h"

enum { WORDS_MAX_CHARS = 4096 };

const struct message carrier_not_signed = { "webhook_not_signed",
                                            "Cet appel n’est pas signé par l’opérateur de messagerie.",
                                            "This call is not signed by the messaging carrier." };
const struct message carrier_not_ours = {
    "webhook_not_ours", "Cet appel concerne un autre compte ou un autre numéro que ceux de cette clinique.",
    "This call is about another account or number than this clinic's."
};
const struct message carrier_unclear = {
    "carrier_unclear", "La réponse de l’opérateur de messagerie ne se comprend pas. Nous réessayons.",
    "The messaging carrier answered what cannot be understood. We will try again."
};

enum verdict carrier_verdict(const struct carrier_code *sorted, size_t count, int64_t code,
                             enum verdict otherwise) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (sorted[middle].code == code) return sorted[middle].verdict;
        if (sorted[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return otherwise;
}

bool carrier_words(struct arena *arena, struct str raw, struct str *out) {
    size_t at = 0;
    if (!utf8_clean(arena, raw, out)) return false;
    for (size_t i = 0; i < WORDS_MAX_CHARS && at < out->n; i++) (void)utf8_next(*out, &at);
    *out = str_sub(*out, 0, at);
    return true;
}
