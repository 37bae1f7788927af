# pvhefi: UEFI firmware for Xen PVH guests.
#
#   make            build $(BUILD)/pvhefi.elf
#   make demo       install what is missing, build, boot a Debian kernel under Xen on this terminal
#   make check      all tests that fit into twenty minutes;  make check-full  the slow matrix too
#   make unit fuzz lint                    parts of it; tests/check --help names all
#   make check-toolstacks                  guests of an xl with contrib/xen's patches: part of check-full
#   make compare    pvhefi, OvmfXen and direct boot side by side: build/compare/report.html
#   make benchmark                         instructions that boot services take, here and on OVMF
#   make benchmark-reads                   reads from PV disks, here and by Linux's dd
#   make picture                           docs/console.svg, from a new boot
#   make install    firmware, man page, examples (packaging/install.mk);  uninstall
#   make dist deb   a tarball; a Debian package of it, in build/deb/
#
# CC=clang builds with clang, BUILD=dir somewhere else.

CC      := $(if $(filter default undefined,$(origin CC)),gcc,$(CC))
LD      := ld
OBJCOPY := objcopy
BUILD   ?= build

# VERSION=... builds as another version; SOURCE_DATE_EPOCH is its time, in seconds since 1970.
TREE_VERSION := $(shell packaging/version)
VERSION := $(word 1,$(TREE_VERSION))
SOURCE_DATE_EPOCH ?= $(word 2,$(TREE_VERSION))

WARNINGS := -Wall -Wextra -Wshadow -Wvla -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wcast-qual -Wwrite-strings -Wundef -Wformat=2 -Wimplicit-fallthrough \
	-Wold-style-definition -Werror
# Newer gnu-efi's CHAR16 is wchar_t, which has to be as wide as char16_t.
DEFINES  := -DGNU_EFI_USE_MS_ABI -fshort-wchar -D__XEN_INTERFACE_VERSION__=0x00040e00
INCLUDES := -I. -isystem /usr/include/efi
# Not version 5: into its line tables clang's assembler writes the folder that the sources are in.
CFLAGS   = -std=gnu11 -Os -gdwarf-4 $(WARNINGS) $(DEFINES) $(INCLUDES) -MD -MP \
	-ffile-prefix-map=$(CURDIR)=.
# No SSE in the firmware itself: clients' vector registers pass through every service untouched.
TARGET_CFLAGS = $(CFLAGS) -ffreestanding -mgeneral-regs-only -mno-red-zone -fno-strict-aliasing \
	-fno-asynchronous-unwind-tables -fno-stack-protector -fcf-protection=none \
	-ffunction-sections -fdata-sections
FIRMWARE_CFLAGS = $(TARGET_CFLAGS) -fno-pic -fno-pie -mcmodel=small
RUNTIME_CFLAGS  = $(TARGET_CFLAGS) -fpic -include shim/runtime/hidden.h
LDFLAGS := -nostdlib -static --fatal-warnings --gc-sections -z noexecstack -z max-page-size=4096

# shim/runtime/ is an image of its own, but for the calendar, which both have.
FIRMWARE_SOURCES := $(sort $(wildcard loader/*.c loader/lib/*.c loader/x86/*.[cS] hypercall/*.c \
	hypercall/x86/*.[cS] tables/*.c shim/*.c $(filter-out shim/runtime/%,$(wildcard shim/*/*.[cS]))) \
	shim/runtime/calendar.c)
