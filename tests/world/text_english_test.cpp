#include <catch2/catch.hpp>

#include "world/actions/enumerations.h"
#include "world/schema/vocabulary.h"
#include "world/text/english.h"
#include "world/text/json.h"
#include "world/text/render.h"

using namespace kiln::world;

TEST_CASE("articles follow the sound of the noun") {
    CHECK(indefinite("iron key") == "an iron key");
    CHECK(indefinite("hour") == "an hour");
    CHECK(indefinite("unicorn") == "a unicorn");
    CHECK(indefinite("uninvited guest") == "an uninvited guest");
    CHECK(with_the("an iron key") == "the iron key");
    CHECK(with_a("the iron key") == "an iron key");
    CHECK(with_the("Marta the baker") == "Marta the baker");
    CHECK(without_article("some bread") == "bread");
}

TEST_CASE("several of a kind are counted in words") {
    CHECK(counted("a rat", 3) == "three rats");
    CHECK(counted("a rat", 1) == "a rat");
    CHECK(counted("an old knife", 2) == "two old knives");
    CHECK(counted("a bottle of wine", 14) == "14 bottles of wine");
    CHECK(counted("a cherry", 2) == "two cherries");
    CHECK(counted("a torch", 2) == "two torches");
    CHECK(counted("a woman", 2) == "two women");
    CHECK(counted("Marta", 2) == "Marta (2)");
}

TEST_CASE("verbs lose their ending for you and for many") {
    CHECK(second_form("hauls") == "haul");
    CHECK(second_form("carries") == "carry");
    CHECK(second_form("misses") == "miss");
    CHECK(second_form("slashes") == "slash");
    CHECK(second_form("closes") == "close");
    CHECK(second_form("dies") == "die");
    CHECK(second_form("is") == "are");
    CHECK(second_form("picks up") == "pick up");
}

TEST_CASE("pronouns follow the gender") {
    CHECK(pronoun_of(Gender::female, "his") == "her");
    CHECK(pronoun_of(Gender::female, "hers") == "hers");
    CHECK(pronoun_of(Gender::neutral, "himself") == "itself");
    CHECK(pronoun_of(Gender::plural, "he") == "they");
    CHECK(pronoun_of_you("himself") == "yourself");
}

TEST_CASE("lists, durations and ordinals read as people say them") {
    CHECK(list_of({"a rat", "a bat", "a cat"}) == "a rat, a bat and a cat");
    CHECK(list_of({}).empty());
    CHECK(duration_words(125'000) == "2 minutes and 5 seconds");
    CHECK(duration_words(90'061'000) == "1 day and 1 hour");
    CHECK(duration_words(200) == "1 second");
    CHECK(ordinal_word(22) == "22nd");
    CHECK(ordinal_word(112) == "112th");
    CHECK(ordinal_value("second") == 2);
}

TEST_CASE("a swapped pair of letters is one slip") {
    CHECK(edit_distance("lokk", "look") == 1);
    CHECK(edit_distance("olok", "look") == 1);
    CHECK(edit_distance("", "look") == 4);
}

TEST_CASE("JSON escapes what would end a string") {
    CHECK(json_string("a \"b\" \\ \n \x01") == "\"a \\\"b\\\" \\\\ \\n \\u0001\"");
}

TEST_CASE("the engine's enumerations are those of the table") {
    const auto& vocabulary = kiln::schema::vocabulary();
    const auto value = [&](std::string_view enumeration, std::string_view word) {
        return std::int64_t{vocabulary.value_of(*vocabulary.enumeration(enumeration), word).value_or(-1)};
    };
    CHECK(value("position", "asleep") == static_cast<std::int64_t>(Position::asleep));
    CHECK(value("item_kind", "trash") == static_cast<std::int64_t>(ItemKind::trash));
    CHECK(value("item_kind", "corpse") == static_cast<std::int64_t>(ItemKind::corpse));
    CHECK(value("slot", "wielded") == static_cast<std::int64_t>(WearSlot::wielded));
    CHECK(value("room_flag", "peaceful") == static_cast<std::int64_t>(RoomFlag::peaceful));
    CHECK(value("item_flag", "hidden") == static_cast<std::int64_t>(ItemFlag::hidden));
    CHECK(value("npc_flag", "unique") == static_cast<std::int64_t>(NpcFlag::unique));
    CHECK(value("end_reason", "left") == static_cast<std::int64_t>(EndReason::left));
    CHECK(value("door_word", "locked") == static_cast<std::int64_t>(DoorWord::locked));
    CHECK(value("stacking", "intensify") == static_cast<std::int64_t>(Stacking::intensify));
    CHECK(value("stat", "max_hp") == static_cast<std::int64_t>(Stat::max_hp));
    CHECK(value("gender", "plural") == static_cast<std::int64_t>(Gender::plural));
    CHECK(value("direction", "out") == direction_count - 1);
}
