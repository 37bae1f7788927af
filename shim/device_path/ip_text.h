/*
 * IP addresses as UEFI 2.10 section 10.6.1.6 writes them: 192.168.0.1:80, [FE80::1]:80. Pure but
 * for the builder.
 */
#ifndef PVHEFI_SHIM_DEVICE_PATH_IP_TEXT_H
#define PVHEFI_SHIM_DEVICE_PATH_IP_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include <efi.h>

#include "shim/text/text_builder.h"
#include "shim/text/text_slice.h"

/* A port of 0 is left out. IPv6 addresses have brackets only in front of a port, as elsewhere. */
void ip_text_put_v4(struct text_builder *text, const EFI_IPv4_ADDRESS *address, uint16_t port);
void ip_text_put_v6(struct text_builder *text, const EFI_IPv6_ADDRESS *address, uint16_t port);

/* Every form of RFC 4291 section 2.2 is read. Without a port it is 0. */
bool ip_text_read_v4(struct text_slice slice, EFI_IPv4_ADDRESS *ret_address, uint16_t *ret_port);
bool ip_text_read_v6(struct text_slice slice, EFI_IPv6_ADDRESS *ret_address, uint16_t *ret_port);

#endif
