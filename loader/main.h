#ifndef PVHEFI_LOADER_MAIN_H
#define PVHEFI_LOADER_MAIN_H

#include <stdint.h>

/* Called by loader/x86/entry.S on the firmware's stack, in long mode, interrupts off. */
_Noreturn void firmware_main(uint64_t start_info_paddr);

#endif
