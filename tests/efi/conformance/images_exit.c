/* Exit, of the image that runs and of one that does not. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/images.h"
#include "tests/efi/conformance/images_child.h"

static const CHAR16 text[] = L"why it ended";
static unsigned int after_exit;

static void leave(EFI_HANDLE image, EFI_STATUS status, bool with_data)
{
    CHAR16 *data = NULL;

    if (with_data &&
        boot->AllocatePool(EfiBootServicesData, sizeof(text), (void **)&data) == EFI_SUCCESS)
        boot->CopyMem(data, (void *)(UINTN)text, sizeof(text));
    boot->Exit(image, status, data ? sizeof(text) : 0, data);
    after_exit++;
}

/* From some depth of the stack. */
static void __attribute__((noinline)) leave_from_below(EFI_HANDLE image, unsigned int depth)
{
    volatile UINT8 room[512];

    room[0] = 0;
    if (depth)
        leave_from_below(image, depth - 1);
    else
        leave(image, EFI_ABORTED, false);
    room[1] = room[0];
}

static EFI_STATUS EFIAPI plain(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    leave(image, EFI_SECURITY_VIOLATION, false);
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI with_data(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    leave(image, EFI_ABORTED, true);
    return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI success_with_data(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    leave(image, EFI_SUCCESS, true);
    return EFI_ABORTED;
}

static EFI_STATUS EFIAPI from_below(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    leave_from_below(image, 20);
    return EFI_SUCCESS;
}

static void status(void)
{
    EFI_HANDLE child = child_load(APPLICATION, plain);

    topic("images.exit", "7.4.5");
    after_exit = 0;
    check_status("status", boot->StartImage(child, NULL, NULL), EFI_SECURITY_VIOLATION,
                 "Exit's status is StartImage's");
    check_number("no-return", after_exit, 0, "Exit does not return");
    check_pointer("gone", child_protocol(child), NULL, "the application is unloaded");
    check_status("deep", boot->StartImage(child_load(APPLICATION, from_below), NULL, NULL),
                 EFI_ABORTED, "Exit works from functions that were called");
}

static void data(void)
{
    UINTN bytes = 0;
    CHAR16 *found = NULL;

    topic("images.exit", "7.4.5");
    check_status("data", boot->StartImage(child_load(APPLICATION, with_data), &bytes, &found),
                 EFI_ABORTED, "an image exits with data");
    check_number("data-bytes", bytes, sizeof(text), "its size is told");
    if (need(found != NULL, "exit data")) {
        check("data-text", found[0] == text[0] && found[11] == text[11], "it is what was given");
        check_status("data-free", boot->FreePool(found), EFI_SUCCESS, "it is the caller's to free");
    }
    found = NULL;
    boot->StartImage(child_load(APPLICATION, success_with_data), &bytes, &found);
    check("data-success", found != NULL && bytes == sizeof(text), "also of one that succeeds");
    if (found)
        boot->FreePool(found);
    check_status("data-unwanted", boot->StartImage(child_load(APPLICATION, with_data), NULL, NULL),
                 EFI_ABORTED, "a caller need not want it");
    bytes = 77;
    found = (CHAR16 *)&bytes;
    boot->StartImage(child_load(APPLICATION, plain), &bytes, &found);
    check_pointer("none", found, NULL, "without data there is none");
}

/* Callee-saved registers are the caller's, however a child ended. */
static void registers(void)
{
    EFI_HANDLE child = child_load(APPLICATION, from_below);
    UINT64 before[4] = {0x1111111111111111, 0x2222222222222222, 0x3333333333333333,
                        0x4444444444444444};
    register UINT64 r12 __asm__("r12") = before[0];
    register UINT64 r13 __asm__("r13") = before[1];
    register UINT64 r14 __asm__("r14") = before[2];
    register UINT64 r15 __asm__("r15") = before[3];

    __asm__ volatile("" : "+r"(r12), "+r"(r13), "+r"(r14), "+r"(r15));
    boot->StartImage(child, NULL, NULL);
    __asm__ volatile("" : "+r"(r12), "+r"(r13), "+r"(r14), "+r"(r15));
    topic("images.exit", "2.3.4.2");
    check("registers", r12 == before[0] && r13 == before[1] && r14 == before[2] && r15 == before[3],
          "registers are as before");
}

static void not_started(void)
{
    EFI_HANDLE child = child_load(APPLICATION, plain);

    topic("images.exit", "7.4.5");
    check_status("not-started", boot->Exit(child, EFI_ABORTED, 0, NULL), EFI_SUCCESS,
                 "an image that was never started is unloaded by Exit");
    check_pointer("not-started-gone", child_protocol(child), NULL, "then it is gone");
}

static void wrong_parameters(void)
{
    EFI_HANDLE other = test_handle(0);

    topic("images.exit", "7.4.5");
    check_status("no-image", boot->Exit(NULL, EFI_SUCCESS, 0, NULL), EFI_INVALID_PARAMETER,
                 "an image must be given");
    check_status("other-handle", boot->Exit(other, EFI_SUCCESS, 0, NULL), EFI_INVALID_PARAMETER,
                 "another handle is none");
    test_handle_remove(other, 0);
}

void images_exit_tests(void)
{
    status();
    data();
    registers();
    not_started();
    wrong_parameters();
}
