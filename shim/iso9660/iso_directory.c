#include "shim/iso9660/iso_directory.h"

#include "loader/lib/string.h"
#include "loader/utf16.h"
#include "shim/iso9660/iso_record.h"
#include "shim/text/unicode_case.h"

/* A system use area that goes on more often than that is a loop. */
#define CONTINUATIONS_MAX 8u

struct record_buffer {
    uint8_t bytes[ISO_RECORD_BYTES_MAX];
    struct iso_record record;
};

/* The record at or behind *position, which then is behind it. */
static EFI_STATUS read_record(struct iso_volume *volume, const struct iso_entry *directory,
                              uint64_t *position, struct record_buffer *ret_buffer)
{
    while (*position < directory->bytes) {
        uint64_t left = directory->bytes - *position;
        uint64_t in_sector = ISO_SECTOR_BYTES - *position % ISO_SECTOR_BYTES;
        size_t bytes = sizeof(ret_buffer->bytes);
        EFI_STATUS status;

        bytes = in_sector < bytes ? (size_t)in_sector : bytes;
        bytes = left < bytes ? (size_t)left : bytes;
        status = medium_cache_read(&volume->cache, directory->offset + *position, bytes,
                                   ret_buffer->bytes);
        if (status != EFI_SUCCESS)
            return status;
        if (ret_buffer->bytes[0]) {
            if (!iso_record_parse(ret_buffer->bytes, bytes, &ret_buffer->record))
                return EFI_VOLUME_CORRUPTED;
            *position += ret_buffer->record.record_bytes;
            return EFI_SUCCESS;
        }
        *position += in_sector;
    }
    return EFI_NOT_FOUND;
}

/* The record's area, and wherever it goes on. */
static EFI_STATUS read_system_use(struct iso_volume *volume, const struct iso_record *record,
                                  uint8_t skip_bytes, struct iso_rock_ridge *fields)
{
    *fields = (struct iso_rock_ridge){0};
    if (record->system_use_bytes > skip_bytes)
        iso_rock_ridge_take(fields, record->system_use + skip_bytes,
                            record->system_use_bytes - skip_bytes);
    for (unsigned int i = 0; fields->next_bytes && i < CONTINUATIONS_MAX; i++) {
        uint8_t area[ISO_SECTOR_BYTES];
        uint32_t bytes = fields->next_bytes < sizeof(area) ? fields->next_bytes : sizeof(area);
        EFI_STATUS status = medium_cache_read(
            &volume->cache,
            (uint64_t)fields->next_block * volume->block_bytes + fields->next_offset, bytes, area);

        if (status != EFI_SUCCESS)
            return status;
        fields->next_bytes = 0;
        iso_rock_ridge_take(fields, area, bytes);
    }
    return EFI_SUCCESS;
}

/* "NAME.;1" is NAME. */
static void finish_plain_name(struct file_name *name, size_t chars)
{
    for (size_t i = 0; i < chars; i++)
        if (name->text[i] == ';')
            chars = i;
    if (chars > 1 && name->text[chars - 1] == '.')
        chars--;
    name->text[chars] = 0;
}

static void take_name(const struct iso_volume *volume, const struct iso_record *record,
                      const struct iso_rock_ridge *fields, struct file_name *ret_name)
{
    bool is_wide = volume->names == ISO_NAMES_JOLIET;
    size_t chars = is_wide ? record->name_bytes / 2 : record->name_bytes;

    if (fields->name_bytes) {
        utf16_from_utf8(fields->name, ret_name->text, FILE_NAME_CHARS_MAX + 1);
        ret_name->text[FILE_NAME_CHARS_MAX] = 0;
        return;
    }
    for (size_t i = 0; i < chars; i++)
        ret_name->text[i] = is_wide ? (CHAR16)(record->name[2 * i] << 8 | record->name[2 * i + 1])
                                    : record->name[i];
    finish_plain_name(ret_name, chars);
}

