/*
 * Variables, before ExitBootServices.
 */
#include "tests/efi/conformance/variables.h"

#include "tests/efi/conformance/check.h"

EFI_STATUS efi_main(EFI_HANDLE image, EFI_SYSTEM_TABLE *table)
{
    static void (*const tests[])(void) = {
        variables_get_tests,       variables_set_tests,   variables_name_tests,
        variables_attribute_tests, variables_kind_tests,  variables_append_tests,
        variables_next_tests,      variables_query_tests, variables_limit_tests,
        variables_defined_tests,
    };

    return check_run("variables", image, table, tests, COUNT_OF(tests));
}
