# FUZZ_<name> lists what fuzz_<name>.c is linked with.

FUZZ_acpi := $(filter-out tables/acpi.c,$(wildcard tables/acpi*.c))
