#include "shim/runtime/virtual_map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "loader/lib/crc32.h"
#include "shim/runtime/state.h"
#include "tests/unit/runtime_fake.h"

#define IMAGE_PAGES  3
#define STORE_PAGES  2
#define PAGES_BEFORE 16 /* the image, in the same descriptor */
#define TABLE_PAGES  1
#define PAGE_BYTES   4096ull

#define IMAGE_VIRTUAL 0xffffffef00000000ull
#define STORE_VIRTUAL 0xffffffef10000000ull
#define TABLE_VIRTUAL 0xffffffef20000000ull

/* What lies in runtime memory, by whole pages as in the real image. */
static _Alignas(4096) uint8_t area[(PAGES_BEFORE + IMAGE_PAGES) * PAGE_BYTES];
static uint8_t *const image = area + PAGES_BEFORE * PAGE_BYTES;
static _Alignas(4096) uint8_t store[STORE_PAGES * PAGE_BYTES];
static _Alignas(4096) struct {
    EFI_SYSTEM_TABLE system;
    EFI_CONFIGURATION_TABLE configuration[4];
    CHAR16 vendor[8];
} tables;

enum {
    IMAGE,
    STORE,
    TABLES,
    RANGES
};

/* A map as an OS makes it, with descriptors of any size. */
struct map {
    uint8_t bytes[8 * 64];
    UINTN count;
    UINTN descriptor_bytes;
};

static EFI_MEMORY_DESCRIPTOR range_descriptor(int range)
{
    const EFI_MEMORY_DESCRIPTOR descriptors[RANGES] = {
        [IMAGE] = {EfiRuntimeServicesCode, 0, (uintptr_t)image, IMAGE_VIRTUAL, IMAGE_PAGES,
                   EFI_MEMORY_RUNTIME | EFI_MEMORY_WB},
        [STORE] = {EfiRuntimeServicesData, 0, (uintptr_t)store, STORE_VIRTUAL, STORE_PAGES,
                   EFI_MEMORY_RUNTIME | EFI_MEMORY_WB},
        [TABLES] = {EfiRuntimeServicesData, 0, (uintptr_t)&tables, TABLE_VIRTUAL, TABLE_PAGES,
                    EFI_MEMORY_RUNTIME | EFI_MEMORY_WB},
    };

    return descriptors[range];
}

static void map_add(struct map *map, const EFI_MEMORY_DESCRIPTOR *descriptor)
{
    memcpy(map->bytes + map->count++ * map->descriptor_bytes, descriptor, sizeof(*descriptor));
}

static struct map map_of(UINTN descriptor_bytes)
{
    struct map map = {.descriptor_bytes = descriptor_bytes};

    memset(map.bytes, 0xaa, sizeof(map.bytes));
    for (int range = 0; range < RANGES; range++) {
        EFI_MEMORY_DESCRIPTOR descriptor = range_descriptor(range);

        map_add(&map, &descriptor);
    }
    return map;
}

/* A map whose descriptor of `range` is the given one. */
static struct map map_with(int range, const EFI_MEMORY_DESCRIPTOR *descriptor)
{
    struct map map = map_of(sizeof(*descriptor));

    memcpy(map.bytes + (size_t)range * sizeof(*descriptor), descriptor, sizeof(*descriptor));
    return map;
}

static EFI_STATUS apply(struct map *map)
{
    return runtime_fake_exports.services->SetVirtualAddressMap(
        map->count * map->descriptor_bytes, map->descriptor_bytes, EFI_MEMORY_DESCRIPTOR_VERSION,
        (EFI_MEMORY_DESCRIPTOR *)map->bytes);
}

