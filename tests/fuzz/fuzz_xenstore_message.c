/* The input is a message as xenstored would send it: a header, and what payload there is. */
#include "hypercall/xenstore_message.h"

#include <stdlib.h>
#include <string.h>

#include "hypercall/xenstore_listing.h"
#include "hypercall/xenstore_value.h"
#include "tests/fuzz/fuzz.h"

/* On the heap, with no byte behind the NUL that follows the payload; to be freed. */
static struct xenstore_message *receive(const uint8_t *data, size_t size)
{
    struct xsd_sockmsg header;
    struct xenstore_message *message;

    memcpy(&header, data, sizeof(header));
    if (!xenstore_message_is_bounded(&header))
        return NULL;
    REQUIRE(header.len <= XENSTORE_PAYLOAD_MAX);
    /* A payload that is not there yet is waited for. */
    if (size - sizeof(header) < header.len)
        return NULL;
    message = malloc(sizeof(header) + header.len + 1);
    memcpy(message, data, sizeof(header) + header.len);
    xenstore_message_finish(message);
    return message;
}

static void check_result(const struct xenstore_message *message)
{
    for (uint32_t type = 0; type < XS_TYPE_COUNT; type++) {
        int result = xenstore_message_result(message, type);

        REQUIRE(result <= 0);
        REQUIRE(result < 0 || (message->header.type == type && type != XS_ERROR));
    }
}

static void check_event(const struct xenstore_message *message)
{
    const char *end = message->payload + message->header.len;
    const char *path;
    const char *token;

    if (!xenstore_message_event(message, &path, &token))
        return;
    REQUIRE(message->header.type == XS_WATCH_EVENT);
    REQUIRE(path == message->payload);
    REQUIRE(token == path + strlen(path) + 1 && token < end);
    REQUIRE(token + strlen(token) <= end);
}

static void check_names(const struct xenstore_message *message)
{
    const char *name = NULL;
    size_t bytes = 0;

    while ((name = xenstore_value_next_name(message->payload, message->header.len, name))) {
        REQUIRE(name == message->payload + bytes);
        bytes += strlen(name) + 1;
        REQUIRE(bytes <= message->header.len);
    }
    REQUIRE(memchr(message->payload + bytes, '\0', message->header.len - bytes) == NULL);
}

/* The same part twice, as long as it says that there are more. */
static void check_listing(const struct xenstore_message *message)
{
    size_t capacity = message->header.len / 2 + 1;
    struct xenstore_listing listing = {.names = malloc(capacity), .capacity = capacity};
    int result = xenstore_listing_add(&listing, message->payload, message->header.len);

    REQUIRE(result <= 0 && listing.bytes <= capacity);
    REQUIRE(result || listing.bytes || listing.complete);
    if (!result && !listing.complete)
        xenstore_listing_add(&listing, message->payload, message->header.len);
    REQUIRE(listing.bytes <= capacity);
    REQUIRE(listing.bytes == 0 || listing.names[listing.bytes - 1] == '\0');
    free(listing.names);
}

static void check_number(const struct xenstore_message *message)
{
    uint64_t number;
    uint64_t same;

    if (xenstore_value_number(message->payload, UINT64_MAX, &number))
        return;
    REQUIRE(number == strtoull(message->payload, NULL, 10));
    REQUIRE(xenstore_value_number(message->payload, number, &same) == 0 && same == number);
    REQUIRE(number == 0 || xenstore_value_number(message->payload, number - 1, &same) < 0);
}

/* A request that is made of the payload is as long as its parts. */
static void check_build(const struct xenstore_message *message)
{
    struct xenstore_message *request = malloc(sizeof(*request));
    const char *dir = message->payload;
    size_t bytes = message->header.len;
    struct xenstore_request parts = {XS_WRITE, 7, dir, dir + bytes / 2, dir, bytes};
    size_t node_bytes = strlen(parts.node) ? 1 + strlen(parts.node) : 0;
    size_t length = strlen(dir) + node_bytes + 1 + bytes;
    int result = xenstore_message_build(request, 5, &parts);

    REQUIRE((result == 0) == (length <= XENSTORE_PAYLOAD_MAX));
    REQUIRE(result || request->header.len == length);
    REQUIRE(result || memcmp(request->payload + length - bytes, dir, bytes) == 0);
    free(request);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct xenstore_message *message;

    if (size < sizeof(struct xsd_sockmsg))
        return 0;
    message = receive(data, size);
    if (!message)
        return 0;
    check_result(message);
    check_event(message);
    check_names(message);
    check_listing(message);
    check_number(message);
    check_build(message);
    free(message);
    return 0;
}
