/* What the domain's administrator wrote to xenstore for the SMBIOS tables. */
#include "shim/smbios_settings.h"

#include <stdio.h>
#include <string.h>

#include "hypercall/xenstore.h"
#include "tests/unit/fake_xenstored.h"
#include "tests/unit/isolated.h"
#include "tests/unit/log_capture.h"

static struct smbios_facts facts;

static int start(void **state)
{
    fake_xenstored_setup(state);
    log_capture_clear();
    facts.text[SMBIOS_TEXT_SYSTEM_VERSION] = "as it was";
    return xenstore_open();
}

static void write_setting(const char *name, const char *value)
{
    char path[64];

    snprintf(path, sizeof(path), "bios-strings/%s", name);
    fake_xenstored_write(path, value);
}

static void test_without_settings_nothing_changes(void **state)
{
    struct smbios_facts before = facts;

    (void)state;
    smbios_settings_read(&facts);
    assert_memory_equal(&facts, &before, sizeof(facts));
    assert_string_equal(log_capture_last(), "");
}

static void test_without_xenstore_nothing_is_said(void **state)
{
    (void)state;
    xenstore_close();
    smbios_settings_read(&facts);
    assert_int_equal(facts.oem_count, 0);
}

static void test_texts_are_set_by_name(void **state)
{
    (void)state;
    write_setting("system-manufacturer", "Somebody");
    write_setting("enclosure-asset-tag", "42");
    smbios_settings_read(&facts);
    assert_string_equal(facts.text[SMBIOS_TEXT_SYSTEM_MANUFACTURER], "Somebody");
    assert_string_equal(facts.text[SMBIOS_TEXT_ENCLOSURE_ASSET_TAG], "42");
    assert_string_equal(facts.text[SMBIOS_TEXT_SYSTEM_VERSION], "as it was");
    assert_null(facts.text[SMBIOS_TEXT_BOARD_SERIAL]);
}

static void test_oem_strings_are_in_order(void **state)
{
    (void)state;
    write_setting("oem-2", "second");
    write_setting("oem-1", "io.systemd.stub.kernel-cmdline-extra=quiet splash");
    write_setting("oem-3", "third");
    smbios_settings_read(&facts);
    assert_int_equal(facts.oem_count, 3);
    assert_string_equal(facts.oem[0], "io.systemd.stub.kernel-cmdline-extra=quiet splash");
    assert_string_equal(facts.oem[1], "second");
    assert_string_equal(facts.oem[2], "third");
}

static void test_oem_strings_end_where_one_is_missing_or_empty(void **state)
{
    (void)state;
    write_setting("oem-1", "first");
    write_setting("oem-3", "third");
    smbios_settings_read(&facts);
    assert_int_equal(facts.oem_count, 1);
    write_setting("oem-2", "");
    smbios_settings_read(&facts);
    assert_int_equal(facts.oem_count, 1);
}

static void test_names_that_mean_nothing_are_passed_over(void **state)
{
    static const char *const names[] = {"oem-0",  "oem-100", "oem-",          "oem-x", "oem-1x",
                                        "oem--1", "OEM-1",   "battery-sound", "system"};

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        write_setting(names[i], "value");
    smbios_settings_read(&facts);
    assert_int_equal(facts.oem_count, 0);
    assert_null(facts.oem[0]);
    assert_null(facts.oem[SMBIOS_OEM_STRINGS_MAX - 1]);
    assert_string_equal(log_capture_last(), "");
}

static void test_longest_value_is_taken_whole(void **state)
{
    static char longest[XENSTORE_PAYLOAD_MAX + 1];

    (void)state;
    memset(longest, 'x', XENSTORE_PAYLOAD_MAX);
    write_setting("oem-1", longest);
    smbios_settings_read(&facts);
    assert_int_equal(facts.oem_count, 1);
    assert_string_equal(facts.oem[0], longest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_without_settings_nothing_changes, start),
        cmocka_unit_test_setup(test_without_xenstore_nothing_is_said, start),
        cmocka_unit_test_setup(test_texts_are_set_by_name, start),
        cmocka_unit_test_setup(test_oem_strings_are_in_order, start),
        cmocka_unit_test_setup(test_oem_strings_end_where_one_is_missing_or_empty, start),
        cmocka_unit_test_setup(test_names_that_mean_nothing_are_passed_over, start),
        cmocka_unit_test_setup(test_longest_value_is_taken_whole, start),
    };

    return isolated_run(tests);
}
