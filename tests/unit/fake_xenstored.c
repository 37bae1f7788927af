#include "tests/unit/fake_xenstored.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/fake_hypercall.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_tsc.h"

#define HEADER_BYTES sizeof(struct xsd_sockmsg)
#define WATCHES_MAX  8u
#define OUT_BYTES    (1u << 16)
#define NS_PER_CALL  1000000ull

struct fake_xenstored fake_xenstored;

static struct {
    char path[256]; /* as the guest gave it; "" when unused */
    char token[32];
} watches[WATCHES_MAX];
static struct fake_tree before_transaction;
static struct xenstore_message in;
static size_t in_bytes;
/* Waits for room in the ring. */
static char out[OUT_BYTES];
static size_t out_bytes;

static void copy_text(char *to, const char *from, size_t capacity)
{
    assert_true(strlen(from) < capacity);
    strcpy(to, from);
}

static const char *absolute(const char *path)
{
    static char text[XENSTORE_PAYLOAD_MAX + 32];

    snprintf(text, sizeof(text), "%s%s", *path == '/' ? "" : FAKE_XENSTORED_HOME "/", path);
    return text;
}

void fake_xenstored_send(uint32_t type, uint32_t request_id, const char *payload, size_t bytes)
{
    struct xsd_sockmsg header = {.type = type, .req_id = request_id, .len = (uint32_t)bytes};

    assert_true(out_bytes + HEADER_BYTES + bytes <= sizeof(out));
    memcpy(out + out_bytes, &header, HEADER_BYTES);
    memcpy(out + out_bytes + HEADER_BYTES, payload, bytes);
    out_bytes += HEADER_BYTES + bytes;
}

static void send_event(const char *path, const char *token)
{
    char payload[512];
    int bytes = snprintf(payload, sizeof(payload), "%s%c%s", path, 0, token);

    fake_xenstored_send(XS_WATCH_EVENT, 0, payload, (size_t)bytes + 1);
}

static void fire(const char *changed)
{
    char path[256];

    copy_text(path, absolute(changed), sizeof(path));
    for (size_t i = 0; i < WATCHES_MAX; i++) {
        if (*watches[i].path && fake_tree_is_below(path, absolute(watches[i].path)))
            send_event(changed, watches[i].token);
    }
}

void fake_xenstored_write(const char *path, const char *value)
{
    fake_tree_set(&fake_xenstored.tree, absolute(path), value, strlen(value));
    fire(path);
}

void fake_xenstored_remove(const char *path)
{
    fake_tree_remove(&fake_xenstored.tree, absolute(path));
    fire(path);
}

const char *fake_xenstored_value(const char *path)
{
    const struct fake_node *node = fake_tree_get(&fake_xenstored.tree, absolute(path));

    return node ? node->value : NULL;
}

static void reply(const char *payload, size_t bytes)
{
    fake_xenstored_send(in.header.type, in.header.req_id, payload, bytes);
}

static void reply_error(const char *name)
{
    fake_xenstored_send(XS_ERROR, in.header.req_id, name, strlen(name) + 1);
}

static void reply_ok(void)
{
    reply("OK", 3);
}

static void set_watch(const char *path, const char *token)
{
    size_t i = 0;

    while (i < WATCHES_MAX && *watches[i].path)
        i++;
    assert_true(i < WATCHES_MAX);
    copy_text(watches[i].path, path, sizeof(watches[i].path));
    copy_text(watches[i].token, token, sizeof(watches[i].token));
    fake_xenstored.watches++;
    reply_ok();
    send_event(path, token);
}

static void remove_watch(const char *path, const char *token)
{
    for (size_t i = 0; i < WATCHES_MAX; i++) {
        if (!strcmp(watches[i].path, path) && !strcmp(watches[i].token, token)) {
            *watches[i].path = '\0';
            fake_xenstored.watches--;
            reply_ok();
            return;
        }
    }
    reply_error("ENOENT");
}

static void reset_watches(void)
{
    if (fake_xenstored.without_reset) {
        reply_error("ENOSYS");
        return;
    }
    memset(watches, 0, sizeof(watches));
    fake_xenstored.watches = 0;
    fake_xenstored.transactions = 0;
    reply_ok();
}

static void end_transaction(bool commit)
{
    fake_xenstored.transactions--;
    if (commit && fake_xenstored.conflicts) {
        fake_xenstored.conflicts--;
        fake_xenstored.tree = before_transaction;
        reply_error("EAGAIN");
        return;
    }
    if (!commit)
        fake_xenstored.tree = before_transaction;
    reply_ok();
}

static void start_transaction(void)
{
    before_transaction = fake_xenstored.tree;
    fake_xenstored.transactions++;
    reply("42", 3);
}

