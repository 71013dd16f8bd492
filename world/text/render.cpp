#include "world/text/render.h"

#include <limits>

#include "world/text/english.h"
#include "world/text/names.h"

namespace kiln::world {

namespace {

using schema::TextPart;

// Texts nest only as deep as somebody wrote them; a damaged one must end all the same.
constexpr int deepest_text = 16;

class Renderer {
   public:
      Renderer(Engine& engine, const schema::Image& image, Handle reader)
          : engine_(engine), image_(image), reader_(reader) {}

      void run(std::uint32_t text, std::vector<Slot> arguments) {
          if (text >= image_.texts.size() || depth_ >= deepest_text) return;
          ++depth_;
          const std::size_t styles_before = styles_.size();
          std::uint64_t they = 0;  // arguments last spoken of as "they": their verbs are plural
          const auto& parts = image_.texts[text].parts;
          for (std::size_t i = 0; i < parts.size();) {
              const std::size_t target = branch(parts[i], arguments);
              if (target != std::numeric_limits<std::size_t>::max()) {
                  i = target > i ? target : i + 1;
                  continue;
              }
              show(parts[i], arguments, they);
              ++i;
          }
          styles_.resize(styles_before);
          --depth_;
    }

    std::vector<StyledRun> take() { return std::move(runs_); }

   private:
    static Slot argument(const TextPart& part, const std::vector<Slot>& arguments) {
        return part.argument < arguments.size() ? arguments[part.argument] : 0;
    }

    // Where a branch leads; a jump not taken answers 0 (go on), other parts the largest number.
    static std::size_t branch(const TextPart& part, const std::vector<Slot>& arguments) {
        switch (part.kind) {
            case TextPart::Kind::jump: return part.target;
            case TextPart::Kind::jump_unless: return argument(part, arguments) == 0 ? part.target : 0;
            case TextPart::Kind::choose: return argument(part, arguments) != part.number ? part.target : 0;
            default: return std::numeric_limits<std::size_t>::max();
        }
    }

    void put(std::string words, bool capital = false, std::string_view own_style = {}) {
        if (words.empty()) return;
        if (capital) words = capitalized(std::move(words));
        const std::string style = !own_style.empty() ? std::string(own_style)
                                  : styles_.empty()  ? ""
                                                     : styles_.back();
        if (!runs_.empty() && runs_.back().style == style) {
            runs_.back().text += words;
        } else {
            runs_.push_back({style, std::move(words)});
        }
    }

    static Article article_of(TextPart::Form form) {
        return form == TextPart::Form::the ? Article::the
               : form == TextPart::Form::a ? Article::a
                                           : Article::as_written;
    }

    void show_entity(const TextPart& part, Handle entity, std::uint64_t& they) {
        they &= ~(1ull << (part.argument & 63));
        const Handle reader = part.kind == TextPart::Kind::plain_name ? Handle{} : reader_;
        const bool is_reader = !reader.is_nobody() && entity == reader;
        put(name_for(engine_, entity, reader, article_of(part.form)), part.capital,
            is_reader || !engine_.store.is_alive(entity) ? std::string_view{} : style_of(engine_, entity));
    }

    void show_pronoun(const TextPart& part, Handle entity, std::uint64_t& they) {
        if (engine_.spoken_of) engine_.spoken_of->push_back(entity);
        if (!reader_.is_nobody() && entity == reader_) {
            put(pronoun_of_you(part.words), part.capital);
            return;
        }
        const Gender gender = gender_of(engine_, entity);
        if (gender == Gender::plural && part.words == "he") they |= 1ull << (part.argument & 63);
        put(pronoun_of(gender, part.words), part.capital);
    }

    void show_verb(const TextPart& part, Handle entity, std::uint64_t they) {
        if (engine_.spoken_of) engine_.spoken_of->push_back(entity);
        const bool second = (!reader_.is_nobody() && entity == reader_) || is_plural(engine_, entity) ||
                            (they & (1ull << (part.argument & 63))) != 0;
        put(!second ? part.words : part.second.empty() ? second_form(part.words) : part.second, part.capital);
    }

