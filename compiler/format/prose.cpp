#include "compiler/format/prose.h"

#include <algorithm>
#include <utility>

#include "compiler/format/fill.h"

namespace kiln::compiler::formatting {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool ends_sentence(char c) { return c == '.' || c == '!' || c == '?'; }
bool closes_speech(char c) { return c == '"' || c == '\'' || c == ')'; }

std::string_view inside_of(std::string_view block) {
    block.remove_prefix(std::min<std::size_t>(3, block.size()));
    if (block.ends_with("\"\"\"")) block.remove_suffix(3);
    return block;
}

struct ProseWord {
    std::string text;         // may hold spaces that cannot be divided
    bool must_begin = false;  // a line
    bool begins_paragraph = false;
};

class ProseReader {
   public:
    explicit ProseReader(std::string_view text) : text_(text) {}

    std::vector<ProseWord> run() {
        begin_word(false);
        while (at_ < text_.size()) step();
        if (words_.back().text.empty()) words_.pop_back();
        return std::move(words_);
    }

   private:
    ProseWord& word() { return words_.back(); }

    void begin_word(bool paragraph) {
        words_.emplace_back().begins_paragraph = paragraph;
        word().must_begin = std::exchange(pending_break_, false);
    }

    void step() {
        const char c = text_[at_];
        if (is_space(c)) return space();
        if (c == '[' && at_ + 1 < text_.size() && text_[at_ + 1] == '[') return take(2);
        if (c == '[') return tag();
        take(1);
    }

    void take(std::size_t count) {
        word().text += text_.substr(at_, count);
        at_ += count;
    }

    // Several spaces behind a sentence are read as one; elsewhere they mean themselves, and stay together.
    void space() {
        auto end = at_;
        std::size_t lines = 0;
        for (; end < text_.size() && is_space(text_[end]); ++end) lines += text_[end] == '\n';
        const auto count = end - at_;
        at_ = end;
        if (word().text.empty() || at_ == text_.size()) return;
        if (lines == 0 && count > 1 && !is_behind_sentence()) {
            word().text.append(count, ' ');
            return;
        }
        begin_word(lines > 1);
    }

    bool is_behind_sentence() const { return is_sentence_end(words_.back().text); }

    static bool is_sentence_end(std::string_view text) {
        while (!text.empty() && closes_speech(text.back())) text.remove_suffix(1);
        return !text.empty() && ends_sentence(text.back());
    }

    // From [ to its ]: spaces stay, a line end in it is a space. Without a ] it is a character.
    void tag() {
        const auto end = find_close();
        if (end == text_.npos) return take(1);
        const auto inside = text_.substr(at_, end - at_);
        if (has_paragraph(inside)) return take(1);  // only where brackets mean themselves
        const auto words = trimmed(inside.substr(1, inside.size() - 2));
        if (begins_condition(words)) open_condition();
        const bool ends_whole = is_behind_sentence() || end == text_.size();
        take_tag(inside);
        if (words != "end" && words != "at random") return;
        const bool is_alone = end == text_.size() || is_space(text_[end]);
        close_condition(ends_whole && is_alone);
    }

    void take_tag(std::string_view tag) {
        at_ += tag.size();
        while (!tag.empty()) {
            const auto blanks = std::min(tag.find_first_not_of(" \t\r\n"), tag.size());
            const bool has_line = tag.substr(0, blanks).find('\n') != tag.npos;
            word().text += has_line ? std::string_view(" ") : tag.substr(0, blanks);
            tag.remove_prefix(blanks);
            if (tag.empty()) return;
            word().text += tag.front();
            tag.remove_prefix(1);
        }
    }

    static std::string_view trimmed(std::string_view words) {
        while (!words.empty() && is_space(words.front())) words.remove_prefix(1);
        while (!words.empty() && is_space(words.back())) words.remove_suffix(1);
        return words;
    }

    static bool begins_condition(std::string_view words) {
        return words == "one of" || (words.starts_with("if") && words.size() > 2 && is_space(words[2]));
    }

