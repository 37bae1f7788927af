# Tests of the runtime image: its own sources, on a machine that only records what is done to it.

RUNTIME_UNIT_SOURCES := tests/unit/runtime_fake.c $(wildcard shim/runtime/*.c) \
	loader/lib/crc32.c loader/utf16.c

UNIT_crc32 := loader/lib/crc32.c
UNIT_calendar := shim/runtime/calendar.c
UNIT_capsule := shim/runtime/capsule.c
UNIT_clock := $(RUNTIME_UNIT_SOURCES)
UNIT_reset := $(RUNTIME_UNIT_SOURCES)
UNIT_variable := tests/unit/variable_calls.c $(RUNTIME_UNIT_SOURCES)
UNIT_variable_names := $(UNIT_variable)
UNIT_variable_define := $(UNIT_variable)
UNIT_variable_set := $(UNIT_variable)
UNIT_variable_store := shim/runtime/variable_store.c
UNIT_virtual_map := $(RUNTIME_UNIT_SOURCES)
UNIT_runtime_image := loader/lib/crc32.c

# That one runs the image as it is linked into the firmware.
UNIT_FLAGS_runtime_image := -DRUNTIME_BLOB='"$(BUILD)/runtime.bin"'
$(BUILD)/unit/test_runtime_image: | $(BUILD)/runtime.bin
