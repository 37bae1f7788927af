/*
 * The whole userland of a guest whose boot is timed: says on Xen's debug port, whose lines get a
 * time in Xen's log, that it runs, then on the console how much memory Linux has, and powers off.
 */
#include <stdio.h>
#include <sys/io.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <termios.h>
#include <unistd.h>

#define DEBUG_PORT 0xe9

static void mark(const char *text)
{
    if (ioperm(DEBUG_PORT, 1, 1))
        return;
    for (; *text; text++)
        outb(*text, DEBUG_PORT);
}

static void show_memory(void)
{
    char line[80];
    FILE *file;

    if (mount("proc", "/proc", "proc", 0, NULL))
        return;
    file = fopen("/proc/meminfo", "r");
    if (file && fgets(line, sizeof(line), file))
        printf("mark: %s", line);
    fflush(stdout);
    tcdrain(STDOUT_FILENO);
}

int main(void)
{
    mark("mark: userspace\n");
    show_memory();
    reboot(RB_POWER_OFF);
    return 1;
}
