#include <algorithm>

#include "compiler/emit/members.h"
#include "compiler/names/shapes_fit.h"

namespace kiln::compiler {

using ast::MemberKind;
using schema::Event;
using schema::HandlerDef;

namespace {

struct Parameter {
    std::string name;                            // as the author binds it; empty if not bound
    Type type;
};

class HandlerWriter {
   public:
      HandlerWriter(Compilation& c, const Layer& layer, const ast::Member& member, const Roles* roles,
                    std::string path)
          : c_(c), layer_(layer), member_(member), roles_(roles), path_(std::move(path)) {
          if (path_.empty()) path_ = layer.owner->full.empty() ? "module" : layer.owner->full;
      }

      std::optional<HandlerDef> write() {
          if (!find_event() || !check_place() || !bind_parameters()) return std::nullopt;
          handler_.owner = layer_.owner->index;
          const auto errors_before = c_.reporter.errors_reported();
          const auto& word = member_.word.text;
          const auto verb =
              word == "every" ? "every" : (word == "before" ? "before_" : "on_") + member_.event.text;
          name_ = numbered_name(path_ + "." + verb);
          handler_.name = name_;
          handler_.is_of_block = roles_ != nullptr;
          read_clauses();
          read_labels();
          // What its line got wrong, its body would miss.
          if (c_.reporter.errors_reported() > errors_before) return std::nullopt;
          write_functions();
          return handler_;
    }

   private:
    // Handlers outside declarations are counted over all files of their module.
    std::string numbered_name(const std::string& name) const {
        const bool is_loose = layer_.owner->kind == Kind::none;
        return is_loose ? name + "." + std::to_string(layer_.owner->first_number) : c_.numbered(name);
    }

    bool is_effect() const { return layer_.owner->kind == Kind::effect_; }

    bool find_event() {
        handler_.phase = member_.word.text == "before" ? HandlerDef::Phase::before : HandlerDef::Phase::after;
        const auto event = schema::vocabulary().event(member_.event.text);
        if (event) {
            handler_.event = *event;
            const auto& row = schema::vocabulary().events[static_cast<std::size_t>(*event)];
            for (const auto& parameter : row.parameters) parameters_.push_back({{}, parameter.type});
            names_ = row.parameters;
            if (handler_.phase == HandlerDef::Phase::before && !row.has_before) {
                c_.report(Code::no_before, member_.event.span, {member_.event.text});
                return false;
            }
            return true;
        }
        const auto* own = find(c_, *layer_.from->file, member_.event.text, Wanted::any);
        if (own == nullptr || own->kind != Kind::event_) {
            auto known = names_of_kinds(c_, {Kind::event_});
            for (const auto& row : schema::vocabulary().events) known.emplace_back(row.name);
            report_missing(c_, Code::unknown_event, member_.event.span, {member_.event.text},
                           member_.event.text, known);
            return false;
        }
        if (own->broken) return false;
        if (handler_.phase == HandlerDef::Phase::before) {
            c_.report(Code::no_before, member_.event.span, {member_.event.text});
            return false;
        }
        handler_.author_event = own->index;
        for (const auto& parameter : own->parameters) {
            parameters_.push_back({{}, parameter.type});
            names_.push_back({parameter.name, parameter.type, {}, false});
        }
        return true;
    }

    bool check_place() {
        const auto event = handler_.event;
        const bool of_effects = event == Event::start_ || event == Event::reapply_ || event == Event::end_;
        const bool heard =
            of_effects ? is_effect() : !is_effect() || event == Event::every_ || event == Event::none;
        if (heard) return true;
        const auto kind = layer_.owner->kind == Kind::none ? "module" : kind_name(layer_.owner->kind);
        c_.report(Code::event_not_here, member_.event.span, {kind, member_.event.text});
        return false;
    }

    bool bind_parameters() {
        const auto count = member_.parameters.size();
        if (count > parameters_.size()) {
            const auto most = parameters_.size();
            c_.report(Code::too_many_parameters, member_.parameters[most].name.span,
                      {member_.event.text,
                       most == 0 ? "nothing" : std::to_string(most) + (most == 1 ? " thing" : " things")});
            return false;
        }
        // `on death(killer)` of an npc is about its own death: the killer comes first.
        const bool own_death =
            handler_.event == Event::death_ && layer_.owner->kind == Kind::npc_ && count == 1;
        const std::size_t from = own_death ? 1 : 0;
        for (std::size_t i = 0; i < count; ++i) parameters_[i + from].name = member_.parameters[i].name.text;
        return true;
    }

