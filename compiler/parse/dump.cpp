#include <array>

#include "compiler/parse/parse.h"
#include "vm/bytecode/value.h"

namespace kiln::compiler {
namespace {

using namespace ast;

class Dumper {
   public:
    std::string run(const File& file) {
        if (!file.module.empty()) line("module " + file.module.text);
        for (const auto& use : file.uses) line("use " + use.text);
        for (const auto* one : file.declarations) declaration(*one);
        return std::move(out_);
    }

   private:
    void line(const std::string& words) {
        out_ += std::string(static_cast<std::size_t>(indent_) * 2, ' ') + words + '\n';
    }

    template <typename Body>
    void inside(Body body) {
        ++indent_;
        body();
        --indent_;
    }

    static std::string escaped(const std::string& words) {
        std::string out = "'";
        for (const char c : words) out += c == '\n' ? std::string("\\n") : std::string(1, c);
        return out + "'";
    }

    // ---- expressions on one line

    static std::string number(const Expression& e) {
        switch (e.kind) {
            case ExpressionKind::percent: return "percent " + std::to_string(e.number);
            case ExpressionKind::duration: return std::to_string(e.number) + "ms";
            case ExpressionKind::weight: return std::to_string(e.number) + "g";
            case ExpressionKind::clock: return "minute " + std::to_string(e.number);
            case ExpressionKind::dice: {
                const auto dice = vm::Dice::from_slot(e.number);
                return std::to_string(dice.count) + "d" + std::to_string(dice.sides);
            }
            case ExpressionKind::boolean: return e.number != 0 ? "true" : "false";
            default: return std::to_string(e.number);
        }
    }

    std::string arguments(const ast::List<Argument>& all) const {
        std::string out;
        for (const auto& one : all) {
            if (!out.empty()) out += ", ";
            if (!one.name.empty()) out += one.name.text + ": ";
            if (one.key != nullptr) out += expression(one.key) + ": ";
            out += expression(one.value);
        }
        return out;
    }

    std::string expression(const Expression* e) const {
        if (e == nullptr) return "-";
        switch (e->kind) {
            case ExpressionKind::string: return text(e->text);
            case ExpressionKind::none: return "none";
            case ExpressionKind::name:
                return (e->left != nullptr ? e->left->word.text + " " : "") + e->word.text;
            case ExpressionKind::member: return expression(e->left) + "." + e->word.text;
            case ExpressionKind::call: return expression(e->left) + "(" + arguments(e->arguments) + ")";
            case ExpressionKind::index: return expression(e->left) + "[" + expression(e->right) + "]";
            case ExpressionKind::unary: return "(" + e->word.text + " " + expression(e->left) + ")";
            case ExpressionKind::binary:
                return "(" + expression(e->left) + " " + e->word.text + " " + expression(e->right) + ")";
            case ExpressionKind::list: return "[" + arguments(e->arguments) + "]";
            case ExpressionKind::each:
                return "(" + expression(e->left) + " for " + e->word.text + " in " + expression(e->right) +
                       (e->arguments.empty() ? "" : " when " + arguments(e->arguments)) + ")";
            case ExpressionKind::chance: return "(chance " + expression(e->left) + ")";
            case ExpressionKind::quantity:
                return "(" + expression(e->left) + " of " + expression(e->right) + ")";
            case ExpressionKind::spawn:
                return "(" + e->statement->word.text + operands(e->statement->operands) + ")";
            default: return number(*e);
        }
    }

    std::string text(const Text* text) const {
        if (text == nullptr) return "-";
        std::string out = text->is_block ? "text{" : "{";
        for (const auto& piece : text->pieces) out += (out.ends_with('{') ? "" : " ") + this->piece(piece);
        return out + "}" + (text->tag.empty() ? "" : text->tag.text);
    }

    std::string piece(const TextPiece& piece) const {
        switch (piece.kind) {
            case TextPiece::Kind::literal: return escaped(piece.words);
            case TextPiece::Kind::if_begin: return "[if " + expression(piece.expression) + "]";
            case TextPiece::Kind::else_branch:
                return piece.expression == nullptr ? "[else]"
                                                   : "[else if " + expression(piece.expression) + "]";
            case TextPiece::Kind::one_of: return "[one of]";
            case TextPiece::Kind::or_branch: return "[or]";
            case TextPiece::Kind::end: return "[" + piece.words + "]";
            case TextPiece::Kind::style: return "<" + piece.words + ">";
            case TextPiece::Kind::end_style: return "</" + piece.words + ">";
            case TextPiece::Kind::tag: break;
        }
        std::string out = "[";
        if (piece.capital) out += "^";
        if (!piece.article.empty()) out += piece.article.text + " ";
        out += expression(piece.expression);
        if (!piece.verb.empty()) out += " verb " + piece.verb.text;
        if (!piece.second.empty()) out += "|" + piece.second.text;
        return out + "]";
    }

    std::string operands(const ast::List<Operand>& all) const {
        std::string out;
        for (const auto& one : all)
            out += " <" + (one.preposition.empty() ? "" : one.preposition.text + " ") +
                   expression(one.value) + ">";
        return out;
    }

    std::string clauses(const ast::List<Clause>& all) const {
        std::string out;
        for (const auto& clause : all) {
            out += " (" + clause.word.text;
            for (const auto& word : clause.more) out += " " + word.text;
            out += clause.value == nullptr ? ")" : ": " + expression(clause.value) + ")";
        }
        return out;
    }

    std::string parameters(const ast::List<Parameter>& all) const {
        if (all.empty()) return {};
        std::string out;
        for (const auto& one : all) {
            if (!out.empty()) out += ", ";
            out += one.name.text;
            if (!one.type.empty()) out += ": " + one.type.text;
            if (one.value != nullptr) out += " = " + expression(one.value);
        }
        return "(" + out + ")";
    }

