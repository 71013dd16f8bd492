#include <algorithm>

#include "compiler/emit/entry.h"
#include "compiler/emit/members.h"
#include "compiler/names/shapes_fit.h"

namespace kiln::compiler {

using schema::Block;
using schema::BlockRow;
using schema::PropertyType;
using Shape = Entry::Shape;

namespace {

const schema::Vocabulary& words() { return schema::vocabulary(); }

// Verbs that are no rows of intrinsics.def because they change the course of things.
bool is_verb(std::string_view word) {
    static constexpr std::array course = {"wait", "stop", "prevent", "fail", "raise", "bind", "spawn", "give", "take"};
    if (std::find(course.begin(), course.end(), word) != course.end()) return true;
    return std::any_of(words().intrinsics.begin(), words().intrinsics.end(), [&](const auto& row) {
        return row.form == schema::Form::verb && row.word == word;
    });
}

// What holds the entries that are being read: a declaration or a block.
struct Holder {
    std::string_view id;                         // in the tables
    const BlockRow* row = nullptr;               // blocks
    std::string path;
    const Roles& roles;
    std::vector<BlockNode>& blocks;
    PropertyReader& properties;
    std::vector<ast::Statement*> steps;          // what is simply done
    std::vector<BlockNode::Reaction>* reactions = nullptr;
};

class MemberReader {
   public:
    MemberReader(Compilation& c, const Layer& layer) : c_(c), layer_(layer), roles_(roles_of(c, layer)) {}

    Members read() {
        Members members;
        const auto kind = layer_.owner->kind;
        const PropertyPlace place{layer_, roles_, words().kinds[static_cast<std::size_t>(kind)].name,
                                  layer_.owner->full};
        PropertyReader properties(c_, place, members.properties);
        Holder holder{place.owner, nullptr, place.path, roles_, members.blocks, properties, {}, nullptr};
        const auto& declared = layer_.from->declaration->members;
        for (const auto& entry : entries_of(declared)) {
            if (!is_read_elsewhere(entry)) read_entry(holder, entry);
        }
        if (kind == Kind::loot_) add_loot(c_, layer_, declared, no_index, members.loot);
        return members;
    }

    // What a zone has for its rooms, as part of one of them.
    std::vector<Said> read_defaults(const std::string& room) {
        std::vector<Said> said;
        for (const auto& entry : entries_of(layer_.from->declaration->members)) {
            if (entry.shape == Shape::block && entry.word.text == "default") read_defaults(entry, said, room);
        }
        return said;
    }

   private:
    // Handlers, states, the syntax of commands and rows of loot have code of their own.
    bool is_read_elsewhere(const Entry& entry) const {
        const auto kind = layer_.owner->kind;
        const auto table = words().kinds[static_cast<std::size_t>(kind)].table;
        switch (entry.shape) {
            case Shape::handler:
                return table != schema::Table::none && block_of(kind_name(kind), entry) == Block::none;
            case Shape::state: return entry.member->owner.text != "actor";
            case Shape::function:
                return entry.word.text == "run" && (kind == Kind::command_ || kind == Kind::ability_);
            case Shape::row: return kind == Kind::loot_;
            default: return kind == Kind::loot_ && entry.word.text == "pick";
        }
    }

    // The row an entry is one of, if it is one.
    static Block block_of(std::string_view owner, const Entry& entry) {
        const auto& word = entry.shape == Shape::state ? entry.member->owner.text : entry.word.text;
        if (entry.shape == Shape::handler && word != "on" && word != "after") return Block::none;
        if (entry.shape == Shape::handler) return words().block(owner, "on", entry.second);
        if (entry.shape == Shape::property) return words().block(owner, "*", ":");
        if (entry.shape == Shape::steps || entry.shape == Shape::row || entry.shape == Shape::function)
            return Block::none;
        if (!entry.second.empty()) {
            const auto found = words().block(owner, word, entry.second);
            if (found != Block::none) return found;
        }
        const auto found = words().block(owner, word);
        if (found != Block::none || entry.shape != Shape::block || !entry.has_braces) return found;
        return words().block(owner, "*");
    }

