/* The tables of a guest, read back (SMBIOS 3.0 chapters 5 and 7). */
#include "tables/smbios.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "loader/version.h"
#include "tests/unit/smbios_reader.h"

#define GIB (1ull << 30)
#define MIB (1ull << 20)

static struct smbios_facts facts;
static uint8_t buffer[32768];

static int start(void **state)
{
    (void)state;
    memset(buffer, 0xee, sizeof(buffer));
    facts = (struct smbios_facts){
        .uuid = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd,
                 0xee, 0xff},
        .xen_version = "4.17.5",
        .processors = 2,
        .processor_vendor = "AuthenticAMD",
        .processor_name = "QEMU Virtual CPU",
        .processor_signature = 0x60fb1,
        .processor_features = 0x0783fbff,
        .mhz = 2400,
        .memory_mib = 512,
        .low_end = 512 * MIB,
    };
    return 0;
}

static const struct smbios_header *built(void)
{
    size_t bytes = smbios_build(&facts, buffer, sizeof(buffer));

    assert_true(bytes <= sizeof(buffer));
    return (const void *)(buffer + sizeof(struct smbios_entry_point));
}

static const void *find(unsigned int type)
{
    const struct smbios_header *found = smbios_find(built(), type, 0);

    assert_non_null(found);
    return found;
}

static void assert_text(const void *structure, unsigned int number, const char *expected)
{
    const char *text = smbios_text(structure, number);

    assert_non_null(text);
    assert_string_equal(text, expected);
}

static void test_entry_point_leads_to_the_structures(void **state)
{
    size_t bytes = smbios_build(&facts, buffer, sizeof(buffer));
    const struct smbios_entry_point *entry = (const void *)buffer;
    uint8_t sum = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(*entry); i++)
        sum = (uint8_t)(sum + buffer[i]);
    assert_int_equal(sum, 0);
    assert_memory_equal(entry->anchor, "_SM3_", 5);
    assert_int_equal(entry->bytes, 24);
    assert_int_equal(entry->major, 3);
    assert_int_equal(entry->structures_paddr, (uintptr_t)buffer + 24);
    assert_int_equal(entry->structures_bytes, bytes - 24);
}

static void test_structures_are_complete_and_end_at_the_end(void **state)
{
    static const uint8_t types[] = {0, 1, 2, 3, 4, 16, 17, 19, 11, 32, 127};
    const struct smbios_header *structure = built();
    size_t bytes = smbios_build(&facts, buffer, sizeof(buffer));

    (void)state;
    for (size_t i = 0; i < sizeof(types); i++, structure = smbios_next(structure))
        assert_int_equal(structure->type, types[i]);
    assert_ptr_equal(structure, buffer + bytes);
    assert_int_equal(buffer[bytes], 0xee);
}

static void test_handles_differ(void **state)
{
    uint16_t seen[16];
    unsigned int count = 0;

    (void)state;
    facts.high_end = 8 * GIB;
    for (const struct smbios_header *s = built(); s->type != SMBIOS_TYPE_END; s = smbios_next(s)) {
        for (unsigned int i = 0; i < count; i++)
            assert_int_not_equal(seen[i], s->handle);
        seen[count++] = s->handle;
    }
    assert_int_equal(count, 11);
}

static void test_bios_says_uefi_in_a_virtual_machine(void **state)
{
    const struct smbios_bios *bios = find(SMBIOS_TYPE_BIOS);

    (void)state;
    assert_text(bios, bios->vendor_text, "pvhefi");
    assert_text(bios, bios->version_text, firmware_version);
    assert_text(bios, bios->date_text, firmware_date);
    assert_int_equal(bios->characteristics_extension[1] & 0x18, 0x18);
}

static void test_bios_release_is_the_version(void **state)
{
    const struct smbios_bios *bios = find(SMBIOS_TYPE_BIOS);
    unsigned int major;
    unsigned int minor;

    (void)state;
    assert_int_equal(sscanf(firmware_version, "%u.%u", &major, &minor), 2);
    assert_int_equal(bios->major, major);
    assert_int_equal(bios->minor, minor);
}

static void test_system_is_the_domain(void **state)
{
    static const uint8_t uuid[] = {0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66,
                                   0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff};
    const struct smbios_system *system = find(SMBIOS_TYPE_SYSTEM);

    (void)state;
    assert_memory_equal(system->uuid, uuid, sizeof(uuid));
    assert_text(system, system->manufacturer_text, "Xen");
    assert_text(system, system->product_text, "PVH domU");
    assert_text(system, system->version_text, "4.17.5");
    assert_text(system, system->serial_text, "00112233-4455-6677-8899-aabbccddeeff");
}

