/* Changes to files: what EFI's functions did, mtools reads and fsck.fat finds in order. */
#include <string.h>

#include "shim/event/event.h"
#include "tests/unit/fat_fixture.h"
#include "tests/unit/isolated.h"

#define DATA_BYTES 300000u

static struct fat_fixture fixture;
static uint8_t data[DATA_BYTES];

static int fill_data(void **state)
{
    (void)state;
    fat_fixture_fill(data, sizeof(data), 1);
    return 0;
}

static void check_new_files(void)
{
    fat_fixture_write(&fixture, u"FILE.BIN", data, DATA_BYTES);
    fat_fixture_write(&fixture, u"one", data, 1);
    fat_fixture_write(&fixture, u"A long name, not for DOS.text", data, 5000);
    fat_fixture_make_directory(&fixture, u"Directory with a Long Name");
    fat_fixture_write(&fixture, u"Directory with a Long Name\\Ünïcödé", data, 700);
    fat_fixture_remount(&fixture);
    fat_fixture_expect(&fixture, u"file.bin", data, DATA_BYTES);
    fat_fixture_expect(&fixture, u"one", data, 1);
    fat_fixture_expect(&fixture, u"A long name, not for DOS.text", data, 5000);
    fat_fixture_expect(&fixture, u"direct~1\\ünïcödé", data, 700);
    assert_string_equal(fat_fixture_list(&fixture, u""),
                        "FILE.BIN one A long name, not for DOS.text Directory with a Long Name ");
}

static void test_new_files(void **state)
{
    (void)state;
    fat_fixture_on_each(&fixture, check_new_files);
}

/* mtools reads what was written. */
static void test_other_program_reads(void **state)
{
    (void)state;
    fat_fixture_make(&fixture, FAT_FIXTURE_FAT16);
    fat_fixture_make_directory(&fixture, u"Some directory");
    fat_fixture_write(&fixture, u"Some directory\\lower.txt", "hello", 5);
    fat_fixture_write(&fixture, u"Some directory\\Mixed.Txt", "mixed", 5);
    fat_fixture_run(&fixture, "mtype -i IMAGE '::Some directory/lower.txt'");
    assert_string_equal(image_file_output(), "hello");
    fat_fixture_run(&fixture, "mdir -b -i IMAGE '::Some directory'");
    assert_string_equal(image_file_output(),
                        "::/Some directory/lower.txt\n::/Some directory/Mixed.Txt\n");
    fat_fixture_run(&fixture, "mdir -i IMAGE '::Some directory'");
    assert_non_null(strstr(image_file_output(), "2026-11-22"));
    assert_non_null(strstr(image_file_output(), "13:14"));
    fat_fixture_finish(&fixture);
}

/* Written in pieces, over old content, beyond the end. */
static void check_pieces(void)
{
    static uint8_t expected[DATA_BYTES];
    EFI_FILE_HANDLE file = fat_fixture_open(&fixture, u"pieces", FAT_FIXTURE_CREATE);

    memset(expected, 0, sizeof(expected));
    for (size_t at = 0; at < 20000; at += 333) {
        fat_fixture_write_at(file, at, data + at, 333);
        memcpy(expected + at, data + at, 333);
    }
    fat_fixture_write_at(file, 1000, data, 9000);
    memcpy(expected + 1000, data, 9000);
    fat_fixture_write_at(file, 150000, data, 150000);
    memcpy(expected + 150000, data, 150000);
    fat_fixture_close(file);
    fat_fixture_remount(&fixture);
    fat_fixture_expect(&fixture, u"pieces", expected, DATA_BYTES);
}

static void test_pieces(void **state)
{
    (void)state;
    fat_fixture_on_each(&fixture, check_pieces);
}

