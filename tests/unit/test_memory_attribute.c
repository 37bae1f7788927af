/* EFI_MEMORY_ATTRIBUTE_PROTOCOL (UEFI 2.10 section 37.7). */
#include "shim/memory/memory_attribute.h"

#include "loader/x86/paging.h"
#include "shim/memory/memory_type.h"
#include "shim/protocol/locate.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_paging.h"
#include "tests/unit/isolated.h"

#define PAGE  4096ull
#define BASE  FAKE_MEMORY_START
#define RP    EFI_MEMORY_RP
#define RO    MEMORY_ATTRIBUTE_RO
#define XP    EFI_MEMORY_XP
#define READ  PAGE_ACCESS_READ
#define WRITE PAGE_ACCESS_WRITE
#define EXEC  PAGE_ACCESS_EXECUTE

static const EFI_GUID guid = EFI_MEMORY_ATTRIBUTE_PROTOCOL_GUID;

static struct memory_attribute_protocol *protocol;

static int start(void **state)
{
    EFI_HANDLE handle = NULL;

    fake_memory_setup(state);
    return memory_attribute_install(&handle) != EFI_SUCCESS ||
           locate_protocol(&guid, NULL, (void **)&protocol) != EFI_SUCCESS;
}

static EFI_STATUS set(uint64_t base, uint64_t bytes, uint64_t attributes)
{
    return protocol->SetMemoryAttributes(protocol, base, bytes, attributes);
}

static EFI_STATUS clear(uint64_t base, uint64_t bytes, uint64_t attributes)
{
    return protocol->ClearMemoryAttributes(protocol, base, bytes, attributes);
}

static void assert_attributes(uint64_t base, uint64_t bytes, uint64_t expected)
{
    UINT64 attributes = ~0ull;

    assert_int_equal(protocol->GetMemoryAttributes(protocol, base, bytes, &attributes),
                     EFI_SUCCESS);
    assert_int_equal(attributes, expected);
}

static void assert_get_fails(uint64_t base, uint64_t bytes, EFI_STATUS status)
{
    UINT64 attributes = 7;

    assert_int_equal(protocol->GetMemoryAttributes(protocol, base, bytes, &attributes), status);
    assert_int_equal(attributes, 7);
}

static void test_everything_is_allowed_at_first(void **state)
{
    (void)state;
    assert_attributes(BASE, FAKE_MEMORY_BYTES, 0);
}

static void test_each_combination(void **state)
{
    (void)state;
    for (unsigned int i = 1; i < 8; i++) {
        uint64_t attributes = (i & 1 ? RP : 0) | (i & 2 ? RO : 0) | (i & 4 ? XP : 0);
        unsigned int access = (i & 1 ? 0 : READ) | (i & 2 ? 0 : WRITE) | (i & 4 ? 0 : EXEC);

        assert_int_equal(set(BASE, 2 * PAGE, attributes), EFI_SUCCESS);
        assert_attributes(BASE, 2 * PAGE, attributes);
        assert_true(fake_paging_is(BASE, BASE + 2 * PAGE, access));
        assert_attributes(BASE + 2 * PAGE, PAGE, 0);
        assert_int_equal(clear(BASE, 2 * PAGE, attributes), EFI_SUCCESS);
        assert_attributes(BASE, 2 * PAGE, 0);
    }
}

static void test_other_attributes_stay(void **state)
{
    (void)state;
    set(BASE, PAGE, RO);
    set(BASE, PAGE, XP);
    assert_attributes(BASE, PAGE, RO | XP);
    clear(BASE, PAGE, RO);
    assert_attributes(BASE, PAGE, XP);
    set(BASE, PAGE, RP);
    assert_attributes(BASE, PAGE, RP | XP);
    clear(BASE, PAGE, RP | RO);
    assert_attributes(BASE, PAGE, XP);
}

static void test_different_pages_have_no_common_attributes(void **state)
{
    (void)state;
    set(BASE + PAGE, PAGE, RO);
    assert_get_fails(BASE, 2 * PAGE, EFI_NO_MAPPING);
    assert_get_fails(BASE + PAGE, 2 * PAGE, EFI_NO_MAPPING);
    assert_attributes(BASE + PAGE, PAGE, RO);
}

static void test_ranges(void **state)
{
    static const struct {
        uint64_t base;
        uint64_t bytes;
        EFI_STATUS status;
    } ranges[] = {
        {BASE, 0, EFI_INVALID_PARAMETER},
        {BASE + 1, PAGE, EFI_UNSUPPORTED},
        {BASE, PAGE + 1, EFI_UNSUPPORTED},
        {BASE, PAGE - 1, EFI_UNSUPPORTED},
        {BASE - PAGE, PAGE, EFI_UNSUPPORTED},
        {FAKE_MEMORY_END - PAGE, 2 * PAGE, EFI_UNSUPPORTED},
        {FAKE_MEMORY_END, PAGE, EFI_UNSUPPORTED},
        {BASE, 0 - PAGE, EFI_UNSUPPORTED},
        {0 - PAGE, PAGE, EFI_UNSUPPORTED},
        {0 - PAGE, 2 * PAGE, EFI_UNSUPPORTED},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        assert_get_fails(ranges[i].base, ranges[i].bytes, ranges[i].status);
        assert_int_equal(set(ranges[i].base, ranges[i].bytes, RO), ranges[i].status);
        assert_int_equal(clear(ranges[i].base, ranges[i].bytes, RO), ranges[i].status);
    }
    assert_attributes(BASE, FAKE_MEMORY_BYTES, 0);
}

static void test_attributes_that_are_none(void **state)
{
    (void)state;
    assert_int_equal(set(BASE, PAGE, 0), EFI_INVALID_PARAMETER);
    assert_int_equal(clear(BASE, PAGE, 0), EFI_INVALID_PARAMETER);
    assert_int_equal(set(BASE, PAGE, EFI_MEMORY_WB), EFI_UNSUPPORTED);
    assert_int_equal(set(BASE, PAGE, RO | EFI_MEMORY_RUNTIME), EFI_UNSUPPORTED);
    assert_int_equal(clear(BASE, PAGE, XP | EFI_MEMORY_WP), EFI_UNSUPPORTED);
    assert_int_equal(protocol->GetMemoryAttributes(protocol, BASE, PAGE, NULL),
                     EFI_INVALID_PARAMETER);
}

static void test_firmwares_own_pages(void **state)
{
    (void)state;
    fake_paging_own = BASE + PAGE;
    assert_int_equal(set(BASE, 2 * PAGE, RO), EFI_ACCESS_DENIED);
    assert_int_equal(clear(BASE, 2 * PAGE, RO), EFI_ACCESS_DENIED);
    assert_attributes(BASE, 2 * PAGE, 0);
}

static void test_no_page_for_tables(void **state)
{
    (void)state;
    fake_paging_full = true;
    assert_int_equal(set(BASE, PAGE, RO), EFI_OUT_OF_RESOURCES);
    assert_attributes(BASE, PAGE, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_everything_is_allowed_at_first, start),
        cmocka_unit_test_setup(test_each_combination, start),
        cmocka_unit_test_setup(test_other_attributes_stay, start),
        cmocka_unit_test_setup(test_different_pages_have_no_common_attributes, start),
        cmocka_unit_test_setup(test_ranges, start),
        cmocka_unit_test_setup(test_attributes_that_are_none, start),
        cmocka_unit_test_setup(test_firmwares_own_pages, start),
        cmocka_unit_test_setup(test_no_page_for_tables, start),
    };

    return isolated_run(tests);
}
