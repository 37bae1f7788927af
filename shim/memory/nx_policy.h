/*
 * Which memory may hold code (UEFI 2.10 section 2.3.4).
 *
 * - An image that says NX_COMPAT, and whose sections share no page, is loaded with the access that
 *   its sections ask for; what belongs to no section is data.
 * - As long as every image in memory is such a one, the pages that clients get as data (loader,
 * boot services, runtime services and ACPI data; AllocatePages and AllocatePool) cannot be
 * executed. A client that wants to says so with EFI_MEMORY_ATTRIBUTE_PROTOCOL. Code types, and
 * types whose use the firmware does not know, always can.
 * - With the first image of another kind all of that data becomes executable, and new data is,
 * until the last such image is gone: GRUB keeps its modules in loader data, iPXE and kernels
 * before 6.0 run copies of themselves there. What a client has set itself stays.
 * - When ExitBootServices succeeds, nothing is protected any more but the firmware's own pages: the
 *   memory is the OS's, and kernels from 6.0 on that say NX_COMPAT, but know no attribute protocol
 *   yet, unpack themselves into their data and run that.
 *
 * Boot phase.
 */
#ifndef PVHEFI_SHIM_MEMORY_NX_POLICY_H
#define PVHEFI_SHIM_MEMORY_NX_POLICY_H

#include <stdbool.h>
#include <stdint.h>

/* An image is in memory from now on, or no more. */
void nx_policy_image_loaded(bool nx_compatible);
void nx_policy_image_gone(bool nx_compatible);

/* Applies it to memory that somebody got. It is the default again when the memory is free. */
void nx_policy_apply(uint64_t address, uint64_t pages, uint32_t type);

#endif
