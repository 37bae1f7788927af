/* Paths made of paths and nodes. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/paths.h"
#include "tests/efi/conformance/paths_sample.h"

static EFI_DEVICE_PATH_UTILITIES_PROTOCOL *utilities;

static void paths(void)
{
    static const struct path_of_3 both = {{PATH_NODE(1), PATH_NODE(1), PATH_NODE(2)},
                                          DEVICE_PATH_END};

    topic("paths.append-path", "10.5.4");
    check_path("both", utilities->AppendDevicePath(AS_PATH(&path_short), AS_PATH(&path_long)),
               &both, sizeof(both), "one path behind another");
    check_path("empty-first", utilities->AppendDevicePath(&path_empty, AS_PATH(&path_long)),
               &path_long, sizeof(path_long), "behind an empty one");
    check_path("empty-second", utilities->AppendDevicePath(AS_PATH(&path_long), &path_empty),
               &path_long, sizeof(path_long), "an empty one behind it");
    check_path("null-first", utilities->AppendDevicePath(NULL, AS_PATH(&path_long)), &path_long,
               sizeof(path_long), "without a first path it is a copy of the second");
    check_path("null-second", utilities->AppendDevicePath(AS_PATH(&path_long), NULL), &path_long,
               sizeof(path_long), "without a second one of the first");
    check_path("null-both", utilities->AppendDevicePath(NULL, NULL), &path_empty,
               sizeof(path_empty), "without both an end");
}

static void nodes(void)
{
    const EFI_DEVICE_PATH *second = AS_PATH(&path_long.node[1]);

    topic("paths.append-node", "10.5.5");
    check_path("node", utilities->AppendDeviceNode(AS_PATH(&path_short), second), &path_long,
               sizeof(path_long), "a node behind a path");
    check_path("null-path", utilities->AppendDeviceNode(NULL, AS_PATH(&path_short)), &path_short,
               sizeof(path_short), "a node alone makes a path");
    check_path("null-node", utilities->AppendDeviceNode(AS_PATH(&path_short), NULL), &path_short,
               sizeof(path_short), "without a node it is a copy of the path");
    check_path("null-both", utilities->AppendDeviceNode(NULL, NULL), &path_empty,
               sizeof(path_empty), "without both an end");
}

void paths_append_tests(void)
{
    utilities = path_utilities();
    if (!utilities)
        return;
    paths();
    nodes();
}
