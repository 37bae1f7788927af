/*
 * Variables at run time.
 */
#ifndef PVHEFI_TESTS_EFI_CONFORMANCE_EXIT_VARIABLE_H
#define PVHEFI_TESTS_EFI_CONFORMANCE_EXIT_VARIABLE_H

/* The topic's name; leaves the variables as they were. */
void exit_variable_tests(const char *id);

#endif
