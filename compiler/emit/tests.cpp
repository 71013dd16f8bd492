#include <algorithm>
#include <map>

#include "compiler/emit/emit.h"
#include "compiler/names/shapes_fit.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using ast::StatementKind;
using schema::LootTrial;
using schema::TestStep;

namespace {

// A test's statements become steps. What neither is a step nor asks anything runs as code over the test's
// players.
class TestWriter {
 public:
    TestWriter(Compilation& c, const Symbol& symbol)
        : c_(c), symbol_(symbol), layer_{&symbol, &symbol, nullptr} {}

    schema::TestDef write() {
        const auto& declaration = *symbol_.declaration;
        test_.name = symbol_.name;
        test_.file = symbol_.file->index;
        test_.line = c_.place(declaration.name.span).line;
        for (const auto& value : read_properties(c_, layer_, "test", declaration.members))
            test_.seed = value.integer;
        for (const auto* s : declaration.body) {
            if (s->kind != StatementKind::verb) continue;
            if (s->word.text == "player")
                add_name(*s);
            else if (means_player(*s))
                players_are_unsure_ = true;
        }
        bool expects = false;
        for (const auto* s : declaration.body) expects = write(*s) || expects;
        flush();
        if (!expects && !symbol_.broken) c_.report(Code::no_expectation, declaration.name.span);
        return std::move(test_);
    }

 private:
    void add_name(const ast::Statement& s) {
        const auto* who = at(s, 0);
        if (who != nullptr && who->kind == ExpressionKind::name) players_.push_back(who->word.text);
        else players_are_unsure_ = true;
    }

    // `plaxer p at hall`, `p at hall { level: 5 }`: whoever this was to make is missed by the rest.
    bool means_player(const ast::Statement& s) const {
        if (operand(s, "at") == nullptr || s.word.text == "spawn") return false;
        const auto& rows = schema::vocabulary().intrinsics;
        return std::none_of(rows.begin(), rows.end(), [&](const schema::IntrinsicRow& row) {
            return row.form == schema::Form::verb && row.word == s.word.text;
        });
    }

    TestStep& step(TestStep::Kind kind, const ast::Statement& s) {
        auto& made = test_.steps.emplace_back();
        const auto place = c_.place(s.span);
        made.kind = kind;
        made.line = place.line;
        made.column = place.column;
        made.source = c_.written(s.span);
        return made;
    }

    std::optional<std::uint8_t> player(const ast::Expression* e) {
        if (e == nullptr) return std::nullopt;
        const auto found = std::find(players_.begin(), players_.end(), e->word.text);
        if (e->kind == ExpressionKind::name && found != players_.end())
            return static_cast<std::uint8_t>(found - players_.begin());
        if (players_are_unsure_) return std::nullopt;
        report_missing(c_, Code::unknown_name, e->span, {"player", std::string(c_.written(e->span))},
                       c_.written(e->span), {players_, {}});
        return std::nullopt;
    }

    std::string words(const ast::Expression* e, Span span) {
        const auto plain =
            e != nullptr && e->text != nullptr ? plain_text(*e->text) : std::optional<std::string>();
        if (!plain) c_.report(Code::text_not_static, e != nullptr ? e->span : span);
        return plain.value_or("");
    }

    static const ast::Expression* operand(const ast::Statement& s, std::string_view preposition) {
        for (const auto& one : s.operands) {
            if (one.preposition.text == preposition) return one.value;
        }
        return nullptr;
    }
    static const ast::Expression* at(const ast::Statement& s, std::size_t i) {
        return i < s.operands.size() ? s.operands[i].value : nullptr;
    }

    bool write(const ast::Statement& s) {
        if (s.kind == StatementKind::let && s.right != nullptr && s.right->kind == ExpressionKind::spawn &&
            s.right->statement != nullptr && s.right->statement->word.text == "simulate") {
            simulate(s);
            return false;
        }
        const auto& word = s.word.text;
        if (s.kind != StatementKind::verb || (word != "player" && word != "does" && word != "expect" &&
                                              word != "advance" && word != "restart")) {
            waiting_.push_back(const_cast<ast::Statement*>(&s));
            return false;
        }
        flush();
        if (word != "player" && !has_no_block(c_, s)) return word == "expect";
        if (word == "player")
            add_player(s);
        else if (word == "does")
            does(s);
        else if (word == "advance")
            advance(s);
        else if (word == "restart")
            restart(s);
        else
            return expect(s);
        return false;
    }

    // `restart server`: the word says what.
    void restart(const ast::Statement& s) {
        if (!operands_fit(c_, s, 1, {})) return;
        const auto* what = at(s, 0);
        if (what == nullptr || what->word.text != "server")
            c_.report(Code::missing_operand, s.word.span, {"restart", "`server`"});
        else step(TestStep::Kind::restart, s);
    }

