/* Strings by id and language (UEFI 2.10 section 34.3), through the protocol. */
#include "shim/hii/hii_string.h"

#include <string.h>

#include "shim/hii/hii_format.h"
#include "shim/memory/pool.h"
#include "shim/protocol/locate.h"
#include "tests/unit/fake_memory.h"
#include "tests/unit/hii_builder.h"
#include "tests/unit/isolated.h"

#define UNITS_MAX 32

#define EN (const CHAR8 *)"en"
#define DE (const CHAR8 *)"de"
#define FR (const CHAR8 *)"fr"

static const EFI_GUID database_guid = EFI_HII_DATABASE_PROTOCOL_GUID;
static const EFI_GUID string_guid = EFI_HII_STRING_PROTOCOL_GUID;

/* 1 the language's name, 2 "two", in English a third. */
static const uint8_t en_blocks[] = {0x12, 3, 0, 'E', 'n', 0, 't', 'w', 'o', 0, '3', 0};
static const uint8_t de_blocks[] = {0x12, 2, 0, 'D', 'e', 0, 'z', 'w', 'e', 'i', 0};

/* The font of test_font_info(): cell 8 x 19, bold, "F". */
static const uint8_t font_package[] = {28, 0, 0, 0, 28, 0, 0, 0, 8, 0,   19, 0, 0,
                                       0,  0, 0, 8, 0,  1, 0, 0, 0, 'F', 0,  0, 0};
static const EFI_FONT_INFO font = {.FontStyle = 1, .FontSize = 19, .FontName = u"F"};
static const EFI_FONT_INFO unknown_font = {.FontStyle = 1, .FontSize = 19, .FontName = u"Fo"};

static EFI_HII_DATABASE_PROTOCOL *database;
static EFI_HII_STRING_PROTOCOL *strings;
static EFI_HII_HANDLE handle;
static CHAR16 text[UNITS_MAX];
static CHAR8 languages[UNITS_MAX];

static EFI_HII_HANDLE add(struct hii_list *list)
{
    EFI_HII_HANDLE added = NULL;

    hii_list_end(list);
    assert_int_equal(database->NewPackageList(database, list->bytes, NULL, &added), EFI_SUCCESS);
    return added;
}

static int setup(void **state)
{
    struct hii_list list = hii_list_new(1);
    EFI_HANDLE protocols = NULL;

    fake_memory_setup(state);
    if (hii_database_install(&protocols) != EFI_SUCCESS ||
        hii_string_install(&protocols) != EFI_SUCCESS ||
        locate_protocol(&database_guid, NULL, (void **)&database) != EFI_SUCCESS ||
        locate_protocol(&string_guid, NULL, (void **)&strings) != EFI_SUCCESS)
        return -1;
    hii_list_add_strings(&list, "en;fr", en_blocks, sizeof(en_blocks));
    hii_list_add_strings(&list, "de", de_blocks, sizeof(de_blocks));
    hii_list_add(&list, HII_PACKAGE_FONTS, font_package, sizeof(font_package));
    handle = add(&list);
    return 0;
}

static EFI_STATUS get(const CHAR8 *language, UINT16 id)
{
    UINTN bytes = sizeof(text);

    return strings->GetString(strings, language, handle, id, text, &bytes, NULL);
}

static void assert_string(const CHAR8 *language, UINT16 id, const CHAR16 *expected)
{
    assert_int_equal(get(language, id), EFI_SUCCESS);
    for (size_t i = 0; i == 0 || expected[i - 1]; i++)
        assert_int_equal(text[i], expected[i]);
}

static UINT16 add_string(const CHAR8 *language, const CHAR16 *new_text)
{
    UINT16 id = 0;

    assert_int_equal(strings->NewString(strings, handle, &id, language, NULL, new_text, NULL),
                     EFI_SUCCESS);
    return id;
}

static void test_get(void **state)
{
    (void)state;
    assert_string(EN, 1, u"En");
    assert_string(EN, 2, u"two");
    assert_string(DE, 2, u"zwei");
    assert_string((const CHAR8 *)"DE", 2, u"zwei");
}

static void test_secondary_language(void **state)
{
    (void)state;
    assert_string(FR, 2, u"two");
}

static void test_missing_strings(void **state)
{
    (void)state;
    assert_int_equal(get(DE, 3), EFI_INVALID_LANGUAGE);
    assert_int_equal(get((const CHAR8 *)"it", 2), EFI_INVALID_LANGUAGE);
    assert_int_equal(get(EN, 4), EFI_NOT_FOUND);
    assert_int_equal(get(EN, 0), EFI_NOT_FOUND);
    database->RemovePackageList(database, handle);
    assert_int_equal(get(EN, 2), EFI_NOT_FOUND);
}

