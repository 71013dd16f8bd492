#pragma once
// One function of the program, checked and written in one pass: statements and expressions in, instructions
// out. Every expression lands in the register that was free when it began (or stays where its variable is),
// so what is alive is always a stack.

#include <functional>

#include "compiler/emit/function_builder.h"
#include "compiler/names/model.h"

namespace kiln::compiler {

using schema::Intrinsic;

enum class Role : std::uint8_t {
    handler,
    before,
    on_command,
    command,
    function,
    formula,
    condition,
    text,
    test,
    cancel
};

struct Context {
    Role role = Role::handler;
    const Symbol* owner = nullptr;               // whose self it is; null if there is none
    const Symbol* scope = nullptr;  // the declaration that was written: names are looked up from there
    const Environment* environment = nullptr;    // trait parameters
    std::string name;  // "module.room.on_enter.1": begins the names of texts and blocks
    Type result;
    bool pure = false;
    bool waits = false;                          // may wait
};

struct Value {
    Type type;
    int place = -1;                              // register; -1 = a constant not loaded yet, or nothing
    bool is_constant = false;
    std::int64_t number = 0;
    const Symbol* symbol = nullptr;              // the declaration an entity is known to be made from
    std::string path;  // how it can be asked about: "who", "@mill.cat", "who.fighting"
    bool lost = false;                           // optional only because of a wait
    bool is_poison() const { return type.base == Base::variable; }
};

struct Variable {
    std::string name;
    Type type;
    const Symbol* symbol = nullptr;
    int place = 0;
    bool lost = false, is_bound = false;
};

struct Fact {                                    // `path` is of `type` here
    std::string path;
    Type type;
    const Symbol* symbol = nullptr;
};
struct Facts {
    std::vector<Fact> yes, no;                   // if the condition holds; if it does not
};

class Body {
   public:
    Body(Compilation& compilation, Context context);

    // ---- parameters, in order, before anything else
    void add_parameter(const std::string& name, Type type,
                       const Symbol* symbol = nullptr);  // "" = cannot be named
    void set_self(int place) { self_ = place; }
    void set_actor(int place) { actor_ = place; }  // whose place `here` is, where there is no self
    void bind_actor();                                           // `who` of a command that waits
    void assume(const std::vector<Fact>& facts);

    // ---- content
    bool block(ast::Block statements);  // true if the flow ends inside
    void return_value(const ast::Expression& value);             // of a formula
    void return_text(const ast::Text& text);
    Facts return_condition(const ast::Expression& condition);
    Value evaluate(const ast::Expression& e, Type expected = {});
    std::uint32_t constant_text(const ast::Text& text);          // reports arguments; index of Image::texts
    void finish(std::uint32_t function, Span span);
    FunctionBuilder& code() { return f_; }

   private:
    friend class TextWriter;
    struct Flow {
        std::vector<Variable> variables;
        std::vector<Fact> facts;
    };
    static constexpr Type poison{.base = Base::variable};

    // ---- types/value.cpp
    Value constant(Type type, std::int64_t number) const;
    Value temporary(int mark, Type type);                        // the value stands in register mark now
    Value move_to(int mark, const Value& value);
    int in_register(Value& value);
    Value need(const ast::Expression& e, Type wanted);           // evaluated and converted
    void argument(const ast::Expression& e, Type wanted);        // need, in the next register
    Value convert(Value value, Type wanted, const ast::Expression& e, int mark);
    void mismatch(const Value& value, Type wanted, Span span);
    void require_present(Value& value, const ast::Expression& e);
    void require_pure(Span span, std::string_view what);
    std::string path_of(const ast::Expression& e) const;
    const Fact* fact(std::string_view path) const;
    bool is_local(std::string_view name) const;
    Variable* variable(std::string_view name);
    Value call_native(int mark, Intrinsic intrinsic, Type result);
    Value call_native(int mark, Intrinsic intrinsic);
    void load_nobody() { f_.emit(vm::Opcode::load_nobody, f_.take()); }
    void load_number(std::int64_t number) { f_.load_integer(f_.take(), number, c_.program); }
    const ast::File& file() const { return *context_.scope->file; }

