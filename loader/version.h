/*
 * Which build of the firmware this is. Constants of the image; boot phase.
 */
#ifndef PVHEFI_LOADER_VERSION_H
#define PVHEFI_LOADER_VERSION_H

#include <stdint.h>

/* What packaging/version prints, and its day as SMBIOS writes it: month/day/year. */
extern const char firmware_version[];
extern const char firmware_date[];

#define FIRMWARE_VERSION_MAJOR 0
#define FIRMWARE_VERSION_MINOR 1

/*
 * The SHA-1 that the linker made of the whole image with its symbols: the same for the same sources
 * and compiler, and `readelf -n` shows it of the file and of the one with the symbols.
 */
#define FIRMWARE_BUILD_ID_BYTES 20

/* ELF note NT_GNU_BUILD_ID (gABI, "Note Section"), as the linker writes it. */
struct firmware_build_id {
    uint32_t name_bytes;
    uint32_t id_bytes;
    uint32_t type;
    char name[4];
    uint8_t id[FIRMWARE_BUILD_ID_BYTES];
};
_Static_assert(sizeof(struct firmware_build_id) == 36, "pvhefi.lds");

/* Placed by pvhefi.lds. */
extern const struct firmware_build_id firmware_build_id;

#endif
