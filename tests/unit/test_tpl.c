/* Task priority levels (UEFI 2.10 section 7.1, RaiseTPL and RestoreTPL). */
#include "shim/event/tpl.h"

#include <string.h>

#include "tests/unit/isolated.h"

/* A notification that writes its letter, then does what it is told. */
struct letter {
    struct tpl_notification notification;
    char letter;
    void (*then)(struct letter *letter);
    struct letter *other;
};

static char trace[32];
static EFI_TPL seen_levels[32];

static void run(struct tpl_notification *notification)
{
    struct letter *letter = container_of(notification, struct letter, notification);
    size_t length = strlen(trace);

    seen_levels[length] = tpl_current();
    trace[length] = letter->letter;
    if (letter->then)
        letter->then(letter);
}

static void letter_init(struct letter *letter, char name, EFI_TPL level)
{
    *letter = (struct letter){.letter = name, .notification = {.level = level, .run = run}};
    list_init(&letter->notification.link);
}

static void queue_other(struct letter *letter)
{
    tpl_queue(&letter->other->notification);
    strcat(trace, ".");
}

static void test_level_is_application_at_first(void **state)
{
    (void)state;
    assert_int_equal(tpl_current(), TPL_APPLICATION);
}

static void test_raise_returns_the_level_before(void **state)
{
    (void)state;
    assert_int_equal(tpl_raise(TPL_CALLBACK), TPL_APPLICATION);
    assert_int_equal(tpl_raise(TPL_NOTIFY), TPL_CALLBACK);
    assert_int_equal(tpl_raise(TPL_NOTIFY), TPL_NOTIFY);
    assert_int_equal(tpl_raise(TPL_HIGH_LEVEL), TPL_NOTIFY);
    assert_int_equal(tpl_current(), TPL_HIGH_LEVEL);
}

static void test_restore_goes_back(void **state)
{
    EFI_TPL before = tpl_raise(TPL_NOTIFY);

    (void)state;
    tpl_restore(TPL_CALLBACK);
    assert_int_equal(tpl_current(), TPL_CALLBACK);
    tpl_restore(before);
    assert_int_equal(tpl_current(), TPL_APPLICATION);
}

static void test_notification_above_the_level_runs_at_once(void **state)
{
    struct letter a;

    (void)state;
    letter_init(&a, 'a', TPL_CALLBACK);
    tpl_queue(&a.notification);
    assert_string_equal(trace, "a");
    assert_int_equal(tpl_current(), TPL_APPLICATION);
}

static void test_notification_at_the_level_waits(void **state)
{
    struct letter a;

    (void)state;
    letter_init(&a, 'a', TPL_CALLBACK);
    tpl_raise(TPL_CALLBACK);
    tpl_queue(&a.notification);
    assert_string_equal(trace, "");
    tpl_restore(TPL_CALLBACK);
    assert_string_equal(trace, "");
    tpl_restore(TPL_APPLICATION);
    assert_string_equal(trace, "a");
}

static void test_restoring_runs_only_what_lies_above(void **state)
{
    struct letter a;
    struct letter b;

    (void)state;
    letter_init(&a, 'a', TPL_CALLBACK);
    letter_init(&b, 'b', TPL_NOTIFY);
    tpl_raise(TPL_HIGH_LEVEL);
    tpl_queue(&a.notification);
    tpl_queue(&b.notification);
    tpl_restore(TPL_NOTIFY);
    assert_string_equal(trace, "");
    tpl_restore(TPL_CALLBACK);
    assert_string_equal(trace, "b");
    tpl_restore(TPL_APPLICATION);
    assert_string_equal(trace, "ba");
}

static void test_higher_levels_run_first_then_older_ones(void **state)
{
    struct letter letters[6];
    static const EFI_TPL levels[6] = {TPL_CALLBACK, TPL_NOTIFY, TPL_CALLBACK,
                                      TPL_NOTIFY,   20,         TPL_CALLBACK};

    (void)state;
    tpl_raise(TPL_HIGH_LEVEL);
    for (size_t i = 0; i < 6; i++) {
        letter_init(&letters[i], (char)('a' + i), levels[i]);
        tpl_queue(&letters[i].notification);
    }
    tpl_restore(TPL_APPLICATION);
    assert_string_equal(trace, "ebdacf");
}

static void test_notifications_run_at_their_level(void **state)
{
    struct letter a;
    struct letter b;

    (void)state;
    letter_init(&a, 'a', TPL_CALLBACK);
    letter_init(&b, 'b', TPL_NOTIFY);
    tpl_raise(TPL_HIGH_LEVEL);
    tpl_queue(&a.notification);
    tpl_queue(&b.notification);
    tpl_restore(TPL_APPLICATION);
    assert_int_equal(seen_levels[0], TPL_NOTIFY);
    assert_int_equal(seen_levels[1], TPL_CALLBACK);
}

static void test_queued_twice_runs_once(void **state)
{
    struct letter a;

    (void)state;
    letter_init(&a, 'a', TPL_CALLBACK);
    tpl_raise(TPL_CALLBACK);
    tpl_queue(&a.notification);
    tpl_queue(&a.notification);
    tpl_restore(TPL_APPLICATION);
    assert_string_equal(trace, "a");
}

static void test_unqueued_does_not_run(void **state)
{
    struct letter a;
    struct letter b;

    (void)state;
    letter_init(&a, 'a', TPL_CALLBACK);
    letter_init(&b, 'b', TPL_CALLBACK);
    tpl_raise(TPL_CALLBACK);
    tpl_queue(&a.notification);
    tpl_queue(&b.notification);
    tpl_unqueue(&a.notification);
    tpl_restore(TPL_APPLICATION);
    assert_string_equal(trace, "b");
}

