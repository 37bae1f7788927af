#include "loader/memory_map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <xen/arch-x86/hvm/start_info.h>

#include "tests/unit/log_capture.h"

#define MIB       UINT64_C(0x100000)
#define GIB       UINT64_C(0x40000000)
#define TIB       (1024 * GIB)
#define ENTRIES   8
#define RANGES    MEMORY_MAP_RANGES_MAX(ENTRIES)
#define SPACE_END (UINT64_C(1) << 52)

#define RAM      XEN_HVM_MEMMAP_TYPE_RAM
#define RESERVED XEN_HVM_MEMMAP_TYPE_RESERVED
#define ACPI     XEN_HVM_MEMMAP_TYPE_ACPI
#define NVS      XEN_HVM_MEMMAP_TYPE_NVS
#define UNUSABLE XEN_HVM_MEMMAP_TYPE_UNUSABLE
#define DISABLED XEN_HVM_MEMMAP_TYPE_DISABLED
#define PMEM     XEN_HVM_MEMMAP_TYPE_PMEM

/* Start, end and type, as the results are written; a list ends where `end` is 0. */
typedef struct memory_range range_list[ENTRIES];

static size_t normalise(const range_list input, struct memory_range *ret_ranges)
{
    struct hvm_memmap_table_entry entries[ENTRIES];
    size_t count = 0;

    for (; count < ENTRIES && input[count].end != 0; count++)
        entries[count] = (struct hvm_memmap_table_entry){
            .addr = input[count].start,
            .size = input[count].end - input[count].start,
            .type = input[count].type,
        };
    log_capture_clear();
    return memory_map_normalise(entries, count, ret_ranges, RANGES);
}

static void assert_map(const range_list input, const range_list expected)
{
    struct memory_range ranges[RANGES];
    size_t count = normalise(input, ranges);

    for (size_t i = 0; i < count; i++) {
        assert_int_equal(ranges[i].start, expected[i].start);
        assert_int_equal(ranges[i].end, expected[i].end);
        assert_int_equal(ranges[i].type, expected[i].type);
    }
    assert_int_equal(expected[count].end, 0);
}

static void assert_message(const char *part)
{
    assert_non_null(strstr(log_capture_last(), part));
}

static void test_map_of_a_pvh_guest(void **state)
{
    (void)state;
    assert_map((range_list){{0, 0x20000000, RAM},
                            {0xfc000000, 0xfc00b000, ACPI},
                            {0xfeff8000, 0xff000000, RESERVED}},
               (range_list){{0, 0xa0000, RAM},
                            {0xa0000, MIB, RESERVED},
                            {MIB, 0x20000000, RAM},
                            {0xfc000000, 0xfc00b000, ACPI},
                            {0xfeff8000, 0xff000000, RESERVED}});
    assert_string_equal(log_capture_last(), "");
}

/* As libxl lays it out: up to the hole below 4 GiB, the rest above. */
static void test_map_of_a_guest_of_1_tib(void **state)
{
    (void)state;
    assert_map((range_list){{0, 0xfc000000, RAM},
                            {0xfc000000, 0xfc00b000, ACPI},
                            {0xfeff8000, 0xff000000, RESERVED},
                            {4 * GIB, TIB + GIB / 4, RAM}},
               (range_list){{0, 0xa0000, RAM},
                            {0xa0000, MIB, RESERVED},
                            {MIB, 0xfc000000, RAM},
                            {0xfc000000, 0xfc00b000, ACPI},
                            {0xfeff8000, 0xff000000, RESERVED},
                            {4 * GIB, TIB + GIB / 4, RAM}});
}

static void test_entries_are_sorted(void **state)
{
    (void)state;
    assert_map(
        (range_list){{8 * MIB, 9 * MIB, NVS}, {4 * MIB, 5 * MIB, RAM}, {MIB, 2 * MIB, ACPI}},
        (range_list){{MIB, 2 * MIB, ACPI}, {4 * MIB, 5 * MIB, RAM}, {8 * MIB, 9 * MIB, NVS}});
}

static void test_neighbours_of_one_type_are_merged(void **state)
{
    (void)state;
    assert_map((range_list){{2 * MIB, 3 * MIB, RAM}, {MIB, 2 * MIB, RAM}, {3 * MIB, 4 * MIB, NVS}},
               (range_list){{MIB, 3 * MIB, RAM}, {3 * MIB, 4 * MIB, NVS}});
}

