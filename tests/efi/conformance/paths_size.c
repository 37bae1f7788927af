/* Sizes and copies of device paths, and nodes. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/paths.h"
#include "tests/efi/conformance/paths_sample.h"

static EFI_DEVICE_PATH_UTILITIES_PROTOCOL *utilities;

static void sizes(void)
{
    static const EFI_DEVICE_PATH malformed =
        DEVICE_PATH_NODE(HARDWARE_DEVICE_PATH, HW_VENDOR_DP, 3);

    topic("paths.size", "10.5.2");
    check_number("empty", utilities->GetDevicePathSize(&path_empty), sizeof(path_empty),
                 "the end is part of a path");
    check_number("short", utilities->GetDevicePathSize(AS_PATH(&path_short)), sizeof(path_short),
                 "of one node");
    check_number("long", utilities->GetDevicePathSize(AS_PATH(&path_long)), sizeof(path_long),
                 "of two");
    check_number("instances", utilities->GetDevicePathSize(AS_PATH(&path_instances)),
                 sizeof(path_instances), "of all instances");
    check_number("null", utilities->GetDevicePathSize(NULL), 0, "no path has no size");
    check_number("malformed", utilities->GetDevicePathSize(&malformed), 0,
                 "nor has one with a node that is shorter than its header");
}

static void copies(void)
{
    topic("paths.duplicate", "10.5.3");
    check_path("empty", utilities->DuplicateDevicePath(&path_empty), &path_empty,
               sizeof(path_empty), "an empty path is copied");
    check_path("long", utilities->DuplicateDevicePath(AS_PATH(&path_long)), &path_long,
               sizeof(path_long), "a path of two nodes");
    check_path("instances", utilities->DuplicateDevicePath(AS_PATH(&path_instances)),
               &path_instances, sizeof(path_instances), "all instances");
    check_pointer("null", utilities->DuplicateDevicePath(NULL), NULL, "no path is not copied");
}

static void nodes(void)
{
    static const UINT16 lengths[] = {4, 5, 256, 1000, 0xffff};
    static const UINT16 too_short[] = {0, 1, 3};

    topic("paths.create-node", "10.5.8");
    for (UINTN i = 0; i < COUNT_OF(lengths); i++) {
        EFI_DEVICE_PATH *node = utilities->CreateDeviceNode(3, 0x99, lengths[i]);

        check(numbered("length-", lengths[i]),
              node && node->Type == 3 && node->SubType == 0x99 &&
                  (node->Length[0] | node->Length[1] << 8) == lengths[i] &&
                  boot->FreePool(node) == EFI_SUCCESS,
              "a node of that length");
    }
    for (UINTN i = 0; i < COUNT_OF(too_short); i++)
        check_pointer(numbered("too-short-", too_short[i]),
                      utilities->CreateDeviceNode(3, 1, too_short[i]), NULL,
                      "not one without room for its header");
}

void paths_size_tests(void)
{
    utilities = path_utilities();
    topic("paths", "10.5");
    if (!utilities) {
        skip_topic("no device path utilities");
        return;
    }
    sizes();
    copies();
    nodes();
}
