#include "tests/efi/conformance/hii_sample.h"

#include "shim/hii/hii_format.h"
#include "tests/efi/conformance/check.h"

/* Blocks of one string each, and the end; German skips the last one. */
static const struct {
    UINT8 type_0;
    CHAR16 text_0[8];
    UINT8 type_1;
    CHAR16 text_1[4];
    UINT8 type_2;
    CHAR16 text_2[4];
    UINT8 end;
} __attribute__((packed)) english = {
    HII_SIBT_STRING_UCS2, L"English", HII_SIBT_STRING_UCS2, L"one",
    HII_SIBT_STRING_UCS2, L"two",     HII_SIBT_END,
};

static const struct {
    UINT8 type_0;
    CHAR16 text_0[8];
    UINT8 type_1;
    CHAR16 text_1[5];
    UINT8 type_2;
    UINT8 skipped;
    UINT8 end;
} __attribute__((packed)) german = {
    HII_SIBT_STRING_UCS2, L"Deutsch", HII_SIBT_STRING_UCS2, L"eins",
    HII_SIBT_SKIP1,       1,          HII_SIBT_END,
};

static void *find(EFI_GUID guid)
{
    void *found = NULL;

    if (boot->LocateProtocol(&guid, NULL, &found) == EFI_SUCCESS)
        return found;
    skip_topic("no such protocol");
    return NULL;
}

EFI_HII_DATABASE_PROTOCOL *hii_database(void)
{
    return find((EFI_GUID)EFI_HII_DATABASE_PROTOCOL_GUID);
}

EFI_HII_STRING_PROTOCOL *hii_strings(void)
{
    return find((EFI_GUID)EFI_HII_STRING_PROTOCOL_GUID);
}

struct hii_list hii_sample(void)
{
    struct hii_list list = hii_list_new(SAMPLE_LIST);

    hii_list_add_strings(&list, "en-US", &english, sizeof(english));
    hii_list_add_strings(&list, "de-DE;de-AT", &german, sizeof(german));
    hii_list_add_guid(&list, SAMPLE_GUIDS);
    hii_list_end(&list);
    return list;
}

EFI_HII_HANDLE hii_sample_add(void)
{
    EFI_HII_DATABASE_PROTOCOL *database = hii_database();
    struct hii_list list = hii_sample();
    EFI_HII_HANDLE handle = NULL;

    if (!database || !need_status(database->NewPackageList(database, list.bytes, NULL, &handle),
                                  "package list in the database"))
        return NULL;
    return handle;
}

void hii_sample_remove(EFI_HII_HANDLE handle)
{
    EFI_HII_DATABASE_PROTOCOL *database = hii_database();

    if (database)
        database->RemovePackageList(database, handle);
}
