#include "loader/lib/crc32.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shim/runtime/table_crc.h"

/* The check value of the catalogue of CRC algorithms. */
static void check_value(void **state)
{
    (void)state;
    assert_int_equal(crc32_compute("123456789", 9), 0xcbf43926);
}

static void nothing_is_zero(void **state)
{
    (void)state;
    assert_int_equal(crc32_compute("", 0), 0);
}

/* Bit by bit, straight from the definition. */
static uint32_t crc32_by_bits(const uint8_t *data, size_t size)
{
    uint32_t crc = UINT32_MAX;

    for (size_t i = 0; i < size; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
    }
    return ~crc;
}

static void agrees_with_the_definition(void **state)
{
    uint8_t data[300];

    (void)state;
    srand(1);
    for (size_t size = 0; size < sizeof(data); size++) {
        data[size] = (uint8_t)rand();
        assert_int_equal(crc32_compute(data, size), crc32_by_bits(data, size));
    }
}

static void goes_on_piece_by_piece(void **state)
{
    uint32_t crc = crc32_extend(0, "1234", 4);

    (void)state;
    crc = crc32_extend(crc, "", 0);
    assert_int_equal(crc32_extend(crc, "56789", 5), 0xcbf43926);
}

static void table_crc_leaves_itself_out(void **state)
{
    EFI_TABLE_HEADER table = {.Signature = 1, .HeaderSize = sizeof(table), .CRC32 = 0x12345678};
    EFI_TABLE_HEADER zeroed = {.Signature = 1, .HeaderSize = sizeof(zeroed)};

    (void)state;
    table_crc_update(&table);
    assert_int_equal(table.CRC32, crc32_by_bits((const uint8_t *)&zeroed, sizeof(zeroed)));
    table_crc_update(&table);
    assert_int_equal(table.CRC32, crc32_by_bits((const uint8_t *)&zeroed, sizeof(zeroed)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_value),
        cmocka_unit_test(nothing_is_zero),
        cmocka_unit_test(agrees_with_the_definition),
        cmocka_unit_test(goes_on_piece_by_piece),
        cmocka_unit_test(table_crc_leaves_itself_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