    void read_entry(Holder& holder, const Entry& entry) {
        if (entry.shape == Shape::property && words().property(holder.id, entry.word.text) != nullptr)
            return holder.properties.add(*entry.member);
        const auto block = block_of(holder.id, entry);
        if (block != Block::none) {
            if (holder.row != nullptr && holder.row->sentences) flush_deed(holder);
            if (auto node = read_block(holder, entry, block)) add(holder, std::move(*node));
            return;
        }
        const bool is_statement = entry.member == nullptr || entry.member->kind == ast::MemberKind::statement;
        const bool done = holder.row != nullptr && (holder.row->sentences || holder.row->steps);
        if (is_statement && done && !is_misspelt_block(holder, entry)) {
            holder.steps.push_back(statement_of(entry));
        } else if (entry.shape == Shape::handler && holder.reactions != nullptr) {
            if (const auto handler = add_handler(c_, layer_, *entry.member, &holder.roles, holder.path))
                holder.reactions->push_back({*handler, {entry.target.text, entry.target.span}});
        } else {
            unknown(holder, entry);
        }
    }

    static ast::Statement* statement_of(const Entry& entry) { return const_cast<ast::Statement*>(entry.statement); }

    void add(Holder& holder, BlockNode node) {
        const auto& row = words().row(node.block);
        if (!row.many && node.block != Block::exit_) {
            for (const auto& other : holder.blocks) {
                if (other.block != node.block || other.key != node.key) continue;
                const auto shown = node.name.empty() ? std::string(c_.written(node.head)) : node.name;
                c_.report(Code::duplicate_name, node.head, {shown})
                    .also.push_back({other.head, "the first one is here"});
                return;
            }
        }
        holder.blocks.push_back(std::move(node));
    }

    // ---- one block

    std::optional<BlockNode> read_block(const Holder& holder, const Entry& entry, Block block) {
        const auto& row = words().row(block);
        BlockNode node;
        node.block = block;
        node.span = entry.span;
        node.head = head_of(entry);
        node.from = layer_.from->unit;
        node.overrides = entry.overrides;
        node.target = {entry.target.text, entry.target.span};
        auto roles = with_block(c_, layer_, holder.roles, block, entry.parameters);
        // What an effect changes is asked of the effect alone.
        const bool of_effect = block == Block::change_ && layer_.owner->kind == Kind::effect_;
        if (of_effect) roles.all.resize(1);
        const bool is_named = !row.label.empty() &&
                              words().property(row.id, row.label)->type.shape == PropertyType::Shape::name;
        if (is_named && !read_name(entry, row, node)) return std::nullopt;
        const PropertyPlace place{layer_, roles, row.id, path_of(holder, row, node), of_effect};
        PropertyReader properties(c_, place, node.properties);
        if (!is_named && !read_label(entry, row, properties)) return std::nullopt;
        read_value(entry, row, properties);
        read_clauses(entry, row, properties);
        if (!entry.target.empty() && row.target.empty())
            c_.report(Code::unknown_operand, entry.target.span, {shown_word(row), "->"});
        if (block == Block::default_) {
            read_defaults(entry, node.properties, layer_.owner->full + ".default");
            node.key = key_of(node, row);
            return node;
        }
        Holder inside{row.id, &row, place.path, roles, node.blocks, properties, {},
                      row.handlers ? &node.reactions : nullptr};
        read_inside(inside, entry, row);
        if (!inside.steps.empty() || (row.body && entry.has_braces))
            node.body = write_body(inside, entry.span);
        node.attempted = properties.seen();
        node.key = key_of(node, row);
        return node;
    }

    static Span head_of(const Entry& entry) {
        if (entry.shape == Shape::state) return entry.member->owner.span;
        return entry.word.empty() ? entry.span : entry.word.span;
    }

    static std::string path_of(const Holder& holder, const BlockRow& row, const BlockNode& node) {
        return holder.path + "." + (node.name.empty() ? std::string(row.id) : node.name);
    }

    static std::string shown_word(const BlockRow& row) {
        return std::string(row.word == "*" ? row.id : row.word);
    }

    bool read_name(const Entry& entry, const BlockRow& row, BlockNode& node) {
        if (entry.shape == Shape::state) {
            node.name = entry.word.text;
            return true;
        }
        if (entry.labels.size() == 1 && entry.labels.front()->kind == ast::ExpressionKind::name) {
            node.name = entry.labels.front()->word.text;
            return true;
        }
        const auto place = entry.labels.empty() ? entry.word.span : entry.labels.back()->span;
        c_.report(Code::missing, place, {"the name of the " + std::string(row.id)});
        return false;
    }

