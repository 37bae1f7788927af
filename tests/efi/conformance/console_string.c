/* OutputString's and TestString's statuses. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/console.h"
#include "tests/efi/conformance/console_screen.h"

/* All that every device has to know. */
static CHAR16 *printable(void)
{
    static CHAR16 text[0x7f - 0x20 + 1];

    for (UINTN i = 0; i < 0x7f - 0x20; i++)
        text[i] = (CHAR16)(0x20 + i);
    return text;
}

void console_string_tests(void)
{
    EFI_STATUS status = screen()->OutputString(screen(), printable());

    screen_new_line();
    topic("console.print", "12.4.3");
    check_status("ascii", status, EFI_SUCCESS, "every character from 0x20 to 0x7e");
    topic("console.test-string", "12.4.4");
    check_status("ascii", screen()->TestString(screen(), printable()), EFI_SUCCESS,
                 "can be printed");
    check_status("empty", screen()->TestString(screen(), L""), EFI_SUCCESS, "so can nothing");
    check_status("controls", screen()->TestString(screen(), L"a\r\n\b"), EFI_SUCCESS,
                 "and what moves the cursor");
}
