/* In which order ConnectController asks drivers (UEFI 2.10 section 7.3.12). */
#include "shim/driver/driver_order.h"

#include <string.h>

#include "shim/protocol/handle.h"
#include "tests/unit/fake_driver.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

static const EFI_GUID guid = {.Data1 = 1};
static const EFI_GUID platform_guid = EFI_PLATFORM_DRIVER_OVERRIDE_PROTOCOL_GUID;
static const EFI_GUID bus_guid = EFI_BUS_SPECIFIC_DRIVER_OVERRIDE_PROTOCOL_GUID;
static const EFI_GUID family_guid = EFI_DRIVER_FAMILY_OVERRIDE_PROTOCOL_GUID;
static int interface;
static EFI_HANDLE controller;
static struct fake_driver *drivers[6]; /* a to f */

/* What the override returns, up to NULL. */
static EFI_HANDLE choice[4];

static EFI_STATUS next_choice(EFI_HANDLE *image)
{
    for (size_t i = 0; i + 1 < sizeof(choice) / sizeof(choice[0]); i++) {
        bool is_next = *image ? i > 0 && choice[i - 1] == *image : i == 0;

        if (is_next && choice[i]) {
            *image = choice[i];
            return EFI_SUCCESS;
        }
    }
    return EFI_NOT_FOUND;
}

static EFI_STATUS EFIAPI platform_get_driver(EFI_PLATFORM_DRIVER_OVERRIDE_PROTOCOL *this,
                                             EFI_HANDLE of, EFI_HANDLE *image)
{
    (void)this;
    return of == controller ? next_choice(image) : EFI_NOT_FOUND;
}

static EFI_STATUS EFIAPI bus_get_driver(EFI_BUS_SPECIFIC_DRIVER_OVERRIDE_PROTOCOL *this,
                                        EFI_HANDLE *image)
{
    (void)this;
    return next_choice(image);
}

static UINT32 EFIAPI family_version(EFI_DRIVER_FAMILY_OVERRIDE_PROTOCOL *this)
{
    (void)this;
    return 1;
}

static EFI_PLATFORM_DRIVER_OVERRIDE_PROTOCOL platform_override = {.GetDriver = platform_get_driver};
static EFI_BUS_SPECIFIC_DRIVER_OVERRIDE_PROTOCOL bus_override = {.GetDriver = bus_get_driver};
static EFI_DRIVER_FAMILY_OVERRIDE_PROTOCOL family_override = {.GetVersion = family_version};

static int start(void **state)
{
    static const uint32_t versions[] = {1, 2, 3, 4, 50, 40};

    fake_memory_setup(state);
    assert_int_equal(handle_install(&controller, &guid, &interface), EFI_SUCCESS);
    for (unsigned int i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++)
        drivers[i] = fake_driver_new((char)('a' + i), versions[i], NULL);
    return 0;
}

static void assert_order(const EFI_HANDLE *chosen, const char *expected)
{
    struct driver_order order;

    assert_int_equal(driver_order_make(controller, chosen, &order), EFI_SUCCESS);
    assert_int_equal(order.count, strlen(expected));
    for (size_t i = 0; i < order.count; i++)
        assert_ptr_equal(order.handles[i], drivers[expected[i] - 'a']->handle);
    driver_order_free(&order);
}

static void install(EFI_HANDLE handle, const EFI_GUID *override_guid, void *override)
{
    assert_int_equal(handle_install(&handle, override_guid, override), EFI_SUCCESS);
}

static void test_highest_version_is_first(void **state)
{
    (void)state;
    assert_order(NULL, "efdcba");
}

static void test_older_handle_of_equal_versions_is_first(void **state)
{
    (void)state;
    drivers[1]->binding.Version = drivers[3]->binding.Version = 7;
    assert_order(NULL, "efbdca");
}

static void test_callers_choice_is_first(void **state)
{
    EFI_HANDLE chosen[] = {drivers[2]->handle, controller, drivers[0]->handle, drivers[2]->handle,
                           NULL};
    EFI_HANDLE none[] = {NULL};

    (void)state;
    assert_order(chosen, "caefdb");
    assert_order(none, "efdcba");
}

static void test_platform_override_is_before_the_version(void **state)
{
    (void)state;
    install(NULL, &platform_guid, &platform_override);
    choice[0] = drivers[1]->handle;
    choice[1] = drivers[0]->handle;
    assert_order(NULL, "baefdc");
}

static void test_bus_override_is_before_the_version(void **state)
{
    (void)state;
    install(controller, &bus_guid, &bus_override);
    choice[0] = drivers[1]->handle;
    choice[1] = drivers[0]->handle;
    assert_order(NULL, "baefdc");
}

static void test_override_that_never_ends_is_left(void **state)
{
    (void)state;
    install(controller, &bus_guid, &bus_override);
    choice[0] = choice[1] = choice[2] = drivers[0]->handle;
    assert_order(NULL, "aefdcb");
}

static void test_rules_are_applied_in_their_order(void **state)
{
    EFI_HANDLE chosen[] = {drivers[0]->handle, NULL};

    (void)state;
    install(NULL, &platform_guid, &platform_override);
    install(drivers[2]->handle, &family_guid, &family_override);
    choice[0] = drivers[1]->handle;
    assert_order(chosen, "abcefd");
    install(controller, &bus_guid, &bus_override);
    choice[1] = drivers[3]->handle;
    assert_order(chosen, "abdcef");
}

static void test_no_drivers_are_no_error(void **state)
{
    static const EFI_GUID binding_guid = EFI_DRIVER_BINDING_PROTOCOL_GUID;

    (void)state;
    for (unsigned int i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++)
        handle_uninstall(drivers[i]->handle, &binding_guid, &drivers[i]->binding);
    assert_order(NULL, "");
}

static void test_without_memory_there_is_no_order(void **state)
{
    struct driver_order order;

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(driver_order_make(controller, NULL, &order), EFI_OUT_OF_RESOURCES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_highest_version_is_first, start),
        cmocka_unit_test_setup(test_older_handle_of_equal_versions_is_first, start),
        cmocka_unit_test_setup(test_callers_choice_is_first, start),
        cmocka_unit_test_setup(test_platform_override_is_before_the_version, start),
        cmocka_unit_test_setup(test_bus_override_is_before_the_version, start),
        cmocka_unit_test_setup(test_override_that_never_ends_is_left, start),
        cmocka_unit_test_setup(test_rules_are_applied_in_their_order, start),
        cmocka_unit_test_setup(test_no_drivers_are_no_error, start),
        cmocka_unit_test_setup(test_without_memory_there_is_no_order, start),
    };

    return isolated_run(tests);
}
