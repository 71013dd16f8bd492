#include "compiler/format/tree.h"

namespace kiln::compiler::formatting {
namespace {

using T = parsing::TokenType;

class TreeBuilder {
   public:
    explicit TreeBuilder(const SourceText& source) : source_(source) {}

    Block run() {
        Block file;
        fill(file, source_.tail);
        return file;
    }

   private:
    bool at_end() const { return at_ == source_.pieces.size() || piece().token.type == T::rbrace; }
    const Piece& piece() const { return source_.pieces[at_]; }

    // Everything up to the closing brace, or to the end of the file, whose comments are `last`.
    void fill(Block& block, const std::vector<Comment>& last) {
        while (!at_end()) {
            Item made;
            distribute(piece().before, block, made.above, lead_);
            made.after_blank = lead_.empty() ? piece().after_blank : lead_.front().after_blank;
            take_parts(made, block.is_choice);
            block.items.push_back(std::move(made));
        }
        const auto& comments = at_ == source_.pieces.size() ? last : piece().before;
        distribute(comments, block, block.tail, block.tail);
    }

    // Comments between two items belong to the end of the line before, above what follows, or in front of it.
    static void distribute(const std::vector<Comment>& comments, Block& block, std::vector<Comment>& above,
                           std::vector<Comment>& lead) {
        const bool has_items = !block.items.empty();
        for (const Comment& comment : comments) {
            const bool goes_on = !comment.starts_line && above.empty() && lead.empty();
            if (goes_on && (comment.ends_line || (has_items && !comment.behind_end))) {
                (has_items ? block.items.back().behind : block.beside).push_back(comment);
            } else {
                (lead.empty() && comment.ends_line ? above : lead).push_back(comment);
            }
        }
    }

    void take_parts(Item& item, bool in_choice) {
        bool is_first = true;
        bool is_choosing = false;
        while (!at_end() && (is_first || !piece().begins_item)) {
            const auto type = piece().token.type;
            // The `else` of a `match` is one more case, not the other side of the last one.
            if (in_choice && !is_first && type == T::else_ && item.parts.back().block != nullptr) return;
            auto& part = item.parts.emplace_back();
            part.piece = &piece();
            part.before = is_first ? std::move(lead_) : piece().before;
            lead_.clear();
            is_choosing = is_choosing || type == T::match;
            if (type == T::lbrace) part.block = block(is_choosing);
            is_first = false;
            ++at_;
        }
    }

    // From `{` to `}`, at which it stops.
    std::unique_ptr<Block> block(bool is_choice) {
        auto made = std::make_unique<Block>();
        made->is_choice = is_choice;
        const auto line = piece().token.line;
        ++at_;
        fill(*made, {});
        made->is_one_line = at_ < source_.pieces.size() && piece().token.line == line;
        return made;
    }

    const SourceText& source_;
    std::size_t at_ = 0;
    std::vector<Comment> lead_;  // in front of an item's first token, on its line
};

}  // namespace

Block build_tree(const SourceText& source) { return TreeBuilder(source).run(); }

}  // namespace kiln::compiler::formatting
