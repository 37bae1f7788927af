#include "tests/efi/conformance/variable.h"

#include "loader/lib/string.h"
#include "tests/efi/conformance/check.h"

EFI_GUID variable_vendor = {
    0x2d0a9f51, 0x7c1e, 0x4b86, {0xa4, 0x0f, 0x8e, 0x63, 0x15, 0x2b, 0xd9, 0x70}};

EFI_STATUS variable_set_text(const CHAR16 *name, UINT32 attributes, const char *data)
{
    return runtime->SetVariable((CHAR16 *)(UINTN)name, &variable_vendor, attributes, strlen(data),
                                (void *)(UINTN)data);
}

void variable_delete(const CHAR16 *name)
{
    runtime->SetVariable((CHAR16 *)(UINTN)name, &variable_vendor, 0, 0, NULL);
}

bool variable_is(const CHAR16 *name, UINT32 attributes, const char *data)
{
    static UINT8 found[1024];
    UINTN bytes = sizeof(found);
    UINT32 found_attributes = ~0u;
    EFI_STATUS status = runtime->GetVariable((CHAR16 *)(UINTN)name, &variable_vendor,
                                             &found_attributes, &bytes, found);

    return status == EFI_SUCCESS && found_attributes == attributes && bytes == strlen(data) &&
           memcmp(found, data, bytes) == 0;
}

bool variable_exists(const CHAR16 *name)
{
    UINTN bytes = 0;

    return runtime->GetVariable((CHAR16 *)(UINTN)name, &variable_vendor, NULL, &bytes, NULL) ==
           EFI_BUFFER_TOO_SMALL;
}
