# Device paths as text, and file name patterns; PATH_TEXT_UNIT_SOURCES is in
# tests/unit/device_path.mk.

PATH_TEXT_FUZZ_SOURCES = $(filter-out tests/unit/isolated.c,$(PATH_TEXT_UNIT_SOURCES))

FUZZ_device_path_to_text = $(PATH_TEXT_FUZZ_SOURCES)
FUZZ_device_path_from_text = $(PATH_TEXT_FUZZ_SOURCES)
FUZZ_metai_match := shim/text/pattern.c shim/text/unicode_case.c
