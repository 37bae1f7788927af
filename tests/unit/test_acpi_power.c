/* The registers that switch off and reset a machine (ACPI 6.5 sections 4.8.3 and 7.4.2). */
#include "tables/acpi_power.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/acpi_tables_fake.h"

/* Behind the header. */
#define FADT_BYTES    93
#define DSDT          4
#define PM1A_CONTROL  28
#define RESET_SPACE   80
#define RESET_ADDRESS 84
#define RESET_VALUE   92

#define SPACE_MEMORY 0
#define SPACE_IO     1

static uint8_t fadt[FADT_BYTES];

/* As QEMU's q35 has them. */
static const uint8_t q35_s5[] = {'_', 'S', '5', '_', 0x12, 0x06, 0x04, 0x00, 0x00, 0x00, 0x00};

static int setup(void **state)
{
    (void)state;
    memset(fadt, 0, sizeof(fadt));
    fadt[RESET_SPACE] = SPACE_IO;
    fadt[RESET_VALUE] = 0x0f;
    memcpy(fadt + PM1A_CONTROL, &(uint32_t){0x604}, sizeof(uint32_t));
    memcpy(fadt + RESET_ADDRESS, &(uint64_t){0xcf9}, sizeof(uint64_t));
    fake_acpi_init();
    return 0;
}

/* What is found with this DSDT. */
static struct acpi_power find(const void *dsdt, size_t bytes)
{
    uint32_t address = (uint32_t)fake_acpi_add("DSDT", dsdt, bytes);

    memcpy(fadt + DSDT, &address, sizeof(address));
    fake_acpi_add("FACP", fadt, sizeof(fadt));
    return acpi_power_find(FAKE_ACPI_RSDP, fake_acpi_window);
}

static struct acpi_power find_q35(void)
{
    return find(q35_s5, sizeof(q35_s5));
}

static void test_q35(void **state)
{
    struct acpi_power power = find_q35();

    (void)state;
    assert_int_equal(power.power_off.port, 0x604);
    assert_int_equal(power.power_off.width, 2);
    assert_int_equal(power.power_off.value, 0x2000);
    assert_int_equal(power.reset.port, 0xcf9);
    assert_int_equal(power.reset.width, 1);
    assert_int_equal(power.reset.value, 0x0f);
}

static void test_sleep_types(void **state)
{
    static const uint8_t with_prefix[] = {'x', '_', 'S', '5', '_', 0x12, 0x08, 0x04, 0x0a, 7, 0};
    static const uint8_t one[] = {'_', 'S', '5', '_', 0x12, 0x06, 0x04, 0x01, 0x00};

    assert_int_equal(find(with_prefix, sizeof(with_prefix)).power_off.value, 0x2000 | 7 << 10);
    setup(state);
    assert_int_equal(find(one, sizeof(one)).power_off.value, 0x2000 | 1 << 10);
}

static void test_no_sleep_type(void **state)
{
    static const uint8_t too_large[] = {'_', 'S', '5', '_', 0x12, 0x08, 0x04, 0x0a, 8, 0};
    static const uint8_t method[] = {'_', 'S', '5', '_', 0x14, 0x06, 0x04, 0x00, 0x00};
    static const uint8_t name[] = {'_', 'S', '5', '_', 0x12, 0x06, 0x04, 'F', 'R', 'E', 'D'};

    assert_int_equal(find(too_large, sizeof(too_large)).power_off.width, 0);
    setup(state);
    assert_int_equal(find(method, sizeof(method)).power_off.width, 0);
    setup(state);
    assert_int_equal(find(name, sizeof(name)).power_off.width, 0);
}

/* A package that the table's end cuts off, at every byte that is needed. */
static void test_cut_off(void **state)
{
    for (size_t bytes = 0; bytes < 9; bytes++) {
        setup(state);
        assert_int_equal(find(q35_s5, bytes).power_off.width, 0);
    }
    setup(state);
    assert_int_equal(find(q35_s5, 9).power_off.width, 2);
}

static void test_no_tables(void **state)
{
    struct acpi_power power = acpi_power_find(FAKE_ACPI_RSDP, fake_acpi_window);

    (void)state;
    assert_int_equal(power.power_off.width, 0);
    assert_int_equal(power.reset.width, 0);
    fake_acpi_add("FACP", fadt, sizeof(fadt)); /* whose DSDT is at 0 */
    power = acpi_power_find(FAKE_ACPI_RSDP, fake_acpi_window);
    assert_int_equal(power.power_off.width, 0);
    assert_int_equal(power.reset.width, 1);
}

static void test_no_power_off_register(void **state)
{
    static const uint32_t ports[] = {0, 0x10000, UINT32_MAX};

    for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++) {
        setup(state);
        memcpy(fadt + PM1A_CONTROL, &ports[i], sizeof(ports[i]));
        assert_int_equal(find_q35().power_off.width, 0);
    }
}

static void test_no_reset_register(void **state)
{
    static const uint64_t addresses[] = {0, 0x10000, UINT64_MAX};

    fadt[RESET_SPACE] = SPACE_MEMORY;
    assert_int_equal(find_q35().reset.width, 0);
    for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
        setup(state);
        memcpy(fadt + RESET_ADDRESS, &addresses[i], sizeof(addresses[i]));
        assert_int_equal(find_q35().reset.width, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_q35, setup),
        cmocka_unit_test_setup(test_sleep_types, setup),
        cmocka_unit_test_setup(test_no_sleep_type, setup),
        cmocka_unit_test_setup(test_cut_off, setup),
        cmocka_unit_test_setup(test_no_tables, setup),
        cmocka_unit_test_setup(test_no_power_off_register, setup),
        cmocka_unit_test_setup(test_no_reset_register, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
