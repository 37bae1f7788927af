/* OpenProtocol while others have the protocol open: every pair of ways. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/handles.h"

#define BY_DRIVER EFI_OPEN_PROTOCOL_BY_DRIVER
#define EXCLUSIVE EFI_OPEN_PROTOCOL_EXCLUSIVE

struct way {
    const char *name;
    UINT32 attributes;
};

static const struct way ways[] = {
    {"by-handle-protocol", EFI_OPEN_PROTOCOL_BY_HANDLE_PROTOCOL},
    {"get", EFI_OPEN_PROTOCOL_GET_PROTOCOL},
    {"test", EFI_OPEN_PROTOCOL_TEST_PROTOCOL},
    {"by-child", EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER},
    {"by-driver", BY_DRIVER},
    {"by-driver-exclusive", BY_DRIVER | EXCLUSIVE},
    {"exclusive", EXCLUSIVE},
};

static const char *const first_topics[] = {
    "handles.open-after.by-handle-protocol",
    "handles.open-after.get",
    "handles.open-after.test",
    "handles.open-after.by-child",
    "handles.open-after.by-driver",
    "handles.open-after.by-driver-exclusive",
    "handles.open-after.exclusive",
};

static EFI_HANDLE handle;
static EFI_HANDLE agents[2];
static EFI_HANDLE controllers[2];

static EFI_STATUS open(UINTN agent, UINTN controller, UINT32 attributes)
{
    void *interface;

    return boot->OpenProtocol(handle, &test_guids[0], &interface, agents[agent],
                              controllers[controller], attributes);
}

static void close_all(void)
{
    for (UINTN agent = 0; agent < COUNT_OF(agents); agent++) {
        for (UINTN controller = 0; controller < COUNT_OF(controllers); controller++)
            boot->CloseProtocol(handle, &test_guids[0], agents[agent], controllers[controller]);
    }
}

/*
 * Drivers and exclusive users keep drivers and exclusive users out. An exclusive user asks a
 * driver to stop, but the agents here are no drivers that could.
 */
static EFI_STATUS expected_for_others(UINT32 first, UINT32 second)
{
    if (first & (BY_DRIVER | EXCLUSIVE) && second & (BY_DRIVER | EXCLUSIVE))
        return EFI_ACCESS_DENIED;
    return EFI_SUCCESS;
}

static void two_agents(UINTN first)
{
    topic(first_topics[first], "7.3.9");
    for (UINTN second = 0; second < COUNT_OF(ways); second++) {
        if (!need_status(open(0, 0, ways[first].attributes), "first use"))
            return;
        check_status(ways[second].name, open(1, 1, ways[second].attributes),
                     expected_for_others(ways[first].attributes, ways[second].attributes),
                     "another agent for another controller");
        close_all();
    }
}

static void same_agent_again(void)
{
    topic("handles.open-again", "7.3.9");
    for (UINTN i = 0; i < COUNT_OF(ways); i++) {
        UINT32 attributes = ways[i].attributes;
        EFI_STATUS expected = EFI_SUCCESS;

        if (attributes & BY_DRIVER)
            expected = EFI_ALREADY_STARTED;
        else if (attributes & EXCLUSIVE)
            expected = EFI_ACCESS_DENIED;
        if (!need_status(open(0, 0, attributes), "first use"))
            return;
        check_status(ways[i].name, open(0, 0, attributes), expected,
                     "the same agent for the same controller");
        close_all();
    }
}

static void already_started_returns_the_interface(void)
{
    void *interface = NULL;

    topic("handles.open-again", "7.3.9");
    if (!need_status(open(0, 0, BY_DRIVER), "first use"))
        return;
    boot->OpenProtocol(handle, &test_guids[0], &interface, agents[0], controllers[0], BY_DRIVER);
    check_pointer("interface", interface, &test_interfaces[0],
                  "a driver that has the protocol gets the interface again");
    close_all();
}

static void denied_leaves_the_interface_alone(void)
{
    void *interface = &interface;
    void *untouched = interface;

    topic("handles.open-again", "7.3.9");
    if (!need_status(open(0, 0, EXCLUSIVE), "first use"))
        return;
    boot->OpenProtocol(handle, &test_guids[0], &interface, agents[1], controllers[1], EXCLUSIVE);
    check_pointer("denied-interface", interface, untouched, "who is denied gets no interface");
    close_all();
}

static void free_after_close(void)
{
    topic("handles.open-again", "7.3.9");
    if (!need_status(open(0, 0, BY_DRIVER | EXCLUSIVE), "first use"))
        return;
    close_all();
    check_status("after-close", open(1, 1, BY_DRIVER | EXCLUSIVE), EFI_SUCCESS,
                 "after CloseProtocol the next one may have it");
    close_all();
}

void handles_conflict_tests(void)
{
    handle = test_handle(0);
    for (UINTN i = 0; i < 2; i++) {
        agents[i] = test_handle(1);
        controllers[i] = test_handle(2);
    }
    if (!handle || !agents[1] || !controllers[1])
        return;
    for (UINTN i = 0; i < COUNT_OF(ways); i++)
        two_agents(i);
    same_agent_again();
    already_started_returns_the_interface();
    denied_leaves_the_interface_alone();
    free_after_close();
    test_handle_remove(handle, 0);
    for (UINTN i = 0; i < 2; i++) {
        test_handle_remove(agents[i], 1);
        test_handle_remove(controllers[i], 2);
    }
}
