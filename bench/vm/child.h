#pragma once
// A program beside this one that is asked line by line.

#include <cstdio>
#include <string>

namespace kiln::bench {

class Child {
 public:
    Child(const std::string& program, const std::string& argument);
    ~Child();
    Child(const Child&) = delete;
    // Runs a kernel there; its nanoseconds, and its result.
    struct Answer {
        double nanoseconds = 0;
        long long result = 0;
    };
    Answer ask(const std::string& kernel, long long argument);

 private:
    std::FILE* to_ = nullptr;
    std::FILE* from_ = nullptr;
    int process_ = 0;
};

}  // namespace kiln::bench
