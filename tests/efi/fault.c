/*
 * Does what a broken boot program does; the command line says what. The firmware must name the
 * fault and end the guest.
 */
#include <efi.h>

#include "tests/efi/options.h"

static void read_null(void)
{
    *(volatile UINT64 *)0;
}

static void divide(void)
{
    __asm__ volatile("xor %%edx, %%edx; xor %%ecx, %%ecx; mov $1, %%eax; div %%ecx"
                     :
                     :
                     : "eax", "ecx", "edx");
}

static void execute_garbage(void)
{
    __asm__ volatile("ud2");
}

/* Through the stack's guard page: the handler needs a stack of its own. */
static void overflow_stack(void)
{
    __asm__ volatile("1: push %rax; jmp 1b");
}

static void use_odd_pointer(void)
{
    *(volatile UINT64 *)0x8000000000000000ull;
}

/* The boot services table's functions are the firmware's code. */
static void write_firmware_code(EFI_SYSTEM_TABLE *table)
{
    *(volatile UINT8 *)table->BootServices->AllocatePages = 0xc3;
}

static void write_runtime_code(EFI_SYSTEM_TABLE *table)
{
    *(volatile UINT8 *)table->RuntimeServices->GetTime = 0xc3;
}

/* The table itself is the firmware's data. */
static void execute_firmware_data(EFI_SYSTEM_TABLE *table)
{
    ((void (*)(void))table->BootServices)();
}

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    if (option_is(image, table, L"null"))
        read_null();
    else if (option_is(image, table, L"divide"))
        divide();
    else if (option_is(image, table, L"garbage"))
        execute_garbage();
    else if (option_is(image, table, L"stack"))
        overflow_stack();
    else if (option_is(image, table, L"pointer"))
        use_odd_pointer();
    else if (option_is(image, table, L"code"))
        write_firmware_code(table);
    else if (option_is(image, table, L"runtime"))
        write_runtime_code(table);
    else if (option_is(image, table, L"data"))
        execute_firmware_data(table);
    return EFI_SUCCESS;
}
