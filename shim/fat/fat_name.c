#include "shim/fat/fat_name.h"

#include "loader/lib/string.h"
#include "shim/text/unicode_case.h"

#define BASE_CHARS      8u
#define EXTENSION_CHARS 3u
#define HASH_DIGITS     4u

/* "~1" to "~9" come before the ones with checksums. */
#define NUMBERED_CANDIDATES 9u

bool fat_name_take(const CHAR16 *text, struct fat_name *ret_name)
{
    size_t chars = 0;

    while (text[chars]) {
        if (chars == FAT_NAME_CHARS_MAX)
            return false;
        ret_name->text[chars] = text[chars];
        chars++;
    }
    while (chars && (text[chars - 1] == ' ' || text[chars - 1] == '.'))
        chars--;
    ret_name->text[chars] = 0;
    ret_name->chars = chars;
    return chars > 0;
}

static bool is_among(CHAR16 unit, const char *signs)
{
    for (; *signs; signs++)
        if (unit == (unsigned char)*signs)
            return true;
    return false;
}

bool fat_name_is_valid(const struct fat_name *name)
{
    for (size_t i = 0; i < name->chars; i++)
        if (name->text[i] < ' ' || is_among(name->text[i], "\"*/:<>?\\|"))
            return false;
    return true;
}

bool fat_name_equals(const struct fat_name *name, const CHAR16 *text)
{
    for (size_t i = 0; i <= name->chars; i++)
        if (unicode_upper(name->text[i]) != unicode_upper(text[i]))
            return false;
    return true;
}

static CHAR16 *append_part(CHAR16 *to, const uint8_t *part, size_t chars, bool lower)
{
    while (chars && part[chars - 1] == ' ')
        chars--;
    for (size_t i = 0; i < chars; i++)
        *to++ = lower ? unicode_lower(part[i]) : part[i];
    return to;
}

void fat_name_from_entry(const struct fat_entry *entry,
                         CHAR16 ret_text[static FAT_SHORT_TEXT_CHARS])
{
    uint8_t name[FAT_SHORT_NAME_BYTES];
    CHAR16 *dot;
    CHAR16 *end;

    memcpy(name, entry->name, sizeof(name));
    if (name[0] == FAT_NAME_E5)
        name[0] = FAT_NAME_REMOVED;
    dot = append_part(ret_text, name, BASE_CHARS, entry->name_case & FAT_LOWER_BASE);
    end = append_part(dot + 1, name + BASE_CHARS, EXTENSION_CHARS,
                      entry->name_case & FAT_LOWER_EXTENSION);
    *dot = '.';
    *(end == dot + 1 ? dot : end) = 0;
}

/* What a short name may consist of, in upper case. */
static bool is_short_char(CHAR16 unit)
{
    return (unit >= 'A' && unit <= 'Z') || (unit >= '0' && unit <= '9') ||
           is_among(unit, "!#$%&'()-@^_`{}~");
}

/* The part before the dot, or the one behind it. */
struct part {
    const CHAR16 *text;
    size_t chars;
    size_t chars_max;
};

/* The last dot divides; one at the beginning belongs to the name. */
static void divide(const struct fat_name *name, struct part *ret_base, struct part *ret_extension)
{
    size_t dot = name->chars;

    for (size_t i = name->chars; i > 1; i--)
        if (name->text[i - 1] == '.') {
            dot = i - 1;
            break;
        }
    *ret_base = (struct part){name->text, dot, BASE_CHARS};
    *ret_extension = (struct part){name->text + dot, 0, EXTENSION_CHARS};
    if (dot < name->chars)
        *ret_extension =
            (struct part){name->text + dot + 1, name->chars - dot - 1, EXTENSION_CHARS};
}

/* Whether the part is made of short names' characters, whatever their case, and not too long. */
static bool is_short_part(const struct part *part)
{
    for (size_t i = 0; i < part->chars; i++)
        if (part->text[i] > 0x7f || !is_short_char(unicode_upper(part->text[i])))
            return false;
    return part->chars <= part->chars_max;
}

