/* What pe_parse() rejects, with which words. */
#include "loader/pe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/log_capture.h"
#include "tests/unit/pe_builder.h"

static void reject_bytes(const void *bytes, size_t size, EFI_STATUS status, const char *reason)
{
    struct pe_image image;
    struct pe_image untouched;

    memset(&image, 0x5a, sizeof(image));
    memcpy(&untouched, &image, sizeof(image));
    log_capture_clear();
    assert_int_equal(pe_parse(bytes, size, &image), status);
    if (strstr(log_capture_last(), reason) == NULL)
        fail_msg("\"%s\" is not in \"%s\"", reason, log_capture_last());
    assert_memory_equal(&image, &untouched, sizeof(image));
}

static void reject(const struct pe_file *file, EFI_STATUS status, const char *reason)
{
    reject_bytes(file->bytes, sizeof(file->bytes), status, reason);
}

static void reject_field16(size_t offset, uint16_t value, EFI_STATUS status, const char *reason)
{
    struct pe_file file = pe_build();

    pe_put16(&file, offset, value);
    reject(&file, status, reason);
}

static void reject_field32(size_t offset, uint32_t value, EFI_STATUS status, const char *reason)
{
    struct pe_file file = pe_build();

    pe_put32(&file, offset, value);
    reject(&file, status, reason);
}

static void test_other_content(void **state)
{
    (void)state;
    reject_bytes("", 0, EFI_UNSUPPORTED, "no EFI image");
    reject_bytes("M", 1, EFI_UNSUPPORTED, "no EFI image");
    reject_bytes("\x1f\x8b\x08", 3, EFI_UNSUPPORTED, "0x8b1f (expected 0x5a4d");
}

static void test_dos_program(void **state)
{
    (void)state;
    reject_field32(PE_SIGNATURE_FIELD, 0x454e, EFI_UNSUPPORTED, "without PE signature (0x0000454e");
}