    // ---- types/names_in_code.cpp
    Value name(const ast::Expression& e, Type expected);
    Value self_value(Span span);
    Value here_value(Span span);
    void load_self(Span span);                                   // into the next register
    void load_here(Span span);
    std::optional<Value> trait_parameter(const ast::Expression& e, Type expected);
    Value symbol_value(const Symbol& symbol, const ast::Expression& e, Type expected);
    std::optional<Value> known_state(const ast::Expression& e);
    void unknown_name(const ast::Expression& e, Type expected);
    const State* shared_state(std::string_view name, schema::Table table) const;
    const State* own_state(std::string_view name) const;
    bool load_state_holder(const State& state, Span span);
    Value load_column(int mark, std::int32_t field, Type type, int from);
    const Symbol* template_named(const ast::Expression& e) const;  // a declaration, not hidden by a variable

    // ---- types/member.cpp
    Value member(const ast::Expression& e, Type expected);
    Value member_of(Value left, int mark, const ast::Expression& e);
    const State* state_of(const Value& left, std::string_view name) const;
    std::int32_t field_of(const State& state) {
        return c_.program.field(state.column, state.table, schema::slot_type(state.type));
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
    Value roll_call(const ast::Expression& e);
    bool arguments_fit(const ast::Expression& e, std::string_view name, std::size_t wanted);

    // ---- types/expression.cpp
    Value binary(const ast::Expression& e, Type expected);
    Value arithmetic(const ast::Expression& e, Type expected);
    Value compute(const ast::Expression& e, Value left, Value right, int mark, Type expected);
    Value unary(const ast::Expression& e, Type expected);
    Value string_literal(const ast::Expression& e, Type expected);
    Value rolled(Value value, int mark);
    Value truth(const ast::Expression& e);                       // a condition as a value
    Value either(const ast::Expression& e);                      // `bow or who.weapon`

    // ---- types/condition.cpp
    Facts branch(const ast::Expression& e, bool when, Label& target);
    Facts leaf(const ast::Expression& e, bool when, Label& target);
    Facts compare(const ast::Expression& e, bool when, Label& target);
    Facts ask_is(const ast::Expression& e, bool when, Label& target);
    Facts ask_in(const ast::Expression& e, bool when, Label& target);
    Facts presence(Value value, const ast::Expression& e, bool when, Label& target);
    void jump_on(int place, bool when, Label& target);
    Value adjective_test(Value left, int mark, const ast::Expression& e, Facts& facts, bool& known);
    Value template_test(Value left, int mark, const ast::Expression& e, const Symbol& symbol, Facts& facts);

    // ---- types/statement.cpp
    bool statement(const ast::Statement& s);
    bool if_statement(const ast::Statement& s);
    bool for_statement(const ast::Statement& s);
    bool for_range(const ast::Statement& s);
    bool while_statement(const ast::Statement& s);
    bool choose_statement(const ast::Statement& s);
    bool match_statement(const ast::Statement& s);
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
    void store(const ast::Statement& s, int holder, std::int32_t field, Type type);
    void assign_member(const ast::Statement& s);
    Value assigned(const ast::Statement& s, Type type, std::function<Value(int)> current);

    // ---- types/verb.cpp
    bool verb_statement(const ast::Statement& s);
    bool course_statement(const ast::Statement& s, bool& ended); // stop, wait, prevent... true if it was one
    Value verb(const ast::Statement& s, bool as_value);
    std::optional<Intrinsic> verb_row(const ast::Statement& s);
    bool row_fits(const schema::IntrinsicRow& row, const ast::Statement& s) const;
    bool types_fit(const schema::IntrinsicRow& row, const ast::Statement& s) const;
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
    Value text_of_string(int mark);                              // the string in register mark as a text

    Compilation& c_;
    Context context_;
    FunctionBuilder f_;
    std::vector<vm::SlotType> parameters_;
    std::vector<Variable> variables_;
    std::vector<Fact> facts_;
    int self_ = -1, actor_ = -1;
    int acting_ = -1;                                            // `as x`: who is self for verbs
    Type acting_type_;
    int depth_ = 0;                                              // of constants that name constants
};

// ---- values known while compiling (types/constant.cpp)
// The value of an expression as an integer of `type`; reports what is wrong. `from` is where it stands.
std::optional<std::int64_t> constant_of(Compilation& c, const Symbol& from, const Environment* environment,
                                        const ast::Expression& e, Type type);
std::optional<std::string> plain_text(const ast::Text& text);    // without tags
// A trait parameter stands for its argument: the argument, and where it was written. Otherwise what was
// given.
struct Resolved {
    const ast::Expression* value = nullptr;
    const Symbol* from = nullptr;
    const Environment* environment = nullptr;
};
Resolved resolve_argument(const Symbol& from, const Environment* environment, const ast::Expression& e);

}  // namespace kiln::compiler
