/* The names of UEFI 2.10 appendix D. */
#include "loader/status_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define ERROR(code) (0x8000000000000000ull | (code))

static void test_success_and_warnings_have_names(void **state)
{
    static const char *const names[] = {
        "EFI_SUCCESS",
        "EFI_WARN_UNKNOWN_GLYPH",
        "EFI_WARN_DELETE_FAILURE",
        "EFI_WARN_WRITE_FAILURE",
        "EFI_WARN_BUFFER_TOO_SMALL",
        "EFI_WARN_STALE_DATA",
        "EFI_WARN_FILE_SYSTEM",
        "EFI_WARN_RESET_REQUIRED",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        assert_string_equal(status_name(i), names[i]);
}

static void test_errors_have_names(void **state)
{
    static const struct {
        unsigned int code;
        const char *name;
    } cases[] = {
        {1, "EFI_LOAD_ERROR"},
        {2, "EFI_INVALID_PARAMETER"},
        {3, "EFI_UNSUPPORTED"},
        {4, "EFI_BAD_BUFFER_SIZE"},
        {5, "EFI_BUFFER_TOO_SMALL"},
        {6, "EFI_NOT_READY"},
        {7, "EFI_DEVICE_ERROR"},
        {8, "EFI_WRITE_PROTECTED"},
        {9, "EFI_OUT_OF_RESOURCES"},
        {10, "EFI_VOLUME_CORRUPTED"},
        {11, "EFI_VOLUME_FULL"},
        {12, "EFI_NO_MEDIA"},
        {13, "EFI_MEDIA_CHANGED"},
        {14, "EFI_NOT_FOUND"},
        {15, "EFI_ACCESS_DENIED"},
        {16, "EFI_NO_RESPONSE"},
        {17, "EFI_NO_MAPPING"},
        {18, "EFI_TIMEOUT"},
        {19, "EFI_NOT_STARTED"},
        {20, "EFI_ALREADY_STARTED"},
        {21, "EFI_ABORTED"},
        {22, "EFI_ICMP_ERROR"},
        {23, "EFI_TFTP_ERROR"},
        {24, "EFI_PROTOCOL_ERROR"},
        {25, "EFI_INCOMPATIBLE_VERSION"},
        {26, "EFI_SECURITY_VIOLATION"},
        {27, "EFI_CRC_ERROR"},
        {28, "EFI_END_OF_MEDIA"},
        {31, "EFI_END_OF_FILE"},
        {32, "EFI_INVALID_LANGUAGE"},
        {33, "EFI_COMPROMISED_DATA"},
        {34, "EFI_IP_ADDRESS_CONFLICT"},
        {35, "EFI_HTTP_ERROR"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_string_equal(status_name(ERROR(cases[i].code)), cases[i].name);
}

static void test_other_values_are_unknown(void **state)
{
    static const EFI_STATUS values[] = {
        8,
        35,
        0x100000000,
        0x7fffffffffffffff,
        ERROR(0),
        ERROR(29),
        ERROR(30),
        ERROR(36),
        ERROR(0x100000002),
        UINT64_MAX,
        0xc000000000000001,
        0x4000000000000001,
    };

    (void)state;
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
        assert_string_equal(status_name(values[i]), "unknown status");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_success_and_warnings_have_names),
        cmocka_unit_test(test_errors_have_names),
        cmocka_unit_test(test_other_values_are_unknown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
