#pragma once
// The world as the machine sees it: imported fields are columns, imported natives are the bodies of
// intrinsics/.

#include <map>

#include "vm/machine/host.h"
#include "world/engine.h"

namespace kiln::world {

struct LoadedImage;

class WorldHost final : public vm::Host {
   public:
    explicit WorldHost(Engine& engine) : engine_(engine) {}

    // Ties fields and natives of an image to this world by name and signature; adds the columns of declared
    // state. A sentence if something does not fit; then nothing has been added.
    std::optional<std::string> bind(LoadedImage& image);
    void forget(const LoadedImage& image);

    vm::ColumnView column(const vm::Program& program, std::uint32_t field) override;
    vm::EntityTable table(std::uint32_t table) override;
    vm::Journal* journal() override;
    vm::NativeResult call(vm::NativeCall& call) override;
    vm::Fault store(const vm::Program& program, std::uint32_t field, Handle entity, Slot value) override;
    vm::Fault store_bytes(const vm::Program& program, std::uint32_t field, Handle entity,
                          std::string_view bytes) override;
    std::string_view load_bytes(const vm::Program& program, std::uint32_t field, Handle entity) override;
    std::uint64_t stamp_of(const vm::Program& program, std::uint32_t field, Handle entity) override;

   private:
    std::optional<std::string> bind_natives(LoadedImage& image) const;
    std::optional<std::string> check_fields(const LoadedImage& image) const;

    Engine& engine_;
    std::map<const vm::Program*, const LoadedImage*> images_;
};

}  // namespace kiln::world
