#include "shim/iso9660/iso_record.h"

#include "loader/lib/string.h"
#include "shim/runtime/calendar.h"

#define FIRST_YEAR        1900
#define ZONE_UNIT_MINUTES 15

/* Numbers lie there twice, little-endian and big-endian. */
struct record_header {
    uint8_t record_bytes;
    uint8_t attribute_blocks; /* before the content */
    uint32_t block;
    uint32_t block_big;
    uint32_t bytes;
    uint32_t bytes_big;
    uint8_t time[6];
    int8_t zone; /* east of Greenwich */
    uint8_t flags;
    uint8_t unit_blocks; /* of files in pieces with gaps */
    uint8_t gap_blocks;
    uint16_t volume;
    uint16_t volume_big;
    uint8_t name_bytes;
} __attribute__((packed));
_Static_assert(sizeof(struct record_header) == ISO_RECORD_BYTES_MIN, "ECMA-119 section 9.1");

static EFI_TIME get_time(const struct record_header *header)
{
    EFI_TIME time = {
        .Year = (UINT16)(FIRST_YEAR + header->time[0]),
        .Month = header->time[1],
        .Day = header->time[2],
        .Hour = header->time[3],
        .Minute = header->time[4],
        .Second = header->time[5],
        .TimeZone = (INT16)(-header->zone * ZONE_UNIT_MINUTES),
    };

    return calendar_is_valid(&time) ? time : (EFI_TIME){0};
}

bool iso_record_parse(const uint8_t *bytes, size_t bytes_available, struct iso_record *ret_record)
{
    struct record_header header;
    size_t name_end;

    if (bytes_available < sizeof(header))
        return false;
    memcpy(&header, bytes, sizeof(header));
    if (header.record_bytes < sizeof(header) || header.record_bytes > bytes_available ||
        !header.name_bytes || header.name_bytes > header.record_bytes - sizeof(header))
        return false;
    if (header.unit_blocks || header.gap_blocks ||
        header.block > UINT32_MAX - header.attribute_blocks)
        return false;
    /* What follows the name begins at an even byte. */
    name_end = sizeof(header) + header.name_bytes;
    name_end += name_end % 2;
    *ret_record = (struct iso_record){
        .record_bytes = header.record_bytes,
        .block = header.block + header.attribute_blocks,
        .bytes = header.bytes,
        .flags = header.flags,
        .time = get_time(&header),
        .name = bytes + sizeof(header),
        .name_bytes = header.name_bytes,
        .system_use = bytes + name_end,
        .system_use_bytes = header.record_bytes > name_end ? header.record_bytes - name_end : 0,
    };
    return true;
}

bool iso_record_is_dots(const struct iso_record *record)
{
    return record->name_bytes == 1 && record->name[0] <= 1;
}
