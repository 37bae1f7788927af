/*
 * A hundred thousand allocations and releases in random order: each buffer keeps what was written
 * into it until it is freed, and nothing is lost.
 */
#include <stdbool.h>
#include <string.h>

#include "shim/memory/pool.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"
#include "tests/unit/random.h"

#define STEPS   100000u
#define BUFFERS 1500u

struct buffer {
    uint8_t *start; /* NULL: none */
    size_t bytes;
    uint8_t pattern;
};

static struct buffer buffers[BUFFERS];

/* Mostly small ones, as a boot makes them. */
static size_t random_bytes(void)
{
    switch (random_below(8)) {
    case 0:
        return random_below(20000);
    case 1:
        return random_below(5000);
    default:
        return random_below(600);
    }
}

static void fill(struct buffer *buffer, uint8_t pattern)
{
    static const uint32_t types[] = {EfiLoaderData, EfiBootServicesData, EfiRuntimeServicesData};
    void *start;

    buffer->bytes = random_bytes();
    buffer->pattern = pattern;
    assert_int_equal(pool_alloc(types[random_below(3)], buffer->bytes, &start), EFI_SUCCESS);
    buffer->start = memset(start, pattern, buffer->bytes);
}

static bool is_untouched(const struct buffer *buffer)
{
    for (size_t i = 0; i < buffer->bytes; i++) {
        if (buffer->start[i] != buffer->pattern)
            return false;
    }
    return true;
}

static void release(struct buffer *buffer)
{
    assert_true(is_untouched(buffer));
    assert_int_equal(pool_free(buffer->start), EFI_SUCCESS);
    buffer->start = NULL;
}

static void test_contents_survive_random_calls(void **state)
{
    (void)state;
    random_seed(2);
    for (unsigned int i = 0; i < STEPS; i++) {
        struct buffer *buffer = &buffers[random_below(BUFFERS)];

        if (buffer->start)
            release(buffer);
        else
            fill(buffer, (uint8_t)i);
    }
    for (unsigned int i = 0; i < BUFFERS; i++) {
        if (buffers[i].start)
            release(&buffers[i]);
    }
    assert_int_equal(fake_memory_used_pages(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_contents_survive_random_calls, fake_memory_setup),
    };

    return isolated_run(tests);
}