    // ---- statements

    void statements(const ast::List<Statement*>& all) {
        inside([&] {
            for (const auto* one : all) statement(*one);
        });
    }

    std::string headline(const Statement& s) const {
        switch (s.kind) {
            case StatementKind::verb: return s.word.text;
            case StatementKind::act_block: return s.word.text;
            case StatementKind::assign:
                return expression(s.left) + " " + s.word.text + " " + expression(s.right);
            case StatementKind::expression: return "call " + expression(s.left);
            case StatementKind::let:
                return "let " + s.word.text + (s.type.empty() ? "" : ": " + s.type.text) + " = " +
                       expression(s.right);
            case StatementKind::if_: return "if " + expression(s.left);
            case StatementKind::for_:
                return "for " + s.word.text + (s.second.empty() ? "" : ", " + s.second.text) + " in " +
                       expression(s.left) + (s.right == nullptr ? "" : " when " + expression(s.right));
            case StatementKind::while_: return "while " + expression(s.left);
            case StatementKind::choose: return "choose";
            case StatementKind::match: return "match " + expression(s.left);
            case StatementKind::return_:
                return "return" + (s.left == nullptr ? "" : " " + expression(s.left));
            case StatementKind::block: return "block";
            case StatementKind::fork: return "fork";
            case StatementKind::after: return "after " + expression(s.left);
            case StatementKind::as: return "as " + expression(s.left);
            case StatementKind::on_cancel: return "on cancel";
            case StatementKind::choice: return "choice";
            case StatementKind::go: return "go " + s.word.text;
        }
        return {};
    }

    void statement(const Statement& s) {
        line(headline(s) + operands(s.operands) + (s.negated ? " negated" : "") +
             (s.target.empty() ? "" : " -> " + s.target.text));
        inside([&] {
            for (const auto& [word, text] : s.readings) line(word.text + " " + this->text(text));
            for (const auto* one : s.members) member(*one);
        });
        statements(s.block);
        for (const auto& branch : s.branches) {
            inside([&] {
                line(s.kind == StatementKind::choose ? "branch " + arguments(branch.labels)
                     : branch.labels.empty()         ? "else"
                                                     : "case " + arguments(branch.labels));
                statements(branch.block);
            });
        }
        if (!s.has_otherwise) return;
        line("else");
        statements(s.otherwise);
    }

    // ---- members

    std::string labels(const Member& m) const {
        std::string out;
        for (const auto* label : m.labels) out += (out.empty() ? " " : ", ") + expression(label);
        return out;
    }

    std::string values(const Member& m) const {
        std::string out;
        for (const auto& value : m.values)
            out += (out.empty() ? " " : ", ") + expression(value.value) + clauses(value.clauses);
        return out;
    }

    std::string headline(const Member& m) const {
        const auto target = m.target.empty() ? "" : " -> " + m.target.text;
        switch (m.kind) {
            case MemberKind::property: return "property " + m.word.text + (m.adds ? " +=" : " :") + values(m);
            case MemberKind::labelled: return "labelled " + m.word.text + labels(m) + " :" + values(m);
            case MemberKind::block: return "block " + m.word.text + labels(m) + clauses(m.clauses) + target;
            case MemberKind::row: return "row" + labels(m) + " =>" + values(m);
            case MemberKind::transition: return "go" + target;
            case MemberKind::handler:
                return std::string(m.overrides ? "override " : "") + "handler " + m.word.text + " " +
                       m.event.text + parameters(m.parameters) + labels(m) + clauses(m.clauses) + target;
            case MemberKind::state:
                return "state " + (m.owner.empty() ? "" : m.owner.text + " ") + m.word.text +
                       (m.type.empty() ? "" : ": " + m.type.text) +
                       (m.values.empty() ? "" : " =" + values(m));
            case MemberKind::function:
                return "function " + m.word.text + parameters(m.parameters) + labels(m) + clauses(m.clauses) +
                       (m.type.empty() ? "" : " -> " + m.type.text);
            case MemberKind::statement: return {};
        }
        return {};
    }

    void member(const Member& m) {
        if (!m.doc.empty()) line("doc " + escaped(m.doc));
        if (m.kind == MemberKind::statement) {
            for (const auto* one : m.body) statement(*one);
            return;
        }
        line(headline(m));
        inside([&] {
            for (const auto* one : m.members) member(*one);
        });
        statements(m.body);
    }

    void declaration(const Declaration& d) {
        if (!d.doc.empty()) line("doc " + escaped(d.doc));
        std::string out = d.is_abstract ? "abstract " : d.is_override ? "override " : "";
        out += d.kind.text + " " + d.name.text + parameters(d.parameters);
        if (!d.parent.empty()) out += " from " + d.parent.text;
        for (const auto& use : d.traits)
            out += " with " + use.name.text + "(" + arguments(use.arguments) + ")";
        if (!d.renamed_from.empty()) out += " renamed from " + d.renamed_from.text;
        if (!d.retired_to.empty()) out += " retired to " + d.retired_to.text;
        if (!d.result.empty()) out += " -> " + d.result.text;
        if (d.value != nullptr) out += " = " + expression(d.value);
        if (d.broken) out += " BROKEN";
        line(out);
        inside([&] {
            for (const auto* one : d.members) member(*one);
        });
        statements(d.body);
    }

    std::string out_;
    int indent_ = 0;
};

}  // namespace

std::string dump(const ast::File& file) { return Dumper().run(file); }

}  // namespace kiln::compiler
