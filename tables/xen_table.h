/*
 * The Xen table: what an OS may want to know of the Xen below and of itself as a domain, without a
 * hypercall and before it has a xenstore client. An EFI configuration table under XEN_TABLE_GUID,
 * in EfiACPIReclaimMemory; and the same bytes as the read-only variable "XenTable" of that vendor
 * GUID, which Linux shows as
 * /sys/firmware/efi/efivars/XenTable-1ff770bd-1458-41ce-8580-c395934a3f1d.
 *
 * This header is the interface and needs nothing but <stdint.h>; docs/xen-table.md says how to use
 * it. All fields are little-endian and at their natural alignment. Addresses are guest-physical;
 * a gfn is an address divided by 4096.
 */
#ifndef PVHEFI_TABLES_XEN_TABLE_H
#define PVHEFI_TABLES_XEN_TABLE_H

#include <stdint.h>

/* clang-format off */
#define XEN_TABLE_GUID \
    { 0x1ff770bd, 0x1458, 0x41ce, { 0x85, 0x80, 0xc3, 0x95, 0x93, 0x4a, 0x3f, 0x1d } }
/* clang-format on */

#define XEN_TABLE_SIGNATURE 0x454c4241544e4558ull /* "XENTABLE" */

/*
 * A later version adds fields behind the last one of struct xen_table and moves nothing: a reader
 * accepts every version from 1 on and looks no further than `bytes`.
 */
#define XEN_TABLE_VERSION 2u

/* Bits of `known`: which fields tell something. All others are 0. */
#define XEN_TABLE_HAS_FEATURES 0x01u /* xen_features */
#define XEN_TABLE_HAS_DOMID    0x02u /* domid */
#define XEN_TABLE_HAS_UUID     0x04u /* uuid */
#define XEN_TABLE_HAS_NAME     0x08u /* name */
#define XEN_TABLE_HAS_CONSOLE  0x10u /* console */
#define XEN_TABLE_HAS_XENSTORE 0x20u /* xenstore */
#define XEN_TABLE_HAS_TSC      0x40u /* tsc_* */

#define XEN_TABLE_NAME_BYTES     128u
#define XEN_TABLE_FIRMWARE_BYTES 60u
#define XEN_TABLE_BUILD_ID_BYTES 20u

/* Indices of `stage_tsc`: the counter when the firmware had got that far; 0: it has not. */
enum xen_table_stage {
    XEN_TABLE_STAGE_ENTRY,       /* the first instruction that the domain ran */
    XEN_TABLE_STAGE_MAIN,        /* in 64-bit mode */
    XEN_TABLE_STAGE_CONSOLE,     /* its messages can be seen */
    XEN_TABLE_STAGE_SERVICES,    /* all boot and runtime services are there */
    XEN_TABLE_STAGE_LOAD_IMAGE,  /* LoadImage of what it boots */
    XEN_TABLE_STAGE_START_IMAGE, /* StartImage */
    XEN_TABLE_STAGE_EXIT,        /* the OS calls ExitBootServices */
    XEN_TABLE_STAGE_BOOT_ENDED,  /* which returns */
    XEN_TABLE_STAGES,
};

/* A ring page that the domain shares with its back end, and the event channel beside it. */
struct xen_table_ring {
    uint64_t gfn;
    uint32_t port;
    uint32_t reserved;
};

/* A module as the domain builder left it. The firmware frees it when its content is loaded. */
struct xen_table_module {
    uint64_t paddr;
    uint64_t bytes;
    uint64_t cmdline_paddr; /* text with a NUL; 0: none */
};

struct xen_table {
    /* As in every EFI table, so that its CRC is CalculateCrc32's over `bytes` with crc32 as 0. */
    uint64_t signature;
    uint32_t version;
    uint32_t bytes; /* of the whole table, modules included */
    uint32_t crc32;
    uint32_t known; /* XEN_TABLE_HAS_* */

    uint16_t xen_major;
    uint16_t xen_minor;
    uint32_t xen_features; /* XENFEAT_*: bit n is feature n */
    char xen_extra[16];    /* ".5"; a NUL ends it unless it fills the field */

    uint16_t domid;
    uint16_t reserved;
    uint32_t vcpus;                  /* that are started at boot; 0: not known */
    uint8_t uuid[16];                /* in the order in which its text is written */
    char name[XEN_TABLE_NAME_BYTES]; /* with a NUL */

    uint64_t start_info_paddr; /* struct hvm_start_info, in EfiBootServicesData */
    uint32_t start_info_flags; /* SIF_* */
    uint32_t start_info_version;

    struct xen_table_ring console;
    struct xen_table_ring xenstore;

    uint32_t tsc_khz;
    uint32_t tsc_mode;  /* CPUID leaf 0x40000003: 0 default, 1 emulated, 2 native, 3 with aux */
    uint32_t tsc_flags; /* XEN_CPUID_TSC_EMULATED, XEN_CPUID_HOST_TSC_RELIABLE, ... */
    uint32_t tsc_incarnation; /* how often the domain was restored or migrated */
    uint32_t tsc_multiplier;  /* ns = ((ticks << shift) * multiplier) >> 32 */
    int32_t tsc_shift;        /* negative: to the right */

    uint64_t stage_tsc[XEN_TABLE_STAGES];

    uint32_t modules_offset; /* of the first struct xen_table_module, from the table's start */
    uint16_t module_bytes;   /* of each */
    uint16_t module_count;

    /* From version 2 on: which build of the firmware this is. */
    char firmware_version[XEN_TABLE_FIRMWARE_BYTES]; /* with a NUL */
    uint8_t firmware_build_id[XEN_TABLE_BUILD_ID_BYTES];
    /* `module_count` struct xen_table_module follow */
};

_Static_assert(sizeof(struct xen_table_ring) == 16, "docs/xen-table.md");
_Static_assert(sizeof(struct xen_table_module) == 24, "docs/xen-table.md");
_Static_assert(sizeof(struct xen_table) == 424, "docs/xen-table.md");

#endif
