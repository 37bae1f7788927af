/* Keyboard layouts in the HII database (UEFI 2.10 sections 34.8.10–34.8.12). */
#include "shim/hii/hii_keyboard.h"

#include <string.h>

#include "shim/event/event.h"
#include "shim/hii/hii_database_protocol.h"
#include "shim/hii/hii_format.h"
#include "shim/protocol/locate.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/hii_builder.h"
#include "tests/unit/isolated.h"

#define LAYOUT_BYTES 25u

static const EFI_GUID database_guid = EFI_HII_DATABASE_PROTOCOL_GUID;
static const EFI_GUID group = EFI_HII_SET_KEYBOARD_LAYOUT_EVENT_GUID;
static const EFI_GUID guids[] = {{.Data1 = 1}, {.Data1 = 2}, {.Data1 = 3}, {.Data1 = 4}};

static EFI_HII_DATABASE_PROTOCOL *database;
static uint8_t layout[64];

static int setup(void **state)
{
    EFI_HANDLE handle = NULL;

    fake_memory_setup(state);
    return hii_database_install(&handle) != EFI_SUCCESS ||
           locate_protocol(&database_guid, NULL, (void **)&database) != EFI_SUCCESS;
}

/* A package of `count` layouts from number `first` on; two bytes of each are its own. */
static void add_package(struct hii_list *list, unsigned int first, unsigned int count)
{
    uint8_t content[2 + 4 * LAYOUT_BYTES] = {(uint8_t)count};

    for (unsigned int i = 0; i < count; i++) {
        uint8_t *at = content + 2 + i * LAYOUT_BYTES;

        at[0] = LAYOUT_BYTES;
        memcpy(at + 2, &guids[first + i], sizeof(guids[0]));
        at[LAYOUT_BYTES - 1] = (uint8_t)(first + i);
    }
    hii_list_add(list, HII_PACKAGE_KEYBOARD_LAYOUT, content, 2 + count * LAYOUT_BYTES);
}

static EFI_HII_HANDLE add_list(unsigned int first, unsigned int count)
{
    struct hii_list list = hii_list_new(1);
    EFI_HII_HANDLE handle = NULL;

    hii_list_add(&list, HII_PACKAGE_FORMS, "abc", 3);
    add_package(&list, first, count);
    hii_list_end(&list);
    assert_int_equal(database->NewPackageList(database, list.bytes, NULL, &handle), EFI_SUCCESS);
    return handle;
}

static void test_no_layouts(void **state)
{
    UINT16 bytes = 0;

    (void)state;
    assert_int_equal(database->FindKeyboardLayouts(database, &bytes, NULL), EFI_NOT_FOUND);
    assert_int_equal(database->GetKeyboardLayout(database, NULL, &bytes, NULL), EFI_NOT_FOUND);
    assert_int_equal(database->SetKeyboardLayout(database, &guids[0]), EFI_NOT_FOUND);
}

static void test_all_layouts(void **state)
{
    EFI_GUID found[3];
    UINT16 bytes = 0;

    (void)state;
    add_list(0, 2);
    add_list(2, 1);
    assert_int_equal(database->FindKeyboardLayouts(database, &bytes, NULL), EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, sizeof(found));
    assert_int_equal(database->FindKeyboardLayouts(database, &bytes, found), EFI_SUCCESS);
    assert_memory_equal(found, guids, sizeof(found));
    assert_int_equal(database->FindKeyboardLayouts(database, &bytes, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(database->FindKeyboardLayouts(database, NULL, found), EFI_INVALID_PARAMETER);
}

static void test_get(void **state)
{
    UINT16 bytes = sizeof(layout);

    (void)state;
    add_list(0, 3);
    assert_int_equal(database->GetKeyboardLayout(database, &guids[1], &bytes, layout), EFI_SUCCESS);
    assert_int_equal(bytes, LAYOUT_BYTES);
    assert_int_equal(layout[LAYOUT_BYTES - 1], 1);
    bytes--;
    assert_int_equal(database->GetKeyboardLayout(database, &guids[1], &bytes, layout),
                     EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, LAYOUT_BYTES);
    assert_int_equal(database->GetKeyboardLayout(database, &guids[3], &bytes, layout),
                     EFI_NOT_FOUND);
    assert_int_equal(database->GetKeyboardLayout(database, NULL, &bytes, layout), EFI_NOT_FOUND);
    assert_int_equal(database->GetKeyboardLayout(database, &guids[1], NULL, layout),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(database->GetKeyboardLayout(database, &guids[1], &bytes, NULL),
                     EFI_INVALID_PARAMETER);
}

static void EFIAPI count(EFI_EVENT event, void *context)
{
    (void)event;
    ++*(unsigned int *)context;
}

static void test_current_layout(void **state)
{
    EFI_HII_HANDLE handle = add_list(0, 3);
    UINT16 bytes = sizeof(layout);
    unsigned int signals = 0;
    EFI_EVENT event;

    (void)state;
    assert_int_equal(event_create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count, &signals, &group, &event),
                     EFI_SUCCESS);
    assert_int_equal(database->SetKeyboardLayout(database, &guids[2]), EFI_SUCCESS);
    assert_int_equal(signals, 1);
    assert_int_equal(database->GetKeyboardLayout(database, NULL, &bytes, layout), EFI_SUCCESS);
    assert_int_equal(layout[LAYOUT_BYTES - 1], 2);
    assert_int_equal(database->SetKeyboardLayout(database, &guids[3]), EFI_NOT_FOUND);
    assert_int_equal(database->SetKeyboardLayout(database, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(signals, 1);
    database->RemovePackageList(database, handle);
    assert_int_equal(database->GetKeyboardLayout(database, NULL, &bytes, layout), EFI_NOT_FOUND);
}

/* What is in front of the damage is there. */
static void test_damaged_layouts(void **state)
{
    static const uint8_t lengths[] = {0, 22, LAYOUT_BYTES + 1, 255};

    (void)state;
    for (size_t i = 0; i < sizeof(lengths); i++) {
        struct hii_list list = hii_list_new(1);
        EFI_HII_HANDLE handle = NULL;
        EFI_GUID found[4];
        UINT16 bytes = sizeof(found);

        add_package(&list, 0, 2);
        hii_list_end(&list);
        list.bytes[20 + 6 + LAYOUT_BYTES] = lengths[i];
        assert_int_equal(database->NewPackageList(database, list.bytes, NULL, &handle),
                         EFI_SUCCESS);
        assert_int_equal(database->FindKeyboardLayouts(database, &bytes, found), EFI_SUCCESS);
        assert_int_equal(bytes, sizeof(found[0]));
        assert_int_equal(database->RemovePackageList(database, handle), EFI_SUCCESS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_no_layouts, setup),
        cmocka_unit_test_setup(test_all_layouts, setup),
        cmocka_unit_test_setup(test_get, setup),
        cmocka_unit_test_setup(test_current_layout, setup),
        cmocka_unit_test_setup(test_damaged_layouts, setup),
    };

    return isolated_run(tests);
}
