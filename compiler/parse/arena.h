#pragma once
// Where a tree lives: its nodes, lists and words stand one behind the other in a few blocks and go together.
// So nothing in a tree may own anything else; copies of a list share its elements.

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace kiln::compiler::ast {

class Arena {
 public:
    void* take(std::size_t bytes, std::size_t alignment) {
        auto at = (reinterpret_cast<std::uintptr_t>(free_) + alignment - 1) & ~(alignment - 1);
        if (at + bytes > reinterpret_cast<std::uintptr_t>(end_)) {
            grow(bytes + alignment);
            at = (reinterpret_cast<std::uintptr_t>(free_) + alignment - 1) & ~(alignment - 1);
        }
        free_ = reinterpret_cast<char*>(at + bytes);
        return reinterpret_cast<void*>(at);
    }
    template <typename Node>
    Node* make() {
        static_assert(std::is_trivially_destructible_v<Node>);
        return new (take(sizeof(Node), alignof(Node))) Node();
    }
    std::string_view keep(std::string_view words) {
        auto* copy = static_cast<char*>(take(words.size(), 1));
        std::copy(words.begin(), words.end(), copy);
        return {copy, words.size()};
    }
    std::size_t bytes() const { return bytes_; }

    // The arena of the tree that this thread is building.
    static thread_local Arena* current;

 private:
    void grow(std::size_t least);

    std::vector<std::unique_ptr<char[]>> blocks_;
    char* free_ = nullptr;
    char* end_ = nullptr;
    std::size_t bytes_ = 0;
};

class ArenaScope {
 public:
    explicit ArenaScope(Arena& arena) : before_(Arena::current) { Arena::current = &arena; }
    ~ArenaScope() { Arena::current = before_; }
    ArenaScope(const ArenaScope&) = delete;

 private:
    Arena* before_;
};

// A vector whose elements lie in the current arena.
template <typename T>
class List {
 public:
    using value_type = T;

    List() = default;
    List(std::initializer_list<T> values) {
        for (const auto& value : values) push_back(value);
    }

    T* begin() { return data_; }
    T* end() { return data_ + size_; }
    const T* begin() const { return data_; }
    const T* end() const { return data_ + size_; }
    T* data() { return data_; }
    const T* data() const { return data_; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    T& operator[](std::size_t i) { return data_[i]; }
    const T& operator[](std::size_t i) const { return data_[i]; }
    T& front() { return data_[0]; }
    const T& front() const { return data_[0]; }
    T& back() { return data_[size_ - 1]; }
    const T& back() const { return data_[size_ - 1]; }

    void reserve(std::size_t capacity) {
        static_assert(std::is_trivially_destructible_v<T> && std::is_trivially_copyable_v<T>);
        if (capacity <= capacity_) return;
        auto* data = static_cast<T*>(Arena::current->take(capacity * sizeof(T), alignof(T)));
        if (size_ > 0) std::memcpy(static_cast<void*>(data), data_, size_ * sizeof(T));
        data_ = data;
        capacity_ = static_cast<std::uint32_t>(capacity);
    }
    void push_back(T value) {
        if (size_ == capacity_) reserve(capacity_ == 0 ? 1 : 2 * std::size_t{capacity_});
        new (data_ + size_++) T(value);
    }
    template <typename... Values>
    T& emplace_back(Values&&... values) {
        push_back(T{std::forward<Values>(values)...});
        return back();
    }
    void insert(T* before, T value) {
        const auto at = before - data_;
        push_back(value);
        std::rotate(data_ + at, data_ + size_ - 1, data_ + size_);
    }
    void erase(T* one) {
        std::copy(one + 1, end(), one);
        --size_;
    }

 private:
    T* data_ = nullptr;
    std::uint32_t size_ = 0, capacity_ = 0;
};

// Words of a source, or kept by an arena: valid as long as these are.
class [[gnu::packed, gnu::aligned(4)]] Name {
 public:
    Name() = default;
    Name(std::string_view words) : data_(words.data()), size_(static_cast<std::uint32_t>(words.size())) {}
    template <std::size_t size>
    Name(const char(&words)[size]) : Name(std::string_view(words, size - 1)) {}

    std::string_view view() const { return {data_, size_}; }
    operator std::string_view() const { return view(); }
    operator std::string() const { return std::string(view()); }
    std::string string() const { return std::string(view()); }
    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    char operator[](std::size_t i) const { return data_[i]; }
    char front() const { return data_[0]; }
    char back() const { return data_[size_ - 1]; }
    bool starts_with(std::string_view words) const { return view().starts_with(words); }
    bool ends_with(std::string_view words) const { return view().ends_with(words); }
    std::size_t find(auto what, std::size_t from = 0) const { return view().find(what, from); }
    std::size_t rfind(auto what) const { return view().rfind(what); }
    std::string substr(std::size_t from, std::size_t count = std::string_view::npos) const {
        return std::string(view().substr(from, count));
    }

    friend bool operator==(const Name& left, const Name& right) { return left.view() == right.view(); }
    friend bool operator==(const Name& left, std::string_view right) { return left.view() == right; }
    friend bool operator==(const Name& left, const std::string& right) { return left.view() == right; }
    friend bool operator==(const Name& left, const char* right) { return left.view() == right; }
    friend auto operator<=>(const Name& left, std::string_view right) { return left.view() <=> right; }
    friend std::string operator+(std::string left, const Name& right) {
        return std::move(left.append(right.view()));
    }
    friend std::string operator+(const char* left, const Name& right) { return std::string(left) + right; }
    friend std::string operator+(const Name& left, std::string_view right) {
        return left.string().append(right);
    }
    friend std::string operator+(const Name& left, const std::string& right) { return left.string() + right; }
    friend std::string operator+(const Name& left, const char* right) { return left.string() + right; }
    friend std::string operator+(const Name& left, char right) { return left.string() + right; }

 private:
    const char* data_ = nullptr;
    std::uint32_t size_ = 0;
};

}  // namespace kiln::compiler::ast