    // The outermost one may get lines of its own, if it begins where a sentence may.
    void open_condition() {
        if (depth_++ > 0) return;
        const bool is_first = words_.size() == 1 || word().begins_paragraph || word().must_begin;
        free_ = word().text.empty() && (is_first || is_sentence_end(words_[words_.size() - 2].text));
        if (!free_) return;
        free_word_ = words_.size() - 1;
        was_begin_ = std::exchange(word().must_begin, true);
    }

    void close_condition(bool is_free_end) {
        if (depth_ == 0 || --depth_ > 0 || !free_) return;
        free_ = false;
        if (is_free_end)
            pending_break_ = true;
        else
            words_[free_word_].must_begin = was_begin_;
    }

    std::size_t find_close() const {
        int depth = 0;
        bool quoted = false;
        for (auto i = at_; i < text_.size(); ++i) {
            if (text_[i] == '"') quoted = !quoted;
            if (quoted) continue;
            depth += text_[i] == '[' ? 1 : text_[i] == ']' ? -1 : 0;
            if (depth == 0) return i + 1;
        }
        return text_.npos;
    }

    static bool has_paragraph(std::string_view inside) {
        std::size_t lines = 0;
        for (const char c : inside) {
            lines = c == '\n' ? lines + 1 : is_space(c) ? lines : 0;
            if (lines > 1) return true;
        }
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<ProseWord> words_;
    int depth_ = 0;               // of conditions
    bool free_ = false;           // the outermost one may get lines of its own ...
    std::size_t free_word_ = 0;   // ... and begins with this word ...
    bool was_begin_ = false;      // ... which began a line without it, too
    bool pending_break_ = false;  // the next word begins a line
};

// `words[begin, end)` become lines.
void fill_lines(const std::vector<ProseWord>& words, std::size_t begin, std::size_t end, std::size_t columns,
                std::vector<std::string>& lines) {
    std::size_t width = 0;
    for (auto i = begin; i < end; ++i) {
        const auto one = width_of(words[i].text);
        if (i == begin || words[i].must_begin || width + 1 + one > columns) {
            lines.push_back(words[i].text);
            width = one;
        } else {
            lines.back() += " " + words[i].text;
            width += 1 + one;
        }
    }
}

// Lines without the margin that all of them share.
std::vector<std::string> raw_lines(std::string_view inside) {
    while (!inside.empty() && is_space(inside.back())) inside.remove_suffix(1);
    std::vector<std::string> lines;
    auto margin = std::string_view::npos;
    for (std::size_t at = 0; at < inside.size();) {
        const auto stop = std::min(inside.find('\n', at), inside.size());
        std::string line(inside.substr(at, stop - at));
        std::erase(line, '\r');
        const auto blanks = line.find_first_not_of(" \t");
        if (blanks != std::string::npos) margin = std::min(margin, blanks);
        lines.push_back(std::move(line));
        at = stop + 1;
    }
    for (auto& line : lines) {
        std::size_t blanks = 0;
        while (blanks < margin && blanks < line.size() && (line[blanks] == ' ' || line[blanks] == '\t'))
            ++blanks;
        line.erase(0, blanks);
    }
    return lines;
}

}  // namespace

Prose flow(std::string_view block, std::size_t columns) {
    Prose prose;
    const auto inside = inside_of(block);
    if (inside.starts_with("raw\n") || inside.starts_with("raw\r\n")) {
        prose.is_raw = true;
        prose.lines = raw_lines(inside.substr(inside.find('\n') + 1));
        return prose;
    }
    const auto words = ProseReader(inside).run();
    for (std::size_t begin = 0; begin < words.size();) {
        auto end = begin + 1;
        while (end < words.size() && !words[end].begins_paragraph) ++end;
        if (begin > 0) prose.lines.emplace_back();
        fill_lines(words, begin, end, columns, prose.lines);
        begin = end;
    }
    return prose;
}

std::string flow_inline(std::string_view block) {
    const auto inside = inside_of(block);
    if (inside.find('\n') != inside.npos) return {};
    std::string line = "\"\"\"";
    for (const auto& word : ProseReader(inside).run()) line += (line.size() > 3 ? " " : "") + word.text;
    // Not to be taken for a part of the closing quotes.
    if (line.size() > 3 && line.ends_with('"')) line += ' ';
    return line + "\"\"\"";
}

}  // namespace kiln::compiler::formatting
