/* OpenProtocol, CloseProtocol, OpenProtocolInformation (UEFI 2.10 sections 7.3.9–7.3.11). */
#include "shim/protocol/open_protocol.h"

#include "shim/memory/pool.h"
#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define BY_HANDLE EFI_OPEN_PROTOCOL_BY_HANDLE_PROTOCOL
#define GET       EFI_OPEN_PROTOCOL_GET_PROTOCOL
#define TEST      EFI_OPEN_PROTOCOL_TEST_PROTOCOL
#define BY_CHILD  EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER
#define BY_DRIVER EFI_OPEN_PROTOCOL_BY_DRIVER
#define EXCLUSIVE EFI_OPEN_PROTOCOL_EXCLUSIVE

static const uint32_t legal_attributes[] = {
    BY_HANDLE, GET, TEST, BY_CHILD, BY_DRIVER, BY_DRIVER | EXCLUSIVE, EXCLUSIVE};
#define LEGAL_ATTRIBUTES (sizeof(legal_attributes) / sizeof(legal_attributes[0]))

static const EFI_GUID guid = {.Data1 = 1};
static const EFI_GUID other_guid = {.Data1 = 2};
static int protocol;
static EFI_HANDLE handle;     /* has `guid` */
static EFI_HANDLE agents[2];  /* two drivers */
static EFI_HANDLE controller; /* what they drive, or a child of it */

static EFI_HANDLE handle_with(const EFI_GUID *guid_of_it, void *interface)
{
    EFI_HANDLE made = NULL;

    assert_int_equal(handle_install(&made, guid_of_it, interface), EFI_SUCCESS);
    return made;
}

static int start(void **state)
{
    fake_memory_setup(state);
    handle = handle_with(&guid, &protocol);
    agents[0] = handle_with(&other_guid, NULL);
    agents[1] = handle_with(&other_guid, NULL);
    controller = handle_with(&other_guid, NULL);
    return 0;
}

static EFI_STATUS open_by(EFI_HANDLE agent, uint32_t attributes)
{
    void *interface;

    return open_protocol(handle, &guid, &interface, agent, controller, attributes);
}

static EFI_STATUS open_information(EFI_OPEN_PROTOCOL_INFORMATION_ENTRY **ret_entries,
                                   UINTN *ret_count)
{
    return open_protocol_information(handle, &guid, ret_entries, ret_count);
}

static UINTN open_count(void)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *entries;
    UINTN count;

    assert_int_equal(open_information(&entries, &count), EFI_SUCCESS);
    assert_int_equal(pool_free(entries), EFI_SUCCESS);
    return count;
}

static void test_every_legal_way_returns_the_interface(void **state)
{
    (void)state;
    for (size_t i = 0; i < LEGAL_ATTRIBUTES; i++) {
        void *interface = NULL;

        assert_int_equal(
            open_protocol(handle, &guid, &interface, agents[0], controller, legal_attributes[i]),
            EFI_SUCCESS);
        if (legal_attributes[i] != TEST)
            assert_ptr_equal(interface, &protocol);
        close_protocol(handle, &guid, agents[0], controller);
    }
}

static void test_attributes_that_are_no_way_are_refused(void **state)
{
    (void)state;
    for (uint32_t attributes = 0; attributes < 256; attributes++) {
        EFI_STATUS expected = EFI_INVALID_PARAMETER;

        for (size_t i = 0; i < LEGAL_ATTRIBUTES; i++) {
            if (attributes == legal_attributes[i])
                expected = EFI_SUCCESS;
        }
        assert_int_equal(open_by(agents[0], attributes), expected);
        close_protocol(handle, &guid, agents[0], controller);
    }
    assert_int_equal(open_by(agents[0], 0x80000001), EFI_INVALID_PARAMETER);
}

static char itself;
#define ITSELF ((EFI_HANDLE)&itself)

enum {
    WITHOUT_AGENT = 1,      /* refused when AgentHandle is no handle */
    WITHOUT_CONTROLLER = 2, /* likewise */
    ON_ITSELF = 4,          /* refused when ControllerHandle is Handle */
};

static const struct {
    uint32_t attributes;
    unsigned int refused;
} parameter_rules[] = {
    {BY_HANDLE, 0},
    {GET, 0},
    {TEST, 0},
    {BY_CHILD, WITHOUT_AGENT | WITHOUT_CONTROLLER | ON_ITSELF},
    {BY_DRIVER, WITHOUT_AGENT | WITHOUT_CONTROLLER},
    {BY_DRIVER | EXCLUSIVE, WITHOUT_AGENT | WITHOUT_CONTROLLER},
    {EXCLUSIVE, WITHOUT_AGENT},
};

