// Layer: one link of a configuration's stack.
//
// A layer points at the layer below it and never changes what it says. What was loaded and composed is kept in it:
//   state:  unresolved -> resolving -> resolved, by whoever reads first; others wait for that one thread.
//           `state` is stored with release after the trees, and read with acquire before them.
//           In clone mode a layer is `cloned` as soon as it is made: it has its trees, but each reader makes a view.
//   extra:  what is needed by some layers only: what a provider gave, trees a shape, the traced tree.
// A layer with one child and no other holder is not worth a tree: resolving folds over it.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string_view>

#include "compose/profiles.hpp"
#include "config/counted.hpp"
#include "config/extractions.hpp"
#include "superconfig/config/layer_ref.hpp"
#include "superconfig/mode.hpp"
#include "sync/blocks.hpp"
#include "sync/sync.hpp"

namespace superconfig::detail {

enum class LayerType : std::uint8_t { provider, value, config, select, focus, shape, edits, strict, verbosity, sink };

/// Where warnings and messages go besides the lists.
struct DiagnosticSink {
  std::function<void(const Warning&)> warning;
  std::function<void(const Message&)> message;
};

struct WarningList {
  std::vector<Warning> warnings;
  std::shared_ptr<const WarningList> before;
};

/// Objects of a class derived from it lie in blocks. They are deleted as what they are.
struct InBlock {
  static void* operator new(std::size_t size) { return sync::take_block(size); }
  static void operator delete(void* block, std::size_t size) noexcept { sync::give_block(block, size); }
  // `new (place) T` goes on to mean what it does elsewhere.
  static void* operator new(std::size_t, void* place) noexcept { return place; }
  static void operator delete(void*, void*) noexcept {}
};

/// What a resolved stack has besides the tree of `default`. Derived configurations share it as long as they do not
/// change it.
struct Shared : InBlock {
  std::atomic<std::uint32_t> refs{1};
  Profiles profiles;
  std::vector<KnownShape> shapes;
  std::vector<std::string> focus;  // all keys focused on so far
  bool edits = true;
  bool guessed = false;  // a layer placed names without a known key
  bool deny_unknown = false;
  Verbosity verbosity = Verbosity::silent;
  std::vector<std::shared_ptr<const DiagnosticSink>> sinks;
  Errors errors;
  std::shared_ptr<const WarningList> warnings;
  std::vector<Unmatched> unmatched;
  // Of this view only; what is derived makes its own.
  Errors view_errors;
  std::vector<Warning> view_warnings;

  Shared() = default;
  Shared(const Shared& other)
      : profiles(other.profiles),
        shapes(other.shapes),
        focus(other.focus),
        edits(other.edits),
        guessed(other.guessed),
        deny_unknown(other.deny_unknown),
        verbosity(other.verbosity),
        sinks(other.sinks),
        errors(other.errors),
        warnings(other.warnings),
        unmatched(other.unmatched),
        view_errors(other.view_errors),
        view_warnings(other.view_warnings) {}
  Shared& operator=(const Shared&) = delete;
};

/// A stack while it is folded.
struct Fold {
  Value default_tree;      // null: none yet
  Counted<Shared> shared;  // null: as in a default-made Shared

  [[nodiscard]] const Shared& now() const noexcept;
  Shared& change();  // a copy of its own first, if it is shared
};

struct TracedTree;

struct Extra : InBlock {
  Result<Loaded> loaded;
  Extractions extractions;
  sync::WordLock lock;  // guards what follows
  struct ShapeView {
    const Shape* shape;
    std::vector<std::string> path;
    Value view;
    std::vector<Unmatched> unmatched;
    Errors errors;
  };
  std::vector<ShapeView> shape_views;
  std::shared_ptr<const TracedTree> traced;
};

/// Deeper ones fail to resolve.
inline constexpr std::uint32_t most_nesting = 100;

class Layer : public InBlock {
 public:
  static constexpr std::uint32_t unresolved = 0, resolving = 1, cloned = 2, resolved = 3, failed = 4;
  /// `resolving` says in which process of a row of forks, so that a child does not wait for a thread that it has not.
  static std::uint32_t resolving_here() noexcept { return resolving | (sync::fork_count() << 8U); }
  static constexpr std::uint32_t phase(std::uint32_t state) noexcept { return state & 0xFFU; }