    bool read_label(const Entry& entry, const BlockRow& row, PropertyReader& properties) {
        if (row.label.empty()) {
            if (entry.labels.empty()) return true;
            c_.report(Code::unknown_operand, entry.labels.front()->span,
                      {shown_word(row), std::string(c_.written(entry.labels.front()->span))});
            return true;
        }
        std::vector<ast::Value> values;
        if (row.word == "*") values.push_back({name_expression(entry.word), {}});
        for (auto* label : entry.labels) values.push_back({label, {}});
        if (values.empty() || values.front().value == nullptr) {
            c_.report(Code::missing_operand, entry.word.span, {entry.word.text, label_in_words(row)});
            return false;
        }
        const bool is_list = words().property(row.id, row.label)->type.is_list();
        if (!is_list && values.size() > 1) {
            c_.report(Code::unknown_operand, values[1].value->span,
                      {shown_word(row), std::string(c_.written(values[1].value->span))});
            return false;
        }
        const auto before = c_.reporter.all().size();
        properties.add(row.label, entry.word, values);
        return c_.reporter.all().size() == before || row.word != "*";
    }

    ast::Expression* name_expression(const ast::Word& word) {
        auto* made = &c_.expressions.emplace_back();
        made->kind = ast::ExpressionKind::name;
        made->span = word.span;
        made->word = word;
        return made;
    }

    static std::string label_in_words(const BlockRow& row) {
        const auto& property = *words().property(row.id, row.label);
        if (property.type.type.base == Base::template_of) {
            auto kinds = with_article(kind_name(static_cast<Kind>(property.type.type.detail)));
            if (property.type.also != Kind::none) kinds += " or " + with_article(kind_name(property.type.also));
            return "the name of " + kinds;
        }
        return std::string(property.meaning);
    }

    void read_value(const Entry& entry, const BlockRow& row, PropertyReader& properties) {
        const bool has_value = entry.shape == Shape::labelled || entry.shape == Shape::property ||
                               entry.shape == Shape::state;
        if (!has_value) return;
        if (row.value.empty()) {
            c_.report(Code::unexpected, entry.word.span, {"a `:` behind `" + shown_word(row) + "`"}).advice =
                example_of(static_cast<Block>(&row - words().blocks.data()));
            return;
        }
        auto property = row.value;
        // `-20% * stacks` is a share, everything else a number: the written percent tells.
        const bool is_change = row.id == "change";
        if (is_change && !entry.values.empty() && has_percent(entry.values.front().value)) property = "share";
        properties.add(property, entry.word, entry.values);
    }

    static bool has_percent(const ast::Expression* e) {
        return e != nullptr &&
               (e->kind == ast::ExpressionKind::percent || has_percent(e->left) || has_percent(e->right));
    }

    void read_clauses(const Entry& entry, const BlockRow& row, PropertyReader& properties) {
        for (const auto& clause : entry.clauses) {
            const auto* property = words().property(row.id, clause.word.text);
            if (property == nullptr) {
                std::vector<std::string> known;
                for (const auto& one : words().properties) {
                    if (one.kind == row.id) known.emplace_back(one.name);
                }
                c_.report(Code::unknown_operand, clause.span, {shown_word(row), clause.word.text}).advice =
                    suggestion(closest(clause.word.text, known));
                continue;
            }
            std::vector<ast::Value> values;
            if (clause.value != nullptr) values.push_back({clause.value, {}});
            const bool is_flag = property->type.type.base == Base::boolean &&
                                 property->type.shape == PropertyType::Shape::one;
            if (values.empty() && is_flag) properties.set(clause.word);
            else if (values.empty()) report_no_value(c_, clause.word);
            else properties.add(clause.word.text, clause.word, values);
        }
    }

    void read_inside(Holder& inside, const Entry& entry, const BlockRow& row) {
        if (row.body) {
            for (const auto& inner : entry.entries) {
                if (inner.statement == nullptr && inner.shape != Shape::steps) read_entry(inside, inner);
            }
            inside.steps = entry.steps;
            return;
        }
        for (const auto& inner : entry.entries) read_entry(inside, inner);
        if (row.sentences) flush_deed(inside);
        if (!entry.has_otherwise) return;
        Entry otherwise;
        otherwise.word = {"else", entry.span};
        otherwise.span = entry.span;
        otherwise.entries = entry.otherwise;
        otherwise.has_braces = true;
        read_entry(inside, otherwise);
    }

    // `default room { sector: inside }`: properties of rooms.
    void read_defaults(const Entry& entry, std::vector<Said>& said, const std::string& path) {
        Roles roles;
        roles.all = {{"room", Type{.base = Base::room}, nullptr}, {"who", Type{.base = Base::creature}, nullptr}};
        const PropertyPlace place{layer_, roles, "room", path};
        PropertyReader properties(c_, place, said);
        std::vector<BlockNode> none;
        Holder inside{"room", nullptr, place.path, roles, none, properties, {}, nullptr};
        for (const auto& inner : entry.entries) {
            if (inner.shape == Shape::property) properties.add(*inner.member);
            else unknown(inside, inner);
        }
    }