    void show_template(const TextPart& part, Slot value) {
        const auto definition = engine_.definition_called(value, engine_.image());
        std::string name = definition == schema::no_index ? "something" : definition_name(engine_, definition);
        if (part.form == TextPart::Form::the) name = with_the(name);
        if (part.form == TextPart::Form::a) name = with_a(name);
        put(std::move(name), part.capital);
    }

    void show_list(const TextPart& part, Slot list) {
        const auto span = engine_.arena().list(list);
        const std::vector<Slot> elements(span.begin(), span.end());
        if (elements.empty()) put("nothing", part.capital);
        for (std::size_t i = 0; i < elements.size(); ++i) {
            if (i > 0) put(i + 1 == elements.size() ? " and " : ", ");
            const Handle entity = Handle::from_slot(elements[i]);
            put(name_for(engine_, entity, reader_, article_of(part.form)), part.capital && i == 0,
                style_of(engine_, entity));
        }
    }

    std::string enumeration_word(const TextPart& part, Slot value) const {
        const auto& builtin = schema::vocabulary().enumerations;
        if (value < 0) return "?";
        const auto index = static_cast<std::size_t>(value);
        if (part.number < builtin.size()) {
            const auto& values = builtin[part.number].values;
            return index < values.size() ? std::string(values[index]) : "?";
        }
        const std::size_t own = part.number - builtin.size();
        const auto& declared = image_.enumerations;
        if (own >= declared.size() || index >= declared[own].second.size()) return "?";
        return declared[own].second[index];
    }

    void show_text(Slot reference) {
        const auto value = engine_.arena().text(reference);
        run(value.text, {value.arguments.begin(), value.arguments.end()});
    }

    void show(const TextPart& part, const std::vector<Slot>& arguments, std::uint64_t& they) {
        const Slot value = argument(part, arguments);
        switch (part.kind) {
            case TextPart::Kind::literal: put(part.words, part.capital); break;
            case TextPart::Kind::entity:
            case TextPart::Kind::plain_name: show_entity(part, Handle::from_slot(value), they); break;
            case TextPart::Kind::pronoun: show_pronoun(part, Handle::from_slot(value), they); break;
            case TextPart::Kind::verb: show_verb(part, Handle::from_slot(value), they); break;
            case TextPart::Kind::integer: put(std::to_string(value)); break;
            case TextPart::Kind::string:
                put(std::string(engine_.arena().string(image_.program, value)), part.capital);
                break;
            case TextPart::Kind::text: show_text(value); break;
            case TextPart::Kind::enumeration: put(enumeration_word(part, value), part.capital); break;
            case TextPart::Kind::list: show_list(part, value); break;
            case TextPart::Kind::template_name: show_template(part, value); break;
            case TextPart::Kind::money: put(money_words(value)); break;
            case TextPart::Kind::duration: put(duration_words(value)); break;
            case TextPart::Kind::style: styles_.push_back(part.words); break;
            case TextPart::Kind::end_style:
                if (!styles_.empty()) styles_.pop_back();
                break;
            case TextPart::Kind::paragraph: put("\n"); break;
            default: break;
        }
    }

    Engine& engine_;
    const schema::Image& image_;
    Handle reader_;
    std::vector<StyledRun> runs_;
    std::vector<std::string> styles_;
    int depth_ = 0;
};

}  // namespace

std::vector<StyledRun> render(Engine& engine, const vm::TextValue& text, Handle reader) {
    return render_of(engine, engine.running_image(), text, reader);
}

std::vector<StyledRun> render_of(Engine& engine, const schema::Image& image, const vm::TextValue& text,
                                 Handle reader) {
    Renderer renderer(engine, image, reader);
    // Copied, because names with conditions are evaluated on the way and the arena may move.
    renderer.run(text.text, {text.arguments.begin(), text.arguments.end()});
    return renderer.take();
}

std::string plain(const std::vector<StyledRun>& runs) {
    std::string words;
    for (const auto& run : runs) words += run.text;
    return words;
}

std::vector<StyledRun> styled(std::string_view style, std::string_view words) {
    if (words.empty()) return {};
    return {StyledRun{std::string(style), std::string(words)}};
}

void append(std::vector<StyledRun>& to, const std::vector<StyledRun>& more) {
    for (const auto& run : more) {
        if (!to.empty() && to.back().style == run.style) {
            to.back().text += run.text;
        } else {
            to.push_back(run);
        }
    }
}

}  // namespace kiln::world
