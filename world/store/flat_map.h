#pragma once
// A hash table for derived indexes. It cannot be iterated over, so the order of its slots can reach neither
// state nor output. Private to this folder.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace kiln::world {

// `Hash` spreads a key over 64 bits. Values are made by their default constructor and moved when it grows.
template <typename Key, typename Value, typename Hash>
class FlatMap {
   public:
    const Value* find(const Key& key) const {
        if (cells_.empty()) return nullptr;
        for (auto at = home(key);; at = next(at)) {
            if (!cells_[at].is_used) return nullptr;
            if (cells_[at].key == key) return &cells_[at].value;
        }
    }
    Value* find(const Key& key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

    Value& operator[](const Key& key) {
        if (auto* known = find(key)) return *known;
        if ((size_ + 1) * 4 > cells_.size() * 3) grow();
        auto at = home(key);
        while (cells_[at].is_used) at = next(at);
        cells_[at].is_used = true;
        cells_[at].key = key;
        ++size_;
        return cells_[at].value;
    }

    // Those behind it move up, so that no search ends too early.
    void erase(const Key& key) {
        if (cells_.empty()) return;
        auto hole = home(key);
        while (cells_[hole].is_used && !(cells_[hole].key == key)) hole = next(hole);
        if (!cells_[hole].is_used) return;
        for (auto at = next(hole); cells_[at].is_used; at = next(at)) {
            const auto distance = (at - home(cells_[at].key)) & (cells_.size() - 1);
            if (distance < ((at - hole) & (cells_.size() - 1))) continue;
            cells_[hole].key = cells_[at].key;
            cells_[hole].value = std::move(cells_[at].value);
            hole = at;
        }
        cells_[hole] = {};
        --size_;
    }

    std::size_t size() const { return size_; }
    bool operator==(const FlatMap& other) const {
        if (size_ != other.size_) return false;
        for (const auto& cell : cells_) {
            if (!cell.is_used) continue;
            const auto* its = other.find(cell.key);
            if (!its || !(*its == cell.value)) return false;
        }
        return true;
    }

   private:
    struct Cell {
        Key key{};
        bool is_used = false;
        Value value{};
    };

    std::size_t home(const Key& key) const {
        return static_cast<std::size_t>(Hash{}(key)) & (cells_.size() - 1);
    }
    std::size_t next(std::size_t at) const { return (at + 1) & (cells_.size() - 1); }
    void grow() {
        auto old = std::exchange(cells_, std::vector<Cell>(cells_.empty() ? 16 : cells_.size() * 2));
        size_ = 0;
        for (auto& cell : old) {
            if (cell.is_used) (*this)[cell.key] = std::move(cell.value);
        }
    }

    std::vector<Cell> cells_;                    // a power of two of them, at most three in four used
    std::size_t size_ = 0;
};

}  // namespace kiln::world
