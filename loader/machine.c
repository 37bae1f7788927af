#include "loader/machine.h"

#include <stddef.h>

#include <efi.h>

#include "hypercall/detect.h"
#include "hypercall/sched.h"
#include "loader/lib/log.h"
#include "loader/x86/cpu.h"
#include "shim/runtime_image.h"

void machine_crash(void)
{
    if (xen_detected())
        sched_shutdown(SHUTDOWN_crash);
    log_err("machine: halted");
    cpu_halt_forever();
}

static _Noreturn void machine_reset(EFI_RESET_TYPE type)
{
    runtime_image_exports()->services->ResetSystem(type, EFI_SUCCESS, 0, NULL);
    cpu_halt_forever();
}

void machine_power_off(void)
{
    machine_reset(EfiResetShutdown);
}

void machine_reboot(void)
{
    machine_reset(EfiResetCold);
}
