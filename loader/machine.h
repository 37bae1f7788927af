/*
 * Ending the machine below the firmware, with or without Xen. Boot phase.
 */
#ifndef PVHEFI_LOADER_MACHINE_H
#define PVHEFI_LOADER_MACHINE_H

/*
 * Ends the guest with Xen's crash reason (`xl list` shows "c", on_crash= decides what follows);
 * without Xen the CPU halts. The caller has told the user why. Needs nothing to be set up.
 */
_Noreturn void machine_crash(void);

/* Ends or restarts it by the runtime image's ResetSystem; after runtime_image_install(). */
_Noreturn void machine_power_off(void);
_Noreturn void machine_reboot(void);

#endif
