#include "shim/protocol/protocol_use.h"

#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

#define LOOKUP    EFI_OPEN_PROTOCOL_GET_PROTOCOL
#define BY_DRIVER EFI_OPEN_PROTOCOL_BY_DRIVER
#define BY_CHILD  EFI_OPEN_PROTOCOL_BY_CHILD_CONTROLLER

static const EFI_GUID guid = {.Data1 = 1};

static int agents[3];
static int controllers[3];

static struct protocol *protocol_new(void)
{
    EFI_HANDLE handle = NULL;

    assert_int_equal(handle_install(&handle, &guid, NULL), EFI_SUCCESS);
    return handle_find_protocol(handle, &guid);
}

static void use(struct protocol *protocol, unsigned int agent, unsigned int controller,
                uint32_t attributes)
{
    const struct protocol_user user = {
        .agent = &agents[agent], .controller = &controllers[controller], .attributes = attributes};

    assert_int_equal(protocol_use_add(protocol, user), EFI_SUCCESS);
}

/* One letter for each use: its agent's number, as many as it was opened times. */
static void assert_uses(struct protocol *protocol, const char *expected)
{
    char found[32] = {0};
    size_t length = 0;

    list_for_each (link, next, &protocol->uses) {
        const struct protocol_use *one = container_of(link, struct protocol_use, link);

        assert_ptr_equal(one->protocol, protocol);
        for (uint32_t i = 0; i < one->count && length < sizeof(found) - 1; i++)
            found[length++] = (char)('0' + ((int *)one->user.agent - agents));
    }
    assert_string_equal(found, expected);
}

static void test_uses_are_in_their_order(void **state)
{
    struct protocol *protocol = protocol_new();

    (void)state;
    use(protocol, 2, 0, LOOKUP);
    use(protocol, 0, 0, LOOKUP);
    use(protocol, 1, 0, LOOKUP);
    assert_uses(protocol, "201");
}

static void test_the_same_use_is_counted(void **state)
{
    struct protocol *protocol = protocol_new();

    (void)state;
    use(protocol, 2, 0, LOOKUP);
    use(protocol, 1, 0, LOOKUP);
    use(protocol, 2, 0, LOOKUP);
    assert_uses(protocol, "221");
    use(protocol, 2, 1, LOOKUP);
    use(protocol, 2, 0, BY_CHILD);
    assert_uses(protocol, "22122");
}

static void test_end_is_of_all_attributes(void **state)
{
    struct protocol *protocol = protocol_new();

    (void)state;
    use(protocol, 1, 1, LOOKUP);
    use(protocol, 1, 1, BY_CHILD);
    use(protocol, 1, 2, LOOKUP);
    use(protocol, 2, 1, LOOKUP);
    assert_int_equal(protocol_use_end(protocol, &agents[1], &controllers[1]), EFI_SUCCESS);
    assert_uses(protocol, "12");
    assert_int_equal(protocol_use_end(protocol, &agents[1], &controllers[1]), EFI_NOT_FOUND);
    assert_uses(protocol, "12");
}

static void test_end_is_of_one_protocol(void **state)
{
    struct protocol *one = protocol_new();
    struct protocol *other = protocol_new();

    (void)state;
    use(one, 1, 1, LOOKUP);
    use(other, 1, 1, LOOKUP);
    assert_int_equal(protocol_use_end(one, &agents[1], &controllers[1]), EFI_SUCCESS);
    assert_uses(one, "");
    assert_uses(other, "1");
}

static void test_an_agent_ends_all_its_uses(void **state)
{
    struct protocol *one = protocol_new();
    struct protocol *other = protocol_new();

    (void)state;
    use(one, 0, 1, LOOKUP);
    use(one, 1, 1, BY_DRIVER);
    use(one, 2, 1, LOOKUP);
    use(other, 1, 1, LOOKUP);
    use(other, 1, 2, BY_CHILD);
    protocol_use_end_all_by(&agents[1]);
    assert_uses(one, "02");
    assert_uses(other, "");
    assert_null(one->owner);
}

static void test_the_owner_is_known(void **state)
{
    struct protocol *protocol = protocol_new();

    (void)state;
    use(protocol, 0, 0, LOOKUP);
    assert_null(protocol->owner);
    use(protocol, 1, 0, BY_DRIVER);
    use(protocol, 2, 0, BY_CHILD);
    assert_ptr_equal(protocol->owner->user.agent, &agents[1]);
    protocol_use_end(protocol, &agents[1], &controllers[0]);
    assert_null(protocol->owner);
}

static void test_only_lookups_end_by_themselves(void **state)
{
    uint64_t used = fake_memory_used_pages();
    struct protocol *protocol = protocol_new();

    (void)state;
    use(protocol, 0, 0, LOOKUP);
    use(protocol, 1, 0, BY_CHILD);
    assert_int_equal(protocol_use_end_lookups(protocol), EFI_ACCESS_DENIED);
    assert_uses(protocol, "01");
    protocol_use_end(protocol, &agents[1], &controllers[0]);
    assert_int_equal(protocol_use_end_lookups(protocol), EFI_SUCCESS);
    assert_uses(protocol, "");
    assert_int_equal(handle_uninstall(protocol->handle, &guid, NULL), EFI_SUCCESS);
    assert_int_equal(fake_memory_used_pages(), used);
}

static void test_without_memory_nothing_is_recorded(void **state)
{
    struct protocol *protocol = protocol_new();
    const struct protocol_user user = {.agent = &agents[0], .attributes = BY_DRIVER};

    (void)state;
    fake_memory_exhaust();
    assert_int_equal(protocol_use_add(protocol, user), EFI_OUT_OF_RESOURCES);
    assert_uses(protocol, "");
    assert_null(protocol->owner);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_uses_are_in_their_order, fake_memory_setup),
        cmocka_unit_test_setup(test_the_same_use_is_counted, fake_memory_setup),
        cmocka_unit_test_setup(test_end_is_of_all_attributes, fake_memory_setup),
        cmocka_unit_test_setup(test_end_is_of_one_protocol, fake_memory_setup),
        cmocka_unit_test_setup(test_an_agent_ends_all_its_uses, fake_memory_setup),
        cmocka_unit_test_setup(test_the_owner_is_known, fake_memory_setup),
        cmocka_unit_test_setup(test_only_lookups_end_by_themselves, fake_memory_setup),
        cmocka_unit_test_setup(test_without_memory_nothing_is_recorded, fake_memory_setup),
    };

    return isolated_run(tests);
}
