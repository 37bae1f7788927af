#include "tests/unit/protocol_fixture.h"

#include "shim/protocol/protocol_services.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/isolated.h"

EFI_BOOT_SERVICES services;
EFI_GUID guid_a = {.Data1 = 0xa};
EFI_GUID guid_b = {.Data1 = 0xb};
EFI_GUID guid_c = {.Data1 = 0xc};
int a;
int b;
int c;

int protocol_fixture_start(void **state)
{
    fake_memory_setup(state);
    protocol_services_install(&services);
    return 0;
}

EFI_HANDLE install_a_b_c(void)
{
    EFI_HANDLE handle = NULL;

    assert_int_equal(services.InstallMultipleProtocolInterfaces(&handle, &guid_a, &a, &guid_b, &b,
                                                                &guid_c, &c, NULL),
                     EFI_SUCCESS);
    return handle;
}
