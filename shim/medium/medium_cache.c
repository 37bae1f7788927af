#include "shim/medium/medium_cache.h"

#include "loader/lib/string.h"
#include "shim/memory/page_alloc.h"

#define LINE_BYTES MEDIUM_CACHE_LINE_BYTES
#define UNIT_BYTES 512u
#define PAGE_BYTES 4096u
#define ALL_PAGES  (MEDIUM_CACHE_LINES * LINE_BYTES / PAGE_BYTES)

_Static_assert(LINE_BYTES / UNIT_BYTES <= 32, "a bit of `changed` for each unit");

struct range {
    uint64_t start;
    uint64_t end;
};

static struct range intersection(struct range a, struct range b)
{
    struct range common = {a.start > b.start ? a.start : b.start, a.end < b.end ? a.end : b.end};

    return common.start < common.end ? common : (struct range){0, 0};
}

static struct range line_range(const struct medium_cache_line *line)
{
    return (struct range){line->offset, line->offset + line->bytes};
}

/* What of the line's content lies at `offset` of the medium. */
static uint8_t *content_at(const struct medium_cache_line *line, uint64_t offset)
{
    return line->content + (offset - line->offset);
}

EFI_STATUS medium_cache_init(struct medium_cache *cache, struct medium *medium)
{
    EFI_PHYSICAL_ADDRESS address;
    EFI_STATUS status = page_alloc(AllocateAnyPages, EfiBootServicesData, ALL_PAGES, &address);

    if (status != EFI_SUCCESS)
        return status;
    *cache = (struct medium_cache){.medium = medium};
    for (unsigned int i = 0; i < MEDIUM_CACHE_LINES; i++)
        cache->line[i].content = (uint8_t *)(uintptr_t)address + (size_t)i * LINE_BYTES;
    return EFI_SUCCESS;
}

void medium_cache_free(struct medium_cache *cache)
{
    page_free((uintptr_t)cache->line[0].content, ALL_PAGES);
}

/* Writes a range of the line to the medium, and its copies. */
static EFI_STATUS write_range(struct medium_cache *cache, const struct medium_cache_line *line,
                              struct range range)
{
    const struct medium_copies *copies = &cache->copies;
    struct range copied =
        intersection(range, (struct range){copies->start, copies->start + copies->bytes});
    EFI_STATUS status = medium_write(cache->medium, range.start, range.end - range.start,
                                     content_at(line, range.start));

    for (unsigned int i = 1; i <= copies->count && copied.end && status == EFI_SUCCESS; i++)
        status = medium_write(cache->medium, copied.start + i * copies->bytes,
                              copied.end - copied.start, content_at(line, copied.start));
    return status;
}

/* The next changed units from `unit` on, as many as follow each other; they count as written. */
static struct range take_changed(struct medium_cache_line *line, unsigned int unit)
{
    uint64_t start = line->offset + (uint64_t)unit * UNIT_BYTES;
    uint64_t end = start;

    for (; unit < LINE_BYTES / UNIT_BYTES && line->changed >> unit & 1; unit++) {
        line->changed &= ~(UINT32_C(1) << unit);
        end += UNIT_BYTES;
    }
    return intersection((struct range){start, end}, line_range(line));
}

static EFI_STATUS write_line(struct medium_cache *cache, struct medium_cache_line *line)
{
    EFI_STATUS status = EFI_SUCCESS;

    for (unsigned int unit = 0; line->changed && status == EFI_SUCCESS; unit++)
        if (line->changed >> unit & 1)
            status = write_range(cache, line, take_changed(line, unit));
    return status;
}

void medium_cache_discard(struct medium_cache *cache)
{
    for (unsigned int i = 0; i < MEDIUM_CACHE_LINES; i++)
        if (cache->line[i].changed)
            cache->line[i].bytes = cache->line[i].changed = 0;
}

static void forget_all(struct medium_cache *cache)
{
    for (unsigned int i = 0; i < MEDIUM_CACHE_LINES; i++)
        cache->line[i].bytes = cache->line[i].changed = 0;
}

EFI_STATUS medium_cache_flush(struct medium_cache *cache)
{
    EFI_STATUS status = EFI_SUCCESS;

    for (unsigned int i = 0; i < MEDIUM_CACHE_LINES && status == EFI_SUCCESS; i++)
        status = write_line(cache, &cache->line[i]);
    if (status != EFI_SUCCESS)
        forget_all(cache);
    return status;
}

static struct medium_cache_line *find_line(struct medium_cache *cache, uint64_t offset)
{
    for (unsigned int i = 0; i < MEDIUM_CACHE_LINES; i++)
        if (cache->line[i].bytes && cache->line[i].offset == offset)
            return &cache->line[i];
    return NULL;
}

static struct medium_cache_line *oldest_line(struct medium_cache *cache)
{
    struct medium_cache_line *oldest = &cache->line[0];

    for (unsigned int i = 1; i < MEDIUM_CACHE_LINES; i++)
        if (!cache->line[i].bytes || (oldest->bytes && cache->clock - cache->line[i].last_use >
                                                           cache->clock - oldest->last_use))
            oldest = &cache->line[i];
    return oldest;
}

/* The line that begins at `offset`, read when it is not there; what was changed there is written.
 */
