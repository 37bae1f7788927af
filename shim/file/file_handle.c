#include "shim/file/file_handle.h"

#include <stddef.h>

#include "shim/file/file_info.h"
#include "shim/file/file_path.h"
#include "shim/memory/pool.h"

#define MODE_READ   EFI_FILE_MODE_READ
#define MODE_WRITE  (EFI_FILE_MODE_READ | EFI_FILE_MODE_WRITE)
#define MODE_CREATE (EFI_FILE_MODE_READ | EFI_FILE_MODE_WRITE | EFI_FILE_MODE_CREATE)

#define POSITION_END UINT64_MAX

static const struct file_operations *operations_of(const struct file_handle *file)
{
    return file->node->system->operations;
}

EFI_STATUS file_handle_new(struct file_node *node, bool is_writable, struct file_handle **ret_file)
{
    struct file_handle *file = pool_new(sizeof(*file));

    if (!file) {
        node->system->operations->release(node);
        return EFI_OUT_OF_RESOURCES;
    }
    file->node = node;
    file->is_writable = is_writable;
    *ret_file = file;
    return EFI_SUCCESS;
}

static EFI_STATUS check_open(uint64_t mode, uint64_t attributes)
{
    if (mode != MODE_READ && mode != MODE_WRITE && mode != MODE_CREATE)
        return EFI_INVALID_PARAMETER;
    if (mode == MODE_CREATE && attributes & ~(uint64_t)(EFI_FILE_VALID_ATTR & ~EFI_FILE_READ_ONLY))
        return EFI_INVALID_PARAMETER;
    return EFI_SUCCESS;
}

/* May a client that wants to write, or to create such a thing, have this one that there is? */
static EFI_STATUS check_existing(struct file_node *node, uint64_t mode, uint64_t attributes)
{
    const struct file_operations *operations = node->system->operations;
    struct file_facts facts;
    struct file_name name;
    EFI_STATUS status;

    if (mode == MODE_READ)
        return EFI_SUCCESS;
    if (node->system->read_only)
        return EFI_WRITE_PROTECTED;
    if (mode == MODE_CREATE && node->is_directory != !!(attributes & EFI_FILE_DIRECTORY))
        return EFI_ACCESS_DENIED;
    status = operations->describe(node, &facts, &name);
    if (status != EFI_SUCCESS)
        return status;
    return facts.attributes & EFI_FILE_READ_ONLY && !node->is_directory ? EFI_ACCESS_DENIED
                                                                        : EFI_SUCCESS;
}

static EFI_STATUS open_named(struct file_node *directory, const struct file_name *name,
                             uint64_t mode, uint64_t attributes, struct file_node **ret_node)
{
    const struct file_operations *operations = directory->system->operations;
    EFI_STATUS status = operations->find(directory, name->text, ret_node);

    if (status == EFI_NOT_FOUND && mode == MODE_CREATE)
        return operations->create ? operations->create(directory, name->text, attributes, ret_node)
                                  : EFI_WRITE_PROTECTED;
    if (status != EFI_SUCCESS)
        return status;
    status = check_existing(*ret_node, mode, attributes);
    if (status != EFI_SUCCESS)
        operations->release(*ret_node);
    return status;
}

/* `directory` is held for this, and given up. */
static EFI_STATUS open_in(struct file_node *directory, const struct file_name *name, uint64_t mode,
                          uint64_t attributes, struct file_node **ret_node)
{
    const struct file_operations *operations = directory->system->operations;
    EFI_STATUS status;

    if (name->text[0]) {
        status = open_named(directory, name, mode, attributes, ret_node);
    } else {
        status = check_existing(directory, mode, attributes);
        *ret_node = directory;
        if (status == EFI_SUCCESS)
            return EFI_SUCCESS;
    }
    operations->release(directory);
    return status;
}

EFI_STATUS file_handle_open(struct file_handle *file, const CHAR16 *path, uint64_t mode,
                            uint64_t attributes, struct file_handle **ret_file)
{
    struct file_node *directory;
    struct file_name name;
    struct file_node *node;
    EFI_STATUS status = check_open(mode, attributes);

    /* shim's fallback program opens names from the root through a regular file. */
    if (status == EFI_SUCCESS && !file->node->is_directory && *path != FILE_PATH_SEPARATOR)
        status = EFI_INVALID_PARAMETER;
    if (status == EFI_SUCCESS && file->node->is_removed)
        status = EFI_DEVICE_ERROR;
    if (status == EFI_SUCCESS)
        status = file_path_walk(file->node, path, &directory, &name);
    if (status == EFI_SUCCESS)
        status = open_in(directory, &name, mode, attributes, &node);
    if (status != EFI_SUCCESS)
        return status;
    return file_handle_new(node, mode != MODE_READ, ret_file);
}

