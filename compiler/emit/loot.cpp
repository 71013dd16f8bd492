#include "compiler/emit/emit.h"
#include "compiler/names/shapes_fit.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using ast::MemberKind;
using schema::LootRow;

namespace {

void weight_of(Compilation& c, const Layer& layer, const ast::Expression& label, bool inside_pick,
               LootRow& row) {
    if (label.kind == ExpressionKind::name && label.word.text == "always") {
        row.always = true;
        return;
    }
    const auto base = inside_pick ? Base::integer : Base::percent;
    row.weight = static_cast<std::uint32_t>(
        constant_of(c, *layer.from, layer.environment, label, Type{.base = base}).value_or(0));
}

void item_of(Compilation& c, const Layer& layer, const ast::Expression& e, LootRow& row) {
    if (e.kind == ExpressionKind::name) {
        if (e.word.text == "nothing") {
            row.kind = LootRow::Kind::nothing;
            return;
        }
        const auto resolved = resolve_argument(*layer.from, layer.environment, e);
        const auto* item = need(c, *resolved.from->file, resolved.value->word, Kind::item_);
        if (item == nullptr) return;
        if (item->declaration->is_abstract) c.report(Code::abstract_spawned, e.span, {item->name});
        row.target = item->index;
        return;
    }
    c.report(Code::type_mismatch, e.span,
             {"`" + std::string(c.written(e.span)) + "`", "the name of an item"});
}

void call_of(Compilation& c, const Layer& layer, const ast::Expression& e, LootRow& row) {
    const auto& word = e.left->word.text;
    const bool single = e.arguments.size() == 1;
    if (word == "gold" && single) {
        row.kind = LootRow::Kind::gold;
        row.dice =
            constant_of(c, *layer.from, layer.environment, *e.arguments[0].value, Type{.base = Base::dice})
                .value_or(0);
    } else if (word == "table" && single) {
        row.kind = LootRow::Kind::table;
        const auto* table = need(c, *layer.from->file, e.arguments[0].value->word, Kind::loot_);
        if (table != nullptr) row.target = table->index;
    } else if (word == "choose_one") {
        row.kind = LootRow::Kind::choose_one;
        for (const auto& argument : e.arguments) {
            LootRow one;
            item_of(c, layer, *argument.value, one);
            if (one.target != no_index) row.options.push_back(one.target);
        }
    } else {
        report_missing(c, Code::unknown_name, e.left->span, {"kind of loot", word}, word,
                       {{"gold", "table", "choose_one"}, {}});
    }
}

std::uint32_t condition_of(Compilation& c, const Layer& layer, const ast::Expression& condition) {
    const auto name = layer.owner->full + ".when";
    Body body(c, Context{Role::condition, nullptr, layer.from, layer.environment, name,
                         Type{.base = Base::boolean}, true, false});
    body.add_parameter("killer", Type{.base = Base::creature});
    const auto function = c.program.new_function(c.numbered(name));
    body.return_condition(condition);
    body.finish(function, condition.span);
    return function;
}

void clauses_of(Compilation& c, const Layer& layer, const ast::List<ast::Clause>& clauses, LootRow& row) {
    for (const auto& clause : clauses) {
        const auto& word = clause.word.text;
        const bool twice = (word == "unique" && row.unique) || (word == "distinct" && row.distinct);
        if (twice) c.report(Code::duplicate_property, clause.span, {word});
        if (word == "unique") row.unique = true;
        else if (word == "when" && clause.value != nullptr)
            row.condition = condition_of(c, layer, *clause.value);
        else if (word == "distinct") row.distinct = true;
        else
            c.report(Code::unknown_operand, clause.span,
                     {"a row of loot", word.empty() ? std::string(c.written(clause.span)) : word});
    }
}

void add_row(Compilation& c, const Layer& layer, const ast::Member& member, std::uint32_t parent,
             std::vector<LootRow>& rows) {
    LootRow row;
    row.parent = parent;
    if (!member.labels.empty()) weight_of(c, layer, *member.labels.front(), parent != no_index, row);
    const auto* value = member.values.empty() ? nullptr : member.values.front().value;
    if (value == nullptr) {
        c.report(Code::missing, member.span, {"what is dropped"});
        return;
    }
    if (value->kind == ExpressionKind::quantity) {
        const auto& count = *value->left;
        const bool is_range = count.kind == ExpressionKind::binary && count.word.text == "..";
        const auto number = [&](const ast::Expression& e) {
            return constant_of(c, *layer.from, layer.environment, e, Type{.base = Base::integer}).value_or(1);
        };
        row.low = number(is_range ? *count.left : count);
        row.high = is_range ? number(*count.right) : row.low;
        item_of(c, layer, *value->right, row);
    } else if (value->kind == ExpressionKind::call && value->left->kind == ExpressionKind::name) {
        call_of(c, layer, *value, row);
    } else {
        item_of(c, layer, *value, row);
    }
    clauses_of(c, layer, member.values.front().clauses, row);
    clauses_of(c, layer, member.clauses, row);
    rows.push_back(std::move(row));
}

}  // namespace

void add_loot(Compilation& c, const Layer& layer, const ast::List<ast::Member*>& members,
              std::uint32_t parent, std::vector<LootRow>& rows) {
    for (const auto* member : members) {
        if (member->kind == MemberKind::row) {
            add_row(c, layer, *member, parent, rows);
        } else if (member->kind == MemberKind::block && member->word.text == "pick") {
            if (!labels_fit(c, *member, 1)) continue;
            LootRow row;
            row.kind = LootRow::Kind::pick;
            row.parent = parent;
            row.picks = 1;
            if (!member->labels.empty()) {
                row.picks = static_cast<std::uint32_t>(constant_of(c, *layer.from, layer.environment,
                                                                   *member->labels.front(),
                                                                   Type{.base = Base::integer})
                                                           .value_or(1));
            }
            clauses_of(c, layer, member->clauses, row);
            const auto index = static_cast<std::uint32_t>(rows.size());
            rows.push_back(std::move(row));
            add_loot(c, layer, member->members, index, rows);
        } else if (parent != no_index) {
            c.report(Code::unknown_member_shape, member->word.span, {"`pick`", member->word.text});
        }
    }
}

}  // namespace kiln::compiler
