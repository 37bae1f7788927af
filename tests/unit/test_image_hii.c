/* EFI_HII_PACKAGE_LIST_PROTOCOL on images with HII resources (UEFI 2.10 section 7.4.1). */
#include "shim/image/image_hii.h"

#include <string.h>

#include "shim/hii/hii_format.h"
#include "shim/image/image.h"
#include "shim/protocol/handle.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/image_fixture.h"
#include "tests/unit/isolated.h"

/* .data: the tree at its beginning, the package list behind it. */
#define TREE_RVA    0x2000
#define TREE_OFFSET 0x400
#define LIST_RVA    0x2080
#define LIST_OFFSET 0x480
#define LIST_BYTES  (sizeof(struct hii_package_list_header) + HII_PACKAGE_HEADER_BYTES)
#define IS_OFFSET   0x80000000u

static const EFI_GUID package_list_guid = EFI_HII_PACKAGE_LIST_PROTOCOL_GUID;

/* Type "HII" and its only name lead to the resource; no relocation may get in the way. */
static struct pe_file file_with_packages(void)
{
    struct pe_file file = image_file(SUBSYSTEM_APPLICATION, NULL);
    uint8_t *tree = file.bytes + TREE_OFFSET;

    pe_put32(&file, PE_RELOCATION_BYTES, 0);
    pe_put32(&file, PE_RESOURCE_RVA, TREE_RVA);
    pe_put32(&file, PE_RESOURCE_BYTES, 0x60);
    memset(tree, 0, 0x80);
    tree[0x0c] = 1;
    pe_put32(&file, TREE_OFFSET + 0x10, IS_OFFSET | 0x50);
    pe_put32(&file, TREE_OFFSET + 0x14, IS_OFFSET | 0x20);
    tree[0x2e] = 1;
    pe_put32(&file, TREE_OFFSET + 0x34, 0x40);
    pe_put32(&file, TREE_OFFSET + 0x40, LIST_RVA);
    pe_put32(&file, TREE_OFFSET + 0x44, LIST_BYTES);
    memcpy(tree + 0x50, u"\x03HII", 8);
    pe_put32(&file, LIST_OFFSET, 0x12345678);
    pe_put32(&file, LIST_OFFSET + 16, LIST_BYTES);
    pe_put32(&file, LIST_OFFSET + 20, hii_package_header(HII_PACKAGE_END, 4));
    return file;
}

static void *packages_of(EFI_HANDLE image)
{
    return handle_get_interface(image, &package_list_guid);
}

static void test_packages_are_on_the_handle(void **state)
{
    struct pe_file file = file_with_packages();
    EFI_HANDLE image = image_load_file(&file);

    (void)state;
    assert_ptr_equal(packages_of(image), (uint8_t *)image_protocol(image)->ImageBase + LIST_RVA);
}

static void test_handle_goes_with_the_image(void **state)
{
    struct pe_file file = file_with_packages();
    EFI_HANDLE image = image_load_file(&file);

    (void)state;
    assert_int_equal(image_unload(image), EFI_SUCCESS);
    assert_null(handle_find(image));
}

static void test_image_without_resources(void **state)
{
    (void)state;
    assert_null(packages_of(image_load_new(SUBSYSTEM_APPLICATION, NULL)));
}

/* It is loaded all the same. */
static void test_damaged_resources(void **state)
{
    struct pe_file file = file_with_packages();

    (void)state;
    pe_put32(&file, PE_RESOURCE_RVA, 0xfffffff0);
    assert_null(packages_of(image_load_file(&file)));
    file = file_with_packages();
    pe_put32(&file, LIST_OFFSET + 16, LIST_BYTES + 1);
    assert_null(packages_of(image_load_file(&file)));
    file = file_with_packages();
    pe_put32(&file, TREE_OFFSET + 0x44, 19);
    assert_null(packages_of(image_load_file(&file)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_packages_are_on_the_handle, image_setup),
        cmocka_unit_test_setup(test_handle_goes_with_the_image, image_setup),
        cmocka_unit_test_setup(test_image_without_resources, image_setup),
        cmocka_unit_test_setup(test_damaged_resources, image_setup),
    };

    return isolated_run(tests);
}
