/*
 * The machine below the firmware, with or without Xen: ending it. Boot phase; what works later is
 * in shim/runtime/.
 */
#ifndef PVHEFI_LOADER_MACHINE_H
#define PVHEFI_LOADER_MACHINE_H

/*
 * Ends the guest with Xen's crash reason (`xl list` shows "c", on_crash= decides what follows);
 * without Xen the CPU halts. The caller has told the user why.
 */
_Noreturn void machine_crash(void);

/* The same with Xen's power-off reason. */
_Noreturn void machine_power_off(void);

/* The same with Xen's reboot reason: `on_reboot=` starts the guest again. */
_Noreturn void machine_reboot(void);

#endif
