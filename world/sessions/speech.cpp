#include "world/sessions/speech.h"

#include <algorithm>

#include "world/limits.h"

namespace kiln::world {

namespace {

std::size_t size_of(const Output::Body& body) {
    std::size_t size = body.data.size();
    for (const auto& run : body.runs) size += run.style.size() + run.text.size();
    return size;
}

}  // namespace

void Speech::begin_slice() {
    for (std::size_t i = slice_begin_; i < said_.size(); ++i) {
        if (said_[i].reader.index() < reader_bytes_.size()) reader_bytes_[said_[i].reader.index()] = 0;
    }
    slice_begin_ = said_.size();
    slice_bytes_ = 0;
}

bool Speech::say(Handle reader, std::span<const Handle> sessions, const SharedBody& body) {
    const auto bytes = size_of(*body);
    if (reader_bytes_.size() <= reader.index()) reader_bytes_.resize(reader.index() + 1);
    auto& of_reader = reader_bytes_[reader.index()];
    if (of_reader + bytes > limits::output_bytes_per_reader ||
        slice_bytes_ + bytes > limits::output_bytes_per_slice) {
        return false;
    }
    of_reader += bytes;
    slice_bytes_ += bytes;
    for (std::size_t i = 0; i < sessions.size(); ++i)
        said_.push_back({sessions[i], reader, i == 0 ? bytes : 0, body});
    return true;
}

bool Speech::crowd_listens(Handle room) {
    const auto last = std::ranges::find(noises_.rbegin(), noises_.rend(), room, &Noise::room);
    const auto ordinal = last == noises_.rend() ? 1 : last->ordinal + 1;
    noises_.push_back({room, ordinal});
    return ordinal <= limits::crowd_lines_per_tick;
}

std::vector<Speech::Missed> Speech::missed() const {
    std::vector<Missed> result;
    for (const auto& noise : noises_) {
        if (noise.ordinal <= limits::crowd_lines_per_tick) continue;
        const auto found = std::ranges::find(result, noise.room, &Missed::room);
        if (found == result.end())
            result.push_back({noise.room, 1});
        else
            ++found->count;
    }
    return result;
}

void Speech::roll_back(Mark mark) {
    while (said_.size() > mark.said) {
        const auto& last = said_.back();
        if (last.bytes > 0) {
            reader_bytes_[last.reader.index()] -= last.bytes;
            slice_bytes_ -= last.bytes;
        }
        said_.pop_back();
    }
    noises_.resize(mark.noises);
}

}  // namespace kiln::world
