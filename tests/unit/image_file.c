#include "tests/unit/image_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define COMMAND_CHARS 4096
#define PLACEHOLDER   "IMAGE"

static char output[1 << 16];

static void require(bool condition, const char *what)
{
    if (condition)
        return;
    perror(what);
    abort();
}

static void choose_path(struct image_file *image)
{
    char folder[] = "/tmp/pvhefi-image-XXXXXX";

    require(mkdtemp(folder) != NULL, "mkdtemp");
    snprintf(image->path, sizeof(image->path), "%s/disk.img", folder);
}

/* The file's content is the medium's: what is written into one is in the other at once. */
static void map_file(struct image_file *image, uint32_t block_bytes)
{
    int file = open(image->path, O_RDWR);
    struct stat facts;
    void *content;

    require(file >= 0 && fstat(file, &facts) == 0, image->path);
    content = mmap(NULL, (size_t)facts.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    require(content != MAP_FAILED, "mmap");
    close(file);
    memory_medium_init(&image->memory, content, (uint64_t)facts.st_size / block_bytes * block_bytes,
                       block_bytes);
}

void image_file_create(struct image_file *image, uint64_t bytes, uint32_t block_bytes)
{
    int file;

    choose_path(image);
    file = open(image->path, O_RDWR | O_CREAT, 0600);
    require(file >= 0 && ftruncate(file, (off_t)bytes) == 0, image->path);
    close(file);
    map_file(image, block_bytes);
}

void image_file_make(struct image_file *image, uint32_t block_bytes, const char *command)
{
    choose_path(image);
    if (image_file_run(image, command)) {
        fprintf(stderr, "%s\n%s\n", command, output);
        abort();
    }
    map_file(image, block_bytes);
}

void image_file_remove(struct image_file *image)
{
    char *slash = strrchr(image->path, '/');

    munmap(image->memory.content, image->memory.medium.bytes);
    unlink(image->path);
    *slash = '\0';
    rmdir(image->path);
}

static void expand(char *text, const char *command, const char *path)
{
    const char *found;

    while ((found = strstr(command, PLACEHOLDER)) != NULL) {
        text += sprintf(text, "%.*s%s", (int)(found - command), command, path);
        command = found + strlen(PLACEHOLDER);
    }
    strcpy(text, command);
}

int image_file_run(const struct image_file *image, const char *command)
{
    char text[COMMAND_CHARS] = "export PATH=$PATH:/sbin:/usr/sbin LC_ALL=C.UTF-8; exec 2>&1; ";
    FILE *pipe;
    size_t bytes;
    int status;

    expand(text + strlen(text), command, image->path);
    pipe = popen(text, "r");
    require(pipe != NULL, text);
    bytes = fread(output, 1, sizeof(output) - 1, pipe);
    output[bytes] = '\0';
    status = pclose(pipe);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

const char *image_file_output(void)
{
    return output;
}
