/* GetNextVariableName. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/variable.h"
#include "tests/efi/conformance/variables.h"

#define NAME_UNITS 512
/* No firmware has so many; an enumeration that goes on is endless. */
#define VARIABLES_MAX 10000
#define OWN           5

static CHAR16 name[NAME_UNITS];
static EFI_GUID vendor;
static const CHAR16 *const own[OWN] = {L"Next0", L"Next1", L"Next2", L"Next3", L"Next4"};
static const UINT32 own_attributes[OWN] = {BS, BS_RT, NV_BS, NV_BS_RT, BS};

static EFI_STATUS next(void)
{
    UINTN bytes = sizeof(name);

    return runtime->GetNextVariableName(&bytes, name, &vendor);
}

static void begin(void)
{
    name[0] = 0;
}

static bool name_is(const CHAR16 *wanted)
{
    UINTN i = 0;

    while (name[i] && name[i] == wanted[i])
        i++;
    return name[i] == wanted[i] && guid_is(&vendor, &variable_vendor);
}

/* Which of the tests' own are listed, as bits; all bits when one is twice, 0 when there is no end.
 */
static UINT32 own_listed(void)
{
    UINT32 found = 0;

    begin();
    for (UINTN count = 0; count < VARIABLES_MAX; count++) {
        if (next() != EFI_SUCCESS)
            return found;
        for (UINTN i = 0; i < OWN; i++) {
            if (name_is(own[i]))
                found = found & 1u << i ? ~0u : found | 1u << i;
        }
    }
    return 0;
}

static void listed(void)
{
    topic("variables.next", "8.2.2");
    check_number("all", own_listed(), 0x1f, "variables of all kinds are listed once");
    variable_delete(own[2]);
    check_number("deleted", own_listed(), 0x1b, "one that is deleted is not");
    variable_set_text(own[2], own_attributes[2], "again");
    variable_set_text(own[0], own_attributes[0], "a longer text than it had before");
    check_number("changed", own_listed(), 0x1f, "one that is changed is listed once");
}

static bool can_be_read(void)
{
    UINTN bytes = 0;

    return runtime->GetVariable(name, &vendor, NULL, &bytes, NULL) == EFI_BUFFER_TOO_SMALL;
}

static void all_readable(void)
{
    UINTN count = 0;
    bool all = true;
    EFI_STATUS status;

    topic("variables.next", "8.2.2");
    begin();
    while ((status = next()) == EFI_SUCCESS && count++ < VARIABLES_MAX)
        all = all && can_be_read();
    check("readable", all, "what is listed can be read");
    check_status("end", status, EFI_NOT_FOUND, "after the last one there is none");
    check_range("count", count, OWN, VARIABLES_MAX - 1, "there are at least the tests' own");
}

/* Deleting what was just named is how clients delete many. */
static void delete_while_listing(void)
{
    UINTN deleted = 0;

    topic("variables.next", "8.2.2");
    begin();
    for (UINTN count = 0; count < VARIABLES_MAX && next() == EFI_SUCCESS; count++) {
        if (!guid_is(&vendor, &variable_vendor))
            continue;
        variable_delete(name);
        deleted++;
        begin();
    }
    check_number("delete-all", deleted, OWN, "all of a vendor's can be found and deleted");
    check_number("none-left", own_listed(), 0, "then none is listed");
}

static void sizes(void)
{
    UINTN bytes = sizeof(CHAR16);
    UINTN needed;
    EFI_STATUS status;

    topic("variables.next", "8.2.2");
    begin();
    status = runtime->GetNextVariableName(&bytes, name, &vendor);
    check_status("too-small", status, EFI_BUFFER_TOO_SMALL, "room for no name");
    check("too-small-name", name[0] == 0, "leaves it alone");
    check("too-small-bytes", bytes > sizeof(CHAR16), "the size that is needed is told");
    needed = bytes;
    bytes--;
    status = runtime->GetNextVariableName(&bytes, name, &vendor);
    check_status("one-less", status, EFI_BUFFER_TOO_SMALL, "a byte too few");
    check_number("one-less-bytes", bytes, needed, "the same size is told");
    status = runtime->GetNextVariableName(&bytes, name, &vendor);
    check_status("exact", status, EFI_SUCCESS, "exact room");
    check("exact-name", name[0] != 0 && name[needed / sizeof(CHAR16) - 1] == 0,
          "has the name and its end");
}

static void wrong_parameters(void)
{
    UINTN bytes = sizeof(name);
    UINTN none = 0;

    topic("variables.next", "8.2.2");
    begin();
    check_status("no-size", runtime->GetNextVariableName(NULL, name, &vendor),
                 EFI_INVALID_PARAMETER, "a size must be given");
    check_status("no-name", runtime->GetNextVariableName(&bytes, NULL, &vendor),
                 EFI_INVALID_PARAMETER, "a name must");
    check_status("no-vendor", runtime->GetNextVariableName(&bytes, name, NULL),
                 EFI_INVALID_PARAMETER, "a vendor must");
    check_status("size-0", runtime->GetNextVariableName(&none, name, &vendor),
                 EFI_INVALID_PARAMETER, "0 bytes have no end of the name");
    for (UINTN i = 0; i < NAME_UNITS; i++)
        name[i] = 'x';
    bytes = sizeof(name);
    check_status("no-end", runtime->GetNextVariableName(&bytes, name, &vendor),
                 EFI_INVALID_PARAMETER, "a name without an end");
    name[3] = 0;
    vendor = variable_vendor;
    check_status("unknown", next(), EFI_INVALID_PARAMETER, "a name that is no variable's");
}

void variables_next_tests(void)
{
    topic("variables.next", "8.2.2");
    for (UINTN i = 0; i < OWN; i++) {
        if (!need_status(variable_set_text(own[i], own_attributes[i], "data"), "variable"))
            return;
    }
    listed();
    all_readable();
    sizes();
    wrong_parameters();
    delete_while_listing();
}
