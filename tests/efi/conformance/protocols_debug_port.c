/* DebugPort when nobody sends. */
#include "shim/console/debug_port_protocol.h"
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/protocols.h"

#define TIMEOUT_US 1000

void protocols_debug_port_tests(void)
{
    static EFI_GUID guid = EFI_DEBUGPORT_PROTOCOL_GUID;
    EFI_DEBUGPORT_PROTOCOL *port;
    void *found = NULL;
    char byte = 0;
    UINTN bytes = 1;

    topic("protocols.debug-port", "18.3");
    if (boot->LocateProtocol(&guid, NULL, &found) != EFI_SUCCESS) {
        skip_topic("no debug port");
        return;
    }
    port = found;
    check_status("reset", port->Reset(port), EFI_SUCCESS, "it is reset");
    check_status("poll", port->Poll(port), EFI_NOT_READY, "no byte is there");
    check_status("read", port->Read(port, TIMEOUT_US, &bytes, &byte), EFI_TIMEOUT, "none comes");
    check_number("read-count", bytes, 0, "so none is read");
    check_status("write-nothing", port->Write(port, TIMEOUT_US, &bytes, &byte), EFI_SUCCESS,
                 "nothing can be sent");
}
