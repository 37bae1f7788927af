/* Uses of one protocol by one driver, for many child controllers, as a bus driver has them. */
#include "tests/efi/benchmark/kinds.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"

#define BUS   0
#define CHILD 1

static EFI_HANDLE bus;

static EFI_STATUS open(UINTN index)
{
    void *interface;

    return boot->OpenProtocol(bus, &test_guids[BUS], &interface, program_image, objects[index],
                              EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER);
}

static EFI_STATUS close(UINTN index)
{
    return boot->CloseProtocol(bus, &test_guids[BUS], program_image, objects[index]);
}

static EFI_STATUS add_child(UINTN index)
{
    if (!bus)
        bus = test_handle(BUS);
    objects[index] = test_handle(CHILD);
    return open(index);
}

static EFI_STATUS remove_child(UINTN index)
{
    EFI_STATUS status = close(index);

    test_handle_remove(objects[index], CHILD);
    return status;
}

static EFI_STATUS close_and_open(UINTN index)
{
    EFI_STATUS status = close(index);

    return EFI_ERROR(status) ? status : open(index);
}

static const struct operation others[] = {
    {"OpenProtocol(again)", open},
    {"CloseProtocol, OpenProtocol", close_and_open},
    {0},
};

const struct series uses_series = {
    .name = "uses",
    .add = {"Install, OpenProtocol(ByChildController)", add_child},
    .remove = {"CloseProtocol, Uninstall", remove_child},
    .others = others,
};
