#pragma once
// When ticks are due. After a stall a few are made up for at once; then the clock is anchored anew, so that
// no burst follows.

#include <chrono>

#include "server/config.h"

namespace kiln::server {

class Pace {
   public:
    using Clock = std::chrono::steady_clock;
    Pace(Clock::time_point first, Clock::duration period) : next_(first), period_(period) {}
    Clock::time_point next() const { return next_; }
    void has_run(Clock::time_point now) {
        next_ += period_;
        if (now - next_ > period_ * catch_up_ticks) {
            next_ = now;
        }
    }

   private:
    Clock::time_point next_;
    Clock::duration period_;
};

}  // namespace kiln::server
