/*
 * A client that spins on a variable without calling any service, as drivers do: its timer event
 * must fire all the same. Then a wait in WaitForEvent and one in Stall, measured against the TSC by
 * each other.
 */
#include <efi.h>

/*
 * Half a second has 50 ticks of 10 ms. A busy host may let some pass unseen; more than that would
 * be wrong anywhere.
 */
#define TICKS_MAX 60

static volatile UINT32 ticks;

static void EFIAPI count_tick(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    ticks++;
}

static void print(EFI_SYSTEM_TABLE *table, CHAR16 *text)
{
    table->ConOut->OutputString(table->ConOut, text);
}

static BOOLEAN spin_until(UINT32 wanted)
{
    for (UINT64 i = 0; i < 4000000000ull; i++) {
        if (ticks >= wanted)
            return TRUE;
        __asm__ volatile("pause");
    }
    return FALSE;
}

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    EFI_BOOT_SERVICES *boot = table->BootServices;
    EFI_EVENT timer;
    EFI_EVENT wait;
    UINTN index;
    EFI_STATUS status;

    (void)image;
    status =
        boot->CreateEvent(EVT_TIMER | EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count_tick, NULL, &timer);
    if (status != EFI_SUCCESS)
        return status;
    status = boot->SetTimer(timer, TimerPeriodic, 100000); /* 10 ms */
    if (status != EFI_SUCCESS)
        return status;
    if (!spin_until(3))
        return EFI_TIMEOUT;
    print(table, L"timer: fired while spinning\r\n");

    ticks = 0;
    boot->RaiseTPL(TPL_CALLBACK);
    for (volatile UINT32 i = 0; i < 50000000; i++)
        ;
    if (ticks)
        return EFI_PROTOCOL_ERROR;
    boot->RestoreTPL(TPL_APPLICATION);
    if (!ticks)
        return EFI_NOT_READY;
    print(table, L"timer: waited for its level\r\n");

    status = boot->CreateEvent(EVT_TIMER, 0, NULL, NULL, &wait);
    if (status != EFI_SUCCESS)
        return status;
    ticks = 0;
    boot->SetTimer(wait, TimerRelative, 5000000); /* 500 ms */
    status = boot->WaitForEvent(1, &wait, &index);
    if (status != EFI_SUCCESS)
        return status;
    if (!ticks || ticks > TICKS_MAX)
        return EFI_DEVICE_ERROR;
    print(table, L"timer: fired while waiting\r\n");

    ticks = 0;
    boot->Stall(500000);
    if (!ticks || ticks > TICKS_MAX)
        return EFI_CRC_ERROR;
    print(table, L"timer: fired while stalling\r\n");
    return boot->CloseEvent(timer);
}
