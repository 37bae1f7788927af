/* SimpleTextInputEx when nobody types. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/console.h"
#include "tests/efi/conformance/fixture.h"

typedef EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL INPUT_EX;

static INPUT_EX *input;

static EFI_STATUS EFIAPI ignore(EFI_KEY_DATA *key)
{
    (void)key;
    return EFI_SUCCESS;
}

static void reading(void)
{
    EFI_KEY_DATA key;

    topic("console.input-ex", "12.2.2");
    check_status("reset", input->Reset(input, FALSE), EFI_SUCCESS, "the keyboard is reset");
    topic("console.input-ex", "12.2.3");
    boot->SetMem(&key, sizeof(key), 0xa5);
    check_status("no-key", input->ReadKeyStrokeEx(input, &key), EFI_NOT_READY,
                 "no key was pressed");
    check("no-key-zero", key.Key.ScanCode == 0 && key.Key.UnicodeChar == 0, "so there is none");
    check_status("no-result", input->ReadKeyStrokeEx(input, NULL), EFI_INVALID_PARAMETER,
                 "a place for it must be given");
    topic("console.input-ex", "12.2.1");
    check("event", input->WaitForKeyEx != NULL, "there is an event");
    check_status("event-waits", boot->CheckEvent(input->WaitForKeyEx), EFI_NOT_READY,
                 "which waits for a key");
}

static void state(void)
{
    EFI_KEY_TOGGLE_STATE invalid = 0;
    EFI_KEY_TOGGLE_STATE valid = EFI_TOGGLE_STATE_VALID;

    topic("console.key-state", "12.2.4");
    check_status("none", input->SetState(input, NULL), EFI_INVALID_PARAMETER,
                 "a state must be given");
    check_status("invalid", input->SetState(input, &invalid), EFI_UNSUPPORTED,
                 "which says that it is one");
    check_status_either("off", input->SetState(input, &valid), EFI_SUCCESS, EFI_UNSUPPORTED,
                        "all toggles off, if there are any");
}

static void notification(void)
{
    EFI_KEY_DATA key = {.Key = {0, 'x'}};
    EFI_KEY_DATA other_key = {.Key = {0, 'y'}};
    VOID *first = NULL;
    VOID *second = NULL;

    topic("console.key-notify", "12.2.5");
    check_status("register", input->RegisterKeyNotify(input, &key, ignore, &first), EFI_SUCCESS,
                 "a function for a key is registered");
    check_status("other", input->RegisterKeyNotify(input, &other_key, ignore, &second), EFI_SUCCESS,
                 "and for another key");
    check("handles", first && second && first != second, "each has a handle of its own");
    topic("console.key-notify", "12.2.6");
    check_status("unregister", input->UnregisterKeyNotify(input, first), EFI_SUCCESS,
                 "it is taken off");
    check_status("unregister-again", input->UnregisterKeyNotify(input, first),
                 EFI_INVALID_PARAMETER, "what was taken off is not registered");
    check_status("unregister-other-key", input->UnregisterKeyNotify(input, second), EFI_SUCCESS,
                 "the other is");
    check_status("unregister-null", input->UnregisterKeyNotify(input, NULL), EFI_INVALID_PARAMETER,
                 "NULL was never registered");
    check_status("unregister-other", input->UnregisterKeyNotify(input, &key), EFI_INVALID_PARAMETER,
                 "nor was this");
}

static void wrong_parameters(void)
{
    EFI_KEY_DATA key = {.Key = {0, 'x'}};
    VOID *handle;

    topic("console.key-notify", "12.2.5");
    check_status("no-key", input->RegisterKeyNotify(input, NULL, ignore, &handle),
                 EFI_INVALID_PARAMETER, "a key must be given");
    check_status("no-function", input->RegisterKeyNotify(input, &key, NULL, &handle),
                 EFI_INVALID_PARAMETER, "a function must");
    check_status("no-handle", input->RegisterKeyNotify(input, &key, ignore, NULL),
                 EFI_INVALID_PARAMETER, "and a place for the handle");
}

void console_input_ex_tests(void)
{
    static EFI_GUID guid = EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL_GUID;

    input = interface_of(system_table->ConsoleInHandle, &guid);
    topic("console.input-ex", "12.2.1");
    check("there", input != NULL, "ConIn's handle has the protocol");
    if (!input)
        return;
    reading();
    state();
    notification();
    wrong_parameters();
}