  std::atomic<std::uint32_t> refs{1};
  std::atomic<std::uint32_t> state{unresolved};
  std::atomic<std::uint32_t> asked{0};  // which extractions were asked for once: see is_worth_keeping
  std::uint32_t index = 0;              // how many real layers lie below
  std::uint32_t nesting = 0;            // how deep configurations lie inside one another, as layers, here and below
  LayerType type;
  Order order = Order::merge;
  bool flag = false;                    // value: writes `global`; edits, strict: on
  bool clones = false;                  // made in clone mode
  Verbosity level = Verbosity::silent;  // verbosity
  Layer* parent = nullptr;
  Node* default_tree = nullptr;
  Shared* shared = nullptr;
  std::atomic<Extra*> extra{nullptr};
  Value view;

  explicit Layer(LayerType t) noexcept : type(t) {}
  /// Made on the first call.
  Extra& extras();
  [[nodiscard]] bool is_real() const noexcept {
    return type == LayerType::provider || type == LayerType::value || type == LayerType::config;
  }
};

struct ValueLayer : Layer {
  Value value;
  Mark mark;
  std::uint32_t size = 0;  // of the path, which follows
  ValueLayer() noexcept : Layer(LayerType::value) {}
  [[nodiscard]] std::string_view path() const noexcept { return {reinterpret_cast<const char*>(this + 1), size}; }
};
struct ProviderLayer : Layer {
  ProviderPtr provider;
  std::atomic<std::uint32_t> load_state{unresolved};  // resolving while it loads, then resolved
  ProviderLayer() noexcept : Layer(LayerType::provider) {}
};
struct ConfigLayer : Layer {
  LayerRef inner;
  ConfigLayer() noexcept : Layer(LayerType::config) {}
};
struct NameLayer : Layer {  // select: the profile; focus: the key
  std::string name;
  explicit NameLayer(LayerType t) noexcept : Layer(t) {}
};
struct ShapeLayer : Layer {
  const Shape* shape = nullptr;
  ShapeLayer() noexcept : Layer(LayerType::shape) {}
};

struct SinkLayer : Layer {
  std::shared_ptr<const DiagnosticSink> sink;
  SinkLayer() noexcept : Layer(LayerType::sink) {}
};

/// The same stack with nothing loaded or composed. `environment`: its providers capture it anew.
LayerRef refreshed(const LayerRef& top, bool environment);

/// The same stack with what its layers have loaded deep-copied, and nothing composed.
LayerRef copied_layers(const LayerRef& top);
/// Clone mode's `with_…`: a deep copy of the stack and of its trees, with the new layer, which is taken over, loaded
/// and composed on top.
LayerRef clone_over(const LayerRef& below, Layer* layer);
/// A deep copy of a stack, resolved first if need be, as the mode has it; no file is read again.
LayerRef copied_stack(const LayerRef& top, Mode mode);
/// Clone mode's view: the profiles copied and merged anew. Only of a cloned stack.
Value copied_view(const Layer* top);

ValueLayer* make_value_layer(std::string_view path, Value value, Mark mark);
void release(Layer* layer) noexcept;

/// Keys of `(key, value)`, `focus` and `Env`: segments separated by dots, without quoting.
std::vector<std::string> split_key(std::string_view key);

/// Loads and composes; afterwards `state` is resolved or failed. `top` may be nullptr.
void resolve(Layer* top);
/// The problems of a failed stack.
Errors failures_of(Layer* top);
const Shared& shared_of(const Layer* top) noexcept;
/// The composed tree of `default`; null if no layer wrote it. Only of a resolved stack.
Value default_tree_of(const Layer* top) noexcept;

/// Gives another mark in place of each mark of a layer's tree: how `trace` learns which layer a value came from.
class MarkTracer {
 public:
  virtual Mark traced(const std::vector<std::uint32_t>& layer, Mark mark) = 0;
  /// What the layer is composed with, its marks traced. `edits`: whether its array edits count.
  virtual void content(const std::vector<std::uint32_t>& layer, ProfileTree tree, bool edits) = 0;

 protected:
  ~MarkTracer() = default;
};

struct FoldOptions {
  const KnownShape* first_shape = nullptr;  // known as if `with_shape` stood first; nothing loaded is kept then
  MarkTracer* tracer = nullptr;
  std::vector<std::uint32_t> outer_layer;  // inside a configuration used as a provider: where it stands
};
/// The whole stack folded anew from what its layers have loaded.
Fold fold_again(Layer* top, const FoldOptions& options, Notes& notes);

/// The value with other marks inside of it.
Value remarked(const Value& value, const std::function<Mark(Mark)>& other);

/// What a loaded layer has to say at a verbosity.
void messages_of(Layer& layer, Verbosity verbosity, std::vector<Message>& messages);

/// Puts a new layer over a stack; takes both over.
LayerRef over(LayerRef below, Layer* layer) noexcept;

}  // namespace superconfig::detail
