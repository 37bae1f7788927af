/* Handles with device paths, as a bus driver makes them for its children. */
#include "shim/device_path/device_path.h"
#include "tests/efi/benchmark/kinds.h"
#include "tests/efi/conformance/check.h"

struct path {
    struct {
        EFI_DEVICE_PATH header;
        EFI_GUID guid;
        UINT32 number;
    } __attribute__((packed)) device;
    EFI_DEVICE_PATH end;
} __attribute__((packed));

static struct path paths[OBJECTS_MAX];
static EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;

static void make_path(UINTN index)
{
    struct path *path = &paths[index];

    path->device.header =
        (EFI_DEVICE_PATH)DEVICE_PATH_NODE(HARDWARE_DEVICE_PATH, HW_VENDOR_DP, sizeof(path->device));
    path->device.guid = *guid_of(0);
    path->device.number = (UINT32)index;
    path->end = (EFI_DEVICE_PATH)DEVICE_PATH_END;
}

static EFI_STATUS install(UINTN index)
{
    make_path(index);
    objects[index] = NULL;
    return boot->InstallMultipleProtocolInterfaces(&objects[index], &device_path_guid,
                                                   &paths[index], NULL);
}

static EFI_STATUS uninstall(UINTN index)
{
    return boot->UninstallMultipleProtocolInterfaces(objects[index], &device_path_guid,
                                                     &paths[index], NULL);
}

static EFI_STATUS locate(UINTN index)
{
    EFI_DEVICE_PATH *rest = (EFI_DEVICE_PATH *)&paths[index];
    EFI_HANDLE found;
    EFI_STATUS status = boot->LocateDevicePath(&device_path_guid, &rest, &found);

    return status == EFI_SUCCESS && found != objects[index] ? EFI_NOT_FOUND : status;
}

static const struct operation others[] = {
    {"LocateDevicePath", locate},
    {0},
};

const struct series device_paths_series = {
    .name = "device-paths",
    .add = {"InstallMultipleProtocolInterfaces", install},
    .remove = {"UninstallMultipleProtocolInterfaces", uninstall},
    .others = others,
};
