/* UnloadImage, and the unload functions of images. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/images.h"
#include "tests/efi/conformance/images_child.h"

static EFI_STATUS answer;
static unsigned int calls;

static EFI_STATUS EFIAPI unload(EFI_HANDLE image)
{
    (void)image;
    calls++;
    return answer;
}

static void not_started(void)
{
    EFI_HANDLE child = child_load(APPLICATION, child_succeeds);

    topic("images.unload", "7.4.3");
    check_status("not-started", boot->UnloadImage(child), EFI_SUCCESS,
                 "what was not started is unloaded");
    check_pointer("not-started-gone", child_protocol(child), NULL, "then it is gone");
    check_status("not-started-again", boot->UnloadImage(child), EFI_INVALID_PARAMETER,
                 "what is gone is no image");
}

static void without_function(void)
{
    EFI_HANDLE driver = child_load(BOOT_DRIVER, child_succeeds);

    topic("images.unload", "7.4.3");
    boot->StartImage(driver, NULL, NULL);
    check_status("no-function", boot->UnloadImage(driver), EFI_UNSUPPORTED,
                 "a driver that has no unload function stays");
    check("no-function-kept", child_protocol(driver) != NULL, "it is still there");
}

static void refusing_function(void)
{
    static const EFI_STATUS errors[] = {EFI_ACCESS_DENIED, EFI_DEVICE_ERROR, EFI_NOT_READY};
    EFI_HANDLE driver = child_load(BOOT_DRIVER, child_succeeds);

    topic("images.unload", "9.1.2");
    boot->StartImage(driver, NULL, NULL);
    if (!need(child_protocol(driver) != NULL, "driver"))
        return;
    child_protocol(driver)->Unload = unload;
    for (unsigned int i = 0; i < COUNT_OF(errors); i++) {
        calls = 0;
        answer = errors[i];
        check_status(numbered("refused-", i), boot->UnloadImage(driver), errors[i],
                     "the function's error is UnloadImage's");
        check(numbered("refused-kept-", i), calls == 1 && child_protocol(driver) != NULL,
              "it was asked once, and the driver is still there");
    }
    answer = EFI_SUCCESS;
    check_status("agreed", boot->UnloadImage(driver), EFI_SUCCESS, "until it agrees");
    check_pointer("agreed-gone", child_protocol(driver), NULL, "then it is gone");
}

static void wrong_parameters(void)
{
    EFI_HANDLE other = test_handle(0);

    topic("images.unload", "7.4.3");
    check_status("no-image", boot->UnloadImage(NULL), EFI_INVALID_PARAMETER,
                 "an image must be given");
    check_status("other-handle", boot->UnloadImage(other), EFI_INVALID_PARAMETER,
                 "another handle is none");
    check_status("running", boot->UnloadImage(program_image), EFI_UNSUPPORTED,
                 "who runs and has no unload function stays");
    test_handle_remove(other, 0);
}

void images_unload_tests(void)
{
    not_started();
    without_function();
    refusing_function();
    wrong_parameters();
}
