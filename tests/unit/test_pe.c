/* What pe_parse() accepts, and what it finds there. */
#include "loader/pe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/log_capture.h"
#include "tests/unit/pe_builder.h"

static struct pe_image accept(const struct pe_file *file)
{
    struct pe_image image;

    log_capture_clear();
    assert_int_equal(pe_parse(file->bytes, sizeof(file->bytes), &image), EFI_SUCCESS);
    assert_string_equal(log_capture_last(), "");
    return image;
}

static void test_headers_are_read(void **state)
{
    struct pe_file file = pe_build();
    struct pe_image image = accept(&file);

    (void)state;
    assert_ptr_equal(image.file, file.bytes);
    assert_int_equal(image.file_bytes, PE_FILE_BYTES);
    assert_int_equal(image.preferred_base, PE_PREFERRED_BASE);
    assert_int_equal(image.image_bytes, PE_IMAGE_BYTES);
    assert_int_equal(image.header_bytes, PE_HEADER_BYTES);
    assert_int_equal(image.section_alignment, 0x1000);
    assert_int_equal(image.entry_rva, PE_ENTRY_RVA);
    assert_int_equal(image.relocation_rva, 0x4000);
    assert_int_equal(image.relocation_bytes, 0x12);
    assert_int_equal(image.section_table, PE_SECTION_TABLE);
    assert_int_equal(image.section_count, 3);
    assert_int_equal(image.subsystem, 10);
    assert_true(image.nx_compatible);
    assert_false(image.relocations_stripped);
}

static void test_sections_are_read(void **state)
{
    struct pe_file file = pe_build();
    struct pe_image image = accept(&file);
    struct pe_section text = pe_section(&image, PE_TEXT);
    struct pe_section data = pe_section(&image, PE_DATA);

    (void)state;
    assert_int_equal(text.rva, 0x1000);
    assert_int_equal(text.virtual_bytes, 0x180);
    assert_int_equal(text.file_offset, 0x200);
    assert_int_equal(text.file_bytes, 0x180);
    assert_true(text.readable && text.executable && !text.writable);
    assert_int_equal(data.virtual_bytes, 0x1100);
    assert_int_equal(data.file_bytes, 0x200);
    assert_true(data.readable && data.writable && !data.executable);
}

static void test_drivers_are_accepted(void **state)
{
    struct pe_file file = pe_build();

    (void)state;
    for (uint16_t subsystem = 10; subsystem <= 12; subsystem++) {
        pe_put16(&file, PE_SUBSYSTEM, subsystem);
        assert_int_equal(accept(&file).subsystem, subsystem);
    }
}

static void test_section_alignments_met_in_the_wild(void **state)
{
    static const uint32_t alignments[] = {1, 0x20, 0x40, 0x200, 0x1000, 0x200000};

    (void)state;
    for (size_t i = 0; i < sizeof(alignments) / sizeof(alignments[0]); i++) {
        struct pe_file file = pe_build();

        pe_put32(&file, PE_SECTION_ALIGNMENT, alignments[i]);
        assert_int_equal(accept(&file).section_alignment, alignments[i]);
    }
}

static void test_image_size_is_rounded_up(void **state)
{
    struct pe_file file = pe_build();

    (void)state;
    pe_put32(&file, PE_SIZE_OF_IMAGE, PE_IMAGE_BYTES - 0xfe0);
    assert_int_equal(accept(&file).image_bytes, PE_IMAGE_BYTES);
}

static void test_image_may_be_far_larger_than_the_file(void **state)
{
    struct pe_file file = pe_build();

    (void)state;
    pe_put32(&file, PE_SIZE_OF_IMAGE, 0x10000000);
    assert_int_equal(accept(&file).image_bytes, 0x10000000);
}

/* A file with fewer directories has a shorter optional header and its sections right behind. */
static struct pe_file file_with_directories(uint16_t count)
{
    size_t optional_bytes = 112 + 8 * (size_t)count;
    struct pe_file file = pe_build();
    uint8_t sections[3 * 40];

