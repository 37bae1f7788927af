/* Blt() against a model that goes pixel by pixel, and with rectangles that nobody means. */
#include "shim/console/blt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/blt_model.h"
#include "tests/unit/random.h"

#define WIDTH         BLT_MODEL_WIDTH
#define HEIGHT        BLT_MODEL_HEIGHT
#define SCREEN_PIXELS BLT_MODEL_PIXELS
#define BUFFER_PIXELS 1024u
#define ROUNDS        100000u

static uint32_t screen[SCREEN_PIXELS];
static uint32_t buffer[BUFFER_PIXELS];

static int start(void **state)
{
    (void)state;
    random_seed(1);
    for (size_t i = 0; i < SCREEN_PIXELS; i++)
        screen[i] = 0x5c000000u | random_below(1u << 24);
    for (size_t i = 0; i < BUFFER_PIXELS; i++)
        buffer[i] = 0xb0000000u | random_below(1u << 24);
    return 0;
}

static bool is_valid(const struct blt *blt)
{
    return blt_is_valid(blt, WIDTH, HEIGHT);
}

static void run(const struct blt *blt)
{
    blt_run(blt, (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)screen, WIDTH);
}

/* Does the operation and compares screen and buffer with what the model makes of them. */
static void run_and_compare(struct blt blt)
{
    uint32_t screen_expected[SCREEN_PIXELS];
    uint32_t buffer_expected[BUFFER_PIXELS];
    struct blt model = blt;

    assert_true(is_valid(&blt));
    memcpy(screen_expected, screen, sizeof(screen));
    memcpy(buffer_expected, buffer, sizeof(buffer));
    model.buffer = (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)((uint8_t *)buffer_expected +
                                                     ((uint8_t *)blt.buffer - (uint8_t *)buffer));
    blt_model_run(&model, screen_expected);
    run(&blt);
    assert_memory_equal(screen, screen_expected, sizeof(screen));
    assert_memory_equal(buffer, buffer_expected, sizeof(buffer));
}

static struct blt whole_screen(EFI_GRAPHICS_OUTPUT_BLT_OPERATION operation)
{
    return (struct blt){.operation = operation,
                        .buffer = (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)buffer,
                        .width = WIDTH,
                        .height = HEIGHT};
}

static void test_fill(void **state)
{
    struct blt blt = whole_screen(EfiBltVideoFill);

    (void)state;
    run_and_compare(blt);
    for (size_t i = 0; i < SCREEN_PIXELS; i++)
        assert_int_equal(screen[i], buffer[0]);
}

static void test_fill_ignores_the_source_rectangle_and_delta(void **state)
{
    struct blt blt = whole_screen(EfiBltVideoFill);

    (void)state;
    blt.source_x = SIZE_MAX;
    blt.source_y = SIZE_MAX;
    blt.delta_bytes = SIZE_MAX;
    assert_true(is_valid(&blt));
    run(&blt);
    assert_int_equal(screen[SCREEN_PIXELS - 1], buffer[0]);
}

static void test_there_and_back(void **state)
{
    uint32_t before[SCREEN_PIXELS];

    (void)state;
    memcpy(before, screen, sizeof(before));
    run_and_compare(whole_screen(EfiBltVideoToBltBuffer));
    run_and_compare((struct blt){.operation = EfiBltVideoFill,
                                 .buffer = (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)(buffer + 500),
                                 .width = WIDTH,
                                 .height = HEIGHT});
    run_and_compare(whole_screen(EfiBltBufferToVideo));
    assert_memory_equal(screen, before, sizeof(screen));
}

static void test_every_move_on_the_screen(void **state)
{
    for (size_t x = 0; x + 5 <= WIDTH; x++)
        for (size_t y = 0; y + 4 <= HEIGHT; y++) {
            start(state);
            run_and_compare((struct blt){.operation = EfiBltVideoToVideo,
                                         .source_x = 3,
                                         .source_y = 2,
                                         .destination_x = x,
                                         .destination_y = y,
                                         .width = 5,
                                         .height = 4});
        }
}

static void test_move_needs_no_buffer_and_ignores_delta(void **state)
{
    struct blt blt = whole_screen(EfiBltVideoToVideo);

    (void)state;
    blt.buffer = NULL;
    blt.delta_bytes = SIZE_MAX;
    assert_true(is_valid(&blt));
    run(&blt);
}

