#include "models.h"

#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <new>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <tesseract/baseapi.h>
#include <unistd.h>

namespace {

struct model {
    const char *file;
    const char *bytes;
    size_t size;
};

/* French alone: with English beside it every accent is in doubt ("téte"), and a page takes a third longer. It reads English as well. */
model french = { "fra.traineddata", nullptr, 0 };

const char *const folders[] = { "/usr/share/tesseract-ocr/5/tessdata",
                                "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata",
                                "/usr/local/share/tessdata" };

bool folder_map(const char *folder, model *m) {
    std::string path = std::string(folder) + "/" + m->file;
    int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat st;

    if (fd < 0) return false;
    void *p = MAP_FAILED;
    if (fstat(fd, &st) == 0 && st.st_size > 0)
        p = mmap(nullptr, static_cast<size_t>(st.st_size), PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (p == MAP_FAILED) return false;
    m->bytes = static_cast<const char *>(p);
    m->size = static_cast<size_t>(st.st_size);
    return true;
}

/*
 * Tesseract asks for "./fra.traineddata"; whatever else it asks for (user words, configurations) is not
 * there.
 */
bool model_read(const char *path, std::vector<char> *out) {
    const char *slash = std::strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;

    if (!french.bytes || std::strcmp(name, french.file) != 0) return false;
    out->assign(french.bytes, french.bytes + french.size);
    return true;
}

int exit_code_without_memory = 1;

void leave_without_memory() {
    _exit(exit_code_without_memory);
}

} // namespace

extern "C" bool models_open(void) {
    const char *prefix = std::getenv("TESSDATA_PREFIX");

    if (prefix && folder_map(prefix, &french)) return true;
    for (const char *folder : folders)
        if (folder_map(folder, &french)) return true;
    return false;
}

extern "C" TessBaseAPI *models_engine_new(void) {
    TessBaseAPI *api = TessBaseAPICreate();

    if (!french.bytes || !api) return nullptr;
    if (api->Init(nullptr, 0, "fra", tesseract::OEM_LSTM_ONLY, nullptr, 0, nullptr, nullptr, false,
                  model_read) != 0) {
        TessBaseAPIDelete(api);
        return nullptr;
    }
    api->SetPageSegMode(tesseract::PSM_AUTO);
    /* A line that was read worse than this is read again, white as black; at 0.7, its default, most lines of a bad print are. */
    api->SetVariable("invert_threshold", "0.5");
    return api;
}

extern "C" void models_exit_without_memory(int exit_code) {
    exit_code_without_memory = exit_code;
    std::set_new_handler(leave_without_memory);
}
