/*
 * Finding the driver that a configuration string is for, and asking it (UEFI 2.10 sections 35.4.2
 * to 35.4.4). Boot phase.
 */
#ifndef PVHEFI_SHIM_HII_HII_CONFIG_ROUTE_H
#define PVHEFI_SHIM_HII_HII_CONFIG_ROUTE_H

#include <efi.h>

/* ExtractConfig: EFI_INVALID_PARAMETER, EFI_NOT_FOUND, EFI_OUT_OF_RESOURCES, a driver's error. */
EFI_STATUS hii_config_extract(const CHAR16 *request, const CHAR16 **ret_progress,
                              CHAR16 **ret_results);

/* RouteConfig: the same. */
EFI_STATUS hii_config_route(const CHAR16 *configuration, const CHAR16 **ret_progress);

/* ExportConfig: what each driver says of itself; drivers that fail are left out. */
EFI_STATUS hii_config_export(CHAR16 **ret_results);

#endif
