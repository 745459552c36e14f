/*
 * twilio_media -- what people sent, as Twilio keeps it: …/Messages/MM…/Media/ME…, which leads to a signed address on another host.
 */
#include "channels/media_download.h"
#include "channels/twilio_room.h"

static const struct message not_ours = { "media_not_ours",
                                         "L’adresse de ce fichier n’est pas celle de notre compte Twilio.",
                                         "The address of this file is not that of our Twilio account." };

/* Under our account at our Twilio, and nothing but names on the way there: no "..", query or fragment. */
static enum status check_ref(const struct twilio *t, struct arena *arena, struct str ref, struct err *e) {
    struct str ours;

    if (!arena_printf(arena, &ours, "%.*s/2010-04-01/Accounts/%.*s/Messages/", STR_ARG(t->base_url),
                      STR_ARG(t->account_sid)))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Twilio");
    bool fits = str_starts(ref, ours) && ref.n > ours.n;
    for (size_t i = ours.n; fits && i < ref.n; i++) {
        char c = ref.p[i];
        fits = c == '/' || is_digit(c) || is_ascii_letter(c);
    }
    return fits ? OK : fail(e, E_DENIED, &not_ours, "a file that is not at our account");
}

enum status twilio_fetch(void *ctx, const struct channel_call *call, struct str ref, size_t bytes_max,
                         struct str *bytes, struct err *e) {
    const struct twilio *t = ctx;
    struct media_download what = {
        .url = ref, .reach = REACH_ANY, .base_url = t->base_url, .bytes_max = bytes_max
    };
    enum status s = check_ref(t, call->arena, ref, e);

    if (s != OK) return s;
    if (!twilio_authorization(t, call->arena, &what.authorization))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Twilio");
    return media_download(call, &what, bytes, e);
}

enum status twilio_forget_media(void *ctx, const struct channel_call *call, struct str ref, struct err *e) {
    const struct twilio *t = ctx;
    struct str url, authorization;
    enum status s = check_ref(t, call->arena, ref, e);

    if (s != OK) return s;
    if (!twilio_authorization(t, call->arena, &authorization) ||
        !arena_printf(call->arena, &url, "%.*s.json", STR_ARG(ref)))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Twilio");
    return media_delete(call, url, authorization, e);
}
