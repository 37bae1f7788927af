/*
 * The boot, step by step; each step is a file of its own.
 */
#include "loader/main.h"

#include <stddef.h>
#include <stdint.h>

#include "hypercall/detect.h"
#include "loader/boot_manager.h"
#include "loader/domain.h"
#include "loader/guest_memory.h"
#include "loader/lib/format.h"
#include "loader/lib/log.h"
#include "loader/machine.h"
#include "loader/options.h"
#include "loader/stage.h"
#include "loader/start_info.h"
#include "loader/terminal.h"
#include "loader/version.h"
#include "loader/x86/descriptor_tables.h"
#include "loader/x86/fpu.h"
#include "loader/x86/paging.h"
#include "loader/x86/tsc.h"
#include "shim/block/pv_disk.h"
#include "shim/firmware.h"

static struct boot_info info;
static char payload_cmdline[BOOT_CMDLINE_MAX];

static void machine_init(void)
{
    stage_reached(STAGE_MAIN);
    descriptor_tables_init();
    fpu_init();
    paging_init();
    xen_detect();
    tsc_init();
    terminal_open();
    stage_reached(STAGE_CONSOLE);
}

static void say_build_id(void)
{
    char text[2 * FIRMWARE_BUILD_ID_BYTES + 1];

    for (size_t i = 0; i < FIRMWARE_BUILD_ID_BYTES; i++)
        format_string(text + 2 * i, 3, "%02x", firmware_build_id.id[i]);
    log_debug("build-id %s", text);
}

static void say_hello(void)
{
    if (xen_detected())
        log_info("version %s, Xen %u.%u, %lu MiB of memory", firmware_version, xen_version_major(),
                 xen_version_minor(), guest_memory_mib());
    else
        log_info("version %s, no Xen, %lu MiB of memory", firmware_version, guest_memory_mib());
    say_build_id();
}

void firmware_main(uint64_t start_info_paddr)
{
    struct options options;
    EFI_HANDLE firmware_handle;
    EFI_STATUS status;

    machine_init();
    if (start_info_parse(start_info_paddr, guest_memory_window, &info))
        machine_crash();
    options_parse(info.cmdline, &options, payload_cmdline, sizeof(payload_cmdline));
    log_set_level(options.log_level);
    if (!terminal_choose(options.console))
        log_warn("main: the console that pvhefi.console= names is not there");
    if (!guest_memory_init(&info))
        machine_crash();
    say_hello();
    domain_open(&info);
    status = firmware_install(&info, &options, &firmware_handle);
    if (status != EFI_SUCCESS)
        machine_crash();
    stage_reached(STAGE_SERVICES);
    pv_disks_install();
    status = boot_manager_run(&info, payload_cmdline, firmware_handle);
    if (EFI_ERROR(status))
        machine_crash();
    machine_power_off();
}
