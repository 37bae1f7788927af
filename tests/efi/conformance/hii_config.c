/* Configuration strings go to the driver whose device path they name, and come from it. */
#include "loader/utf16.h"
#include "shim/device_path/device_path.h"
#include "shim/hii/hii_config_access.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/hii.h"
#include "tests/efi/conformance/hii_routing.h"
#include "tests/efi/conformance/hii_sample.h"

#define TEXT_UNITS 256
/* The header of a string for a device path of one node. */
#define FOR(node) L"GUID=01000000000000000000000000000000&NAME=0061&PATH=" node L"7fff0400"
#define DRIVER    FOR(L"0104140001000000000000000000000000000000")
#define BYTE_0    L"&OFFSET=0&WIDTH=1"
#define NOBODY    FOR(L"0104140002000000000000000000000000000000")

static struct {
    VENDOR_DEVICE_PATH node;
    EFI_DEVICE_PATH end;
} __attribute__((packed)) path = {
    .node = {.Header =
                 DEVICE_PATH_NODE(HARDWARE_DEVICE_PATH, HW_VENDOR_DP, sizeof(VENDOR_DEVICE_PATH)),
             .Guid = {.Data1 = 1}},
    .end = DEVICE_PATH_END,
};

static EFI_HII_CONFIG_ROUTING_PROTOCOL *routing;
static const CHAR16 *progress;
static CHAR16 asked[TEXT_UNITS];

static void copy(CHAR16 *to, const CHAR16 *from)
{
    boot->CopyMem(to, (void *)(UINTN)from, (utf16_length(from, TEXT_UNITS - 1) + 1) * sizeof(*to));
}

/* Answers that the byte it was asked for is 1. */
static EFI_STATUS EFIAPI extract(const EFI_HII_CONFIG_ACCESS_PROTOCOL *this, const CHAR16 *request,
                                 const CHAR16 **ret_progress, CHAR16 **ret_results)
{
    void *answer;
    UINTN length = utf16_length(request, TEXT_UNITS - 1);

    (void)this;
    copy(asked, request);
    *ret_progress = request + length;
    if (boot->AllocatePool(EfiBootServicesData, TEXT_UNITS * 2 * sizeof(CHAR16), &answer) !=
        EFI_SUCCESS)
        return EFI_OUT_OF_RESOURCES;
    copy(answer, request);
    copy((CHAR16 *)answer + length, L"&VALUE=01");
    *ret_results = answer;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI route(const EFI_HII_CONFIG_ACCESS_PROTOCOL *this,
                               const CHAR16 *configuration, const CHAR16 **ret_progress)
{
    (void)this;
    copy(asked, configuration);
    *ret_progress = configuration + utf16_length(configuration, TEXT_UNITS - 1);
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI callback(const EFI_HII_CONFIG_ACCESS_PROTOCOL *this, UINTN action,
                                  UINT16 question, UINT8 type, void *value, UINTN *request)
{
    (void)this;
    (void)action;
    (void)question;
    (void)type;
    (void)value;
    (void)request;
    return EFI_UNSUPPORTED;
}

static EFI_HII_CONFIG_ACCESS_PROTOCOL access = {extract, route, callback};
static EFI_GUID path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;
static EFI_GUID access_guid = EFI_HII_CONFIG_ACCESS_PROTOCOL_GUID;

static bool text_is(const CHAR16 *text, const CHAR16 *expected)
{
    while (*text && *text == *expected) {
        text++;
        expected++;
    }
    return *text == *expected;
}

static void extracting(void)
{
    CHAR16 *results = NULL;

    topic("hii.extract-config", "35.4.2");
    check_status("driver", routing->ExtractConfig(routing, DRIVER BYTE_0, &progress, &results),
                 EFI_SUCCESS, "a driver is asked for its settings");
    check("asked", text_is(asked, DRIVER BYTE_0), "it is told which");
    check("results", results && text_is(results, DRIVER BYTE_0 L"&VALUE=01"),
          "its answer is returned");
    check("progress", *progress == 0, "the whole request was answered");
    if (results)
        boot->FreePool(results);
    check_status("nobody", routing->ExtractConfig(routing, NOBODY BYTE_0, &progress, &results),
                 EFI_NOT_FOUND, "a driver that there is not");
    check_status("no-header",
                 routing->ExtractConfig(routing, L"OFFSET=0&WIDTH=1", &progress, &results),
                 EFI_INVALID_PARAMETER, "a request without GUID, NAME and PATH");
    check_status("no-request", routing->ExtractConfig(routing, NULL, &progress, &results),
                 EFI_INVALID_PARAMETER, "a request must be given");
}

static void routes(void)
{
    asked[0] = 0;
    topic("hii.route-config", "35.4.4");
    check_status("driver", routing->RouteConfig(routing, DRIVER BYTE_0 L"&VALUE=02", &progress),
                 EFI_SUCCESS, "a driver gets new settings");
    check("told", text_is(asked, DRIVER BYTE_0 L"&VALUE=02"), "it is told which");
    check("progress", *progress == 0, "the whole string was used");
    check_status("nobody", routing->RouteConfig(routing, NOBODY BYTE_0 L"&VALUE=02", &progress),
                 EFI_NOT_FOUND, "a driver that there is not");
    check_status("no-config", routing->RouteConfig(routing, NULL, &progress), EFI_INVALID_PARAMETER,
                 "a string must be given");
}

void hii_config_tests(void)
{
    EFI_HII_DATABASE_PROTOCOL *database;
    struct hii_list list = hii_sample();
    EFI_HANDLE driver = NULL;
    EFI_HII_HANDLE handle = NULL;

    topic("hii.extract-config", "35.4.2");
    database = hii_database();
    routing = hii_routing();
    if (!routing || !database)
        return;
    if (!need_status(boot->InstallMultipleProtocolInterfaces(&driver, &path_guid, &path,
                                                             &access_guid, &access, NULL),
                     "driver") ||
        !need_status(database->NewPackageList(database, list.bytes, driver, &handle), "list"))
        return;
    extracting();
    routes();
    database->RemovePackageList(database, handle);
    boot->UninstallMultipleProtocolInterfaces(driver, &path_guid, &path, &access_guid, &access,
                                              NULL);
}