/* The services as they would be if they lay in the image: one every 16 bytes. */
static void place_services(EFI_RUNTIME_SERVICES *services)
{
    uint8_t *pointers = (uint8_t *)services;
    uint64_t address = (uintptr_t)image;

    for (size_t at = offsetof(EFI_RUNTIME_SERVICES, GetTime); at < sizeof(*services); at += 8) {
        if (at == offsetof(EFI_RUNTIME_SERVICES, SetVirtualAddressMap) ||
            at == offsetof(EFI_RUNTIME_SERVICES, ConvertPointer))
            continue;
        memcpy(pointers + at, &address, sizeof(address));
        address += 16;
    }
}

static int start(void **state)
{
    struct runtime_parameters *parameters = &runtime_state.parameters;

    (void)state;
    runtime_fake_start(PAGE_BYTES, 0);
    runtime_state.image = image;
    runtime_state.image_bytes = IMAGE_PAGES * PAGE_BYTES;
    parameters->variable_store = store;
    parameters->variable_store_bytes = sizeof(store);
    runtime_state.variables = (struct variable_store *)(void *)store;
    parameters->system_table = &tables.system;
    tables.system = (EFI_SYSTEM_TABLE){
        .Hdr.HeaderSize = sizeof(EFI_SYSTEM_TABLE),
        .FirmwareVendor = tables.vendor,
        .RuntimeServices = (EFI_RUNTIME_SERVICES *)(void *)(image + 2 * PAGE_BYTES),
        .NumberOfTableEntries = 4,
        .ConfigurationTable = tables.configuration,
    };
    tables.configuration[0].VendorTable = (void *)0x1000;
    place_services(&runtime_state.services);
    runtime_state.at_runtime = true;
    return 0;
}

static int stop(void **state)
{
    (void)state;
    runtime_fake_stop();
    return 0;
}

static void assert_crc(EFI_TABLE_HEADER *header)
{
    uint32_t crc = header->CRC32;

    header->CRC32 = 0;
    assert_int_equal(crc, crc32_compute(header, header->HeaderSize));
    header->CRC32 = crc;
}

static void assert_services_moved(void)
{
    EFI_RUNTIME_SERVICES expected = runtime_state.services;
    uint8_t *pointers = (uint8_t *)&expected;
    uint64_t pointer;

    place_services(&expected);
    for (size_t at = offsetof(EFI_RUNTIME_SERVICES, GetTime); at < sizeof(expected); at += 8) {
        if (at == offsetof(EFI_RUNTIME_SERVICES, SetVirtualAddressMap) ||
            at == offsetof(EFI_RUNTIME_SERVICES, ConvertPointer))
            continue;
        memcpy(&pointer, pointers + at, sizeof(pointer));
        pointer += IMAGE_VIRTUAL - (uintptr_t)image;
        memcpy(pointers + at, &pointer, sizeof(pointer));
    }
    assert_memory_equal(&runtime_state.services, &expected, sizeof(expected));
    assert_ptr_equal(runtime_state.services.SetVirtualAddressMap, virtual_map_set);
    assert_ptr_equal(runtime_state.services.ConvertPointer, virtual_map_convert_pointer);
}

static void assert_moved(void)
{
    uint64_t vendor = TABLE_VIRTUAL + ((uintptr_t)tables.vendor - (uintptr_t)&tables);
    uint64_t configuration = TABLE_VIRTUAL + ((uintptr_t)tables.configuration - (uintptr_t)&tables);

    assert_services_moved();
    assert_int_equal((uintptr_t)tables.system.RuntimeServices, IMAGE_VIRTUAL + 2 * PAGE_BYTES);
    assert_int_equal((uintptr_t)tables.system.FirmwareVendor, vendor);
    assert_int_equal((uintptr_t)tables.system.ConfigurationTable, configuration);
    assert_int_equal((uintptr_t)runtime_state.variables, STORE_VIRTUAL);
    /* What the entries point to is the OS's to find. */
    assert_ptr_equal(tables.configuration[0].VendorTable, (void *)0x1000);
    assert_crc(&tables.system.Hdr);
    assert_crc(&runtime_state.services.Hdr);
}

