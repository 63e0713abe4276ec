// Which layer a value came from.
//
// Marks say where a value was written, not in which layer: two layers may come from one place in code. So the stack
// is composed once more with each mark replaced by a number; the numbers in the result lead back to layer and mark.
// An item of an array is known by its mark too: edits and concatenations move it, and other layers write over it. The
// result is kept with the layer, for the next question.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/layer.hpp"
#include "superconfig/mask.hpp"

namespace superconfig::detail {

struct TracedTree final : MarkTracer {
  struct Place {
    std::vector<std::uint32_t> layer;
    Mark mark;
  };
  /// What a layer was composed with.
  struct Content {
    std::vector<ProfileTree> trees;
    bool edits = true;
  };
  std::vector<Place> places;        // a traced mark's source is 1 + the index here
  std::vector<Content> contents;    // by layer
  std::vector<std::uint32_t> same;  // by traced mark: another of an item that had the same place, or itself
  Fold fold;
  Value view;
  std::vector<Removed> removed;
  std::vector<std::vector<std::uint32_t>> view_error_layers;  // in the order of Shared::view_errors

  Mark traced(const std::vector<std::uint32_t>& layer, Mark mark) override {
    places.push_back({layer, mark});
    return {static_cast<std::uint32_t>(places.size()), 0};
  }
  [[nodiscard]] Place place(Mark traced_mark) const {
    return traced_mark.source == 0 || traced_mark.source > places.size() ? Place{} : places[traced_mark.source - 1];
  }
  void content(const std::vector<std::uint32_t>& layer, ProfileTree tree, bool edits) override {
    if (layer.size() > 1) return;  // the configuration that it lies in tells
    if (contents.size() <= layer[0]) contents.resize(layer[0] + 1);
    contents[layer[0]].edits = edits;
    contents[layer[0]].trees.push_back(std::move(tree));
  }
  [[nodiscard]] Origin origin(Mark traced_mark) const;
  /// The value with the marks that it was written with.
  [[nodiscard]] Value original(const Value& traced) const {
    return remarked(traced, [this](Mark mark) { return place(mark).mark; });
  }
  /// Whether one of two items of arrays was put in the place of the other, maybe with others between.
  [[nodiscard]] bool same_item(Mark a, Mark b) const noexcept { return first_of(a.source) == first_of(b.source); }
  /// To be called when all is composed.
  void join(const std::vector<std::pair<Mark, Mark>>& items);

 private:
  [[nodiscard]] std::uint32_t first_of(std::uint32_t mark) const noexcept {
    while (mark < same.size() && same[mark] != mark) mark = same[mark];
    return mark;
  }
};

/// The trace of a resolved stack.
std::shared_ptr<const TracedTree> trace(Layer* top);

/// The profile that gave the value at a path of the view: the highest that has the path.
std::string profile_at(const Value& default_tree, const Profiles& profiles, const Path& path);

/// The view that a reader of a type sees: its fields are known keys for the environment variables of all layers. One
/// view a shape and path is kept.
Result<Value> view_for(Layer* top, const Shape& shape, const Path& path);
/// The variables and options that then still match nothing.
std::vector<Unmatched> unmatched_for(Layer* top, const Shape& shape, const Path& path);

/// The types that layers are made of or declare, in the view's paths: for masking.
std::vector<DeclaredType> declared_types(const Layer* top);

Metadata metadata_of(const Layer& layer);

/// The profile trees of one layer, as it was loaded.
std::vector<ProfileTree> content_of(Layer& layer);

}  // namespace superconfig::detail
