#include "office.h"

#include "base/utf8.h"
#include "grid.h"
#include "office_parts.h"
#include "plain_text.h"

#include <libxml/xmlreader.h>

enum { CELL_BYTES_MAX = 64 * 1024, DEPTH_MAX = 250 };

/* What an element means to a reader. */
enum role { NOTHING, PARAGRAPH, TEXT, TEXT_PARAGRAPH, TAB, SPACES, LINE, TABLE, ROW, CELL, PRINTED, UNREAD };

struct element {
    const char *name; /* without its prefix */
    enum role role;
};

static const struct element docx_elements[] = {
    { "p", PARAGRAPH }, { "t", TEXT },          { "tab", TAB },    { "br", LINE },    { "cr", LINE },
    { "tbl", TABLE },   { "tr", ROW },          { "tc", CELL },    { "del", UNREAD }, { "moveFrom", UNREAD },
    { "pPr", UNREAD },  { "Fallback", UNREAD }, { NULL, NOTHING },
};
static const struct element odt_elements[] = {
    { "p", TEXT_PARAGRAPH },  { "h", TEXT_PARAGRAPH }, { "tab", TAB },
    { "s", SPACES },          { "line-break", LINE },  { "table", TABLE },
    { "table-row", ROW },     { "table-cell", CELL },  { "covered-table-cell", CELL },
    { "header", PRINTED },    { "footer", PRINTED },   { "tracked-changes", UNREAD },
    { "annotation", UNREAD }, { NULL, NOTHING },
};

struct office {
    const struct element *elements;
    struct arena *arena;
    struct buf *out;
    struct buf cell;          /* the text of the cell that is being read */
    struct grid grid;         /* the outermost table that is being read */
    int tables, cells, texts; /* how many of them are open */
    int unread;               /* open elements within one that is not read */
    bool only_printed;        /* of the styles of an ODT: nothing outside of headers and footers */
    int printed;
    bool full;
};

static enum role role_of(const struct office *o, const char *name) {
    const struct element *e = o->elements;

    while (e->name && strcmp(e->name, name) != 0) e++;
    return e->role;
}

static void add(struct office *o, struct str text) {
    if (o->unread || (o->only_printed && !o->printed)) return;
    buf_add(o->cells > 0 ? &o->cell : o->out, text);
}

static void add_spaces(struct office *o, xmlTextReaderPtr x) {
    static const xmlChar name[] = "text:c";
    xmlChar *count = xmlTextReaderGetAttribute(x, name);
    int64_t n = 1;

    if (count && (!str_to_i64(str_from_c((const char *)count), &n) || n < 1 || n > 100)) n = 1;
    xmlFree(count);
    while (n-- > 0) add(o, STR(" "));
}

static void begin(struct office *o, enum role role, xmlTextReaderPtr x) {
    if (o->unread || role == UNREAD) {
        o->unread++;
        return;
    }
    switch (role) {
    case TEXT:
    case TEXT_PARAGRAPH: o->texts++; break;
    case TAB: add(o, o->cells > 0 ? STR(" ") : STR("\t")); break;
    case SPACES: add_spaces(o, x); break;
    case LINE: add(o, o->cells > 0 ? STR(" ") : STR("\n")); break;
    case TABLE:
        if (o->tables++ == 0) grid_begin(&o->grid, o->arena);
        break;
    case ROW:
        if (o->tables == 1 && !grid_next_row(&o->grid)) o->full = true;
        break;
    case CELL:
        if (o->tables > 0 && o->cells++ == 0) buf_clear(&o->cell);
        break;
    case PRINTED: o->printed++; break;
    case PARAGRAPH:
    case UNREAD:
    case NOTHING: break;
    }
}

static void end(struct office *o, enum role role) {
    if (o->unread) {
        o->unread--;
        return;
    }
    if (role == TEXT || role == TEXT_PARAGRAPH) o->texts--;
    if (role == PARAGRAPH || role == TEXT_PARAGRAPH) add(o, o->cells > 0 ? STR(" ") : STR("\n"));
    if (role == PRINTED) o->printed--;
    if (role == CELL && o->tables > 0 && --o->cells == 0 &&
        (!buf_ok(&o->cell) || !grid_add_cell(&o->grid, str_trim(buf_str(&o->cell)))))
        o->full = true;
    if (role == TABLE && --o->tables == 0) grid_write(&o->grid, o->out);
}

/* Line ends of the XML itself are spaces to who reads. */
static void add_text(struct office *o, const char *text) {
    if (o->texts == 0) return;
    for (; *text; text++)
        add(o, *text == '\n' || *text == '\r' || *text == '\t' ? STR(" ") : (struct str) { text, 1 });
}

