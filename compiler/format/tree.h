#pragma once
// Pieces as statements and blocks, with the comments that belong to them.

#include <memory>
#include <vector>

#include "compiler/format/source.h"

namespace kiln::compiler::formatting {

struct Block;

struct Part {                      // a token of a statement, or a block in it
    const Piece* piece = nullptr;  // a block's is its `{`
    std::vector<Comment> before;   // within the statement
    std::unique_ptr<Block> block;
};

struct Item {                    // a statement, a member or a declaration
    std::vector<Comment> above;  // on lines of their own
    bool after_blank = false;    // an empty line between those, or the item before, and this
    std::vector<Part> parts;
    std::vector<Comment> behind;  // at the end of its line
};

struct Block {
    std::vector<Comment> beside;  // behind its `{`
    std::vector<Item> items;
    std::vector<Comment> tail;  // before its `}`
    bool is_one_line = false;   // written on one line
    bool is_choice = false;     // the block of a `match`
    bool is_empty() const { return items.empty() && beside.empty() && tail.empty(); }
};

// The file as one block without braces.
Block build_tree(const SourceText& source);

}  // namespace kiln::compiler::formatting
