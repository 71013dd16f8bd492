#pragma once
// Writes the files of one zone. Private to big_world.

#include <set>
#include <string>
#include <vector>

#include "bench/compile/big_world.h"
#include "bench/compile/words.h"

namespace kiln::bench {

struct ZonePlan {
    int number = 0;
    std::string name;    // module and zone
    std::string next;    // module of the zone behind its last room
    std::string before;  // module of the zone before its first room; empty: none
    int rooms = 0, npcs = 0, items = 0, handlers = 0;
    int rooms_per_file = 60;
};

class ZoneWriter {
 public:
    ZoneWriter(const ZonePlan& plan, std::uint64_t seed);
    std::vector<WorldFile> write();

 private:
    struct Door {
        int from = 0, to = 0;
        std::string key;
    };

    std::string fresh(std::string name);             // no other declaration of the zone is called so
    std::string head(std::string_view about) const;  // doc line and module line
    WorldFile file(std::string_view name, std::string text) const;

    void plan_names();
    std::string zone_file();
    std::string room(int i);
    std::string exits_of(int i);
    std::string exit(std::string_view way, int from, int to);
    std::string handler_of_room(int i);
    std::string npc(int i);
    std::string handler_of_npc(int i);
    std::string item(int i);
    std::string handler_of_item(int i);
    std::string loot(int i);
    std::string tests();

    std::string any_item() {
        return items_[static_cast<std::size_t>(dice_.below(static_cast<int>(items_.size())))];
    }
    std::string any_npc() {
        return npcs_[static_cast<std::size_t>(dice_.below(static_cast<int>(npcs_.size())))];
    }
    std::string line() { return sentence(dice_); }
    bool takes_handler(int left);  // spreads what is left of the plan over `left` declarations

    ZonePlan plan_;
    Dice dice_;
    int width_ = 1, handlers_left_ = 0, handlers_made_ = 0;
    std::set<std::string> taken_;
    std::vector<std::string> rooms_, npcs_, items_, keys_;
    std::vector<Door> doors_;
};

}  // namespace kiln::bench
