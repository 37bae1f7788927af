#include "hypercall/xenstore_message.h"

#include <xen/errno.h>

#include "loader/lib/string.h"

/* Errors travel by name: the list of xs_wire.h. */
static const struct {
    char name[10];
    uint8_t number;
} errors[] = {
    {"EINVAL", XEN_EINVAL}, {"EACCES", XEN_EACCES},   {"EEXIST", XEN_EEXIST},
    {"EISDIR", XEN_EISDIR}, {"ENOENT", XEN_ENOENT},   {"ENOMEM", XEN_ENOMEM},
    {"ENOSPC", XEN_ENOSPC}, {"EIO", XEN_EIO},         {"ENOTEMPTY", XEN_ENOTEMPTY},
    {"ENOSYS", XEN_ENOSYS}, {"EROFS", XEN_EROFS},     {"EBUSY", XEN_EBUSY},
    {"EAGAIN", XEN_EAGAIN}, {"EISCONN", XEN_EISCONN}, {"E2BIG", XEN_E2BIG},
    {"EPERM", XEN_EPERM},
};

static bool add(struct xenstore_message *message, const void *data, size_t bytes)
{
    if (bytes > XENSTORE_PAYLOAD_MAX - message->header.len)
        return false;
    if (bytes)
        memcpy(message->payload + message->header.len, data, bytes);
    message->header.len += (uint32_t)bytes;
    return true;
}

static bool add_path(struct xenstore_message *message, const char *dir, const char *node)
{
    if (!node || !*node)
        return add(message, dir, strlen(dir) + 1);
    return add(message, dir, strlen(dir)) && add(message, "/", 1) &&
           add(message, node, strlen(node) + 1);
}

int xenstore_message_build(struct xenstore_message *message, uint32_t request_id,
                           const struct xenstore_request *request)
{
    message->header = (struct xsd_sockmsg){
        .type = request->type,
        .req_id = request_id,
        .tx_id = request->transaction,
    };
    return add_path(message, request->dir, request->node) &&
                   add(message, request->data, request->bytes)
               ? 0
               : -XEN_E2BIG;
}

bool xenstore_message_is_bounded(const struct xsd_sockmsg *header)
{
    return header->len <= XENSTORE_PAYLOAD_MAX;
}

void xenstore_message_finish(struct xenstore_message *message)
{
    message->payload[message->header.len] = '\0';
}

static int error_number(const char *name)
{
    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        if (strcmp(errors[i].name, name) == 0)
            return -errors[i].number;
    }
    return -XEN_EIO;
}

int xenstore_message_result(const struct xenstore_message *reply, uint32_t request_type)
{
    if (reply->header.type == XS_ERROR)
        return error_number(reply->payload);
    return reply->header.type == request_type ? 0 : -XEN_EIO;
}

bool xenstore_message_event(const struct xenstore_message *event, const char **ret_path,
                            const char **ret_token)
{
    size_t path_bytes = strnlen(event->payload, event->header.len) + 1;

    if (event->header.type != XS_WATCH_EVENT || path_bytes >= event->header.len)
        return false;
    *ret_path = event->payload;
    *ret_token = event->payload + path_bytes;
    return true;
}
