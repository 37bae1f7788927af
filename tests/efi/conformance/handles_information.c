/* OpenProtocolInformation. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/handles.h"

static EFI_HANDLE handle;
static EFI_HANDLE controller;

static EFI_STATUS open(EFI_HANDLE used_by, UINT32 attributes)
{
    void *interface;

    return boot->OpenProtocol(handle, &test_guids[0], &interface, program_image, used_by,
                              attributes);
}

/* The entry with these attributes; false when there is none. */
static bool find(UINT32 attributes, EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *ret_entry)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *entries;
    UINTN count;
    bool found = false;

    if (boot->OpenProtocolInformation(handle, &test_guids[0], &entries, &count) != EFI_SUCCESS)
        return false;
    for (UINTN i = 0; i < count; i++) {
        if (entries[i].Attributes == attributes) {
            *ret_entry = entries[i];
            found = true;
        }
    }
    if (entries)
        boot->FreePool(entries);
    return found;
}

static void nobody(void)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *entries = NULL;
    UINTN count = 9;

    topic("handles.information", "7.3.11");
    check_status("unused", boot->OpenProtocolInformation(handle, &test_guids[0], &entries, &count),
                 EFI_SUCCESS, "a protocol that nobody uses");
    check_number("unused-count", count, 0, "has no entries");
    if (entries)
        boot->FreePool(entries);
}

static void one_use(void)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY entry = {0};

    topic("handles.information", "7.3.11");
    if (!need_status(open(controller, EFI_OPEN_PROTOCOL_BY_DRIVER), "use"))
        return;
    check("driver", find(EFI_OPEN_PROTOCOL_BY_DRIVER, &entry), "a driver's use is listed");
    check_pointer("driver-agent", entry.AgentHandle, program_image, "with its agent");
    check_pointer("driver-controller", entry.ControllerHandle, controller, "its controller");
    check_number("driver-count", entry.OpenCount, 1, "and the count 1");
    boot->CloseProtocol(handle, &test_guids[0], program_image, controller);
    check("closed", !find(EFI_OPEN_PROTOCOL_BY_DRIVER, &entry), "after CloseProtocol it is gone");
}

static void counted_uses(void)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY entry = {0};

    topic("handles.information", "7.3.11");
    for (UINTN i = 0; i < 3; i++) {
        if (!need_status(open(controller, EFI_OPEN_PROTOCOL_GET_PROTOCOL), "use"))
            return;
    }
    find(EFI_OPEN_PROTOCOL_GET_PROTOCOL, &entry);
    check_number("counted", entry.OpenCount, 3, "equal uses are one entry with a count");
    boot->CloseProtocol(handle, &test_guids[0], program_image, controller);
}

static void different_uses(void)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY entry;

    topic("handles.information", "7.3.11");
    if (!need_status(open(controller, EFI_OPEN_PROTOCOL_GET_PROTOCOL), "use") ||
        !need_status(open(controller, EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER), "use") ||
        !need_status(open(controller, EFI_OPEN_PROTOCOL_BY_DRIVER), "use"))
        return;
    check("different",
          find(EFI_OPEN_PROTOCOL_GET_PROTOCOL, &entry) &&
              find(EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER, &entry) &&
              find(EFI_OPEN_PROTOCOL_BY_DRIVER, &entry),
          "different uses are an entry each");
    boot->CloseProtocol(handle, &test_guids[0], program_image, controller);
}

/* Section 7.3.7 says what HandleProtocol is: OpenProtocol for the firmware's own handle. */
static void handle_protocol_is_a_use(void)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY entry = {0};
    void *interface;

    topic("handles.information", "7.3.7");
    boot->HandleProtocol(handle, &test_guids[0], &interface);
    check("handle-protocol", find(EFI_OPEN_PROTOCOL_BY_HANDLE_PROTOCOL, &entry),
          "HandleProtocol is listed as a use");
    check("handle-protocol-agent", entry.AgentHandle && entry.AgentHandle != program_image,
          "of the firmware's");
}

static void wrong_parameters(void)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *entries;
    UINTN count;

    topic("handles.information", "7.3.11");
    check_status("absent", boot->OpenProtocolInformation(handle, &test_guids[1], &entries, &count),
                 EFI_NOT_FOUND, "a protocol that is not on the handle");
}

void handles_information_tests(void)
{
    handle = test_handle(0);
    controller = test_handle(2);
    if (!handle || !controller)
        return;
    nobody();
    one_use();
    counted_uses();
    different_uses();
    handle_protocol_is_a_use();
    wrong_parameters();
    test_handle_remove(handle, 0);
    test_handle_remove(controller, 2);
}
