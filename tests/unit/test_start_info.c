#include "loader/start_info.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <xen/arch-x86/hvm/start_info.h>
#include <xen/errno.h>
#include <xen/xen.h>

#include "tests/unit/log_capture.h"

/* A guest whose memory is one buffer; nothing in it is aligned, nothing lies behind its end. */
#define MEMORY_PADDR  UINT64_C(0x100001)
#define MEMORY_BYTES  (UINT64_C(4) * BOOT_CMDLINE_MAX)
#define MODLIST       0x100
#define MEMMAP        0x400
#define CMDLINE       0x800
#define MODULE        0x2000
#define MODULE_BYTES  0x100
#define MODULE_STRING 0x1f00

static uint8_t memory[MEMORY_BYTES];

static const void *window(uint64_t paddr, uint64_t bytes)
{
    uint64_t offset = paddr - MEMORY_PADDR;

    if (offset > MEMORY_BYTES || bytes > MEMORY_BYTES - offset)
        return NULL;
    return memory + offset;
}

static void put(uint64_t offset, const void *data, size_t bytes)
{
    memcpy(memory + offset, data, bytes);
}

static void put_module(unsigned int index, uint64_t paddr, uint64_t size, uint64_t cmdline_paddr)
{
    const struct hvm_modlist_entry entry = {
        .paddr = paddr,
        .size = size,
        .cmdline_paddr = cmdline_paddr,
    };

    put(MODLIST + index * sizeof(entry), &entry, sizeof(entry));
}

/* Version 1 with everything: tests spoil one part of it. */
static struct hvm_start_info sound_start_info(void)
{
    memset(memory, 0, sizeof(memory));
    put(CMDLINE, "root=/dev/xvda1", 16);
    put(MODULE_STRING, "module", 7);
    put_module(0, MEMORY_PADDR + MODULE, MODULE_BYTES, MEMORY_PADDR + MODULE_STRING);
    put_module(1, MEMORY_PADDR + MODULE + MODULE_BYTES, 1, 0);
    return (struct hvm_start_info){
        .magic = XEN_HVM_START_MAGIC_VALUE,
        .version = 1,
        .nr_modules = 2,
        .modlist_paddr = MEMORY_PADDR + MODLIST,
        .cmdline_paddr = MEMORY_PADDR + CMDLINE,
        .rsdp_paddr = 0xfc008000,
        .memmap_paddr = MEMORY_PADDR + MEMMAP,
        .memmap_entries = 3,
    };
}

static struct boot_info accept(const struct hvm_start_info *start_info)
{
    struct boot_info info;

    log_capture_clear();
    put(0, start_info, sizeof(*start_info));
    assert_int_equal(start_info_parse(MEMORY_PADDR, window, &info), 0);
    assert_string_equal(log_capture_last(), "");
    return info;
}

static void reject(const struct hvm_start_info *start_info, const char *reason)
{
    struct boot_info info;
    struct boot_info untouched;

    memset(&info, 0x5a, sizeof(info));
    memcpy(&untouched, &info, sizeof(info));
    log_capture_clear();
    put(0, start_info, sizeof(*start_info));
    assert_int_equal(start_info_parse(MEMORY_PADDR, window, &info), -XEN_EINVAL);
    assert_non_null(strstr(log_capture_last(), reason));
    assert_memory_equal(&info, &untouched, sizeof(info));
}

static void test_everything_is_found(void **state)
{
    struct hvm_start_info start_info = sound_start_info();
    struct boot_info info = accept(&start_info);

    (void)state;
    assert_int_equal(info.start_info_paddr, MEMORY_PADDR);
    assert_int_equal(info.rsdp_paddr, 0xfc008000);
    assert_string_equal(info.cmdline, "root=/dev/xvda1");
    assert_int_equal(info.module_count, 2);
    assert_int_equal(info.module[0].paddr, MEMORY_PADDR + MODULE);
    assert_int_equal(info.module[0].bytes, MODULE_BYTES);
    assert_string_equal(info.module[0].cmdline, "module");
    assert_int_equal(info.module[1].paddr, MEMORY_PADDR + MODULE + MODULE_BYTES);
    assert_string_equal(info.module[1].cmdline, "");
    assert_ptr_equal(info.memmap, memory + MEMMAP);
    assert_int_equal(info.memmap_entries, 3);
}

