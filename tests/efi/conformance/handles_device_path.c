/* LocateDevicePath. */
#include "shim/device_path/device_path.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/handles.h"

#define VENDOR_NODE(index)                                                                \
    {                                                                                     \
        DEVICE_PATH_NODE(HARDWARE_DEVICE_PATH, HW_VENDOR_DP, sizeof(VENDOR_DEVICE_PATH)), \
        {                                                                                 \
            0x7a11c0de + (index), 0x1111, 0x2222,                                         \
            {                                                                             \
                1, 2, 3, 4, 5, 6, 7, 8                                                    \
            }                                                                             \
        }                                                                                 \
    }

/* Nodes a, b and c behind each other, as long as `nodes` says. */
struct path {
    VENDOR_DEVICE_PATH nodes[3];
    EFI_DEVICE_PATH end;
} __attribute__((packed));

static EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;

static struct path path_a_b_c = {.nodes = {VENDOR_NODE(0), VENDOR_NODE(1), VENDOR_NODE(2)},
                                 .end = DEVICE_PATH_END};

static struct {
    VENDOR_DEVICE_PATH nodes[1];
    EFI_DEVICE_PATH end;
} __attribute__((packed)) path_a = {.nodes = {VENDOR_NODE(0)}, .end = DEVICE_PATH_END};

static struct {
    VENDOR_DEVICE_PATH nodes[2];
    EFI_DEVICE_PATH end;
} __attribute__((packed))
path_a_b = {.nodes = {VENDOR_NODE(0), VENDOR_NODE(1)}, .end = DEVICE_PATH_END},
    path_x_b = {.nodes = {VENDOR_NODE(9), VENDOR_NODE(1)}, .end = DEVICE_PATH_END};

/* The instance a, then the instance c. */
static struct {
    VENDOR_DEVICE_PATH first;
    EFI_DEVICE_PATH end_instance;
    VENDOR_DEVICE_PATH second;
    EFI_DEVICE_PATH end;
} __attribute__((packed)) path_instances = {
    .first = VENDOR_NODE(0),
    .end_instance = DEVICE_PATH_INSTANCE_END,
    .second = VENDOR_NODE(2),
    .end = DEVICE_PATH_END,
};

static EFI_HANDLE handle_a;   /* path a and protocol 0 */
static EFI_HANDLE handle_a_b; /* path a/b and protocols 0 and 1 */

static EFI_STATUS locate(UINTN protocol, void *path, EFI_DEVICE_PATH **ret_rest,
                         EFI_HANDLE *ret_handle)
{
    *ret_rest = path;
    *ret_handle = NULL;
    return boot->LocateDevicePath(&test_guids[protocol], ret_rest, ret_handle);
}

static void longest_match(void)
{
    EFI_DEVICE_PATH *rest;
    EFI_HANDLE handle;

    topic("handles.locate-device-path", "7.3.8");
    check_status("works", locate(0, &path_a_b_c, &rest, &handle), EFI_SUCCESS,
                 "a device on the way is found");
    check_pointer("longest", handle, handle_a_b, "the closest one");
    check_pointer("rest", rest, &path_a_b_c.nodes[2], "the path is left behind its own");
    locate(0, &path_a_b, &rest, &handle);
    check_pointer("whole", handle, handle_a_b, "a whole path matches");
    check_pointer("whole-rest", rest, &path_a_b.end, "and leaves its end");
    locate(0, &path_a, &rest, &handle);
    check_pointer("shorter", handle, handle_a, "a longer device path is no beginning");
}

static void needs_the_protocol(void)
{
    EFI_DEVICE_PATH *rest;
    EFI_HANDLE handle;

    topic("handles.locate-device-path", "7.3.8");
    locate(1, &path_a_b_c, &rest, &handle);
    check_pointer("with-protocol", handle, handle_a_b, "only handles with the protocol count");
    check_status("without-protocol", locate(1, &path_a, &rest, &handle), EFI_NOT_FOUND,
                 "a device without it is not found");
    check_pointer("without-protocol-rest", rest, &path_a, "and the path stays");
    check_status("unknown-protocol", locate(5, &path_a_b_c, &rest, &handle), EFI_NOT_FOUND,
                 "nor is anything by a protocol that nobody has");
}

static void whole_nodes_only(void)
{
    EFI_DEVICE_PATH *rest;
    EFI_HANDLE handle;

    topic("handles.locate-device-path", "7.3.8");
    check_status("other-node", locate(0, &path_x_b, &rest, &handle), EFI_NOT_FOUND,
                 "a path that begins differently");
}

static void first_instance_only(void)
{
    EFI_DEVICE_PATH *rest;
    EFI_HANDLE handle;

    topic("handles.locate-device-path", "7.3.8");
    check_status("instances", locate(0, &path_instances, &rest, &handle), EFI_SUCCESS,
                 "of a path with two instances the first counts");
    check_pointer("instances-handle", handle, handle_a, "its device is found");
    check_pointer("instances-rest", rest, &path_instances.end_instance,
                  "what is left is the end of the instance");
}

static void wrong_parameters(void)
{
    EFI_DEVICE_PATH *rest = (EFI_DEVICE_PATH *)&path_a;
    EFI_DEVICE_PATH *nothing = NULL;
    EFI_HANDLE handle;

    topic("handles.locate-device-path", "7.3.8");
    check_status("no-guid", boot->LocateDevicePath(NULL, &rest, &handle), EFI_INVALID_PARAMETER,
                 "the GUID is a must");
    check_status("no-path", boot->LocateDevicePath(&test_guids[0], NULL, &handle),
                 EFI_INVALID_PARAMETER, "the path, too");
    check_status("null-path", boot->LocateDevicePath(&test_guids[0], &nothing, &handle),
                 EFI_INVALID_PARAMETER, "it may not be NULL");
    check_status("no-result", boot->LocateDevicePath(&test_guids[0], &rest, NULL),
                 EFI_INVALID_PARAMETER, "a match needs a place for the handle");
}

static bool install(void)
{
    return need_status(boot->InstallMultipleProtocolInterfaces(&handle_a, &device_path_guid,
                                                               &path_a, &test_guids[0], NULL, NULL),
                       "device a") &&
           need_status(boot->InstallMultipleProtocolInterfaces(&handle_a_b, &device_path_guid,
                                                               &path_a_b, &test_guids[0], NULL,
                                                               &test_guids[1], NULL, NULL),
                       "device a/b");
}

void handles_device_path_tests(void)
{
    topic("handles.locate-device-path", "7.3.8");
    if (!install())
        return;
    longest_match();
    needs_the_protocol();
    whole_nodes_only();
    first_instance_only();
    wrong_parameters();
    boot->UninstallMultipleProtocolInterfaces(handle_a, &device_path_guid, &path_a, &test_guids[0],
                                              NULL, NULL);
    boot->UninstallMultipleProtocolInterfaces(handle_a_b, &device_path_guid, &path_a_b,
                                              &test_guids[0], NULL, &test_guids[1], NULL, NULL);
}
