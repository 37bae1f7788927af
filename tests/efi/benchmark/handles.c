/* Handles that all have the same protocol, and those of them that have another one besides. */
#include "tests/efi/benchmark/kinds.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"

#define COMMON (&test_guids[0])
#define SECOND (&test_guids[1])

static UINT64 interface;

static EFI_STATUS install_second(UINTN index)
{
    return boot->InstallProtocolInterface(&objects[index], SECOND, EFI_NATIVE_INTERFACE,
                                          &interface);
}

static EFI_STATUS uninstall_second(UINTN index)
{
    return boot->UninstallProtocolInterface(objects[index], SECOND, &interface);
}

static EFI_STATUS install(UINTN index)
{
    objects[index] = NULL;
    return boot->InstallProtocolInterface(&objects[index], COMMON, EFI_NATIVE_INTERFACE,
                                          &interface);
}

static EFI_STATUS uninstall(UINTN index)
{
    return boot->UninstallProtocolInterface(objects[index], COMMON, &interface);
}

static EFI_STATUS install_and_uninstall(UINTN index)
{
    EFI_STATUS status = install_second(index);

    return EFI_ERROR(status) ? status : uninstall_second(index);
}

static EFI_STATUS reinstall(UINTN index)
{
    return boot->ReinstallProtocolInterface(objects[index], COMMON, &interface, &interface);
}

static EFI_STATUS handle_protocol(UINTN index)
{
    void *found;

    return boot->HandleProtocol(objects[index], COMMON, &found);
}

static EFI_STATUS open_protocol(UINTN index)
{
    void *found;

    return boot->OpenProtocol(objects[index], COMMON, &found, program_image, NULL,
                              EFI_OPEN_PROTOCOL_GET_PROTOCOL);
}

static EFI_STATUS protocols_per_handle(UINTN index)
{
    EFI_GUID **guids;
    UINTN count;
    EFI_STATUS status = boot->ProtocolsPerHandle(objects[index], &guids, &count);

    return EFI_ERROR(status) ? status : boot->FreePool(guids);
}

static EFI_STATUS locate_protocol(UINTN index)
{
    void *found;

    (void)index;
    return boot->LocateProtocol(COMMON, NULL, &found);
}

static EFI_STATUS locate_second(UINTN index)
{
    EFI_HANDLE found;
    UINTN bytes = sizeof(found);
    EFI_STATUS status = install_second(index);

    if (!EFI_ERROR(status))
        status = boot->LocateHandle(ByProtocol, SECOND, NULL, &bytes, &found);
    uninstall_second(index);
    return status == EFI_SUCCESS && found != objects[index] ? EFI_NOT_FOUND : status;
}

static const struct operation others[] = {
    {"Install, Uninstall (second one)", install_and_uninstall},
    {"ReinstallProtocolInterface", reinstall},
    {"HandleProtocol", handle_protocol},
    {"OpenProtocol(GetProtocol)", open_protocol},
    {"ProtocolsPerHandle, FreePool", protocols_per_handle},
    {"LocateProtocol", locate_protocol},
    {"Install, LocateHandle, Uninstall", locate_second},
    {0},
};

const struct series handles_series = {
    .name = "handles",
    .add = {"InstallProtocolInterface(new handle)", install},
    .remove = {"UninstallProtocolInterface(last one)", uninstall},
    .others = others,
};
