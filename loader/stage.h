/*
 * When the boot reached which stage, by the TSC. The clock's zero is the firmware's first
 * instruction: nothing of the guest runs before it. Boot phase.
 */
#ifndef PVHEFI_LOADER_STAGE_H
#define PVHEFI_LOADER_STAGE_H

#include <stdint.h>

enum boot_stage {
    STAGE_ENTRY,               /* the first instruction, in 32-bit mode */
    STAGE_MAIN,                /* firmware_main(): long mode, C */
    STAGE_CONSOLE,             /* messages can be seen */
    STAGE_SERVICES,            /* the system table is complete */
    STAGE_LOAD_IMAGE,          /* the boot manager loads the image that it has chosen */
    STAGE_START_IMAGE,         /* and starts it */
    STAGE_EXIT_BOOT_SERVICES,  /* the OS calls ExitBootServices */
    STAGE_BOOT_SERVICES_ENDED, /* which returns to it */
    STAGES,
};

/* Of this moment; a stage that comes again (the next boot option, ExitBootServices with a new map
 * key) is remembered as it was last. */
void stage_reached(enum boot_stage stage);

/* 0 when it was not reached. */
uint64_t stage_tsc(enum boot_stage stage);
uint64_t stage_ns(enum boot_stage stage);

#endif
