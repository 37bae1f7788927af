# RUNTIME_UNIT_SOURCES is in tests/unit/runtime.mk.

FUZZ_variable := tests/fuzz/variable_model.c $(RUNTIME_UNIT_SOURCES)
