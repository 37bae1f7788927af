/* Configuration strings on their way to drivers (UEFI 2.10 section 35.4). */
#include "shim/hii/hii_config_routing.h"

#include <string.h>

#include "loader/utf16.h"
#include "shim/hii/hii_config_access.h"
#include "shim/hii/hii_database.h"
#include "shim/hii/hii_format.h"
#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "shim/protocol/locate.h"
#include "tests/unit/device_paths.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/hii_builder.h"
#include "tests/unit/isolated.h"

#define TEXT_MAX 256

/* The headers of two drivers, whose device paths differ in one byte, and of nobody. */
#define ONE    u"GUID=11&NAME=0041&PATH=01041400010000000000000000000000000000007fff0400"
#define TWO    u"GUID=22&NAME=0042&PATH=01041400020000000000000000000000000000007fff0400"
#define NOBODY u"GUID=33&NAME=0043&PATH=01041400030000000000000000000000000000007fff0400"
#define AND    u"&"

static const EFI_GUID protocol_guid = EFI_HII_CONFIG_ROUTING_PROTOCOL_GUID;
static const EFI_GUID access_guid = EFI_HII_CONFIG_ACCESS_PROTOCOL_GUID;
static const EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;

static EFI_HII_CONFIG_ROUTING_PROTOCOL *routing;
static const CHAR16 *progress;

static struct driver {
    EFI_HII_CONFIG_ACCESS_PROTOCOL protocol;
    struct path_of_1 path;
    CHAR16 asked[TEXT_MAX]; /* the last text it got */
    bool was_asked_for_all;
    EFI_STATUS status;
    size_t failed_at;
} drivers[2];

static void take(struct driver *driver, const CHAR16 *text, const CHAR16 **ret_progress)
{
    size_t length = utf16_length(text, TEXT_MAX - 1);

    memcpy(driver->asked, text, (length + 1) * sizeof(*text));
    *ret_progress = driver->status == EFI_SUCCESS ? text + length : text + driver->failed_at;
}