/* All letters of the part have one case; which one. */
static bool has_one_case(const struct part *part, bool *ret_lower)
{
    bool has_lower = false;
    bool has_upper = false;

    for (size_t i = 0; i < part->chars; i++) {
        has_lower |= part->text[i] != unicode_upper(part->text[i]);
        has_upper |= part->text[i] != unicode_lower(part->text[i]);
    }
    *ret_lower = has_lower;
    return !has_lower || !has_upper;
}

/* What of the part can be in a short name. Returns how many characters that are. */
static size_t pack(const struct part *part, uint8_t *to)
{
    size_t chars = 0;

    memset(to, ' ', part->chars_max);
    for (size_t i = 0; i < part->chars && chars < part->chars_max; i++) {
        CHAR16 unit = unicode_upper(part->text[i]);

        if (unit == ' ' || unit == '.')
            continue;
        to[chars++] = is_short_char(unit) ? (uint8_t)unit : '_';
    }
    return chars;
}

static bool is_short_name(const struct part *base, const struct part *extension,
                          const struct fat_name *name)
{
    bool has_dot = base->chars < name->chars;

    return base->chars && is_short_part(base) && is_short_part(extension) &&
           (!has_dot || extension->chars);
}

bool fat_name_fits_entry(const struct fat_name *name, struct fat_entry *entry)
{
    bool lower_extension;
    struct part extension;
    bool lower_base;
    struct part base;

    divide(name, &base, &extension);
    if (!is_short_name(&base, &extension, name) || !has_one_case(&base, &lower_base) ||
        !has_one_case(&extension, &lower_extension))
        return false;
    pack(&base, entry->name);
    pack(&extension, entry->name + BASE_CHARS);
    entry->name_case =
        (uint8_t)((lower_base ? FAT_LOWER_BASE : 0) | (lower_extension ? FAT_LOWER_EXTENSION : 0));
    return true;
}

static uint32_t hash(const struct fat_name *name, uint32_t seed)
{
    uint32_t value = 2166136261u ^ seed;

    for (size_t i = 0; i < name->chars; i++)
        value = (value ^ unicode_upper(name->text[i])) * 16777619u;
    return value ^ value >> 16;
}

/* As Windows: two characters, four digits of a checksum, a number. */
static size_t append_hash(uint8_t *base, size_t chars, uint32_t value)
{
    if (chars > BASE_CHARS - HASH_DIGITS - 2)
        chars = BASE_CHARS - HASH_DIGITS - 2;
    for (unsigned int i = 0; i < HASH_DIGITS; i++)
        base[chars++] = (uint8_t) "0123456789ABCDEF"[value >> 4 * i & 0xf];
    return chars;
}

bool fat_name_candidate(const struct fat_name *name, unsigned int index, unsigned int round,
                        uint8_t ret_short[static FAT_SHORT_NAME_BYTES])
{
    struct part extension;
    struct part base;
    size_t chars;

    divide(name, &base, &extension);
    chars = pack(&base, ret_short);
    pack(&extension, ret_short + BASE_CHARS);
    if (index == 0)
        return round == 0 && is_short_name(&base, &extension, name);
    if (round || index > NUMBERED_CANDIDATES) {
        chars = append_hash(ret_short, chars, hash(name, round * FAT_CANDIDATES + index));
        index = 1;
    }
    if (chars > BASE_CHARS - 2)
        chars = BASE_CHARS - 2;
    ret_short[chars] = '~';
    ret_short[chars + 1] = (uint8_t)('0' + index);
    memset(ret_short + chars + 2, ' ', BASE_CHARS - chars - 2);
    return true;
}

uint8_t fat_name_checksum(const uint8_t short_name[static FAT_SHORT_NAME_BYTES])
{
    uint8_t sum = 0;

    for (size_t i = 0; i < FAT_SHORT_NAME_BYTES; i++)
        sum = (uint8_t)((sum << 7 | sum >> 1) + short_name[i]);
    return sum;
}
