#pragma once
// One function of the program, checked and written in one pass: statements and expressions in, instructions
// out. Every expression lands in the register that was free when it began (or stays where its variable is),
// so what is alive is always a stack.

#include <deque>
#include <functional>

#include "compiler/emit/function_builder.h"
#include "compiler/types/constant.h"
#include "compiler/types/known.h"

namespace kiln::compiler {

using schema::Intrinsic;

// What stands behind a preposition; null if it is not written.
const ast::Expression* operand(const ast::Statement& s, std::string_view preposition);
const ast::Expression* first_operand(const ast::Statement& s);  // before any preposition

class Body {
 public:
    Body(Compilation& compilation, Context context);

    // ---- parameters, in order, before anything else
    void add_parameter(const std::string& name, const Type& type,
                       const Symbol* symbol = nullptr);  // "" = cannot be named
    void set_self(int place) { self_ = place; }
    void set_actor(int place) { actor_ = place; }  // whose place `here` is, where there is no self
    void bind_actor();                             // `who` of a command that waits
    void assume(const std::vector<Fact>& facts);

    // ---- content
    bool block(ast::Block statements);                // true if the flow ends inside
    void return_value(const ast::Expression& value);  // of a formula
    void return_text(const ast::Text& text);
    Facts return_condition(const ast::Expression& condition);
    Value evaluate(const ast::Expression& e, Type expected = {});
    std::uint32_t constant_text(const ast::Text& text);  // reports arguments; index of Image::texts
    void finish(std::uint32_t function, Span span);
    FunctionBuilder& code() { return f_; }

    // ---- what the steps of a test hand on to each other: one value of several parts (types/test_locals.cpp)
    struct Local {
        std::string name;
        Type type;
        const Symbol* symbol = nullptr;
    };
    void add_locals(const std::vector<Local>& locals);       // the last parameter
    std::vector<Local> hand_on_locals(std::size_t players);  // returns them: all variables but the players

 private:
    friend class TextWriter;
    struct Flow {
        std::vector<Variable> variables;
        std::vector<Fact> facts;
    };
    static constexpr Type poison{.base = Base::variable};

    // ---- types/value.cpp
    vm::SlotType slot(const Type& type) { return c_.slot_type(type); }
    bool has_parts(const Type& type) { return vm::is_composite(slot(type)); }
    int flag_of(const Type& type) { return has_parts(type) ? 1 : 0; }
    Value constant(const Type& type, std::int64_t number) const;
    Value temporary(int mark, const Type& type);  // the value stands in register mark now
    Value move_to(int mark, const Value& value);
    int in_register(Value& value);
    Value need(const ast::Expression& e, const Type& wanted);     // evaluated and converted
    void argument(const ast::Expression& e, const Type& wanted);  // need, in the next register
    void native_argument(const ast::Expression& e, const Type& wanted);
    void pass_template(int mark, const Value& value);
    Value convert(Value value, const Type& wanted, const ast::Expression& e, int mark);
    Value boxed(int mark, const Value& value);
    Value unboxed(int mark, const Value& value);
    Value as_known(Value value);
    Value no_value(int mark, const Type& type);
    void mismatch(const Value& value, const Type& wanted, Span span);
    void require_present(Value& value, const ast::Expression& e);
    void require_pure(Span span, std::string_view what);
    std::string path_of(const ast::Expression& e) const;
    const Fact* fact(std::string_view path) const;
    bool is_local(std::string_view name) const;
    Variable* variable(std::string_view name);
    Value call_native(int mark, Intrinsic intrinsic, const Type& result);
    Value call_native_of(int mark, Intrinsic intrinsic, const std::vector<Type>& parameters,
                         const Type& result);
    Value call_native(int mark, Intrinsic intrinsic);
    void load_nobody() { f_.emit(vm::Opcode::load_nobody, f_.take()); }
    void load_number(std::int64_t number) { f_.load_integer(f_.take(), number, c_.program); }
    const ast::File& file() const { return *context_.scope->file; }

    // ---- types/names_in_code.cpp
    Value name(const ast::Expression& e, Type expected);
    bool qualifier_fits(const ast::Expression& e);
    Value self_value(Span span);
    Value here_value(Span span);
    void load_self(Span span);  // into the next register
    void load_here(Span span);
    std::optional<Value> trait_parameter(const ast::Expression& e, Type expected);
    Value symbol_value(const Symbol& symbol, const ast::Expression& e, Type expected);
    std::optional<Value> known_state(const ast::Expression& e);
    void unknown_name(const ast::Expression& e, Type expected);
    const State* shared_state(std::string_view name, schema::Table table) const;
    const State* own_state(std::string_view name) const;
    bool load_state_holder(const State& state, Span span);
    Value load_column(int mark, std::int32_t field, const Type& type, int from);
    const Symbol* template_named(const ast::Expression& e) const;  // a declaration, not hidden by a variable

