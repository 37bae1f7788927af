/*
 * The protocol that carries configuration strings.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_HII_ROUTING_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_HII_ROUTING_H

#include <efi.h>

#include "shim/hii/hii_config_routing.h"

/* NULL, with a SKIP line for the topic, where there is none. */
EFI_HII_CONFIG_ROUTING_PROTOCOL *hii_routing(void);

#endif
