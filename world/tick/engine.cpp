// The small answers of the engine: what things are, where they are, keyed facts, draws.

#include <algorithm>

#include "world/limits.h"
#include "world/schema/checksum.h"
#include "world/tick/parts.h"
#include "world/tick/slice.h"

namespace kiln::world {

Engine::Engine(const WorldOptions& options) : options_(options), parts_(std::make_unique<Parts>(*this)) {}
Engine::~Engine() = default;

void Parts::use(LoadedImage& image) {
    current = &image;
    engine.image_ = image.image;
    triggers.build(*image.image);
    definition_of_name.clear();
    for (std::uint32_t i = 0; i < image.image->definitions.size(); ++i) {
        const auto& definition = image.image->definitions[i];
        const auto table = schema::vocabulary().kinds[static_cast<std::size_t>(definition.kind)].table;
        if (table == Table::none) continue;
        const auto name = static_cast<std::size_t>(engine.store.name_id(definition.name));
        if (definition_of_name.size() <= name) definition_of_name.resize(name + 1, no_index);
        definition_of_name[name] = i;
    }
    std::map<std::string_view, std::uint32_t> by_name;
    for (std::uint32_t i = 0; i < image.image->definitions.size(); ++i)
        by_name.emplace(image.image->definitions[i].name, i);
    for (auto& [hash, other] : images) {
        other->definitions.assign(other->image->definitions.size(), no_index);
        for (std::size_t i = 0; i < other->definitions.size(); ++i) {
            const auto found = by_name.find(other->image->definitions[i].name);
            if (found == by_name.end()) continue;
            const auto kind = image.image->definitions[found->second].kind;
            if (kind == other->image->definitions[i].kind) other->definitions[i] = found->second;
        }
    }
}

// ---- definitions

const schema::Image& Engine::running_image() const { return *parts_->running().image; }

static std::optional<Field> template_field(Handle entity) {
    switch (static_cast<Table>(entity.table())) {
        case Table::zone: return Field::zone_template;
        case Table::room: return Field::room_template;
        case Table::item: return Field::item_template;
        case Table::creature: return Field::creature_template;
        case Table::effect: return Field::effect_template;
        default: return std::nullopt;
    }
}

std::uint32_t Engine::definition_of(Handle entity) const {
    const auto field = template_field(entity);
    if (!field) return no_index;
    const auto name = static_cast<std::size_t>(store.read(*field, entity));
    return name < parts_->definition_of_name.size() && name != 0 ? parts_->definition_of_name[name]
                                                                 : no_index;
}

std::uint32_t Engine::definition_called(Slot value, const schema::Image& image) const {
    const auto* loaded = image_.get() == &image ? parts_->current : &parts_->running();
    const auto found = loaded->definitions_by_value->find(value);
    return found == loaded->definitions_by_value->end() ? no_index : found->second;
}

std::uint32_t Engine::definition_by_name(std::string_view name) const {
    const auto& definitions = image().definitions;
    const auto found = std::ranges::find(definitions, name, &schema::Definition::name);
    return found == definitions.end() ? no_index : static_cast<std::uint32_t>(found - definitions.begin());
}

std::int64_t Engine::template_name(std::uint32_t definition) const {
    return definition < image().definitions.size() ? store.find_name(image().definitions[definition].name)
                                                   : 0;
}

bool Engine::is_made_from(Handle entity, std::uint32_t definition) const {
    for (auto at = definition_of(entity); at != no_index; at = image().definitions[at].parent) {
        if (at == definition) return true;
    }
    return false;
}

std::uint64_t Engine::ticks(std::int64_t milliseconds) const {
    if (milliseconds <= 0) return 0;
    const auto step = std::max<std::uint64_t>(options_.tick_ms, 1);
    return (static_cast<std::uint64_t>(milliseconds) + step - 1) / step;
}

// ---- places

Handle Engine::room_of(std::uint32_t definition) const {
    const auto rooms = store.instances(template_name(definition));
    return rooms.empty() ? Handle{} : rooms.front();
}

Handle Engine::zone_of(Handle room) const { return store.read_handle(Field::room_zone, room); }

Handle Engine::place_room(Handle entity) const {
    for (int depth = 0; depth < 64; ++depth) {
        if (!store.is_alive(entity)) return {};
        switch (static_cast<Table>(entity.table())) {
            case Table::room: return entity;
            case Table::item: entity = store.read_handle(Field::item_place, entity); break;
            case Table::creature: entity = store.read_handle(Field::creature_place, entity); break;
            case Table::effect: entity = store.read_handle(Field::effect_victim, entity); break;
            case Table::exit: entity = store.read_handle(Field::exit_room, entity); break;
            default: return {};
        }
    }
    return {};
}

bool Engine::is_player_near(Handle entity) const {
    auto& parts = *parts_;
    if (!parts.zones_known || parts.zones_version != store.creature_moves()) {
        parts.zones_with_players.clear();
        store.for_each(Table::session, [&](Handle session) {
            const auto room =
                store.read_handle(Field::creature_place, store.read_handle(Field::session_creature, session));
            if (const auto zone = zone_of(room); !zone.is_nobody()) parts.zones_with_players.insert(zone);
        });
        parts.zones_known = true;
        parts.zones_version = store.creature_moves();
    }
    const bool is_zone = static_cast<Table>(entity.table()) == Table::zone;
    return parts.zones_with_players.contains(is_zone ? entity : zone_of(place_room(entity)));
}

// ---- keyed facts

std::int64_t Engine::recall(Handle owner, std::string_view key, Handle subject) const {
    const auto id = store.find_name(key);
    return id == 0 ? 0 : store.read(Field::memory_value, store.memory(owner, id, subject));
}

void Engine::remember(Handle owner, std::string_view key, Handle subject, std::int64_t value) {
    if (value == 0 && store.find_name(key) == 0) return;
    const auto id = store.name_id(key);
    auto row = store.memory(owner, id, subject);
    if (row.is_nobody()) {
        if (value == 0) return;
        row = store.create(Table::memory);
        store.write(Field::memory_owner, row, owner);
        store.write(Field::memory_key, row, id);
        store.write(Field::memory_subject, row, subject);
    } else if (value == 0) {
        store.destroy(row);
        return;
    }
    store.write(Field::memory_value, row, value);
}

// ---- draws

static std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

static std::uint64_t id_of(const Store& store, Handle entity) {
    switch (static_cast<Table>(entity.table())) {
        case Table::zone: return static_cast<std::uint64_t>(store.read(Field::zone_id, entity));
        case Table::room: return static_cast<std::uint64_t>(store.read(Field::room_id, entity));
        case Table::item: return static_cast<std::uint64_t>(store.read(Field::item_id, entity));
        case Table::creature: return static_cast<std::uint64_t>(store.read(Field::creature_id, entity));
        case Table::effect: return static_cast<std::uint64_t>(store.read(Field::effect_id, entity));
        default: return 0;
    }
}

// Bounded by multiplication: the upper half of 64 random bits times the bound; the few low products that
// would make some numbers likelier are drawn again.
std::uint64_t Engine::draw(std::uint64_t bound) {
    if (bound <= 1) return 0;
    Context nowhere;
    auto* context = parts_->top();
    if (!context) context = &nowhere;
    auto& cause = context->cause;
    const auto handler = store.name_of(cause.handler);
    if (cause.activation == 0) {
        const auto key = std::string(handler) + "#draws";
        cause.activation = recall(cause.owner, key) + 1;
        if (context != &nowhere) remember(cause.owner, key, {}, cause.activation);
    }
    auto base = mixed(static_cast<std::uint64_t>(store.world(Field::world_seed)) + 0x9e3779b97f4a7c15u);
    base = mixed(base ^ id_of(store, cause.owner));
    base = mixed(base ^ schema::hash64(handler));
    base = mixed(base ^ static_cast<std::uint64_t>(cause.activation));
    const auto threshold = (0 - bound) % bound;
    for (;;) {
        const auto bits = mixed(base + static_cast<std::uint64_t>(++context->draws) * 0x9e3779b97f4a7c15u);
        __extension__ using Wide = unsigned __int128;
        const auto product = static_cast<Wide>(bits) * bound;
        if (static_cast<std::uint64_t>(product) >= threshold)
            return static_cast<std::uint64_t>(product >> 64);
    }
}

// ---- the handler that runs now

const Engine::Cause& Engine::cause() const {
    static const Cause nobody;
    return parts_->contexts.empty() ? nobody : parts_->contexts.back().cause;
}

vm::Arena& Engine::arena() { return machine_.arena(); }

void Engine::fault(vm::Fault fault) {
    if (parts_->pending_fault == vm::Fault::none) parts_->pending_fault = fault;
}

bool Engine::is_faulting() const {
    return parts_->pending_fault != vm::Fault::none || parts_->failed || parts_->undo;
}

vm::Fault Engine::suspend_for(std::int64_t milliseconds, Slot answer) {
    auto* context = parts_->top();
    if (!context || context->nested) return vm::Fault::cannot_suspend;
    context->wait_ticks = std::max<std::uint64_t>(ticks(milliseconds), 1);
    context->answer = answer;
    return vm::Fault::none;
}

vm::Fault Engine::bind(Handle what) {
    auto* context = parts_->top();
    if (!context || !store.is_alive(what)) return vm::Fault::entity_gone;
    if (std::ranges::count(context->bound, what) != 0) return vm::Fault::none;
    if (context->bound.size() >= limits::bound_per_fiber) return vm::Fault::list_too_long;
    context->bound.push_back(what);
    return vm::Fault::none;
}

vm::Fault Engine::on_cancel(std::uint32_t function) {
    auto* context = parts_->top();
    if (!context || (function != no_index && function >= running_image().program.functions.size()))
        return vm::Fault::bad_argument;
    context->on_cancel = function;
    return vm::Fault::none;
}

vm::Fault Engine::prevent(std::vector<StyledRun> message) {
    auto* context = parts_->top();
    if (!context) return vm::Fault::bad_argument;
    context->prevented = true;
    context->told = !message.empty();
    if (context->told) emit(context->cause.actor, Output::Kind::text, "", std::move(message));
    return vm::Fault::none;
}

vm::Fault Engine::fail(std::vector<StyledRun> message) {
    parts_->failed = true;
    parts_->failure = std::move(message);
    return vm::Fault::bad_argument;
}

vm::Fault Engine::count_spawns(std::int64_t count) {
    auto* context = parts_->top();
    if (!context) return vm::Fault::none;
    if (count < 0 || count > limits::spawns_per_activation) return vm::Fault::too_many_spawns;
    context->spawns += static_cast<int>(count);
    return context->spawns > limits::spawns_per_activation ? vm::Fault::too_many_spawns : vm::Fault::none;
}

// ---- questions to the image

std::optional<Slot> Engine::evaluate(std::uint32_t function, std::span<const Slot> arguments) {
    if (function >= image().program.functions.size()) return std::nullopt;
    const auto& parameters = image().program.functions[function].parameters;
    if (parameters.size() != arguments.size()) return std::nullopt;
    const auto asking = InnerContext::question(*this);
    const auto ran = run_function(*this, function, arguments, RunAs::question);
    if (ran.end != Ran::returned) return std::nullopt;
    return ran.value;
}

std::int64_t Engine::rule(Rule rule, std::span<const Slot> arguments) {
    const auto function = image().rules[static_cast<std::size_t>(rule)];
    if (function == no_index || is_faulting()) return 0;
    const auto value = evaluate(function, arguments);
    if (!value) parts_->undo = true;
    return value.value_or(0);
}

}  // namespace kiln::world
