#pragma once
// From the generated parser's contexts to the tree of ast.h. The grammar tells shapes; what may stand where
// (statements in handlers, members in declarations) is decided here. build_expressions, build_statements,
// build_members, build_declarations.

#include <optional>

#include "compiler/parse/antlr_parser.h"
#include "compiler/parse/ast.h"

namespace kiln::compiler::parsing {

// A text literal still to be taken apart.
struct PendingText {
    ast::Text* text = nullptr;
    Token token;
    int depth = 0;                       // texts inside texts
    bool plain = false;                  // patterns and what tests type and read: brackets mean themselves
};

using Docs = std::vector<std::pair<std::uint32_t, std::string>>;

class Builder {
   public:
      Builder(ast::File& file, std::string_view text, const Docs& docs)
          : file_(file), text_(text), docs_(docs) {}

      // Null for `module` and `use` lines, which go into the file.
      ast::Declaration* chunk(Mud::ChunkContext* context);
      ast::Expression* expression(Mud::ExpressionContext* context);

      std::optional<Problem> problem;  // the first thing that has no place where it stands
      std::vector<PendingText> texts;  // in order of appearance
      int text_depth = 0;

   private:
      enum class Place : std::uint8_t {
          members,
          mixed
      };  // mixed: stages, nodes and tests hold statements too

      // places and words
      Span span(const Token& token) const { return {file_.index, token.begin, token.end}; }
      Span span(const antlr4::ParserRuleContext* context) const;
      ast::Word word(const antlr4::Token* token) const;
      ast::Word path(const Mud::PathContext* context) const;
      ast::Word type(const antlr4::ParserRuleContext* context) const;
      ast::Name doc_before(const antlr4::ParserRuleContext* context) const;
      void reject(Span place, std::string what, std::string advice);
      void too_deep(Span place);

      // expressions
      ast::Expression* make(ast::ExpressionKind kind, Span place);
      ast::Expression* literal(const antlr4::Token* token);
      ast::Expression* primary(Mud::PrimaryContext* context);
      ast::Expression* chain(ast::Expression* left, const std::vector<Mud::SuffixContext*>& steps);
      ast::Expression* name(const antlr4::Token* token);
      ast::Expression* source(Mud::SourceContext* context);
      ast::Expression* passes(ast::Expression* value, const std::vector<Mud::PassContext*>& passes);
      ast::Argument element(Mud::ElementContext* context);
      ast::List<ast::Argument> arguments(const std::vector<Mud::ArgumentContext*>& contexts);
      ast::Text* text(const Token& token);

      // statements
      ast::List<ast::Statement*> statements(Mud::BlockContext* context);
      ast::Statement* statement(Mud::ItemContext* context);
      ast::Statement* start(ast::StatementKind kind, const antlr4::ParserRuleContext* context);
      ast::Statement* change(Mud::ChangeContext* context);
      ast::Statement* invocation(Mud::InvocationContext* context);
      ast::Statement* handler_statement(Mud::HandlerContext* context);
      ast::Statement* sentence(Mud::SentenceContext* context);
      void sentence_body(Mud::SentenceContext* context, ast::Statement* made);
      ast::Statement* condition(Mud::ConditionContext* context);
      ast::Statement* branch(Mud::BranchContext* context);
      ast::Statement* loop(Mud::LoopContext* context);
      ast::Statement* binding(Mud::BindingContext* context);
      ast::Statement* selection(Mud::SelectionContext* context);
      ast::Statement* go(const antlr4::ParserRuleContext* context, const Mud::PathContext* target);
      void choose_branches(Mud::BlockContext* context, ast::Statement* made);
      void readings(Mud::BlockContext* context, ast::Statement* made);
      void operands(const std::vector<Mud::PhraseContext*>& phrases, ast::List<ast::Operand>& out);
      void settle_test_verb(ast::Statement* made);
      static std::vector<Mud::PhraseContext*> phrases_of(const std::vector<Mud::PartContext*>& parts);

      // members
      void members(Mud::BlockContext* context, Place place, ast::List<ast::Member*>& out,
                   ast::List<ast::Statement*>* bodies);
      ast::Member* member(Mud::ItemContext* context, Place place);
      ast::Member* start_member(ast::MemberKind kind, const antlr4::ParserRuleContext* context);
      ast::Member* property(Mud::PropertyContext* context);
      ast::Member* labelled(Mud::LabelledContext* context);
      ast::Member* addition(Mud::ChangeContext* context);
      ast::Member* row(Mud::RowContext* context);
      ast::Member* state(Mud::StateContext* context);
      ast::Member* handler(Mud::HandlerContext* context);
      ast::Member* function(Mud::FunctionContext* context);
      ast::Member* block_member(Mud::SentenceContext* context);
      ast::Value setting(Mud::SettingContext* context);
      ast::List<ast::Clause> clauses(const std::vector<Mud::ClauseContext*>& contexts);
      static void fold(ast::List<ast::Clause>& clauses);
      ast::Parameter parameter(Mud::ParameterContext* context);
      ast::List<ast::Parameter> parameters(Mud::ParametersContext* context);

      // declarations
      ast::Declaration* declaration(Mud::DeclarationContext* context);
      void general(Mud::GeneralContext* context, ast::Declaration* made);
      ast::Declaration* lone_member(Mud::ItemContext* context);

      ast::File& file_;
      std::string_view text_;
      const Docs& docs_;
      bool plain_ = false;
};

}  // namespace kiln::compiler::parsing
