/* LoadImage from a buffer: the protocols of what is loaded, and parameters. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/images.h"
#include "tests/efi/conformance/images_child.h"

static EFI_GUID image_path_guid = EFI_LOADED_IMAGE_DEVICE_PATH_PROTOCOL_GUID;

static void loaded_image(void)
{
    EFI_HANDLE child = child_load(APPLICATION, child_succeeds);
    EFI_LOADED_IMAGE_PROTOCOL *loaded = child_protocol(child);
    void *path = &path;

    topic("images.load", "9.1.1");
    if (!need(loaded != NULL, "loaded image protocol"))
        return;
    check_number("revision", loaded->Revision, 0x1000, "the protocol's revision");
    check_pointer("parent", loaded->ParentHandle, program_image, "who loaded it");
    check_pointer("system-table", loaded->SystemTable, system_table, "the system table");
    check_pointer("device", loaded->DeviceHandle, NULL, "it is from no device");
    check_pointer("file-path", loaded->FilePath, NULL, "and no file");
    check_number("options-size", loaded->LoadOptionsSize, 0, "it has no options");
    check_pointer("options", loaded->LoadOptions, NULL, "none at all");
    check_pointer("unload", (void *)(UINTN)loaded->Unload, NULL, "nor an unload function");
    topic("images.load", "9.2.1");
    check_status("path",
                 boot->OpenProtocol(child, &image_path_guid, &path, program_image, NULL,
                                    EFI_OPEN_PROTOCOL_GET_PROTOCOL),
                 EFI_SUCCESS, "it has a loaded image device path");
    check_pointer("path-null", path, NULL, "which is NULL for an image from memory");
    boot->UnloadImage(child);
}

/* The file's buffer is the caller's again. */
static void source_is_copied(void)
{
    struct pe_file file = child_file(APPLICATION, child_succeeds);
    EFI_HANDLE first;
    EFI_HANDLE second;

    topic("images.load", "7.4.1");
    check_status("first", child_load_file(&file, &first), EFI_SUCCESS, "an image is loaded");
    check_status("second", child_load_file(&file, &second), EFI_SUCCESS, "and once more");
    check("two", first && second && first != second, "these are two images");
    boot->SetMem(&file, sizeof(file), 0xcc);
    check_status("start", boot->StartImage(first, NULL, NULL), EFI_SUCCESS,
                 "the file is not needed to start it");
    check_status("start-second", boot->StartImage(second, NULL, NULL), EFI_SUCCESS,
                 "nor to start the other");
}

/* A buffer need not be aligned, nor end where the image does. */
static void odd_source(void)
{
    static UINT8 buffer[sizeof(struct pe_file) + 4096];
    struct pe_file file = child_file(APPLICATION, child_succeeds);
    EFI_HANDLE child = NULL;

    topic("images.load", "7.4.1");
    boot->CopyMem(buffer + 1, &file, sizeof(file));
    check_status("odd",
                 boot->LoadImage(FALSE, program_image, NULL, buffer + 1, sizeof(file), &child),
                 EFI_SUCCESS, "a file at an odd address");
    boot->UnloadImage(child);
    check_status(
        "longer",
        boot->LoadImage(FALSE, program_image, NULL, buffer + 1, sizeof(buffer) - 1, &child),
        EFI_SUCCESS, "a file with something behind it");
    boot->UnloadImage(child);
}

static void wrong_parameters(void)
{
    struct pe_file file = child_file(APPLICATION, child_succeeds);
    EFI_HANDLE other = test_handle(0);
    EFI_HANDLE child = NULL;

    topic("images.load", "7.4.1");
    check_status("no-result",
                 boot->LoadImage(FALSE, program_image, NULL, &file, sizeof(file), NULL),
                 EFI_INVALID_PARAMETER, "a place for the handle must be given");
    check_status("no-parent", boot->LoadImage(FALSE, NULL, NULL, &file, sizeof(file), &child),
                 EFI_INVALID_PARAMETER, "a parent must");
    check_status("parent-no-image",
                 boot->LoadImage(FALSE, other, NULL, &file, sizeof(file), &child),
                 EFI_INVALID_PARAMETER, "which is an image");
    check_status("nothing", boot->LoadImage(FALSE, program_image, NULL, NULL, 0, &child),
                 EFI_NOT_FOUND, "a path or a file must be given");
    check_refused("no-bytes", boot->LoadImage(FALSE, program_image, NULL, &file, 0, &child),
                  "a file has at least one byte");
    check_pointer("no-handle", child, NULL, "no error makes a handle");
    test_handle_remove(other, 0);
}

void images_load_tests(void)
{
    loaded_image();
    source_is_copied();
    odd_source();
    wrong_parameters();
}
