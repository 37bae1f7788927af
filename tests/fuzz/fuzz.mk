# Fuzzers of the parsers: libFuzzer with address and undefined behaviour sanitizers, the same inputs
# in every run. FUZZ_RUNS=5000000 digs deeper; FUZZ_<name> lists what fuzz_<name>.c is linked with.

FUZZ_RUNS ?= 50000
FUZZ_CC := clang
# Reporting comparisons takes four fifths of the time, and run.sh has no use for them.
FUZZ_CFLAGS := $(CFLAGS) -O1 -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-coverage=trace-cmp \
	-fno-sanitize-recover=all -fno-omit-frame-pointer -fno-strict-aliasing
FUZZ_BUILD := $(BUILD)/fuzz

FUZZ_NAMES := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_PROGRAMS := $(FUZZ_NAMES:%=$(FUZZ_BUILD)/fuzz_%)

FUZZ_boot_source := loader/boot_source.c
FUZZ_memory_map := loader/memory_map.c
FUZZ_options := loader/options.c
FUZZ_pe := $(wildcard loader/pe*.c)
FUZZ_start_info := loader/start_info.c
FUZZ_utf16 := loader/utf16.c

include $(filter-out tests/fuzz/fuzz.mk,$(wildcard tests/fuzz/*.mk))

# Run each time, beside those that are still being built, and all of them even when one fails.
FUZZ_RESULTS := $(FUZZ_PROGRAMS:=.result)
.PHONY: fuzz $(FUZZ_RESULTS)
fuzz: $(FUZZ_RESULTS)
	@tests/count.sh fuzz $^

$(FUZZ_RESULTS): %.result: %
	@tests/fuzz/run.sh $(FUZZ_RUNS) $< $@

$(FUZZ_BUILD)/objects/%.o: %
	@mkdir -p $(@D)
	@echo "  HOSTCC  $<"
	$(Q)$(FUZZ_CC) $(FUZZ_CFLAGS) -c -o $@ $<

fuzz_objects = $(patsubst %,$(FUZZ_BUILD)/objects/%.o,tests/fuzz/fuzz_$(1).c tests/fuzz/log.c \
	$(FUZZ_$(1)))

.SECONDEXPANSION:
$(FUZZ_BUILD)/fuzz_%: $$(call fuzz_objects,$$*)
	@echo "  HOSTLD  $@"
	$(Q)$(FUZZ_CC) $(FUZZ_CFLAGS) -fsanitize=fuzzer -o $@ $^

-include $(shell find $(FUZZ_BUILD) -name '*.d' 2>/dev/null)
