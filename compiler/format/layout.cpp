#include "compiler/format/layout.h"

#include "compiler/format/comments.h"
#include "compiler/format/fill.h"
#include "compiler/format/format.h"
#include "compiler/format/prose.h"
#include "compiler/format/spacing.h"

namespace kiln::compiler::formatting {
namespace {

using T = parsing::TokenType;

constexpr std::size_t block_indent = 2, hanging_indent = 4;

class Printer {
   public:
    explicit Printer(const SourceText& source) : source_(source), joints_(find_joints(source.pieces)) {}

    std::string run(const Block& file) {
        file_ = &file;
        print_items(file, 0);
        if (!out_.empty()) out_ += '\n';
        return std::move(out_);
    }

   private:
    Joint joint_of(const Piece& piece) const {
        return joints_[static_cast<std::size_t>(&piece - source_.pieces.data())];
    }

    // ---- lines

    void begin_line(std::size_t indent) {
        if (!out_.empty() && out_.back() != '\n') out_ += '\n';
        out_.append(indent, ' ');
        line_indent_ = indent;
    }

    void empty_line() {
        if (out_.empty()) return;
        if (out_.back() != '\n') out_ += '\n';
        out_ += '\n';
    }

    std::size_t column() const {
        const auto line = out_.rfind('\n');
        return width_of(std::string_view(out_).substr(line == std::string::npos ? 0 : line + 1));
    }

    // ---- blocks

    void print_items(const Block& block, std::size_t indent) {
        bool is_first = true, was_long = false;
        for (const Item& item : block.items) {
            const auto begin = out_.size();
            const bool apart = item.above.empty() ? item.after_blank : item.above.front().after_blank;
            if (apart && !is_first) empty_line();
            print_above(item.above, indent);
            if (!item.above.empty() && item.after_blank) empty_line();
            const bool is_long = print_item(item, indent);
            print_behind(item.behind, indent);
            // Declarations of several lines stand apart from their neighbours.
            if (&block == file_ && !is_first && !apart && (is_long || was_long)) out_.insert(begin, "\n");
            was_long = is_long;
            is_first = false;
        }
        if (block.tail.empty()) return;
        if (block.tail.front().after_blank && !is_first) empty_line();
        print_above(block.tail, indent);
    }

    void print_above(const std::vector<Comment>& comments, std::size_t indent) {
        for (const Comment& comment : comments) {
            if (comment.after_blank && &comment != &comments.front()) empty_line();
            begin_line(indent);
            out_ += placed(comment, indent);
        }
    }

    void print_behind(const std::vector<Comment>& comments, std::size_t indent) {
        bool is_closed = false;  // by a `//`
        for (const Comment& comment : comments) {
            if (is_closed)
                begin_line(indent);
            else
                out_ += "  ";
            out_ += placed(comment, column());
            is_closed = comment.is_line;
        }
    }

    // ---- statements

    // True if it took several lines.
    bool print_item(const Item& item, std::size_t indent) {
        begin_line(indent);
        std::vector<Word> words;
        if (collect_one_line(item, words) && find_width(words) + indent <= format_columns) {
            write(words, indent);
            return false;
        }
        const auto begin = out_.size();
        words.clear();
        for (const Part& part : item.parts) print_part(item, part, words, indent);
        write(words, indent + hanging_indent);
        return out_.find('\n', begin) != std::string::npos;
    }

    static std::size_t find_width(const std::vector<Word>& words) {
        std::size_t width = 0;
        for (const Word& word : words) width += width_of(word.text) + word.joint.has_space;
        return width;
    }

    // Everything on one line, with blocks that were written on one. False if it cannot be.
    bool collect_one_line(const Item& item, std::vector<Word>& words) const {
        for (const Part& part : item.parts) {
            for (const Comment& comment : part.before) {
                if (!collect_comment(comment, words)) return false;
            }
            auto joint = joint_of(*part.piece);
            if (words.empty())
                joint = {};
            else if (!part.before.empty())
                joint.has_space = true;
            if (part.block != nullptr) {
                if (!collect_block(*part.block, joint, words)) return false;
                continue;
            }
            const bool is_text = part.piece->token.type == T::text;
            words.push_back({is_text ? flow_inline(part.piece->text) : std::string(part.piece->text), joint});
            if (words.back().text.empty()) return false;
        }
        return true;
    }