static void check_sizes(void)
{
    static const uint64_t sizes[] = {1, 512, 513, 100000, 70000, 4096, 4095, 0, 50000, 0};
    static uint8_t expected[DATA_BYTES];
    EFI_FILE_HANDLE file = fat_fixture_open(&fixture, u"sized", FAT_FIXTURE_CREATE);
    uint64_t old = 0;

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        assert_int_equal(fat_fixture_resize(file, sizes[i]), EFI_SUCCESS);
        if (sizes[i] > old)
            memset(expected + old, 0, sizes[i] - old);
        old = sizes[i];
        fat_fixture_expect(&fixture, u"sized", expected, sizes[i]);
        fat_fixture_check(&fixture);
        if (old) {
            fat_fixture_write_at(file, old - 1, "x", 1);
            expected[old - 1] = 'x';
        }
    }
    fat_fixture_close(file);
}

static void test_sizes(void **state)
{
    (void)state;
    fat_fixture_on_each(&fixture, check_sizes);
}

/* Two clients, one file. */
static void test_shared(void **state)
{
    EFI_FILE_HANDLE reader;
    EFI_FILE_HANDLE writer;
    UINTN bytes = 5;
    char text[5];

    (void)state;
    fat_fixture_make(&fixture, FAT_FIXTURE_FAT32);
    writer = fat_fixture_open(&fixture, u"f", FAT_FIXTURE_CREATE);
    reader = fat_fixture_open(&fixture, u"F", FAT_FIXTURE_READ);
    fat_fixture_write_at(writer, 0, "hello", 5);
    assert_int_equal(reader->Read(reader, &bytes, text), EFI_SUCCESS);
    assert_memory_equal(text, "hello", 5);
    assert_int_equal(fat_fixture_rename(&fixture, u"f", u"g"), EFI_SUCCESS);
    fat_fixture_write_at(writer, 5, "world", 5);
    fat_fixture_close(writer);
    fat_fixture_close(reader);
    fat_fixture_expect(&fixture, u"g", "helloworld", 10);
    fat_fixture_finish(&fixture);
}

static unsigned int signals;

static void EFIAPI count_signal(EFI_EVENT event, void *context)
{
    (void)event;
    (void)context;
    signals++;
}

/* The functions with tokens have done it when they return, and say so in both ways. */
static void test_tokens(void **state)
{
    EFI_FILE_IO_TOKEN token = {.BufferSize = 5, .Buffer = (char[]){"hello"}};
    EFI_FILE_HANDLE file;
    CHAR16 name[] = u"f";
    char text[5];

    (void)state;
    fat_fixture_make(&fixture, FAT_FIXTURE_FAT16);
    assert_int_equal(
        event_create(EVT_NOTIFY_SIGNAL, TPL_CALLBACK, count_signal, NULL, NULL, &token.Event),
        EFI_SUCCESS);
    assert_int_equal(fixture.root->OpenEx(fixture.root, &file, name, FAT_FIXTURE_CREATE, 0, &token),
                     EFI_SUCCESS);
    assert_int_equal(token.Status, EFI_SUCCESS);
    assert_int_equal(file->WriteEx(file, &token), EFI_SUCCESS);
    assert_int_equal(file->FlushEx(file, &token), EFI_SUCCESS);
    assert_int_equal(signals, 3);
    token.Event = NULL;
    assert_int_equal(file->SetPosition(file, 0), EFI_SUCCESS);
    token.Buffer = text;
    assert_int_equal(file->ReadEx(file, &token), EFI_SUCCESS);
    assert_memory_equal(text, "hello", 5);
    assert_int_equal(file->SetPosition(file, 6), EFI_SUCCESS);
    assert_int_equal(file->ReadEx(file, &token), EFI_DEVICE_ERROR);
    assert_int_equal(token.Status, EFI_DEVICE_ERROR);
    assert_int_equal(file->ReadEx(file, NULL), EFI_INVALID_PARAMETER);
    fat_fixture_close(file);
    fat_fixture_finish(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_new_files, fill_data),
        cmocka_unit_test_setup(test_other_program_reads, fill_data),
        cmocka_unit_test_setup(test_pieces, fill_data),
        cmocka_unit_test_setup(test_sizes, fill_data),
        cmocka_unit_test(test_shared),
        cmocka_unit_test(test_tokens),
    };

    return isolated_run(tests);
}
