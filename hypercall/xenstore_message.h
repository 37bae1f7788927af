/*
 * xenstore's messages (xen/include/public/io/xs_wire.h, Xen's docs/misc/xenstore.txt): a header and
 * up to XENSTORE_PAYLOAD_MAX bytes. Requests are put together here, replies and watch events taken
 * apart; what comes from xenstored is bounded and nothing in it is believed. Pure; boot phase.
 */
#ifndef PVHEFI_HYPERCALL_XENSTORE_MESSAGE_H
#define PVHEFI_HYPERCALL_XENSTORE_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <xen/io/xs_wire.h>

/* As it is on the wire, from `header` on for sizeof(header) + header.len bytes. */
struct xenstore_message {
    struct xsd_sockmsg header;
    char payload[XENSTORE_PAYLOAD_MAX + 1]; /* room for a NUL behind what was received */
};
_Static_assert(sizeof(struct xsd_sockmsg) == 16, "xs_wire.h");
_Static_assert(offsetof(struct xenstore_message, payload) == sizeof(struct xsd_sockmsg),
               "header and payload are one piece");

/* Every request is a path or another text with its NUL, and for some types more behind it. */
struct xenstore_request {
    uint32_t type;        /* XS_* */
    uint32_t transaction; /* 0 outside of one */
    const char *dir;      /* the text, or with `node` the beginning of the path "dir/node" */
    const char *node;     /* may be NULL or "" */
    const void *data;     /* a value to write, a watch's token with its NUL; without: NULL and 0 */
    size_t bytes;
};

/* 0, or -XEN_E2BIG: it does not fit into XENSTORE_PAYLOAD_MAX. */
int xenstore_message_build(struct xenstore_message *message, uint32_t request_id,
                           const struct xenstore_request *request);

/* False: the payload would be longer than the protocol allows, its end cannot be found. */
bool xenstore_message_is_bounded(const struct xsd_sockmsg *header);

/* Once header.len bytes of payload are there: puts the NUL behind them. */
void xenstore_message_finish(struct xenstore_message *message);

/*
 * What a finished reply says about a request of type `request_type`: 0, the negative Xen errno that
 * xenstored sent, or -XEN_EIO for a reply of another type and for an error of no known name.
 */
int xenstore_message_result(const struct xenstore_message *reply, uint32_t request_type);

/* A finished watch event's two strings, which lie in it. False: there are no two strings in it. */
bool xenstore_message_event(const struct xenstore_message *event, const char **ret_path,
                            const char **ret_token);

#endif
