#include "metrics/histogram.h"

const int64_t histogram_steps_us[HISTOGRAM_STEPS] = {
    1000, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 5000000, 10000000,
};

static void add(atomic_llong *to, int64_t n) {
    atomic_fetch_add_explicit(to, n, memory_order_relaxed);
}

void histogram_add(struct histogram *h, int64_t us) {
    size_t i = 0;
    while (i < HISTOGRAM_STEPS && us > histogram_steps_us[i]) i++;
    add(&h->counts[i], 1);
    add(&h->sum_us, us > 0 ? us : 0);
}

void histogram_read(struct histogram *h, struct histogram_sum *add_to) {
    for (size_t i = 0; i <= HISTOGRAM_STEPS; i++)
        add_to->counts[i] += atomic_load_explicit(&h->counts[i], memory_order_relaxed);
    add_to->sum_us += atomic_load_explicit(&h->sum_us, memory_order_relaxed);
}

int64_t histogram_count(const struct histogram_sum *h) {
    int64_t count = 0;
    for (size_t i = 0; i <= HISTOGRAM_STEPS; i++) count += h->counts[i];
    return count;
}