# The runtime image is linked by itself: what it needs from elsewhere is named here.
RUNTIME_SOURCES := $(sort $(wildcard shim/runtime/*.c shim/runtime/x86/*.[cS])) \
	hypercall/x86/hypercall.S loader/lib/crc32.c loader/lib/string.c loader/utf16.c

FIRMWARE_OBJECTS := $(FIRMWARE_SOURCES:%=$(BUILD)/firmware/%.o) $(BUILD)/runtime.bin.o
RUNTIME_OBJECTS  := $(RUNTIME_SOURCES:%=$(BUILD)/runtime/%.o)

# V=1 shows the commands.
Q := $(if $(V),,@)

.DELETE_ON_ERROR:
.PHONY: all clean
all: $(BUILD)/pvhefi.elf

# Flags count for the build-id, also those that change debugging information only.
$(FIRMWARE_OBJECTS) $(RUNTIME_OBJECTS): Makefile

# The symbols stay in a file of their own: the guest loads only what it runs.
$(BUILD)/pvhefi.elf: $(BUILD)/pvhefi.debug.elf
	@echo "  STRIP   $@"
	$(Q)$(OBJCOPY) --strip-all $< $@

$(BUILD)/pvhefi.debug.elf: $(FIRMWARE_OBJECTS) loader/x86/pvhefi.lds
	@echo "  LD      $@"
	$(Q)$(LD) $(LDFLAGS) --build-id=sha1 -T loader/x86/pvhefi.lds -Map=$(@:.elf=.map) -o $@ \
		$(FIRMWARE_OBJECTS)

$(BUILD)/runtime.bin: $(BUILD)/runtime.elf
	$(Q)$(OBJCOPY) -O binary $< $@

# Position independent without relocations: a leftover one would be a pointer that nobody moves.
$(BUILD)/runtime.elf: $(RUNTIME_OBJECTS) shim/runtime/x86/runtime.lds
	@echo "  LD      $@"
	$(Q)$(LD) $(LDFLAGS) --build-id=none -pie --no-dynamic-linker -z text \
		-T shim/runtime/x86/runtime.lds -Map=$(@:.elf=.map) -o $@ $(RUNTIME_OBJECTS)
	@if readelf -rW $@ | grep -q R_X86; then \
		echo "$@: unresolved relocations" >&2; readelf -rW $@ >&2; exit 1; fi

$(BUILD)/runtime.bin.o: shim/runtime_blob.S $(BUILD)/runtime.bin
	@mkdir -p $(@D)
	@echo "  CC      $<"
	$(Q)$(CC) $(FIRMWARE_CFLAGS) -DRUNTIME_BLOB='"$(BUILD)/runtime.bin"' -c -o $@ $<

$(BUILD)/firmware/%.o: %
	@mkdir -p $(@D)
	@echo "  CC      $<"
	$(Q)$(CC) $(FIRMWARE_CFLAGS) -c -o $@ $<

$(BUILD)/runtime/%.o: %
	@mkdir -p $(@D)
	@echo "  CC      $< (runtime)"
	$(Q)$(CC) $(RUNTIME_CFLAGS) -c -o $@ $<

# One file knows the version, whoever compiles it: a new commit changes that alone.
VERSIONED := $(BUILD)/firmware/loader/version.c.o $(BUILD)/unit/objects/loader/version.c.o \
	$(BUILD)/lint/loader/version.c.ok
VERSION_DEFINES := -DPVHEFI_VERSION='"$(VERSION)"' \
	-DPVHEFI_DATE='"$(shell date -u -d @$(SOURCE_DATE_EPOCH) +%m/%d/%Y)"'
$(VERSIONED): DEFINES += $(VERSION_DEFINES)
$(VERSIONED): $(BUILD)/version

.PHONY: force
$(BUILD)/version: force
	@mkdir -p $(@D)
	@echo "$(VERSION_DEFINES)" | cmp -s - $@ || echo "$(VERSION_DEFINES)" >$@

clean:
	rm -rf $(BUILD)

include packaging/install.mk packaging/dist.mk

# Both install what this machine lacks, so that they are all that a newcomer has to type.
.PHONY: packages demo check check-full check-toolstacks compare picture lint lint-cppcheck lint-format format
packages:
	@tests/on-debian

demo: packages
	@$(MAKE) all
	tests/rig/pvh-rig --live

check: packages
	@tests/check

check-full: packages
	@tests/check --full

check-toolstacks: packages
	@PACKAGE_LIST=tests/toolstacks/packages tests/on-debian
	@$(MAKE) all
	tests/toolstacks/run

compare: packages
	@PACKAGE_LIST=tests/compare/packages tests/on-debian
	@$(MAKE) all efi conformance
	tests/compare/run

picture: packages
	@PACKAGE_LIST=tests/picture/packages tests/on-debian
	@$(MAKE) all
	tests/picture/run docs/console.svg

FIRMWARE_C := $(filter %.c,$(FIRMWARE_SOURCES)) $(filter %.c,$(wildcard shim/runtime/*.c \
	shim/runtime/x86/*.c))
C_FILES = $(wildcard $(foreach d,loader hypercall tables shim tests,$(d)/*.[ch] $(d)/*/*.[ch] \
	$(d)/*/*/*.[ch]))
LINT_FLAGS = -std=gnu11 -ffreestanding -mgeneral-regs-only $(DEFINES) $(INCLUDES)

# The long ones first, since they do not share their work.
lint: lint-cppcheck lint-format $(FIRMWARE_C:%=$(BUILD)/lint/%.ok)

lint-cppcheck:
	@echo "  CPPCHECK"
	$(Q)cppcheck --quiet --error-exitcode=1 --enable=warning,performance,portability \
		--inline-suppr --suppressions-list=.cppcheck -I. $(FIRMWARE_C)

# Each version has rules of its own: that of Debian 12 decides.
FORMAT_VERSION := 14
lint-format:
	@if clang-format --version | grep -q "version $(FORMAT_VERSION)\."; then echo "  FORMAT"; \
		clang-format --dry-run -Werror $(C_FILES); else \
		echo "  FORMAT  not looked at: this is not clang-format $(FORMAT_VERSION)"; fi

$(BUILD)/lint/%.ok: % .clang-tidy
	@mkdir -p $(@D)
	@echo "  TIDY    $<"
	$(Q)clang-tidy --quiet $< -- $(LINT_FLAGS) 2>$@.log || { cat $@.log; exit 1; }
	@touch $@

format:
	clang-format -i $(C_FILES)

include tests/unit/unit.mk tests/fuzz/fuzz.mk tests/efi/efi.mk tests/efi/conformance/conformance.mk \
	tests/efi/benchmark/benchmark.mk tests/boot/boot.mk

-include $(FIRMWARE_OBJECTS:.o=.d) $(RUNTIME_OBJECTS:.o=.d)
