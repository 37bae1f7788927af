/*
 * Parts of the memory program (UEFI 2.10 section 7.2), one a file.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_MEMORY_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_MEMORY_H

void memory_allocate_tests(void);
void memory_address_tests(void);
void memory_type_tests(void);
void memory_free_tests(void);
void memory_pool_tests(void);
void memory_map_tests(void);
void memory_key_tests(void);
void memory_attribute_tests(void);
void memory_wrap_tests(void);

#endif
