/*
 * The whole userland of a guest whose boot is timed: says on Xen's debug port, whose lines get a
 * time in Xen's log, that it runs, and powers off.
 */
#include <sys/io.h>
#include <sys/reboot.h>
#include <unistd.h>

#define DEBUG_PORT 0xe9

int main(void)
{
    if (ioperm(DEBUG_PORT, 1, 1) == 0) {
        for (const char *text = "mark: userspace\n"; *text; text++)
            outb(*text, DEBUG_PORT);
    }
    reboot(RB_POWER_OFF);
    return 1;
}
