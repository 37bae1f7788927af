/*
 * Configuration tables, as tests look for them. Every phase.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_CONFIG_TABLE_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_CONFIG_TABLE_H

#include <efi.h>

#define RT_PROPERTIES_GUID                                 \
    {                                                      \
        0xeb66918a, 0x7eef, 0x402a,                        \
        {                                                  \
            0x84, 0x2e, 0x93, 0x1d, 0x21, 0xc3, 0x8a, 0xe9 \
        }                                                  \
    }

/* EFI_RT_PROPERTIES_TABLE (UEFI 2.10 section 4.6.2). */
struct rt_properties {
    UINT16 version;
    UINT16 length;
    UINT32 services;
};

/* The first one with this GUID, NULL when there is none. */
void *config_table_find(const EFI_GUID *guid);

/* Bits of the runtime services that the firmware says it has after ExitBootServices. */
UINT32 config_table_services(void);

#endif