/* On a new handle each time, which ITSELF stands for as the controller. */
static void assert_open(EFI_HANDLE agent, EFI_HANDLE for_controller, uint32_t attributes,
                        unsigned int refused)
{
    EFI_HANDLE unused = handle_with(&guid, &protocol);
    void *interface = NULL;

    assert_int_equal(open_protocol(unused, &guid, &interface, agent,
                                   for_controller == ITSELF ? unused : for_controller, attributes),
                     refused ? EFI_INVALID_PARAMETER : EFI_SUCCESS);
    if (refused)
        assert_null(interface);
}

static void test_agent_and_controller_are_needed_by_some(void **state)
{
    EFI_HANDLE wild = &wild;

    (void)state;
    for (size_t i = 0; i < sizeof(parameter_rules) / sizeof(parameter_rules[0]); i++) {
        uint32_t attributes = parameter_rules[i].attributes;
        unsigned int refused = parameter_rules[i].refused;

        assert_open(NULL, controller, attributes, refused & WITHOUT_AGENT);
        assert_open(wild, controller, attributes, refused & WITHOUT_AGENT);
        assert_open(agents[0], NULL, attributes, refused & WITHOUT_CONTROLLER);
        assert_open(agents[0], wild, attributes, refused & WITHOUT_CONTROLLER);
        assert_open(agents[0], ITSELF, attributes, refused & ON_ITSELF);
    }
}

static void test_handle_and_protocol_must_be_given(void **state)
{
    EFI_HANDLE wild = &wild;
    void *interface;

    (void)state;
    assert_int_equal(open_protocol(NULL, &guid, &interface, agents[0], NULL, GET),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(open_protocol(wild, &guid, &interface, agents[0], NULL, GET),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(open_protocol(handle, NULL, &interface, agents[0], NULL, GET),
                     EFI_INVALID_PARAMETER);
}

static void test_only_a_test_needs_no_place_for_the_interface(void **state)
{
    (void)state;
    for (size_t i = 0; i < LEGAL_ATTRIBUTES; i++)
        assert_int_equal(
            open_protocol(handle, &guid, NULL, agents[0], controller, legal_attributes[i]),
            legal_attributes[i] == TEST ? EFI_SUCCESS : EFI_INVALID_PARAMETER);
}

static void test_absent_protocol_is_unsupported(void **state)
{
    (void)state;
    for (size_t i = 0; i < LEGAL_ATTRIBUTES; i++) {
        void *interface = &interface;

        assert_int_equal(open_protocol(handle, &other_guid, &interface, agents[0], controller,
                                       legal_attributes[i]),
                         EFI_UNSUPPORTED);
        assert_ptr_equal(interface, legal_attributes[i] == TEST ? (void *)&interface : NULL);
    }
}

/*
 * Agent 0 has it open; what somebody gets who then wants it. The drivers here have no
 * DriverBinding, so DisconnectController cannot make them give it up.
 */
static const struct {
    uint32_t present;
    uint32_t wanted;
    EFI_STATUS same_agent;
    EFI_STATUS other_agent;
} conflicts[] = {
    {BY_DRIVER, BY_DRIVER, EFI_ALREADY_STARTED, EFI_ACCESS_DENIED},
    {BY_DRIVER, BY_DRIVER | EXCLUSIVE, EFI_ACCESS_DENIED, EFI_ACCESS_DENIED},
    {BY_DRIVER, EXCLUSIVE, EFI_ACCESS_DENIED, EFI_ACCESS_DENIED},
    {BY_DRIVER | EXCLUSIVE, BY_DRIVER, EFI_ACCESS_DENIED, EFI_ACCESS_DENIED},
    {BY_DRIVER | EXCLUSIVE, BY_DRIVER | EXCLUSIVE, EFI_ALREADY_STARTED, EFI_ACCESS_DENIED},
    {BY_DRIVER | EXCLUSIVE, EXCLUSIVE, EFI_ACCESS_DENIED, EFI_ACCESS_DENIED},
    {EXCLUSIVE, BY_DRIVER, EFI_ACCESS_DENIED, EFI_ACCESS_DENIED},
    {EXCLUSIVE, BY_DRIVER | EXCLUSIVE, EFI_ACCESS_DENIED, EFI_ACCESS_DENIED},
    {EXCLUSIVE, EXCLUSIVE, EFI_ACCESS_DENIED, EFI_ACCESS_DENIED},
};

static void test_owners_keep_others_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(conflicts) / sizeof(conflicts[0]); i++) {
        assert_int_equal(open_by(agents[0], conflicts[i].present), EFI_SUCCESS);
        assert_int_equal(open_by(agents[0], conflicts[i].wanted), conflicts[i].same_agent);
        assert_int_equal(open_by(agents[1], conflicts[i].wanted), conflicts[i].other_agent);
        assert_int_equal(open_count(), 1);
        close_protocol(handle, &guid, agents[0], controller);
    }
}

