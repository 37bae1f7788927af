/* Drivers stay when they return. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/fixture.h"
#include "tests/efi/conformance/images.h"
#include "tests/efi/conformance/images_child.h"
#include "tests/efi/conformance/memory_view.h"

static unsigned int calls;
static EFI_STATUS result;
static EFI_STATUS unload_result;
static EFI_HANDLE unloaded;

static EFI_STATUS EFIAPI unload(EFI_HANDLE image)
{
    unloaded = image;
    return unload_result;
}

static EFI_STATUS EFIAPI entry(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    calls++;
    child_protocol(image)->Unload = unload;
    return result;
}

static EFI_STATUS EFIAPI leaves(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    (void)table;
    child_protocol(image)->Unload = unload;
    boot->Exit(image, result, 0, NULL);
    return EFI_SUCCESS;
}

static void stays(const char *id, UINT16 subsystem, EFI_IMAGE_ENTRY_POINT start,
                  EFI_MEMORY_TYPE type)
{
    EFI_HANDLE driver = child_load(subsystem, start);
    EFI_LOADED_IMAGE_PROTOCOL *loaded = child_protocol(driver);
    UINT64 base = loaded ? (UINTN)loaded->ImageBase : 0;

    topic(id, "7.4.2");
    result = EFI_SUCCESS;
    check_status("start", boot->StartImage(driver, NULL, NULL), EFI_SUCCESS, "it is started");
    check_pointer("loaded", child_protocol(driver), loaded, "its image is still there");
    check("memory", memory_is(base, PE_IMAGE_BYTES / PAGE_BYTES, type), "in its memory");
    check_status("again", boot->StartImage(driver, NULL, NULL), EFI_INVALID_PARAMETER,
                 "it cannot be started again");
    topic(id, "7.4.3");
    unload_result = EFI_SUCCESS;
    unloaded = NULL;
    check_status("unload", boot->UnloadImage(driver), EFI_SUCCESS, "it is unloaded");
    check_pointer("unload-handle", unloaded, driver, "after it was asked");
    check_pointer("gone", child_protocol(driver), NULL, "then it is gone");
    check("memory-free", memory_is(base, PE_IMAGE_BYTES / PAGE_BYTES, EfiConventionalMemory),
          "its memory is free");
}

static void fails(const char *id, UINT16 subsystem, EFI_IMAGE_ENTRY_POINT start)
{
    EFI_HANDLE driver = child_load(subsystem, start);

    topic(id, "7.4.2");
    result = EFI_UNSUPPORTED;
    unloaded = NULL;
    check_status("fails", boot->StartImage(driver, NULL, NULL), EFI_UNSUPPORTED,
                 "one that has nothing to do says so");
    check_pointer("fails-gone", child_protocol(driver), NULL, "and is gone");
    check_pointer("fails-unload", unloaded, NULL, "without being asked");
}

/* A driver leaves its own protocol on its own handle: drivers are found by it. */
static void with_protocol(void)
{
    EFI_HANDLE driver = child_load(BOOT_DRIVER, entry);
    EFI_HANDLE found = NULL;
    EFI_STATUS status;
    UINTN bytes = sizeof(found);

    topic("images.boot-driver", "7.4.2");
    result = EFI_SUCCESS;
    boot->StartImage(driver, NULL, NULL);
    status = boot->InstallProtocolInterface(&driver, &test_guids[1], EFI_NATIVE_INTERFACE,
                                            &test_interfaces[1]);
    if (!need_status(status, "protocol on an image handle"))
        return;
    boot->LocateHandle(ByProtocol, &test_guids[1], NULL, &bytes, &found);
    check_pointer("protocol", found, driver, "its protocol is found on its handle");
    boot->UninstallProtocolInterface(driver, &test_guids[1], &test_interfaces[1]);
    boot->UnloadImage(driver);
}

void images_driver_tests(void)
{
    stays("images.boot-driver", BOOT_DRIVER, entry, EfiBootServicesCode);
    stays("images.runtime-driver", RUNTIME_DRIVER, entry, EfiRuntimeServicesCode);
    stays("images.boot-driver-exit", BOOT_DRIVER, leaves, EfiBootServicesCode);
    fails("images.boot-driver", BOOT_DRIVER, entry);
    fails("images.runtime-driver", RUNTIME_DRIVER, entry);
    fails("images.boot-driver-exit", BOOT_DRIVER, leaves);
    with_protocol();
}
