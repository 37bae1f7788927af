/*
 * EFI_RT_PROPERTIES_TABLE (UEFI 2.10 section 4.6): which runtime services still work after
 * ExitBootServices. Linux from 5.7 on asks it before it calls or even offers a service.
 */
#ifndef PVHEFI_TABLES_RT_PROPERTIES_H
#define PVHEFI_TABLES_RT_PROPERTIES_H

#include <stdint.h>

#include <efi.h>

/* clang-format off */
#define EFI_RT_PROPERTIES_TABLE_GUID \
    { 0xeb66918a, 0x7eef, 0x402a, { 0x84, 0x2e, 0x93, 0x1d, 0x21, 0xc3, 0x8a, 0xe9 } }
/* clang-format on */

#define EFI_RT_PROPERTIES_TABLE_VERSION 1

#define EFI_RT_SUPPORTED_GET_TIME                      0x0001u
#define EFI_RT_SUPPORTED_SET_TIME                      0x0002u
#define EFI_RT_SUPPORTED_GET_WAKEUP_TIME               0x0004u
#define EFI_RT_SUPPORTED_SET_WAKEUP_TIME               0x0008u
#define EFI_RT_SUPPORTED_GET_VARIABLE                  0x0010u
#define EFI_RT_SUPPORTED_GET_NEXT_VARIABLE_NAME        0x0020u
#define EFI_RT_SUPPORTED_SET_VARIABLE                  0x0040u
#define EFI_RT_SUPPORTED_SET_VIRTUAL_ADDRESS_MAP       0x0080u
#define EFI_RT_SUPPORTED_CONVERT_POINTER               0x0100u
#define EFI_RT_SUPPORTED_GET_NEXT_HIGH_MONOTONIC_COUNT 0x0200u
#define EFI_RT_SUPPORTED_RESET_SYSTEM                  0x0400u
#define EFI_RT_SUPPORTED_UPDATE_CAPSULE                0x0800u
#define EFI_RT_SUPPORTED_QUERY_CAPSULE_CAPABILITIES    0x1000u
#define EFI_RT_SUPPORTED_QUERY_VARIABLE_INFO           0x2000u

struct efi_rt_properties_table {
    uint16_t version;
    uint16_t length;
    uint32_t runtime_services_supported; /* EFI_RT_SUPPORTED_* */
};

_Static_assert(sizeof(struct efi_rt_properties_table) == 8, "UEFI 4.6: layout");

#endif