static void test_everybody_may_look_at_what_is_owned(void **state)
{
    static const uint32_t owning[] = {BY_DRIVER, BY_DRIVER | EXCLUSIVE, EXCLUSIVE};
    static const uint32_t looking[] = {BY_HANDLE, GET, TEST, BY_CHILD};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(open_by(agents[0], owning[i]), EFI_SUCCESS);
        for (size_t j = 0; j < 4; j++) {
            assert_int_equal(open_by(agents[0], looking[j]), EFI_SUCCESS);
            assert_int_equal(open_by(agents[1], looking[j]), EFI_SUCCESS);
        }
        close_protocol(handle, &guid, agents[0], controller);
        close_protocol(handle, &guid, agents[1], controller);
    }
}

static void test_lookers_keep_nobody_out(void **state)
{
    static const uint32_t owning[] = {BY_DRIVER, BY_DRIVER | EXCLUSIVE, EXCLUSIVE};
    static const uint32_t looking[] = {BY_HANDLE, GET, TEST, BY_CHILD};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 4; j++)
            assert_int_equal(open_by(agents[1], looking[j]), EFI_SUCCESS);
        assert_int_equal(open_by(agents[0], owning[i]), EFI_SUCCESS);
        close_protocol(handle, &guid, agents[0], controller);
        close_protocol(handle, &guid, agents[1], controller);
    }
}

static void test_who_has_it_already_is_given_it_again(void **state)
{
    void *interface = NULL;

    (void)state;
    open_by(agents[0], BY_DRIVER);
    assert_int_equal(open_protocol(handle, &guid, &interface, agents[0], controller, BY_DRIVER),
                     EFI_ALREADY_STARTED);
    assert_ptr_equal(interface, &protocol);
}

static void test_who_is_denied_is_given_nothing(void **state)
{
    void *interface = &interface;

    (void)state;
    open_by(agents[0], BY_DRIVER);
    assert_int_equal(open_protocol(handle, &guid, &interface, agents[1], controller, BY_DRIVER),
                     EFI_ACCESS_DENIED);
    assert_ptr_equal(interface, &interface);
}

static void test_no_use_is_recorded_without_memory(void **state)
{
    (void)state;
    fake_memory_exhaust();
    assert_int_equal(open_by(agents[0], BY_DRIVER), EFI_OUT_OF_RESOURCES);
}

static void test_close_ends_all_uses_of_agent_and_controller(void **state)
{
    void *interface;

    (void)state;
    open_by(agents[0], BY_DRIVER);
    open_by(agents[0], GET);
    open_by(agents[1], GET);
    open_protocol(handle, &guid, &interface, agents[0], NULL, GET);
    assert_int_equal(close_protocol(handle, &guid, agents[0], controller), EFI_SUCCESS);
    assert_int_equal(open_count(), 2);
    assert_int_equal(close_protocol(handle, &guid, agents[0], NULL), EFI_SUCCESS);
    assert_int_equal(close_protocol(handle, &guid, agents[1], controller), EFI_SUCCESS);
    assert_int_equal(open_count(), 0);
}

static void test_close_lets_the_next_one_in(void **state)
{
    (void)state;
    open_by(agents[0], EXCLUSIVE);
    assert_int_equal(close_protocol(handle, &guid, agents[0], controller), EFI_SUCCESS);
    assert_int_equal(open_by(agents[1], BY_DRIVER), EFI_SUCCESS);
}