    void add_player(const ast::Statement& s) {
        if (!operands_fit(c_, s, 1, {"at"})) return;
        const auto number = player(at(s, 0));
        const auto* where = operand(s, "at");
        const auto* room = where != nullptr ? need(c_, *symbol_.file, dotted(*where), Kind::room_) : nullptr;
        if (where == nullptr) c_.report(Code::missing_operand, s.word.span, {"player", "`at` and a room"});
        if (!number || room == nullptr) return;
        auto& made = step(TestStep::Kind::player, s);
        made.player = *number;
        made.number = room->index;
        made.words = players_[*number];
        if (!made.words.empty() && made.words[0] >= 'a' && made.words[0] <= 'z')
            made.words[0] = static_cast<char>(made.words[0] - 32);
        for (const auto* inner : s.block) not_a_property(*inner);
        auto values = read_properties(c_, layer_, "player", s.members);
        const auto* name = schema::vocabulary().property("player", "name");
        for (const auto& value : values) {
            if (value.property == property_index(*name) && !value.strings.empty())
                test_.steps.back().words = value.strings.front();
        }
        test_.steps.back().properties = std::move(values);
    }

    // `{ level 5 }`: what was meant for a property.
    void not_a_property(const ast::Statement& s) {
        const bool known = schema::vocabulary().property("player", s.word.text) != nullptr;
        const Span behind{s.word.span.file, s.word.span.end, s.word.span.end + 1};
        if (known) c_.report(Code::missing, behind, {"`:`"}).fix = Fix{{behind.file, behind.begin, behind.begin}, ":"};
        else c_.report(Code::unknown_member_shape, s.span, {"a player", std::string(c_.written(s.span))});
    }

    ast::Word dotted(const ast::Expression& e) const {
        return e.kind == ExpressionKind::name ? e.word : ast::Word{c_.written(e.span), e.span};
    }

    void does(const ast::Statement& s) {
        if (!operands_fit(c_, s, 2, {})) return;
        const auto number = player(at(s, 0));
        auto line = words(at(s, 1), s.span);
        if (!number) return;
        auto& made = step(TestStep::Kind::does, s);
        made.player = *number;
        made.words = std::move(line);
    }

    void advance(const ast::Statement& s) {
        if (!operands_fit(c_, s, 1, {})) return;
        const auto* length = at(s, 0);
        if (length == nullptr) {
            c_.report(Code::missing_operand, s.word.span, {"advance", "a length of time"});
            return;
        }
        const auto time = constant_of(c_, symbol_, nullptr, *length, Type{.base = Base::duration});
        step(TestStep::Kind::advance, s).number = time.value_or(0);
    }

    static bool is_no_faults(const ast::Statement& s) {
        return !s.operands.empty() && s.operands.front().preposition.text == "no";
    }

    bool expectation_fits(const ast::Statement& s) {
        if (!is_no_faults(s)) {
            if (operand(s, "sees") != nullptr) return operands_fit(c_, s, 1, {"sees"});
            return operands_fit(c_, s, 1, {"sees", "between", "and"});
        }
        const auto* what = s.operands.front().value;
        if (!operands_fit(c_, s, 0, {"no"})) return false;
        if (what != nullptr && what->word.text == "faults") return true;
        c_.report(Code::unknown_word, what->span, {std::string(c_.written(what->span)), "faults"});
        return false;
    }

    bool expect(const ast::Statement& s) {
        const auto* what = at(s, 0);
        if (!expectation_fits(s)) return true;
        if (const auto* seen = operand(s, "sees")) {
            const auto number = player(what);
            auto line = words(seen, s.span);
            if (!number) return true;
            auto& made = step(s.negated ? TestStep::Kind::sees_not : TestStep::Kind::sees, s);
            made.player = *number;
            made.words = std::move(line);
            return true;
        }
        if (is_no_faults(s)) {
            step(TestStep::Kind::no_faults, s);
            return true;
        }
        if (what == nullptr) {
            c_.report(Code::missing_operand, s.word.span, {"expect", "what should be so"});
            return true;
        }
        if (loot_check(s, *what)) return true;
        if (!operands_fit(c_, s, 1, {})) return true;
        auto& made = step(TestStep::Kind::check, s);
        made.function =
            function([&](Body& body) { body.return_condition(*what); }, Type{.base = Base::boolean}, s.span);
        return true;
    }

    template <typename Write>
    std::uint32_t function(Write write, Type result, Span span) {
        const auto name = c_.numbered(symbol_.full + ".step");
        Body body(c_, Context{Role::test, nullptr, &symbol_, nullptr, name, result, false, false});
        for (const auto& one : players_) body.add_parameter(one, Type{.base = Base::player});
        body.add_locals(locals_);
        const auto index = c_.program.new_function(name);
        write(body);
        body.finish(index, span);
        return index;
    }

