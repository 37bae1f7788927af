/* SetVariable with EFI_VARIABLE_APPEND_WRITE. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/variable.h"
#include "tests/efi/conformance/variables.h"

#define APPEND EFI_VARIABLE_APPEND_WRITE

static CHAR16 name[] = L"Append";

static void append(const char *kind, UINT32 attributes)
{
    topic(kind, "8.2.3");
    check_status("new", variable_set_text(name, attributes | APPEND, "one"), EFI_SUCCESS,
                 "appending to nothing");
    check("new-data", variable_is(name, attributes, "one"), "makes the variable");
    check_status("more", variable_set_text(name, attributes | APPEND, " two"), EFI_SUCCESS,
                 "appending to something");
    check("more-data", variable_is(name, attributes, "one two"), "puts it behind that");
    check_status("nothing", variable_set_text(name, attributes | APPEND, ""), EFI_SUCCESS,
                 "appending nothing");
    check("nothing-data", variable_is(name, attributes, "one two"), "changes and deletes nothing");
    check_status("replace", variable_set_text(name, attributes, "three"), EFI_SUCCESS,
                 "without the attribute");
    check("replace-data", variable_is(name, attributes, "three"), "it is replaced");
    variable_delete(name);
}

static void append_many_times(void)
{
    static const char text[] = "0123456789012345678901234567890123456789";
    bool all = true;

    topic("variables.append", "8.2.3");
    for (unsigned int i = 0; i < 40; i++) {
        char digit[2] = {(char)('0' + i % 10), 0};

        all = all && variable_set_text(name, BS | APPEND, digit) == EFI_SUCCESS;
    }
    check("many-data", all && variable_is(name, BS, text), "keeps the order");
    variable_delete(name);
}

void variables_append_tests(void)
{
    append("variables.append-bs", BS);
    append("variables.append-bs-rt", BS_RT);
    append("variables.append-nv-bs", NV_BS);
    append("variables.append-nv-bs-rt", NV_BS_RT);
    append_many_times();
    topic("variables.append", "8.2.3");
    check_status("nothing-to-nothing", variable_set_text(name, BS | APPEND, ""), EFI_SUCCESS,
                 "appending nothing to nothing is no error");
    check("nothing-made", !variable_exists(name), "and makes nothing");
}
