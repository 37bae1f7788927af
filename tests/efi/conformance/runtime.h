/*
 * Parts of the runtime program (UEFI 2.10 chapters 4 and 8), one a file.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_RUNTIME_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_RUNTIME_H

void runtime_table_tests(void);
void runtime_service_tests(void);
void runtime_config_tests(void);
void runtime_get_time_tests(void);
void runtime_set_time_tests(void);
void runtime_wakeup_tests(void);
void runtime_capsule_tests(void);
void runtime_virtual_tests(void);

#endif
