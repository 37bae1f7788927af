#include "shim/protocol/protocol_use.h"

#include <stdbool.h>

#include "shim/memory/pool.h"

#define LOOKUPS                                                              \
    (EFI_OPEN_PROTOCOL_BY_HANDLE_PROTOCOL | EFI_OPEN_PROTOCOL_GET_PROTOCOL | \
     EFI_OPEN_PROTOCOL_TEST_PROTOCOL)
#define OWNERS (EFI_OPEN_PROTOCOL_BY_DRIVER | EFI_OPEN_PROTOCOL_EXCLUSIVE)

/* In the order of comparison: those of one agent are together, of one protocol, one controller. */
struct use_key {
    const void *agent;
    const struct protocol *protocol;
    const void *controller;
    uint32_t attributes;
};

static struct protocol_use *use_of(const struct tree_node *node)
{
    return node ? container_of(node, struct protocol_use, node) : NULL;
}

static int compare_pointers(const void *a, const void *b)
{
    return tree_compare_numbers((uintptr_t)a, (uintptr_t)b);
}

static int compare_uses(const void *key, const struct tree_node *node)
{
    const struct use_key *wanted = key;
    const struct protocol_use *use = use_of(node);
    int difference = compare_pointers(wanted->agent, use->user.agent);

    if (!difference)
        difference = compare_pointers(wanted->protocol, use->protocol);
    if (!difference)
        difference = compare_pointers(wanted->controller, use->user.controller);
    if (!difference)
        difference = tree_compare_numbers(wanted->attributes, use->user.attributes);
    return difference;
}

static struct tree uses = {.compare = compare_uses};

static struct use_key key_of(const struct protocol *protocol, struct protocol_user user)
{
    return (struct use_key){
        .agent = user.agent,
        .protocol = protocol,
        .controller = user.controller,
        .attributes = user.attributes,
    };
}

static void count_in(struct protocol_use *use)
{
    if (use->user.attributes & ~LOOKUPS)
        use->protocol->lasting_uses++;
    if (use->user.attributes & OWNERS)
        use->protocol->owner = use;
}

const struct protocol_use *protocol_use_find(const struct protocol *protocol,
                                             struct protocol_user user)
{
    const struct use_key key = key_of(protocol, user);

    return use_of(tree_find(&uses, &key));
}

EFI_STATUS protocol_use_add(struct protocol *protocol, struct protocol_user user)
{
    struct use_key key = key_of(protocol, user);
    struct protocol_use *use = use_of(tree_find(&uses, &key));

    if (use) {
        use->count++;
        return EFI_SUCCESS;
    }
    use = pool_new_object(POOL_PROTOCOL_USE, sizeof(*use));
    if (!use)
        return EFI_OUT_OF_RESOURCES;
    use->protocol = protocol;
    use->user = user;
    use->count = 1;
    list_append(&protocol->uses, &use->link);
    tree_insert(&uses, &use->node, &key);
    count_in(use);
    return EFI_SUCCESS;
}

static void end(struct protocol_use *use)
{
    if (use->user.attributes & ~LOOKUPS)
        use->protocol->lasting_uses--;
    if (use->protocol->owner == use)
        use->protocol->owner = NULL;
    list_remove(&use->link);
    tree_remove(&uses, &use->node);
    pool_free_object(use, POOL_PROTOCOL_USE);
}

EFI_STATUS protocol_use_end(struct protocol *protocol, EFI_HANDLE agent, EFI_HANDLE controller)
{
    const struct use_key key = {.agent = agent, .protocol = protocol, .controller = controller};
    EFI_STATUS status = EFI_NOT_FOUND;
    struct protocol_use *use;

    while ((use = use_of(tree_find_from(&uses, &key))) && use->user.agent == agent &&
           use->protocol == protocol && use->user.controller == controller) {
        end(use);
        status = EFI_SUCCESS;
    }
    return status;
}

void protocol_use_end_all_by(EFI_HANDLE agent)
{
    const struct use_key key = {.agent = agent};
    struct protocol_use *use;

    while ((use = use_of(tree_find_from(&uses, &key))) && use->user.agent == agent)
        end(use);
}

EFI_STATUS protocol_use_end_lookups(struct protocol *protocol)
{
    if (protocol->lasting_uses)
        return EFI_ACCESS_DENIED;
    list_for_each (link, next, &protocol->uses)
        end(container_of(link, struct protocol_use, link));
    return EFI_SUCCESS;
}
