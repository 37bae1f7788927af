/* Paths of several instances. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/paths.h"
#include "tests/efi/conformance/paths_sample.h"

static EFI_DEVICE_PATH_UTILITIES_PROTOCOL *utilities;

static void append(void)
{
    static const struct path_of_1 second = {{PATH_NODE(3)}, DEVICE_PATH_END};

    topic("paths.append-instance", "10.5.6");
    check_path("second", utilities->AppendDevicePathInstance(AS_PATH(&path_long), AS_PATH(&second)),
               &path_instances, sizeof(path_instances), "a second instance");
    check_path("null-path", utilities->AppendDevicePathInstance(NULL, AS_PATH(&second)), &second,
               sizeof(second), "the first of no path");
    check_pointer("null-instance", utilities->AppendDevicePathInstance(AS_PATH(&path_long), NULL),
                  NULL, "no instance cannot be appended");
    check_pointer("null-both", utilities->AppendDevicePathInstance(NULL, NULL), NULL,
                  "whatever the path is");
}

static void next(void)
{
    static const struct path_of_1 second = {{PATH_NODE(3)}, DEVICE_PATH_END};
    EFI_DEVICE_PATH *rest = AS_PATH(&path_instances);
    UINTN bytes = 0;

    topic("paths.next-instance", "10.5.7");
    check_path("first", utilities->GetNextDevicePathInstance(&rest, &bytes), &path_long,
               sizeof(path_long), "the first instance, as a path of its own");
    check_number("first-bytes", bytes, sizeof(path_long), "its size with its end");
    check_pointer("first-rest", rest, &path_instances.second, "the rest is what is behind it");
    check_path("second", utilities->GetNextDevicePathInstance(&rest, &bytes), &second,
               sizeof(second), "the second instance");
    check_number("second-bytes", bytes, sizeof(second), "its size");
    check_pointer("second-rest", rest, NULL, "nothing is behind it");
    check_pointer("end", utilities->GetNextDevicePathInstance(&rest, &bytes), NULL,
                  "there are no more");
    check_number("end-bytes", bytes, 0, "of no size");
    rest = AS_PATH(&path_short);
    check_path("no-size", utilities->GetNextDevicePathInstance(&rest, NULL), &path_short,
               sizeof(path_short), "the size need not be asked for");
}

static void several(void)
{
    topic("paths.multi-instance", "10.5.9");
    check("two", utilities->IsDevicePathMultiInstance(AS_PATH(&path_instances)), "two instances");
    check("one", !utilities->IsDevicePathMultiInstance(AS_PATH(&path_long)), "one instance");
    check("empty", !utilities->IsDevicePathMultiInstance(&path_empty), "an empty path");
    check("null", !utilities->IsDevicePathMultiInstance(NULL), "no path");
}

void paths_instance_tests(void)
{
    utilities = path_utilities();
    if (!utilities)
        return;
    append();
    next();
    several();
}