    // ---- types/place.cpp: what is kept somewhere, and changing a part of it
    using Change = std::function<void(int reg)>;
    std::optional<Value> known_path(const ast::Expression& e);  // type and symbol; writes no code
    const State* named_state(std::string_view name) const;
    std::optional<Stored> stored(const ast::Expression& e);
    Borrowed borrow(const ast::Expression& e);
    void give_back(const Borrowed& borrowed);
    std::optional<Place> place_of(const ast::Expression& e);
    void evaluate_steps(Place& place);
    bool change(Place& place, bool replaces, const Change& apply);
    void read_step(int to, int from, const Step& step, const Type& of);
    void write_step(int to, int value, const Step& step, const Type& of);
    void load_default(int to, const Type& type);

    // ---- types/collection.cpp, each.cpp
    Value list_literal(const ast::Expression& e, const Type& expected);
    Value map_literal(const ast::Expression& e, const Type& expected);
    Value record_literal(const Symbol& record, const ast::Expression& e);
    void default_of(const Symbol& symbol, const FunctionParameter& parameter);
    Value range_literal(const ast::Expression& e);
    Value index_of(const ast::Expression& e);
    Value part_of(const ast::Expression& e, const Type& whole);
    Value collection_property(const Borrowed& of, const ast::Expression& e, int result);
    std::optional<Value> collection_method(const ast::Expression& e);
    Value method_of_parts(const ast::Expression& e, const Value& of);
    std::optional<Value> taken(const ast::Expression& e, const Type& list);
    Value element_at(int result, int list, int place, const Type& type);
    bool collection_statement(const ast::Statement& s);
    bool change_collection(const ast::Statement& s, const ast::Expression& target, const Type& type);
    void sort_list(const ast::Statement* s, int list, const Type& type);
    Facts ask_among(const ast::Expression& e, const Type& type, bool when, Label& target);
    using Walked = std::function<bool()>;  // true if the flow ends inside
    bool walk(const ast::Expression& source, const ast::Word& first, const ast::Word& second,
              const ast::Expression* when, const Walked& body);
    bool walk_range(const ast::Expression& low, const ast::Expression& high, const ast::Word& name,
                    const ast::Expression* when, const Walked& body);
    bool walk_list(int list, const Type& type, const ast::Word& first, const ast::Word& second,
                   const ast::Expression* when, const Walked& body);
    void begin_walk(int list, const Type* type, int length, int index, Label& empty);
    bool walk_numbers(int counter, const ast::Word& name, const ast::Expression* when, const Walked& body);
    void skip_if_gone(int place, const Type& type, Label& next);
    void leave_walk(const Flow& before, std::size_t variables, bool ended);
    void end_loop();
    vm::Instruction initial_of(const Type& type, int place);
    std::optional<Value> aggregate(const ast::Expression& e, const Type& expected);
    Value list_of_each(const ast::Expression& each, const Type& expected);
    bool break_statement(const ast::Statement& s);

    // ---- types/member.cpp
    Value member(const ast::Expression& e, Type expected);
    Value member_of(Value left, int mark, const ast::Expression& e);
    const State* state_of(const Value& left, std::string_view name) const;
    std::int32_t field_of(const State& state) {
        return c_.program.field(state.column, state.table, c_.slot_type(state.type));
    }
    std::optional<schema::Field> field_of(const Value& left, std::string_view name) const;
    std::optional<Intrinsic> intrinsic_of(schema::Form form, std::string_view word, Type receiver) const;
    void unknown_member(const Value& left, const ast::Expression& e);
    Value unknown_exit(const Value& room, const ast::Expression& e);

    // ---- types/call.cpp
    Value call(const ast::Expression& e, Type expected);
    Value call_function(const Symbol& symbol, const ast::Expression& e);
    Value call_method(const ast::Expression& e);
    Value call_rows(const ast::Expression& e, Type expected);
    Value exit_of_here(const ast::Expression& e);
    Value same_type_call(const ast::Expression& e, Type expected);
    Value random_call(const ast::Expression& e);
    Value random_element(int result, const Borrowed& of, bool sure);
    Value roll_call(const ast::Expression& e);
    bool arguments_fit(const ast::Expression& e, std::string_view name, std::size_t wanted);

    // ---- types/expression.cpp
    Value binary(const ast::Expression& e, Type expected);
    Value arithmetic(const ast::Expression& e, Type expected);
    Value compute(const ast::Expression& e, Value left, Value right, int mark, Type expected);
    Value unary(const ast::Expression& e, Type expected);
    Value string_literal(const ast::Expression& e, Type expected);
    Value rolled(Value value, int mark);
    Value truth(const ast::Expression& e);                         // a condition as a value
    Value either(const ast::Expression& e, const Type& expected);  // `bow or who.weapon`

