#include "loader/boot_source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>
#include <xen/errno.h>

#include "tests/unit/log_capture.h"

#define MODULE_BYTES UINT64_C(0x9000)
#define MODULES      3

static uint8_t modules[MODULES][MODULE_BYTES];
static bool mapped;

static const void *window(uint64_t paddr, uint64_t bytes)
{
    if (!mapped || paddr > sizeof(modules) || bytes > sizeof(modules) - paddr)
        return NULL;
    return (const uint8_t *)modules + paddr;
}

/* The guest has `count` modules, each "of unknown content" until a test says otherwise. */
static struct boot_info guest_with_modules(unsigned int count)
{
    struct boot_info info = {.cmdline = "ignored here", .module_count = count};

    mapped = true;
    memset(modules, 0, sizeof(modules));
    for (unsigned int i = 0; i < count; i++)
        info.module[i] = (struct boot_module){
            .paddr = i * MODULE_BYTES,
            .bytes = MODULE_BYTES,
            .cmdline = "",
        };
    return info;
}

static void set_content(unsigned int index, size_t offset, const void *signature, size_t bytes)
{
    memcpy(modules[index] + offset, signature, bytes);
}

static void make_image(unsigned int index)
{
    set_content(index, 0, "MZ", 2);
}

static void make_gzip(unsigned int index)
{
    set_content(index, 0, "\x1f\x8b", 2);
}

static struct boot_source choose(const struct boot_info *info)
{
    struct boot_source source;

    log_capture_clear();
    assert_int_equal(boot_source_choose(info, "firmware's", window, &source), 0);
    return source;
}

static void reject(const struct boot_info *info, const char *reason)
{
    struct boot_source source = {.cmdline = "untouched"};

    log_capture_clear();
    assert_int_equal(boot_source_choose(info, "firmware's", window, &source), -XEN_EINVAL);
    assert_non_null(strstr(log_capture_last(), reason));
    assert_string_equal(source.cmdline, "untouched");
}

static void test_no_module(void **state)
{
    struct boot_info info = guest_with_modules(0);
    struct boot_source source = choose(&info);

    (void)state;
    assert_int_equal(source.kind, BOOT_SOURCE_NONE);
    assert_null(source.image);
    assert_null(source.initrd);
    assert_string_equal(source.cmdline, "");
}

static void test_single_image(void **state)
{
    struct boot_info info = guest_with_modules(1);
    struct boot_source source;

    (void)state;
    make_image(0);
    source = choose(&info);
    assert_int_equal(source.kind, BOOT_SOURCE_IMAGE);
    assert_ptr_equal(source.image, &info.module[0]);
    assert_null(source.initrd);
    assert_string_equal(log_capture_last(), "");
}

static void test_single_image_gets_the_firmwares_command_line(void **state)
{
    struct boot_info info = guest_with_modules(1);

    (void)state;
    make_image(0);
    assert_string_equal(choose(&info).cmdline, "firmware's");
}

static void test_single_image_prefers_its_own_command_line(void **state)
{
    struct boot_info info = guest_with_modules(1);

    (void)state;
    make_image(0);
    info.module[0].cmdline = "own";
    assert_string_equal(choose(&info).cmdline, "own");
}

static void test_single_module_that_is_no_image(void **state)
{
    struct boot_info info = guest_with_modules(1);

    (void)state;
    reject(&info, "module 0 is of unknown content, expected an EFI image");
}

