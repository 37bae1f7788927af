#include "shim/file/file_info.h"

#include <stddef.h>

#include "loader/lib/string.h"
#include "loader/utf16.h"
#include "shim/file/file_path.h"
#include "shim/guid.h"
#include "shim/memory/pool.h"
#include "shim/runtime/calendar.h"

/* Without the texts at their ends. */
#define FILE_INFO_BYTES   offsetof(EFI_FILE_INFO, FileName)
#define VOLUME_INFO_BYTES offsetof(EFI_FILE_SYSTEM_INFO, VolumeLabel)

/* Longer paths in a new name nobody gives. */
#define PATH_CHARS_MAX 4096u

static const EFI_GUID file_guid = EFI_FILE_INFO_ID;
static const EFI_GUID volume_guid = EFI_FILE_SYSTEM_INFO_ID;
static const EFI_GUID label_guid = EFI_FILE_SYSTEM_VOLUME_LABEL_ID;

static const struct file_operations *operations_of(const struct file_handle *file)
{
    return file->node->system->operations;
}

/* Bytes of a text with its end. */
static size_t text_bytes(const struct file_name *name)
{
    return (utf16_length(name->text, FILE_NAME_CHARS_MAX) + 1) * sizeof(CHAR16);
}

/* Whether the client's buffer has room; *bytes becomes what it takes. */
static EFI_STATUS check_room(UINTN *bytes, size_t needed, const void *buffer)
{
    bool has_room = *bytes >= needed;

    *bytes = needed;
    if (!has_room)
        return EFI_BUFFER_TOO_SMALL;
    return buffer ? EFI_SUCCESS : EFI_INVALID_PARAMETER;
}

EFI_STATUS file_info_put(const struct file_facts *facts, const struct file_name *name, UINTN *bytes,
                         void *buffer)
{
    size_t needed = FILE_INFO_BYTES + text_bytes(name);
    EFI_FILE_INFO *info = buffer;
    EFI_STATUS status = check_room(bytes, needed, buffer);

    if (status != EFI_SUCCESS)
        return status;
    info->Size = needed;
    info->FileSize = facts->bytes;
    info->PhysicalSize = facts->allocated_bytes;
    info->CreateTime = facts->created;
    info->LastAccessTime = facts->accessed;
    info->ModificationTime = facts->modified;
    info->Attribute = facts->attributes;
    memcpy(info->FileName, name->text, text_bytes(name));
    return EFI_SUCCESS;
}

static EFI_STATUS get_file(struct file_handle *file, UINTN *bytes, void *buffer)
{
    struct file_facts facts;
    struct file_name name;
    EFI_STATUS status = operations_of(file)->describe(file->node, &facts, &name);

    return status == EFI_SUCCESS ? file_info_put(&facts, &name, bytes, buffer) : status;
}

static EFI_STATUS put_volume(const struct volume_facts *facts, UINTN *bytes, void *buffer)
{
    size_t needed = VOLUME_INFO_BYTES + text_bytes(&facts->label);
    EFI_FILE_SYSTEM_INFO *info = buffer;
    EFI_STATUS status = check_room(bytes, needed, buffer);

    if (status != EFI_SUCCESS)
        return status;
    info->Size = needed;
    info->ReadOnly = facts->read_only;
    info->VolumeSize = facts->bytes;
    info->FreeSpace = facts->free_bytes;
    info->BlockSize = facts->block_bytes;
    memcpy(info->VolumeLabel, facts->label.text, text_bytes(&facts->label));
    return EFI_SUCCESS;
}

static EFI_STATUS put_label(const struct volume_facts *facts, UINTN *bytes, void *buffer)
{
    EFI_STATUS status = check_room(bytes, text_bytes(&facts->label), buffer);

    if (status == EFI_SUCCESS)
        memcpy(buffer, facts->label.text, text_bytes(&facts->label));
    return status;
}

EFI_STATUS file_info_get(struct file_handle *file, const EFI_GUID *type, UINTN *bytes, void *buffer)
{
    struct volume_facts facts;
    EFI_STATUS status;

    if (file->node->is_removed)
        return EFI_DEVICE_ERROR;
    if (guid_equal(type, &file_guid))
        return get_file(file, bytes, buffer);
    if (!guid_equal(type, &volume_guid) && !guid_equal(type, &label_guid))
        return EFI_UNSUPPORTED;
    status = operations_of(file)->describe_volume(file->node->system, &facts);
    if (status != EFI_SUCCESS)
        return status;
    return guid_equal(type, &volume_guid) ? put_volume(&facts, bytes, buffer)
                                          : put_label(&facts, bytes, buffer);
}

/* What SetInfo is asked for, as against what there is. */
struct wish {
    struct file_facts now;
    struct file_name name;
    struct file_facts facts;
    const CHAR16 *path;
};

/* A time that is all zero is to stay. */
static bool time_is_valid(const EFI_TIME *time)
{
    static const EFI_TIME none;

    return memcmp(time, &none, sizeof(none)) == 0 || calendar_is_valid(time);
}

static bool time_changes(const EFI_TIME *wanted, const EFI_TIME *now)
{
    return wanted->Year && memcmp(wanted, now, sizeof(*now)) != 0;
}

static bool path_changes(const struct wish *wish)
{
    return memcmp(wish->path, wish->name.text, text_bytes(&wish->name)) != 0;
}

/* Anything but attributes. */
static bool changes_content(const struct wish *wish)
{
    return wish->facts.bytes != wish->now.bytes ||
           time_changes(&wish->facts.created, &wish->now.created) ||
           time_changes(&wish->facts.accessed, &wish->now.accessed) ||
           time_changes(&wish->facts.modified, &wish->now.modified) || path_changes(wish);
}

