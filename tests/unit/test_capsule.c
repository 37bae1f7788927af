#include "shim/runtime/capsule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static EFI_STATUS update_with_flags(UINT32 flags)
{
    EFI_CAPSULE_HEADER header = {.HeaderSize = sizeof(header), .Flags = flags};
    EFI_CAPSULE_HEADER *headers[] = {&header};

    return capsule_update(headers, 1, 0);
}

static void update_checks_and_refuses(void **state)
{
    EFI_CAPSULE_HEADER *missing[] = {NULL};

    (void)state;
    assert_int_equal(update_with_flags(0), EFI_UNSUPPORTED);
    assert_int_equal(update_with_flags(0x0001), EFI_UNSUPPORTED);
    assert_int_equal(update_with_flags(CAPSULE_FLAGS_PERSIST_ACROSS_RESET), EFI_UNSUPPORTED);
    assert_int_equal(update_with_flags(0x70000), EFI_UNSUPPORTED);
    assert_int_equal(update_with_flags(CAPSULE_FLAGS_POPULATE_SYSTEM_TABLE), EFI_INVALID_PARAMETER);
    assert_int_equal(update_with_flags(CAPSULE_FLAGS_INITIATE_RESET), EFI_INVALID_PARAMETER);
    assert_int_equal(capsule_update(missing, 0, 0), EFI_INVALID_PARAMETER);
    assert_int_equal(capsule_update(missing, 1, 0), EFI_INVALID_PARAMETER);
    assert_int_equal(capsule_update(NULL, 1, 0), EFI_INVALID_PARAMETER);
}

static void query_checks_and_refuses(void **state)
{
    EFI_CAPSULE_HEADER header = {.HeaderSize = sizeof(header)};
    EFI_CAPSULE_HEADER *headers[] = {&header};
    UINT64 size = 0;
    EFI_RESET_TYPE type = EfiResetCold;

    (void)state;
    assert_int_equal(capsule_query_capabilities(headers, 1, &size, &type), EFI_UNSUPPORTED);
    assert_int_equal(capsule_query_capabilities(headers, 0, &size, &type), EFI_INVALID_PARAMETER);
    assert_int_equal(capsule_query_capabilities(NULL, 1, &size, &type), EFI_INVALID_PARAMETER);
    assert_int_equal(capsule_query_capabilities(headers, 1, NULL, &type), EFI_INVALID_PARAMETER);
    assert_int_equal(capsule_query_capabilities(headers, 1, &size, NULL), EFI_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(update_checks_and_refuses),
        cmocka_unit_test(query_checks_and_refuses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
