/* A variable's attributes do not change while it is there. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/variable.h"
#include "tests/efi/conformance/variables.h"

static CHAR16 name[] = L"Kind";

static void from_to(UINT32 from, UINT32 to)
{
    unsigned int number = from * 10 + to;

    variable_set_text(name, from, "data");
    check_status(numbered("set-", number), variable_set_text(name, to, "other"),
                 EFI_INVALID_PARAMETER, "setting it with other attributes fails");
    check_status(numbered("append-", number),
                 variable_set_text(name, to | EFI_VARIABLE_APPEND_WRITE, "other"),
                 EFI_INVALID_PARAMETER, "so does appending");
    check_status(numbered("delete-", number), variable_set_text(name, to, ""),
                 EFI_INVALID_PARAMETER, "and deleting");
    check(numbered("kept-", number), variable_is(name, from, "data"), "it stays as it was");
    variable_delete(name);
}

void variables_kind_tests(void)
{
    static const UINT32 kinds[] = {BS, BS_RT, NV_BS, NV_BS_RT};

    topic("variables.kind", "8.2.3");
    for (UINTN from = 0; from < COUNT_OF(kinds); from++) {
        for (UINTN to = 0; to < COUNT_OF(kinds); to++) {
            if (from != to)
                from_to(kinds[from], kinds[to]);
        }
    }
}
