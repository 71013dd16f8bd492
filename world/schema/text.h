#pragma once
// What a text says, as a small linear program over its arguments. Arguments are captured when the text is
// made (branches and draws included); reading it needs only them and the reader. Rendered in world/text/.

#include <cstdint>
#include <string>
#include <vector>

#include "vm/bytecode/value.h"
#include "world/schema/row_number.h"

namespace kiln::schema {

struct TextPart {
    enum class Kind : std::uint8_t {
        literal,  // words
        entity,   // argument's name, as the reader sees it: form, capital; the reader who is it reads "you"
        plain_name,   // argument's name, never "you"
        pronoun,      // argument's pronoun: words = he, him, his, hers or himself; "you", "your"... for that
                      // reader
        verb,         // agrees with argument: words = third person; second = what "you" and plurals take
        integer,      // argument as a number
        string,       // argument as it stands (escaped for nobody: it is shown as plain text)
        text,         // argument is another text
        enumeration,  // argument is a value of enumeration number `number`: its word
        list,         // argument is a list of entities: "a rat, a bat and a cat"
        template_name,  // argument is a definition index: its short name; form as for entity
        money,          // argument as coins: "5 gold"
        duration,       // argument in words
        jump_unless,    // go to part `target` if the integer argument is 0
        jump,           // go to part `target`
        choose,         // go to part `target` unless the integer argument equals `number`
        style,          // begin style `words`
        end_style,      // end the innermost style
        paragraph,      // a line break that is meant
    };
    enum class Form : std::uint8_t { bare, the, a };

    Kind kind = Kind::literal;
    Form form = Form::bare;
    bool capital = false;                // the first letter is a capital
    std::uint8_t argument = 0;
    std::uint16_t number = 0;
    std::uint32_t target = 0;            // always forward
    std::string words, second;
    bool operator==(const TextPart&) const = default;
};

struct Text {
    std::string id;  // "module.decl.member.n" or the author's #tag; never changes its meaning
    FileNumber file = 0;
    std::uint32_t line = 0, column = 0;
    std::vector<TextPart> parts;         // argument types stand in Program::texts[same index]
    bool operator==(const Text&) const = default;
};

}  // namespace kiln::schema