static void test_board_lies_in_the_enclosure(void **state)
{
    const struct smbios_board *board = find(SMBIOS_TYPE_BOARD);
    const struct smbios_enclosure *enclosure = find(SMBIOS_TYPE_ENCLOSURE);

    (void)state;
    assert_int_equal(board->chassis_handle, enclosure->header.handle);
    assert_text(board, board->manufacturer_text, "Xen");
    assert_int_equal(board->serial_text, 0);
    assert_text(enclosure, enclosure->manufacturer_text, "Xen");
    assert_int_equal(enclosure->asset_text, 0);
}

static void test_every_text_can_be_set(void **state)
{
    char names[SMBIOS_TEXTS][8];
    const struct smbios_bios *bios;
    const struct smbios_system *system;
    const struct smbios_board *board;
    const struct smbios_enclosure *enclosure;

    (void)state;
    for (unsigned int i = 0; i < SMBIOS_TEXTS; i++) {
        names[i][0] = (char)('a' + i);
        names[i][1] = '\0';
        facts.text[i] = names[i];
    }
    bios = find(SMBIOS_TYPE_BIOS);
    assert_text(bios, bios->vendor_text, "a");
    assert_text(bios, bios->version_text, "b");
    system = find(SMBIOS_TYPE_SYSTEM);
    assert_text(system, system->manufacturer_text, "c");
    assert_text(system, system->product_text, "d");
    assert_text(system, system->version_text, "e");
    assert_text(system, system->serial_text, "f");
    board = find(SMBIOS_TYPE_BOARD);
    assert_text(board, board->manufacturer_text, "g");
    assert_text(board, board->product_text, "h");
    assert_text(board, board->version_text, "i");
    assert_text(board, board->serial_text, "j");
    assert_text(board, board->asset_text, "k");
    assert_text(board, board->location_text, "l");
    enclosure = find(SMBIOS_TYPE_ENCLOSURE);
    assert_text(enclosure, enclosure->manufacturer_text, "m");
    assert_text(enclosure, enclosure->serial_text, "n");
    assert_text(enclosure, enclosure->asset_text, "o");
}

static void test_empty_text_leaves_the_default(void **state)
{
    const struct smbios_system *system;

    (void)state;
    facts.text[SMBIOS_TEXT_SYSTEM_MANUFACTURER] = "";
    system = find(SMBIOS_TYPE_SYSTEM);
    assert_text(system, system->manufacturer_text, "Xen");
}

static void test_texts_are_named_as_in_xenstore(void **state)
{
    (void)state;
    assert_string_equal(smbios_text_name(SMBIOS_TEXT_SYSTEM_PRODUCT), "system-product-name");
    assert_string_equal(smbios_text_name(SMBIOS_TEXT_BOARD_LOCATION),
                        "baseboard-location-in-chassis");
    for (unsigned int i = 0; i < SMBIOS_TEXTS; i++)
        assert_non_null(smbios_text_name((enum smbios_text)i));
}

static void test_oem_strings_are_all_there(void **state)
{
    const struct smbios_oem_strings *oem;

    (void)state;
    for (unsigned int i = 0; i < SMBIOS_OEM_STRINGS_MAX; i++)
        facts.oem[i] = i % 2 ? "odd" : "even";
    facts.oem_count = SMBIOS_OEM_STRINGS_MAX;
    oem = find(SMBIOS_TYPE_OEM_STRINGS);
    assert_int_equal(oem->count, SMBIOS_OEM_STRINGS_MAX);
    assert_text(oem, 1, "even");
    assert_text(oem, SMBIOS_OEM_STRINGS_MAX - 1, "odd");
    assert_null(smbios_text(&oem->header, SMBIOS_OEM_STRINGS_MAX + 1));
}

static void test_without_oem_strings_there_is_one(void **state)
{
    const struct smbios_oem_strings *oem = find(SMBIOS_TYPE_OEM_STRINGS);

    (void)state;
    assert_int_equal(oem->count, 1);
    assert_text(oem, 1, "Xen");
}

static void test_processor_has_a_core_for_each_vcpu(void **state)
{
    const struct smbios_processor *processor = find(SMBIOS_TYPE_PROCESSOR);

    (void)state;
    assert_int_equal(processor->cores, 2);
    assert_int_equal(processor->threads_2, 2);
    assert_int_equal(processor->signature, 0x60fb1);
    assert_int_equal(processor->current_mhz, 2400);
    assert_text(processor, processor->manufacturer_text, "AuthenticAMD");
    assert_text(processor, processor->version_text, "QEMU Virtual CPU");
}

static void test_many_cores_use_the_second_field(void **state)
{
    const struct smbios_processor *processor;

    (void)state;
    facts.processors = 300;
    processor = find(SMBIOS_TYPE_PROCESSOR);
    assert_int_equal(processor->cores, 0xff);
    assert_int_equal(processor->cores_enabled_2, 300);
}

static void test_unknown_number_of_processors_is_one(void **state)
{
    const struct smbios_processor *processor;

    (void)state;
    facts.processors = 0;
    processor = find(SMBIOS_TYPE_PROCESSOR);
    assert_int_equal(processor->cores_2, 1);
}