static void test_part_of_a_buffer(void **state)
{
    static const EFI_GRAPHICS_OUTPUT_BLT_OPERATION operations[] = {EfiBltVideoToBltBuffer,
                                                                   EfiBltBufferToVideo};

    (void)state;
    for (size_t i = 0; i < 2; i++)
        run_and_compare((struct blt){.operation = operations[i],
                                     .buffer = (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)buffer,
                                     .source_x = 2,
                                     .source_y = 1,
                                     .destination_x = 4,
                                     .destination_y = 3,
                                     .width = 5,
                                     .height = 4,
                                     .delta_bytes = 20 * sizeof(uint32_t)});
}

static void test_rows_of_the_buffer_may_begin_at_odd_addresses(void **state)
{
    (void)state;
    run_and_compare((struct blt){.operation = EfiBltBufferToVideo,
                                 .buffer = (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)((uint8_t *)buffer + 1),
                                 .width = 3,
                                 .height = 4,
                                 .delta_bytes = 13});
}

/* As firmware in use does it, instead of refusing what other firmware takes. */
static void test_delta_0_means_rows_as_wide_as_the_rectangle(void **state)
{
    (void)state;
    run_and_compare((struct blt){.operation = EfiBltBufferToVideo,
                                 .buffer = (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)buffer,
                                 .source_x = 1,
                                 .source_y = 2,
                                 .width = 3,
                                 .height = 4});
}

static void test_random_operations(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < ROUNDS; i++) {
        struct blt blt = {
            .operation = (EFI_GRAPHICS_OUTPUT_BLT_OPERATION)random_below(4),
            .buffer = (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)((uint8_t *)buffer + random_below(8)),
            .source_x = random_below(WIDTH),
            .source_y = random_below(HEIGHT),
            .destination_x = random_below(WIDTH),
            .destination_y = random_below(HEIGHT),
            .width = 1 + random_below(WIDTH),
            .height = 1 + random_below(HEIGHT),
            .delta_bytes = random_below(3) ? random_below(160) : 0,
        };

        if (is_valid(&blt))
            run_and_compare(blt);
    }
}

static void test_operation_must_be_known(void **state)
{
    struct blt blt = whole_screen(EfiGraphicsOutputBltOperationMax);

    (void)state;
    assert_false(is_valid(&blt));
    blt.operation = (EFI_GRAPHICS_OUTPUT_BLT_OPERATION)UINT32_MAX;
    assert_false(is_valid(&blt));
}

static void test_buffer_must_be_given(void **state)
{
    (void)state;
    for (unsigned int operation = 0; operation < 4; operation++) {
        struct blt blt = whole_screen((EFI_GRAPHICS_OUTPUT_BLT_OPERATION)operation);

        assert_true(is_valid(&blt));
        blt.buffer = NULL;
        assert_int_equal(is_valid(&blt), operation == EfiBltVideoToVideo);
    }
}

static void test_empty_rectangle(void **state)
{
    (void)state;
    for (unsigned int operation = 0; operation < 4; operation++) {
        struct blt blt = whole_screen((EFI_GRAPHICS_OUTPUT_BLT_OPERATION)operation);

        blt.width = 0;
        assert_false(is_valid(&blt));
        blt.width = 1;
        blt.height = 0;
        assert_false(is_valid(&blt));
    }
}

static const size_t hostile[] = {0,
                                 1,
                                 HEIGHT - 1,
                                 HEIGHT,
                                 WIDTH - 1,
                                 WIDTH,
                                 WIDTH + 1,
                                 (size_t)1 << 31,
                                 (size_t)1 << 32,
                                 SIZE_MAX / 4,
                                 SIZE_MAX / 4 + 1,
                                 SIZE_MAX / 2,
                                 SIZE_MAX / 2 + 1,
                                 SIZE_MAX - WIDTH,
                                 SIZE_MAX - 1,
                                 SIZE_MAX};

#define HOSTILES (sizeof(hostile) / sizeof(hostile[0]))

/*
 * The rectangle on the screen decides: the buffer's rows are one byte apart, so that it never ends
 * behind the address space.
 */
