#include "tests/efi/conformance/hii_routing.h"

#include "tests/efi/conformance/check.h"

EFI_HII_CONFIG_ROUTING_PROTOCOL *hii_routing(void)
{
    EFI_GUID guid = EFI_HII_CONFIG_ROUTING_PROTOCOL_GUID;
    void *found = NULL;

    if (boot->LocateProtocol(&guid, NULL, &found) == EFI_SUCCESS)
        return found;
    skip_topic("no such protocol");
    return NULL;
}
