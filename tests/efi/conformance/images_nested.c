/* Images that start images. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/images.h"
#include "tests/efi/conformance/images_child.h"

#define DEEP 10

static EFI_HANDLE outer;
static unsigned int depth;
static EFI_STATUS inner_status;
static EFI_STATUS wrong_exit;
static EFI_HANDLE inner_parent;

static EFI_HANDLE load_as(EFI_HANDLE parent, EFI_IMAGE_ENTRY_POINT entry)
{
    struct pe_file file = child_file(APPLICATION, entry);
    EFI_HANDLE child = NULL;

    return boot->LoadImage(FALSE, parent, NULL, &file, sizeof(file), &child) == EFI_SUCCESS ? child
                                                                                            : NULL;
}

static EFI_STATUS EFIAPI inner(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    inner_parent = child_protocol(image)->ParentHandle;
    wrong_exit = boot->Exit(outer, EFI_SUCCESS, 0, NULL);
    boot->Exit(image, EFI_TIMEOUT, 0, NULL);
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI middle(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    outer = image;
    inner_status = boot->StartImage(load_as(image, inner), NULL, NULL);
    boot->Exit(image, EFI_NO_MEDIA, 0, NULL);
    return EFI_SUCCESS;
}

static void exit_from_nested(void)
{
    EFI_STATUS status = boot->StartImage(child_load(APPLICATION, middle), NULL, NULL);

    topic("images.nested", "7.4.5");
    check_status("inner", inner_status, EFI_TIMEOUT, "Exit leaves the inner image only");
    check_status("outer", status, EFI_NO_MEDIA, "the outer one goes on, and leaves by itself");
    check_pointer("parent", inner_parent, outer, "the inner one's parent is the outer one");
    check_status("wrong-image", wrong_exit, EFI_INVALID_PARAMETER,
                 "Exit of an image that does not run at the moment is refused");
    check_pointer("both-gone", child_protocol(outer), NULL, "both are unloaded");
}

static EFI_STATUS EFIAPI deeper(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    if (++depth == DEEP)
        return EFI_CRC_ERROR;
    return boot->StartImage(load_as(image, deeper), NULL, NULL);
}

static void deep(void)
{
    EFI_STATUS status;

    depth = 0;
    status = boot->StartImage(child_load(APPLICATION, deeper), NULL, NULL);
    topic("images.nested", "7.4.2");
    check_number("deep", depth, DEEP, "ten images, each started by the one before");
    check_status("deep-status", status, EFI_CRC_ERROR, "the last one's status comes back");
}

/* What an application opened and did not close must not keep anybody from anything. */
static EFI_STATUS EFIAPI open_and_leave(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    void *interface;

    (void)table;
    return boot->OpenProtocol(outer, &test_guids[0], &interface, image, NULL,
                              EFI_OPEN_PROTOCOL_EXCLUSIVE);
}

static void left_open(void)
{
    void *interface;
    EFI_STATUS status;

    topic("images.nested", "7.4.3");
    outer = test_handle(0);
    status = boot->StartImage(child_load(APPLICATION, open_and_leave), NULL, NULL);
    if (!need_status(status, "exclusive open"))
        return;
    status = boot->OpenProtocol(outer, &test_guids[0], &interface, program_image, NULL,
                                EFI_OPEN_PROTOCOL_EXCLUSIVE);
    check_status("left-open", status, EFI_SUCCESS, "an image's opens end with it");
    boot->CloseProtocol(outer, &test_guids[0], program_image, NULL);
    check_status("left-open-uninstall",
                 boot->UninstallProtocolInterface(outer, &test_guids[0], &test_interfaces[0]),
                 EFI_SUCCESS, "the protocol can be taken off");
}

void images_nested_tests(void)
{
    exit_from_nested();
    deep();
    left_open();
}