static void reply_names(const char *names, size_t bytes)
{
    if (bytes > XENSTORE_PAYLOAD_MAX)
        reply_error("E2BIG");
    else
        reply(names, bytes);
}

/* Whole names from `offset` on, as many as fit; an empty one behind the last. */
static void reply_part(const char *names, size_t bytes, size_t offset)
{
    static unsigned int generation = 1;
    char payload[XENSTORE_PAYLOAD_MAX];
    size_t used;

    if (offset && fake_xenstored.changes) {
        fake_xenstored.changes--;
        generation++;
    }
    used = (size_t)snprintf(payload, sizeof(payload), "%u", generation) + 1;
    while (offset < bytes && used + strlen(names + offset) + 2 <= sizeof(payload)) {
        strcpy(payload + used, names + offset);
        used += strlen(names + offset) + 1;
        offset += strlen(names + offset) + 1;
    }
    if (offset >= bytes)
        payload[used++] = '\0';
    reply(payload, used);
}

static void read_or_list(const char *path)
{
    const struct fake_node *node = fake_tree_get(&fake_xenstored.tree, absolute(path));
    char names[sizeof(fake_xenstored.tree.node[0].path) * FAKE_TREE_NODES];

    if (!node)
        reply_error("ENOENT");
    else if (in.header.type == XS_READ)
        reply(node->value, node->bytes);
    else if (in.header.type == XS_DIRECTORY)
        reply_names(names, fake_tree_list(&fake_xenstored.tree, node->path, names));
    else
        reply_part(names, fake_tree_list(&fake_xenstored.tree, node->path, names),
                   strtoul(path + strlen(path) + 1, NULL, 10));
}

static void carry_out(void)
{
    const char *path = in.payload;
    const char *rest = path + strlen(path) + 1;

    switch (in.header.type) {
    case XS_READ:
    case XS_DIRECTORY:
    case XS_DIRECTORY_PART:
        read_or_list(path);
        break;
    case XS_WRITE:
        fake_tree_set(&fake_xenstored.tree, absolute(path), rest,
                      in.header.len - (size_t)(rest - path));
        reply_ok();
        fire(path);
        break;
    case XS_RM:
        if (fake_tree_remove(&fake_xenstored.tree, absolute(path)))
            reply_ok();
        else
            reply_error("ENOENT");
        fire(path);
        break;
    case XS_WATCH:
        set_watch(path, rest);
        break;
    case XS_UNWATCH:
        remove_watch(path, rest);
        break;
    case XS_RESET_WATCHES:
        reset_watches();
        break;
    case XS_TRANSACTION_START:
        start_transaction();
        break;
    case XS_TRANSACTION_END:
        end_transaction(*path == 'T');
        break;
    default:
        reply_error("ENOSYS");
    }
}

/* One byte: true when there was one. */
static bool take_byte(void)
{
    struct xenstore_domain_interface *ring = fake_xenstored.ring;

    if (ring->req_cons == ring->req_prod)
        return false;
    assert_true(in_bytes < HEADER_BYTES + XENSTORE_PAYLOAD_MAX);
    ((char *)&in)[in_bytes++] = ring->req[MASK_XENSTORE_IDX(ring->req_cons++)];
    if (in_bytes >= HEADER_BYTES && in_bytes == HEADER_BYTES + in.header.len) {
        in_bytes = 0;
        xenstore_message_finish(&in);
        fake_xenstored.requests++;
        fake_xenstored.last_type = in.header.type;
        carry_out();
        if (fake_xenstored.on_request)
            fake_xenstored.on_request(in.header.type);
    }
    return true;
}

static bool give_byte(void)
{
    struct xenstore_domain_interface *ring = fake_xenstored.ring;

    if (!out_bytes || ring->rsp_prod - ring->rsp_cons == XENSTORE_RING_SIZE)
        return false;
    ring->rsp[MASK_XENSTORE_IDX(ring->rsp_prod++)] = out[0];
    memmove(out, out + 1, --out_bytes);
    return true;
}

static void work(void)
{
    unsigned int bytes = fake_xenstored.bite ? fake_xenstored.bite : UINT32_MAX;

    fake_tsc.now_ns += NS_PER_CALL;
    while (!fake_xenstored.asleep && bytes-- && (take_byte() | give_byte()))
        ;
}

int fake_xenstored_setup(void **state)
{
    fake_memory_setup(state);
    fake_xenstored.ring = (struct xenstore_domain_interface *)(uintptr_t)FAKE_MEMORY_START;
    fake_hypercall.param[HVM_PARAM_STORE_PFN] = FAKE_MEMORY_START >> 12;
    fake_hypercall.param[HVM_PARAM_STORE_EVTCHN] = FAKE_XENSTORED_PORT;
    fake_hypercall.on_yield = work;
    fake_hypercall.on_send = work;
    return 0;
}
