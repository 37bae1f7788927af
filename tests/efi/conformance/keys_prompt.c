#include "tests/efi/conformance/keys_prompt.h"

#include "loader/lib/format.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/report.h"

EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL *keys_input_ex(void)
{
    static EFI_GUID guid = EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL_GUID;
    void *input = interface_of(system_table->ConsoleInHandle, &guid);

    return need(input != NULL, "SimpleTextInputEx") ? input : NULL;
}

void keys_wait(const char *name, EFI_EVENT event)
{
    char line[64];
    UINTN index;

    format_string(line, sizeof(line), "TYPE %s", name);
    report_line(line);
    boot->WaitForEvent(1, &event, &index);
}