static void test_contents_are_named(void **state)
{
    static const struct {
        size_t offset;
        size_t bytes;
        const char *signature;
        const char *name;
    } contents[] = {
        {0, 4, "\x7f\x45\x4c\x46", "an ELF file"},
        {0, 2, "\x1f\x8b", "a gzip file"},
        {0, 6, "\xfd\x37zXZ\0", "an xz file"},
        {0, 4, "\x28\xb5\x2f\xfd", "a zstd file"},
        {0, 4, "\x02\x21\x4c\x18", "an lz4 file"},
        {0, 4, "\x04\x22\x4d\x18", "an lz4 file"},
        {0, 3, "BZh", "a bzip2 file"},
        {0, 5, "\x5d\0\0\0\0", "an lzma file"},
        {0, 4, "\x89LZO", "an lzo file"},
        {0, 6, "070701", "a cpio archive"},
        {0, 6, "070702", "a cpio archive"},
        {0x202, 4, "HdrS", "a Linux kernel without EFI stub"},
        {0x8001, 5, "CD001", "an ISO 9660 image"},
        {0x200, 8, "EFI PART", "a GPT disk image"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++) {
        struct boot_info info = guest_with_modules(1);

        set_content(0, contents[i].offset, contents[i].signature, contents[i].bytes);
        reject(&info, contents[i].name);
    }
}

static void test_module_shorter_than_a_signature(void **state)
{
    struct boot_info info = guest_with_modules(1);

    (void)state;
    make_image(0);
    info.module[0].bytes = 1;
    reject(&info, "of unknown content");
}

static void test_module_that_ends_in_a_signature(void **state)
{
    struct boot_info info = guest_with_modules(1);

    (void)state;
    set_content(0, 0x202, "HdrS", 4);
    info.module[0].bytes = 0x205;
    reject(&info, "of unknown content");
    info.module[0].bytes = 0x206;
    reject(&info, "a Linux kernel without EFI stub");
}

static void test_unmapped_module(void **state)
{
    struct boot_info info = guest_with_modules(1);

    (void)state;
    make_image(0);
    mapped = false;
    reject(&info, "of unknown content");
}

static void test_kernel_and_initrd(void **state)
{
    struct boot_info info = guest_with_modules(2);
    struct boot_source source;

    (void)state;
    make_image(0);
    make_gzip(1);
    source = choose(&info);
    assert_int_equal(source.kind, BOOT_SOURCE_KERNEL);
    assert_ptr_equal(source.image, &info.module[0]);
    assert_ptr_equal(source.initrd, &info.module[1]);
    assert_string_equal(log_capture_last(), "");
}

static void test_initrd_and_kernel(void **state)
{
    struct boot_info info = guest_with_modules(2);
    struct boot_source source;

    (void)state;
    make_gzip(0);
    make_image(1);
    source = choose(&info);
    assert_int_equal(source.kind, BOOT_SOURCE_KERNEL);
    assert_ptr_equal(source.image, &info.module[1]);
    assert_ptr_equal(source.initrd, &info.module[0]);
}

static void test_initrd_may_be_of_unknown_content(void **state)
{
    struct boot_info info = guest_with_modules(2);

    (void)state;
    make_image(0);
    assert_ptr_equal(choose(&info).initrd, &info.module[1]);
}

static void test_kernel_gets_its_modules_command_line(void **state)
{
    struct boot_info info = guest_with_modules(2);

    (void)state;
    make_image(0);
    info.module[0].cmdline = "kernel's";
    info.module[1].cmdline = "initrd's";
    assert_string_equal(choose(&info).cmdline, "kernel's");
}

static void test_kernel_behind_its_initrd_gets_the_first_modules_command_line(void **state)
{
    struct boot_info info = guest_with_modules(2);

    (void)state;
    make_image(1);
    info.module[0].cmdline = "guest's";
    assert_string_equal(choose(&info).cmdline, "guest's");
}

static void test_kernel_never_gets_the_firmwares_command_line(void **state)
{
    struct boot_info info = guest_with_modules(2);

    (void)state;
    make_image(0);
    assert_string_equal(choose(&info).cmdline, "");
}

static void test_two_images(void **state)
{
    struct boot_info info = guest_with_modules(2);
    struct boot_source source;

    (void)state;
    make_image(0);
    make_image(1);
    source = choose(&info);
    assert_int_equal(source.kind, BOOT_SOURCE_KERNEL);
    assert_ptr_equal(source.image, &info.module[0]);
    assert_ptr_equal(source.initrd, &info.module[1]);
    assert_non_null(strstr(log_capture_last(), "both EFI images"));
}

static void test_two_modules_without_an_image(void **state)
{
    struct boot_info info = guest_with_modules(2);

    (void)state;
    make_gzip(0);
    set_content(1, 0, "070701", 6);
    reject(&info, "module 0 is a gzip file and module 1 is a cpio archive");
}

static void test_three_modules(void **state)
{
    struct boot_info info = guest_with_modules(3);

    (void)state;
    make_image(0);
    reject(&info, "3 modules, expected an EFI image and at most one initrd");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_module),
        cmocka_unit_test(test_single_image),
        cmocka_unit_test(test_single_image_gets_the_firmwares_command_line),
        cmocka_unit_test(test_single_image_prefers_its_own_command_line),
        cmocka_unit_test(test_single_module_that_is_no_image),
        cmocka_unit_test(test_contents_are_named),
        cmocka_unit_test(test_module_shorter_than_a_signature),
        cmocka_unit_test(test_module_that_ends_in_a_signature),
        cmocka_unit_test(test_unmapped_module),
        cmocka_unit_test(test_kernel_and_initrd),
        cmocka_unit_test(test_initrd_and_kernel),
        cmocka_unit_test(test_initrd_may_be_of_unknown_content),
        cmocka_unit_test(test_kernel_gets_its_modules_command_line),
        cmocka_unit_test(test_kernel_behind_its_initrd_gets_the_first_modules_command_line),
        cmocka_unit_test(test_kernel_never_gets_the_firmwares_command_line),
        cmocka_unit_test(test_two_images),
        cmocka_unit_test(test_two_modules_without_an_image),
        cmocka_unit_test(test_three_modules),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
