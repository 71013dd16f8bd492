// Lists, sets, maps and records at run time. Whoever changes one owns it first; what is copied or compared is
// charged.

#include <algorithm>
#include <numeric>

#include "vm/machine/state.h"

namespace kiln::vm {

namespace {

using Kind = CompositeType::Kind;

class Collector {
   public:
    Collector(const Context& context, const Prepared& instruction, Slot* base)
        : state_(context.state),
          arena_(context.state.arena),
          program_(context.loaded.program()),
          i_(instruction),
          base_(base) {}

    Fault run() {
        switch (i_.op) {
            case Opcode::gather: return gather();
            case Opcode::list_push: return insert(count(a()), b());
            case Opcode::list_insert: return share_part(c()), insert(static_cast<std::uint64_t>(b()), c());
            case Opcode::list_set: return share_part(c()), replace(static_cast<std::uint64_t>(b()), c());
            case Opcode::record_set: return share_part(b()), set_field();
            case Opcode::list_remove: return remove(1);
            case Opcode::map_remove: return remove(2);
            case Opcode::list_slice: return slice();
            case Opcode::list_extend: return extend();
            case Opcode::list_find: return find(b(), c()), found();
            case Opcode::list_sort: return sort();
            case Opcode::list_reverse: return reverse();
            case Opcode::set_add: return add_to_set();
            case Opcode::map_put: return put();
            case Opcode::map_get: return entry(1);
            case Opcode::map_key: return entry(0);
            case Opcode::map_list: return list_of_map();
            default: return compare();
        }
    }

   private:
    Slot& a() { return base_[i_.a]; }
    Slot b() const { return base_[i_.b]; }
    Slot c() const { return base_[i_.c]; }
    std::size_t count(Slot value) const { return arena_.list(value).size(); }
    const CompositeType& imm_type() const {
        return *composite_of(program_, static_cast<SlotType>(i_.imm));
    }
    Fault charge(std::size_t elements) {
        state_.fuel -= static_cast<std::int64_t>(elements) / elements_per_fuel;
        return state_.fuel < 0 ? Fault::out_of_fuel : Fault::none;
    }
    void share_part(Slot part) {
        if (i_.imm != 0) arena_.share(part);
    }
    Fault answer(std::optional<Slot> value) {
        if (!value) return Fault::out_of_memory;
        a() = *value;
        return Fault::none;
    }

    // Register a, ready to be changed, with room for so many slots.
    Fault own(std::size_t room) {
        std::size_t copied = 0;
        const auto owned = arena_.own(a(), room, copied);
        if (!owned) return Fault::out_of_memory;
        a() = *owned;
        return charge(copied);
    }

    Fault gather() {
        const std::span<const Slot> parts(base_ + i_.b, i_.c);
        if (parts.size() > state_.limits.list_length) return Fault::list_too_long;
        return answer(arena_.add_list(parts));
    }

    Fault insert(std::uint64_t place, Slot element) {
        const std::size_t old = count(a());
        if (place > old) return Fault::index_outside;
        if (old >= state_.limits.list_length) return Fault::list_too_long;
        if (const Fault fault = own(old + 1); fault != Fault::none) return fault;
        const auto slots = arena_.slots_of(a());
        std::copy_backward(slots.begin() + static_cast<std::ptrdiff_t>(place),
                           slots.begin() + static_cast<std::ptrdiff_t>(old),
                           slots.begin() + static_cast<std::ptrdiff_t>(old) + 1);
        slots[static_cast<std::size_t>(place)] = element;
        arena_.resize(a(), old + 1);
        return charge(old - static_cast<std::size_t>(place));
    }

    Fault replace(std::uint64_t place, Slot element) {
        const std::size_t old = count(a());
        if (place >= old) return Fault::index_outside;
        if (const Fault fault = own(old); fault != Fault::none) return fault;
        arena_.slots_of(a())[static_cast<std::size_t>(place)] = element;
        return Fault::none;
    }

    // A record that was never written is all defaults and has no slots yet.
    Fault set_field() {
        const std::size_t old = count(a()), wanted = std::max<std::size_t>(old, i_.c + std::size_t{1});
        if (const Fault fault = own(wanted); fault != Fault::none) return fault;
        const auto slots = arena_.slots_of(a());
        for (std::size_t i = old; i < wanted; ++i) slots[i] = 0;
        slots[i_.c] = b();
        arena_.resize(a(), wanted);
        return Fault::none;
    }