/* A file of more than 4 GiB has several records, for pieces that follow each other. */
static EFI_STATUS take_more_extents(struct iso_volume *volume, const struct iso_entry *directory,
                                    uint64_t *position, uint8_t flags, struct iso_entry *entry)
{
    struct record_buffer buffer;

    while (flags & ISO_MULTI_EXTENT) {
        EFI_STATUS status = read_record(volume, directory, position, &buffer);

        if (status == EFI_NOT_FOUND)
            return EFI_VOLUME_CORRUPTED;
        if (status != EFI_SUCCESS)
            return status;
        if ((uint64_t)buffer.record.block * volume->block_bytes != entry->offset + entry->bytes)
            return EFI_VOLUME_CORRUPTED;
        entry->bytes += buffer.record.bytes;
        flags = buffer.record.flags;
    }
    return EFI_SUCCESS;
}

/* A directory too deep for ISO 9660 lies elsewhere; its own first record knows its size. */
static EFI_STATUS follow_child(struct iso_volume *volume, uint32_t block, struct iso_entry *entry)
{
    struct iso_entry child = {.offset = (uint64_t)block * volume->block_bytes,
                              .bytes = ISO_SECTOR_BYTES};
    struct record_buffer buffer;
    uint64_t position = 0;
    EFI_STATUS status = read_record(volume, &child, &position, &buffer);

    if (status != EFI_SUCCESS || !(buffer.record.flags & ISO_DIRECTORY))
        return status == EFI_SUCCESS || status == EFI_NOT_FOUND ? EFI_VOLUME_CORRUPTED : status;
    entry->offset = child.offset;
    entry->bytes = buffer.record.bytes;
    entry->is_directory = true;
    return EFI_SUCCESS;
}

static EFI_STATUS take_entry(struct iso_volume *volume, const struct iso_entry *directory,
                             uint64_t *position, const struct iso_record *record,
                             const struct iso_rock_ridge *fields, struct iso_entry *entry)
{
    *entry = (struct iso_entry){
        .offset = (uint64_t)record->block * volume->block_bytes,
        .bytes = record->bytes,
        .is_directory = record->flags & ISO_DIRECTORY,
        .is_hidden = record->flags & ISO_HIDDEN,
        .time = record->time,
    };
    take_name(volume, record, fields, &entry->name);
    if (fields->child_block)
        return follow_child(volume, fields->child_block, entry);
    return take_more_extents(volume, directory, position, record->flags, entry);
}

EFI_STATUS iso_directory_next(struct iso_volume *volume, const struct iso_entry *directory,
                              uint64_t *position, struct iso_entry *ret_entry)
{
    struct iso_rock_ridge fields = {0};
    struct record_buffer buffer;
    EFI_STATUS status;

    if (directory->bytes > ISO_DIRECTORY_BYTES_MAX)
        return EFI_VOLUME_CORRUPTED;
    while ((status = read_record(volume, directory, position, &buffer)) == EFI_SUCCESS) {
        if (iso_record_is_dots(&buffer.record) || buffer.record.flags & ISO_ASSOCIATED)
            continue;
        if (volume->names == ISO_NAMES_ROCK_RIDGE)
            status = read_system_use(volume, &buffer.record, volume->skip_bytes, &fields);
        if (status != EFI_SUCCESS)
            return status;
        if (!fields.is_link && !fields.is_relocated)
            return take_entry(volume, directory, position, &buffer.record, &fields, ret_entry);
    }
    return status;
}

static bool is_same_name(const CHAR16 *a, const CHAR16 *b)
{
    while (*a && unicode_upper(*a) == unicode_upper(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

EFI_STATUS iso_directory_find(struct iso_volume *volume, const struct iso_entry *directory,
                              const CHAR16 *name, struct iso_entry *ret_entry)
{
    uint64_t position = 0;
    EFI_STATUS status;

    while ((status = iso_directory_next(volume, directory, &position, ret_entry)) == EFI_SUCCESS)
        if (is_same_name(name, ret_entry->name.text))
            break;
    return status;
}

EFI_STATUS iso_directory_read_root(struct iso_volume *volume, struct iso_rock_ridge *ret_fields)
{
    struct record_buffer buffer;
    uint64_t position = 0;
    EFI_STATUS status = read_record(volume, &volume->root, &position, &buffer);

    if (status != EFI_SUCCESS)
        return status == EFI_NOT_FOUND ? EFI_VOLUME_CORRUPTED : status;
    return read_system_use(volume, &buffer.record, 0, ret_fields);
}
