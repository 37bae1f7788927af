#include "shim/device_path/device_path_keyword.h"

#include <stddef.h>

#define WORD_BYTES 23

/* A list ends with an empty word. The first one is what a missing parameter means. */
struct keyword {
    uint8_t value;
    char word[WORD_BYTES];
};

static const struct keyword primary[] = {{0, "Primary"}, {1, "Secondary"}, {0, ""}};
static const struct keyword master[] = {{0, "Master"}, {1, "Slave"}, {0, ""}};
static const struct keyword flow_control[] = {
    {0, "None"}, {1, "Hardware"}, {2, "XonXoff"}, {0, ""}};
static const struct keyword ip_protocol[] = {{17, "UDP"}, {6, "TCP"}, {0, ""}};
static const struct keyword ipv4_origin[] = {{0, "DHCP"}, {1, "Static"}, {0, ""}};
static const struct keyword ipv6_origin[] = {
    {0, "Static"}, {1, "StatelessAutoConfigure"}, {2, "StatefulAutoConfigure"}, {0, ""}};
static const struct keyword parity[] = {{0, "D"}, {1, "N"}, {2, "E"}, {3, "O"},
                                        {4, "M"}, {5, "S"}, {0, ""}};
static const struct keyword stop_bits[] = {{0, "D"}, {1, "1"}, {2, "1.5"}, {3, "2"}, {0, ""}};
static const struct keyword digest[] = {{0, "None"}, {2, "CRC32C"}, {0, ""}};
static const struct keyword authentication[] = {
    {2, "None"}, {0, "CHAP_BI"}, {4, "CHAP_UNI"}, {0, ""}};
static const struct keyword tcp[] = {{0, "TCP"}, {0, ""}};
static const struct keyword sas_location[] = {{0, "Internal"}, {1, "External"}, {0, ""}};
static const struct keyword sas_connect[] = {{0, "Direct"}, {1, "Expanded"}, {0, ""}};
static const struct keyword partition[] = {{2, "GPT"}, {1, "MBR"}, {0, ""}};
static const struct keyword bbs[] = {{1, "Floppy"}, {2, "HD"},      {3, "CDROM"}, {4, "PCMCIA"},
                                     {5, "USB"},    {6, "Network"}, {0, ""}};

static const struct keyword *const lists[] = {
    [KEYWORDS_PRIMARY] = primary,
    [KEYWORDS_MASTER] = master,
    [KEYWORDS_FLOW_CONTROL] = flow_control,
    [KEYWORDS_IP_PROTOCOL] = ip_protocol,
    [KEYWORDS_IPV4_ORIGIN] = ipv4_origin,
    [KEYWORDS_IPV6_ORIGIN] = ipv6_origin,
    [KEYWORDS_PARITY] = parity,
    [KEYWORDS_STOP_BITS] = stop_bits,
    [KEYWORDS_DIGEST] = digest,
    [KEYWORDS_AUTHENTICATION] = authentication,
    [KEYWORDS_TCP] = tcp,
    [KEYWORDS_SAS_LOCATION] = sas_location,
    [KEYWORDS_SAS_CONNECT] = sas_connect,
    [KEYWORDS_PARTITION] = partition,
    [KEYWORDS_BBS] = bbs,
};

const char *keyword_text(enum keyword_list list, uint64_t value)
{
    for (const struct keyword *keyword = lists[list]; keyword->word[0]; keyword++)
        if (keyword->value == value)
            return keyword->word;
    return NULL;
}

bool keyword_value(enum keyword_list list, struct text_slice text, uint64_t *ret_value)
{
    const struct keyword *keyword = lists[list];

    while (text.length && keyword->word[0] && !text_slice_equals(text, keyword->word))
        keyword++;
    *ret_value = keyword->value;
    return keyword->word[0] != '\0';
}

/* Which bits of the node's integer a field means. */
struct bits {
    unsigned int shift;
    uint64_t mask; /* before shifting */
};

static struct bits bits_of(const struct node_field *field)
{
    unsigned int count = field->value >> 16;

    if (!count)
        count = 8u * field->bytes;
    return (struct bits){.shift = field->value >> 8 & 0xff, .mask = (1ull << count) - 1};
}

static enum keyword_list list_of(const struct node_field *field)
{
    return (enum keyword_list)(field->value & 0xff);
}

bool device_path_keyword_write(const struct node_field *field, struct node_writer *writer)
{
    struct bits bits = bits_of(field);
    uint64_t whole = device_path_load(writer->node.bytes + field->offset, field->bytes);
    uint64_t value = whole >> bits.shift & bits.mask;
    const char *word = keyword_text(list_of(field), value);

    node_writer_next(writer);
    if (word) {
        text_put_ascii(writer->text, word);
        return true;
    }
    text_put_ascii(writer->text, "0x");
    text_put_hex(writer->text, value, 1);
    return !(field->flags & FIELD_STRICT);
}

bool device_path_keyword_read(const struct node_field *field, struct node_reader *reader)
{
    struct text_slice parameter = text_slice_trim(node_reader_next(reader));
    struct bits bits = bits_of(field);
    uint8_t *at = node_reader_at(reader, field->offset);
    uint64_t value;

    if (parameter.length == 0 && !(field->flags & FIELD_OPTIONAL))
        return false;
    if (!keyword_value(list_of(field), parameter, &value) &&
        (field->flags & FIELD_STRICT || !text_slice_integer(parameter, bits.mask, &value)))
        return false;
    value = (device_path_load(at, field->bytes) & ~(bits.mask << bits.shift)) | value << bits.shift;
    device_path_store(at, field->bytes, value);
    return true;
}