    // ---- types/condition.cpp
    Facts branch(const ast::Expression& e, bool when, Label& target);
    Facts leaf(const ast::Expression& e, bool when, Label& target);
    Facts compare(const ast::Expression& e, bool when, Label& target);
    Facts ask_is(const ast::Expression& e, bool when, Label& target);
    Facts ask_in(const ast::Expression& e, bool when, Label& target);
    Facts ask_stretch(const ast::Expression& e, bool when, Label& target);
    Facts compare_parts(const ast::Expression& e, Value left, Value right, bool when, Label& target);
    Facts presence(Value value, const ast::Expression& e, bool when, Label& target);
    void jump_on(int place, bool when, Label& target);
    Value adjective_test(Value left, int mark, const ast::Expression& e, Facts& facts, bool& known);
    Value template_test(Value left, int mark, const ast::Expression& e, const Symbol& symbol, Facts& facts);

    // ---- types/statement.cpp
    bool statement(const ast::Statement& s);
    bool calls_author(const ast::Expression& e) const;
    bool if_statement(const ast::Statement& s);
    bool for_statement(const ast::Statement& s);
    bool while_statement(const ast::Statement& s);
    bool choose_statement(const ast::Statement& s);
    void choose_limits(const ast::Statement& s, int first);
    bool match_statement(const ast::Statement& s);
    void match_label(const Value& subject, const ast::Expression& label, Label& found);
    void check_complete(const ast::Statement& s, const Type& type);
    bool let_statement(const ast::Statement& s);
    bool return_statement(const ast::Statement& s);
    bool scoped(ast::Block statements);
    Flow save() const { return {variables_, facts_}; }
    void meet(const Flow& other, bool other_ended, bool this_ended);
    void forget(std::string_view path);
    void lose_all();
    void enter_loop(ast::Block body);

    // ---- types/assign.cpp
    bool assign_statement(const ast::Statement& s);
    void assign_variable(const ast::Statement& s, Variable& variable);
    void assign_part(const ast::Statement& s, Place place);
    void store(const ast::Statement& s, int holder, std::int32_t field, const Type& type);
    void assign_member(const ast::Statement& s);
    Value assigned(const ast::Statement& s, const Type& type, std::function<Value(int)> current);
    Value increased(const ast::Statement& s, Value left, Value right, int mark, const Type& type);

    // ---- types/verb.cpp
    bool verb_statement(const ast::Statement& s);
    bool course_statement(const ast::Statement& s, bool& ended);  // stop, wait, prevent... true if it was one
    Value verb(const ast::Statement& s, bool as_value);
    std::optional<Intrinsic> verb_row(const ast::Statement& s);
    bool row_fits(const schema::IntrinsicRow& row, const ast::Statement& s) const;
    bool types_fit(const schema::IntrinsicRow& row, const ast::Statement& s);
    void explain_misfit(const schema::IntrinsicRow& row, const ast::Statement& s);
    void verb_arguments(const schema::IntrinsicRow& row, const ast::Statement& s);
    Value spawn_many(const ast::Statement& s);
    void unknown_verb(const ast::Statement& s);
    void check_spawned(const ast::Expression& e);
    bool as_statement(const ast::Statement& s);
    bool act_block(const ast::Statement& s);

    // ---- types/course.cpp
    void wait_statement(const ast::Statement& s);
    void wait_until(const ast::Statement& s);
    void pause(std::int64_t milliseconds);
    void end_with_message(const ast::Statement& s, Intrinsic intrinsic);
    void raise_statement(const ast::Statement& s);
    void bind_statement(const ast::Statement& s);
    void leave_function();
    void fork_statement(const ast::Statement& s);
    void on_cancel_statement(const ast::Statement& s);
    std::vector<const Variable*> captured(ast::Block block) const;

    // ---- types/text.cpp
    Value text(const ast::Text& text);
    Value text_of_string(int mark);  // the string in register mark as a text
    void text_of_nothing(int to);
    std::int32_t text_without_words();

    Compilation& c_;
    Context context_;
    FunctionBuilder f_;
    std::vector<vm::SlotType> parameters_;
    std::vector<Variable> variables_;
    std::vector<Fact> facts_;
    int self_ = -1, actor_ = -1;
    int acting_ = -1;  // `as x`: who is self for verbs
    Type acting_type_;
    int depth_ = 0;  // of constants that name constants
    struct Loop {
        Label exit;
        std::vector<Flow> breaks;
    };
    std::deque<Loop> loops_;
    vm::SlotType handed_on_ = vm::SlotType::nothing;  // tests: of the locals
};

}  // namespace kiln::compiler
