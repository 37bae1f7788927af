/*
 * The device that booted modules come from: a handle and device path, since loaders such as
 * systemd-stub want to know where their image was loaded from. Boot phase.
 */
#ifndef PVHEFI_LOADER_MODULE_DEVICE_H
#define PVHEFI_LOADER_MODULE_DEVICE_H

#include <efi.h>

/* Installs the handle; *ret_path is the whole path of the image on it. EFI_OUT_OF_RESOURCES. */
EFI_STATUS module_device_install(EFI_DEVICE_PATH **ret_path);

#endif