/* False: no document of ours holds this. */
static bool node_read(struct office *o, xmlTextReaderPtr x) {
    const char *name = (const char *)xmlTextReaderConstLocalName(x);

    switch (xmlTextReaderNodeType(x)) {
    case XML_READER_TYPE_ELEMENT:
        begin(o, role_of(o, name), x);
        if (xmlTextReaderIsEmptyElement(x)) end(o, role_of(o, name));
        break;
    case XML_READER_TYPE_END_ELEMENT: end(o, role_of(o, name)); break;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
    case XML_READER_TYPE_WHITESPACE: add_text(o, (const char *)xmlTextReaderConstValue(x)); break;
    case XML_READER_TYPE_DOCUMENT_TYPE: return false; /* neither format has one, and entities come with it */
    default: break;
    }
    return xmlTextReaderDepth(x) < DEPTH_MAX;
}

static enum extract_code part_read(struct office *o, struct str xml) {
    const int how = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT;
    xmlTextReaderPtr x = xmlReaderForMemory(xml.p, (int)xml.n, NULL, NULL, how);
    int more = x ? 1 : -1;

    while (more == 1 && !o->full && buf_ok(o->out) && (more = xmlTextReaderRead(x)) == 1)
        if (!node_read(o, x)) more = -1;
    xmlFreeTextReader(x);
    if (o->full || !buf_ok(o->out)) return EXTRACT_TOO_COMPLEX;
    return more < 0 ? EXTRACT_DAMAGED : EXTRACT_OK;
}

/* All parts, one behind the other. */
static enum extract_code parts_read(struct arena *arena, enum file_type type, struct str bytes,
                                    struct buf *out) {
    struct office_parts parts;
    enum extract_code code = office_parts_read(arena, type, bytes, &parts);

    for (size_t i = 0; i < parts.count && code == EXTRACT_OK; i++) {
        struct office o = { .elements = type == FILE_DOCX ? docx_elements : odt_elements,
                            .arena = arena,
                            .out = out,
                            .only_printed = type == FILE_ODT && parts.items[i].rank == 0 };
        buf_init(&o.cell, CELL_BYTES_MAX);
        code = part_read(&o, parts.items[i].xml);
        buf_done(&o.cell);
    }
    return code;
}

/* A paragraph is one line of the text so far; on paper it has as many as it needs. */
static void wrap(struct str text, struct buf *out) {
    size_t column = 0;

    for (size_t at = 0; at < text.n;) {
        bool space = text.p[at] == ' ';
        size_t word = at + (space ? 1 : strcspn(text.p + at, " \n"));
        if (text.p[at] == '\n') word = at + 1;
        size_t n = utf8_length(str_sub(text, at, word - at));
        if (!space && column > 0 && column + n > GRID_LINE_CHARS) {
            buf_add_char(out, '\n');
            column = 0;
        }
        buf_add(out, str_sub(text, at, word - at));
        column = text.p[at] == '\n' ? 0 : column + n;
        at = word;
    }
}

/* A DOCX with a password is a stream of this name, in UTF-16, within the container of the older formats (MS-OFFCRYPTO 2.3). */
static enum extract_code ole_reason(struct str bytes) {
    struct str name = STR("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0");
    return str_find(bytes, name) < bytes.n ? EXTRACT_ENCRYPTED_OFFICE : EXTRACT_OLD_OFFICE;
}

enum extract_code office_read(struct sheet *sheet, enum file_type type, struct str bytes) {
    if (type == FILE_OLE) return ole_reason(bytes);
    struct arena *arena = arena_new(OFFICE_ARENA_BYTES);
    struct buf text, wrapped;
    enum extract_code code = EXTRACT_TOO_COMPLEX;

    if (!arena) return code;
    buf_init(&text, OFFICE_TEXT_MAX);
    buf_init(&wrapped, 2 * (size_t)OFFICE_TEXT_MAX);
    code = parts_read(arena, type, bytes, &text);
    if (code == EXTRACT_OK) {
        buf_add_char(&text, '\0'); /* for strcspn() */
        wrap(str_sub(buf_str(&text), 0, text.n - 1), &wrapped);
        code = buf_ok(&text) && buf_ok(&wrapped) ? plain_text_read(sheet, buf_str(&wrapped))
                                                 : EXTRACT_TOO_COMPLEX;
    }
    buf_done(&text);
    buf_done(&wrapped);
    arena_free(arena);
    return code;
}
