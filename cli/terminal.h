#pragma once
// A terminal with a line that is being typed below text that keeps arriving. Keeps the line whole whatever is
// printed, remembers earlier lines, and leaves the terminal as it was.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <termios.h>

namespace kiln::cli {

// What a person is typing, apart from any terminal: keys go in, lines come out.
class LineEditor {
 public:
    enum class Event { none, line, end };  // a line is complete; the person wants to leave

    Event key(char byte);     // one byte of what the terminal sends
    std::string take_line();  // the complete one; the next begins empty
    const std::string& text() const { return text_; }
    std::size_t cursor() const { return cursor_; }  // a byte of text()
    std::size_t columns_behind_cursor() const;

 private:
    Event plain(char byte);
    void escape(char byte);
    void back_over_letter();
    void back_over_word();
    void move(int letters);
    void show_earlier(int lines);

    std::string text_, draft_, escape_;
    std::size_t cursor_ = 0;
    std::vector<std::string> earlier_;
    std::size_t shown_ = 0;  // of earlier_; its size: the line that is being written
};

class Terminal {
 public:
    Terminal();   // takes the terminal: keys come one by one
    ~Terminal();  // gives it back
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    void print(std::string_view text);  // above the line that is being typed
    void set_prompt(std::string prompt);
    // Waits for keys, no longer than so many milliseconds. Nothing: no line yet. `has_ended`: Ctrl-D or
    // Ctrl-C.
    std::optional<std::string> read(int milliseconds);
    bool has_ended() const { return has_ended_; }
    std::size_t columns() const;

 private:
    void clear_line();
    void draw_line();

    termios before_{};
    LineEditor editor_;
    std::string prompt_ = "> ";
    bool has_ended_ = false;
};

// Paragraphs in lines of at most so many columns; escape sequences take none.
std::string wrapped(std::string_view text, std::size_t columns);

}  // namespace kiln::cli
