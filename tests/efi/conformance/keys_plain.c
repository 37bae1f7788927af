/* SimpleTextInput reads the same keys. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/keys.h"
#include "tests/efi/conformance/keys_prompt.h"

static void read_key(const char *name, UINT16 scan_code, CHAR16 character)
{
    EFI_INPUT_KEY key = {0xffff, 0xffff};

    keys_wait(name, system_table->ConIn->WaitForKey);
    system_table->ConIn->ReadKeyStroke(system_table->ConIn, &key);
    check_number(name, (UINT32)key.ScanCode << 16 | key.UnicodeChar,
                 (UINT32)scan_code << 16 | character, "is read as scan code and character");
}

static void reset_forgets(void)
{
    EFI_INPUT_KEY key;

    keys_wait("plain-forgotten", system_table->ConIn->WaitForKey);
    system_table->ConIn->Reset(system_table->ConIn, FALSE);
    check_status("reset", system_table->ConIn->ReadKeyStroke(system_table->ConIn, &key),
                 EFI_NOT_READY, "a reset forgets a key that nobody has read");
}

void keys_plain_tests(void)
{
    topic("keys.read", "12.3.3");
    read_key("plain-letter", SCAN_NULL, 'b');
    read_key("plain-up", SCAN_UP, 0);
    read_key("plain-f2", SCAN_F2, 0);
    topic("keys.read", "12.3.2");
    reset_forgets();
}
