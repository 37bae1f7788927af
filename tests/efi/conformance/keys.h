/*
 * Parts of the keys program (UEFI 2.10 sections 12.2 and 12.3), one a file.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_KEYS_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_KEYS_H

void keys_read_tests(void);
void keys_plain_tests(void);
void keys_notify_tests(void);

#endif