static void test_version_0_has_no_memory_map(void **state)
{
    struct hvm_start_info start_info = sound_start_info();
    struct boot_info info;

    (void)state;
    start_info.version = 0;
    info = accept(&start_info);
    assert_null(info.memmap);
    assert_int_equal(info.memmap_entries, 0);
    assert_int_equal(info.module_count, 2);
}

static void test_version_0_may_end_before_the_memory_map(void **state)
{
    struct hvm_start_info start_info = {.magic = XEN_HVM_START_MAGIC_VALUE};
    uint64_t offset = MEMORY_BYTES - offsetof(struct hvm_start_info, memmap_paddr);
    struct boot_info info;

    (void)state;
    put(offset, &start_info, MEMORY_BYTES - offset);
    assert_int_equal(start_info_parse(MEMORY_PADDR + offset, window, &info), 0);
}

static void test_version_1_may_not(void **state)
{
    struct hvm_start_info start_info = {.magic = XEN_HVM_START_MAGIC_VALUE, .version = 1};
    uint64_t offset = MEMORY_BYTES - offsetof(struct hvm_start_info, memmap_paddr);
    struct boot_info info;

    (void)state;
    log_capture_clear();
    put(offset, &start_info, MEMORY_BYTES - offset);
    assert_int_equal(start_info_parse(MEMORY_PADDR + offset, window, &info), -XEN_EINVAL);
    assert_non_null(strstr(log_capture_last(), "cut short"));
}

static void test_later_version_is_read_as_1(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    start_info.version = 7;
    assert_int_equal(accept(&start_info).memmap_entries, 3);
}

static void test_memory_map_without_entries_is_none(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    start_info.memmap_entries = 0;
    assert_null(accept(&start_info).memmap);
}

static void test_memory_map_without_address_is_none(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    start_info.memmap_paddr = 0;
    assert_null(accept(&start_info).memmap);
    assert_int_equal(accept(&start_info).memmap_entries, 0);
}

static void test_no_command_line_is_empty(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    start_info.cmdline_paddr = 0;
    assert_string_equal(accept(&start_info).cmdline, "");
}

static void test_dom0_is_told_apart(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    assert_false(accept(&start_info).initial_domain);
    start_info.flags = SIF_INITDOMAIN;
    assert_true(accept(&start_info).initial_domain);
}

static void test_no_modules(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    start_info.nr_modules = 0;
    start_info.modlist_paddr = 0;
    assert_int_equal(accept(&start_info).module_count, 0);
}

static void test_empty_module_is_left_out(void **state)
{
    struct hvm_start_info start_info = sound_start_info();
    struct boot_info info;

    (void)state;
    put_module(0, 0, 0, 0);
    info = accept(&start_info);
    assert_int_equal(info.module_count, 1);
    assert_int_equal(info.module[0].bytes, 1);
}

static void test_as_many_modules_as_allowed(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    for (unsigned int i = 0; i < BOOT_MODULES_MAX; i++)
        put_module(i, MEMORY_PADDR + MODULE, 1, 0);
    start_info.nr_modules = BOOT_MODULES_MAX;
    assert_int_equal(accept(&start_info).module_count, BOOT_MODULES_MAX);
}

static void test_as_many_memory_map_entries_as_allowed(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    start_info.memmap_entries = BOOT_MEMMAP_MAX;
    assert_int_equal(accept(&start_info).memmap_entries, BOOT_MEMMAP_MAX);
}

static void test_longest_command_line(void **state)
{
    struct hvm_start_info start_info = sound_start_info();
    uint64_t offset = MEMORY_BYTES - BOOT_CMDLINE_MAX;

    (void)state;
    start_info.nr_modules = 0;
    memset(memory + offset, 'x', BOOT_CMDLINE_MAX - 1);
    start_info.cmdline_paddr = MEMORY_PADDR + offset;
    assert_int_equal(strlen(accept(&start_info).cmdline), BOOT_CMDLINE_MAX - 1);
}

static void test_command_line_may_end_with_the_memory(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    put(MEMORY_BYTES - 2, "x", 2);
    start_info.cmdline_paddr = MEMORY_PADDR + MEMORY_BYTES - 2;
    assert_string_equal(accept(&start_info).cmdline, "x");
}

