#include "shim/device_path/device_path_sas.h"

#include "shim/device_path/device_path_keyword.h"

#define TOPOLOGY_BYTES     2u
#define KIND_MASK          0x0fu
#define KIND_ONE_BYTE      1u /* nothing about a drive bay */
#define KIND_TWO_BYTES     2u
#define SATA               0x10u
#define LOCATION_SHIFT     5u
#define LOCATION_MAX       1u
#define CONNECT_SHIFT      6u
#define CONNECT_MAX        3u
#define CONNECT_NAMED_MAX  1u
#define DRIVE_BAY_SHIFT    8u /* counts from 0, as text from 1 */
#define DRIVE_BAY_TEXT_MAX 256u

static void put_keyword(struct node_writer *writer, enum keyword_list list, uint64_t value)
{
    node_writer_next(writer);
    text_put_ascii(writer->text, keyword_text(list, value));
}

static void put_hex(struct node_writer *writer, uint64_t value)
{
    node_writer_next(writer);
    text_put_ascii(writer->text, "0x");
    text_put_hex(writer->text, value, 1);
}

static void put_zeroes(struct node_writer *writer, unsigned int count)
{
    while (count-- > 0) {
        node_writer_next(writer);
        text_put(writer->text, '0');
    }
}

/* Is it one of those that words can tell? */
static bool has_words(uint64_t topology)
{
    uint64_t kind = topology & KIND_MASK;
    uint64_t drive_bay = topology >> DRIVE_BAY_SHIFT;

    return (topology >> CONNECT_SHIFT & CONNECT_MAX) <= CONNECT_NAMED_MAX &&
           (kind == KIND_TWO_BYTES || (kind == KIND_ONE_BYTE && !drive_bay));
}

bool device_path_topology_write(const struct node_field *field, struct node_writer *writer)
{
    uint64_t topology = device_path_load(writer->node.bytes + field->offset, TOPOLOGY_BYTES);

    if (!has_words(topology)) {
        if (topology) {
            put_hex(writer, topology);
        } else {
            node_writer_next(writer);
            text_put_ascii(writer->text, "NoTopology");
        }
        put_zeroes(writer, 3);
        return true;
    }
    node_writer_next(writer);
    text_put_ascii(writer->text, topology & SATA ? "SATA" : "SAS");
    put_keyword(writer, KEYWORDS_SAS_LOCATION, topology >> LOCATION_SHIFT & LOCATION_MAX);
    put_keyword(writer, KEYWORDS_SAS_CONNECT, topology >> CONNECT_SHIFT & CONNECT_MAX);
    if ((topology & KIND_MASK) == KIND_TWO_BYTES)
        put_hex(writer, (topology >> DRIVE_BAY_SHIFT) + 1);
    else
        put_zeroes(writer, 1);
    return true;
}

/* A missing one is 0. */
static bool read_integer(struct node_reader *reader, uint64_t max, uint64_t *ret_value)
{
    struct text_slice parameter = text_slice_trim(node_reader_next(reader));

    *ret_value = 0;
    return parameter.length == 0 || text_slice_integer(parameter, max, ret_value);
}

static bool read_keyword(struct node_reader *reader, enum keyword_list list, uint64_t max,
                         uint64_t *ret_value)
{
    struct text_slice parameter = text_slice_trim(node_reader_next(reader));

    return keyword_value(list, parameter, ret_value) ||
           text_slice_integer(parameter, max, ret_value);
}

static bool read_words(struct node_reader *reader, uint64_t *ret_topology)
{
    uint64_t location;
    uint64_t connect;
    uint64_t drive_bay;

    if (!read_keyword(reader, KEYWORDS_SAS_LOCATION, LOCATION_MAX, &location) ||
        !read_keyword(reader, KEYWORDS_SAS_CONNECT, CONNECT_MAX, &connect) ||
        !read_integer(reader, DRIVE_BAY_TEXT_MAX, &drive_bay))
        return false;
    *ret_topology |= location << LOCATION_SHIFT | connect << CONNECT_SHIFT;
    *ret_topology |=
        drive_bay ? KIND_TWO_BYTES | (drive_bay - 1) << DRIVE_BAY_SHIFT : KIND_ONE_BYTE;
    return true;
}

/* Location, connection and drive bay must not say anything then. */
static bool read_zeroes(struct node_reader *reader)
{
    uint64_t zero;

    for (unsigned int i = 0; i < 3; i++)
        if (!read_integer(reader, 0, &zero))
            return false;
    return true;
}

bool device_path_topology_read(const struct node_field *field, struct node_reader *reader)
{
    struct text_slice kind = text_slice_trim(node_reader_next(reader));
    uint64_t topology = 0;
    bool is_sata = text_slice_equals(kind, "SATA");
    bool ok;

    if (is_sata || text_slice_equals(kind, "SAS")) {
        topology = is_sata ? SATA : 0;
        ok = read_words(reader, &topology);
    } else {
        ok = (kind.length == 0 || text_slice_equals(kind, "NoTopology") ||
              text_slice_integer(kind, UINT16_MAX, &topology)) &&
             read_zeroes(reader);
    }
    if (ok)
        device_path_store(node_reader_at(reader, field->offset), TOPOLOGY_BYTES, topology);
    return ok;
}
