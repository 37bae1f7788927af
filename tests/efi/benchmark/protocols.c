/* Protocols, each with a GUID of its own, on one handle. */
#include "tests/efi/benchmark/kinds.h"
#include "tests/efi/conformance/check.h"

static EFI_HANDLE handle;
static UINT64 interface;

static EFI_STATUS install(UINTN index)
{
    return boot->InstallProtocolInterface(&handle, guid_of(index), EFI_NATIVE_INTERFACE,
                                          &interface);
}

static EFI_STATUS uninstall(UINTN index)
{
    return boot->UninstallProtocolInterface(handle, guid_of(index), &interface);
}

static EFI_STATUS handle_protocol(UINTN index)
{
    void *found;

    return boot->HandleProtocol(handle, guid_of(index), &found);
}

static EFI_STATUS locate_protocol(UINTN index)
{
    void *found;

    return boot->LocateProtocol(guid_of(index), NULL, &found);
}

static EFI_STATUS locate_handle(UINTN index)
{
    EFI_HANDLE found;
    UINTN bytes = sizeof(found);

    return boot->LocateHandle(ByProtocol, guid_of(index), NULL, &bytes, &found);
}

static const struct operation others[] = {
    {"HandleProtocol", handle_protocol},
    {"LocateProtocol", locate_protocol},
    {"LocateHandle(ByProtocol)", locate_handle},
    {0},
};

const struct series protocols_series = {
    .name = "protocols",
    .add = {"InstallProtocolInterface", install},
    .remove = {"UninstallProtocolInterface", uninstall},
    .others = others,
};
