/*
 * EFI_HII_DATABASE_PROTOCOL (UEFI 2.10 section 34.8), which gnu-efi's headers lack: programs
 * register their strings, forms, fonts and keyboard layouts. The EFI shell asserts that it is
 * there, and has all its texts in it; iPXE describes its network devices in it. Boot phase.
 */
#ifndef PVHEFI_SHIM_HII_HII_DATABASE_PROTOCOL_H
#define PVHEFI_SHIM_HII_HII_DATABASE_PROTOCOL_H

#include <efi.h>

#define EFI_HII_DATABASE_PROTOCOL_GUID                     \
    {                                                      \
        0xef9fc172, 0xa1b2, 0x4693,                        \
        {                                                  \
            0xb3, 0x27, 0x6d, 0x32, 0xfc, 0x41, 0x60, 0x42 \
        }                                                  \
    }

typedef void *EFI_HII_HANDLE;
typedef struct hii_database_protocol EFI_HII_DATABASE_PROTOCOL;

typedef UINTN EFI_HII_DATABASE_NOTIFY_TYPE;
#define EFI_HII_DATABASE_NOTIFY_NEW_PACK    1u
#define EFI_HII_DATABASE_NOTIFY_REMOVE_PACK 2u
#define EFI_HII_DATABASE_NOTIFY_EXPORT_PACK 4u
#define EFI_HII_DATABASE_NOTIFY_ADD_PACK    8u

/* Packages and lists of them are bytes: shim/hii/hii_format.h. */
typedef EFI_STATUS(EFIAPI *EFI_HII_DATABASE_NOTIFY)(UINT8 type, const EFI_GUID *guid,
                                                    const void *package, EFI_HII_HANDLE handle,
                                                    EFI_HII_DATABASE_NOTIFY_TYPE what);

struct hii_database_protocol {
    EFI_STATUS(EFIAPI *NewPackageList)
    (const EFI_HII_DATABASE_PROTOCOL *this, const void *list, EFI_HANDLE driver,
     EFI_HII_HANDLE *handle);
    EFI_STATUS(EFIAPI *RemovePackageList)
    (const EFI_HII_DATABASE_PROTOCOL *this, EFI_HII_HANDLE handle);
    EFI_STATUS(EFIAPI *UpdatePackageList)
    (const EFI_HII_DATABASE_PROTOCOL *this, EFI_HII_HANDLE handle, const void *list);
    EFI_STATUS(EFIAPI *ListPackageLists)
    (const EFI_HII_DATABASE_PROTOCOL *this, UINT8 type, const EFI_GUID *guid, UINTN *bytes,
     EFI_HII_HANDLE *handles);
    EFI_STATUS(EFIAPI *ExportPackageLists)
    (const EFI_HII_DATABASE_PROTOCOL *this, EFI_HII_HANDLE handle, UINTN *bytes, void *lists);
    EFI_STATUS(EFIAPI *RegisterPackageNotify)
    (const EFI_HII_DATABASE_PROTOCOL *this, UINT8 type, const EFI_GUID *guid,
     EFI_HII_DATABASE_NOTIFY function, EFI_HII_DATABASE_NOTIFY_TYPE what, EFI_HANDLE *handle);
    EFI_STATUS(EFIAPI *UnregisterPackageNotify)
    (const EFI_HII_DATABASE_PROTOCOL *this, EFI_HANDLE handle);
    EFI_STATUS(EFIAPI *FindKeyboardLayouts)
    (const EFI_HII_DATABASE_PROTOCOL *this, UINT16 *bytes, EFI_GUID *guids);
    EFI_STATUS(EFIAPI *GetKeyboardLayout)
    (const EFI_HII_DATABASE_PROTOCOL *this, const EFI_GUID *guid, UINT16 *bytes, void *layout);
    EFI_STATUS(EFIAPI *SetKeyboardLayout)
    (const EFI_HII_DATABASE_PROTOCOL *this, const EFI_GUID *guid);
    EFI_STATUS(EFIAPI *GetPackageListHandle)
    (const EFI_HII_DATABASE_PROTOCOL *this, EFI_HII_HANDLE handle, EFI_HANDLE *driver);
};

/* Adds the protocol to *handle (NULL: a new one). EFI_OUT_OF_RESOURCES. */
EFI_STATUS hii_database_install(EFI_HANDLE *handle);

#endif
