#include "tests/unit/text_output_fixture.h"

#include "shim/console/text_output.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/fake_terminal.h"
#include "tests/unit/isolated.h"

EFI_HANDLE console;
EFI_SIMPLE_TEXT_OUT_PROTOCOL *out;

int text_output_fixture_start(void **state)
{
    fake_memory_setup(state);
    return text_output_install(&console, &out) != EFI_SUCCESS;
}

void assert_sent(const char *expected)
{
    assert_string_equal(fake_terminal_take(), expected);
}

void assert_cursor(INT32 column, INT32 row)
{
    assert_int_equal(out->Mode->CursorColumn, column);
    assert_int_equal(out->Mode->CursorRow, row);
}

void go_to(UINTN column, UINTN row)
{
    assert_int_equal(out->SetCursorPosition(out, column, row), EFI_SUCCESS);
    fake_terminal_take();
}