static void test_unqueueing_what_does_not_wait_is_harmless(void **state)
{
    struct letter a;

    (void)state;
    letter_init(&a, 'a', TPL_CALLBACK);
    tpl_unqueue(&a.notification);
    tpl_queue(&a.notification);
    tpl_unqueue(&a.notification);
    assert_string_equal(trace, "a");
}

static void test_higher_notification_interrupts_a_lower_one(void **state)
{
    struct letter a;
    struct letter b;

    (void)state;
    letter_init(&a, 'a', TPL_CALLBACK);
    letter_init(&b, 'b', TPL_NOTIFY);
    a.then = queue_other;
    a.other = &b;
    tpl_queue(&a.notification);
    assert_string_equal(trace, "ab.");
}

static void test_notification_of_the_same_level_comes_after(void **state)
{
    struct letter a;
    struct letter b;

    (void)state;
    letter_init(&a, 'a', TPL_CALLBACK);
    letter_init(&b, 'b', TPL_CALLBACK);
    a.then = queue_other;
    a.other = &b;
    tpl_queue(&a.notification);
    assert_string_equal(trace, "a.b");
}

static void test_lower_notification_comes_after(void **state)
{
    struct letter a;
    struct letter b;

    (void)state;
    letter_init(&a, 'a', TPL_NOTIFY);
    letter_init(&b, 'b', TPL_CALLBACK);
    a.then = queue_other;
    a.other = &b;
    tpl_queue(&a.notification);
    assert_string_equal(trace, "a.b");
}

static void queue_itself_once(struct letter *letter)
{
    letter->then = NULL;
    tpl_queue(&letter->notification);
}

static void test_notification_may_queue_itself_again(void **state)
{
    struct letter a;

    (void)state;
    letter_init(&a, 'a', TPL_CALLBACK);
    a.then = queue_itself_once;
    tpl_queue(&a.notification);
    assert_string_equal(trace, "aa");
}

static void unqueue_other(struct letter *letter)
{
    tpl_unqueue(&letter->other->notification);
}

static void test_notification_may_unqueue_another(void **state)
{
    struct letter a;
    struct letter b;

    (void)state;
    letter_init(&a, 'a', TPL_CALLBACK);
    letter_init(&b, 'b', TPL_CALLBACK);
    a.then = unqueue_other;
    a.other = &b;
    tpl_raise(TPL_CALLBACK);
    tpl_queue(&a.notification);
    tpl_queue(&b.notification);
    tpl_restore(TPL_APPLICATION);
    assert_string_equal(trace, "a");
}

static void raise_and_queue_other(struct letter *letter)
{
    EFI_TPL before = tpl_raise(TPL_HIGH_LEVEL);

    queue_other(letter);
    tpl_restore(before);
    strcat(trace, "!");
}

static void test_notification_may_raise_and_restore(void **state)
{
    struct letter a;
    struct letter b;

    (void)state;
    letter_init(&a, 'a', TPL_CALLBACK);
    letter_init(&b, 'b', TPL_NOTIFY);
    a.then = raise_and_queue_other;
    a.other = &b;
    tpl_queue(&a.notification);
    assert_string_equal(trace, "a.b!");
    assert_int_equal(tpl_current(), TPL_APPLICATION);
}

static void raise_and_forget(struct letter *letter)
{
    (void)letter;
    tpl_raise(TPL_HIGH_LEVEL);
}

static void test_level_left_by_a_notification_is_put_right(void **state)
{
    struct letter a;
    struct letter b;

    (void)state;
    letter_init(&a, 'a', TPL_CALLBACK);
    letter_init(&b, 'b', TPL_CALLBACK);
    a.then = raise_and_forget;
    tpl_raise(TPL_CALLBACK);
    tpl_queue(&a.notification);
    tpl_queue(&b.notification);
    tpl_restore(TPL_APPLICATION);
    assert_int_equal(seen_levels[1], TPL_CALLBACK);
    assert_int_equal(tpl_current(), TPL_APPLICATION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_level_is_application_at_first),
        cmocka_unit_test(test_raise_returns_the_level_before),
        cmocka_unit_test(test_restore_goes_back),
        cmocka_unit_test(test_notification_above_the_level_runs_at_once),
        cmocka_unit_test(test_notification_at_the_level_waits),
        cmocka_unit_test(test_restoring_runs_only_what_lies_above),
        cmocka_unit_test(test_higher_levels_run_first_then_older_ones),
        cmocka_unit_test(test_notifications_run_at_their_level),
        cmocka_unit_test(test_queued_twice_runs_once),
        cmocka_unit_test(test_unqueued_does_not_run),
        cmocka_unit_test(test_unqueueing_what_does_not_wait_is_harmless),
        cmocka_unit_test(test_higher_notification_interrupts_a_lower_one),
        cmocka_unit_test(test_notification_of_the_same_level_comes_after),
        cmocka_unit_test(test_lower_notification_comes_after),
        cmocka_unit_test(test_notification_may_queue_itself_again),
        cmocka_unit_test(test_notification_may_unqueue_another),
        cmocka_unit_test(test_notification_may_raise_and_restore),
        cmocka_unit_test(test_level_left_by_a_notification_is_put_right),
    };

    return isolated_run(tests);
}
