/* LocateHandle, LocateHandleBuffer and LocateProtocol, by protocol and for all handles. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/handles.h"

static EFI_HANDLE handles[3];

static UINTN position(EFI_HANDLE *list, UINTN count, EFI_HANDLE wanted)
{
    for (UINTN i = 0; i < count; i++) {
        if (list[i] == wanted)
            return i;
    }
    return count;
}

static bool contains_all(EFI_HANDLE *list, UINTN count)
{
    return position(list, count, handles[0]) < count && position(list, count, handles[1]) < count &&
           position(list, count, handles[2]) < count;
}

static void by_protocol(void)
{
    EFI_HANDLE found[4] = {0};
    UINTN bytes = sizeof(found);

    topic("handles.locate", "7.3.6");
    check_status("by-protocol", boot->LocateHandle(ByProtocol, &test_guids[0], NULL, &bytes, found),
                 EFI_SUCCESS, "handles with a protocol are found");
    check_number("by-protocol-size", bytes, 3 * sizeof(EFI_HANDLE), "the size is that of three");
    check("by-protocol-handles", contains_all(found, 3), "which are the right ones");
    bytes = 3 * sizeof(EFI_HANDLE);
    check_status("exact-room", boot->LocateHandle(ByProtocol, &test_guids[0], NULL, &bytes, found),
                 EFI_SUCCESS, "room for three is enough");
}

static void too_little_room(void)
{
    EFI_HANDLE found[4] = {0};
    UINTN bytes = 0;

    topic("handles.locate", "7.3.6");
    check_status("no-room", boot->LocateHandle(ByProtocol, &test_guids[0], NULL, &bytes, NULL),
                 EFI_BUFFER_TOO_SMALL, "without room the size is told");
    check_number("no-room-size", bytes, 3 * sizeof(EFI_HANDLE), "that of three handles");
    bytes = 2 * sizeof(EFI_HANDLE);
    check_status("little-room", boot->LocateHandle(ByProtocol, &test_guids[0], NULL, &bytes, found),
                 EFI_BUFFER_TOO_SMALL, "room for two is not enough");
    check_number("little-room-size", bytes, 3 * sizeof(EFI_HANDLE), "the size is told, too");
    check_pointer("little-room-kept", found[3], NULL, "nothing is written behind the room");
}

static void wrong_parameters(void)
{
    EFI_HANDLE found[4];
    UINTN bytes = sizeof(found);

    topic("handles.locate", "7.3.6");
    check_status("absent", boot->LocateHandle(ByProtocol, &test_guids[5], NULL, &bytes, found),
                 EFI_NOT_FOUND, "a protocol that nobody has");
    check_status("no-guid", boot->LocateHandle(ByProtocol, NULL, NULL, &bytes, found),
                 EFI_INVALID_PARAMETER, "the GUID is a must");
    check_status("no-key", boot->LocateHandle(ByRegisterNotify, NULL, NULL, &bytes, found),
                 EFI_INVALID_PARAMETER, "the registration is, where it is what one looks for");
    check_status("no-size", boot->LocateHandle(ByProtocol, &test_guids[0], NULL, NULL, found),
                 EFI_INVALID_PARAMETER, "so is the size");
    check_status("no-buffer", boot->LocateHandle(ByProtocol, &test_guids[0], NULL, &bytes, NULL),
                 EFI_INVALID_PARAMETER, "and the buffer when there is room");
    check_status("kind-3",
                 boot->LocateHandle((EFI_LOCATE_SEARCH_TYPE)3, &test_guids[0], NULL, &bytes, found),
                 EFI_INVALID_PARAMETER, "there is no fourth kind of search");
    check_status(
        "kind-negative",
        boot->LocateHandle((EFI_LOCATE_SEARCH_TYPE)-1, &test_guids[0], NULL, &bytes, found),
        EFI_INVALID_PARAMETER, "nor one with number -1");
}

static void buffers(void)
{
    EFI_HANDLE *found = NULL;
    UINTN count = 0;
    EFI_STATUS status = boot->LocateHandleBuffer(ByProtocol, &test_guids[0], NULL, &count, &found);

    topic("handles.locate-buffer", "7.3.15");
    check_status("by-protocol", status, EFI_SUCCESS, "handles with a protocol are found");
    check_number("by-protocol-count", count, 3, "three of them");
    check("by-protocol-handles", found && contains_all(found, count), "which are the right ones");
    if (found)
        check_status("freed", boot->FreePool(found), EFI_SUCCESS, "the buffer is the caller's");
    status = boot->LocateHandleBuffer(AllHandles, NULL, NULL, &count, &found);
    check_status("all", status, EFI_SUCCESS, "all handles are found");
    check("all-handles",
          status == EFI_SUCCESS && contains_all(found, count) &&
              position(found, count, program_image) < count,
          "these and this program's own among them");
    if (status == EFI_SUCCESS)
        boot->FreePool(found);
}

static void wrong_buffer_parameters(void)
{
    EFI_HANDLE *found;
    UINTN count;

    topic("handles.locate-buffer", "7.3.15");
    check_status("absent",
                 boot->LocateHandleBuffer(ByProtocol, &test_guids[5], NULL, &count, &found),
                 EFI_NOT_FOUND, "a protocol that nobody has");
    check_status("no-guid", boot->LocateHandleBuffer(ByProtocol, NULL, NULL, &count, &found),
                 EFI_INVALID_PARAMETER, "the GUID is a must");
    check_status("no-count",
                 boot->LocateHandleBuffer(ByProtocol, &test_guids[0], NULL, NULL, &found),
                 EFI_INVALID_PARAMETER, "so is a place for the count");
    check_status("no-buffer",
                 boot->LocateHandleBuffer(ByProtocol, &test_guids[0], NULL, &count, NULL),
                 EFI_INVALID_PARAMETER, "and one for the buffer");
}

static void all_handles_by_size(void)
{
    static EFI_HANDLE found[2048];
    UINTN bytes = 0;
    EFI_STATUS status = boot->LocateHandle(AllHandles, NULL, NULL, &bytes, NULL);

    topic("handles.locate", "7.3.6");
    check_status("all-no-room", status, EFI_BUFFER_TOO_SMALL, "the size of all handles is told");
    if (!need(bytes <= sizeof(found), "room for all handles"))
        return;
    check_status("all", boot->LocateHandle(AllHandles, NULL, NULL, &bytes, found), EFI_SUCCESS,
                 "that much room is enough");
    check("all-handles", contains_all(found, bytes / sizeof(EFI_HANDLE)), "these are among them");
}

static void protocol(void)
{
    void *found = NULL;

    topic("handles.locate-protocol", "7.3.16");
    check_status("works", boot->LocateProtocol(&test_guids[0], NULL, &found), EFI_SUCCESS,
                 "an interface is found without naming a handle");
    check_pointer("interface", found, &test_interfaces[0], "the one that was installed");
    found = &found;
    check_status("absent", boot->LocateProtocol(&test_guids[5], NULL, &found), EFI_NOT_FOUND,
                 "a protocol that nobody has");
    check_pointer("absent-interface", found, NULL, "has no interface");
    check_status("no-guid", boot->LocateProtocol(NULL, NULL, &found), EFI_INVALID_PARAMETER,
                 "the GUID is a must");
    check_status("no-result", boot->LocateProtocol(&test_guids[0], NULL, NULL),
                 EFI_INVALID_PARAMETER, "so is a place for the interface");
}

void handles_locate_tests(void)
{
    for (UINTN i = 0; i < COUNT_OF(handles); i++)
        handles[i] = test_handle(0);
    by_protocol();
    too_little_room();
    wrong_parameters();
    buffers();
    wrong_buffer_parameters();
    all_handles_by_size();
    protocol();
    for (UINTN i = 0; i < COUNT_OF(handles); i++)
        test_handle_remove(handles[i], 0);
}
