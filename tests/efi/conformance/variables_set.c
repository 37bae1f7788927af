/* SetVariable: making, changing, deleting. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/variable.h"
#include "tests/efi/conformance/variables.h"

static CHAR16 name[] = L"Set";

static void change(const char *kind, UINT32 attributes)
{
    topic(kind, "8.2.3");
    check_status("create", variable_set_text(name, attributes, "first"), EFI_SUCCESS,
                 "a variable is made");
    check("create-data", variable_is(name, attributes, "first"), "it is what was set");
    check_status("same", variable_set_text(name, attributes, "first"), EFI_SUCCESS,
                 "it is set to what it is");
    check("same-data", variable_is(name, attributes, "first"), "it stays so");
    check_status("other", variable_set_text(name, attributes, "other"), EFI_SUCCESS,
                 "other data of that size");
    check("other-data", variable_is(name, attributes, "other"), "replaces it");
    check_status("longer", variable_set_text(name, attributes, "a longer text than that"),
                 EFI_SUCCESS, "longer data");
    check("longer-data", variable_is(name, attributes, "a longer text than that"), "replaces it");
    check_status("shorter", variable_set_text(name, attributes, "x"), EFI_SUCCESS, "shorter data");
    check("shorter-data", variable_is(name, attributes, "x"), "replaces it");
    check_status("delete", variable_set_text(name, attributes, ""), EFI_SUCCESS,
                 "no data deletes it");
    check("delete-gone", !variable_exists(name), "it is gone");
    check_status("delete-again", variable_set_text(name, attributes, ""), EFI_NOT_FOUND,
                 "what is not there cannot be deleted");
}

static void deletion(void)
{
    topic("variables.delete", "8.2.3");
    variable_set_text(name, BS, "data");
    check_status("no-access", variable_set_text(name, 0, "data"), EFI_SUCCESS,
                 "no access attributes delete it, too");
    check("no-access-gone", !variable_exists(name), "it is gone");
    check_status("no-access-again", variable_set_text(name, 0, "data"), EFI_NOT_FOUND,
                 "then it is not there");
    check_status("nothing", runtime->SetVariable(name, &variable_vendor, 0, 0, NULL), EFI_NOT_FOUND,
                 "also without attributes and data");
    variable_set_text(name, NV_BS_RT, "data");
    check_status("no-data", runtime->SetVariable(name, &variable_vendor, NV_BS_RT, 0, NULL),
                 EFI_SUCCESS, "no data needs no address");
    check_status("other-kind", variable_set_text(name, BS, "data"), EFI_SUCCESS,
                 "then it may be made with other attributes");
    check("other-kind-data", variable_is(name, BS, "data"), "which it has");
    variable_delete(name);
}

static void wrong_parameters(void)
{
    CHAR16 empty[] = L"";
    UINT8 data[4] = {0};

    topic("variables.set", "8.2.3");
    check_status("no-name", runtime->SetVariable(NULL, &variable_vendor, BS, 4, data),
                 EFI_INVALID_PARAMETER, "a name must be given");
    check_status("empty-name", runtime->SetVariable(empty, &variable_vendor, BS, 4, data),
                 EFI_INVALID_PARAMETER, "which is not empty");
    check_status("no-vendor", runtime->SetVariable(name, NULL, BS, 4, data), EFI_INVALID_PARAMETER,
                 "a vendor must");
    check_status("no-data", runtime->SetVariable(name, &variable_vendor, BS, 4, NULL),
                 EFI_INVALID_PARAMETER, "and data where the size says that there is some");
    check("none-made", !variable_exists(name), "nothing is made");
}

/* A caller's data may lie anywhere. */
static void odd_place(void)
{
    static const char data[] = "?odd place";

    topic("variables.set", "8.2.3");
    check_status("odd-data", variable_set_text(name, BS, data + 1), EFI_SUCCESS,
                 "data at an odd address");
    check("odd-data-read", variable_is(name, BS, "odd place"), "is stored");
    variable_delete(name);
}

void variables_set_tests(void)
{
    change("variables.set-bs", BS);
    change("variables.set-bs-rt", BS_RT);
    change("variables.set-nv-bs", NV_BS);
    change("variables.set-nv-bs-rt", NV_BS_RT);
    deletion();
    wrong_parameters();
    odd_place();
}
