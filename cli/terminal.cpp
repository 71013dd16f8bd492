#include "cli/terminal.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace kiln::cli {

namespace {

constexpr std::size_t most_earlier_lines = 200, longest_line = 1'000;

bool goes_on(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

std::size_t letters_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return !goes_on(c); }));
}

void write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

}  // namespace

// ---- the line

LineEditor::Event LineEditor::key(char byte) {
    if (!escape_.empty()) return escape(byte), Event::none;
    if (byte == '\x1b') return escape_ = "\x1b", Event::none;
    return plain(byte);
}

LineEditor::Event LineEditor::plain(char byte) {
    switch (byte) {
        case '\r':
        case '\n': return Event::line;
        case '\x03': return Event::end;                                // Ctrl-C
        case '\x04': return text_.empty() ? Event::end : Event::none;  // Ctrl-D
        case '\x7f':
        case '\b': back_over_letter(); return Event::none;
        case '\x15': text_.erase(0, std::exchange(cursor_, 0)); return Event::none;  // Ctrl-U
        case '\x17': back_over_word(); return Event::none;                           // Ctrl-W
        case '\x01': cursor_ = 0; return Event::none;                                // Ctrl-A
        case '\x05': cursor_ = text_.size(); return Event::none;                     // Ctrl-E
        default: break;
    }
    if (static_cast<unsigned char>(byte) < 0x20 || text_.size() >= longest_line) return Event::none;
    text_.insert(cursor_++, 1, byte);
    return Event::none;
}

// Arrows, Home, End and Delete; everything else that begins like them is dropped.
void LineEditor::escape(char byte) {
    escape_ += byte;
    const bool begins = escape_.size() == 2 && (byte == '[' || byte == 'O');
    const bool is_number = escape_.size() > 2 && ((byte >= '0' && byte <= '9') || byte == ';');
    if (begins || (is_number && escape_.size() < 12)) return;
    if (escape_.size() > 2) {
        switch (byte) {
            case 'A': show_earlier(-1); break;
            case 'B': show_earlier(1); break;
            case 'C': move(1); break;
            case 'D': move(-1); break;
            case 'H': cursor_ = 0; break;
            case 'F': cursor_ = text_.size(); break;
            case '~':
                if (escape_[2] == '3' && cursor_ < text_.size()) {
                    move(1);
                    back_over_letter();
                }
                break;
            default: break;
        }
    }
    escape_.clear();
}

void LineEditor::back_over_letter() {
    const auto end = cursor_;
    move(-1);
    text_.erase(cursor_, end - cursor_);
}

void LineEditor::back_over_word() {
    const auto end = cursor_;
    while (cursor_ > 0 && text_[cursor_ - 1] == ' ') --cursor_;
    while (cursor_ > 0 && text_[cursor_ - 1] != ' ') --cursor_;
    text_.erase(cursor_, end - cursor_);
}

void LineEditor::move(int letters) {
    if (letters < 0 && cursor_ > 0) {
        do --cursor_;
        while (cursor_ > 0 && goes_on(text_[cursor_]));
    } else if (letters > 0 && cursor_ < text_.size()) {
        do ++cursor_;
        while (cursor_ < text_.size() && goes_on(text_[cursor_]));
    }
}

void LineEditor::show_earlier(int lines) {
    const auto wanted = static_cast<std::ptrdiff_t>(shown_) + lines;
    if (wanted < 0 || wanted > static_cast<std::ptrdiff_t>(earlier_.size())) return;
    if (shown_ == earlier_.size()) draft_ = text_;
    shown_ = static_cast<std::size_t>(wanted);
    text_ = shown_ == earlier_.size() ? draft_ : earlier_[shown_];
    cursor_ = text_.size();
}

std::string LineEditor::take_line() {
    if (!text_.empty() && (earlier_.empty() || earlier_.back() != text_)) earlier_.push_back(text_);
    if (earlier_.size() > most_earlier_lines) earlier_.erase(earlier_.begin());
    shown_ = earlier_.size();
    cursor_ = 0;
    draft_.clear();
    return std::exchange(text_, {});
}

std::size_t LineEditor::columns_behind_cursor() const {
    return letters_of(std::string_view(text_).substr(cursor_));
}

// ---- the terminal

Terminal::Terminal() {
    tcgetattr(STDIN_FILENO, &before_);
    termios raw = before_;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG | IEXTEN);
    raw.c_iflag &= ~static_cast<tcflag_t>(IXON | ICRNL);
    raw.c_cc[VMIN] = 0;
    raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    draw_line();
}

Terminal::~Terminal() {
    clear_line();
    tcsetattr(STDIN_FILENO, TCSANOW, &before_);
}

void Terminal::clear_line() { write_all("\r\x1b[K"); }

// A line that is wider than the terminal shows its end.
void Terminal::draw_line() {
    const auto room = columns() > letters_of(prompt_) + 2 ? columns() - letters_of(prompt_) - 2 : 1;
    std::string_view shown = editor_.text();
    while (letters_of(shown) > room) {
        do shown.remove_prefix(1);
        while (!shown.empty() && goes_on(shown.front()));
    }
    std::string line = "\r\x1b[K" + prompt_ + std::string(shown);
    if (const auto behind = std::min(editor_.columns_behind_cursor(), letters_of(shown)); behind > 0)
        line += "\x1b[" + std::to_string(behind) + "D";
    write_all(line);
}

void Terminal::print(std::string_view text) {
    clear_line();
    std::string lines(text);
    if (!lines.ends_with('\n')) lines += '\n';
    write_all(lines);
    draw_line();
}

void Terminal::set_prompt(std::string prompt) {
    if (prompt == prompt_) return;
    prompt_ = std::move(prompt);
    draw_line();
}

std::optional<std::string> Terminal::read(int milliseconds) {
    pollfd keys{STDIN_FILENO, POLLIN, 0};
    if (poll(&keys, 1, milliseconds) <= 0) return std::nullopt;
    char byte = 0;
    bool has_any = false;
    while (::read(STDIN_FILENO, &byte, 1) == 1) {
        has_any = true;
        const auto event = editor_.key(byte);
        if (event == LineEditor::Event::end) has_ended_ = true;
        if (event == LineEditor::Event::line) {
            draw_line();
            write_all("\n");
            return editor_.take_line();
        }
        if (has_ended_) return std::nullopt;
    }
    if (!has_any) has_ended_ = true;  // readable and empty: nobody is at the other end any more
    draw_line();
    return std::nullopt;
}

std::size_t Terminal::columns() const {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col;
}

std::string wrapped(std::string_view text, std::size_t columns) {
    std::string lines;
    std::size_t width = 0, word_width = 0;
    std::string word;
    const auto end_word = [&] {
        if (word.empty()) return;
        if (width > 0 && width + 1 + word_width > columns) {
            lines += '\n';
            width = 0;
        } else if (width > 0) {
            lines += ' ';
            ++width;
        }
        lines += word;
        width += word_width;
        word.clear();
        word_width = 0;
    };
    bool in_escape = false;
    for (const char c : text) {
        if (c == ' ' && !in_escape) {
            end_word();
        } else if (c == '\n') {
            end_word();
            lines += '\n';
            width = 0;
        } else {
            in_escape = in_escape || c == '\x1b';
            if (!in_escape && !goes_on(c)) ++word_width;
            if (in_escape && c == 'm') in_escape = false;
            word += c;
        }
    }
    end_word();
    return lines;
}

}  // namespace kiln::cli