/* The call fails and leaves everything as it was; afterwards the right map is still welcome. */
static void assert_refused(struct map *map, EFI_STATUS expected)
{
    struct runtime_state state_before = runtime_state;
    EFI_SYSTEM_TABLE table_before = tables.system;
    struct map good = map_of(sizeof(EFI_MEMORY_DESCRIPTOR));

    assert_int_equal(apply(map), expected);
    assert_memory_equal(&runtime_state, &state_before, sizeof(state_before));
    assert_memory_equal(&tables.system, &table_before, sizeof(table_before));
    assert_int_equal(apply(&good), EFI_SUCCESS);
    runtime_state = state_before;
    tables.system = table_before;
}

static void everything_moves_once(void **state)
{
    struct map map = map_of(sizeof(EFI_MEMORY_DESCRIPTOR));

    (void)state;
    assert_int_equal(apply(&map), EFI_SUCCESS);
    assert_moved();
    assert_int_equal(apply(&map), EFI_UNSUPPORTED);
    assert_moved();
}

static void descriptors_may_be_larger(void **state)
{
    static const UINTN sizes[] = {41, 48, 56, 64};

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct map map = map_of(sizes[i]);

        start(state);
        assert_int_equal(apply(&map), EFI_SUCCESS);
        assert_moved();
    }
}

static void boot_is_too_early(void **state)
{
    struct map map = map_of(sizeof(EFI_MEMORY_DESCRIPTOR));

    (void)state;
    runtime_state.at_runtime = false;
    assert_int_equal(apply(&map), EFI_UNSUPPORTED);
}