    void bind_actor(const ast::Clause& clause) {
        if (clause.value == nullptr) return report_no_value(c_, clause.word);
        const auto& name = clause.value->word.text;
        for (std::size_t i = 0; i < names_.size(); ++i) {
            if (names_[i].name != "who") continue;
            if (!name.empty()) parameters_[i].name = name;
            return;
        }
        c_.report(Code::no_actor, clause.span, {member_.event.text});
    }

    std::int64_t number(const ast::Clause& clause, Base base) {
        if (clause.value == nullptr) {
            report_no_value(c_, clause.word);
            return 0;
        }
        return constant_of(c_, *layer_.from, layer_.environment, *clause.value, Type{.base = base})
            .value_or(0);
    }

    void read_clauses() {
        if (handler_.event == Event::command_) handler_.overlap = HandlerDef::Overlap::parallel;
        std::vector<std::string_view> seen;
        for (const auto& clause : member_.clauses) {
            const auto& word = clause.word.text;
            if (std::find(seen.begin(), seen.end(), word) != seen.end())
                c_.report(Code::duplicate_property, clause.word.span, {word});
            seen.push_back(word);
            const bool alone = word == "once" || word == "always";
            if (alone && clause.value != nullptr)
                c_.report(Code::unknown_operand, clause.value->span,
                          {word, std::string(c_.written(clause.value->span))});
            if (word != "once" && !clause.more.empty() && !(word == "cooldown" || word == "in"))
                c_.report(Code::unknown_operand, clause.more.front().span, {word, clause.more.front().text});
            if (word == "by") bind_actor(clause);
            else if (word == "when") read_condition(clause);
            else if (word == "chance") handler_.chance = number(clause, Base::percent);
            else if (word == "cooldown") handler_.cooldown_ms = number(clause, Base::duration);
            else if (word == "always") handler_.always = true;
            else if (word == "once") read_once(clause);
            else if (word == "overlap") read_overlap(clause);
            else c_.report(Code::unknown_member_shape, clause.span, {"a handler", word});
        }
    }

    void read_condition(const ast::Clause& clause) {
        if (clause.value == nullptr) report_no_value(c_, clause.word);
        condition_ = clause.value;
    }

    void read_once(const ast::Clause& clause) {
        const bool alone = clause.more.empty();
        const bool of_player = clause.more.size() == 2 && clause.more[0].text == "per" &&
                               clause.more[1].text == "player";
        if (!alone && !of_player)
            c_.report(Code::unknown_word, clause.more.back().span, {clause.more.back().text, "once per player"});
        (alone ? handler_.once : handler_.once_per_player) = true;
    }

    void read_overlap(const ast::Clause& clause) {
        const auto word = clause.value != nullptr ? clause.value->word.text : std::string();
        using O = HandlerDef::Overlap;
        if (word == "skip") handler_.overlap = O::skip;
        else if (word == "queue") handler_.overlap = O::queue;
        else if (word == "restart") handler_.overlap = O::restart;
        else if (word == "parallel") handler_.overlap = O::parallel;
        else c_.report(Code::unknown_word, clause.span, {word, "skip, queue, restart, parallel"});
    }

    void read_labels() {
        if (handler_.event == Event::every_) {
            if (member_.labels.empty()) {
                c_.report(Code::missing, member_.span, {"how often"});
                return;
            }
            const auto period = constant_of(c_, *layer_.from, layer_.environment, *member_.labels.front(),
                                            Type{.base = Base::duration});
            handler_.period_ms = period.value_or(1000);
            if (handler_.period_ms < 1000) c_.report(Code::too_often, member_.labels.front()->span);
            return;
        }
        if (handler_.event == Event::command_ && member_.labels.empty()) {
            c_.report(Code::missing, member_.event.span, {"what is typed: `on command \"pull rope\"`"});
        }
        auto patterns = read_patterns(c_, *layer_.from->file, member_.labels);
        handler_.patterns = std::move(patterns.forms);
        if (handler_.event == Event::command_) slots_ = std::move(patterns.slots);
        else if (!patterns.slots.empty())
            c_.report(Code::bad_pattern, patterns.slots.front().span, {"only commands have slots"});
    }

