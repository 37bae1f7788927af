/*
 * Ends in the way that the command line says: by a status, by Exit, by ResetSystem, by the
 * watchdog.
 */
#include <efi.h>

#include "tests/efi/options.h"

#define WATCHDOG_SECONDS 2
/* Those up to 0xffff are the firmware's. */
#define WATCHDOG_CODE 0x10000

/* Nobody answers: the processor does nothing but this until the watchdog has had enough. */
static void hang(EFI_SYSTEM_TABLE *table)
{
    table->BootServices->SetWatchdogTimer(WATCHDOG_SECONDS, WATCHDOG_CODE, 0, NULL);
    for (;;)
        __asm__ volatile("pause");
}

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    EFI_RUNTIME_SERVICES *runtime = table->RuntimeServices;

    if (option_is(image, table, L"error"))
        return EFI_VOLUME_CORRUPTED;
    if (option_is(image, table, L"exit"))
        table->BootServices->Exit(image, EFI_SECURITY_VIOLATION, 0, NULL);
    if (option_is(image, table, L"off"))
        runtime->ResetSystem(EfiResetShutdown, EFI_SUCCESS, 0, NULL);
    if (option_is(image, table, L"cold"))
        runtime->ResetSystem(EfiResetCold, EFI_SUCCESS, 0, NULL);
    if (option_is(image, table, L"warm"))
        runtime->ResetSystem(EfiResetWarm, EFI_SUCCESS, 0, NULL);
    if (option_is(image, table, L"hang"))
        hang(table);
    return EFI_SUCCESS;
}
