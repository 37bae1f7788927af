/* LoadImage by device path through LoadFile2 and LoadFile. */
#include "loader/lib/string.h"
#include "shim/image/load_file2.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/images.h"
#include "tests/efi/conformance/images_child.h"
#include "tests/efi/conformance/images_device.h"

static EFI_GUID load_file_guid = EFI_LOAD_FILE_PROTOCOL_GUID;
static EFI_GUID load_file2_guid = EFI_LOAD_FILE2_PROTOCOL_GUID;
static EFI_HANDLE device;
static struct pe_file file;

/* What one of the two protocols was asked, and what it says. */
struct loader {
    unsigned int calls;
    BOOLEAN boot_policy;
    bool saw_rest; /* the path behind the device's */
    EFI_STATUS status;
};

static struct loader first;
static struct loader second;

static EFI_STATUS load_file(struct loader *loader, EFI_DEVICE_PATH *path, BOOLEAN boot_policy,
                            UINTN *bytes, void *buffer)
{
    struct image_path whole = image_path(L"child.efi", NULL);
    UINTN room = *bytes;

    loader->calls++;
    loader->boot_policy = boot_policy;
    loader->saw_rest =
        image_path_is(path, (EFI_DEVICE_PATH *)(whole.bytes + sizeof(VENDOR_DEVICE_PATH)));
    if (loader->status != EFI_SUCCESS)
        return loader->status;
    *bytes = sizeof(file);
    if (!buffer || room < sizeof(file))
        return EFI_BUFFER_TOO_SMALL;
    memcpy(buffer, &file, sizeof(file));
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI load_first(EFI_LOAD_FILE2_PROTOCOL *this, EFI_DEVICE_PATH *path,
                                    BOOLEAN boot_policy, UINTN *bytes, void *buffer)
{
    (void)this;
    return load_file(&first, path, boot_policy, bytes, buffer);
}

static EFI_STATUS EFIAPI load_second(EFI_LOAD_FILE2_PROTOCOL *this, EFI_DEVICE_PATH *path,
                                     BOOLEAN boot_policy, UINTN *bytes, void *buffer)
{
    (void)this;
    return load_file(&second, path, boot_policy, bytes, buffer);
}

/* They differ in name only. */
static EFI_LOAD_FILE2_PROTOCOL load_file_protocol = {.LoadFile = load_first};
static EFI_LOAD_FILE2_PROTOCOL load_file2_protocol = {.LoadFile = load_second};

static EFI_STATUS load(BOOLEAN boot_policy)
{
    struct image_path path = image_path(L"child.efi", NULL);
    EFI_HANDLE child = NULL;
    EFI_STATUS status;

    first.calls = 0;
    second.calls = 0;
    status = boot->LoadImage(boot_policy, program_image, image_path_start(&path), NULL, 0, &child);
    if (status == EFI_SUCCESS)
        boot->UnloadImage(child);
    return status;
}

static void only_load_file(void)
{
    topic("images.load-file", "7.4.1");
    check_status("policy", load(TRUE), EFI_SUCCESS, "an image comes through LoadFile");
    check("policy-passed", first.calls >= 2 && first.boot_policy == TRUE,
          "which is told that a boot manager asks");
    check("rest", first.saw_rest, "and the path behind the device's own");
    check_status("no-policy", load(FALSE), EFI_SUCCESS, "also for who is no boot manager");
    check("no-policy-passed", first.calls >= 2 && first.boot_policy == FALSE, "which it is told");
    first.status = EFI_NOT_FOUND;
    check_status("not-found", load(FALSE), EFI_NOT_FOUND, "the device has no such file");
    first.status = EFI_DEVICE_ERROR;
    check_status("device-error", load(FALSE), EFI_DEVICE_ERROR, "the device cannot be read");
    first.status = EFI_SUCCESS;
}

static void both(void)
{
    topic("images.load-file2", "7.4.1");
    check_status("no-policy", load(FALSE), EFI_SUCCESS, "an image comes through LoadFile2");
    check("preferred", second.calls >= 2 && first.calls == 0, "which is preferred to LoadFile");
    check("rest", second.saw_rest, "and told the path behind the device's own");
    check("policy-false", second.boot_policy == FALSE, "never for a boot manager");
    check_status("policy", load(TRUE), EFI_SUCCESS, "a boot manager");
    check("policy-load-file", second.calls == 0 && first.calls >= 2, "gets it through LoadFile");
}

static void only_load_file2(void)
{
    topic("images.load-file2", "7.4.1");
    check_status("alone", load(FALSE), EFI_SUCCESS, "LoadFile2 without LoadFile");
    check_status("alone-policy", load(TRUE), EFI_NOT_FOUND, "is not for a boot manager");
    check_number("alone-policy-calls", second.calls, 0, "and not asked");
}

static bool install(EFI_GUID *guid, void *protocol)
{
    return need_status(
        boot->InstallProtocolInterface(&device, guid, EFI_NATIVE_INTERFACE, protocol),
        "protocol that loads files");
}

void images_load_file_tests(void)
{
    topic("images.load-file", "7.4.1");
    device = image_device_new();
    file = child_file(APPLICATION, child_succeeds);
    if (!device || !install(&load_file_guid, &load_file_protocol))
        return;
    only_load_file();
    if (install(&load_file2_guid, &load_file2_protocol))
        both();
    boot->UninstallProtocolInterface(device, &load_file_guid, &load_file_protocol);
    only_load_file2();
    boot->UninstallProtocolInterface(device, &load_file2_guid, &load_file2_protocol);
    image_device_remove(device);
}
