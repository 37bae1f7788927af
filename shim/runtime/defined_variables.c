#include "shim/runtime/defined_variables.h"

#include <stddef.h>

#include "loader/lib/string.h"

#define BS_RT (EFI_VARIABLE_BOOTSERVICE_ACCESS | EFI_VARIABLE_RUNTIME_ACCESS)
#define NV_BS_RT \
    (EFI_VARIABLE_NON_VOLATILE | EFI_VARIABLE_BOOTSERVICE_ACCESS | EFI_VARIABLE_RUNTIME_ACCESS)

/* Names in place, not pointers to them: a pointer in a constant would need relocation. */
struct defined_name {
    char name[27]; /* '#' is a hexadecimal digit in upper case */
    uint8_t attributes;
};

/* UEFI 2.10 section 3.3; Lang and LangCodes are older, and clients of that age still write them. */
static const struct defined_name global_names[] = {
    {"Boot####", NV_BS_RT},
    {"BootCurrent", BS_RT},
    {"BootNext", NV_BS_RT},
    {"BootOptionSupport", BS_RT},
    {"BootOrder", NV_BS_RT},
    {"ConIn", NV_BS_RT},
    {"ConInDev", BS_RT},
    {"ConOut", NV_BS_RT},
    {"ConOutDev", BS_RT},
    {"CryptoIndications", NV_BS_RT},
    {"CryptoIndicationsActivated", BS_RT},
    {"CryptoIndicationsSupported", BS_RT},
    {"Driver####", NV_BS_RT},
    {"DriverOrder", NV_BS_RT},
    {"ErrOut", NV_BS_RT},
    {"ErrOutDev", BS_RT},
    {"Key####", NV_BS_RT},
    {"Lang", NV_BS_RT},
    {"LangCodes", BS_RT},
    {"OsIndications", NV_BS_RT},
    {"OsIndicationsSupported", BS_RT},
    {"PlatformLang", NV_BS_RT},
    {"PlatformLangCodes", BS_RT},
    {"PlatformRecovery####", BS_RT},
    {"SysPrep####", NV_BS_RT},
    {"SysPrepOrder", NV_BS_RT},
    {"Timeout", NV_BS_RT},
};

static const EFI_GUID global_vendor = EFI_GLOBAL_VARIABLE;
/* EFI_IMAGE_SECURITY_DATABASE_GUID (32.6.1): db, dbx, dbt, dbr. */
static const EFI_GUID security_vendor = {
    0xd719b2cb, 0x3d3a, 0x4596, {0xa3, 0xbc, 0xda, 0xd0, 0x0e, 0x67, 0x65, 0x6f}};
/* EFI_HARDWARE_ERROR_VARIABLE (8.2.4.2). */
static const EFI_GUID hardware_error_vendor = {
    0x414e6bdd, 0xe47b, 0x47cc, {0xb2, 0x44, 0xbb, 0x61, 0x02, 0x0c, 0xf5, 0x16}};

static bool vendor_is(const struct variable_key *key, const EFI_GUID *vendor)
{
    return memcmp(key->vendor, vendor, sizeof(*vendor)) == 0;
}

static bool letter_matches(char pattern, CHAR16 letter)
{
    if (pattern != '#')
        return letter == (CHAR16)pattern;
    return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'F');
}

static bool name_matches(const struct variable_key *key, const char *pattern)
{
    size_t length = strlen(pattern);

    if (key->name_bytes != (length + 1) * sizeof(CHAR16))
        return false;
    for (size_t i = 0; i < length; i++)
        if (!letter_matches(pattern[i], key->name[i]))
            return false;
    return true;
}

bool defined_variables_allow(const struct variable_key *key, uint32_t attributes)
{
    if (vendor_is(key, &security_vendor) || vendor_is(key, &hardware_error_vendor))
        return false;
    if (!vendor_is(key, &global_vendor))
        return true;
    for (size_t i = 0; i < sizeof(global_names) / sizeof(global_names[0]); i++)
        if (name_matches(key, global_names[i].name))
            return global_names[i].attributes == attributes;
    return false;
}