    static bool collect_comment(const Comment& comment, std::vector<Word>& words) {
        if (comment.takes_lines()) return false;
        words.push_back({std::string(comment.text), {.has_space = !words.empty()}});
        return true;
    }

    bool collect_block(const Block& block, Joint joint, std::vector<Word>& words) const {
        words.push_back({block.is_empty() ? "{}" : "{", {.has_space = joint.has_space}});
        if (block.is_empty()) return true;
        if (!block.is_one_line) return false;
        for (const Comment& comment : block.beside) {
            if (!collect_comment(comment, words)) return false;
        }
        for (const Item& item : block.items) {
            const bool is_else = !item.parts.empty() && item.parts.front().piece->token.type == T::else_;
            if (&item != &block.items.front() && !is_else) words.push_back({";", {.has_space = true}});
            if (!item.above.empty()) return false;
            const auto first = words.size();
            if (!collect_one_line(item, words)) return false;
            words[first].joint.has_space = true;
            for (const Comment& comment : item.behind) {
                if (!collect_comment(comment, words)) return false;
            }
        }
        for (const Comment& comment : block.tail) {
            if (!collect_comment(comment, words)) return false;
        }
        words.push_back({"}", {.has_space = true}});
        return true;
    }

    // ---- statements of several lines

    void print_part(const Item& item, const Part& part, std::vector<Word>& words, std::size_t indent) {
        const auto type = part.piece->token.type;
        for (const Comment& comment : part.before) {
            const bool leads = &part == &item.parts.front();
            const bool hangs = !leads && type != T::else_ && type != T::lbrace;
            print_inner_comment(comment, words, indent, hangs);
        }
        auto joint = joint_of(*part.piece);
        if (!part.before.empty()) joint.has_space = true;
        if (part.block != nullptr) return print_block(*part.block, joint, words, indent);
        if (type == T::text) return print_text(*part.piece, joint, words, indent);
        words.push_back({std::string(part.piece->text), joint});
    }

    void print_inner_comment(const Comment& comment, std::vector<Word>& words, std::size_t indent,
                             bool hangs) {
        if (!comment.takes_lines()) return void(collect_comment(comment, words));
        const auto margin = indent + (hangs ? hanging_indent : 0);
        write(words, indent + hanging_indent);
        const bool at_margin = column() == line_indent_;
        if (comment.starts_line && !at_margin)
            begin_line(margin);
        else if (!at_margin)
            out_ += "  ";
        out_ += placed(comment, column());
        begin_line(margin);
    }

    void print_block(const Block& block, Joint joint, std::vector<Word>& words, std::size_t indent) {
        joint.break_cost = never;
        words.push_back({block.is_empty() ? "{}" : "{", joint});
        if (block.is_empty()) return;
        write(words, indent + hanging_indent);
        print_behind(block.beside, indent + block_indent);
        print_items(block, indent + block_indent);
        begin_line(indent);
        words.push_back({"}", {}});
    }

    void print_text(const Piece& piece, Joint joint, std::vector<Word>& words, std::size_t indent) {
        words.push_back({"\"\"\"", joint});
        const auto rough = flow(piece.text, format_columns);
        if (rough.is_raw) words.back().text += "raw";
        if (!rough.is_raw && rough.lines.empty()) return void(words.back().text += "\"\"\"");
        write(words, indent + hanging_indent);
        const auto margin = line_indent_ + block_indent;
        const auto columns = format_columns > margin ? format_columns - margin : 0;
        for (const std::string& line : flow(piece.text, columns).lines) {
            out_ += '\n';
            if (!line.empty()) out_.append(margin, ' ').append(line);
        }
        out_ += '\n';
        begin_line(margin);
        words.push_back({"\"\"\"", {}});
    }

    // Writes and forgets the words; lines after the first begin at `margin`.
    void write(std::vector<Word>& words, std::size_t margin) {
        const auto breaks = find_breaks(words, column(), margin, format_columns);
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (breaks[i])
                begin_line(margin);
            else if (i > 0 && words[i].joint.has_space)
                out_ += ' ';
            out_ += words[i].text;
        }
        words.clear();
    }

    const SourceText& source_;
    const Block* file_ = nullptr;
    std::vector<Joint> joints_;
    std::string out_;
    std::size_t line_indent_ = 0;  // of the line being written
};

}  // namespace

std::string lay_out(const SourceText& source, const Block& file) { return Printer(source).run(file); }

}  // namespace kiln::compiler::formatting
