/* GetVariable. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/variable.h"
#include "tests/efi/conformance/variables.h"

#define DATA  "twelve bytes"
#define BYTES 12

static CHAR16 name[] = L"Get";

static EFI_STATUS get(UINT32 *attributes, UINTN *bytes, void *data)
{
    return runtime->GetVariable(name, &variable_vendor, attributes, bytes, data);
}

static void sizes(void)
{
    UINT8 data[32];
    UINTN bytes = 0;
    UINT32 attributes = 0;

    topic("variables.get", "8.2.1");
    check_status("query", get(NULL, &bytes, NULL), EFI_BUFFER_TOO_SMALL,
                 "without room the size is asked");
    check_number("query-bytes", bytes, BYTES, "it is told");
    bytes = BYTES - 1;
    data[0] = 0;
    check_status("too-small", get(&attributes, &bytes, data), EFI_BUFFER_TOO_SMALL,
                 "one byte too few");
    check_number("too-small-bytes", bytes, BYTES, "the size is told");
    check_number("too-small-data", data[0], 0, "nothing is written");
    check_number("too-small-attributes", attributes, BS_RT, "the attributes are told");
    check_status("exact", get(&attributes, &bytes, data), EFI_SUCCESS, "exact room");
    check("exact-data", data[0] == 't' && data[11] == 's', "the data is written");
    bytes = sizeof(data);
    data[BYTES] = 0xa5;
    check_status("more", get(NULL, &bytes, data), EFI_SUCCESS, "more room");
    check_number("more-bytes", bytes, BYTES, "the size is that of the data");
    check_number("more-data", data[BYTES], 0xa5, "nothing is written behind it");
}

static void absent(void)
{
    UINT8 data[4] = {7};
    UINTN bytes = sizeof(data);
    CHAR16 other[] = L"GetNothing";
    EFI_GUID vendor = variable_vendor;

    topic("variables.get", "8.2.1");
    check_status("absent", runtime->GetVariable(other, &variable_vendor, NULL, &bytes, data),
                 EFI_NOT_FOUND, "a variable that is not there");
    check_number("absent-data", data[0], 7, "nothing is written");
    vendor.Data1++;
    check_status("absent-vendor", runtime->GetVariable(name, &vendor, NULL, &bytes, data),
                 EFI_NOT_FOUND, "the vendor is part of the name");
    other[0] = 0;
    check_status("absent-empty", runtime->GetVariable(other, &variable_vendor, NULL, &bytes, data),
                 EFI_NOT_FOUND, "an empty name is no variable's");
    bytes = 0;
    check_status("absent-query", runtime->GetVariable(other, &variable_vendor, NULL, &bytes, NULL),
                 EFI_NOT_FOUND, "nor is its size known");
}

static void wrong_parameters(void)
{
    UINT8 data[32];
    UINTN bytes = sizeof(data);

    topic("variables.get", "8.2.1");
    check_status("no-name", runtime->GetVariable(NULL, &variable_vendor, NULL, &bytes, data),
                 EFI_INVALID_PARAMETER, "a name must be given");
    check_status("no-vendor", runtime->GetVariable(name, NULL, NULL, &bytes, data),
                 EFI_INVALID_PARAMETER, "a vendor must");
    check_status("no-size", get(NULL, NULL, data), EFI_INVALID_PARAMETER, "a size must");
    check_status("no-data", get(NULL, &bytes, NULL), EFI_INVALID_PARAMETER,
                 "and room where the size says that there is some");
    bytes = BYTES;
    check_status("no-data-exact", get(NULL, &bytes, NULL), EFI_INVALID_PARAMETER,
                 "also when it would be just enough");
    bytes = BYTES - 1;
    check_status("no-data-too-small", get(NULL, &bytes, NULL), EFI_BUFFER_TOO_SMALL,
                 "when it would not, that is said");
}

void variables_get_tests(void)
{
    topic("variables.get", "8.2.1");
    if (!need_status(variable_set_text(name, BS_RT, DATA), "variable"))
        return;
    sizes();
    absent();
    wrong_parameters();
    variable_delete(name);
}