static void test_memory_of_a_small_guest(void **state)
{
    const struct smbios_memory_array *array = find(SMBIOS_TYPE_MEMORY_ARRAY);
    const struct smbios_memory_device *device = find(SMBIOS_TYPE_MEMORY_DEVICE);
    const struct smbios_memory_mapped *mapped = find(SMBIOS_TYPE_MEMORY_MAPPED);

    (void)state;
    assert_int_equal(array->capacity_kib, 512 * 1024);
    assert_int_equal(array->devices, 1);
    assert_int_equal(device->mib, 512);
    assert_int_equal(device->array_handle, array->header.handle);
    assert_int_equal(mapped->start_kib, 0);
    assert_int_equal(mapped->end_kib, 512 * 1024 - 1);
    assert_null(smbios_find(built(), SMBIOS_TYPE_MEMORY_MAPPED, 1));
}

static void test_memory_on_both_sides_of_4_gib(void **state)
{
    const struct smbios_memory_mapped *high;

    (void)state;
    facts.memory_mib = 40 * 1024;
    facts.low_end = 3 * GIB;
    facts.high_end = 41 * GIB;
    high = (const void *)smbios_find(built(), SMBIOS_TYPE_MEMORY_MAPPED, 1);
    assert_non_null(high);
    assert_int_equal(high->start_kib, 4 << 20);
    assert_int_equal(high->end_kib, (41 << 20) - 1);
}

static void test_large_memory_uses_the_extended_fields(void **state)
{
    const struct smbios_memory_array *array;
    const struct smbios_memory_device *device;
    const struct smbios_memory_mapped *high;

    (void)state;
    facts.memory_mib = 8ull << 20;
    facts.high_end = 8192 * GIB;
    array = find(SMBIOS_TYPE_MEMORY_ARRAY);
    assert_int_equal(array->capacity_kib, 0x80000000u);
    assert_int_equal(array->capacity_bytes, 8192 * GIB);
    device = find(SMBIOS_TYPE_MEMORY_DEVICE);
    assert_int_equal(device->mib, 0x7fff);
    assert_int_equal(device->extended_mib, 8 << 20);
    high = (const void *)smbios_find(built(), SMBIOS_TYPE_MEMORY_MAPPED, 1);
    assert_int_equal(high->start_kib, UINT32_MAX);
    assert_int_equal(high->start, 4 * GIB);
    assert_int_equal(high->end, 8192 * GIB - 1);
}

static void test_short_buffer_tells_the_need_and_is_not_overrun(void **state)
{
    size_t needed = smbios_build(&facts, NULL, 0);

    (void)state;
    for (size_t capacity = 0; capacity <= needed; capacity++) {
        uint8_t *small = test_malloc(capacity);

        assert_int_equal(smbios_build(&facts, small, capacity), needed);
        test_free(small);
    }
}

/* The firmware keeps it in one page with other tables. */
static void test_usual_guest_needs_little(void **state)
{
    (void)state;
    facts.high_end = 8 * GIB;
    facts.processor_name = "Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz..";
    assert_true(smbios_build(&facts, NULL, 0) < 800);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_entry_point_leads_to_the_structures, start),
        cmocka_unit_test_setup(test_structures_are_complete_and_end_at_the_end, start),
        cmocka_unit_test_setup(test_handles_differ, start),
        cmocka_unit_test_setup(test_bios_says_uefi_in_a_virtual_machine, start),
        cmocka_unit_test_setup(test_bios_release_is_the_version, start),
        cmocka_unit_test_setup(test_system_is_the_domain, start),
        cmocka_unit_test_setup(test_board_lies_in_the_enclosure, start),
        cmocka_unit_test_setup(test_every_text_can_be_set, start),
        cmocka_unit_test_setup(test_empty_text_leaves_the_default, start),
        cmocka_unit_test_setup(test_texts_are_named_as_in_xenstore, start),
        cmocka_unit_test_setup(test_oem_strings_are_all_there, start),
        cmocka_unit_test_setup(test_without_oem_strings_there_is_one, start),
        cmocka_unit_test_setup(test_processor_has_a_core_for_each_vcpu, start),
        cmocka_unit_test_setup(test_many_cores_use_the_second_field, start),
        cmocka_unit_test_setup(test_unknown_number_of_processors_is_one, start),
        cmocka_unit_test_setup(test_memory_of_a_small_guest, start),
        cmocka_unit_test_setup(test_memory_on_both_sides_of_4_gib, start),
        cmocka_unit_test_setup(test_large_memory_uses_the_extended_fields, start),
        cmocka_unit_test_setup(test_short_buffer_tells_the_need_and_is_not_overrun, start),
        cmocka_unit_test_setup(test_usual_guest_needs_little, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