    memcpy(sections, file.bytes + PE_SECTION_TABLE, sizeof(sections));
    pe_put32(&file, PE_DIRECTORY_COUNT, count);
    pe_put16(&file, PE_OPTIONAL_BYTES, (uint16_t)optional_bytes);
    memcpy(file.bytes + PE_MAGIC + optional_bytes, sections, sizeof(sections));
    return file;
}

static void test_fewer_directories(void **state)
{
    static const uint16_t counts[] = {6, 8, 15};

    (void)state;
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        struct pe_file file = file_with_directories(counts[i]);

        assert_int_equal(accept(&file).relocation_bytes, 0x12);
    }
}

static void test_no_relocation_directory(void **state)
{
    static const uint16_t counts[] = {0, 5};

    (void)state;
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        struct pe_file file = file_with_directories(counts[i]);

        assert_int_equal(accept(&file).relocation_bytes, 0);
        assert_false(accept(&file).relocations_stripped);
    }
}

static void test_stripped_relocations(void **state)
{
    struct pe_file file = pe_build();

    (void)state;
    pe_put16(&file, PE_CHARACTERISTICS, 0x23);
    assert_false(accept(&file).relocations_stripped);
    pe_put32(&file, PE_RELOCATION_BYTES, 0);
    assert_true(accept(&file).relocations_stripped);
}

static void test_certificates_are_ignored(void **state)
{
    struct pe_file file = pe_build();

    (void)state;
    pe_put32(&file, PE_SECURITY_RVA, 0xfffffff0);
    pe_put32(&file, PE_SECURITY_BYTES, 0xfffffff0);
    accept(&file);
}

static void test_no_nx_without_the_flag(void **state)
{
    struct pe_file file = pe_build();

    (void)state;
    pe_put16(&file, PE_DLL_CHARACTERISTICS, 0);
    assert_false(accept(&file).nx_compatible);
}

static void test_no_nx_when_sections_share_pages(void **state)
{
    struct pe_file file = pe_build();

    (void)state;
    pe_put32(&file, PE_SECTION_FIELD(PE_DATA, PE_RVA), 0x1800);
    assert_false(accept(&file).nx_compatible);
}

static void test_virtual_size_zero_means_raw_size(void **state)
{
    struct pe_file file = pe_build();
    struct pe_image image;

    (void)state;
    pe_put32(&file, PE_SECTION_FIELD(PE_TEXT, PE_VIRTUAL_BYTES), 0);
    image = accept(&file);
    assert_int_equal(pe_section(&image, PE_TEXT).virtual_bytes, 0x200);
    assert_int_equal(pe_section(&image, PE_TEXT).file_bytes, 0x200);
}

static void test_empty_section_is_not_looked_at(void **state)
{
    struct pe_file file = pe_build();

    (void)state;
    pe_put32(&file, PE_SECTION_FIELD(PE_DATA, PE_VIRTUAL_BYTES), 0);
    pe_put32(&file, PE_SECTION_FIELD(PE_DATA, PE_RAW_BYTES), 0);
    pe_put32(&file, PE_SECTION_FIELD(PE_DATA, PE_RVA), 0xffffffff);
    pe_put32(&file, PE_SECTION_FIELD(PE_DATA, PE_RAW_OFFSET), 0xffffffff);
    assert_true(accept(&file).nx_compatible);
}

static void test_bss_without_place_in_the_file(void **state)
{
    struct pe_file file = pe_build();
    struct pe_image image;

    (void)state;
    pe_put32(&file, PE_SECTION_FIELD(PE_DATA, PE_RAW_OFFSET), 0);
    pe_put32(&file, PE_SECTION_FIELD(PE_DATA, PE_RAW_BYTES), 0x1100);
    image = accept(&file);
    assert_int_equal(pe_section(&image, PE_DATA).file_bytes, 0);
}

