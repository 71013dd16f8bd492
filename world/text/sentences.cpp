#include "world/text/sentences.h"

#include "world/text/english.h"
#include "world/text/names.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

class Sentence {
   public:
      Sentence(Engine& engine, std::span<const Name> names, Handle reader)
          : engine_(engine), names_(names), reader_(reader) {}

      void literal(std::string_view words) { append(runs_, styled("", words)); }

      void brace(std::string_view inside) {
          Article article = Article::as_written;
          std::string word(inside);
          const bool capital = !word.empty() && word.front() >= 'A' && word.front() <= 'Z';
          word = lowered(word);
          const std::size_t space = word.find(' ');
          if (space != std::string::npos && is_article(word.substr(0, space))) {
              article = word.front() == 't' ? Article::the : Article::a;
              word = word.substr(space + 1);
          }
          if (const Name* name = named(word)) return entity(name->second, article, capital);
          const std::size_t dot = word.find('.');
          const Name* subject = dot == std::string::npos ? nullptr : named(word.substr(0, dot));
          const std::string form = subject != nullptr ? word.substr(dot + 1) : word;
          const Handle who = subject != nullptr ? subject->second
                             : names_.empty()   ? Handle{}
                                                : names_.front().second;
          if (is_pronoun(form)) return pronoun(who, form, capital);
          const bool second = is_reader(who) || is_plural(engine_, who) || (said_they_ && who == they_);
          const std::string verb = second ? second_form(form) : form;
          literal(capital ? capitalized(verb) : verb);
    }

    std::vector<StyledRun> take() { return std::move(runs_); }

   private:
    const Name* named(std::string_view word) const {
        for (const auto& name : names_) {
            if (name.first == word) return &name;
        }
        return nullptr;
    }

    bool is_reader(Handle entity) const {
        if (engine_.spoken_of) engine_.spoken_of->push_back(entity);
        return !reader_.is_nobody() && entity == reader_;
    }

    void entity(Handle entity, Article article, bool capital) {
        if (entity == they_) said_they_ = false;
        std::string words = name_for(engine_, entity, reader_, article);
        if (capital) words = capitalized(std::move(words));
        const bool plain_style = is_reader(entity) || !engine_.store.is_alive(entity);
        append(runs_, styled(plain_style ? std::string_view{} : style_of(engine_, entity), words));
    }

    void pronoun(Handle who, const std::string& form, bool capital) {
        const Gender gender = gender_of(engine_, who);
        if (!is_reader(who) && gender == Gender::plural && form == "he") {
            they_ = who;
            said_they_ = true;
        }
        const std::string words = is_reader(who) ? pronoun_of_you(form) : pronoun_of(gender, form);
        literal(capital ? capitalized(words) : words);
    }

    Engine& engine_;
    std::span<const Name> names_;
    Handle reader_;
    std::vector<StyledRun> runs_;
    Handle they_;
    bool said_they_ = false;
};

}  // namespace

std::vector<StyledRun> sentence(Engine& engine, std::string_view words, std::span<const Name> names,
                                Handle reader) {
    Sentence result(engine, names, reader);
    while (!words.empty()) {
        const std::size_t open = words.find('{');
        result.literal(words.substr(0, open));
        if (open == std::string_view::npos) break;
        const std::size_t close = words.find('}', open);
        if (close == std::string_view::npos) break;
        result.brace(words.substr(open + 1, close - open - 1));
        words = words.substr(close + 1);
    }
    return result.take();
}

}  // namespace kiln::world
