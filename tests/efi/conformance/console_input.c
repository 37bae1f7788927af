/* SimpleTextInput when nobody types. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/console.h"

void console_input_tests(void)
{
    SIMPLE_INPUT_INTERFACE *input = system_table->ConIn;
    EFI_INPUT_KEY key = {0};

    topic("console.input", "12.3.2");
    check_status("reset", input->Reset(input, FALSE), EFI_SUCCESS, "the keyboard is reset");
    check_status("reset-extended", input->Reset(input, TRUE), EFI_SUCCESS, "and tested");
    topic("console.input", "12.3.3");
    check_status("no-key", input->ReadKeyStroke(input, &key), EFI_NOT_READY, "no key was pressed");
    topic("console.input", "12.3.1");
    check("event", input->WaitForKey != NULL, "there is an event");
    check_status("event-waits", boot->CheckEvent(input->WaitForKey), EFI_NOT_READY,
                 "which waits for a key");
    topic("console.input", "7.1.5");
    check_status("event-signal", boot->SignalEvent(input->WaitForKey), EFI_SUCCESS,
                 "who signals it");
    check_status("event-signal-read", input->ReadKeyStroke(input, &key), EFI_NOT_READY,
                 "does not make a key");
    boot->CheckEvent(input->WaitForKey);
}
