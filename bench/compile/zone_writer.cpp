#include "bench/compile/zone_writer.h"

#include <algorithm>

namespace kiln::bench {

namespace {

std::string spaced(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

std::string quoted_words(const std::string& name) {
    std::string result, word;
    for (const char c : name + "_") {
        if (c != '_') {
            word += c;
            continue;
        }
        const bool number = !word.empty() && word[0] >= '0' && word[0] <= '9';
        if (!word.empty() && !number) result += (result.empty() ? "\"" : ", \"") + word + "\"";
        word.clear();
    }
    return result;
}

constexpr int text_width = 112;

}  // namespace

ZoneWriter::ZoneWriter(const ZonePlan& plan, std::uint64_t seed)
    : plan_(plan), dice_(seed * 7919 + static_cast<std::uint64_t>(plan.number)) {
    while (width_ * width_ < plan_.rooms) ++width_;
    handlers_left_ = plan_.handlers;
    plan_names();
}

std::string ZoneWriter::fresh(std::string name) {
    auto result = name;
    for (int n = 2; !taken_.insert(result).second; ++n) result = name + "_" + std::to_string(n);
    return result;
}

void ZoneWriter::plan_names() {
    for (const auto* word :
         {"villager", "weary", "greets", "mutters", "alarm", "fare", "toll", "purse", "way_in"})
        taken_.insert(word);
    taken_.insert(plan_.name);
    for (int i = 0; i < plan_.rooms; ++i)
        rooms_.push_back(
            i == 0 ? "way_in" : fresh(std::string(adjective(dice_)) + "_" + std::string(place_noun(dice_))));
    for (int i = 0; i < plan_.items; ++i)
        items_.push_back(fresh(std::string(material(dice_)) + "_" + std::string(thing_noun(dice_))));
    for (int i = 0; i < plan_.npcs; ++i)
        npcs_.push_back(fresh(std::string(adjective(dice_)) + "_" + std::string(creature_noun(dice_))));
    // One way to the south in twelve has a door with a lock, and a key that lies in the first room.
    for (int i = 0; i + width_ < plan_.rooms; ++i) {
        if (!dice_.chance(8)) continue;
        keys_.push_back(fresh(std::string(adjective(dice_)) + "_key"));
        doors_.push_back({i, i + width_, keys_.back()});
    }
}

std::string ZoneWriter::head(std::string_view about) const {
    return "/// " + std::string(about) + "\nmodule " + plan_.name + "\n\n";
}

WorldFile ZoneWriter::file(std::string_view name, std::string text) const {
    return {plan_.name + "/" + std::string(name) + ".mud", std::move(text)};
}

bool ZoneWriter::takes_handler(int left) {
    if (handlers_left_ <= 0 || dice_.below(std::max(1, left)) >= handlers_left_) return false;
    --handlers_left_;
    ++handlers_made_;
    return true;
}

std::string ZoneWriter::zone_file() {
    const auto title = large(spaced(plan_.name));
    std::string text = head("The zone of " + title + ", and what all of it shares.");
    text += "zone " + plan_.name + " {\n  title: \"" + title + "\"\n  description: \"" + line() + "\"\n";
    text += "  levels: " + std::to_string(plan_.number % 20 + 1) + ".." +
            std::to_string(plan_.number % 20 + 6) + "\n";
    text += "  entrances: way_in\n";
    if (plan_.number == 0) text += "  start: way_in\n";
    text += "  reset: " + std::to_string(dice_.between(8, 30)) + "m\n}\n\n";
    text += "/// How often the alarm was raised here.\nzone state alarms: int = 0\n\n";
    text += "event alarm(who: creature)\n\nconst fare = " + std::to_string(dice_.between(2, 9)) + "\n\n";
    text += "formula toll(who: creature) -> int = max(1, fare + who.level / 2)\n\n";
    text +=
        "/// How full a purse sounds.\nfn purse(who: creature) -> string {\n"
        "  if who.gold >= 50 { return \"heavy\" }\n  if who.gold > 0 { return \"light\" }\n  return "
        "\"empty\"\n}\n\n";
    text += "abstract npc villager {\n  short: \"a villager\"\n  description: \"" + line() +
            "\"\n  level: 3\n  hp: 30\n"
            "  flags: sentinel, peaceful\n}\n\n";
    text +=
        "trait greets(greeting: text) {\n  on enter(who) when who is player once per player {\n    wait 1s\n"
        "    say greeting\n  }\n}\n\n";
    text +=
        "trait mutters(first: text, second: text) {\n  every 90s {\n    choose {\n      2 => say first\n"
        "      1 => say second\n    }\n  }\n}\n\n";
    text += "effect weary {\n  name: \"weary of " + title +
            "\"\n  tags: \"curse\"\n  duration: 40s\n"
            "  stacking: intensify\n  stacking_max: 3\n  modify { strength: -1 * stacks ; dexterity: -1 }\n\n"
            "  on start(victim, source) { tell victim \"Your feet grow heavy.\" }\n"
            "  every 8s { damage victim for 1 * stacks as shadow from source }\n"
            "  on end(victim, reason) when reason == expired { tell victim \"Your feet are your own again.\" "
            "}\n}\n";
    return text;
}

std::string ZoneWriter::exit(std::string_view way, int from, int to) {
    std::string text = "  exit " + std::string(way) + " -> " + rooms_[static_cast<std::size_t>(to)];
    for (const auto& door : doors_) {
        const bool is_it = (door.from == from && door.to == to) || (door.from == to && door.to == from);
        if (!is_it) continue;
        text += " { door: closed, locked ; name: \"the " + spaced(door.key.substr(0, door.key.find('_'))) +
                " door\" ; keywords: \"door\" ; key: " + door.key + " }";
    }
    return text + "\n";
}

// A grid: ways east and west along each row, ways north and south where the column says so, and always in the
// first.
std::string ZoneWriter::exits_of(int i) {
    const auto has_east = [&](int n) { return n % width_ + 1 < width_ && n + 1 < plan_.rooms; };
    const auto has_south = [&](int n) {
        return n + width_ < plan_.rooms && (n % width_ == 0 || (n * 7 + plan_.number) % 3 == 0);
    };
    std::string text;
    if (has_east(i)) text += exit("east", i, i + 1);
    if (i % width_ > 0 && has_east(i - 1)) text += exit("west", i, i - 1);
    if (has_south(i)) text += exit("south", i, i + width_);
    if (i >= width_ && has_south(i - width_)) text += exit("north", i, i - width_);
    if (i == 0 && !plan_.before.empty()) text += "  exit up -> " + plan_.before + ".way_in\n";
    if (i == 0 && !plan_.next.empty()) text += "  exit down -> " + plan_.next + ".way_in\n";
    return text;
}

std::string ZoneWriter::room(int i) {
    const auto& name = rooms_[static_cast<std::size_t>(i)];
    std::string text = "room " + name + " {\n  title: \"" + large(article(spaced(name))) + "\"\n";
    const bool handles = takes_handler((plan_.rooms - i) * 2);
    auto words = prose(dice_, dice_.between(140, 380));
    if (handles)
        words += " [if stirred]The dust still hangs in the air.[else]The dust lies thick.[end]";
    else if (dice_.chance(10))
        words += " [one of]" + line() + "[or]" + line() + "[end]";
    text += "  description: \"\"\"\n" + wrapped(words, 4, text_width) + "    \"\"\"\n";
    static constexpr const char* sectors[] = {"inside", "city", "field", "forest", "hills"};
    text += std::string("  sector: ") + sectors[(plan_.number + i / 9) % 5] + "\n";
    if (dice_.chance(20)) text += dice_.chance(50) ? "  flags: indoors, dark\n" : "  flags: indoors\n";
    text += exits_of(i);
    for (int n = dice_.below(3); n > 0; --n) {
        const auto noun = std::string(thing_noun(dice_));
        text += "  detail \"" + noun + "\", \"" + noun + " " + std::to_string(n) + "\": \"" + line() + "\"\n";
    }
    if (dice_.chance(30))
        text += "  spawn " + any_npc() + " max " + std::to_string(dice_.between(1, 3)) + " respawn " +
                std::to_string(dice_.between(1, 9)) + "m\n";
    if (dice_.chance(25)) text += "  place " + any_item() + "\n";
    if (i == 0)
        for (const auto& key : keys_) text += "  place " + key + "\n";
    if (handles) text += "\n  state stirred: bool = false\n" + handler_of_room(i);
    return text + "}\n\n";
}

std::string ZoneWriter::handler_of_room(int i) {
    const auto noun = std::string(thing_noun(dice_));
    switch (dice_.below(5)) {
        case 0:
            return "\n  on command \"pull " + noun + "\", \"push " + noun +
                   "\" by who {\n"
                   "    if stirred { tell who \"It will not move any further.\" ; stop }\n    stirred = "
                   "true\n"
                   "    act who \"[Who] [who leans] on the " +
                   noun + ". " + line() +
                   "\"\n"
                   "    wait 20s\n    stirred = false\n    echo \"" +
                   line() + "\"\n  }\n";
        case 1:
            return "\n  on enter(who) when who is player once per player {\n    stirred = true\n    tell who "
                   "\"" +
                   line() +
                   "\"\n    wait 2s\n    if who and who in here {\n      apply weary to who\n      reward "
                   "who with 5\n    }\n"
                   "    stirred = false\n  }\n";
        case 2:
            return "\n  every " + std::to_string(dice_.between(30, 120)) +
                   "s {\n    choose {\n      3 => echo \"" + line() + "\"\n      2 => echo \"" + line() +
                   "\"\n      1 => {\n        stirred = true\n        echo \"" + line() +
                   "\"\n        wait 2s\n        stirred = false\n        for one in here.players {\n"
                   "          if chance 40% { tell one \"" +
                   line() + "\" }\n        }\n      }\n    }\n  }\n";
        case 3:
            return "\n  on alarm(who) {\n    if stirred { stop }\n    stirred = true\n    alarms += 1\n    "
                   "echo \"" +
                   line() + "\"\n    let helpers = spawn 2 of " + any_npc() +
                   " at here\n    for one in helpers { as one emote \"comes running.\" }\n"
                   "    after 30s { stirred = false }\n  }\n";
        default:
            return "\n  before leave(who) when who is player and stirred {\n    if who.level < " +
                   std::to_string(i % 9 + 2) + " {\n      prevent \"" + line() +
                   "\"\n    }\n  }\n\n  on leave(who) when who is player {\n    stirred = true\n    tell who "
                   "\"" +
                   line() + "\"\n  }\n";
    }
}

std::string ZoneWriter::npc(int i) {
    const auto& name = npcs_[static_cast<std::size_t>(i)];
    const auto shown = article(spaced(name));
    std::string text = "npc " + name;
    const bool handles = takes_handler(plan_.npcs - i + plan_.items);
    if (dice_.chance(25)) text += " from villager";
    if (dice_.chance(10))
        text += " with greets(\"" + line() + "\")";
    else if (dice_.chance(5))
        text += " with mutters(\"" + line() + "\", \"" + line() + "\")";
    text += " {\n  short: \"" + shown + "\"\n  long: \"" + large(shown) + " waits here. " + line() + "\"\n";
    text += "  description: \"" + prose(dice_, 120) + "\"\n  keywords: " + quoted_words(name) + "\n";
    text += "  level: " + std::to_string(dice_.between(1, 20)) +
            "\n  hp: " + std::to_string(dice_.between(5, 120)) + "\n";
    text +=
        "  damage: " + std::to_string(dice_.between(1, 3)) + "d" + std::to_string(dice_.between(3, 8)) + "\n";
    text += std::string("  gender: ") + (dice_.chance(50) ? "male" : "female") + "\n";
    const bool drops = dice_.chance(40);
    if (drops) text += "  loot: " + name + "_loot\n";
    if (dice_.chance(30)) text += "  wander: " + std::to_string(dice_.between(30, 120)) + "s\n";
    if (dice_.chance(20)) text += "  carry " + any_item() + "\n";
    if (handles) text += handler_of_npc(i);
    return text + "}\n\n" + (drops ? loot(i) : "");
}

std::string ZoneWriter::handler_of_npc(int i) {
    const auto thing = any_item();
    switch (dice_.below(4)) {
        case 0:
            return "\n  state patience: int = " + std::to_string(i % 5 + 2) +
                   "\n  player state has_asked: bool = false\n\n  on say \"" + spaced(thing) +
                   "\", \"help\" by who when who is player {\n    if patience <= 0 {\n      say \"No more of "
                   "that.\"\n      stop\n    }\n"
                   "    charge fare from who else {\n      if who.has_asked { say \"You again, with nothing "
                   "in a purse so [purse(who)]?\" ; stop }\n"
                   "      say \"It is [toll(who)], and you have not got it.\"\n      stop\n    }\n    "
                   "who.has_asked = true\n    patience -= 1\n"
                   "    give " +
                   thing +
                   " to who else { say \"Your arms are full.\" ; pay fare to who ; stop }\n"
                   "    act self \"[Self] [self hands] [who] " +
                   article(spaced(thing)) + ".\"\n  }\n";
        case 1:
            return "\n  on give(thing, who) {\n    if thing is " + thing + " {\n      say \"" + line() +
                   "\"\n      destroy thing\n      wait 2s\n      if who and who in here {\n"
                   "        say \"Take this, [who.name].\"\n        reward who with " +
                   std::to_string(dice_.between(5, 60)) +
                   "\n      }\n      stop\n    }\n    say \"What would I do with [the thing]?\"\n    give "
                   "thing to who\n  }\n";
        case 2:
            return "\n  state has_called: bool = false\n\n  on damage(victim, amount) when self.hp < "
                   "self.max_hp / 2 and not has_called {\n"
                   "    has_called = true\n    shout \"To me! " +
                   line() +
                   "\"\n    let enemy = self.fighting else { stop }\n"
                   "    raise alarm(enemy)\n    apply weary to enemy from self\n  }\n";
        default:
            return "\n  every " + std::to_string(dice_.between(8, 60)) +
                   "s when self is fighting {\n"
                   "    act self \"[Self] [self rears] up and [self hisses]. [one of]" +
                   line() + "[or]" + line() +
                   "[end]\"\n    wait 2s\n    for one in here.players {\n      if one is fighting { damage "
                   "one for 1d4 + 1 as blunt from self }\n"
                   "      else { tell one \"" +
                   line() + "\" }\n    }\n  }\n";
    }
}

std::string ZoneWriter::loot(int i) {
    std::string text = "loot " + npcs_[static_cast<std::size_t>(i)] + "_loot {\n  always => gold(" +
                       std::to_string(dice_.between(1, 4)) + "d" + std::to_string(dice_.between(2, 8)) +
                       ")\n";
    if (dice_.chance(50)) text += "  " + std::to_string(dice_.between(5, 60)) + "% => " + any_item() + "\n";
    if (dice_.chance(30))
        text += "  pick 1 {\n    70 => " + any_item() + "\n    25 => 1..2 of " + any_item() + "\n    5 => " +
                any_item() + " unique\n  }\n";
    return text + "}\n\n";
}

std::string ZoneWriter::item(int i) {
    const auto& name = items_[static_cast<std::size_t>(i)];
    const auto shown = article(spaced(name));
    std::string text =
        "item " + name + " {\n  short: \"" + shown + "\"\n  long: \"" + large(shown) + " lies here.\"\n";
    text += "  description: \"" + prose(dice_, 90) + "\"\n  keywords: " + quoted_words(name) + "\n";
    switch (dice_.below(5)) {
        case 0:
            text += "  kind: weapon\n  slot: wielded\n  damage: 1d" + std::to_string(dice_.between(4, 10)) +
                    "\n  damage_type: " + (dice_.chance(50) ? "slash" : "blunt") + "\n";
            break;
        case 1:
            text += "  kind: armor\n  slot: " + std::string(dice_.chance(50) ? "body" : "head") +
                    "\n  armor: " + std::to_string(dice_.between(1, 6)) + "\n";
            break;
        case 2: text += "  kind: food\n  heals: 1d" + std::to_string(dice_.between(2, 8)) + "\n"; break;
        case 3: text += "  kind: note\n  text: \"" + line() + "\"\n"; break;
        default: text += "  kind: thing\n"; break;
    }
    text += "  weight: " + std::to_string(dice_.between(10, 900)) +
            "g\n  value: " + std::to_string(dice_.between(1, 90)) + "\n";
    if (takes_handler(plan_.items - i)) text += handler_of_item(i);
    return text + "}\n\n";
}

std::string ZoneWriter::handler_of_item(int i) {
    if (i % 2 == 0)
        return "\n  on get(thing, who) when who is player chance 50% {\n    tell who \"" + line() +
               "\"\n    if who.level > " + std::to_string(i % 12) +
               " { heal who for 1d4 }\n"
               "    else { damage who for 1 as fire }\n  }\n";
    return "\n  on command \"rub " + spaced(items_[static_cast<std::size_t>(i)]) +
           "\" by who {\n    act who \"[Who] [who rubs] [self] on [who.his] sleeve.\"\n"
           "    wait 1s\n    if who { tell who \"" +
           line() + "\" }\n  }\n";
}

std::string ZoneWriter::tests() {
    std::string text = "\ntest \"one can walk into " + spaced(plan_.name) +
                       "\" {\n  player p at way_in\n  p does \"look\"\n"
                       "  expect p sees \"A way in\"\n  expect p.level == 1\n  expect no faults\n}\n\n";
    text += "test \"the toll grows in " + spaced(plan_.name) +
            "\" {\n  player p at way_in { level: 9 ; gold: 40 }\n"
            "  expect toll(p) == fare + 4\n  p does \"inventory\"\n  advance 10s\n  expect no faults\n}\n";
    return text;
}

std::vector<WorldFile> ZoneWriter::write() {
    std::vector<WorldFile> files;
    files.push_back(file("zone", zone_file() + tests()));
    for (int begin = 0, part = 1; begin < plan_.rooms; begin += plan_.rooms_per_file, ++part) {
        auto text = head("Rooms of " + spaced(plan_.name) + ".");
        for (int i = begin; i < std::min(plan_.rooms, begin + plan_.rooms_per_file); ++i) text += room(i);
        files.push_back(file("rooms_" + std::to_string(part), std::move(text)));
    }
    auto creatures = head("Who lives in " + spaced(plan_.name) + ".");
    for (int i = 0; i < plan_.npcs; ++i) creatures += npc(i);
    files.push_back(file("creatures", std::move(creatures)));
    auto things = head("What lies about in " + spaced(plan_.name) + ".");
    for (int i = 0; i < plan_.items; ++i) things += item(i);
    for (const auto& key : keys_)
        things += "item " + key + " {\n  short: \"" + article(spaced(key)) + "\"\n  long: \"" +
                  large(article(spaced(key))) +
                  " hangs here.\"\n  keywords: \"key\"\n  kind: key\n  weight: 50g\n}\n\n";
    files.push_back(file("things", std::move(things)));
    return files;
}

}  // namespace kiln::bench
