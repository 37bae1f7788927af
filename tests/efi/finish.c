/*
 * Ends in the way that the command line says: by a status, by Exit, by ResetSystem.
 */
#include <efi.h>

#include "tests/efi/options.h"

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
    return EFI_SUCCESS;
}
