/*
 * The runtime image as it is linked into the firmware, run in this process: copied to one address,
 * started, told to live at another one, and then used there while the first one is gone. An address
 * that was left behind, in code or data, ends in a fault.
 *
 * The image runs in ring 3 here: "cli" faults, and a signal handler steps over it.
 */
#define _GNU_SOURCE

#include "shim/runtime/interface.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include <cmocka.h>

#include "loader/lib/crc32.h"

#define STORE_BYTES 65536
#define TABLE_BYTES 4096
#define PAGE_BYTES  4096u
#define CLI         0xfa

/* Memory that is visible at two addresses. */
struct twice {
    uint8_t *old_address;
    uint8_t *new_address;
    size_t bytes;
};

static struct {
    struct runtime_header header;
    struct twice image;
    struct twice store;
    struct twice tables;
    struct runtime_exports exports;
    EFI_SYSTEM_TABLE *table;
} fixture;

static EFI_GUID vendor = {.Data1 = 1};

static void step_over_cli(int signal_number, siginfo_t *info, void *context)
{
    greg_t *rip = &((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];

    (void)info;
    if (*(const uint8_t *)*rip != CLI) {
        signal(signal_number, SIG_DFL);
        return;
    }
    (*rip)++;
}

/* In each test: cmocka's own handler takes over before it. */
static void allow_cli(void)
{
    struct sigaction action = {.sa_sigaction = step_over_cli, .sa_flags = SA_SIGINFO};

    sigaction(SIGSEGV, &action, NULL);
}

static struct twice map_twice(size_t bytes, int protection)
{
    int file = memfd_create("runtime", 0);
    struct twice twice = {.bytes = bytes};

    assert_true(file >= 0 && ftruncate(file, (off_t)bytes) == 0);
    twice.old_address = mmap(NULL, bytes, protection, MAP_SHARED, file, 0);
    twice.new_address = mmap(NULL, bytes, protection, MAP_SHARED, file, 0);
    assert_true(twice.old_address != MAP_FAILED && twice.new_address != MAP_FAILED);
    close(file);
    return twice;
}

/* The text without write access, the data without execution: as the OS will map them. */
static void protect_image(uint8_t *image)
{
    assert_int_equal(mprotect(image, fixture.header.text_bytes, PROT_READ | PROT_EXEC), 0);
    assert_int_equal(mprotect(image + fixture.header.text_bytes,
                              fixture.header.image_bytes - fixture.header.text_bytes,
                              PROT_READ | PROT_WRITE),
                     0);
}

static void load_image(void)
{
    FILE *file = fopen(RUNTIME_BLOB, "rb");

    assert_non_null(file);
    assert_int_equal(fread(&fixture.header, sizeof(fixture.header), 1, file), 1);
    rewind(file);
    fixture.image = map_twice(fixture.header.image_bytes, PROT_READ | PROT_WRITE);
    assert_int_equal(fread(fixture.image.old_address, 1, fixture.header.image_bytes, file),
                     fixture.header.file_bytes);
    fclose(file);
    protect_image(fixture.image.old_address);
    protect_image(fixture.image.new_address);
}

static struct runtime_followers followers;

static int start(void **state)
{
    struct runtime_parameters parameters = {.wall_clock = {.multiplier = 1, .shift = -63}};
    runtime_start_function start_image;

    (void)state;
    load_image();
    fixture.store = map_twice(STORE_BYTES, PROT_READ | PROT_WRITE);
    fixture.tables = map_twice(TABLE_BYTES, PROT_READ | PROT_WRITE);
    fixture.table = (EFI_SYSTEM_TABLE *)(void *)fixture.tables.old_address;
    fixture.table->Hdr.HeaderSize = sizeof(*fixture.table);
    parameters.system_table = fixture.table;
    parameters.variable_store = fixture.store.old_address;
    parameters.followers = &followers;
    parameters.variable_store_bytes = STORE_BYTES;
    start_image = (runtime_start_function)(uintptr_t)(fixture.image.old_address +
                                                      fixture.header.start_offset);
    start_image(&parameters, &fixture.exports);
    fixture.table->RuntimeServices = fixture.exports.services;
    return 0;
}

static void the_header_describes_the_image(void **state)
{
    const struct runtime_header *header = &fixture.header;

    (void)state;
    assert_int_equal(header->magic, RUNTIME_MAGIC);
    assert_int_equal(header->text_bytes % PAGE_BYTES, 0);
    assert_int_equal(header->image_bytes % PAGE_BYTES, 0);
    assert_true(header->file_bytes > header->text_bytes);
    assert_true(header->image_bytes >= header->file_bytes);
    assert_true(header->start_offset >= sizeof(*header) &&
                header->start_offset < header->text_bytes);
}

static void assert_in_text(const void *service)
{
    uint64_t offset = (uintptr_t)service - (uintptr_t)fixture.image.old_address;

    assert_true(offset >= sizeof(struct runtime_header) && offset < fixture.header.text_bytes);
}

static void the_services_are_complete(void **state)
{
    EFI_RUNTIME_SERVICES services = *fixture.exports.services;
    const uint8_t *pointers = (const uint8_t *)&services;
    uint64_t offset = (uintptr_t)fixture.exports.services - (uintptr_t)fixture.image.old_address;
    void *service;

    (void)state;
    assert_true(offset >= fixture.header.text_bytes && offset < fixture.header.image_bytes);
    for (size_t at = offsetof(EFI_RUNTIME_SERVICES, GetTime); at < sizeof(services); at += 8) {
        memcpy(&service, pointers + at, sizeof(service));
        assert_in_text(service);
    }
    assert_int_equal(services.Hdr.Signature, EFI_RUNTIME_SERVICES_SIGNATURE);
    assert_int_equal(services.Hdr.Revision, 0x20064);
    assert_int_equal(services.Hdr.HeaderSize, 136);
    services.Hdr.CRC32 = 0;
    assert_int_equal(crc32_compute(&services, sizeof(services)),
                     fixture.exports.services->Hdr.CRC32);
}

static EFI_MEMORY_DESCRIPTOR descriptor_of(const struct twice *twice)
{
    return (EFI_MEMORY_DESCRIPTOR){.PhysicalStart = (uintptr_t)twice->old_address,
                                   .VirtualStart = (uintptr_t)twice->new_address,
                                   .NumberOfPages = twice->bytes / PAGE_BYTES,
                                   .Attribute = EFI_MEMORY_RUNTIME};
}

static EFI_STATUS set_variable(EFI_RUNTIME_SERVICES *services, CHAR16 letter, UINT32 attributes)
{
    CHAR16 name[] = {letter, 0};
    char value[] = "value";

    return services->SetVariable(name, &vendor, attributes, sizeof(value), value);
}

/* Every service is called at the new address, where nothing of the old one is left. */
static void use_moved_services(EFI_RUNTIME_SERVICES *services)
{
    EFI_TIME time;
    CHAR16 name[8] = {0};
    char value[8];
    UINTN name_bytes = sizeof(name);
    UINTN bytes = sizeof(value);
    UINT32 attributes = 0;
    UINT32 high = 0;
    UINT64 size;

    assert_int_equal(services->GetTime(&time, NULL), EFI_SUCCESS);
    assert_int_equal(time.Year, 1970);
    assert_int_equal(set_variable(services, 'b', 7), EFI_SUCCESS);
    assert_int_equal(services->GetNextVariableName(&name_bytes, name, &vendor), EFI_SUCCESS);
    assert_int_equal(name[0], 'a');
    assert_int_equal(services->GetVariable(name, &vendor, &attributes, &bytes, value), EFI_SUCCESS);
    assert_int_equal(attributes, 7);
    assert_string_equal(value, "value");
    assert_int_equal(services->QueryVariableInfo(7, &size, &size, &size), EFI_SUCCESS);
    assert_int_equal(services->GetNextHighMonotonicCount(&high), EFI_SUCCESS);
    assert_int_equal(high, 1);
    assert_int_equal(services->SetTime(&time), EFI_UNSUPPORTED);
    assert_int_equal(services->SetWakeupTime(FALSE, NULL), EFI_UNSUPPORTED);
    assert_int_equal(services->UpdateCapsule(NULL, 0, 0), EFI_INVALID_PARAMETER);
}

static void the_image_lives_where_it_was_moved_to(void **state)
{
    EFI_RUNTIME_SERVICES *services = fixture.exports.services;
    EFI_MEMORY_DESCRIPTOR map[] = {descriptor_of(&fixture.image), descriptor_of(&fixture.store),
                                   descriptor_of(&fixture.tables)};

    (void)state;
    allow_cli();
    assert_int_equal(set_variable(services, 'a', 7), EFI_SUCCESS);
    fixture.exports.leave_boot();
    assert_int_equal(services->SetVirtualAddressMap(sizeof(map), sizeof(map[0]), 1, map),
                     EFI_SUCCESS);
    services = fixture.table->RuntimeServices;
    assert_int_equal((uintptr_t)services - (uintptr_t)fixture.image.new_address,
                     (uintptr_t)fixture.exports.services - (uintptr_t)fixture.image.old_address);
    munmap(fixture.image.old_address, fixture.image.bytes);
    munmap(fixture.store.old_address, fixture.store.bytes);
    munmap(fixture.tables.old_address, fixture.tables.bytes);
    use_moved_services(services);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_header_describes_the_image, start),
        cmocka_unit_test_setup(the_services_are_complete, start),
        cmocka_unit_test_setup(the_image_lives_where_it_was_moved_to, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
