#include "tests/unit/isolated.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a child exits with when cmocka has reported the failure; a sanitizer's is another. */
#define REPORTED 42
/* A broken list may have no end. */
#define SECONDS_MAX 60

static bool run_in_child(const struct CMUnitTest *test)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        int failed;

        alarm(SECONDS_MAX);
        failed = _cmocka_run_group_tests("isolated", test, 1, NULL, NULL);
        /* Not exit(): the search for leaks now and then hangs in a child, waiting for a lock of the
         * sanitizer's allocator. What is tested takes nothing from the host's heap. */
        fflush(NULL);
        _exit(failed ? REPORTED : 0);
    }
    if (child > 0 && waitpid(child, &status, 0) == child) {
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
            return true;
        if (WIFEXITED(status) && WEXITSTATUS(status) == REPORTED)
            return false;
    }
    printf("not ok - %s died, status %#x\n", test->name, (unsigned int)status);
    return false;
}

int isolated_run_tests(const struct CMUnitTest *tests, size_t count)
{
    int failed = 0;

    for (size_t i = 0; i < count; i++) {
        fflush(NULL);
        failed += !run_in_child(&tests[i]);
    }
    return failed;
}
