/*
 * Parts of the protocols program (UEFI 2.10 sections 12.8, 18.3, 21.1 and 37.5), one a file.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_PROTOCOLS_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_PROTOCOLS_H

void protocols_compare_tests(void);
void protocols_match_tests(void);
void protocols_case_tests(void);
void protocols_random_tests(void);
void protocols_serial_tests(void);
void protocols_debug_port_tests(void);

#endif
