# The Human Interface Infrastructure; HII_PACKAGE_UNIT_SOURCES is in tests/unit/hii.mk.

FUZZ_hii_package_list = $(filter-out tests/unit/isolated.c,$(HII_PACKAGE_UNIT_SOURCES)) \
	shim/hii/hii_font_package.c shim/hii/hii_keyboard_package.c
FUZZ_pe_resource := loader/pe_resource.c
FUZZ_hii_config = $(filter-out tests/unit/isolated.c,$(HII_BLOCK_UNIT_SOURCES))
