/*
 * Time as a client gets it under Xen. Prints the date at ten beginnings of a second, for dom0 to
 * compare with its own; measures Stall by Xen's clock; leaves boot services, moves the runtime
 * services to other addresses and compares GetTime with Xen's clock there. That end is told on
 * Xen's debug console.
 */
#include <efi.h>

#include "tests/efi/xen_clock.h"

#define SECONDS_SHOWN 10
#define NS_PER_S      1000000000ll
/* A busy host may wake the guest late. */
#define STALL_TRIES  8
#define STALL_US     1000000u
#define OFFSET_TRIES 16

/* Physical addresses show there a second time: the page tables' second 512 GiB. */
#define ALIAS       (1ull << 39)
#define MAP_BYTES   (32 * 1024)
#define CR0_WP      (1ull << 16)
#define PAGE_FRAMES 0x000ffffffffff000ull

static EFI_SYSTEM_TABLE *system;
static UINT8 map[MAP_BYTES] __attribute__((aligned(8)));

static void print(const CHAR16 *text)
{
    system->ConOut->OutputString(system->ConOut, (CHAR16 *)text);
}

/* `digits` digits of `number`, with zeros in front. */
static CHAR16 *put(CHAR16 *to, UINT64 number, UINTN digits)
{
    for (UINTN i = digits; i-- > 0; number /= 10)
        to[i] = L'0' + number % 10;
    return to + digits;
}

static void print_time(const EFI_TIME *time)
{
    CHAR16 line[40] = L"clock: ";
    CHAR16 *end = put(line + 7, time->Year, 4);

    *end++ = L'-';
    end = put(end, time->Month, 2);
    *end++ = L'-';
    end = put(end, time->Day, 2);
    *end++ = L' ';
    end = put(end, time->Hour, 2);
    *end++ = L':';
    end = put(end, time->Minute, 2);
    *end++ = L':';
    end = put(end, time->Second, 2);
    *end++ = L'\r';
    *end++ = L'\n';
    *end = 0;
    print(line);
}

static EFI_STATUS show_seconds(void)
{
    EFI_TIME last;
    EFI_TIME now;
    EFI_STATUS status = system->RuntimeServices->GetTime(&last, NULL);

    for (UINTN i = 0; i < SECONDS_SHOWN && status == EFI_SUCCESS; i++) {
        do {
            system->BootServices->Stall(1000);
            status = system->RuntimeServices->GetTime(&now, NULL);
        } while (status == EFI_SUCCESS && now.Second == last.Second);
        print_time(&now);
        last = now;
    }
    return status;
}

/* Never too short, and at most 1 % too long. */
static EFI_STATUS check_stall(void)
{
    for (UINTN i = 0; i < STALL_TRIES; i++) {
        UINT64 start = xen_clock_ns();
        INT64 off;

        system->BootServices->Stall(STALL_US);
        off = (INT64)(xen_clock_ns() - start) - NS_PER_S;
        if (off < -NS_PER_S / 100)
            return EFI_DEVICE_ERROR;
        if (off <= NS_PER_S / 100)
            return EFI_SUCCESS;
    }
    return EFI_TIMEOUT;
}

/* Of the month only: a test that runs over midnight of its last day is repeated. */
static INT64 ns_of(const EFI_TIME *time)
{
    INT64 minutes = (time->Day * 24 + time->Hour) * 60 + time->Minute;

    return (minutes * 60 + time->Second) * NS_PER_S + time->Nanosecond;
}

/*
 * How far GetTime is ahead of Xen's clock: by the call that took the shortest of some, since a busy
 * host may take the CPU away in the middle of one.
 */
static EFI_STATUS read_offset(INT64 *ret_ns)
{
    UINT64 shortest = ~0ull;

    for (UINTN i = 0; i < OFFSET_TRIES; i++) {
        EFI_TIME time;
        UINT64 start = xen_clock_ns();
        EFI_STATUS status = system->RuntimeServices->GetTime(&time, NULL);
        UINT64 end = xen_clock_ns();

        if (status != EFI_SUCCESS)
            return status;
        if (end - start < shortest) {
            shortest = end - start;
            *ret_ns = ns_of(&time) - (INT64)(start + shortest / 2);
        }
    }
    return EFI_SUCCESS;
}

