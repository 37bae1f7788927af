/* Boot catalogs with sections, strange sizes and damage. */
#include "shim/partition/el_torito.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/memory_medium.h"

#define SECTOR  EL_TORITO_SECTOR_BYTES
#define SECTORS 100u
#define CATALOG 20u

#define PLATFORM_PC  0x00
#define PLATFORM_EFI 0xef

static uint8_t content[SECTORS * SECTOR];
static struct memory_medium disc;
static struct el_torito torito;
static unsigned int next; /* entry of the catalog */

static uint8_t *append(uint8_t indicator, uint8_t platform)
{
    uint8_t *entry = &content[CATALOG * SECTOR + 32 * next++];

    entry[0] = indicator;
    entry[1] = platform;
    return entry;
}

static void append_image(uint32_t sector, uint16_t count)
{
    uint8_t *entry = append(0x88, 0);

    memcpy(entry + 6, &count, sizeof(count));
    memcpy(entry + 8, &sector, sizeof(sector));
}

static void append_section(uint8_t indicator, uint8_t platform, uint16_t images)
{
    memcpy(append(indicator, platform) + 2, &images, sizeof(images));
}

/* The words of the entry add up to 0. */
static void append_validation(uint8_t platform)
{
    uint8_t *entry = append(1, platform);
    uint16_t sum = 0;

    entry[30] = 0x55;
    entry[31] = 0xaa;
    for (unsigned int i = 0; i < 32; i += 2)
        sum = (uint16_t)(sum - entry[i] - (entry[i + 1] << 8));
    memcpy(entry + 28, &sum, sizeof(sum));
}

static int setup(void **state)
{
    static const uint32_t catalog = CATALOG;

    (void)state;
    memset(content, 0, sizeof(content));
    memory_medium_init(&disc, content, sizeof(content), SECTOR);
    for (unsigned int i = 16; i <= 18; i++) {
        content[i * SECTOR] = i == 16 ? 1 : i == 17 ? 0 : 255;
        memcpy(&content[i * SECTOR + 1], "CD001\1", 6);
    }
    strcpy((char *)&content[17 * SECTOR + 7], "EL TORITO SPECIFICATION");
    memcpy(&content[17 * SECTOR + 0x47], &catalog, sizeof(catalog));
    next = 0;
    return 0;
}

static void assert_image(unsigned int index, uint32_t boot_entry, uint32_t sector, uint64_t bytes)
{
    assert_true(index < torito.count);
    assert_int_equal(torito.image[index].boot_entry, boot_entry);
    assert_int_equal(torito.image[index].offset, (uint64_t)sector * SECTOR);
    assert_int_equal(torito.image[index].bytes, bytes);
}

static void read_catalog(unsigned int images)
{
    assert_int_equal(el_torito_read(&disc.medium, &torito), EFI_SUCCESS);
    assert_int_equal(torito.count, images);
}

static void test_first_image(void **state)
{
    (void)state;
    append_validation(PLATFORM_EFI);
    append_image(40, 8);
    read_catalog(1);
    assert_image(0, 0, 40, 4096);
}

static void test_sections(void **state)
{
    (void)state;
    append_validation(PLATFORM_PC);
    append_image(30, 4);
    append_section(0x90, PLATFORM_EFI, 2);
    append_image(40, 8);
    append(0x44, 0x20); /* extends it */
    append_image(50, 4);
    append_section(0x90, PLATFORM_PC, 1);
    append_image(60, 4);
    append_section(0x91, PLATFORM_EFI, 1);
    append_image(70, 4);
    read_catalog(3);
    assert_image(0, 1, 40, 4096);
    assert_image(1, 2, 50, 2048);
    assert_image(2, 4, 70, 2048);
}

/* Nothing, one sector, and more than the field can say all mean: to the end of the disc. */
static void test_open_ends(void **state)
{
    static const uint16_t counts[] = {0, 1, 0xffff, 4 * SECTORS};

    (void)state;
    append_validation(PLATFORM_EFI);
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        next = 1;
        append_image(40, counts[i]);
        read_catalog(1);
        assert_image(0, 0, 40, (SECTORS - 40) * SECTOR);
    }
}

static void test_useless_images(void **state)
{
    (void)state;
    append_validation(PLATFORM_PC);
    append_image(40, 8);
    append_section(0x91, PLATFORM_EFI, 4);
    append_image(0, 8);
    append_image(SECTORS, 8);
    append_image(UINT32_MAX, 8);
    append_image(40, 8);
    content[CATALOG * SECTOR + 32 * 6 + 1] = 2; /* emulates a floppy */
    read_catalog(0);
}

static void test_endless_section(void **state)
{
    (void)state;
    append_validation(PLATFORM_EFI);
    append_image(40, 8);
    append_section(0x90, PLATFORM_EFI, 0xffff);
    while (next < SECTOR / 32)
        append_image(50, 8);
    read_catalog(EL_TORITO_IMAGES_MAX);
}

static void test_checksum(void **state)
{
    (void)state;
    append_validation(PLATFORM_EFI);
    content[CATALOG * SECTOR + 5]++;
    assert_int_equal(el_torito_read(&disc.medium, &torito), EFI_VOLUME_CORRUPTED);
}

static void test_catalog_outside(void **state)
{
    (void)state;
    memset(&content[17 * SECTOR + 0x47], 0xff, 4);
    assert_int_equal(el_torito_read(&disc.medium, &torito), EFI_VOLUME_CORRUPTED);
}

static void test_no_boot_record(void **state)
{
    (void)state;
    content[17 * SECTOR] = 2;
    assert_int_equal(el_torito_read(&disc.medium, &torito), EFI_NOT_FOUND);
}

static void test_no_iso(void **state)
{
    (void)state;
    content[16 * SECTOR + 1] = 'X';
    assert_int_equal(el_torito_read(&disc.medium, &torito), EFI_NOT_FOUND);
    disc.medium.bytes = 16 * SECTOR;
    assert_int_equal(el_torito_read(&disc.medium, &torito), EFI_NOT_FOUND);
}

/* Descriptors without end. */
static void test_no_terminator(void **state)
{
    (void)state;
    for (unsigned int i = 16; i < SECTORS; i++) {
        content[i * SECTOR] = 1;
        memcpy(&content[i * SECTOR + 1], "CD001\1", 6);
    }
    assert_int_equal(el_torito_read(&disc.medium, &torito), EFI_NOT_FOUND);
    assert_true(disc.reads <= 32);
}

static void test_unreadable(void **state)
{
    (void)state;
    append_validation(PLATFORM_EFI);
    disc.bad_start = CATALOG * SECTOR;
    disc.bad_end = disc.bad_start + 1;
    assert_int_equal(el_torito_read(&disc.medium, &torito), EFI_DEVICE_ERROR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_first_image, setup),
        cmocka_unit_test_setup(test_sections, setup),
        cmocka_unit_test_setup(test_open_ends, setup),
        cmocka_unit_test_setup(test_useless_images, setup),
        cmocka_unit_test_setup(test_endless_section, setup),
        cmocka_unit_test_setup(test_checksum, setup),
        cmocka_unit_test_setup(test_catalog_outside, setup),
        cmocka_unit_test_setup(test_no_boot_record, setup),
        cmocka_unit_test_setup(test_no_iso, setup),
        cmocka_unit_test_setup(test_no_terminator, setup),
        cmocka_unit_test_setup(test_unreadable, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