/* Answers with what it was asked, and "=1". */
static EFI_STATUS EFIAPI extract(const EFI_HII_CONFIG_ACCESS_PROTOCOL *this, const CHAR16 *request,
                                 const CHAR16 **ret_progress, CHAR16 **ret_results)
{
    struct driver *driver = (struct driver *)(uintptr_t)this;
    const CHAR16 *text = request ? request : u"all";
    size_t length = utf16_length(text, TEXT_MAX);
    CHAR16 *answer = pool_new((length + 3) * sizeof(*answer));

    driver->was_asked_for_all = !request;
    take(driver, text, ret_progress);
    if (driver->status != EFI_SUCCESS) {
        pool_free(answer);
        return driver->status;
    }
    memcpy(answer, text, length * sizeof(*answer));
    memcpy(answer + length, u"=1", 2 * sizeof(*answer));
    *ret_results = answer;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI route(const EFI_HII_CONFIG_ACCESS_PROTOCOL *this,
                               const CHAR16 *configuration, const CHAR16 **ret_progress)
{
    struct driver *driver = (struct driver *)(uintptr_t)this;

    take(driver, configuration, ret_progress);
    return driver->status;
}

static void add_driver(struct driver *driver, uint32_t number)
{
    struct hii_list list = hii_list_new(number);
    EFI_HANDLE handle = NULL;
    EFI_HII_HANDLE hii_handle;

    *driver = (struct driver){
        .protocol = {.ExtractConfig = extract, .RouteConfig = route},
        .path = {.node = {PATH_NODE(number)}, .end = DEVICE_PATH_END},
    };
    hii_list_end(&list);
    assert_int_equal(handle_install(&handle, &device_path_guid, &driver->path), EFI_SUCCESS);
    assert_int_equal(handle_install(&handle, &access_guid, &driver->protocol), EFI_SUCCESS);
    assert_int_equal(hii_database_add(list.bytes, handle, &hii_handle), EFI_SUCCESS);
}

static int setup(void **state)
{
    EFI_HANDLE handle = NULL;

    fake_memory_setup(state);
    add_driver(&drivers[0], 1);
    add_driver(&drivers[1], 2);
    return hii_config_routing_install(&handle) != EFI_SUCCESS ||
           locate_protocol(&protocol_guid, NULL, (void **)&routing) != EFI_SUCCESS;
}

static void assert_text(const CHAR16 *text, const CHAR16 *expected)
{
    for (size_t i = 0; i == 0 || expected[i - 1]; i++)
        assert_int_equal(text[i], expected[i]);
}

static void assert_extracts(const CHAR16 *request, const CHAR16 *expected)
{
    CHAR16 *results = NULL;

    assert_int_equal(routing->ExtractConfig(routing, request, &progress, &results), EFI_SUCCESS);
    assert_text(results, expected);
    assert_ptr_equal(progress, request + utf16_length(request, TEXT_MAX));
    assert_int_equal(pool_free(results), EFI_SUCCESS);
}

static void assert_extract_fails(const CHAR16 *request, EFI_STATUS status, size_t failed_at)
{
    CHAR16 *results = NULL;

    assert_int_equal(routing->ExtractConfig(routing, request, &progress, &results), status);
    assert_null(results);
    assert_int_equal(progress - request, failed_at);
}

static void test_extract(void **state)
{
    (void)state;
    assert_extracts(ONE u"&Fred", ONE u"&Fred=1");
    assert_text(drivers[0].asked, ONE u"&Fred");
    assert_int_equal(drivers[1].asked[0], 0);
}

static void test_extract_from_several(void **state)
{
    (void)state;
    assert_extracts(ONE u"&Fred" AND TWO u"&Ron", ONE u"&Fred=1" AND TWO u"&Ron=1");
    assert_text(drivers[0].asked, ONE u"&Fred");
    assert_text(drivers[1].asked, TWO u"&Ron");
}

static void test_extract_from_nobody(void **state)
{
    size_t one = utf16_length(ONE, TEXT_MAX);

    (void)state;
    assert_extract_fails(NOBODY, EFI_NOT_FOUND, 0);
    assert_extract_fails(ONE AND NOBODY, EFI_NOT_FOUND, one + 1);
}

static void test_extract_of_bad_strings(void **state)
{
    size_t one = utf16_length(ONE, TEXT_MAX);
    CHAR16 *results;

    (void)state;
    assert_extract_fails(u"", EFI_INVALID_PARAMETER, 0);
    assert_extract_fails(u"Fred", EFI_INVALID_PARAMETER, 0);
    assert_extract_fails(ONE u"&GUID=1&Fred", EFI_INVALID_PARAMETER, one);
    progress = u"";
    assert_int_equal(routing->ExtractConfig(routing, NULL, &progress, &results),
                     EFI_INVALID_PARAMETER);
    assert_null(progress);
    assert_int_equal(routing->ExtractConfig(routing, ONE, NULL, &results), EFI_INVALID_PARAMETER);
    assert_int_equal(routing->ExtractConfig(routing, ONE, &progress, NULL), EFI_INVALID_PARAMETER);
}

static void test_driver_that_refuses(void **state)
{
    size_t one = utf16_length(ONE, TEXT_MAX);

    (void)state;
    drivers[1].status = EFI_INVALID_PARAMETER;
    drivers[1].failed_at = one; /* the '&' behind its header */
    assert_extract_fails(ONE AND TWO u"&x", EFI_INVALID_PARAMETER, one + 1 + one);
    drivers[1].failed_at = TEXT_MAX; /* no place in its text */
    assert_extract_fails(ONE AND TWO u"&x", EFI_INVALID_PARAMETER, one + 1);
}

static void test_route(void **state)
{
    const CHAR16 *config = ONE u"&Fred=1" AND TWO u"&Ron=2";

    (void)state;
    assert_int_equal(routing->RouteConfig(routing, config, &progress), EFI_SUCCESS);
    assert_int_equal(*progress, 0);
    assert_text(drivers[0].asked, ONE u"&Fred=1");
    assert_text(drivers[1].asked, TWO u"&Ron=2");
    assert_int_equal(routing->RouteConfig(routing, NOBODY, &progress), EFI_NOT_FOUND);
    assert_int_equal(routing->RouteConfig(routing, NULL, &progress), EFI_INVALID_PARAMETER);
    assert_int_equal(routing->RouteConfig(routing, config, NULL), EFI_INVALID_PARAMETER);
}

static void test_export(void **state)
{
    CHAR16 *results = NULL;

    (void)state;
    assert_int_equal(routing->ExportConfig(routing, &results), EFI_SUCCESS);
    assert_text(results, u"all=1&all=1");
    assert_true(drivers[0].was_asked_for_all && drivers[1].was_asked_for_all);
    drivers[0].status = EFI_NOT_FOUND;
    assert_int_equal(routing->ExportConfig(routing, &results), EFI_SUCCESS);
    assert_text(results, u"all=1");
    drivers[1].status = EFI_NOT_FOUND;
    assert_int_equal(routing->ExportConfig(routing, &results), EFI_SUCCESS);
    assert_text(results, u"");
    assert_int_equal(routing->ExportConfig(routing, NULL), EFI_INVALID_PARAMETER);
}

static void test_alternatives(void **state)
{
    static const CHAR16 config[] =
        ONE u"&a=1" AND ONE u"&ALTCFG=0037&a=2" AND TWO u"&ALTCFG=37&a=3";
    static const UINT16 id = 0x37;
    static const UINT16 other_id = 0x38;
    CHAR16 *results = NULL;

    (void)state;
    assert_int_equal(routing->GetAltConfig(routing, config, NULL, NULL, NULL, NULL, &results),
                     EFI_SUCCESS);
    assert_text(results, ONE u"&a=1");
    assert_int_equal(routing->GetAltConfig(routing, config, NULL, u"A", NULL, &id, &results),
                     EFI_SUCCESS);
    assert_text(results, ONE u"&a=2");
    assert_int_equal(routing->GetAltConfig(routing, config, NULL, NULL,
                                           (EFI_DEVICE_PATH *)&drivers[1].path, &id, &results),
                     EFI_SUCCESS);
    assert_text(results, TWO u"&a=3");
    assert_int_equal(routing->GetAltConfig(routing, config, NULL, u"B", NULL, NULL, &results),
                     EFI_NOT_FOUND);
    assert_int_equal(routing->GetAltConfig(routing, config, NULL, NULL, NULL, &other_id, &results),
                     EFI_NOT_FOUND);
    assert_int_equal(
        routing->GetAltConfig(routing, config, &protocol_guid, NULL, NULL, NULL, &results),
        EFI_NOT_FOUND);
    assert_int_equal(routing->GetAltConfig(routing, u"x", NULL, NULL, NULL, NULL, &results),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(routing->GetAltConfig(routing, NULL, NULL, NULL, NULL, NULL, &results),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(routing->GetAltConfig(routing, config, NULL, NULL, NULL, NULL, NULL),
                     EFI_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_extract, setup),
        cmocka_unit_test_setup(test_extract_from_several, setup),
        cmocka_unit_test_setup(test_extract_from_nobody, setup),
        cmocka_unit_test_setup(test_extract_of_bad_strings, setup),
        cmocka_unit_test_setup(test_driver_that_refuses, setup),
        cmocka_unit_test_setup(test_route, setup),
        cmocka_unit_test_setup(test_export, setup),
        cmocka_unit_test_setup(test_alternatives, setup),
    };

    return isolated_run(tests);
}
