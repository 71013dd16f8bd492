// The machine built without fuel, waiting to be asked: a line "KERNEL ARGUMENT" is answered by the
// nanoseconds it took.

#include <cstdio>

#include "bench/vm/subject.h"

int main(int count, char** arguments) {
    if (count < 2) return 2;
    kiln::bench::Subject subject(arguments[1]);
    char kernel[64];
    long long argument = 0;
    while (std::scanf("%63s %lld", kernel, &argument) == 2) {
        const double begin = kiln::bench::cpu_seconds();
        const long long result = subject.run(kernel, argument);
        std::printf("%.0f %lld\n", (kiln::bench::cpu_seconds() - begin) * 1e9, result);
        std::fflush(stdout);
    }
    return 0;
}