static void check_rectangle(EFI_GRAPHICS_OUTPUT_BLT_OPERATION operation, size_t x, size_t y,
                            size_t width, size_t height)
{
    struct blt blt = {.operation = operation,
                      .buffer = (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)buffer,
                      .width = width,
                      .height = height,
                      .delta_bytes = 1};
    int expected = width && height && blt_model_on_screen(x, y, width, height);

    if (operation != EfiBltVideoToBltBuffer) {
        blt.destination_x = x;
        blt.destination_y = y;
        assert_int_equal(is_valid(&blt), expected);
        blt.destination_x = 0;
        blt.destination_y = 0;
    }
    if (operation == EfiBltVideoToBltBuffer || operation == EfiBltVideoToVideo) {
        blt.source_x = x;
        blt.source_y = y;
        assert_int_equal(is_valid(&blt), expected);
    }
}

static void test_hostile_rectangles(void **state)
{
    (void)state;
    for (unsigned int operation = 0; operation < 4; operation++)
        for (size_t i = 0; i < HOSTILES * HOSTILES * HOSTILES * HOSTILES; i++)
            check_rectangle((EFI_GRAPHICS_OUTPUT_BLT_OPERATION)operation, hostile[i % HOSTILES],
                            hostile[i / HOSTILES % HOSTILES],
                            hostile[i / HOSTILES / HOSTILES % HOSTILES],
                            hostile[i / HOSTILES / HOSTILES / HOSTILES]);
}

static bool buffer_is_valid(uintptr_t address, size_t x, size_t y, size_t delta)
{
    struct blt out = {.operation = EfiBltVideoToBltBuffer,
                      .buffer = (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)address,
                      .destination_x = x,
                      .destination_y = y,
                      .width = 2,
                      .height = 2,
                      .delta_bytes = delta};
    struct blt in = {.operation = EfiBltBufferToVideo,
                     .buffer = (EFI_GRAPHICS_OUTPUT_BLT_PIXEL *)address,
                     .source_x = x,
                     .source_y = y,
                     .width = 2,
                     .height = 2,
                     .delta_bytes = delta};

    assert_int_equal(is_valid(&out), is_valid(&in));
    return is_valid(&in);
}

static void test_buffer_must_end_before_the_address_space(void **state)
{
    (void)state;
    assert_true(buffer_is_valid(0x1000, 0, 0, 0));
    assert_true(buffer_is_valid(SIZE_MAX - 16, 0, 0, 0));
    assert_false(buffer_is_valid(SIZE_MAX - 15, 0, 0, 0));
    assert_true(buffer_is_valid(0x1000, 0, 1000000, 4096));
    assert_false(buffer_is_valid(0x1000, 0, SIZE_MAX, 1));
    assert_false(buffer_is_valid(0x1000, 0, SIZE_MAX / 2, 4));
    assert_false(buffer_is_valid(0x1000, SIZE_MAX, 0, 4));
    assert_false(buffer_is_valid(0x1000, SIZE_MAX / 4, 0, 4));
    assert_false(buffer_is_valid(0x1000, 0, 0, SIZE_MAX));
    assert_false(buffer_is_valid(0x1000, 0, 0, SIZE_MAX / 2));
    assert_false(buffer_is_valid(0x1000, 0, 1, SIZE_MAX / 2));
    assert_false(buffer_is_valid(SIZE_MAX / 2 + 1, 0, 1, SIZE_MAX / 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_fill, start),
        cmocka_unit_test_setup(test_fill_ignores_the_source_rectangle_and_delta, start),
        cmocka_unit_test_setup(test_there_and_back, start),
        cmocka_unit_test_setup(test_every_move_on_the_screen, start),
        cmocka_unit_test_setup(test_move_needs_no_buffer_and_ignores_delta, start),
        cmocka_unit_test_setup(test_part_of_a_buffer, start),
        cmocka_unit_test_setup(test_rows_of_the_buffer_may_begin_at_odd_addresses, start),
        cmocka_unit_test_setup(test_delta_0_means_rows_as_wide_as_the_rectangle, start),
        cmocka_unit_test_setup(test_random_operations, start),
        cmocka_unit_test_setup(test_operation_must_be_known, start),
        cmocka_unit_test_setup(test_buffer_must_be_given, start),
        cmocka_unit_test_setup(test_empty_rectangle, start),
        cmocka_unit_test_setup(test_hostile_rectangles, start),
        cmocka_unit_test_setup(test_buffer_must_end_before_the_address_space, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
