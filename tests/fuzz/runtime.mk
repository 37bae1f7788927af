# FUZZ_<name> lists what fuzz_<name>.c is linked with; RUNTIME_UNIT_SOURCES is in tests/unit/runtime.mk.

FUZZ_variable := $(RUNTIME_UNIT_SOURCES)