static void the_form_is_checked(void **state)
{
    EFI_RUNTIME_SERVICES *services = runtime_fake_exports.services;
    struct map map = map_of(sizeof(EFI_MEMORY_DESCRIPTOR));
    EFI_MEMORY_DESCRIPTOR *descriptors = (EFI_MEMORY_DESCRIPTOR *)(void *)map.bytes;
    UINTN bytes = map.count * map.descriptor_bytes;

    (void)state;
    assert_int_equal(services->SetVirtualAddressMap(bytes, 40, 0, descriptors),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(services->SetVirtualAddressMap(bytes, 40, 2, descriptors),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(services->SetVirtualAddressMap(bytes, 39, 1, descriptors),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(services->SetVirtualAddressMap(bytes, 0, 1, descriptors),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(services->SetVirtualAddressMap(bytes, 40, 1, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(services->SetVirtualAddressMap(0, 40, 1, descriptors), EFI_NO_MAPPING);
    assert_int_equal(services->SetVirtualAddressMap(bytes, UINT64_MAX, 1, descriptors),
                     EFI_NO_MAPPING);
    /* The last descriptor is not there as a whole. */
    assert_int_equal(services->SetVirtualAddressMap(bytes - 1, 40, 1, descriptors), EFI_NO_MAPPING);
    assert_int_equal(services->SetVirtualAddressMap(bytes + 39, 40, 1, descriptors), EFI_SUCCESS);
}

static void each_range_must_be_mapped(void **state)
{
    (void)state;
    for (int range = 0; range < RANGES; range++) {
        EFI_MEMORY_DESCRIPTOR descriptor = range_descriptor(range);
        struct map map;

        descriptor.Attribute = EFI_MEMORY_WB;
        map = map_with(range, &descriptor);
        assert_refused(&map, EFI_NO_MAPPING);
        descriptor = range_descriptor(range);
        descriptor.NumberOfPages--;
        map = map_with(range, &descriptor);
        assert_refused(&map, EFI_NO_MAPPING);
        descriptor = range_descriptor(range);
        descriptor.PhysicalStart += PAGE_BYTES;
        map = map_with(range, &descriptor);
        assert_refused(&map, EFI_NO_MAPPING);
    }
}

static void hostile_descriptors_map_nothing(void **state)
{
    (void)state;
    for (int range = 0; range < RANGES; range++) {
        const EFI_MEMORY_DESCRIPTOR good = range_descriptor(range);
        EFI_MEMORY_DESCRIPTOR hostile[] = {good, good, good, good, good, good};

        hostile[0].NumberOfPages = UINT64_MAX;
        hostile[1].NumberOfPages = UINT64_MAX / PAGE_BYTES;
        hostile[2].VirtualStart = UINT64_MAX - PAGE_BYTES + 1; /* wraps after the first page */
        hostile[2].NumberOfPages += 1;
        hostile[3].VirtualStart += 8;
        hostile[4].PhysicalStart = 0;
        hostile[4].NumberOfPages = UINT64_C(1) << 52;
        hostile[5].NumberOfPages = UINT64_C(1) << 52;
        for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
            struct map map = map_with(range, &hostile[i]);

            assert_refused(&map, EFI_NO_MAPPING);
        }
    }
}

static void the_image_must_stay_in_one_piece(void **state)
{
    EFI_MEMORY_DESCRIPTOR first = range_descriptor(IMAGE);
    EFI_MEMORY_DESCRIPTOR second = first;
    struct map map;

    (void)state;
    first.NumberOfPages = 2;
    second.PhysicalStart += 2 * PAGE_BYTES;
    second.VirtualStart += 2 * PAGE_BYTES;
    second.NumberOfPages = 1;
    map = map_with(IMAGE, &first);
    map_add(&map, &second);
    assert_refused(&map, EFI_NO_MAPPING);
}

static void one_descriptor_may_cover_more(void **state)
{
    EFI_MEMORY_DESCRIPTOR descriptor = range_descriptor(IMAGE);
    struct map map;

    (void)state;
    descriptor.PhysicalStart -= PAGES_BEFORE * PAGE_BYTES;
    descriptor.VirtualStart -= PAGES_BEFORE * PAGE_BYTES;
    descriptor.NumberOfPages += PAGES_BEFORE;
    map = map_with(IMAGE, &descriptor);
    assert_int_equal(apply(&map), EFI_SUCCESS);
    assert_moved();
}

static void absent_pointers_stay_absent(void **state)
{
    struct map map = map_of(sizeof(EFI_MEMORY_DESCRIPTOR));

    (void)state;
    tables.system.ConfigurationTable = NULL;
    tables.system.NumberOfTableEntries = 0;
    assert_int_equal(apply(&map), EFI_SUCCESS);
    assert_null(tables.system.ConfigurationTable);
    assert_crc(&tables.system.Hdr);
}

static void convert_pointer_has_no_map_outside_of_the_call(void **state)
{
    EFI_RUNTIME_SERVICES *services = runtime_fake_exports.services;
    struct map map = map_of(sizeof(EFI_MEMORY_DESCRIPTOR));
    void *pointer = image;
    void *null = NULL;

    (void)state;
    for (int applied = 0; applied < 2; applied++) {
        assert_int_equal(services->ConvertPointer(0, &pointer), EFI_NOT_FOUND);
        assert_ptr_equal(pointer, image);
        assert_int_equal(services->ConvertPointer(0, NULL), EFI_INVALID_PARAMETER);
        assert_int_equal(services->ConvertPointer(0, &null), EFI_INVALID_PARAMETER);
        assert_int_equal(services->ConvertPointer(EFI_OPTIONAL_PTR, &null), EFI_SUCCESS);
        assert_null(null);
        apply(&map);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(everything_moves_once),
        TEST(descriptors_may_be_larger),
        TEST(boot_is_too_early),
        TEST(the_form_is_checked),
        TEST(each_range_must_be_mapped),
        TEST(hostile_descriptors_map_nothing),
        TEST(the_image_must_stay_in_one_piece),
        TEST(one_descriptor_may_cover_more),
        TEST(absent_pointers_stay_absent),
        TEST(convert_pointer_has_no_map_outside_of_the_call),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
