#include "tests/efi/conformance/fixture.h"

#include "tests/efi/conformance/check.h"

#define TEST_GUID(n)                                       \
    {                                                      \
        0xb3c5d2f0 + (n), 0x5e1a, 0x4d0b,                  \
        {                                                  \
            0x91, 0x7c, 0x20, 0x44, 0x6f, 0xee, 0x13, 0x5a \
        }                                                  \
    }

EFI_GUID test_guids[TEST_GUIDS] = {TEST_GUID(0), TEST_GUID(1), TEST_GUID(2), TEST_GUID(3),
                                   TEST_GUID(4), TEST_GUID(5), TEST_GUID(6), TEST_GUID(7)};
UINT64 test_interfaces[TEST_GUIDS];

EFI_HANDLE handle_with(EFI_GUID *guid, void *interface)
{
    EFI_HANDLE handle = NULL;
    EFI_STATUS status =
        boot->InstallProtocolInterface(&handle, guid, EFI_NATIVE_INTERFACE, interface);

    return need_status(status, "handle") ? handle : NULL;
}

EFI_HANDLE test_handle(UINTN index)
{
    return handle_with(&test_guids[index], &test_interfaces[index]);
}

void test_handle_remove(EFI_HANDLE handle, UINTN index)
{
    if (handle)
        boot->UninstallProtocolInterface(handle, &test_guids[index], &test_interfaces[index]);
}

void *interface_of(EFI_HANDLE handle, EFI_GUID *guid)
{
    void *interface = NULL;
    EFI_STATUS status = boot->OpenProtocol(handle, guid, &interface, program_image, NULL,
                                           EFI_OPEN_PROTOCOL_GET_PROTOCOL);

    return status == EFI_SUCCESS ? interface : NULL;
}

bool guid_is(const EFI_GUID *a, const EFI_GUID *b)
{
    const UINT8 *left = (const UINT8 *)a;
    const UINT8 *right = (const UINT8 *)b;

    for (UINTN i = 0; i < sizeof(*a); i++) {
        if (left[i] != right[i])
            return false;
    }
    return true;
}

static void EFIAPI count_up(EFI_EVENT event, void *count)
{
    (void)event;
    ++*(volatile UINT32 *)count;
}

EFI_EVENT counting_event(EFI_TPL level, UINT32 *count)
{
    EFI_EVENT event = NULL;
    EFI_STATUS status = boot->CreateEvent(EVT_NOTIFY_SIGNAL, level, count_up, count, &event);

    return need_status(status, "event") ? event : NULL;
}

EFI_EVENT group_event(EFI_GUID *group, UINT32 *count)
{
    EFI_EVENT event = NULL;
    EFI_STATUS status =
        boot->CreateEventEx(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count_up, count, group, &event);

    return need_status(status, "event") ? event : NULL;
}