static void test_sections_in_any_order(void **state)
{
    struct pe_file file = pe_build();
    uint8_t text[40];

    (void)state;
    memcpy(text, file.bytes + PE_SECTION_FIELD(0, 0), sizeof(text));
    memcpy(file.bytes + PE_SECTION_FIELD(0, 0), file.bytes + PE_SECTION_FIELD(1, 0), sizeof(text));
    memcpy(file.bytes + PE_SECTION_FIELD(1, 0), text, sizeof(text));
    accept(&file);
}

static void test_adjacent_sections_do_not_overlap(void **state)
{
    struct pe_file file = pe_build();

    (void)state;
    pe_put32(&file, PE_SECTION_FIELD(PE_TEXT, PE_VIRTUAL_BYTES), 0x1000);
    pe_put32(&file, PE_SECTION_FIELD(PE_DATA, PE_VIRTUAL_BYTES), 0x2000);
    pe_put32(&file, PE_SECTION_FIELD(PE_RELOC, PE_VIRTUAL_BYTES), 0x1000);
    accept(&file);
}

static void test_adjacent_sections_in_descending_order(void **state)
{
    struct pe_file file = pe_build();

    (void)state;
    pe_put32(&file, PE_SECTION_FIELD(PE_TEXT, PE_RVA), 0x4000);
    pe_put32(&file, PE_ENTRY, 0x4000);
    pe_put32(&file, PE_SECTION_FIELD(PE_DATA, PE_VIRTUAL_BYTES), 0x2000);
    pe_put32(&file, PE_SECTION_FIELD(PE_RELOC, PE_RVA), 0x1000);
    pe_put32(&file, PE_SECTION_FIELD(PE_RELOC, PE_VIRTUAL_BYTES), 0x1000);
    accept(&file);
}

static void test_file_of_headers_only(void **state)
{
    struct pe_file file = pe_build();
    struct pe_image image;

    (void)state;
    for (unsigned int i = PE_TEXT; i <= PE_RELOC; i++)
        pe_put32(&file, PE_SECTION_FIELD(i, PE_RAW_OFFSET), 0);
    assert_int_equal(pe_parse(file.bytes, PE_HEADER_BYTES, &image), EFI_SUCCESS);
}

static void test_section_right_behind_the_headers(void **state)
{
    struct pe_file file = pe_build();

    (void)state;
    pe_put32(&file, PE_SECTION_FIELD(PE_TEXT, PE_RVA), PE_HEADER_BYTES);
    pe_put32(&file, PE_ENTRY, PE_HEADER_BYTES);
    accept(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers_are_read),
        cmocka_unit_test(test_sections_are_read),
        cmocka_unit_test(test_drivers_are_accepted),
        cmocka_unit_test(test_section_alignments_met_in_the_wild),
        cmocka_unit_test(test_image_size_is_rounded_up),
        cmocka_unit_test(test_image_may_be_far_larger_than_the_file),
        cmocka_unit_test(test_fewer_directories),
        cmocka_unit_test(test_no_relocation_directory),
        cmocka_unit_test(test_stripped_relocations),
        cmocka_unit_test(test_certificates_are_ignored),
        cmocka_unit_test(test_no_nx_without_the_flag),
        cmocka_unit_test(test_no_nx_when_sections_share_pages),
        cmocka_unit_test(test_virtual_size_zero_means_raw_size),
        cmocka_unit_test(test_empty_section_is_not_looked_at),
        cmocka_unit_test(test_bss_without_place_in_the_file),
        cmocka_unit_test(test_sections_in_any_order),
        cmocka_unit_test(test_adjacent_sections_do_not_overlap),
        cmocka_unit_test(test_adjacent_sections_in_descending_order),
        cmocka_unit_test(test_file_of_headers_only),
        cmocka_unit_test(test_section_right_behind_the_headers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