    Fault remove(std::size_t width) {
        const std::size_t old = count(a());
        const auto place = static_cast<std::uint64_t>(b());
        if (place >= old / width) return Fault::index_outside;
        if (const Fault fault = own(old); fault != Fault::none) return fault;
        const auto slots = arena_.slots_of(a());
        const auto from = slots.begin() + static_cast<std::ptrdiff_t>(place * width);
        std::copy(from + static_cast<std::ptrdiff_t>(width), slots.begin() + static_cast<std::ptrdiff_t>(old), from);
        arena_.resize(a(), old - width);
        return charge(old - static_cast<std::size_t>(place) * width);
    }

    Fault slice() {
        const std::span<const Slot> all = arena_.list(b());
        const auto from = static_cast<std::uint64_t>(c()), to = static_cast<std::uint64_t>(base_[i_.c + 1]);
        if (from > to || to > all.size()) return Fault::index_outside;
        if (const Fault fault = charge(static_cast<std::size_t>(to - from)); fault != Fault::none) return fault;
        return answer(arena_.add_list(
            all.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from))));
    }

    Fault extend() {
        const std::size_t old = count(a()), more = count(b());
        if (old + more > state_.limits.list_length) return Fault::list_too_long;
        if (more == 0) return Fault::none;
        if (const Fault fault = own(old + more); fault != Fault::none) return fault;
        // Looked up again: owning may have copied, and a list may be appended to itself.
        const auto from = arena_.list(b()).first(more);
        std::copy(from.begin(), from.end(), arena_.slots_of(a()).begin() + static_cast<std::ptrdiff_t>(old));
        arena_.resize(a(), old + more);
        return charge(more);
    }

    // ---- equality

    bool equal(SlotType type, Slot left, Slot right) {
        ++compared_;
        if (left == right) return true;
        if (type == SlotType::string) {
            const auto one = arena_.string(program_, left), other = arena_.string(program_, right);
            compared_ += one.size() == other.size() ? one.size() / sizeof(Slot) : 0;
            return one == other;
        }
        const auto* const composite = composite_of(program_, type);
        if (composite == nullptr || type == SlotType::text) return false;
        const auto one = arena_.list(left), other = arena_.list(right);
        if (composite->kind == Kind::record) return equal_fields(*composite, one, other);
        if (one.size() != other.size()) return false;
        return composite->kind == Kind::list ? equal_in_order(*composite, one, other)
                                             : equal_in_any_order(*composite, one, other);
    }
    bool equal_fields(const CompositeType& type, std::span<const Slot> one, std::span<const Slot> other) {
        for (std::size_t i = 0; i < type.parts.size(); ++i) {
            if (!equal(type.parts[i], i < one.size() ? one[i] : 0, i < other.size() ? other[i] : 0))
                return false;
        }
        return true;
    }
    bool equal_in_order(const CompositeType& type, std::span<const Slot> one, std::span<const Slot> other) {
        for (std::size_t i = 0; i < one.size(); ++i) {
            if (is_too_much() || !equal(type.parts[0], one[i], other[i])) return false;
        }
        return true;
    }
    bool equal_in_any_order(const CompositeType& type, std::span<const Slot> one,
                            std::span<const Slot> other) {
        const std::size_t width = type.parts.size();
        for (std::size_t i = 0; i < one.size(); i += width) {
            const auto place = place_of(type, other, one[i]);
            if (is_too_much() || place < 0) return false;
            const auto at = static_cast<std::size_t>(place) * width;
            if (width > 1 && !equal(type.parts[1], one[i + 1], other[at + 1])) return false;
        }
        return true;
    }
    // Comparing stops when its price is more than what is left; the charge afterwards says so.
    bool is_too_much() const {
        return static_cast<std::int64_t>(compared_) / elements_per_fuel > state_.fuel;
    }

