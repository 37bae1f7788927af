/* SimpleTextInputEx: characters, and keys that terminals send as sequences. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/keys.h"
#include "tests/efi/conformance/keys_prompt.h"

static const struct {
    const char *name;
    UINT16 scan_code;
    CHAR16 character;
} keys[] = {
    {"letter", SCAN_NULL, 'a'},
    {"capital", SCAN_NULL, 'Z'},
    {"digit", SCAN_NULL, '7'},
    {"space", SCAN_NULL, ' '},
    {"return", SCAN_NULL, '\r'},
    {"tab", SCAN_NULL, '\t'},
    {"backspace", SCAN_NULL, '\b'},
    {"up", SCAN_UP, 0},
    {"down", SCAN_DOWN, 0},
    {"right", SCAN_RIGHT, 0},
    {"left", SCAN_LEFT, 0},
    {"home", SCAN_HOME, 0},
    {"end", SCAN_END, 0},
    {"insert", SCAN_INSERT, 0},
    {"delete", SCAN_DELETE, 0},
    {"page-up", SCAN_PAGE_UP, 0},
    {"page-down", SCAN_PAGE_DOWN, 0},
    {"f1", SCAN_F1, 0},
    {"f4", SCAN_F4, 0},
    {"f5", SCAN_F5, 0},
    {"f10", SCAN_F10, 0},
    {"f12", SCAN_F12, 0},
};

static void read_key(EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL *input, UINTN index)
{
    EFI_KEY_DATA key = {.Key = {0xffff, 0xffff}};

    keys_wait(keys[index].name, input->WaitForKeyEx);
    input->ReadKeyStrokeEx(input, &key);
    check_number(keys[index].name, (UINT32)key.Key.ScanCode << 16 | key.Key.UnicodeChar,
                 (UINT32)keys[index].scan_code << 16 | keys[index].character,
                 "is read as scan code and character");
}

static void no_more(EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL *input)
{
    EFI_KEY_DATA key;

    check_status("no-more", input->ReadKeyStrokeEx(input, &key), EFI_NOT_READY,
                 "each was read once");
    check_status("event", boot->CheckEvent(input->WaitForKeyEx), EFI_NOT_READY,
                 "and nothing waits");
}

void keys_read_tests(void)
{
    EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL *input = keys_input_ex();

    topic("keys.read", "12.2.3");
    if (!input)
        return;
    for (UINTN i = 0; i < COUNT_OF(keys); i++)
        read_key(input, i);
    no_more(input);
}
