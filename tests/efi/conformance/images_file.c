/* LoadImage by device path from a file system. */
#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/images.h"
#include "tests/efi/conformance/images_child.h"
#include "tests/efi/conformance/images_device.h"
#include "tests/efi/conformance/images_volume.h"

static EFI_GUID file_system_guid = EFI_SIMPLE_FILE_SYSTEM_PROTOCOL_GUID;
static EFI_HANDLE device;

static EFI_STATUS load(const CHAR16 *first, const CHAR16 *second, EFI_HANDLE *ret_child)
{
    struct image_path path = image_path(first, second);

    *ret_child = NULL;
    return boot->LoadImage(FALSE, program_image, image_path_start(&path), NULL, 0, ret_child);
}

static void good(void)
{
    EFI_HANDLE child;

    topic("images.file", "7.4.1");
    check_status("file", load(L"\\child.efi", NULL, &child), EFI_SUCCESS, "a file is loaded");
    check_pointer("device", child_protocol(child) ? child_protocol(child)->DeviceHandle : NULL,
                  device, "its device is told");
    check_number("closed", volume.open_files, 0, "the file is closed");
    check_status("start", boot->StartImage(child, NULL, NULL), EFI_SUCCESS, "it can be started");
    check_status("folder-in-name", load(L"\\folder\\child.efi", NULL, &child), EFI_SUCCESS,
                 "a name with its folder");
    boot->UnloadImage(child);
    check_status("two-nodes", load(L"\\folder", L"child.efi", &child), EFI_SUCCESS,
                 "a folder and a name, each in a node");
    check_number("two-nodes-closed", volume.open_files, 0, "both are closed");
    boot->UnloadImage(child);
}

static void expect(const char *name, const char *after, const CHAR16 *file, EFI_STATUS expected,
                   const char *what)
{
    EFI_HANDLE child;
    EFI_STATUS status = load(file, NULL, &child);

    check_status(name, status, expected, what);
    check(after, !child && volume.open_files == 0, "leaves neither an image nor an open file");
}

static void errors(void)
{
    EFI_HANDLE child;
    struct image_path nobody = image_path_of_nobody();

    topic("images.file-error", "7.4.1");
    expect("absent", "absent-closed", L"\\absent.efi", EFI_NOT_FOUND, "a file that is not there");
    check_status("nobody",
                 boot->LoadImage(FALSE, program_image, image_path_start(&nobody), NULL, 0, &child),
                 EFI_NOT_FOUND, "a device that is not there");
    check_status("no-file", load(NULL, NULL, &child), EFI_NOT_FOUND, "a volume is no file");
    volume.read_status = EFI_DEVICE_ERROR;
    expect("read-error", "read-error-closed", L"\\child.efi", EFI_DEVICE_ERROR,
           "the device cannot be read");
    volume.read_status = EFI_SUCCESS;
    volume.open_status = EFI_DEVICE_ERROR;
    check_refused("volume-error", load(L"\\child.efi", NULL, &child),
                  "its volume cannot be opened");
    volume.open_status = EFI_SUCCESS;
}

static void no_image(void)
{
    EFI_HANDLE child;

    topic("images.file-error", "7.4.1");
    memset(&volume.file, 0x5a, sizeof(volume.file));
    check_status_either("no-image", load(L"\\child.efi", NULL, &child), EFI_UNSUPPORTED,
                        EFI_LOAD_ERROR, "a file that is no image");
    volume.file = child_file(APPLICATION, child_succeeds);
    volume.file_bytes = 0;
    check_refused("empty", load(L"\\child.efi", NULL, &child), "an empty file");
    volume.file_bytes = 0x180;
    check_refused("cut-off", load(L"\\child.efi", NULL, &child), "a file that is cut off");
    volume.file_bytes = sizeof(volume.file);
    check_number("no-image-closed", volume.open_files, 0, "all are closed");
}

/* With a buffer the path is only where the image is said to come from. */
static void buffer_first(void)
{
    struct pe_file file = child_file(APPLICATION, child_succeeds);
    struct image_path path = image_path(L"\\absent.efi", NULL);
    EFI_HANDLE child = NULL;

    topic("images.file", "7.4.1");
    check_status(
        "buffer-first",
        boot->LoadImage(FALSE, program_image, image_path_start(&path), &file, sizeof(file), &child),
        EFI_SUCCESS, "a buffer is used even when the path leads nowhere");
    boot->UnloadImage(child);
}

void images_file_tests(void)
{
    EFI_STATUS status;

    topic("images.file", "7.4.1");
    device = image_device_new();
    if (!device)
        return;
    volume.file = child_file(APPLICATION, child_succeeds);
    volume.file_bytes = sizeof(volume.file);
    status = boot->InstallProtocolInterface(&device, &file_system_guid, EFI_NATIVE_INTERFACE,
                                            &volume.protocol);
    if (need_status(status, "file system")) {
        good();
        errors();
        no_image();
        buffer_first();
    }
    boot->UninstallProtocolInterface(device, &file_system_guid, &volume.protocol);
    image_device_remove(device);
}
