# Host unit tests: one program per test file, built with the sources it tests and the sanitizers.
# UNIT_<name> lists what test_<name>.c is linked with; UNIT_FLAGS_<name> is for the compiler, of these
# too, which otherwise are compiled once for all programs.

UNIT_CFLAGS = $(CFLAGS) -O1 -fsanitize=address,undefined \
	-fno-sanitize-recover=all -fno-omit-frame-pointer -fno-strict-aliasing
UNIT_BUILD := $(BUILD)/unit

UNIT_NAMES := $(patsubst tests/unit/test_%.c,%,$(wildcard tests/unit/test_*.c))
UNIT_PROGRAMS := $(UNIT_NAMES:%=$(UNIT_BUILD)/test_%)

UNIT_boot_source := loader/boot_source.c
UNIT_format := loader/lib/format.c
UNIT_memory_map := loader/memory_map.c
UNIT_options := loader/options.c
UNIT_pe := $(wildcard loader/pe*.c) tests/unit/pe_builder.c
UNIT_pe_damaged := $(UNIT_pe)
UNIT_pe_load := $(UNIT_pe)
UNIT_pe_relocate := loader/pe_relocate.c
UNIT_start_info := loader/start_info.c
UNIT_string := loader/lib/string.c
UNIT_tree := loader/lib/tree.c tests/unit/random.c
UNIT_utf16 := loader/utf16.c

# Under names of their own, or they would replace the C library's below the sanitizers.
UNIT_FLAGS_string := $(foreach f,memcpy memmove memset memcmp strlen strnlen strcmp strncmp,\
	-D$(f)=pvhefi_$(f)) -ffreestanding

include $(filter-out tests/unit/unit.mk,$(wildcard tests/unit/*.mk))

# Run each time, beside those that are still being built, and all of them even when one fails.
UNIT_RESULTS := $(UNIT_PROGRAMS:=.result)
.PHONY: unit $(UNIT_RESULTS)
unit: $(UNIT_RESULTS)
	@tests/count.sh unit $^

$(UNIT_RESULTS): %.result: %
	@tests/unit/run.sh $< $@

# Kept, for the next program that is linked with them.
.SECONDARY:

define UNIT_OBJECT_RULE
$(UNIT_BUILD)/objects$(1)/%.o: %
	@mkdir -p $$(@D)
	@echo "  HOSTCC  $$<"
	$$(Q)$$(CC) $$(UNIT_CFLAGS) $$(UNIT_FLAGS$(subst -,_,$(1))) -c -o $$@ $$<
endef
$(eval $(call UNIT_OBJECT_RULE,))
$(foreach name,$(UNIT_NAMES),$(if $(UNIT_FLAGS_$(name)),$(eval $(call UNIT_OBJECT_RULE,-$(name)))))

unit_objects = $(patsubst %,$(UNIT_BUILD)/objects$(if $(UNIT_FLAGS_$(1)),-$(1))/%.o,\
	tests/unit/test_$(1).c tests/unit/log_capture.c $(UNIT_$(1)))

.SECONDEXPANSION:
$(UNIT_BUILD)/test_%: $$(call unit_objects,$$*)
	@echo "  HOSTLD  $@"
	$(Q)$(CC) $(UNIT_CFLAGS) -o $@ $(filter %.o,$^) -lcmocka

-include $(shell find $(UNIT_BUILD) -name '*.d' 2>/dev/null)
