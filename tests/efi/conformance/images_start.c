/* StartImage: what an image is started with, and what becomes of its status. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/images.h"
#include "tests/efi/conformance/images_child.h"

static struct {
    EFI_HANDLE image;
    EFI_SYSTEM_TABLE *table;
    UINTN stack;
    UINT64 flags;
    unsigned int calls;
    EFI_STATUS status;
} seen;

static EFI_STATUS EFIAPI note(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    __asm__ volatile("pushfq\n\tpopq %0" : "=r"(seen.flags));
    seen.image = image;
    seen.table = table;
    seen.stack = (UINTN)__builtin_frame_address(0);
    seen.calls++;
    return seen.status;
}

static void entry(void)
{
    EFI_HANDLE child = child_load(APPLICATION, note);

    topic("images.start", "7.4.2");
    seen.calls = 0;
    seen.status = EFI_SUCCESS;
    check_status("start", boot->StartImage(child, NULL, NULL), EFI_SUCCESS, "an image is started");
    check_number("calls", seen.calls, 1, "its entry point is called once");
    topic("images.start", "7.4.4");
    check_pointer("handle", seen.image, child, "with its own handle");
    check_pointer("table", seen.table, system_table, "and the system table");
    topic("images.start", "2.3.4");
    check_number("stack", seen.stack % 16, 0, "the stack is aligned");
    check_number("direction", seen.flags & 0x400, 0, "the direction flag is clear");
    check_number("interrupts", seen.flags & 0x200, 0x200, "interrupts are on");
}

static void statuses(void)
{
    static const EFI_STATUS statuses[] = {EFI_SUCCESS,        EFI_NOT_FOUND,
                                          EFI_ABORTED,        EFI_WARN_UNKNOWN_GLYPH,
                                          0x4000000000001234, 0x8000000000abcdef};

    topic("images.status", "7.4.2");
    for (unsigned int i = 0; i < COUNT_OF(statuses); i++) {
        seen.status = statuses[i];
        check_status(numbered("returned-", i),
                     boot->StartImage(child_load(APPLICATION, note), NULL, NULL), statuses[i],
                     "what an image returns is StartImage's status");
    }
    seen.status = EFI_SUCCESS;
}

static void application_is_gone(void)
{
    EFI_HANDLE child = child_load(APPLICATION, note);

    topic("images.start", "7.4.2");
    seen.calls = 0;
    boot->StartImage(child, NULL, NULL);
    check_pointer("gone", child_protocol(child), NULL, "an application that returned is unloaded");
    check_status("again", boot->StartImage(child, NULL, NULL), EFI_INVALID_PARAMETER,
                 "so it cannot be started again");
    check_number("again-calls", seen.calls, 1, "and is not");
    check_status("unload", boot->UnloadImage(child), EFI_INVALID_PARAMETER, "nor unloaded");
}

/* A program that does not return data says so. */
static void no_exit_data(void)
{
    UINTN bytes = 77;
    CHAR16 *data = NULL;

    topic("images.start", "7.4.2");
    boot->StartImage(child_load(APPLICATION, note), &bytes, &data);
    check_pointer("no-data", data, NULL, "who returns gives no exit data");
    check_number("no-data-bytes", bytes, 0, "of no size");
}

static CHAR16 options[] = L"some options";

static EFI_STATUS EFIAPI read_options(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    EFI_LOADED_IMAGE_PROTOCOL *loaded = child_protocol(image);

    (void)table;
    return loaded->LoadOptions == options && loaded->LoadOptionsSize == sizeof(options)
               ? EFI_SUCCESS
               : EFI_NOT_FOUND;
}

static void load_options(void)
{
    EFI_HANDLE child = child_load(APPLICATION, read_options);
    EFI_LOADED_IMAGE_PROTOCOL *loaded = child_protocol(child);

    topic("images.start", "9.1.1");
    if (!loaded)
        return;
    loaded->LoadOptions = options;
    loaded->LoadOptionsSize = sizeof(options);
    check_status("options", boot->StartImage(child, NULL, NULL), EFI_SUCCESS,
                 "an image finds the options that its parent gave it");
}

static void wrong_parameters(void)
{
    EFI_HANDLE other = test_handle(0);

    topic("images.start", "7.4.2");
    check_status("no-image", boot->StartImage(NULL, NULL, NULL), EFI_INVALID_PARAMETER,
                 "an image must be given");
    check_status("other-handle", boot->StartImage(other, NULL, NULL), EFI_INVALID_PARAMETER,
                 "another handle is none");
    check_status("running", boot->StartImage(program_image, NULL, NULL), EFI_INVALID_PARAMETER,
                 "who runs cannot be started");
    test_handle_remove(other, 0);
}

void images_start_tests(void)
{
    entry();
    statuses();
    application_is_gone();
    no_exit_data();
    load_options();
    wrong_parameters();
}