    void flush() {
        if (waiting_.empty()) return;
        const auto statements = std::move(waiting_);
        waiting_.clear();
        auto locals = locals_;
        const auto index = function(
            [&](Body& body) {
                if (!body.block(statements)) locals = body.hand_on_locals(players_.size());
            },
            {}, statements.front()->span);
        locals_ = std::move(locals);
        step(TestStep::Kind::code, *statements.front()).function = index;
    }

    // ---- loot

    // `simulate 1000 of loot hoard with killer level 4`
    bool simulation_fits(const ast::Statement& s) {
        if (!operands_fit(c_, s, 1, {"with", "level"})) return false;
        const auto* whom = operand(s, "with");
        if (whom == nullptr || whom->word.text == "killer") return true;
        c_.report(Code::unknown_word, whom->span, {std::string(c_.written(whom->span)), "killer"});
        return false;
    }

    void simulate(const ast::Statement& s) {
        const auto& made = *s.right->statement;
        const auto* quantity = at(made, 0);
        LootTrial trial;
        trials_[s.word.text] = test_.trials.size();
        test_.trials.emplace_back();
        if (!simulation_fits(made)) return;
        if (quantity == nullptr || quantity->kind != ExpressionKind::quantity) {
            c_.report(Code::missing_operand, made.word.span,
                      {"simulate", "a number and a table: `simulate 1000 of loot hoard`"});
            return;
        }
        trial.runs =
            constant_of(c_, symbol_, nullptr, *quantity->left, Type{.base = Base::integer}).value_or(1);
        const auto* table = need(c_, *symbol_.file, quantity->right->word, Kind::loot_);
        if (const auto* level = operand(made, "level"))
            trial.killer_level =
                constant_of(c_, symbol_, nullptr, *level, Type{.base = Base::integer}).value_or(1);
        if (table != nullptr) trial.loot = table->index;
        test_.trials.back() = std::move(trial);
    }

    // `expect drops.rate(x) between 2% and 3%`
    bool loot_check(const ast::Statement& s, const ast::Expression& e) {
        const bool asks = e.kind == ExpressionKind::call && e.left->kind == ExpressionKind::member &&
                          e.left->left->kind == ExpressionKind::name;
        if (!asks) return false;
        const auto trial = trials_.find(e.left->left->word.text);
        if (trial == trials_.end()) return false;
        LootTrial::Check check;
        const auto& word = e.left->word;
        if (word.text == "always")
            check.kind = LootTrial::Check::Kind::always;
        else if (word.text == "never")
            check.kind = LootTrial::Check::Kind::never;
        else if (word.text != "rate")
            c_.report(Code::unknown_word, word.span, {word.text, "rate, always, never"});
        if (e.arguments.size() != 1) {
            c_.report(Code::wrong_argument_count, e.span,
                      {word.text, "1 value", std::to_string(e.arguments.size())});
        } else if (e.arguments[0].value->word.text != "gold") {
            const auto* item = need(c_, *symbol_.file, e.arguments[0].value->word, Kind::item_);
            if (item != nullptr) check.item = item->index;
        }
        if (word.text != "rate" && !operands_fit(c_, s, 1, {})) return true;
        const auto* low = operand(s, "between");
        const auto* high = operand(s, "and");
        if (word.text == "rate" && (low == nullptr || high == nullptr)) {
            c_.report(Code::missing_operand, s.word.span, {"rate", "`between 2% and 3%`"});
        } else if (low != nullptr && high != nullptr) {
            check.low = constant_of(c_, symbol_, nullptr, *low, Type{.base = Base::percent}).value_or(0);
            check.high = constant_of(c_, symbol_, nullptr, *high, Type{.base = Base::percent}).value_or(0);
        }
        const auto place = c_.place(s.span);
        check.line = place.line;
        check.column = place.column;
        check.source = c_.written(s.span);
        test_.trials[trial->second].checks.push_back(std::move(check));
        return true;
    }

    Compilation& c_;
    const Symbol& symbol_;
    Layer layer_;
    schema::TestDef test_;
    std::vector<std::string> players_;
    bool players_are_unsure_ = false;            // a line that makes one could not be understood
    std::vector<ast::Statement*> waiting_;
    std::vector<Body::Local> locals_;            // what `let` has named so far
    std::map<std::string, std::size_t> trials_;
};

}  // namespace

void emit_test(Compilation& c, const Symbol& symbol) {
    c.image.tests.push_back(TestWriter(c, symbol).write());
}

}  // namespace kiln::compiler