static void test_holes_stay_holes(void **state)
{
    (void)state;
    assert_map((range_list){{MIB, 2 * MIB, RAM}, {3 * MIB, 4 * MIB, RAM}},
               (range_list){{MIB, 2 * MIB, RAM}, {3 * MIB, 4 * MIB, RAM}});
}

static void test_every_type_is_kept(void **state)
{
    static const uint32_t types[] = {RESERVED, ACPI, NVS, UNUSABLE, DISABLED, PMEM};

    (void)state;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        assert_map((range_list){{MIB, 2 * MIB, RAM}, {4 * MIB, 5 * MIB, types[i]}},
                   (range_list){{MIB, 2 * MIB, RAM}, {4 * MIB, 5 * MIB, types[i]}});
}

static void test_unknown_types_are_reserved(void **state)
{
    static const uint32_t types[] = {0, 8, 0x12, UINT32_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        assert_map((range_list){{MIB, 4 * MIB, RAM}, {2 * MIB, 3 * MIB, types[i]}},
                   (range_list){
                       {MIB, 2 * MIB, RAM}, {2 * MIB, 3 * MIB, RESERVED}, {3 * MIB, 4 * MIB, RAM}});
}

static void test_more_restrictive_type_wins(void **state)
{
    static const uint32_t weakest_first[] = {RAM, ACPI, NVS, PMEM, RESERVED, DISABLED, UNUSABLE};

    (void)state;
    for (size_t i = 1; i < sizeof(weakest_first) / sizeof(weakest_first[0]); i++) {
        uint32_t weak = weakest_first[i - 1];
        uint32_t strong = weakest_first[i];

        assert_map((range_list){{2 * MIB, 4 * MIB, strong}, {MIB, 3 * MIB, weak}, {0, 4096, RAM}},
                   (range_list){{0, 4096, RAM}, {MIB, 2 * MIB, weak}, {2 * MIB, 4 * MIB, strong}});
        assert_map((range_list){{MIB, 3 * MIB, weak}, {2 * MIB, 4 * MIB, strong}, {0, 4096, RAM}},
                   (range_list){{0, 4096, RAM}, {MIB, 2 * MIB, weak}, {2 * MIB, 4 * MIB, strong}});
    }
}

static void test_overlap_inside_splits(void **state)
{
    (void)state;
    assert_map((range_list){{MIB, 8 * MIB, RAM}, {3 * MIB, 4 * MIB, NVS}},
               (range_list){{MIB, 3 * MIB, RAM}, {3 * MIB, 4 * MIB, NVS}, {4 * MIB, 8 * MIB, RAM}});
}

static void test_ram_is_trimmed_to_pages(void **state)
{
    (void)state;
    assert_map((range_list){{MIB + 1, 2 * MIB - 1, RAM}},
               (range_list){{MIB + 4096, 2 * MIB - 4096, RAM}});
}

static void test_other_types_grow_to_pages(void **state)
{
    (void)state;
    assert_map((range_list){{MIB, 4 * MIB, RAM}, {2 * MIB + 4095, 2 * MIB + 4097, ACPI}},
               (range_list){{MIB, 2 * MIB, RAM},
                            {2 * MIB, 2 * MIB + 8192, ACPI},
                            {2 * MIB + 8192, 4 * MIB, RAM}});
}

static void test_ram_below_a_page_vanishes(void **state)
{
    (void)state;
    assert_map((range_list){{MIB, 2 * MIB, RAM}, {4 * MIB + 1, 4 * MIB + 4097, RAM}},
               (range_list){{MIB, 2 * MIB, RAM}});
}

static void test_legacy_hole_is_no_ram(void **state)
{
    (void)state;
    assert_map((range_list){{0xb0000, 0xc0000, RAM}, {MIB, 2 * MIB, RAM}},
               (range_list){{0xb0000, 0xc0000, RESERVED}, {MIB, 2 * MIB, RAM}});
}

static void test_legacy_hole_keeps_other_types(void **state)
{
    (void)state;
    assert_map((range_list){{0, MIB, RAM}, {0xe0000, 0xf0000, NVS}},
               (range_list){{0, 0xa0000, RAM},
                            {0xa0000, 0xe0000, RESERVED},
                            {0xe0000, 0xf0000, NVS},
                            {0xf0000, MIB, RESERVED}});
}

static void test_hole_below_1_mib_is_not_invented(void **state)
{
    (void)state;
    assert_map((range_list){{0, 0x9fc00, RAM}, {MIB, 2 * MIB, RAM}},
               (range_list){{0, 0x9f000, RAM}, {MIB, 2 * MIB, RAM}});
}

static void test_empty_entry_is_dropped(void **state)
{
    (void)state;
    assert_map((range_list){{3 * MIB, 3 * MIB, NVS}, {MIB, 4 * MIB, RAM}},
               (range_list){{MIB, 4 * MIB, RAM}});
    assert_message("entry 0 at 0x300000 is empty");
}

static void test_entry_beyond_the_address_space_is_dropped(void **state)
{
    (void)state;
    assert_map((range_list){{MIB, 4 * MIB, RAM}, {SPACE_END, SPACE_END + MIB, RESERVED}},
               (range_list){{MIB, 4 * MIB, RAM}});
    assert_message("entry 1 ends beyond 2^52");
}

static void test_ram_across_the_end_is_dropped(void **state)
{
    (void)state;
    assert_map((range_list){{MIB, 4 * MIB, RAM}, {SPACE_END - MIB, SPACE_END + MIB, RAM}},
               (range_list){{MIB, 4 * MIB, RAM}});
    assert_message("entry 1 ends beyond 2^52");
}

static void test_reserved_across_the_end_is_clipped(void **state)
{
    (void)state;
    assert_map((range_list){{MIB, 4 * MIB, RAM}, {SPACE_END - MIB, SPACE_END + MIB, RESERVED}},
               (range_list){{MIB, 4 * MIB, RAM}, {SPACE_END - MIB, SPACE_END, RESERVED}});
    assert_message("entry 1 ends beyond 2^52");
}

static void test_ram_up_to_the_end_is_kept(void **state)
{
    (void)state;
    assert_map((range_list){{SPACE_END - MIB, SPACE_END, RAM}},
               (range_list){{SPACE_END - MIB, SPACE_END, RAM}});
    assert_string_equal(log_capture_last(), "");
}

static void test_wrapping_entries(void **state)
{
    (void)state;
    assert_map((range_list){{MIB, 4 * MIB, RAM}, {2 * MIB, MIB, RESERVED}},
               (range_list){{MIB, 2 * MIB, RAM}, {2 * MIB, SPACE_END, RESERVED}});
    assert_message("entry 1 ends beyond 2^52");
    assert_map((range_list){{MIB, 4 * MIB, RAM}, {2 * MIB, MIB, RAM}},
               (range_list){{MIB, 4 * MIB, RAM}});
    assert_message("entry 1 ends beyond 2^52");
}

static void test_entries_need_no_alignment(void **state)
{
    const struct hvm_memmap_table_entry entry = {.addr = MIB, .size = MIB, .type = RAM};
    struct memory_range range;
    uint8_t bytes[sizeof(entry) + 1];

    (void)state;
    memcpy(bytes + 1, &entry, sizeof(entry));
    assert_int_equal(memory_map_normalise((const void *)(bytes + 1), 1, &range, 1), 1);
    assert_int_equal(range.start, MIB);
}

static void test_no_ram_is_an_error(void **state)
{
    struct memory_range ranges[RANGES];

    (void)state;
    assert_int_equal(normalise((range_list){{MIB, 2 * MIB, RESERVED}}, ranges), 0);
    assert_message("no RAM in 1 entries");
}

static void test_no_entries_is_an_error(void **state)
{
    (void)state;
    log_capture_clear();
    assert_int_equal(memory_map_normalise(NULL, 0, NULL, 0), 0);
    assert_message("no RAM");
}

static void test_capacity_is_respected(void **state)
{
    const struct hvm_memmap_table_entry entry = {.addr = 0, .size = 2 * MIB, .type = RAM};
    struct memory_range ranges[3];

    (void)state;
    log_capture_clear();
    assert_int_equal(memory_map_normalise(&entry, 1, ranges, 2), 0);
    assert_message("more than 2 ranges");
    assert_int_equal(memory_map_normalise(&entry, 1, ranges, 3), 3);
}

#define PAGE 0x1000u

static void test_hole_is_the_highest(void **state)
{
    static const struct memory_range ranges[] = {
        {0, 512 * MIB, RAM},
        {3000 * MIB, 3001 * MIB, RESERVED},
        {3002 * MIB, 3003 * MIB, ACPI},
        {4096 * MIB, 5000 * MIB, RAM},
    };
    static const struct {
        uint64_t end;
        uint64_t bytes;
        uint64_t start;
    } cases[] = {
        {4000 * MIB, PAGE, 4000 * MIB - PAGE},
        {4000 * MIB, 997 * MIB, 3003 * MIB},
        {4000 * MIB, 997 * MIB + PAGE, 3000 * MIB - 997 * MIB - PAGE},
        {3003 * MIB, MIB, 3001 * MIB},
        {3003 * MIB, MIB + PAGE, 2999 * MIB - PAGE},
        {3002 * MIB + PAGE, PAGE, 3002 * MIB - PAGE},
        {4500 * MIB, 1093 * MIB, 3003 * MIB},
        {4000 * MIB, 2488 * MIB, 512 * MIB},
        {4000 * MIB, 2488 * MIB + PAGE, 0},
        {512 * MIB, PAGE, 0},
        {4000 * MIB, UINT64_MAX - PAGE + 1, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(memory_map_hole_below(ranges, 4, cases[i].end, cases[i].bytes),
                         cases[i].start);
}

/* What Xen shares is mapped above the ACPI tables there, below the I/O APIC. */
static void test_hole_of_a_guest_with_memory_above_4_gib(void **state)
{
    static const struct memory_range ranges[] = {
        {0, 0xa0000, RAM},
        {0xa0000, MIB, RESERVED},
        {MIB, 0xfc000000, RAM},
        {0xfc000000, 0xfc009000, ACPI},
        {0xfeff8000, 0xff000000, RESERVED},
        {4 * GIB, 5 * GIB, RAM},
    };

    (void)state;
    assert_int_equal(memory_map_hole_below(ranges, 6, 0xfec00000, PAGE), 0xfebff000);
    assert_int_equal(memory_map_hole_below(ranges, 6, 0xfec00000, 0xfec00000 - 0xfc009000),
                     0xfc009000);
}

static void test_hole_where_nothing_is(void **state)
{
    (void)state;
    assert_int_equal(memory_map_hole_below(NULL, 0, 16 * MIB, MIB), 15 * MIB);
    assert_int_equal(memory_map_hole_below(NULL, 0, 16 * MIB, 16 * MIB), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_map_of_a_pvh_guest),
        cmocka_unit_test(test_map_of_a_guest_of_1_tib),
        cmocka_unit_test(test_entries_are_sorted),
        cmocka_unit_test(test_neighbours_of_one_type_are_merged),
        cmocka_unit_test(test_holes_stay_holes),
        cmocka_unit_test(test_every_type_is_kept),
        cmocka_unit_test(test_unknown_types_are_reserved),
        cmocka_unit_test(test_more_restrictive_type_wins),
        cmocka_unit_test(test_overlap_inside_splits),
        cmocka_unit_test(test_ram_is_trimmed_to_pages),
        cmocka_unit_test(test_other_types_grow_to_pages),
        cmocka_unit_test(test_ram_below_a_page_vanishes),
        cmocka_unit_test(test_legacy_hole_is_no_ram),
        cmocka_unit_test(test_legacy_hole_keeps_other_types),
        cmocka_unit_test(test_hole_below_1_mib_is_not_invented),
        cmocka_unit_test(test_empty_entry_is_dropped),
        cmocka_unit_test(test_entry_beyond_the_address_space_is_dropped),
        cmocka_unit_test(test_ram_across_the_end_is_dropped),
        cmocka_unit_test(test_reserved_across_the_end_is_clipped),
        cmocka_unit_test(test_ram_up_to_the_end_is_kept),
        cmocka_unit_test(test_wrapping_entries),
        cmocka_unit_test(test_entries_need_no_alignment),
        cmocka_unit_test(test_no_ram_is_an_error),
        cmocka_unit_test(test_no_entries_is_an_error),
        cmocka_unit_test(test_capacity_is_respected),
        cmocka_unit_test(test_hole_is_the_highest),
        cmocka_unit_test(test_hole_of_a_guest_with_memory_above_4_gib),
        cmocka_unit_test(test_hole_where_nothing_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
