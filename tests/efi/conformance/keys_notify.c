/* RegisterKeyNotify: functions that are called for keys. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/keys.h"
#include "tests/efi/conformance/keys_prompt.h"

static EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL *input;
static volatile UINTN calls;
static EFI_INPUT_KEY told;
static EFI_TPL told_at;

static EFI_STATUS EFIAPI count(EFI_KEY_DATA *key)
{
    calls++;
    told = key->Key;
    told_at = boot->RaiseTPL(TPL_HIGH_LEVEL);
    boot->RestoreTPL(told_at);
    return EFI_SUCCESS;
}

static CHAR16 read_character(void)
{
    EFI_KEY_DATA key = {.Key = {0xffff, 0xffff}};

    input->ReadKeyStrokeEx(input, &key);
    return key.Key.UnicodeChar;
}

static void called(void)
{
    keys_wait("notify", input->WaitForKeyEx);
    check_number("key-read", read_character(), 'n', "the key can be read as any other");
    check_number("calls", calls, 1, "its function was called once");
    check("key", told.ScanCode == SCAN_NULL && told.UnicodeChar == 'n', "with the key");
    check_number("level", told_at, TPL_CALLBACK, "at TPL_CALLBACK");
    keys_wait("notify-other", input->WaitForKeyEx);
    check_number("other-read", read_character(), 'm', "another key is read");
    check_number("other-calls", calls, 1, "of which the function is not told");
}

static void not_called(void)
{
    keys_wait("notify-no-more", input->WaitForKeyEx);
    check_number("unregistered-read", read_character(), 'n', "the key is read");
    check_number("unregistered-calls", calls, 1, "nobody is told any more");
}

void keys_notify_tests(void)
{
    EFI_KEY_DATA key = {.Key = {SCAN_NULL, 'n'}};
    VOID *handle;

    topic("keys.notify", "12.2.5");
    input = keys_input_ex();
    if (!input || !need_status(input->RegisterKeyNotify(input, &key, count, &handle), "function"))
        return;
    called();
    topic("keys.notify", "12.2.6");
    input->UnregisterKeyNotify(input, handle);
    not_called();
}
