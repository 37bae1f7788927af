/*
 * Between the firmware's boot part and its runtime image.
 *
 * The runtime image is what stays after ExitBootServices: position independent, linked by itself,
 * copied to EfiRuntimeServicesCode memory by shim/runtime_image.c, started through its header.
 * Layout: read-only part (header, text, constants), then from text_bytes on the writable part
 * (data, bss). It lies in ONE memory descriptor, so that no SetVirtualAddressMap can pull the parts
 * from each other; the memory attributes table tells the OS how to protect them.
 */
#ifndef PVHEFI_SHIM_RUNTIME_INTERFACE_H
#define PVHEFI_SHIM_RUNTIME_INTERFACE_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

#include "loader/x86/tsc_clock.h"
#include "shim/runtime/followers.h"

#define RUNTIME_MAGIC 0x6d69747265687670ull /* "pvhertim" */

/* How the machine is stopped. */
enum runtime_platform {
    RUNTIME_PLATFORM_XEN,   /* SCHEDOP_shutdown */
    RUNTIME_PLATFORM_PORTS, /* plain QEMU: I/O ports taken from the ACPI tables */
};

/* One register write; width in bytes, 0 when the platform has no such register. */
struct runtime_port_write {
    uint16_t port;
    uint8_t width;
    uint32_t value;
};

/*
 * Whether the domain is still where its clock was read: Xen counts in EDX of a CPUID leaf how often
 * the domain was restored or migrated.
 */
struct runtime_incarnation {
    uint32_t leaf; /* 0: nobody counts */
    uint32_t count;
};

struct runtime_parameters {
    enum runtime_platform platform;
    uint8_t hypercall_instruction;       /* enum hypercall_instruction */
    struct runtime_port_write power_off; /* RUNTIME_PLATFORM_PORTS only */
    struct runtime_port_write reset;     /* likewise */
    struct tsc_clock wall_clock;         /* ns_base counts from 1970 UTC; multiplier 0: unknown */
    struct runtime_incarnation incarnation;
    EFI_SYSTEM_TABLE *system_table;      /* in EfiRuntimeServicesData */
    struct runtime_followers *followers; /* in EfiRuntimeServicesData */
    void *variable_store;                /* EfiRuntimeServicesData, zeroed */
    uint32_t variable_store_bytes;
};

/* variable_define() in shim/runtime/variable.h. */
typedef EFI_STATUS runtime_define_function(const CHAR16 *name, const EFI_GUID *vendor,
                                           const void *data, uint32_t data_bytes);

struct runtime_exports {
    EFI_RUNTIME_SERVICES *services; /* complete, with CRC; lies in the image's writable part */
    /*
     * The 64 bits behind GetNextMonotonicCount, which is a boot service (7.5.3): it adds 1 and
     * returns the result. Not used after ExitBootServices.
     */
    uint64_t *monotonic_count;
    uint32_t supported_mask; /* EFI_RT_SUPPORTED_* of what works after ExitBootServices */
    runtime_define_function *define_variable; /* not used after ExitBootServices */
    /*
     * ExitBootServices was reached: boot-only variables disappear, volatile ones become read-only,
     * the system table's CRC is made anew. Call it once, after the boot fields of the system table
     * were cleared.
     */
    void (*leave_boot)(void);
};

struct runtime_header {
    uint64_t magic;
    uint32_t text_bytes;   /* multiple of 4096 */
    uint32_t file_bytes;   /* bytes of the embedded blob */
    uint32_t image_bytes;  /* multiple of 4096, including bss */
    uint32_t start_offset; /* of runtime_start() */
};

/* Sits at start_offset; called once after the copy, at the address that the image will live at. */
typedef void (*runtime_start_function)(const struct runtime_parameters *parameters,
                                       struct runtime_exports *ret_exports);

#endif
