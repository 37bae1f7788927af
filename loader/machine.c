#include "loader/machine.h"

#include "hypercall/detect.h"
#include "hypercall/sched.h"
#include "loader/lib/log.h"
#include "loader/x86/cpu.h"

static _Noreturn void machine_end(unsigned int reason)
{
    if (xen_detected())
        sched_shutdown(reason);
    log_err("machine: halted");
    cpu_halt_forever();
}

void machine_crash(void)
{
    machine_end(SHUTDOWN_crash);
}

void machine_power_off(void)
{
    machine_end(SHUTDOWN_poweroff);
}

void machine_reboot(void)
{
    machine_end(SHUTDOWN_reboot);
}
