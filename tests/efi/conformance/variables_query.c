/* QueryVariableInfo. */
#include "tests/efi/conformance/check.h"
#include "tests/efi/conformance/variable.h"
#include "tests/efi/conformance/variables.h"

struct info {
    UINT64 storage;
    UINT64 remaining;
    UINT64 variable;
};

static EFI_STATUS query(UINT32 attributes, struct info *info)
{
    return runtime->QueryVariableInfo(attributes, &info->storage, &info->remaining,
                                      &info->variable);
}

static void kind(const char *id, UINT32 attributes)
{
    static const char data[] = "some data that takes room in the storage of variables";
    struct info before = {0};
    struct info after = {0};
    EFI_STATUS status = query(attributes, &before);

    topic(id, "8.2.4");
    check_status("known", status, EFI_SUCCESS, "the storage is known");
    check("storage", before.storage > 0, "it has some size");
    check("remaining", before.remaining <= before.storage, "of which not more than all is left");
    check("variable", before.variable > 0 && before.variable <= before.storage,
          "no variable can be larger");
    variable_set_text(L"Query", attributes, data);
    query(attributes, &after);
    check_number("same-storage", after.storage, before.storage, "its size does not change");
    check_range("less-remaining", before.remaining - after.remaining, sizeof(data) - 1, 4096,
                "a variable takes room");
    variable_delete(L"Query");
}

static void bad_combinations(void)
{
    struct info info;

    topic("variables.query", "8.2.4");
    check_refused("nothing", query(0, &info), "no attributes at all");
    check_refused("runtime-only", query(EFI_VARIABLE_RUNTIME_ACCESS, &info),
                  "runtime access without boot access");
    check_refused("non-volatile-only", query(EFI_VARIABLE_NON_VOLATILE, &info), "no access");
    check_refused("deprecated", query(NV_BS | EFI_VARIABLE_AUTHENTICATED_WRITE_ACCESS, &info),
                  "counter-based authentication");
    for (UINT32 bit = 8; bit < 32; bit++)
        check_refused(numbered("reserved-", bit), query(NV_BS_RT | 1u << bit, &info),
                      "a bit that the specification does not define");
}

static void wrong_parameters(void)
{
    UINT64 number;

    topic("variables.query", "8.2.4");
    check_status("no-storage", runtime->QueryVariableInfo(BS, NULL, &number, &number),
                 EFI_INVALID_PARAMETER, "a place for each number must be given");
    check_status("no-remaining", runtime->QueryVariableInfo(BS, &number, NULL, &number),
                 EFI_INVALID_PARAMETER, "a place for each number must be given");
    check_status("no-variable", runtime->QueryVariableInfo(BS, &number, &number, NULL),
                 EFI_INVALID_PARAMETER, "a place for each number must be given");
}

void variables_query_tests(void)
{
    kind("variables.query-bs", BS);
    kind("variables.query-bs-rt", BS_RT);
    kind("variables.query-nv-bs", NV_BS);
    kind("variables.query-nv-bs-rt", NV_BS_RT);
    bad_combinations();
    wrong_parameters();
}