static void test_start_info_outside_memory(void **state)
{
    struct boot_info info;

    (void)state;
    log_capture_clear();
    assert_int_equal(start_info_parse(0x1000, window, &info), -XEN_EINVAL);
    assert_non_null(strstr(log_capture_last(), "0x1000"));
}

static void test_bad_magic(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    start_info.magic++;
    reject(&start_info, "bad magic");
    assert_non_null(strstr(log_capture_last(), "0x336ec579, expected 0x336ec578"));
}

static void test_too_many_modules(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    start_info.nr_modules = BOOT_MODULES_MAX + 1;
    reject(&start_info, "17 modules (at most 16)");
    start_info.nr_modules = UINT32_MAX;
    reject(&start_info, "4294967295 modules");
}

static void test_module_list_outside_memory(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    start_info.modlist_paddr = MEMORY_PADDR + MEMORY_BYTES - sizeof(struct hvm_modlist_entry);
    reject(&start_info, "list of 2 modules");
}

static void test_module_list_without_address(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    start_info.modlist_paddr = 0;
    reject(&start_info, "list of 2 modules");
}

static void test_module_outside_memory(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    put_module(1, MEMORY_PADDR + MODULE, MEMORY_BYTES - MODULE + 1, 0);
    reject(&start_info, "module 1 lies outside");
}

static void test_module_that_wraps(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    put_module(1, MEMORY_PADDR + MODULE, UINT64_MAX, 0);
    reject(&start_info, "module 1 lies outside");
}

static void test_module_without_address(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    put_module(0, 0, 16, 0);
    reject(&start_info, "module 0 lies outside");
}

static void test_module_command_line_outside_memory(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    put_module(1, MEMORY_PADDR + MODULE, 16, 0x1000);
    reject(&start_info, "command line at 0x1000");
}

static void test_command_line_runs_out_of_memory(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    memory[MEMORY_BYTES - 1] = 'x';
    start_info.cmdline_paddr = MEMORY_PADDR + MEMORY_BYTES - 1;
    reject(&start_info, "outside the guest's memory");
}

static void test_command_line_too_long(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    memset(memory + CMDLINE, 'x', BOOT_CMDLINE_MAX);
    start_info.nr_modules = 0;
    reject(&start_info, "longer than 4095 bytes");
}

static void test_too_many_memory_map_entries(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    start_info.memmap_entries = BOOT_MEMMAP_MAX + 1;
    reject(&start_info, "513 memory map entries (at most 512)");
}

static void test_memory_map_outside_memory(void **state)
{
    struct hvm_start_info start_info = sound_start_info();

    (void)state;
    start_info.memmap_paddr =
        MEMORY_PADDR + MEMORY_BYTES - 2 * sizeof(struct hvm_memmap_table_entry);
    reject(&start_info, "memory map of 3 entries");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_is_found),
        cmocka_unit_test(test_version_0_has_no_memory_map),
        cmocka_unit_test(test_version_0_may_end_before_the_memory_map),
        cmocka_unit_test(test_version_1_may_not),
        cmocka_unit_test(test_later_version_is_read_as_1),
        cmocka_unit_test(test_memory_map_without_entries_is_none),
        cmocka_unit_test(test_memory_map_without_address_is_none),
        cmocka_unit_test(test_no_command_line_is_empty),
        cmocka_unit_test(test_dom0_is_told_apart),
        cmocka_unit_test(test_no_modules),
        cmocka_unit_test(test_empty_module_is_left_out),
        cmocka_unit_test(test_as_many_modules_as_allowed),
        cmocka_unit_test(test_as_many_memory_map_entries_as_allowed),
        cmocka_unit_test(test_longest_command_line),
        cmocka_unit_test(test_command_line_may_end_with_the_memory),
        cmocka_unit_test(test_start_info_outside_memory),
        cmocka_unit_test(test_bad_magic),
        cmocka_unit_test(test_too_many_modules),
        cmocka_unit_test(test_module_list_outside_memory),
        cmocka_unit_test(test_module_list_without_address),
        cmocka_unit_test(test_module_outside_memory),
        cmocka_unit_test(test_module_that_wraps),
        cmocka_unit_test(test_module_without_address),
        cmocka_unit_test(test_module_command_line_outside_memory),
        cmocka_unit_test(test_command_line_runs_out_of_memory),
        cmocka_unit_test(test_command_line_too_long),
        cmocka_unit_test(test_too_many_memory_map_entries),
        cmocka_unit_test(test_memory_map_outside_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
