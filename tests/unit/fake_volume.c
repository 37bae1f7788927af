#include "tests/unit/fake_volume.h"

#include <string.h>

static struct fake_volume volume;
static EFI_FILE root;
static EFI_FILE file;

static EFI_STATUS EFIAPI open_file(EFI_FILE *this, EFI_FILE **ret_file, CHAR16 *name, UINT64 mode,
                                   UINT64 attributes)
{
    (void)this;
    (void)mode;
    (void)attributes;
    if (name[0] != 'a' || name[1])
        return EFI_NOT_FOUND;
    volume.open_files++;
    *ret_file = &file;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI close_file(EFI_FILE *this)
{
    (void)this;
    volume.open_files--;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI get_info(EFI_FILE *this, EFI_GUID *kind, UINTN *bytes, void *buffer)
{
    EFI_FILE_INFO info = {.FileSize = volume.file_bytes, .Attribute = volume.info_flags};
    UINTN room = *bytes;

    (void)this;
    (void)kind;
    *bytes = volume.info_bytes;
    if (room < volume.info_bytes || !buffer)
        return EFI_BUFFER_TOO_SMALL;
    memcpy(buffer, &info, room < sizeof(info) ? room : sizeof(info));
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI read_file(EFI_FILE *this, UINTN *bytes, void *buffer)
{
    (void)this;
    memset(buffer, 'x', *bytes);
    *bytes = volume.read_bytes;
    return volume.read_status;
}

static EFI_STATUS EFIAPI open_volume(EFI_FILE_IO_INTERFACE *this, EFI_FILE **ret_root)
{
    (void)this;
    volume.open_files++;
    *ret_root = &root;
    return EFI_SUCCESS;
}

struct fake_volume *fake_volume_new(uint64_t bytes)
{
    root = (EFI_FILE){.Open = open_file, .Close = close_file, .GetInfo = get_info};
    file = (EFI_FILE){.Close = close_file, .GetInfo = get_info, .Read = read_file};
    volume = (struct fake_volume){
        .protocol = {.OpenVolume = open_volume},
        .info_bytes = SIZE_OF_EFI_FILE_INFO + sizeof(L"a"),
        .file_bytes = bytes,
        .read_bytes = bytes,
    };
    return &volume;
}
