/* Names of variables. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/variable.h"
#include "tests/efi/conformance/variables.h"

#define LONG_NAME 200

static void distinct(void)
{
    static const CHAR16 *const names[] = {L"Name", L"name", L"Name ", L"Nam", L"Name1", L" "};
    static const char *const data[] = {"0", "1", "2", "3", "4", "5"};
    bool all = true;

    topic("variables.name", "8.2.3");
    for (UINTN i = 0; i < COUNT_OF(names); i++)
        all = all && variable_set_text(names[i], BS, data[i]) == EFI_SUCCESS;
    check("similar", all, "names that differ in case or by one letter");
    for (UINTN i = 0; i < COUNT_OF(names); i++)
        all = all && variable_is(names[i], BS, data[i]);
    check("similar-data", all, "are variables of their own");
    variable_delete(names[0]);
    check("similar-deleted", !variable_exists(names[0]), "one of them is deleted");
    all = true;
    for (UINTN i = 1; i < COUNT_OF(names); i++)
        all = all && variable_is(names[i], BS, data[i]);
    check("similar-others", all, "the others stay");
    for (UINTN i = 1; i < COUNT_OF(names); i++)
        variable_delete(names[i]);
}

static void vendors(void)
{
    static CHAR16 name[] = L"Vendors";
    EFI_GUID other = variable_vendor;
    UINT8 byte = 0;
    UINTN bytes = 1;

    topic("variables.name", "8.2.3");
    other.Data4[7]++;
    variable_set_text(name, BS, "1");
    check_status("vendor", runtime->SetVariable(name, &other, NV_BS, 1, "2"), EFI_SUCCESS,
                 "two vendors may use one name, with other attributes");
    runtime->GetVariable(name, &other, NULL, &bytes, &byte);
    check("vendor-data", byte == '2' && variable_is(name, BS, "1"),
          "these are variables of their own");
    runtime->SetVariable(name, &other, 0, 0, NULL);
    check("vendor-deleted", variable_is(name, BS, "1"), "deleting one leaves the other");
    variable_delete(name);
}

static void unusual(void)
{
    static CHAR16 name[LONG_NAME + 1];
    static const CHAR16 foreign[] = {0x416, 0x3b1, 0x4e2d, 0xd83d, 0xde00, 0xffff, 0};

    topic("variables.name", "8.2.3");
    for (UINTN i = 0; i < LONG_NAME; i++)
        name[i] = (CHAR16)('a' + i % 26);
    check_status("long", variable_set_text(name, BS, "long"), EFI_SUCCESS, "a name of 200 letters");
    check("long-data", variable_is(name, BS, "long"), "can be used");
    name[LONG_NAME - 1]++;
    check("long-other", !variable_exists(name), "its last letter matters");
    name[LONG_NAME - 1]--;
    variable_delete(name);
    check_status("foreign", variable_set_text(foreign, BS, "foreign"), EFI_SUCCESS,
                 "a name of any characters");
    check("foreign-data", variable_is(foreign, BS, "foreign"), "can be used");
    variable_delete(foreign);
}

void variables_name_tests(void)
{
    distinct();
    vendors();
    unusual();
}
