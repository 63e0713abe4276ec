// What a SuperConfig holds: a counted pointer to the top of its stack.
#pragma once

#include <utility>

#include "superconfig/error.hpp"
#include "superconfig/path.hpp"
#include "superconfig/value.hpp"

namespace superconfig::detail {

class Layer;

struct LayerRef {
  LayerRef() noexcept = default;
  explicit LayerRef(Layer* adopted) noexcept : layer(adopted) {}
  LayerRef(const LayerRef& other) noexcept;
  LayerRef(LayerRef&& other) noexcept : layer(std::exchange(other.layer, nullptr)) {}
  LayerRef& operator=(LayerRef other) noexcept {
    std::swap(layer, other.layer);
    return *this;
  }
  ~LayerRef();
  [[nodiscard]] Layer* release() noexcept { return std::exchange(layer, nullptr); }
  Layer* layer = nullptr;
};

/// What stands at a path, if the stack is resolved and shares its view; else nothing, as if there were nothing there:
/// then `read` tells more. Every read of a scalar begins here.
Found read_now(const Layer* top, const Key& key) noexcept;
Found read_now(const Layer* top, std::string_view path) noexcept;
Found read_now(const Layer* top, const Path& path) noexcept;

/// What stands at a path of a stack's view, which is resolved first if need be; nothing if there is nothing, or if the
/// stack fails or the path is none: then `failed` is set. Allocates nothing once the stack is resolved. In clone mode
/// `keep` gets the copy that what is found lies in.
Found read(Layer* top, const Key& key, Value& keep, bool& failed);
Found read(Layer* top, std::string_view path, Value& keep, bool& failed);
Found read(Layer* top, const Path& path, Value& keep, bool& failed);
/// Why `read` failed.
Errors read_errors(Layer* top, std::string_view path);
Errors read_errors(Layer* top, const Key& key);
Errors read_errors(Layer* top, const Path& path);

}  // namespace superconfig::detail
