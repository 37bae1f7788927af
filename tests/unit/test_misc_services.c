/* InstallConfigurationTable's events (UEFI 2.10 section 7.1.2), Stall, CalculateCrc32. */
#include "shim/misc_services.h"

#include <string.h>

#include "shim/event/event.h"
#include "shim/runtime_image.h"
#include "tables/config_table.h"
#include "tables/system_table.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_timer.h"
#include "tests/unit/isolated.h"

static EFI_BOOT_SERVICES services;
static EFI_GUID table_guid = {.Data1 = 1};
static EFI_GUID other_guid = {.Data1 = 2};
static unsigned int notified;
static uint64_t monotonic_count;

const struct runtime_exports *runtime_image_exports(void)
{
    static const struct runtime_exports exports = {.monotonic_count = &monotonic_count};

    return &exports;
}

static void EFIAPI count_notification(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    notified++;
}

static int start(void **state)
{
    static struct runtime_data data;

    fake_memory_setup(state);
    system_table_init(&data);
    config_table_init(&data);
    misc_services_install(&services);
    return 0;
}

static void count_signals_of(const EFI_GUID *group)
{
    EFI_EVENT event;

    assert_int_equal(
        event_create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count_notification, NULL, group, &event),
        EFI_SUCCESS);
}

static void test_table_changes_signal_the_group_of_their_guid(void **state)
{
    int table;

    (void)state;
    count_signals_of(&table_guid);
    services.InstallConfigurationTable(&table_guid, &table);
    assert_int_equal(notified, 1);
    services.InstallConfigurationTable(&table_guid, &table);
    assert_int_equal(notified, 2);
    services.InstallConfigurationTable(&other_guid, &table);
    assert_int_equal(notified, 2);
    services.InstallConfigurationTable(&table_guid, NULL);
    assert_int_equal(notified, 3);
}

static void test_refused_table_changes_signal_nothing(void **state)
{
    int table;

    (void)state;
    count_signals_of(&table_guid);
    assert_int_equal(services.InstallConfigurationTable(&table_guid, NULL), EFI_NOT_FOUND);
    assert_int_equal(services.InstallConfigurationTable(NULL, &table), EFI_INVALID_PARAMETER);
    assert_int_equal(notified, 0);
}

static void test_stall_lasts_as_long_as_asked(void **state)
{
    (void)state;
    assert_int_equal(services.Stall(1500), EFI_SUCCESS);
    assert_int_equal(fake_timer.waited_ns, 1500000);
}

static void test_longest_stall_does_not_wrap(void **state)
{
    (void)state;
    assert_int_equal(services.Stall(UINT64_MAX / 1000 + 1), EFI_SUCCESS);
    assert_int_equal(fake_timer.waited_ns, UINT64_MAX);
}

static void test_monotonic_count_grows_from_what_the_runtime_has(void **state)
{
    UINT64 count;

    (void)state;
    monotonic_count = 0x2ffffffffull;
    assert_int_equal(services.GetNextMonotonicCount(&count), EFI_SUCCESS);
    assert_int_equal(count, 0x300000000ull);
    assert_int_equal(monotonic_count, 0x300000000ull);
    assert_int_equal(services.GetNextMonotonicCount(NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(monotonic_count, 0x300000000ull);
}

static void test_crc_of_the_check_string(void **state)
{
    char text[] = "123456789";
    UINT32 crc = 0;

    (void)state;
    assert_int_equal(services.CalculateCrc32(text, strlen(text), &crc), EFI_SUCCESS);
    assert_int_equal(crc, 0xcbf43926);
}

static void test_crc_needs_its_parameters(void **state)
{
    UINT32 crc = 1;

    (void)state;
    assert_int_equal(services.CalculateCrc32(NULL, 4, &crc), EFI_INVALID_PARAMETER);
    assert_int_equal(services.CalculateCrc32(&crc, 0, &crc), EFI_INVALID_PARAMETER);
    assert_int_equal(services.CalculateCrc32(&crc, 4, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(crc, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_table_changes_signal_the_group_of_their_guid, start),
        cmocka_unit_test_setup(test_refused_table_changes_signal_nothing, start),
        cmocka_unit_test_setup(test_stall_lasts_as_long_as_asked, start),
        cmocka_unit_test_setup(test_longest_stall_does_not_wrap, start),
        cmocka_unit_test_setup(test_monotonic_count_grows_from_what_the_runtime_has, start),
        cmocka_unit_test_setup(test_crc_of_the_check_string, start),
        cmocka_unit_test_setup(test_crc_needs_its_parameters, start),
    };

    return isolated_run(tests);
}
