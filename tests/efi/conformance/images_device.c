#include "tests/efi/conformance/images_device.h"

#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"

#define HEADER_BYTES sizeof(EFI_DEVICE_PATH)

static EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;
static struct image_path device_path;

static UINTN put_node(struct image_path *path, UINTN offset, UINT8 type, UINT8 subtype,
                      const void *data, UINTN bytes)
{
    UINT8 *node = path->bytes + offset;

    if (bytes > IMAGE_PATH_BYTES - HEADER_BYTES || offset > IMAGE_PATH_BYTES - HEADER_BYTES - bytes)
        return offset;
    node[0] = type;
    node[1] = subtype;
    node[2] = (UINT8)(HEADER_BYTES + bytes);
    node[3] = (UINT8)((HEADER_BYTES + bytes) >> 8);
    memcpy(node + HEADER_BYTES, data, bytes);
    return offset + HEADER_BYTES + bytes;
}

static UINTN put_device(struct image_path *path, UINT32 number)
{
    EFI_GUID vendor = {0x51ed3d02, 0x9b0f, 0x4e64, {0x8a, 1, 2, 3, 4, 5, 6, 7}};

    vendor.Data1 += number;
    return put_node(path, 0, HARDWARE_DEVICE_PATH, HW_VENDOR_DP, &vendor, sizeof(vendor));
}

static UINTN put_name(struct image_path *path, UINTN offset, const CHAR16 *name)
{
    UINTN length = 0;

    if (!name)
        return offset;
    while (name[length])
        length++;
    return put_node(path, offset, MEDIA_DEVICE_PATH, MEDIA_FILEPATH_DP, name,
                    (length + 1) * sizeof(*name));
}

static void put_end(struct image_path *path, UINTN offset)
{
    put_node(path, offset, END_DEVICE_PATH_TYPE, END_ENTIRE_DEVICE_PATH_SUBTYPE, NULL, 0);
}

struct image_path image_path(const CHAR16 *first, const CHAR16 *second)
{
    struct image_path path = {{0}};
    UINTN offset = put_device(&path, 0);

    offset = put_name(&path, offset, first);
    offset = put_name(&path, offset, second);
    put_end(&path, offset);
    return path;
}

struct image_path image_path_of_nobody(void)
{
    struct image_path path = {{0}};

    put_end(&path, put_name(&path, put_device(&path, 1), L"child.efi"));
    return path;
}

EFI_DEVICE_PATH *image_path_start(struct image_path *path)
{
    return (EFI_DEVICE_PATH *)path->bytes;
}

static UINTN path_bytes(const EFI_DEVICE_PATH *path)
{
    const UINT8 *node = (const UINT8 *)path;

    while (node[0] != END_DEVICE_PATH_TYPE)
        node += node[2] | node[3] << 8;
    return (UINTN)(node - (const UINT8 *)path) + HEADER_BYTES;
}

bool image_path_is(const EFI_DEVICE_PATH *path, const EFI_DEVICE_PATH *other)
{
    return path && other && path_bytes(path) == path_bytes(other) &&
           memcmp(path, other, path_bytes(path)) == 0;
}

EFI_HANDLE image_device_new(void)
{
    device_path = image_path(NULL, NULL);
    return handle_with(&device_path_guid, &device_path);
}

void image_device_remove(EFI_HANDLE device)
{
    boot->UninstallProtocolInterface(device, &device_path_guid, &device_path);
}