    // Plain statements between the sentences of a talk.
    void flush_deed(Holder& holder) {
        if (holder.steps.empty()) return;
        BlockNode node;
        node.block = Block::deed_;
        node.from = layer_.from->unit;
        node.head = node.span = holder.steps.front()->span;
        node.body = write_body(holder, node.span);
        holder.steps.clear();
        holder.blocks.push_back(std::move(node));
    }

    std::uint32_t write_body(const Holder& holder, Span span) {
        const auto name = c_.numbered(holder.path + ".do");
        Body body(c_, Context{Role::handler, layer_.owner, layer_.from, layer_.environment, name, {}, false, true});
        introduce(body, holder.roles);
        const auto function = c_.program.new_function(name);
        if (may_suspend(c_, *layer_.from->file, holder.steps)) body.bind_actor();
        body.block(holder.steps);
        body.finish(function, span);
        return function;
    }

    static std::string key_of(const BlockNode& node, const BlockRow& row) {
        if (!node.name.empty()) return node.name;
        const auto* label = row.label.empty() ? nullptr : said(node.properties, row.id, row.label);
        if (label == nullptr) return {};
        std::string key = std::to_string(label->value.integer);
        for (const auto& word : label->value.strings) key += " " + word;
        return key;
    }

    // ---- what does not belong there

    std::vector<std::string> block_words(const Holder& holder) const {
        std::vector<std::string> known;
        for (const auto& row : words().blocks) {
            const bool here = std::find(row.owners.begin(), row.owners.end(), holder.id) != row.owners.end();
            if (here && row.word != "*" && row.word != "->" && row.word != "on") known.emplace_back(row.word);
        }
        return known;
    }

    bool is_misspelt_block(const Holder& holder, const Entry& entry) const {
        const auto& word = entry.word.text;
        if (entry.statement == nullptr || entry.statement->kind != ast::StatementKind::verb || is_verb(word))
            return false;
        return closest(word, block_words(holder)).has_value();
    }

    void unknown(const Holder& holder, const Entry& entry) {
        const auto& word = entry.word.text;
        if (entry.shape == Shape::property) return holder.properties.unknown(entry.word);
        c_.unsure = true;
        const bool is_property = words().property(holder.id, word) != nullptr;
        if (is_property && entry.shape == Shape::block && !entry.has_braces && entry.target.empty()) {
            const auto end = entry.word.span.end;
            c_.report(Code::missing, {entry.word.span.file, end, end + 1}, {"`:`"}).fix =
                Fix{{entry.word.span.file, end, end}, ":", true, {}};
            return;
        }
        auto what = word;
        if (entry.shape == Shape::row) what = "=>";
        if (entry.shape == Shape::state) what = "state";
        const auto place = entry.shape == Shape::block || entry.shape == Shape::labelled ? entry.word.span
                                                                                        : entry.span;
        auto& diagnostic =
            c_.report(Code::unknown_member_shape, place, {with_article(holder_name(holder.id)), what});
        if (is_property) {
            diagnostic.advice = "`" + word + "` is a property: write `" + word + ": ...`";
            return;
        }
        auto known = block_words(holder);
        for (const auto& row : words().properties) {
            if (row.kind == holder.id) known.emplace_back(row.name);
        }
        const auto found = closest_of(word, known);
        if (entry.shape == Shape::row || entry.shape == Shape::state || !found) return;
        diagnostic.advice = suggestion(found->name);
        diagnostic.fix = Fix{entry.word.span, found->name, found->alone, {}};
    }

    Compilation& c_;
    const Layer& layer_;
    const Roles roles_;
};

}  // namespace

std::string holder_name(std::string_view id) {
    for (const auto& row : words().blocks) {
        if (row.id != id) continue;
        if (row.word == "*" || row.word == "->") return std::string(id);
        return std::string(row.word) + (row.second.empty() ? "" : " " + std::string(row.second));
    }
    return std::string(id);
}

std::string example_of(Block block) { return "`" + words().row(block).example() + "`"; }

Members read_members(Compilation& c, const Layer& layer) { return MemberReader(c, layer).read(); }

std::vector<Said> read_defaults(Compilation& c, const Symbol& zone, const std::string& room) {
    return MemberReader(c, {&zone, &zone, nullptr}).read_defaults(room);
}

}  // namespace kiln::compiler