    // In elements or entries; -1 if it is not there.
    Slot place_of(const CompositeType& type, std::span<const Slot> all, Slot wanted) {
        const std::size_t width = type.kind == Kind::map ? 2 : 1;
        for (std::size_t i = 0; i < all.size() && !is_too_much(); i += width) {
            if (equal(type.parts[0], all[i], wanted)) return static_cast<Slot>(i / width);
        }
        return -1;
    }
    void find(Slot all, Slot wanted) { place_ = place_of(imm_type(), arena_.list(all), wanted); }
    Fault found() {
        a() = place_;
        return charge(compared_);
    }
    Fault compare() {
        a() = equal(static_cast<SlotType>(i_.imm), b(), c());
        return charge(compared_);
    }

    // ---- order

    Fault sort() {
        const std::size_t size = count(a());
        const std::span<const Slot> keys = arena_.list(b());
        if (keys.size() != size) return Fault::index_outside;
        std::size_t price = size;
        for (std::size_t rest = size; rest > 1; rest /= 2) price += size;
        if (const Fault fault = charge(i_.imm >= 2 ? price * 4 : price); fault != Fault::none) return fault;
        std::vector<std::uint32_t> order(size);
        std::iota(order.begin(), order.end(), 0u);
        const bool down = (i_.imm & 1) != 0;
        const auto before = [&](std::uint32_t left, std::uint32_t right) {
            if (down) std::swap(left, right);
            if (i_.imm < 2) return keys[left] < keys[right];
            return arena_.string(program_, keys[left]) < arena_.string(program_, keys[right]);
        };
        std::stable_sort(order.begin(), order.end(), before);
        std::vector<Slot> sorted;
        sorted.reserve(size);
        for (const std::uint32_t index : order) sorted.push_back(arena_.list(a())[index]);
        if (const Fault fault = own(size); fault != Fault::none) return fault;
        std::copy(sorted.begin(), sorted.end(), arena_.slots_of(a()).begin());
        return Fault::none;
    }

    Fault reverse() {
        const std::size_t size = count(a());
        if (size < 2) return Fault::none;
        if (const Fault fault = own(size); fault != Fault::none) return fault;
        const auto slots = arena_.slots_of(a()).first(size);
        std::reverse(slots.begin(), slots.end());
        return charge(size);
    }

    // ---- sets and maps

    Fault add_to_set() {
        const CompositeType& type = imm_type();
        const std::size_t size = count(a());
        find(a(), b());
        if (const Fault fault = charge(compared_); fault != Fault::none) return fault;
        if (place_ >= 0) return Fault::none;
        if (is_composite(type.parts[0])) arena_.share(b());
        return insert(size, b());
    }

    Fault put() {
        const CompositeType& type = imm_type();
        find(a(), b());
        if (const Fault fault = charge(compared_); fault != Fault::none) return fault;
        if (is_composite(type.parts[0])) arena_.share(b());
        if (is_composite(type.parts[1])) arena_.share(c());
        const std::size_t size = count(a());
        if (place_ < 0 && size / 2 >= state_.limits.list_length) return Fault::list_too_long;
        if (const Fault fault = own(place_ < 0 ? size + 2 : size); fault != Fault::none) return fault;
        const auto slots = arena_.slots_of(a());
        const std::size_t at = place_ < 0 ? size : static_cast<std::size_t>(place_) * 2;
        slots[at] = b();
        slots[at + 1] = c();
        if (place_ < 0) arena_.resize(a(), size + 2);
        return Fault::none;
    }

    Fault entry(std::size_t part) {
        const std::span<const Slot> all = arena_.list(b());
        const auto place = static_cast<std::uint64_t>(c());
        if (place >= all.size() / 2) return Fault::index_outside;
        a() = all[static_cast<std::size_t>(place) * 2 + part];
        share_part(a());
        return Fault::none;
    }

    Fault list_of_map() {
        const std::span<const Slot> all = arena_.list(b());
        if (const Fault fault = charge(all.size()); fault != Fault::none) return fault;
        std::vector<Slot> parts;
        for (std::size_t i = i_.c; i < all.size(); i += 2) parts.push_back(all[i]);
        return answer(arena_.add_list(parts));
    }

    MachineState& state_;
    Arena& arena_;
    const Program& program_;
    const Prepared& i_;
    Slot* base_;
    std::size_t compared_ = 0;
    Slot place_ = -1;
};

}  // namespace

Fault collect(const Context& context, const Prepared& instruction, Slot* base) {
    return Collector(context, instruction, base).run();
}

}  // namespace kiln::vm
