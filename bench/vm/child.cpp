#include "bench/vm/child.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace kiln::bench {

Child::Child(const std::string& program, const std::string& argument) {
    int questions[2], answers[2];
    if (pipe(questions) != 0 || pipe(answers) != 0) std::abort();
    process_ = fork();
    if (process_ == 0) {
        dup2(questions[0], STDIN_FILENO);
        dup2(answers[1], STDOUT_FILENO);
        close(questions[1]);
        close(answers[0]);
        execl(program.c_str(), program.c_str(), argument.c_str(), nullptr);
        std::_Exit(127);
    }
    close(questions[0]);
    close(answers[1]);
    to_ = fdopen(questions[1], "w");
    from_ = fdopen(answers[0], "r");
}

Child::~Child() {
    std::fclose(to_);
    std::fclose(from_);
    waitpid(process_, nullptr, 0);
}

Child::Answer Child::ask(const std::string& kernel, long long argument) {
    std::fprintf(to_, "%s %lld\n", kernel.c_str(), argument);
    std::fflush(to_);
    Answer answer;
    if (std::fscanf(from_, "%lf %lld", &answer.nanoseconds, &answer.result) != 2) std::abort();
    return answer;
}

}  // namespace kiln::bench