static EFI_STATUS get_line(struct medium_cache *cache, uint64_t offset,
                           struct medium_cache_line **ret_line)
{
    struct medium_cache_line *line = find_line(cache, offset);
    uint64_t left = offset < cache->medium->bytes ? cache->medium->bytes - offset : 0;
    uint32_t bytes = left < LINE_BYTES ? (uint32_t)left : LINE_BYTES;
    EFI_STATUS status;

    if (!line) {
        line = oldest_line(cache);
        status = write_line(cache, line);
        line->bytes = line->changed = 0;
        if (status == EFI_SUCCESS)
            status = medium_read(cache->medium, offset, bytes, line->content);
        if (status != EFI_SUCCESS)
            return status;
        line->offset = offset;
        line->bytes = bytes;
    }
    line->last_use = ++cache->clock;
    *ret_line = line;
    return EFI_SUCCESS;
}

/* How much of a range lies in the line that its beginning lies in. */
static size_t bytes_in_line(uint64_t offset, size_t bytes)
{
    size_t room = LINE_BYTES - offset % LINE_BYTES;

    return bytes < room ? bytes : room;
}

static EFI_STATUS read_piece(struct medium_cache *cache, uint64_t offset, size_t bytes,
                             void *buffer)
{
    struct medium_cache_line *line;

    if (offset > cache->medium->bytes || bytes > cache->medium->bytes - offset)
        return EFI_VOLUME_CORRUPTED;
    if (get_line(cache, offset - offset % LINE_BYTES, &line) != EFI_SUCCESS)
        return medium_read(cache->medium, offset, bytes, buffer);
    memcpy(buffer, content_at(line, offset), bytes);
    return EFI_SUCCESS;
}

EFI_STATUS medium_cache_read(struct medium_cache *cache, uint64_t offset, size_t bytes,
                             void *buffer)
{
    uint8_t *to = buffer;
    EFI_STATUS status = EFI_SUCCESS;

    while (bytes && status == EFI_SUCCESS) {
        size_t piece = bytes_in_line(offset, bytes);

        status = read_piece(cache, offset, piece, to);
        offset += piece;
        to += piece;
        bytes -= piece;
    }
    return status;
}

EFI_STATUS medium_cache_read_through(struct medium_cache *cache, uint64_t offset, size_t bytes,
                                     void *buffer)
{
    uint32_t block = cache->medium->block_bytes;
    size_t head = (size_t)(-offset % block);
    size_t tail = (size_t)((offset + bytes) % block);
    uint8_t *to = buffer;
    EFI_STATUS status;

    if (bytes < LINE_BYTES || bytes < 2 * (size_t)block)
        return medium_cache_read(cache, offset, bytes, buffer);
    status = medium_cache_read(cache, offset, head, to);
    if (status == EFI_SUCCESS)
        status = medium_read(cache->medium, offset + head, bytes - head - tail, to + head);
    if (status == EFI_SUCCESS)
        status = medium_cache_read(cache, offset + bytes - tail, tail, to + bytes - tail);
    return status;
}

static EFI_STATUS write_piece(struct medium_cache *cache, uint64_t offset, size_t bytes,
                              const void *buffer)
{
    struct medium_cache_line *line;
    EFI_STATUS status;

    if (offset > cache->medium->bytes || bytes > cache->medium->bytes - offset)
        return EFI_VOLUME_CORRUPTED;
    status = get_line(cache, offset - offset % LINE_BYTES, &line);
    if (status != EFI_SUCCESS)
        return status;
    memcpy(content_at(line, offset), buffer, bytes);
    for (uint64_t unit = (offset - line->offset) / UNIT_BYTES;
         unit <= (offset - line->offset + bytes - 1) / UNIT_BYTES; unit++)
        line->changed |= UINT32_C(1) << unit;
    return EFI_SUCCESS;
}

EFI_STATUS medium_cache_write(struct medium_cache *cache, uint64_t offset, size_t bytes,
                              const void *buffer)
{
    const uint8_t *from = buffer;
    EFI_STATUS status = cache->medium->read_only ? EFI_WRITE_PROTECTED : EFI_SUCCESS;

    while (bytes && status == EFI_SUCCESS) {
        size_t piece = bytes_in_line(offset, bytes);

        status = write_piece(cache, offset, piece, from);
        offset += piece;
        from += piece;
        bytes -= piece;
    }
    return status;
}

EFI_STATUS medium_cache_write_through(struct medium_cache *cache, uint64_t offset, size_t bytes,
                                      const void *buffer)
{
    struct range written = {offset, offset + bytes};
    EFI_STATUS status = medium_write(cache->medium, offset, bytes, buffer);

    for (unsigned int i = 0; i < MEDIUM_CACHE_LINES; i++) {
        struct medium_cache_line *line = &cache->line[i];
        struct range common = intersection(written, line_range(line));

        /* How much of a failed write arrived, nobody knows. */
        if (common.end && status != EFI_SUCCESS && !line->changed)
            line->bytes = 0;
        else if (common.end && status == EFI_SUCCESS)
            memcpy(content_at(line, common.start),
                   (const uint8_t *)buffer + (common.start - offset), common.end - common.start);
    }
    return status;
}
