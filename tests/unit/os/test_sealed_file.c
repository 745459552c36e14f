#include "test.h"

#include "os/sealed_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MODEL_BYTES = 5 * SEALED_BLOCK_BYTES, ROUNDS = 3000 };

static struct sealed_file open_new(void) {
    char path[] = "/tmp/test_sealed_file_XXXXXX";
    struct sealed_file f = { .fd = mkostemp(path, O_CLOEXEC) };
    assert_true(f.fd >= 0);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(crypto_init(NULL), OK);
    crypto_random(&f.key, sizeof f.key);
    return f;
}

static uint64_t next(uint64_t *seed) {
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

/* The same deeds on the file and on plain memory end in the same bytes. */
static void behaves_like_a_file(void **state) {
    (void)state;
    static char model[MODEL_BYTES + SEALED_BLOCK_BYTES], text[2 * SEALED_BLOCK_BYTES], seen[MODEL_BYTES];
    struct sealed_file f = open_new();
    uint64_t seed = 7, size = 0, told;
    size_t got;

    for (size_t i = 0; i < sizeof text; i++) text[i] = (char)next(&seed);
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t at = next(&seed) % (MODEL_BYTES - sizeof text);
        size_t n = 1 + next(&seed) % (sizeof text - 1);
        if (round % 10 == 9) {
            uint64_t cut = next(&seed) % (size + 1);
            assert_int_equal(sealed_file_cut(&f, cut, NULL), OK);
            memset(model + cut, 0, sizeof model - cut);
            size = cut;
        } else {
            assert_int_equal(sealed_file_write(&f, at, (struct str) { text, n }, NULL), OK);
            memcpy(model + at, text, n);
            if (size < at + n) size = at + n;
        }
        assert_int_equal(sealed_file_size(&f, &told, NULL), OK);
        assert_int_equal(told, size);
        uint64_t from = next(&seed) % MODEL_BYTES;
        size_t wanted = 1 + next(&seed) % (MODEL_BYTES - from);
        assert_int_equal(sealed_file_read(&f, from, seen, wanted, &got, NULL), OK);
        assert_int_equal(got, from >= size ? 0 : size - from < wanted ? size - from : wanted);
        assert_memory_equal(seen, model + from, got);
    }
    close(f.fd);
}

static void shows_nothing_and_notices_a_change(void **state) {
    (void)state;
    static char plain[2 * SEALED_BLOCK_BYTES], raw[3 * SEALED_BLOCK_BYTES];
    struct sealed_file f = open_new();
    size_t got;

    memset(plain, 'A', sizeof plain);
    assert_int_equal(sealed_file_write(&f, 0, (struct str) { plain, sizeof plain }, NULL), OK);
    ssize_t n = pread(f.fd, raw, sizeof raw, 0);
    assert_true(n > (ssize_t)sizeof plain);
    for (size_t i = 0; i + 8 < (size_t)n; i++) assert_memory_not_equal(raw + i, "AAAAAAAA", 8);

    raw[SEALED_BLOCK_BYTES / 2] ^= 1;
    assert_int_equal(pwrite(f.fd, raw, (size_t)n, 0), n);
    assert_int_equal(sealed_file_read(&f, 0, plain, sizeof plain, &got, NULL), E_INTERNAL);
    raw[SEALED_BLOCK_BYTES / 2] ^= 1;
    /* Blocks that change places are noticed. */
    enum { SLOT = SEALED_BLOCK_BYTES + 41 };
    assert_int_equal(n, 2 * SLOT);
    assert_int_equal(pwrite(f.fd, raw + SLOT, SLOT, 0), SLOT);
    assert_int_equal(pwrite(f.fd, raw, SLOT, SLOT), SLOT);
    assert_int_equal(sealed_file_read(&f, 0, plain, 1, &got, NULL), E_INTERNAL);
    close(f.fd);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(behaves_like_a_file),
                                        cmocka_unit_test(shows_nothing_and_notices_a_change) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
