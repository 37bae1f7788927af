#include "shim/file/file_protocol.h"

#include <stddef.h>

#include "loader/lib/list.h"
#include "shim/event/event.h"
#include "shim/event/tpl.h"
#include "shim/file/file_handle.h"
#include "shim/file/file_info.h"
#include "shim/protocol/handle.h"

/* A notification at TPL_CALLBACK must not meet a file system that is half changed. */
static EFI_TPL lock(void)
{
    EFI_TPL level = tpl_current();

    return level < TPL_CALLBACK ? tpl_raise(TPL_CALLBACK) : level;
}

static struct file_handle *handle_of(EFI_FILE_HANDLE this)
{
    return container_of(this, struct file_handle, protocol);
}

static const EFI_FILE_PROTOCOL template;

static EFI_STATUS publish(EFI_STATUS status, struct file_handle *file, EFI_FILE_HANDLE *ret_file)
{
    if (status != EFI_SUCCESS)
        return status;
    file->protocol = template;
    *ret_file = &file->protocol;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI open_file(EFI_FILE_HANDLE this, EFI_FILE_HANDLE *ret_file, CHAR16 *name,
                                   UINT64 mode, UINT64 attributes)
{
    struct file_handle *file = NULL;
    EFI_STATUS status;
    EFI_TPL level;

    if (!this || !ret_file || !name)
        return EFI_INVALID_PARAMETER;
    level = lock();
    status = file_handle_open(handle_of(this), name, mode, attributes, &file);
    status = publish(status, file, ret_file);
    tpl_restore(level);
    return status;
}

static EFI_STATUS EFIAPI close_file(EFI_FILE_HANDLE this)
{
    EFI_TPL level = lock();

    file_handle_close(handle_of(this));
    tpl_restore(level);
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI delete_file(EFI_FILE_HANDLE this)
{
    EFI_TPL level = lock();
    EFI_STATUS status = file_handle_delete(handle_of(this));

    tpl_restore(level);
    return status;
}

static EFI_STATUS EFIAPI read_file(EFI_FILE_HANDLE this, UINTN *bytes, void *buffer)
{
    EFI_STATUS status;
    EFI_TPL level;

    if (!bytes || (*bytes && !buffer))
        return EFI_INVALID_PARAMETER;
    level = lock();
    status = file_handle_read(handle_of(this), bytes, buffer);
    tpl_restore(level);
    return status;
}

static EFI_STATUS EFIAPI write_file(EFI_FILE_HANDLE this, UINTN *bytes, void *buffer)
{
    EFI_STATUS status;
    EFI_TPL level;

    if (!bytes || (*bytes && !buffer))
        return EFI_INVALID_PARAMETER;
    level = lock();
    status = file_handle_write(handle_of(this), bytes, buffer);
    tpl_restore(level);
    return status;
}

static EFI_STATUS EFIAPI get_position(EFI_FILE_HANDLE this, UINT64 *ret_position)
{
    EFI_STATUS status;
    EFI_TPL level;

    if (!ret_position)
        return EFI_INVALID_PARAMETER;
    level = lock();
    status = file_handle_get_position(handle_of(this), ret_position);
    tpl_restore(level);
    return status;
}

static EFI_STATUS EFIAPI set_position(EFI_FILE_HANDLE this, UINT64 position)
{
    EFI_TPL level = lock();
    EFI_STATUS status = file_handle_set_position(handle_of(this), position);

    tpl_restore(level);
    return status;
}

static EFI_STATUS EFIAPI get_info(EFI_FILE_HANDLE this, EFI_GUID *type, UINTN *bytes, void *buffer)
{
    EFI_STATUS status;
    EFI_TPL level;

    if (!type || !bytes)
        return EFI_INVALID_PARAMETER;
    level = lock();
    status = file_info_get(handle_of(this), type, bytes, buffer);
    tpl_restore(level);
    return status;
}

static EFI_STATUS EFIAPI set_info(EFI_FILE_HANDLE this, EFI_GUID *type, UINTN bytes, void *buffer)
{
    EFI_STATUS status;
    EFI_TPL level;

    if (!type || !buffer)
        return EFI_INVALID_PARAMETER;
    level = lock();
    status = file_info_set(handle_of(this), type, bytes, buffer);
    tpl_restore(level);
    return status;
}

static EFI_STATUS EFIAPI flush_file(EFI_FILE_HANDLE this)
{
    EFI_TPL level = lock();
    EFI_STATUS status = file_handle_flush(handle_of(this));

    tpl_restore(level);
    return status;
}

/*
 * The functions with a token have done their work when they return. With an event the result is in
 * the token, without one it is returned too.
 */
static bool token_is_valid(const EFI_FILE_IO_TOKEN *token)
{
    return token && (!token->Event || event_is_valid(token->Event));
}

static EFI_STATUS complete(EFI_FILE_IO_TOKEN *token, EFI_STATUS status)
{
    token->Status = status;
    if (!token->Event)
        return status;
    return event_signal(token->Event);
}

static EFI_STATUS EFIAPI open_ex(EFI_FILE_HANDLE this, EFI_FILE_HANDLE *ret_file, CHAR16 *name,
                                 UINT64 mode, UINT64 attributes, EFI_FILE_IO_TOKEN *token)
{
    if (!token_is_valid(token))
        return EFI_INVALID_PARAMETER;
    return complete(token, open_file(this, ret_file, name, mode, attributes));
}

static EFI_STATUS EFIAPI read_ex(EFI_FILE_HANDLE this, EFI_FILE_IO_TOKEN *token)
{
    if (!token_is_valid(token))
        return EFI_INVALID_PARAMETER;
    return complete(token, read_file(this, &token->BufferSize, token->Buffer));
}

static EFI_STATUS EFIAPI write_ex(EFI_FILE_HANDLE this, EFI_FILE_IO_TOKEN *token)
{
    if (!token_is_valid(token))
        return EFI_INVALID_PARAMETER;
    return complete(token, write_file(this, &token->BufferSize, token->Buffer));
}

static EFI_STATUS EFIAPI flush_ex(EFI_FILE_HANDLE this, EFI_FILE_IO_TOKEN *token)
{
    if (!token_is_valid(token))
        return EFI_INVALID_PARAMETER;
    return complete(token, flush_file(this));
}

static const EFI_FILE_PROTOCOL template = {
    .Revision = EFI_FILE_PROTOCOL_REVISION2,
    .Open = open_file,
    .Close = close_file,
    .Delete = delete_file,
    .Read = read_file,
    .Write = write_file,
    .GetPosition = get_position,
    .SetPosition = set_position,
    .GetInfo = get_info,
    .SetInfo = set_info,
    .Flush = flush_file,
    .OpenEx = open_ex,
    .ReadEx = read_ex,
    .WriteEx = write_ex,
    .FlushEx = flush_ex,
};

static EFI_STATUS open_root(struct file_system *system, EFI_FILE_HANDLE *ret_root)
{
    struct file_handle *file = NULL;
    struct file_node *root;
    EFI_STATUS status = system->operations->open_root(system, &root);

    if (status == EFI_SUCCESS)
        status = file_handle_new(root, !system->read_only, &file);
    return publish(status, file, ret_root);
}

static EFI_STATUS EFIAPI open_volume(EFI_FILE_IO_INTERFACE *this, EFI_FILE_HANDLE *ret_root)
{
    EFI_STATUS status;
    EFI_TPL level;

    if (!this || !ret_root)
        return EFI_INVALID_PARAMETER;
    level = lock();
    status = open_root(container_of(this, struct file_volume, protocol)->system, ret_root);
    tpl_restore(level);
    return status;
}

void file_volume_init(struct file_volume *volume, struct file_system *system)
{
    *volume = (struct file_volume){
        .protocol = {.Revision = EFI_SIMPLE_FILE_SYSTEM_PROTOCOL_REVISION,
                     .OpenVolume = open_volume},
        .system = system,
    };
}

struct file_volume *file_volume_find(EFI_HANDLE handle)
{
    static const EFI_GUID guid = EFI_SIMPLE_FILE_SYSTEM_PROTOCOL_GUID;
    EFI_FILE_IO_INTERFACE *protocol = handle_get_interface(handle, &guid);

    if (!protocol || protocol->OpenVolume != open_volume)
        return NULL;
    return container_of(protocol, struct file_volume, protocol);
}
