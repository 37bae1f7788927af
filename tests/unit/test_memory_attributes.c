/* The memory attributes table (UEFI 2.10 section 4.6.4). */
#include "tables/memory_attributes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "shim/memory/memory_type.h"

#define CODE EfiRuntimeServicesCode
#define DATA EfiRuntimeServicesData
#define RO   (MEMORY_ATTRIBUTE_RO | EFI_MEMORY_RUNTIME)
#define XP   (EFI_MEMORY_XP | EFI_MEMORY_RUNTIME)

#define DESCRIPTOR_BYTES 48u
#define CAPACITY         8u

/* The firmware's image: three pages of text at 0x10000, two of data behind them. */
static const struct runtime_layout layout = {.start = 0x10000, .text_end = 0x13000, .end = 0x15000};

static uint8_t map[16 * DESCRIPTOR_BYTES];
static size_t map_bytes;
static struct memory_attributes_table table;
static EFI_MEMORY_DESCRIPTOR entries[CAPACITY + 1];

static int start(void **state)
{
    (void)state;
    memset(map, 0xff, sizeof(map));
    memset(entries, 0xa5, sizeof(entries));
    map_bytes = 0;
    return 0;
}

static void map_add(uint32_t type, uint64_t first, uint64_t end)
{
    EFI_MEMORY_DESCRIPTOR descriptor = {
        .Type = type,
        .PhysicalStart = first,
        .NumberOfPages = (end - first) / 0x1000,
        .Attribute = MEMORY_ATTRIBUTE_CACHEABLE,
    };

    memcpy(map + map_bytes, &descriptor, sizeof(descriptor));
    map_bytes += DESCRIPTOR_BYTES;
}

static EFI_STATUS build(size_t capacity)
{
    return memory_attributes_build(map, map_bytes, DESCRIPTOR_BYTES, &layout, &table, entries,
                                   capacity);
}

static void assert_entry(size_t index, uint32_t type, uint64_t first, uint64_t end,
                         uint64_t attributes)
{
    assert_true(index < table.entries);
    assert_int_equal(entries[index].Type, type);
    assert_int_equal(entries[index].PhysicalStart, first);
    assert_int_equal(entries[index].VirtualStart, 0);
    assert_int_equal(entries[index].NumberOfPages, (end - first) / 0x1000);
    assert_int_equal(entries[index].Attribute, attributes);
}

static void test_header_describes_the_entries(void **state)
{
    (void)state;
    map_add(CODE, 0x10000, 0x15000);
    assert_int_equal(build(CAPACITY), EFI_SUCCESS);
    assert_int_equal(table.version, 1);
    assert_int_equal(table.entries, 2);
    assert_int_equal(table.descriptor_bytes, sizeof(EFI_MEMORY_DESCRIPTOR));
    assert_int_equal(table.flags, 0);
}

static void test_firmwares_image_is_split_into_text_and_data(void **state)
{
    (void)state;
    map_add(CODE, 0x10000, 0x15000);
    assert_int_equal(build(CAPACITY), EFI_SUCCESS);
    assert_int_equal(table.entries, 2);
    assert_entry(0, CODE, 0x10000, 0x13000, RO);
    assert_entry(1, CODE, 0x13000, 0x15000, XP);
}

static void test_code_around_the_firmwares_image_keeps_its_rights(void **state)
{
    (void)state;
    map_add(CODE, 0xe000, 0x18000);
    assert_int_equal(build(CAPACITY), EFI_SUCCESS);
    assert_int_equal(table.entries, 4);
    assert_entry(0, CODE, 0xe000, 0x10000, EFI_MEMORY_RUNTIME);
    assert_entry(1, CODE, 0x10000, 0x13000, RO);
    assert_entry(2, CODE, 0x13000, 0x15000, XP);
    assert_entry(3, CODE, 0x15000, 0x18000, EFI_MEMORY_RUNTIME);
}

static void test_code_of_others_keeps_its_rights(void **state)
{
    (void)state;
    map_add(CODE, 0x1000, 0x10000);
    map_add(CODE, 0x15000, 0x20000);
    assert_int_equal(build(CAPACITY), EFI_SUCCESS);
    assert_int_equal(table.entries, 2);
    assert_entry(0, CODE, 0x1000, 0x10000, EFI_MEMORY_RUNTIME);
    assert_entry(1, CODE, 0x15000, 0x20000, EFI_MEMORY_RUNTIME);
}

static void test_runtime_data_is_not_executable(void **state)
{
    (void)state;
    map_add(DATA, 0x20000, 0x24000);
    map_add(DATA, 0x8000000000, 0x8000001000);
    assert_int_equal(build(CAPACITY), EFI_SUCCESS);
    assert_int_equal(table.entries, 2);
    assert_entry(0, DATA, 0x20000, 0x24000, XP);
    assert_entry(1, DATA, 0x8000000000, 0x8000001000, XP);
}

static void test_other_memory_is_left_out(void **state)
{
    (void)state;
    for (uint32_t type = 0; type < MEMORY_TYPE_SPEC_END; type++) {
        if (type != CODE && type != DATA)
            map_add(type, type * 0x1000, (type + 1) * 0x1000);
    }
    assert_int_equal(build(CAPACITY), EFI_SUCCESS);
    assert_int_equal(table.entries, 0);
}

static void test_empty_map_makes_an_empty_table(void **state)
{
    (void)state;
    assert_int_equal(build(CAPACITY), EFI_SUCCESS);
    assert_int_equal(table.entries, 0);
}

static void test_table_may_be_just_full(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < CAPACITY; i++)
        map_add(DATA, 0x20000 + 2 * i * 0x1000, 0x20000 + (2 * i + 1) * 0x1000);
    assert_int_equal(build(CAPACITY), EFI_SUCCESS);
    assert_int_equal(table.entries, CAPACITY);
}

static void test_what_does_not_fit_is_left_out(void **state)
{
    EFI_MEMORY_DESCRIPTOR untouched;

    (void)state;
    memset(&untouched, 0xa5, sizeof(untouched));
    map_add(DATA, 0x8000, 0x9000);
    map_add(CODE, 0xe000, 0x18000);
    assert_int_equal(build(3), EFI_BUFFER_TOO_SMALL);
    assert_int_equal(table.entries, 3);
    assert_entry(0, DATA, 0x8000, 0x9000, XP);
    assert_entry(2, CODE, 0x10000, 0x13000, RO);
    assert_memory_equal(&entries[3], &untouched, sizeof(untouched));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_header_describes_the_entries, start),
        cmocka_unit_test_setup(test_firmwares_image_is_split_into_text_and_data, start),
        cmocka_unit_test_setup(test_code_around_the_firmwares_image_keeps_its_rights, start),
        cmocka_unit_test_setup(test_code_of_others_keeps_its_rights, start),
        cmocka_unit_test_setup(test_runtime_data_is_not_executable, start),
        cmocka_unit_test_setup(test_other_memory_is_left_out, start),
        cmocka_unit_test_setup(test_empty_map_makes_an_empty_table, start),
        cmocka_unit_test_setup(test_table_may_be_just_full, start),
        cmocka_unit_test_setup(test_what_does_not_fit_is_left_out, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
