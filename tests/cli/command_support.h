#pragma once
// Runs the built `kiln` in a shell, in folders that vanish.

#include <filesystem>
#include <string>

namespace command_line {

struct Run {
    std::string output;  // both streams
    int exit_code = -1;
};

// `kiln WORDS`, with nothing or `input` on its standard input.
Run kiln(const std::string& words, const std::string& input = {});

class TemporaryFolder {
   public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::string at(const std::string& name) const { return (path_ / name).string(); }

   private:
    std::filesystem::path path_;
};

void write(const std::string& path, const std::string& text);  // with the folders above it
std::string read(const std::string& path);

inline bool has(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}
inline bool has(const Run& run, const std::string& words) { return has(run.output, words); }

}  // namespace command_line
