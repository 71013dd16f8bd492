#include "tests/vm/assembler.h"

#include <map>
#include <stdexcept>

#include "vm/bytecode/opcode_table.h"

namespace kiln::vm::testing {

namespace {

using Words = std::vector<std::string>;

Words split(std::string_view line) {
    Words words;
    std::string word;
    bool quoted = false;
    for (const char letter : line) {
        if (letter == '"') quoted = !quoted;
        if (letter == '#' && !quoted) break;
        const bool between = std::string_view(" ,()\t").find(letter) != std::string_view::npos;
        if (between && !quoted) {
            if (!word.empty()) words.push_back(word);
            word.clear();
        } else {
            word += letter;
        }
    }
    if (!word.empty()) words.push_back(word);
    return words;
}

class Assembler {
   public:
    Program assemble(std::string_view source) {
        for (int pass = 0; pass < 2; ++pass) {
            std::string_view rest = source;
            line_ = 0;
            while (!rest.empty()) {
                const std::size_t end = rest.find('\n');
                ++line_;
                const Words words = split(rest.substr(0, end));
                if (!words.empty()) take(words, pass == 0);
                rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
            }
        }
        return std::move(program_);
    }

   private:
    [[noreturn]] void fail(const std::string& what) const {
        throw std::runtime_error("line " + std::to_string(line_) + ": " + what);
    }

    SlotType type(const std::string& word) const {
        for (int i = 0; i < slot_type_count; ++i) {
            if (slot_type_names[i] == word) return static_cast<SlotType>(i);
        }
        if (const auto own = types_.find(word); own != types_.end()) return own->second;
        fail("no type " + word);
    }

    // The first pass declares everything, the second emits code.
    void take(const Words& words, bool declaring) {
        const std::string& head = words[0];
        if (head == "function") {
            if (declaring) return declare_function(words);
            ++current_;
        } else if (head == "native" && !(words.size() == 3 && words[1][0] == 'r' && isdigit(words[1][1]))) {
            if (declaring) declare_native(words);
        } else if (head == "type" && words.size() > 2) {
            if (declaring) declare_type(words);
        } else if (head == "field") {
            if (!declaring) return;
            program_.fields.push_back({words.at(1), static_cast<std::uint8_t>(std::stoi(words.at(2))),
                                       type(words.at(3)), words.size() > 4});
        } else if (head == "text") {
            if (!declaring) return;
            TextSignature signature;
            for (std::size_t i = 1; i < words.size(); ++i) signature.arguments.push_back(type(words[i]));
            program_.texts.push_back(signature);
        } else if (head.back() == ':') {
            if (declaring) labels_[key(head.substr(0, head.size() - 1))] = declared_;
        } else if (declaring) {
            ++declared_;
        } else {
            emit(words);
        }
    }

    void declare_type(const Words& words) {
        const std::map<std::string, CompositeType::Kind> kinds = {{"list", CompositeType::Kind::list},
                                                                  {"gaps", CompositeType::Kind::list},
                                                                  {"set", CompositeType::Kind::set},
                                                                  {"map", CompositeType::Kind::map},
                                                                  {"record", CompositeType::Kind::record}};
        CompositeType made{kinds.at(words[2]), words[2] == "gaps", {}};
        for (std::size_t i = 3; i < words.size(); ++i) made.parts.push_back(type(words[i]));
        types_[words[1]] = static_cast<SlotType>(slot_type_count + program_.types.size());
        program_.types.push_back(std::move(made));
    }

    std::string key(const std::string& label) const {
        return std::to_string(declared_functions_ - 1) + label;
    }

    void declare_function(const Words& words) {
        Function function;
        function.name = words.at(1);
        std::size_t i = 2;
        Words types;
        while (i < words.size() && !isdigit(words[i][0])) types.push_back(words[i++]);
        if (types.empty() || i == words.size()) fail("a function needs a result and a frame size");
        for (std::size_t j = 0; j + 1 < types.size(); ++j) function.parameters.push_back(type(types[j]));
        function.result = type(types.back());
        function.frame_size = static_cast<std::uint16_t>(std::stoi(words[i]));
        function.may_suspend = i + 1 < words.size();
        program_.functions.push_back(function);
        ++declared_functions_;
        declared_ = 0;
    }

