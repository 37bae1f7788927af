/*
 * What shall be booted, decided from the modules' content, never from names or order alone. Pure;
 * boot phase.
 */
#ifndef PVHEFI_LOADER_BOOT_SOURCE_H
#define PVHEFI_LOADER_BOOT_SOURCE_H

#include "loader/start_info.h"

enum boot_source_kind {
    BOOT_SOURCE_NONE,   /* no module at all: look at disks */
    BOOT_SOURCE_IMAGE,  /* one EFI image (kernel or UKI) */
    BOOT_SOURCE_KERNEL, /* an EFI image and an initrd for it */
};

struct boot_source {
    enum boot_source_kind kind;
    const struct boot_module *image;  /* NULL for BOOT_SOURCE_NONE */
    const struct boot_module *initrd; /* NULL unless BOOT_SOURCE_KERNEL */
    const char *cmdline;              /* the image's own; "" for none, never NULL */
};

/*
 * `firmware_cmdline` is start_info's command line without the firmware's options; `window` as for
 * start_info_parse(). *ret_source points into `info` and to the command lines.
 *
 * One module: it must be an EFI image (plain `kernel=firmware, ramdisk=image`, or a dom0 builder).
 * Its own command line counts, firmware_cmdline when it has none.
 *
 * Two modules (xl's pvshim form): image and initrd in either order when only one of them is an EFI
 * image; when both are, the first is the image and the second is offered as its initrd all the
 * same, with a log_warn line. The command line is the image's own, or the initrd module's when the
 * image has none (xl attaches it to the first module, whichever that is); never firmware_cmdline,
 * which then is meant for a shim ("pv-shim console=xen,pv" by default).
 *
 * "EFI image" means that it begins with "MZ"; whether it is sound and for this machine is for
 * pe_parse() to say.
 *
 * Returns 0, or -XEN_EINVAL with a log_err line that says what the modules look like and what is
 * expected: no module is an EFI image, or there are more than two modules (no loader passes more,
 * and a guess would boot something that nobody asked for).
 */
int boot_source_choose(const struct boot_info *info, const char *firmware_cmdline,
                       phys_window window, struct boot_source *ret_source);

#endif
