/* Every combination of attributes that SetVariable can be called with. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/variable.h"
#include "tests/efi/conformance/variables.h"

/* All bits that UEFI 2.10 defines. */
#define DEFINED            0xffu
#define ENHANCED           0x80u
#define NEEDS_AUTHENTICITY (EFI_VARIABLE_TIME_BASED_AUTHENTICATED_WRITE_ACCESS | ENHANCED)

static CHAR16 name[] = L"Attributes";

static bool is_plain(UINT32 attributes)
{
    UINT32 kind = attributes & ~(UINT32)EFI_VARIABLE_APPEND_WRITE;

    return kind == BS || kind == BS_RT || kind == NV_BS || kind == NV_BS_RT;
}

static const char *assertion(UINT32 attributes)
{
    return numbered("set-", attributes);
}

static void check_plain(UINT32 attributes)
{
    EFI_STATUS status = variable_set_text(name, attributes, "data");

    if (status != EFI_SUCCESS)
        check_status(assertion(attributes), status, EFI_SUCCESS, "a good combination");
    else
        check(assertion(attributes),
              variable_is(name, attributes & ~(UINT32)EFI_VARIABLE_APPEND_WRITE, "data"),
              "a good combination makes a variable, which is not marked as appended");
}

/* The data would have to begin with a descriptor that says who signed it. */
static void check_unsigned(UINT32 attributes)
{
    check_refused(assertion(attributes), variable_set_text(name, attributes, "data"),
                  "what should be signed, is not, or cannot be");
}

/* There is nothing that no access could delete. */
static void check_other(UINT32 attributes)
{
    check_refused(assertion(attributes), variable_set_text(name, attributes, "data"),
                  "not a combination for this variable");
}

static void check_one(UINT32 attributes)
{
    if (is_plain(attributes))
        check_plain(attributes);
    else if (attributes & NEEDS_AUTHENTICITY)
        check_unsigned(attributes);
    else
        check_other(attributes);
    if (!is_plain(attributes) && variable_exists(name))
        check(numbered("made-", attributes), false, "no error makes a variable");
    variable_delete(name);
}

static void particular_errors(void)
{
    topic("variables.attributes", "8.2.3");
    check_status("runtime-only", variable_set_text(name, EFI_VARIABLE_RUNTIME_ACCESS, "data"),
                 EFI_INVALID_PARAMETER, "runtime access implies boot access");
    check_status(
        "runtime-only-nv",
        variable_set_text(name, EFI_VARIABLE_RUNTIME_ACCESS | EFI_VARIABLE_NON_VOLATILE, "data"),
        EFI_INVALID_PARAMETER, "also of what is kept");
    check_status("deprecated",
                 variable_set_text(name, NV_BS | EFI_VARIABLE_AUTHENTICATED_WRITE_ACCESS, "data"),
                 EFI_UNSUPPORTED, "counter-based authentication is no more");
    check_status("none", variable_set_text(name, 0, "data"), EFI_NOT_FOUND,
                 "no attributes mean deletion");
}

void variables_attribute_tests(void)
{
    topic("variables.attributes", "8.2.3");
    for (UINT32 attributes = 0; attributes <= DEFINED; attributes++)
        check_one(attributes);
    for (UINT32 bit = 8; bit < 32; bit++) {
        check_status(numbered("reserved-", bit), variable_set_text(name, NV_BS | 1u << bit, "data"),
                     EFI_INVALID_PARAMETER, "a bit that the specification does not define");
        check(numbered("reserved-none-", bit), !variable_exists(name), "makes nothing");
    }
    particular_errors();
}
