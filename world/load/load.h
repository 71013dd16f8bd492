#pragma once
// An image becomes a world: zones, rooms, exits, doors, and what stands in them.

#include <expected>

#include "world/tick/parts.h"

namespace kiln::world {

// Binds an image; it stands in Parts::images then. A sentence if it cannot run here.
std::expected<LoadedImage*, std::string> load_image(Engine& engine, const PreparedImage& image);
// The same for bytes, which are read, checked and verified first, unless they are an image that is there.
std::expected<LoadedImage*, std::string> load_image(Engine& engine, std::string bytes);
// Images that neither run nor are named by a fiber are forgotten.
void forget_unused_images(Engine& engine);

// Makes what the image in force declares and the world does not have yet. Within a slice.
void make_zones_and_rooms(Engine& engine);
void make_exits(Engine& engine, Handle room); // those of its definition, with doors shared by both sides
void begin_world(Engine& engine);                          // spawns and timers of a new world

// Fields that a definition gives its instances at first.
void set_initial_fields(Engine& engine, Handle entity, std::uint32_t definition);

}  // namespace kiln::world
