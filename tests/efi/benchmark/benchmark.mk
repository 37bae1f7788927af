# What boot services cost: $(BENCHMARK_BUILD)/scale.efi, and the command that compares firmwares. How fast disks are read.

BENCHMARK_BUILD := $(BUILD)/benchmark
BENCHMARK_SOURCES := $(sort $(wildcard tests/efi/benchmark/*.c)) $(CONFORMANCE_COMMON) \
	tests/unit/random.c

$(BENCHMARK_BUILD)/scale.efi: $(BENCHMARK_SOURCES:%.c=$(EFI_BUILD)/objects/%.o)
	@mkdir -p $(@D)
	$(EFI_LINK)

.PHONY: benchmark
benchmark: all $(BENCHMARK_BUILD)/scale.efi $(CONFORMANCE_BUILD)/launcher.efi
	tests/efi/benchmark/run

.PHONY: benchmark-reads
benchmark-reads: all $(EFI_BUILD)/reads.efi
	tests/efi/benchmark/reads
