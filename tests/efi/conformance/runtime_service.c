/* No service is missing: one that is not supported says so. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/memory_view.h"
#include "tests/efi/conformance/runtime.h"

struct service {
    const char *name;
    UINTN offset;
};

#define BOOT(field)                                          \
    {                                                        \
#field, __builtin_offsetof(EFI_BOOT_SERVICES, field) \
    }
#define RUNTIME(field)                                          \
    {                                                           \
#field, __builtin_offsetof(EFI_RUNTIME_SERVICES, field) \
    }

static const struct service boot_services[] = {
    BOOT(RaiseTPL),
    BOOT(RestoreTPL),
    BOOT(AllocatePages),
    BOOT(FreePages),
    BOOT(GetMemoryMap),
    BOOT(AllocatePool),
    BOOT(FreePool),
    BOOT(CreateEvent),
    BOOT(SetTimer),
    BOOT(WaitForEvent),
    BOOT(SignalEvent),
    BOOT(CloseEvent),
    BOOT(CheckEvent),
    BOOT(InstallProtocolInterface),
    BOOT(ReinstallProtocolInterface),
    BOOT(UninstallProtocolInterface),
    BOOT(HandleProtocol),
    BOOT(RegisterProtocolNotify),
    BOOT(LocateHandle),
    BOOT(LocateDevicePath),
    BOOT(InstallConfigurationTable),
    BOOT(LoadImage),
    BOOT(StartImage),
    BOOT(Exit),
    BOOT(UnloadImage),
    BOOT(ExitBootServices),
    BOOT(GetNextMonotonicCount),
    BOOT(Stall),
    BOOT(SetWatchdogTimer),
    BOOT(ConnectController),
    BOOT(DisconnectController),
    BOOT(OpenProtocol),
    BOOT(CloseProtocol),
    BOOT(OpenProtocolInformation),
    BOOT(ProtocolsPerHandle),
    BOOT(LocateHandleBuffer),
    BOOT(LocateProtocol),
    BOOT(InstallMultipleProtocolInterfaces),
    BOOT(UninstallMultipleProtocolInterfaces),
    BOOT(CalculateCrc32),
    BOOT(CopyMem),
    BOOT(SetMem),
    BOOT(CreateEventEx),
};

static const struct service runtime_services[] = {
    RUNTIME(GetTime),
    RUNTIME(SetTime),
    RUNTIME(GetWakeupTime),
    RUNTIME(SetWakeupTime),
    RUNTIME(SetVirtualAddressMap),
    RUNTIME(ConvertPointer),
    RUNTIME(GetVariable),
    RUNTIME(GetNextVariableName),
    RUNTIME(SetVariable),
    RUNTIME(GetNextHighMonotonicCount),
    RUNTIME(ResetSystem),
    RUNTIME(UpdateCapsule),
    RUNTIME(QueryCapsuleCapabilities),
    RUNTIME(QueryVariableInfo),
};

static UINTN address_of(const void *table, const struct service *service)
{
    return *(const UINTN *)((const UINT8 *)table + service->offset);
}

void runtime_service_tests(void)
{
    topic("runtime.boot-service", "4.4");
    for (UINTN i = 0; i < COUNT_OF(boot_services); i++)
        check(boot_services[i].name, address_of(boot, &boot_services[i]) != 0, "it is there");
    topic("runtime.runtime-service", "4.5");
    for (UINTN i = 0; i < COUNT_OF(runtime_services); i++) {
        UINT64 page = address_of(runtime, &runtime_services[i]) & ~(UINT64)(PAGE_BYTES - 1);

        check(runtime_services[i].name, memory_is(page, 1, EfiRuntimeServicesCode),
              "it is there, in code that stays for the OS");
    }
}