static EFI_STATUS exit_boot_services(EFI_HANDLE image, UINTN *ret_bytes, UINTN *ret_descriptor)
{
    UINTN key;
    UINT32 version;
    EFI_STATUS status;

    for (UINTN i = 0; i < 2; i++) {
        *ret_bytes = MAP_BYTES;
        status = system->BootServices->GetMemoryMap(ret_bytes, (EFI_MEMORY_DESCRIPTOR *)map, &key,
                                                    ret_descriptor, &version);
        if (status == EFI_SUCCESS)
            status = system->BootServices->ExitBootServices(image, key);
        if (status == EFI_SUCCESS)
            return status;
    }
    return status;
}

/* The first 512 GiB once more behind themselves. */
static void make_alias(void)
{
    UINT64 cr0;
    UINT64 cr3;
    volatile UINT64 *top;

    __asm__ volatile("mov %%cr0, %0" : "=r"(cr0));
    __asm__ volatile("mov %%cr3, %0" : "=r"(cr3));
    top = (volatile UINT64 *)(cr3 & PAGE_FRAMES);
    __asm__ volatile("mov %0, %%cr0" : : "r"(cr0 & ~CR0_WP) : "memory");
    top[1] = top[0];
    __asm__ volatile("mov %0, %%cr0" : : "r"(cr0) : "memory");
    __asm__ volatile("mov %0, %%cr3" : : "r"(cr3) : "memory");
}

static EFI_STATUS move_runtime(UINTN bytes, UINTN descriptor_bytes)
{
    for (UINTN offset = 0; offset + descriptor_bytes <= bytes; offset += descriptor_bytes) {
        EFI_MEMORY_DESCRIPTOR *descriptor = (EFI_MEMORY_DESCRIPTOR *)(map + offset);

        descriptor->VirtualStart = descriptor->PhysicalStart + ALIAS;
    }
    return system->RuntimeServices->SetVirtualAddressMap(
        bytes, descriptor_bytes, EFI_MEMORY_DESCRIPTOR_VERSION, (EFI_MEMORY_DESCRIPTOR *)map);
}

static const char *check_after_boot(EFI_HANDLE image, INT64 before)
{
    UINTN bytes;
    UINTN descriptor_bytes;
    INT64 after;

    if (exit_boot_services(image, &bytes, &descriptor_bytes) != EFI_SUCCESS)
        return "clock: ExitBootServices failed\n";
    make_alias();
    if (move_runtime(bytes, descriptor_bytes) != EFI_SUCCESS)
        return "clock: SetVirtualAddressMap failed\n";
    if ((UINT64)system->RuntimeServices < ALIAS || (UINT64)system->RuntimeServices->GetTime < ALIAS)
        return "clock: the services did not move\n";
    if (read_offset(&after) != EFI_SUCCESS)
        return "clock: GetTime failed\n";
    if (after - before > NS_PER_S / 100 || before - after > NS_PER_S / 100)
        return "clock: GetTime is another one at runtime\n";
    return "clock: right after SetVirtualAddressMap\n";
}

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    EFI_STATUS status;
    INT64 offset;

    system = table;
    if (xen_clock_ns() == 0)
        return EFI_UNSUPPORTED;
    print(L"clock: begin\r\n");
    status = show_seconds();
    if (status != EFI_SUCCESS)
        return status;
    status = check_stall();
    if (status != EFI_SUCCESS)
        return status;
    print(L"clock: Stall is right\r\n");
    status = read_offset(&offset);
    if (status != EFI_SUCCESS)
        return status;
    xen_debug_print(check_after_boot(image, offset));
    system->RuntimeServices->ResetSystem(EfiResetShutdown, EFI_SUCCESS, 0, NULL);
    return EFI_ABORTED;
}
