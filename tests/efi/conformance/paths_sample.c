#include "tests/efi/conformance/paths_sample.h"

#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"

struct path_of_1 path_short = {{PATH_NODE(1)}, DEVICE_PATH_END};
struct path_of_2 path_long = {{PATH_NODE(1), PATH_NODE(2)}, DEVICE_PATH_END};
struct path_of_instances path_instances = {
    {PATH_NODE(1), PATH_NODE(2)}, DEVICE_PATH_INSTANCE_END, {PATH_NODE(3)}, DEVICE_PATH_END};
EFI_DEVICE_PATH path_empty = DEVICE_PATH_END;

EFI_DEVICE_PATH_UTILITIES_PROTOCOL *path_utilities(void)
{
    static EFI_GUID guid = EFI_DEVICE_PATH_UTILITIES_PROTOCOL_GUID;
    void *protocol;

    return boot->LocateProtocol(&guid, NULL, &protocol) == EFI_SUCCESS ? protocol : NULL;
}

void check_path(const char *name, EFI_DEVICE_PATH *made, const void *expected, UINTN bytes,
                const char *what)
{
    bool same = made && memcmp(made, expected, bytes) == 0;

    check(name, same && boot->FreePool(made) == EFI_SUCCESS, what);
}