static void test_closed_uses_cost_no_memory(void **state)
{
    uint64_t used = fake_memory_used_pages();

    (void)state;
    for (unsigned int i = 0; i < 1000; i++) {
        assert_int_equal(open_by(agents[0], GET), EFI_SUCCESS);
        assert_int_equal(close_protocol(handle, &guid, agents[0], controller), EFI_SUCCESS);
    }
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_close_of_what_is_not_open_is_not_found(void **state)
{
    (void)state;
    open_by(agents[0], GET);
    assert_int_equal(close_protocol(handle, &guid, agents[1], controller), EFI_NOT_FOUND);
    assert_int_equal(close_protocol(handle, &guid, agents[0], NULL), EFI_NOT_FOUND);
    assert_int_equal(close_protocol(handle, &other_guid, agents[0], controller), EFI_NOT_FOUND);
    assert_int_equal(open_count(), 1);
}

static void test_close_needs_its_parameters(void **state)
{
    EFI_HANDLE wild = &wild;

    (void)state;
    open_by(agents[0], GET);
    assert_int_equal(close_protocol(NULL, &guid, agents[0], controller), EFI_INVALID_PARAMETER);
    assert_int_equal(close_protocol(handle, NULL, agents[0], controller), EFI_INVALID_PARAMETER);
    assert_int_equal(close_protocol(handle, &guid, NULL, controller), EFI_INVALID_PARAMETER);
    assert_int_equal(close_protocol(handle, &guid, wild, controller), EFI_INVALID_PARAMETER);
    assert_int_equal(close_protocol(handle, &guid, agents[0], wild), EFI_INVALID_PARAMETER);
    assert_int_equal(open_count(), 1);
}

static void test_information_names_every_use(void **state)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *entries;
    UINTN count;

    (void)state;
    assert_int_equal(open_by(agents[0], BY_DRIVER), EFI_SUCCESS);
    assert_int_equal(open_by(agents[1], GET), EFI_SUCCESS);
    assert_int_equal(open_by(agents[1], GET), EFI_SUCCESS);
    assert_int_equal(open_by(agents[1], BY_CHILD), EFI_SUCCESS);
    assert_int_equal(open_information(&entries, &count), EFI_SUCCESS);
    assert_int_equal(count, 3);
    assert_ptr_equal(entries[0].AgentHandle, agents[0]);
    assert_ptr_equal(entries[0].ControllerHandle, controller);
    assert_int_equal(entries[0].Attributes, BY_DRIVER);
    assert_int_equal(entries[0].OpenCount, 1);
    assert_ptr_equal(entries[1].AgentHandle, agents[1]);
    assert_int_equal(entries[1].Attributes, GET);
    assert_int_equal(entries[1].OpenCount, 2);
    assert_int_equal(entries[2].Attributes, BY_CHILD);
    assert_int_equal(pool_free(entries), EFI_SUCCESS);
}

static void test_information_of_an_unused_protocol_is_empty(void **state)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *entries;
    UINTN count = 1;

    (void)state;
    assert_int_equal(open_information(&entries, &count), EFI_SUCCESS);
    assert_int_equal(count, 0);
    assert_int_equal(pool_free(entries), EFI_SUCCESS);
}

static void test_information_of_an_absent_protocol_is_not_found(void **state)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *entries;
    UINTN count;

    (void)state;
    assert_int_equal(open_protocol_information(handle, &other_guid, &entries, &count),
                     EFI_NOT_FOUND);
}

static void test_information_needs_its_parameters(void **state)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *entries;
    EFI_HANDLE wild = &wild;
    UINTN count;

    (void)state;
    assert_true(EFI_ERROR(open_protocol_information(wild, &guid, &entries, &count)));
    assert_true(EFI_ERROR(open_protocol_information(handle, NULL, &entries, &count)));
    assert_int_equal(open_information(NULL, &count), EFI_INVALID_PARAMETER);
    assert_int_equal(open_information(&entries, NULL), EFI_INVALID_PARAMETER);
}

static void test_no_information_without_memory(void **state)
{
    EFI_OPEN_PROTOCOL_INFORMATION_ENTRY *entries;
    UINTN count;

    (void)state;
    open_by(agents[0], GET);
    fake_memory_exhaust();
    assert_int_equal(open_information(&entries, &count), EFI_OUT_OF_RESOURCES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_every_legal_way_returns_the_interface, start),
        cmocka_unit_test_setup(test_attributes_that_are_no_way_are_refused, start),
        cmocka_unit_test_setup(test_agent_and_controller_are_needed_by_some, start),
        cmocka_unit_test_setup(test_handle_and_protocol_must_be_given, start),
        cmocka_unit_test_setup(test_only_a_test_needs_no_place_for_the_interface, start),
        cmocka_unit_test_setup(test_absent_protocol_is_unsupported, start),
        cmocka_unit_test_setup(test_owners_keep_others_out, start),
        cmocka_unit_test_setup(test_everybody_may_look_at_what_is_owned, start),
        cmocka_unit_test_setup(test_lookers_keep_nobody_out, start),
        cmocka_unit_test_setup(test_who_has_it_already_is_given_it_again, start),
        cmocka_unit_test_setup(test_who_is_denied_is_given_nothing, start),
        cmocka_unit_test_setup(test_no_use_is_recorded_without_memory, start),
        cmocka_unit_test_setup(test_close_ends_all_uses_of_agent_and_controller, start),
        cmocka_unit_test_setup(test_close_lets_the_next_one_in, start),
        cmocka_unit_test_setup(test_closed_uses_cost_no_memory, start),
        cmocka_unit_test_setup(test_close_of_what_is_not_open_is_not_found, start),
        cmocka_unit_test_setup(test_close_needs_its_parameters, start),
        cmocka_unit_test_setup(test_information_names_every_use, start),
        cmocka_unit_test_setup(test_information_of_an_unused_protocol_is_empty, start),
        cmocka_unit_test_setup(test_information_of_an_absent_protocol_is_not_found, start),
        cmocka_unit_test_setup(test_information_needs_its_parameters, start),
        cmocka_unit_test_setup(test_no_information_without_memory, start),
    };

    return isolated_run(tests);
}
