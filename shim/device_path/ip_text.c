#include "shim/device_path/ip_text.h"

#include "loader/lib/string.h"

#define V6_BYTES     16u
#define GROUP_DIGITS 4u
#define NO_GAP       SIZE_MAX

/* An IPv6 address as far as it was read. */
struct v6_reader {
    uint8_t bytes[V6_BYTES];
    size_t count;
    size_t gap; /* how many bytes came before "::" */
};

static void put_port(struct text_builder *text, uint16_t port)
{
    text_put(text, ':');
    text_put_decimal(text, port);
}

void ip_text_put_v4(struct text_builder *text, const EFI_IPv4_ADDRESS *address, uint16_t port)
{
    for (unsigned int i = 0; i < sizeof(address->Addr); i++) {
        if (i > 0)
            text_put(text, '.');
        text_put_decimal(text, address->Addr[i]);
    }
    if (port)
        put_port(text, port);
}

void ip_text_put_v6(struct text_builder *text, const EFI_IPv6_ADDRESS *address, uint16_t port)
{
    if (port)
        text_put(text, '[');
    for (unsigned int i = 0; i < V6_BYTES; i += 2) {
        if (i > 0)
            text_put(text, ':');
        text_put_hex_bytes(text, address->Addr + i, 2);
    }
    if (port) {
        text_put(text, ']');
        put_port(text, port);
    }
}

/* What is in front of `separator`; *slice goes on behind it, or is empty at `last`. */
static struct text_slice take_until(struct text_slice *slice, CHAR16 separator)
{
    size_t length = text_slice_find(*slice, separator, separator);
    struct text_slice taken = {.text = slice->text, .length = length};

    *slice = text_slice_behind(*slice, length < slice->length ? length + 1 : length);
    return taken;
}

static bool read_port(struct text_slice slice, uint16_t *ret_port)
{
    uint64_t port;

    if (!text_slice_integer(slice, UINT16_MAX, &port))
        return false;
    *ret_port = (uint16_t)port;
    return true;
}

static bool read_dotted(struct text_slice slice, uint8_t ret_bytes[4])
{
    for (unsigned int i = 0; i < 4; i++) {
        uint64_t value;

        if (!text_slice_integer(take_until(&slice, '.'), UINT8_MAX, &value) ||
            (i < 3) != (slice.length != 0))
            return false;
        ret_bytes[i] = (uint8_t)value;
    }
    return true;
}

bool ip_text_read_v4(struct text_slice slice, EFI_IPv4_ADDRESS *ret_address, uint16_t *ret_port)
{
    size_t length = slice.length;
    struct text_slice address = take_until(&slice, ':');

    *ret_port = 0;
    if (address.length < length && !read_port(slice, ret_port))
        return false;
    return read_dotted(address, ret_address->Addr);
}

static bool read_group(struct v6_reader *reader, struct text_slice group)
{
    uint64_t value;

    if (group.length > GROUP_DIGITS || !text_slice_hex(group, &value) ||
        reader->count > V6_BYTES - 2)
        return false;
    reader->bytes[reader->count++] = (uint8_t)(value >> 8);
    reader->bytes[reader->count++] = (uint8_t)value;
    return true;
}

/* The last four bytes may be written as an IPv4 address. */
static bool read_last(struct v6_reader *reader, struct text_slice group)
{
    if (text_slice_find(group, '.', '.') == group.length)
        return read_group(reader, group);
    if (reader->count > V6_BYTES - 4 || !read_dotted(group, reader->bytes + reader->count))
        return false;
    reader->count += 4;
    return true;
}

static bool starts_with_gap(struct text_slice slice)
{
    return slice.length >= 2 && slice.text[0] == ':' && slice.text[1] == ':';
}

static bool read_groups(struct v6_reader *reader, struct text_slice slice)
{
    bool separated = true; /* from what came before: nothing, or the gap */

    while (slice.length) {
        struct text_slice group = slice;

        if (starts_with_gap(slice)) {
            if (reader->gap != NO_GAP)
                return false;
            reader->gap = reader->count;
            slice = text_slice_behind(slice, 2);
            separated = true;
            continue;
        }
        if (!separated) /* the colon that the last group ended at */
            slice = group = text_slice_behind(slice, 1);
        group.length = text_slice_find(group, ':', ':');
        slice = text_slice_behind(slice, group.length);
        if (!(slice.length ? read_group(reader, group) : read_last(reader, group)))
            return false;
        separated = false;
    }
    return true;
}

static bool read_v6(struct text_slice slice, EFI_IPv6_ADDRESS *ret_address)
{
    struct v6_reader reader = {.gap = NO_GAP};
    size_t tail;

    if (!read_groups(&reader, slice))
        return false;
    if (reader.gap == NO_GAP ? reader.count != V6_BYTES : reader.count == V6_BYTES)
        return false;
    if (reader.gap == NO_GAP)
        reader.gap = V6_BYTES;
    tail = reader.count - reader.gap;
    memset(ret_address->Addr, 0, V6_BYTES);
    memcpy(ret_address->Addr, reader.bytes, reader.gap);
    memcpy(ret_address->Addr + V6_BYTES - tail, reader.bytes + reader.gap, tail);
    return true;
}

/* "[address]" or "[address]:port" */
static bool read_bracketed(struct text_slice slice, EFI_IPv6_ADDRESS *ret_address,
                           uint16_t *ret_port)
{
    size_t end = text_slice_find(slice, ']', ']');
    struct text_slice address = {.text = slice.text + 1, .length = end - 1};

    if (end == slice.length || !read_v6(address, ret_address))
        return false;
    slice = text_slice_behind(slice, end + 1);
    return slice.length == 0 ||
           (slice.text[0] == ':' && read_port(text_slice_behind(slice, 1), ret_port));
}

bool ip_text_read_v6(struct text_slice slice, EFI_IPv6_ADDRESS *ret_address, uint16_t *ret_port)
{
    *ret_port = 0;
    if (slice.length && slice.text[0] == '[')
        return read_bracketed(slice, ret_address, ret_port);
    return read_v6(slice, ret_address);
}
