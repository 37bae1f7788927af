/* A runtime driver, which is relocated by SetVirtualAddressMap. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/exit.h"
#include "tests/efi/conformance/exit_mapping.h"
#include "tests/efi/conformance/images_child.h"

/* Two addresses in the image's data, as the file has them and in memory. */
#define FIRST_OFFSET   0x410
#define SECOND_OFFSET  0x418
#define FIRST_RVA      0x2010
#define SECOND_RVA     0x2018
#define TARGET_RVA     0x2000
#define FIXUPS_OFFSET  0x608
#define FIXUP_FIRST    0xa010
#define FIXUP_SECOND   0xa018
#define FIXUPS_PADDING 3

static UINT8 *base;
static EFI_RUNTIME_SERVICES *services;

static UINT64 *pointer_at(UINTN rva)
{
    return (UINT64 *)(void *)(base + rva);
}

/* The driver converts one of its pointers itself: then nobody else must. */
static void EFIAPI convert(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    services->ConvertPointer(0, (void **)pointer_at(SECOND_RVA));
}

static struct pe_file make_file(void)
{
    struct pe_file file = child_file(RUNTIME_DRIVER, child_succeeds);

    pe_put64(&file, FIRST_OFFSET, PE_PREFERRED_BASE + TARGET_RVA);
    pe_put64(&file, SECOND_OFFSET, PE_PREFERRED_BASE + TARGET_RVA);
    pe_put16(&file, FIXUPS_OFFSET, FIXUP_FIRST);
    pe_put16(&file, FIXUPS_OFFSET + 2, FIXUP_SECOND);
    for (UINTN i = 0; i < FIXUPS_PADDING; i++)
        pe_put16(&file, FIXUPS_OFFSET + 4 + i * 2, 0);
    return file;
}

void exit_driver_prepare(void)
{
    struct pe_file file = make_file();
    EFI_HANDLE driver;
    EFI_EVENT event;

    topic("exit.driver", "7.4.1");
    services = runtime;
    if (!need_status(child_load_file(&file, &driver), "runtime driver") ||
        !need_status(boot->StartImage(driver, NULL, NULL), "runtime driver that stays") ||
        !need_status(
            boot->CreateEvent(EVT_SIGNAL_VIRTUAL_ADDRESS_CHANGE, TPL_NOTIFY, convert, NULL, &event),
            "event"))
        return;
    base = child_protocol(driver)->ImageBase;
    check_number("loaded", *pointer_at(FIRST_RVA), (UINTN)base + TARGET_RVA,
                 "it is relocated to where it is loaded");
}

void exit_driver_tests(void)
{
    UINT64 target = (UINTN)base + TARGET_RVA + MAPPING_OFFSET;

    topic("exit.driver", "8.4.1");
    if (!base || !exit_is_moved())
        return;
    check_number("relocated", *pointer_at(FIRST_RVA), target, "and then to its new address");
    check_number("converted", *pointer_at(SECOND_RVA), target,
                 "but for what it has converted itself");
}
