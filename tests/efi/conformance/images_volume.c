#include "tests/efi/conformance/images_volume.h"

#include <stdbool.h>

#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"

#define SLOTS 16

enum kind {
    CLOSED,
    ROOT,
    FOLDER,
    CHILD,
};

struct slot {
    EFI_FILE protocol;
    enum kind kind;
    UINT64 position;
};

static struct slot slots[SLOTS];

static const struct {
    const CHAR16 *name;
    enum kind from;
    enum kind to;
} names[] = {
    {L"\\", ROOT, ROOT},
    {L"\\child.efi", ROOT, CHILD},
    {L"child.efi", ROOT, CHILD},
    {L"\\folder", ROOT, FOLDER},
    {L"folder", ROOT, FOLDER},
    {L"\\folder\\child.efi", ROOT, CHILD},
    {L"folder\\child.efi", ROOT, CHILD},
    {L"child.efi", FOLDER, CHILD},
    {L"\\child.efi", FOLDER, CHILD},
};

static bool same_name(const CHAR16 *a, const CHAR16 *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

static EFI_STATUS EFIAPI open_file(EFI_FILE *this, EFI_FILE **ret_file, CHAR16 *name, UINT64 mode,
                                   UINT64 attributes);

static EFI_STATUS EFIAPI close_file(EFI_FILE *this)
{
    ((struct slot *)this)->kind = CLOSED;
    volume.open_files--;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI no_file(EFI_FILE *this)
{
    (void)this;
    return EFI_UNSUPPORTED;
}

static EFI_STATUS EFIAPI read_file(EFI_FILE *this, UINTN *bytes, void *buffer)
{
    struct slot *slot = (struct slot *)this;
    UINT64 left = volume.file_bytes - slot->position;

    if (slot->kind != CHILD)
        return EFI_UNSUPPORTED;
    if (volume.read_status != EFI_SUCCESS)
        return volume.read_status;
    if (*bytes > left)
        *bytes = left;
    memcpy(buffer, volume.file.bytes + slot->position, *bytes);
    slot->position += *bytes;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI write_file(EFI_FILE *this, UINTN *bytes, void *buffer)
{
    (void)this;
    (void)bytes;
    (void)buffer;
    return EFI_WRITE_PROTECTED;
}

static EFI_STATUS EFIAPI get_position(EFI_FILE *this, UINT64 *ret_position)
{
    *ret_position = ((struct slot *)this)->position;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI set_position(EFI_FILE *this, UINT64 position)
{
    ((struct slot *)this)->position = position > volume.file_bytes ? volume.file_bytes : position;
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI get_info(EFI_FILE *this, EFI_GUID *kind, UINTN *bytes, void *buffer)
{
    static const EFI_GUID info_guid = EFI_FILE_INFO_ID;
    EFI_FILE_INFO *info = buffer;
    UINTN needed = SIZE_OF_EFI_FILE_INFO + sizeof(CHAR16) * 2;
    UINTN room = *bytes;

    if (!guid_is(kind, &info_guid))
        return EFI_UNSUPPORTED;
    *bytes = needed;
    if (room < needed)
        return EFI_BUFFER_TOO_SMALL;
    memset(info, 0, needed);
    info->Size = needed;
    info->FileSize = volume.file_bytes;
    info->PhysicalSize = volume.file_bytes;
    info->Attribute =
        ((struct slot *)this)->kind == CHILD ? EFI_FILE_READ_ONLY : EFI_FILE_DIRECTORY;
    info->FileName[0] = 'c';
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI set_info(EFI_FILE *this, EFI_GUID *kind, UINTN bytes, void *buffer)
{
    (void)this;
    (void)kind;
    (void)bytes;
    (void)buffer;
    return EFI_WRITE_PROTECTED;
}

static EFI_STATUS open_slot(enum kind kind, EFI_FILE **ret_file)
{
    static const EFI_FILE methods = {
        .Revision = EFI_FILE_HANDLE_REVISION,
        .Open = open_file,
        .Close = close_file,
        .Delete = no_file,
        .Read = read_file,
        .Write = write_file,
        .GetPosition = get_position,
        .SetPosition = set_position,
        .GetInfo = get_info,
        .SetInfo = set_info,
        .Flush = no_file,
    };

    for (UINTN i = 0; i < SLOTS; i++) {
        if (slots[i].kind != CLOSED)
            continue;
        slots[i] = (struct slot){.protocol = methods, .kind = kind};
        volume.open_files++;
        *ret_file = &slots[i].protocol;
        return EFI_SUCCESS;
    }
    return EFI_OUT_OF_RESOURCES;
}

static EFI_STATUS EFIAPI open_file(EFI_FILE *this, EFI_FILE **ret_file, CHAR16 *name, UINT64 mode,
                                   UINT64 attributes)
{
    enum kind from = ((struct slot *)this)->kind;

    (void)attributes;
    if (mode != EFI_FILE_MODE_READ)
        return EFI_WRITE_PROTECTED;
    for (UINTN i = 0; i < COUNT_OF(names); i++) {
        if (names[i].from == from && same_name(names[i].name, name))
            return open_slot(names[i].to, ret_file);
    }
    return EFI_NOT_FOUND;
}

static EFI_STATUS EFIAPI open_volume(EFI_FILE_IO_INTERFACE *this, EFI_FILE **ret_root)
{
    (void)this;
    return volume.open_status == EFI_SUCCESS ? open_slot(ROOT, ret_root) : volume.open_status;
}

struct volume volume = {
    .protocol = {.Revision = EFI_FILE_IO_INTERFACE_REVISION, .OpenVolume = open_volume},
};
