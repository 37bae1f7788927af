/*
 * Runtime services but those about variables, at run time.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_EXIT_SERVICE_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_EXIT_SERVICE_H

/* The topic's name. */
void exit_service_tests(const char *id);

#endif