static void test_get_needs_room(void **state)
{
    UINTN bytes = 0;

    (void)state;
    assert_int_equal(strings->GetString(strings, EN, handle, 2, NULL, &bytes, NULL),
                     EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, sizeof(u"two"));
    bytes--;
    assert_int_equal(strings->GetString(strings, EN, handle, 2, text, &bytes, NULL),
                     EFI_BUFFER_TOO_SMALL);
    assert_int_equal(strings->GetString(strings, EN, handle, 2, text, &bytes, NULL), EFI_SUCCESS);
    assert_int_equal(strings->GetString(strings, EN, handle, 2, NULL, &bytes, NULL),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(strings->GetString(strings, NULL, handle, 2, text, &bytes, NULL),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(strings->GetString(strings, EN, handle, 2, text, NULL, NULL),
                     EFI_INVALID_PARAMETER);
}

static void test_new_ids_are_of_all_languages(void **state)
{
    UINT16 id = add_string(DE, u"vier");

    (void)state;
    assert_int_equal(id, 4);
    assert_string(DE, 4, u"vier");
    assert_int_equal(get(EN, 4), EFI_INVALID_LANGUAGE);
    assert_int_equal(add_string(EN, u"five"), 5);
    assert_int_equal(strings->SetString(strings, handle, 4, EN, u"four", NULL), EFI_SUCCESS);
    assert_string(EN, 4, u"four");
    assert_string(EN, 5, u"five");
    assert_string(DE, 4, u"vier");
}

static void test_new_language(void **state)
{
    UINT16 id;

    (void)state;
    assert_int_equal(strings->NewString(strings, handle, &id, (const CHAR8 *)"it", u"italiano",
                                        u"quattro", NULL),
                     EFI_SUCCESS);
    assert_int_equal(id, 4);
    assert_string((const CHAR8 *)"it", 4, u"quattro");
    assert_string((const CHAR8 *)"it", 1, u"italiano");
    assert_int_equal(get((const CHAR8 *)"it", 2), EFI_INVALID_LANGUAGE);
}

static void test_first_string_of_a_list(void **state)
{
    struct hii_list list = hii_list_new(2);

    (void)state;
    handle = add(&list);
    assert_int_equal(add_string(EN, u"first"), 2);
    assert_string(EN, 2, u"first");
}

static void test_change(void **state)
{
    (void)state;
    assert_int_equal(strings->SetString(strings, handle, 2, EN, u"Two, and a longer one", NULL),
                     EFI_SUCCESS);
    assert_string(EN, 2, u"Two, and a longer one");
    assert_string(EN, 3, u"3");
    assert_string(DE, 2, u"zwei");
}

static void test_change_of_what_is_not_there(void **state)
{
    (void)state;
    assert_int_equal(strings->SetString(strings, handle, 4, EN, u"x", NULL), EFI_NOT_FOUND);
    assert_int_equal(strings->SetString(strings, handle, 0, EN, u"x", NULL), EFI_NOT_FOUND);
    assert_int_equal(strings->SetString(strings, handle, 2, (const CHAR8 *)"it", u"x", NULL),
                     EFI_NOT_FOUND);
    assert_int_equal(strings->SetString(strings, NULL, 2, EN, u"x", NULL), EFI_NOT_FOUND);
    assert_int_equal(strings->SetString(strings, handle, 2, EN, NULL, NULL), EFI_INVALID_PARAMETER);
    assert_int_equal(strings->SetString(strings, handle, 2, NULL, u"x", NULL),
                     EFI_INVALID_PARAMETER);
}

static void test_parameters_of_new_strings(void **state)
{
    UINT16 id;

    (void)state;
    assert_int_equal(strings->NewString(strings, handle, NULL, EN, NULL, u"x", NULL),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(strings->NewString(strings, handle, &id, NULL, NULL, u"x", NULL),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(strings->NewString(strings, handle, &id, EN, NULL, NULL, NULL),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(strings->NewString(strings, NULL, &id, EN, NULL, u"x", NULL), EFI_NOT_FOUND);
    assert_int_equal(strings->NewString(strings, handle, &id, EN, NULL, u"x", &unknown_font),
                     EFI_INVALID_PARAMETER);
}

static void test_ids_run_out(void **state)
{
    static const uint8_t last[] = {0x21, 0xfd, 0xff};
    struct hii_list list = hii_list_new(2);
    UINT16 id;

    (void)state;
    hii_list_add_strings(&list, "en", last, sizeof(last));
    handle = add(&list);
    assert_int_equal(add_string(EN, u"x"), 0xfffe);
    assert_int_equal(add_string(EN, u"y"), 0xffff);
    assert_int_equal(strings->NewString(strings, handle, &id, EN, NULL, u"z", NULL),
                     EFI_OUT_OF_RESOURCES);
    assert_int_equal(strings->NewString(strings, handle, &id, FR, NULL, u"z", NULL),
                     EFI_OUT_OF_RESOURCES);
    assert_string(EN, 0xffff, u"y");
}

static void test_font_info(void **state)
{
    EFI_FONT_INFO *info = NULL;
    UINTN bytes = sizeof(text);
    UINT16 id;

    (void)state;
    assert_int_equal(strings->NewString(strings, handle, &id, EN, NULL, u"x", &font), EFI_SUCCESS);
    assert_int_equal(strings->GetString(strings, EN, handle, id, text, &bytes, &info), EFI_SUCCESS);
    assert_non_null(info);
    assert_memory_equal(info, &font, sizeof(font) + sizeof(u"F"));
    assert_int_equal(pool_free(info), EFI_SUCCESS);
    bytes = sizeof(text);
    assert_int_equal(strings->GetString(strings, EN, handle, 2, text, &bytes, &info), EFI_SUCCESS);
    assert_null(info);
}

static void test_languages(void **state)
{
    UINTN bytes = 0;

    (void)state;
    assert_int_equal(strings->GetLanguages(strings, handle, NULL, &bytes), EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, sizeof("en;de"));
    bytes--;
    assert_int_equal(strings->GetLanguages(strings, handle, languages, &bytes),
                     EFI_BUFFER_TOO_SMALL);
    assert_int_equal(strings->GetLanguages(strings, handle, languages, &bytes), EFI_SUCCESS);
    assert_string_equal((char *)languages, "en;de");
    assert_int_equal(strings->GetLanguages(strings, handle, NULL, &bytes), EFI_INVALID_PARAMETER);
    assert_int_equal(strings->GetLanguages(strings, handle, languages, NULL),
                     EFI_INVALID_PARAMETER);
    assert_int_equal(strings->GetLanguages(strings, NULL, languages, &bytes), EFI_NOT_FOUND);
}

static void test_languages_in_any_buffer(void **state)
{
    (void)state;
    for (UINTN size = 1; size < sizeof("en;de"); size++) {
        UINTN bytes = size;

        memset(languages, 0xa5, sizeof(languages));
        assert_int_equal(strings->GetLanguages(strings, handle, languages, &bytes),
                         EFI_BUFFER_TOO_SMALL);
        assert_int_equal(bytes, sizeof("en;de"));
        assert_int_equal((UINT8)languages[size], 0xa5);
    }
}

static void test_no_languages(void **state)
{
    struct hii_list list = hii_list_new(2);
    UINTN bytes = sizeof(languages);

    (void)state;
    hii_list_add(&list, HII_PACKAGE_FORMS, "abc", 3);
    handle = add(&list);
    assert_int_equal(strings->GetLanguages(strings, handle, languages, &bytes), EFI_NOT_FOUND);
}

static void test_secondary_languages(void **state)
{
    UINTN bytes = 0;

    (void)state;
    assert_int_equal(strings->GetSecondaryLanguages(strings, handle, EN, NULL, &bytes),
                     EFI_BUFFER_TOO_SMALL);
    assert_int_equal(bytes, sizeof("fr"));
    assert_int_equal(strings->GetSecondaryLanguages(strings, handle, EN, languages, &bytes),
                     EFI_SUCCESS);
    assert_string_equal((char *)languages, "fr");
    assert_int_equal(strings->GetSecondaryLanguages(strings, handle, DE, languages, &bytes),
                     EFI_SUCCESS);
    assert_string_equal((char *)languages, "");
    assert_int_equal(strings->GetSecondaryLanguages(strings, handle, FR, languages, &bytes),
                     EFI_INVALID_LANGUAGE);
    assert_int_equal(strings->GetSecondaryLanguages(strings, NULL, EN, languages, &bytes),
                     EFI_NOT_FOUND);
    assert_int_equal(strings->GetSecondaryLanguages(strings, handle, NULL, languages, &bytes),
                     EFI_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_get, setup),
        cmocka_unit_test_setup(test_secondary_language, setup),
        cmocka_unit_test_setup(test_missing_strings, setup),
        cmocka_unit_test_setup(test_get_needs_room, setup),
        cmocka_unit_test_setup(test_new_ids_are_of_all_languages, setup),
        cmocka_unit_test_setup(test_new_language, setup),
        cmocka_unit_test_setup(test_first_string_of_a_list, setup),
        cmocka_unit_test_setup(test_change, setup),
        cmocka_unit_test_setup(test_change_of_what_is_not_there, setup),
        cmocka_unit_test_setup(test_parameters_of_new_strings, setup),
        cmocka_unit_test_setup(test_ids_run_out, setup),
        cmocka_unit_test_setup(test_font_info, setup),
        cmocka_unit_test_setup(test_languages, setup),
        cmocka_unit_test_setup(test_languages_in_any_buffer, setup),
        cmocka_unit_test_setup(test_no_languages, setup),
        cmocka_unit_test_setup(test_secondary_languages, setup),
    };

    return isolated_run(tests);
}