    Context context(Role role) const {
        const bool owned = layer_.owner->kind != Kind::none;
        Context made{role, owned ? layer_.owner : nullptr, layer_.from, layer_.environment, name_, {}, false,
                     false};
        made.waits = role == Role::handler || role == Role::on_command;
        return made;
    }

    void add_parameters(Body& body) const {
        int place = 1;
        if (roles_ != nullptr) {
            introduce(body, *roles_);
            place = static_cast<int>(roles_->all.size());
        } else {
            body.add_parameter("", Type{.base = Base::entity});
            if (layer_.owner->kind != Kind::none) body.set_self(0);
        }
        for (std::size_t i = 0; i < parameters_.size(); ++i, ++place) {
            body.add_parameter(parameters_[i].name, parameters_[i].type);
            if (names_[i].name == "who" && layer_.owner->kind == Kind::none) body.set_actor(place);
        }
        for (const auto& slot : slots_) body.add_parameter(slot.name, slot.type);
    }

    void write_functions() {
        std::vector<Fact> facts;
        if (condition_ != nullptr) {
            auto inner = context(Role::condition);
            inner.pure = true;
            inner.result = Type{.base = Base::boolean};
            inner.name += ".when";
            Body body(c_, inner);
            add_parameters(body);
            handler_.condition = c_.program.new_function(inner.name);
            facts = body.return_condition(*condition_).yes;
            body.finish(handler_.condition, condition_->span);
        }
        const bool before = handler_.phase == HandlerDef::Phase::before;
        const auto role = before                              ? Role::before
                          : handler_.event == Event::command_ ? Role::on_command
                                                              : Role::handler;
        Body body(c_, context(role));
        add_parameters(body);
        body.assume(facts);
        handler_.function = c_.program.new_function(name_);
        body.block(member_.body);
        body.finish(handler_.function, member_.span);
    }

    Compilation& c_;
    const Layer& layer_;
    const ast::Member& member_;
    const Roles* roles_;
    std::string path_;                           // begins its name
    HandlerDef handler_;
    std::string name_;
    std::vector<Parameter> parameters_;
    std::vector<schema::Parameter> names_;
    std::vector<Slot> slots_;
    const ast::Expression* condition_ = nullptr;
};

// What an ancestor handles, by the number of the handler.
const HandlerDef& handler_of(const Compilation& c, std::uint32_t number) {
    const auto [unit, row] = c.world.numbers.place(number);
    return c.is_this_unit(unit) ? c.image.handlers[row] : c.units[unit].image.handlers[row];
}

void override_inherited(Compilation& c, const Symbol& symbol, const ast::Member& member,
                        std::vector<schema::HandlerNumber>& handlers) {
    const bool before = member.word.text == "before";
    std::erase_if(handlers, [&](std::uint32_t number) {
        const auto& known = handler_of(c, number);
        if ((known.phase == HandlerDef::Phase::before) != before) return false;
        const auto event = schema::vocabulary().event(member.event.text);
        if (event) return known.event == *event;
        const auto* own = find(c, *symbol.file, member.event.text, Wanted::any);
        return own != nullptr && known.author_event == own->index && known.event == Event::none;
    });
}

}  // namespace

std::optional<std::uint32_t> add_handler(Compilation& c, const Layer& layer, const ast::Member& member,
                                         const Roles* roles, const std::string& path) {
    auto handler = HandlerWriter(c, layer, member, roles, path).write();
    if (!handler) return std::nullopt;
    return c.add_handler(std::move(*handler));
}

void emit_handlers(Compilation& c, const Symbol& symbol) {
    std::vector<schema::HandlerNumber> handlers;
    if (symbol.parent != nullptr) handlers = c.definition_of(*symbol.parent).handlers;
    for (const auto& layer : symbol.layers) {
        if (layer.owner != &symbol || layer.from->declaration->broken) continue;
        for (const auto* member : layer.from->declaration->members) {
            if (member->kind != MemberKind::handler) continue;
            if (member->overrides) override_inherited(c, symbol, *member, handlers);
            if (const auto handler = add_handler(c, layer, *member, nullptr, {})) handlers.push_back(*handler);
        }
    }
    if (symbol.index != no_index) c.image.definitions.front().handlers = std::move(handlers);
}

}  // namespace kiln::compiler
