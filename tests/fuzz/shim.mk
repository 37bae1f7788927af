# FUZZ_<name> lists what fuzz_<name>.c is linked with; POOL_UNIT_SOURCES is in tests/unit/shim.mk.

FUZZ_device_path := shim/device_path/device_path.c $(filter-out tests/unit/isolated.c,$(POOL_UNIT_SOURCES))
