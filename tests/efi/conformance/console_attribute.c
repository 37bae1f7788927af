/* SetAttribute. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/console.h"
#include "tests/efi/conformance/console_screen.h"

#define ATTRIBUTES 0x80

static bool can_be_set(UINTN attribute)
{
    return screen()->SetAttribute(screen(), attribute) == EFI_SUCCESS &&
           screen()->Mode->Attribute == (INT32)attribute;
}

void console_attribute_tests(void)
{
    static const UINTN undefined[] = {0x80, 0xff, 0x100, 0x10000, ~(UINTN)0};
    UINTN good = 0;
    struct place before = screen_place();

    while (good < ATTRIBUTES && can_be_set(good))
        good++;
    topic("console.attribute", "12.4.7");
    check("cursor", screen_place().column == before.column && screen_place().row == before.row,
          "setting attributes does not move the cursor");
    can_be_set(EFI_TEXT_ATTR(EFI_LIGHTGRAY, EFI_BLACK));
    check_number("all", good, ATTRIBUTES, "all 16 colours on all 8 backgrounds");
    for (unsigned int i = 0; i < COUNT_OF(undefined); i++)
        check_status(numbered("undefined-", i), screen()->SetAttribute(screen(), undefined[i]),
                     EFI_UNSUPPORTED, "other bits are not defined");
    check_number("kept", (UINTN)screen()->Mode->Attribute, EFI_TEXT_ATTR(EFI_LIGHTGRAY, EFI_BLACK),
                 "and change nothing");
}
