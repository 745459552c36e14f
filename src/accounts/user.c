#include "accounts/user.h"

#include "base/utf8.h"

const struct message user_email_invalid = {
    "email_invalid", "Cette adresse e-mail n’est pas valide (exemple : awa@exemple.sn).",
    "This e-mail address is not valid (example: awa@example.org)."
};
const struct message user_email_taken = { "email_taken", "Un compte existe déjà avec cette adresse e-mail.",
                                          "An account with this e-mail address exists already." };
const struct message user_last_admin = {
    "last_admin", "C’est le dernier administrateur actif : nommez-en un autre d’abord.",
    "This is the last active administrator: appoint another one first."
};
const struct message password_too_short = { "password_too_short",
                                            "Le mot de passe doit avoir au moins 10 caractères.",
                                            "The password needs at least 10 characters." };
const struct message password_too_long = { "password_too_long",
                                           "Le mot de passe est trop long (256 octets au plus).",
                                           "The password is too long (at most 256 bytes)." };
const struct message password_too_common = { "password_too_common",
                                             "Ce mot de passe est trop courant : choisissez-en un autre.",
                                             "This password is too common: choose another one." };
const struct message password_is_email = { "password_is_email",
                                           "Le mot de passe ne doit pas contenir l’adresse e-mail.",
                                           "The password must not contain the e-mail address." };

static bool is_email_char(char c) {
    return (unsigned char)c > ' ' && c != 0x7F && !strchr("@,;:\"()<>[]\\", c);
}

bool user_email_parse(struct arena *a, struct str in, struct str *out) {
    struct str s = str_trim(in), copy;
    size_t at = str_find_char(s, '@');

    if (at == 0 || at + 4 > s.n || s.n > EMAIL_MAX_CHARS) return false;
    struct str domain = str_sub(s, at + 1, s.n);
    if (domain.p[0] == '.' || domain.p[domain.n - 1] == '.') return false;
    if (str_find_char(domain, '.') == domain.n && !str_eq(domain, STR("localhost"))) return false;
    for (size_t i = 0; i < s.n; i++)
        if (i != at && !is_email_char(s.p[i])) return false;
    if (!arena_dup(a, s, &copy)) return false;
    char *p = (char *)(uintptr_t)copy.p;
    for (size_t i = 0; i < copy.n; i++) p[i] = ascii_lower(p[i]);
    *out = copy;
    return true;
}

/* The heads of published lists of leaked passwords that are long enough to pass the length rule, and their French kin. */
static const char *const common_passwords[] = {
    "1234567890",  "12345678910",    "123456789a",    "1234567891",  "0123456789",  "9876543210",
    "qwertyuiop",  "azertyuiop",     "password123",   "password12",  "motdepasse1", "motdepasse",
    "iloveyou12",  "administrateur", "administrator", "changemenow", "medirecord1", "medirecord",
    "senegal2024", "senegal2025",    "senegal2026",   "bonjour123",  "azerty1234",  "qwerty1234",
    "azerty12345", "qwerty12345",    "admin12345",    "admin123456", "1111111111",  "0000000000",
    "aaaaaaaaaa",  "jetaime123",
};

static bool is_common(struct str password) {
    for (size_t i = 0; i < COUNT_OF(common_passwords); i++) {
        struct str word = str_from_c(common_passwords[i]);
        if (word.n == password.n && strncasecmp(word.p, password.p, word.n) == 0) return true;
    }
    for (size_t i = 1; i < password.n; i++)
        if (password.p[i] != password.p[0]) return false;
    return true; /* one character over and over */
}

const struct message *password_weakness(struct str password, struct str email) {
    if (utf8_length(password) < PASSWORD_MIN_CHARS) return &password_too_short;
    if (password.n > PASSWORD_MAX_BYTES) return &password_too_long;
    if (is_common(password)) return &password_too_common;
    if (email.n && str_find(password, email) < password.n) return &password_is_email;
    return NULL;
}