EFI_STATUS file_handle_close(struct file_handle *file)
{
    const struct file_operations *operations = operations_of(file);
    EFI_STATUS status = EFI_SUCCESS;

    if (file->is_writable && !file->node->system->read_only)
        status = operations->sync(file->node->system);
    operations->release(file->node);
    pool_free(file);
    return status;
}

EFI_STATUS file_handle_delete(struct file_handle *file)
{
    const struct file_operations *operations = operations_of(file);
    EFI_STATUS status = EFI_ACCESS_DENIED;

    if (file->is_writable && !file->node->is_removed)
        status = operations->remove(file->node);
    file_handle_close(file);
    return status == EFI_SUCCESS ? EFI_SUCCESS : EFI_WARN_DELETE_FAILURE;
}

/* One entry of a directory, as EFI_FILE_INFO. */
static EFI_STATUS read_directory(struct file_handle *file, UINTN *bytes, void *buffer)
{
    uint64_t position = file->position;
    struct file_facts facts;
    struct file_name name;
    EFI_STATUS status = operations_of(file)->next(file->node, &position, &facts, &name);

    if (status == EFI_NOT_FOUND) {
        *bytes = 0;
        return EFI_SUCCESS;
    }
    if (status == EFI_SUCCESS)
        status = file_info_put(&facts, &name, bytes, buffer);
    if (status == EFI_SUCCESS)
        file->position = position;
    return status;
}

static EFI_STATUS read_file(struct file_handle *file, UINTN *bytes, void *buffer)
{
    uint64_t read_bytes = *bytes;
    EFI_STATUS status;

    if (file->position > operations_of(file)->size(file->node))
        return EFI_DEVICE_ERROR;
    status = operations_of(file)->read(file->node, file->position, &read_bytes, buffer);
    if (status != EFI_SUCCESS)
        return status;
    file->position += read_bytes;
    *bytes = read_bytes;
    return EFI_SUCCESS;
}

EFI_STATUS file_handle_read(struct file_handle *file, UINTN *bytes, void *buffer)
{
    if (file->node->is_removed)
        return EFI_DEVICE_ERROR;
    return file->node->is_directory ? read_directory(file, bytes, buffer)
                                    : read_file(file, bytes, buffer);
}

EFI_STATUS file_handle_write(struct file_handle *file, UINTN *bytes, const void *buffer)
{
    EFI_STATUS status;

    if (file->node->is_directory)
        return EFI_UNSUPPORTED;
    if (file->node->is_removed)
        return EFI_DEVICE_ERROR;
    if (file->node->system->read_only)
        return EFI_WRITE_PROTECTED;
    if (!file->is_writable)
        return EFI_ACCESS_DENIED;
    status = operations_of(file)->write(file->node, file->position, *bytes, buffer);
    if (status == EFI_SUCCESS)
        file->position += *bytes;
    else
        *bytes = 0;
    return status;
}

EFI_STATUS file_handle_set_position(struct file_handle *file, uint64_t position)
{
    if (file->node->is_removed)
        return EFI_DEVICE_ERROR;
    if (file->node->is_directory && position)
        return EFI_UNSUPPORTED;
    file->position = position == POSITION_END ? operations_of(file)->size(file->node) : position;
    return EFI_SUCCESS;
}

EFI_STATUS file_handle_get_position(const struct file_handle *file, uint64_t *ret_position)
{
    if (file->node->is_directory)
        return EFI_UNSUPPORTED;
    if (file->node->is_removed)
        return EFI_DEVICE_ERROR;
    *ret_position = file->position;
    return EFI_SUCCESS;
}

EFI_STATUS file_handle_flush(struct file_handle *file)
{
    if (file->node->system->read_only)
        return EFI_WRITE_PROTECTED;
    if (!file->is_writable)
        return EFI_ACCESS_DENIED;
    return operations_of(file)->sync(file->node->system);
}