static void test_other_machines(void **state)
{
    static const struct {
        uint16_t machine;
        const char *name;
    } machines[] = {
        {0x014c, "IA32"},  {0x01c2, "ARM"},           {0x0200, "Itanium"},
        {0xaa64, "ARM64"}, {0x5064, "64-bit RISC-V"}, {0x6264, "LoongArch64"},
        {0x0ebc, "byte"},  {0x1234, "unknown"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++)
        reject_field16(PE_MACHINE, machines[i].machine, EFI_UNSUPPORTED, machines[i].name);
}

static void test_pe32(void **state)
{
    (void)state;
    reject_field16(PE_MAGIC, 0x10b, EFI_UNSUPPORTED, "32-bit image (PE32)");
}

static void test_unknown_format(void **state)
{
    (void)state;
    reject_field16(PE_MAGIC, 0x107, EFI_UNSUPPORTED, "unknown format");
}

static void test_other_subsystems(void **state)
{
    static const uint16_t subsystems[] = {0, 1, 2, 3, 9, 13, 0xffff};

    (void)state;
    for (size_t i = 0; i < sizeof(subsystems) / sizeof(subsystems[0]); i++)
        reject_field16(PE_SUBSYSTEM, subsystems[i], EFI_UNSUPPORTED, "no EFI program");
}

static void test_truncated_anywhere(void **state)
{
    struct pe_file file = pe_build();

    (void)state;
    for (size_t size = 2; size < sizeof(file.bytes); size++) {
        uint8_t *exact = test_malloc(size);

        memcpy(exact, file.bytes, size);
        reject_bytes(exact, size, EFI_LOAD_ERROR, "truncated");
        test_free(exact);
    }
}

static void test_pe_header_outside_the_file(void **state)
{
    (void)state;
    reject_field32(PE_LFANEW, PE_FILE_BYTES - 23, EFI_LOAD_ERROR, "the PE header needs");
    reject_field32(PE_LFANEW, 0xfffffff0, EFI_LOAD_ERROR, "the PE header needs");
}

static void test_optional_header_too_small(void **state)
{
    (void)state;
    reject_field16(PE_OPTIONAL_BYTES, 111, EFI_LOAD_ERROR, "optional header of 111 bytes");
    reject_field16(PE_OPTIONAL_BYTES, 112 + 16 * 8 - 1, EFI_LOAD_ERROR, "16 data directories");
}

static void test_absurd_directory_count(void **state)
{
    (void)state;
    reject_field32(PE_DIRECTORY_COUNT, 17, EFI_LOAD_ERROR, "17 data directories");
    reject_field32(PE_DIRECTORY_COUNT, 0x20000010, EFI_LOAD_ERROR, "data directories");
}

static void test_absurd_section_count(void **state)
{
    (void)state;
    reject_field16(PE_SECTION_COUNT, 0, EFI_LOAD_ERROR, "0 sections");
    reject_field16(PE_SECTION_COUNT, PE_SECTIONS_MAX + 1, EFI_LOAD_ERROR, "257 sections");
}

static void test_section_table_behind_the_headers(void **state)
{
    (void)state;
    reject_field16(PE_SECTION_COUNT, 4, EFI_LOAD_ERROR, "headers of 0x200 bytes (expected 0x228");
}

static void test_absurd_header_size(void **state)
{
    (void)state;
    reject_field32(PE_SIZE_OF_HEADERS, 0, EFI_LOAD_ERROR, "headers of 0 bytes");
    reject_field32(PE_SIZE_OF_HEADERS, PE_IMAGE_BYTES + 1, EFI_LOAD_ERROR, "headers of 0x5001");
    reject_field32(PE_SIZE_OF_HEADERS, PE_FILE_BYTES + 1, EFI_LOAD_ERROR, "headers have 0x801");
}

static void test_image_size_that_cannot_be_rounded(void **state)
{
    (void)state;
    reject_field32(PE_SIZE_OF_IMAGE, 0xfffff001, EFI_LOAD_ERROR, "0xfffff001 bytes is too large");
}

static void test_alignment_that_is_no_power_of_two(void **state)
{
    (void)state;
    reject_field32(PE_SECTION_ALIGNMENT, 0, EFI_LOAD_ERROR, "section alignment 0");
    reject_field32(PE_SECTION_ALIGNMENT, 0x1800, EFI_LOAD_ERROR, "section alignment 0x1800");
}

static void test_section_outside_the_file(void **state)
{
    (void)state;
    reject_field32(PE_SECTION_FIELD(PE_TEXT, PE_RAW_OFFSET), 0x601, EFI_LOAD_ERROR,
                   "section 0 (.text) needs 0x200 bytes at 0x601, the file has 0x800");
    reject_field32(PE_SECTION_FIELD(PE_TEXT, PE_RAW_OFFSET), 0xffffff00, EFI_LOAD_ERROR, ".text");
    reject_field32(PE_SECTION_FIELD(PE_TEXT, PE_RAW_BYTES), 0xffffff00, EFI_LOAD_ERROR, ".text");
}

static void test_section_outside_the_image(void **state)
{
    (void)state;
    reject_field32(PE_SECTION_FIELD(PE_RELOC, PE_VIRTUAL_BYTES), 0x1001, EFI_LOAD_ERROR,
                   "section 2 (.reloc) is outside the image (0x1001 bytes at 0x4000");
    reject_field32(PE_SECTION_FIELD(PE_RELOC, PE_VIRTUAL_BYTES), 0xfffff000, EFI_LOAD_ERROR,
                   "outside the image");
    reject_field32(PE_SECTION_FIELD(PE_RELOC, PE_RVA), 0xfffff000, EFI_LOAD_ERROR,
                   "outside the image");
}

static void test_section_in_the_headers(void **state)
{
    (void)state;
    reject_field32(PE_SECTION_FIELD(PE_TEXT, PE_RVA), PE_HEADER_BYTES - 1, EFI_LOAD_ERROR,
                   "section 0 (.text) at 0x1ff overlaps the headers (0x200 bytes)");
}

static void test_overlapping_sections(void **state)
{
    (void)state;
    reject_field32(PE_SECTION_FIELD(PE_TEXT, PE_VIRTUAL_BYTES), 0x1001, EFI_LOAD_ERROR,
                   "sections 0 (.text, 0x1001 bytes at 0x1000) and 1 (.data, 0x1100 bytes at "
                   "0x2000) overlap");
    reject_field32(PE_SECTION_FIELD(PE_RELOC, PE_RVA), 0x3000, EFI_LOAD_ERROR, "overlap");
    reject_field32(PE_SECTION_FIELD(PE_RELOC, PE_RVA), 0x1000, EFI_LOAD_ERROR, "overlap");
}

static void test_section_names_reach_no_terminal_raw(void **state)
{
    struct pe_file file = pe_build();

    (void)state;
    memcpy(file.bytes + PE_SECTION_FIELD(PE_TEXT, PE_NAME), "\x1b[2J\x80xyz", 8);
    pe_put32(&file, PE_SECTION_FIELD(PE_TEXT, PE_RVA), 0);
    reject(&file, EFI_LOAD_ERROR, "section 0 (?[2J?xyz)");
}

static void test_entry_point_outside(void **state)
{
    (void)state;
    reject_field32(PE_ENTRY, 0, EFI_LOAD_ERROR, "entry point 0 ");
    reject_field32(PE_ENTRY, 0x1180, EFI_LOAD_ERROR, "entry point 0x1180 ");
    reject_field32(PE_ENTRY, PE_IMAGE_BYTES, EFI_LOAD_ERROR, "entry point 0x5000 ");
    reject_field32(PE_ENTRY, 0xffffffff, EFI_LOAD_ERROR, "entry point 0xffffffff ");
}

static void test_relocation_directory_outside_the_image(void **state)
{
    (void)state;
    reject_field32(PE_RELOCATION_RVA, 0x4fef, EFI_LOAD_ERROR, "relocation table (0x12 bytes");
    reject_field32(PE_RELOCATION_RVA, 0xfffffff0, EFI_LOAD_ERROR, "relocation table");
    reject_field32(PE_RELOCATION_BYTES, 0xfffffff0, EFI_LOAD_ERROR, "relocation table");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_other_content),
        cmocka_unit_test(test_dos_program),
        cmocka_unit_test(test_other_machines),
        cmocka_unit_test(test_pe32),
        cmocka_unit_test(test_unknown_format),
        cmocka_unit_test(test_other_subsystems),
        cmocka_unit_test(test_truncated_anywhere),
        cmocka_unit_test(test_pe_header_outside_the_file),
        cmocka_unit_test(test_optional_header_too_small),
        cmocka_unit_test(test_absurd_directory_count),
        cmocka_unit_test(test_absurd_section_count),
        cmocka_unit_test(test_section_table_behind_the_headers),
        cmocka_unit_test(test_absurd_header_size),
        cmocka_unit_test(test_image_size_that_cannot_be_rounded),
        cmocka_unit_test(test_alignment_that_is_no_power_of_two),
        cmocka_unit_test(test_section_outside_the_file),
        cmocka_unit_test(test_section_outside_the_image),
        cmocka_unit_test(test_section_in_the_headers),
        cmocka_unit_test(test_overlapping_sections),
        cmocka_unit_test(test_section_names_reach_no_terminal_raw),
        cmocka_unit_test(test_entry_point_outside),
        cmocka_unit_test(test_relocation_directory_outside_the_image),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
