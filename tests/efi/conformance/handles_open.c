/* OpenProtocol: its parameters. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/handles.h"

struct way {
    const char *name;
    UINT32 attributes;
    bool needs_agent;
    bool needs_controller;
};

static const struct way ways[] = {
    {"by-handle-protocol", EFI_OPEN_PROTOCOL_BY_HANDLE_PROTOCOL, false, false},
    {"get", EFI_OPEN_PROTOCOL_GET_PROTOCOL, false, false},
    {"test", EFI_OPEN_PROTOCOL_TEST_PROTOCOL, false, false},
    {"by-child", EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER, true, true},
    {"by-driver", EFI_OPEN_PROTOCOL_BY_DRIVER, true, true},
    {"by-driver-exclusive", EFI_OPEN_PROTOCOL_BY_DRIVER | EFI_OPEN_PROTOCOL_EXCLUSIVE, true, true},
    {"exclusive", EFI_OPEN_PROTOCOL_EXCLUSIVE, true, false},
};

static EFI_HANDLE handle;
static EFI_HANDLE controller;

static EFI_STATUS open(EFI_HANDLE agent, EFI_HANDLE used_by, UINT32 attributes, void **interface)
{
    EFI_STATUS status =
        boot->OpenProtocol(handle, &test_guids[0], interface, agent, used_by, attributes);

    if (status == EFI_SUCCESS && agent)
        boot->CloseProtocol(handle, &test_guids[0], agent, used_by);
    return status;
}

static void good_way(const struct way *way)
{
    void *interface = &interface;
    void *untouched = interface;
    EFI_STATUS status = open(program_image, controller, way->attributes, &interface);

    topic("handles.open", "7.3.9");
    check_status(way->name, status, EFI_SUCCESS, "a protocol is opened in this way");
    topic("handles.open.interface", "7.3.9");
    if (way->attributes == EFI_OPEN_PROTOCOL_TEST_PROTOCOL)
        check_pointer(way->name, interface, untouched, "a test returns no interface");
    else
        check_pointer(way->name, interface, &test_interfaces[0], "its interface is returned");
}

static void without_agent(const struct way *way)
{
    void *interface;

    topic("handles.open.no-agent", "7.3.9");
    check_status(way->name, open(NULL, controller, way->attributes, &interface),
                 way->needs_agent ? EFI_INVALID_PARAMETER : EFI_SUCCESS,
                 "whether an agent is needed depends on the way");
    topic("handles.open.no-controller", "7.3.9");
    check_status(way->name, open(program_image, NULL, way->attributes, &interface),
                 way->needs_controller ? EFI_INVALID_PARAMETER : EFI_SUCCESS,
                 "whether a controller is needed depends on the way");
}

static void without_protocol(const struct way *way)
{
    void *interface = &interface;
    EFI_STATUS status;

    topic("handles.open.absent", "7.3.9");
    status = boot->OpenProtocol(handle, &test_guids[1], &interface, program_image, controller,
                                way->attributes);
    check_status(way->name, status, EFI_UNSUPPORTED, "the protocol is not on the handle");
    if (way->attributes != EFI_OPEN_PROTOCOL_TEST_PROTOCOL) {
        topic("handles.open.absent.interface", "7.3.9");
        check_pointer(way->name, interface, NULL, "the interface is NULL then");
    }
}

static void no_place_for_the_interface(const struct way *way)
{
    topic("handles.open.no-result", "7.3.9");
    check_status(way->name, open(program_image, controller, way->attributes, NULL),
                 way->attributes == EFI_OPEN_PROTOCOL_TEST_PROTOCOL ? EFI_SUCCESS
                                                                    : EFI_INVALID_PARAMETER,
                 "only a test needs no place for the interface");
}

static bool is_a_way(UINT32 attributes)
{
    for (UINTN i = 0; i < COUNT_OF(ways); i++) {
        if (ways[i].attributes == attributes)
            return true;
    }
    return false;
}

static void bad_ways(void)
{
    bool refused = true;
    void *interface;

    topic("handles.open", "7.3.9");
    for (UINT32 attributes = 0; attributes < 128; attributes++) {
        if (!is_a_way(attributes))
            refused = refused && open(program_image, controller, attributes, &interface) ==
                                     EFI_INVALID_PARAMETER;
    }
    check("other-attributes", refused, "all other combinations of attributes are refused");
    check_status(
        "high-attributes",
        open(program_image, controller, 0x80000000 | EFI_OPEN_PROTOCOL_GET_PROTOCOL, &interface),
        EFI_INVALID_PARAMETER, "so are unknown bits");
}

static void wrong_handles(void)
{
    EFI_HANDLE gone = test_handle(0);
    void *interface;

    topic("handles.open", "7.3.9");
    test_handle_remove(gone, 0);
    check_status("no-handle",
                 boot->OpenProtocol(NULL, &test_guids[0], &interface, program_image, NULL,
                                    EFI_OPEN_PROTOCOL_GET_PROTOCOL),
                 EFI_INVALID_PARAMETER, "the handle is a must");
    check_status("no-guid",
                 boot->OpenProtocol(handle, NULL, &interface, program_image, NULL,
                                    EFI_OPEN_PROTOCOL_GET_PROTOCOL),
                 EFI_INVALID_PARAMETER, "the GUID, too");
    check_status("gone-handle",
                 boot->OpenProtocol(gone, &test_guids[0], &interface, program_image, NULL,
                                    EFI_OPEN_PROTOCOL_GET_PROTOCOL),
                 EFI_INVALID_PARAMETER, "a handle that is gone is none");
    check_status("gone-agent", open(gone, controller, EFI_OPEN_PROTOCOL_BY_DRIVER, &interface),
                 EFI_INVALID_PARAMETER, "nor can it be an agent");
    check_status("gone-controller",
                 open(program_image, gone, EFI_OPEN_PROTOCOL_BY_DRIVER, &interface),
                 EFI_INVALID_PARAMETER, "nor a controller");
    check_status("own-child",
                 open(program_image, handle, EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER, &interface),
                 EFI_INVALID_PARAMETER, "no handle is its own child");
}

void handles_open_tests(void)
{
    handle = test_handle(0);
    controller = test_handle(2);
    if (!handle || !controller)
        return;
    for (UINTN i = 0; i < COUNT_OF(ways); i++) {
        good_way(&ways[i]);
        without_agent(&ways[i]);
        without_protocol(&ways[i]);
        no_place_for_the_interface(&ways[i]);
    }
    bad_ways();
    wrong_handles();
    test_handle_remove(handle, 0);
    test_handle_remove(controller, 2);
}