    void declare_native(const Words& words) {
        NativeImport native;
        native.name = words.at(1);
        native.may_suspend = words.back() == "suspend";
        const std::size_t end = words.size() - (native.may_suspend ? 1 : 0);
        for (std::size_t i = 2; i + 1 < end; ++i) native.parameters.push_back(type(words[i]));
        native.result = type(words.at(end - 1));
        program_.natives.push_back(native);
    }

    template <typename Rows>
    std::int32_t index(const Rows& rows, const std::string& name) const {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].name == name) return static_cast<std::int32_t>(i);
        }
        fail("nothing is called " + name);
    }

    std::int32_t named(char operand, const std::string& word) {
        switch (operand) {
            case 'k':
                program_.constants.push_back(std::stoll(word));
                return static_cast<std::int32_t>(program_.constants.size() - 1);
            case 'S':
                program_.strings.push_back(word.substr(1, word.size() - 2));
                return static_cast<std::int32_t>(program_.strings.size() - 1);
            case 'Y': return static_cast<std::int32_t>(type(word));
            case 'F': return index(program_.functions, word);
            case 'N': return index(program_.natives, word);
            case 'P': return index(program_.fields, word);
            case 't':
            case 'l': {
                const auto label = labels_.find(std::to_string(current_ - 1) + word);
                if (label == labels_.end()) fail("no label " + word);
                return label->second;
            }
            default: return static_cast<std::int32_t>(std::stoll(word));
        }
    }

    void emit(const Words& words) {
        std::size_t op = 0;
        while (op < opcode_count && opcode_rows[op].name != words[0]) ++op;
        if (op == opcode_count) fail("no opcode " + words[0]);
        Instruction instruction;
        instruction.op = static_cast<Opcode>(op);
        std::uint8_t* const fields[] = {&instruction.a, &instruction.b, &instruction.c};
        std::size_t word = 1;
        const std::string_view operands = opcode_rows[op].operands;
        for (std::size_t field = 0; field < operands.size(); ++field) {
            const char operand = operands[field];
            if (operand == '-' || operand == 'w') continue;
            if (word == words.size() && operand == 'm') continue;
            if (word == words.size()) fail("an operand is missing");
            const std::string& text = words[word++];
            if (operand == 'd' || operand == 's') {
                if (text[0] != 'r') fail("a register is needed");
                *fields[field] = static_cast<std::uint8_t>(std::stoi(text.substr(1)));
            } else if (operand == 'n') {
                *fields[field] = static_cast<std::uint8_t>(std::stoi(text));
            } else {
                instruction.imm = named(operand, text);
            }
        }
        const std::string* const near_target = is_near_jump(instruction.op) ? &words.at(word++) : nullptr;
        if (word != words.size()) fail("there are too many operands");
        Function& function = program_.functions.at(current_ - 1);
        const auto pc = static_cast<std::int32_t>(function.code.size());
        if (near_target != nullptr)
            instruction.set_distance(static_cast<std::uint32_t>(named('t', *near_target) - pc));
        if (leads_back(instruction.op)) {
            const auto length = static_cast<std::uint32_t>(std::max(pc - instruction.imm, 0));
            instruction.imm = Instruction::loop_operand(static_cast<std::uint32_t>(instruction.imm),
                                                        fuel_of_length(length));
        }
        function.code.push_back(instruction);
        function.fuel = static_cast<std::uint16_t>(1 + fuel_of_length(function.code.size()));
    }

    Program program_;
    std::map<std::string, std::int32_t> labels_;
    std::map<std::string, SlotType> types_;
    std::int32_t declared_ = 0;
    std::size_t declared_functions_ = 0, current_ = 0;
    int line_ = 0;
};

}  // namespace

Program assemble(std::string_view source) { return Assembler().assemble(source); }

std::uint32_t function_named(const Program& program, std::string_view name) {
    for (std::uint32_t i = 0; i < program.functions.size(); ++i) {
        if (program.functions[i].name == name) return i;
    }
    throw std::runtime_error("no function " + std::string(name));
}

}  // namespace kiln::vm::testing
