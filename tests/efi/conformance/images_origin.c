/* LoadImage from a buffer with a path: the path tells where it came from, and no more. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/images.h"
#include "tests/efi/conformance/images_child.h"
#include "tests/efi/conformance/images_device.h"

static EFI_GUID image_path_guid = EFI_LOADED_IMAGE_DEVICE_PATH_PROTOCOL_GUID;

static EFI_HANDLE load(struct image_path *path)
{
    struct pe_file file = child_file(APPLICATION, child_succeeds);
    EFI_HANDLE child = NULL;
    EFI_STATUS status =
        boot->LoadImage(FALSE, program_image, image_path_start(path), &file, sizeof(file), &child);

    return need_status(status, "image with a path") ? child : NULL;
}

static EFI_DEVICE_PATH *whole_path(EFI_HANDLE child)
{
    return interface_of(child, &image_path_guid);
}

static void known_device(EFI_HANDLE device)
{
    struct image_path path = image_path(L"\\folder", L"child.efi");
    struct image_path same = path;
    EFI_HANDLE child = load(&path);
    EFI_LOADED_IMAGE_PROTOCOL *loaded = child_protocol(child);

    topic("images.origin", "9.1.1");
    if (!loaded)
        return;
    check_pointer("device", loaded->DeviceHandle, device, "the path's device is found");
    check("file-path",
          image_path_is(loaded->FilePath,
                        (EFI_DEVICE_PATH *)(same.bytes + sizeof(VENDOR_DEVICE_PATH))),
          "the file's path is what is behind it");
    topic("images.origin", "9.2.1");
    check("whole", image_path_is(whole_path(child), image_path_start(&same)),
          "the loaded image device path is all of it");
    boot->SetMem(&path, sizeof(path), 0);
    check("copied", image_path_is(whole_path(child), image_path_start(&same)),
          "in a copy of the firmware's");
    boot->UnloadImage(child);
}

static void only_device(EFI_HANDLE device)
{
    struct image_path path = image_path(NULL, NULL);
    EFI_HANDLE child = load(&path);
    EFI_LOADED_IMAGE_PROTOCOL *loaded = child_protocol(child);

    topic("images.origin", "9.1.1");
    if (!loaded)
        return;
    check_pointer("device-only", loaded->DeviceHandle, device, "a path without a file");
    check("device-only-file", loaded->FilePath && IsDevicePathEndType(loaded->FilePath),
          "leaves an empty file path");
    boot->UnloadImage(child);
}

static void unknown_device(void)
{
    struct image_path path = image_path_of_nobody();
    struct image_path same = path;
    EFI_HANDLE child = load(&path);
    EFI_LOADED_IMAGE_PROTOCOL *loaded = child_protocol(child);

    topic("images.origin", "9.1.1");
    if (!loaded)
        return;
    check_pointer("nobody", loaded->DeviceHandle, NULL, "a device that nobody has");
    topic("images.origin", "9.2.1");
    check("nobody-whole", image_path_is(whole_path(child), image_path_start(&same)),
          "its path is kept all the same");
    boot->UnloadImage(child);
}

void images_origin_tests(void)
{
    EFI_HANDLE device = image_device_new();

    if (!device)
        return;
    known_device(device);
    only_device(device);
    image_device_remove(device);
    unknown_device();
}
