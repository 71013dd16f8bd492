#include "bench/compile/child.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace kiln::bench {

namespace {

double seconds_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

[[noreturn]] void become(const std::vector<std::string>& words, int output) {
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    _exit(127);
}

void show(int output) {
    char bytes[4096];
    lseek(output, 0, SEEK_SET);
    for (ssize_t got; (got = read(output, bytes, sizeof bytes)) > 0;)
        std::fwrite(bytes, 1, static_cast<std::size_t>(got), stderr);
}

}  // namespace

Run run_program(const std::vector<std::string>& words) {
    char name[] = "/tmp/kiln_bench_XXXXXX";
    const int output = mkstemp(name);
    if (output >= 0) unlink(name);
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) become(words, output);
    int status = 0;
    rusage used{};
    wait4(child, &status, 0, &used);
    Run run;
    run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    run.cpu_seconds = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
    run.peak_mb = static_cast<double>(used.ru_maxrss) / 1024;
    run.succeeded = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!run.succeeded) show(output);
    if (output >= 0) close(output);
    return run;
}

}  // namespace kiln::bench