static EFI_STATUS check_wish(const struct file_handle *file, const struct wish *wish)
{
    uint64_t attributes = wish->facts.attributes;
    bool is_directory = attributes & EFI_FILE_DIRECTORY;

    if (attributes & ~(uint64_t)EFI_FILE_VALID_ATTR || !time_is_valid(&wish->facts.created) ||
        !time_is_valid(&wish->facts.accessed) || !time_is_valid(&wish->facts.modified))
        return EFI_INVALID_PARAMETER;
    if (is_directory != file->node->is_directory)
        return EFI_ACCESS_DENIED;
    if (is_directory && wish->facts.bytes != wish->now.bytes)
        return EFI_ACCESS_DENIED;
    if (!changes_content(wish))
        return EFI_SUCCESS;
    /* A file that is and stays read-only changes in nothing else. */
    if (!file->is_writable || wish->now.attributes & attributes & EFI_FILE_READ_ONLY)
        return EFI_ACCESS_DENIED;
    return EFI_SUCCESS;
}

/* The new path counts from the directory that the file is in. */
static EFI_STATUS move(struct file_handle *file, const CHAR16 *path)
{
    const struct file_operations *operations = operations_of(file);
    struct file_node *directory;
    struct file_node *parent;
    struct file_name name;
    EFI_STATUS status = operations->open_parent(file->node, &parent);

    if (status != EFI_SUCCESS)
        return status;
    status = file_path_walk(parent, path, &directory, &name);
    operations->release(parent);
    if (status != EFI_SUCCESS)
        return status;
    status = name.text[0] ? operations->move(file->node, directory, name.text) : EFI_ACCESS_DENIED;
    operations->release(directory);
    return status;
}

static EFI_STATUS fulfil(struct file_handle *file, const struct wish *wish)
{
    const struct file_operations *operations = operations_of(file);
    EFI_STATUS status = EFI_SUCCESS;

    if (path_changes(wish))
        status = move(file, wish->path);
    if (status == EFI_SUCCESS && wish->facts.bytes != wish->now.bytes)
        status = operations->resize(file->node, wish->facts.bytes);
    if (status == EFI_SUCCESS &&
        (wish->facts.attributes != wish->now.attributes || wish->facts.created.Year ||
         wish->facts.accessed.Year || wish->facts.modified.Year))
        status = operations->change(file->node, &wish->facts);
    return status;
}

static EFI_STATUS set_file(struct file_handle *file, const EFI_FILE_INFO *info, const CHAR16 *path)
{
    struct wish wish = {
        .facts = {.bytes = info->FileSize,
                  .created = info->CreateTime,
                  .accessed = info->LastAccessTime,
                  .modified = info->ModificationTime,
                  .attributes = info->Attribute},
        .path = path,
    };
    EFI_STATUS status = operations_of(file)->describe(file->node, &wish.now, &wish.name);

    if (status == EFI_SUCCESS)
        status = check_wish(file, &wish);
    return status == EFI_SUCCESS ? fulfil(file, &wish) : status;
}

/*
 * Calls `set` with the text that begins at `offset` of the client's buffer, and an end behind it
 * that the buffer need not have.
 */
static EFI_STATUS with_text(struct file_handle *file, UINTN bytes, size_t offset,
                            const void *buffer,
                            EFI_STATUS (*set)(struct file_handle *file, const void *buffer,
                                              const CHAR16 *text))
{
    size_t chars = (bytes - offset) / sizeof(CHAR16);
    CHAR16 *text;
    EFI_STATUS status;

    if (chars > PATH_CHARS_MAX)
        chars = PATH_CHARS_MAX;
    text = pool_new((chars + 1) * sizeof(*text));
    if (!text)
        return EFI_OUT_OF_RESOURCES;
    memcpy(text, (const uint8_t *)buffer + offset, chars * sizeof(*text));
    status = set(file, buffer, text);
    pool_free(text);
    return status;
}

static EFI_STATUS set_file_text(struct file_handle *file, const void *buffer, const CHAR16 *text)
{
    return set_file(file, buffer, text);
}

static EFI_STATUS set_label_text(struct file_handle *file, const void *buffer, const CHAR16 *text)
{
    (void)buffer;
    return operations_of(file)->set_label(file->node->system, text);
}

static EFI_STATUS set_any(struct file_handle *file, const EFI_GUID *type, UINTN bytes,
                          const void *buffer)
{
    if (guid_equal(type, &file_guid))
        return bytes < FILE_INFO_BYTES + sizeof(CHAR16)
                   ? EFI_BAD_BUFFER_SIZE
                   : with_text(file, bytes, FILE_INFO_BYTES, buffer, set_file_text);
    if (guid_equal(type, &volume_guid))
        return bytes < VOLUME_INFO_BYTES + sizeof(CHAR16)
                   ? EFI_BAD_BUFFER_SIZE
                   : with_text(file, bytes, VOLUME_INFO_BYTES, buffer, set_label_text);
    if (guid_equal(type, &label_guid))
        return bytes < sizeof(CHAR16) ? EFI_BAD_BUFFER_SIZE
                                      : with_text(file, bytes, 0, buffer, set_label_text);
    return EFI_UNSUPPORTED;
}

EFI_STATUS file_info_set(struct file_handle *file, const EFI_GUID *type, UINTN bytes,
                         const void *buffer)
{
    EFI_STATUS sync_status;
    EFI_STATUS status;

    if (file->node->is_removed)
        return EFI_DEVICE_ERROR;
    if (file->node->system->read_only)
        return EFI_WRITE_PROTECTED;
    status = set_any(file, type, bytes, buffer);
    sync_status = operations_of(file)->sync(file->node->system);
    return status == EFI_SUCCESS ? sync_status : status;
}
