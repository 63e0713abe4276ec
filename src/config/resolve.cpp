// How a stack becomes a tree: load, compose, view. `fold_layer` is the pipeline of one layer, `resolve` runs it from
// the nearest resolved layer below up to the one that is asked for, and publishes the trees that are worth keeping.

#include <algorithm>
#include <ranges>

#include "config/layer.hpp"
#include "providers/known_keys.hpp"
#include "value/copy.hpp"
#include "value/few.hpp"
#include "value/path_scan.hpp"

namespace superconfig::detail {
namespace {

// What this thread is resolving or loading, by its state. A provider that reads a configuration it is a layer of would
// wait for itself: it gets an error instead.
struct InProgress {
  explicit InProgress(const std::atomic<std::uint32_t>& s) noexcept : state(&s), outer(innermost) { innermost = this; }
  InProgress(const InProgress&) = delete;
  InProgress& operator=(const InProgress&) = delete;
  ~InProgress() { innermost = outer; }

  const std::atomic<std::uint32_t>* state;
  InProgress* outer;
  static thread_local InProgress* innermost;
};
thread_local InProgress* InProgress::innermost = nullptr;

bool is_in_progress(const std::atomic<std::uint32_t>& state) noexcept {
  for (const auto* one = InProgress::innermost; one; one = one->outer)
    if (one->state == &state) return true;
  return false;
}

enum class Claim : std::uint8_t {
  mine,       // and must be finished or given back
  inherited,  // likewise; a thread that a fork left behind had begun
  done,
  itself
};
// Who comes first does what is to be done, once; the others wait for that one thread.
Claim claim(std::atomic<std::uint32_t>& state) {
  const auto claimed = Layer::resolving_here();
  for (;;) {
    auto seen = state.load(std::memory_order_acquire);
    if (Layer::phase(seen) >= Layer::cloned) return Claim::done;
    if (seen == claimed) {
      if (is_in_progress(state)) return Claim::itself;
      sync::wait_while(state, claimed);
    } else if (state.compare_exchange_strong(seen, claimed, std::memory_order_acquire)) {
      return seen == Layer::unresolved ? Claim::mine : Claim::inherited;
    }
  }
}

Error reads_itself() {
  Error error;
  error.code = ErrorCode::conflict;
  error.message = "a provider reads the configuration that it is a layer of";
  return error;
}

// What is derived from a layer begins with: its trees, without what only its own view has to say.
Fold fold_from(const Layer* layer) {
  Fold fold;
  if (!layer) return fold;
  fold.default_tree = default_tree_of(layer);
  if (layer->shared) {
    layer->shared->refs.fetch_add(1, std::memory_order_relaxed);
    fold.shared = Counted<Shared>(layer->shared);
    if (!fold.shared->view_errors.empty() || !fold.shared->view_warnings.empty()) {
      auto& own = fold.change();
      own.view_errors = {};
      own.view_warnings.clear();
    }
  }
  return fold;
}

// ---- loading ----

std::vector<ProfileTree> trees_below(const Fold& fold) {
  std::vector<ProfileTree> trees;
  if (!fold.default_tree.is_null()) trees.push_back({std::string(default_profile), fold.default_tree, {}});
  const auto& others = fold.now().profiles.others;
  trees.insert(trees.end(), others.begin(), others.end());
  return trees;
}

Result<Loaded> call_provider(const Provider& provider, const Below& below) {
#if defined(__cpp_exceptions)
  try {
    return provider.load(below);
  } catch (const ConfigError& error) {
    return error.errors();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& exception) {
    Error error;
    error.message = provider.metadata().name + ": " + exception.what();
    return error;
  } catch (...) {
    Error error;
    error.message = provider.metadata().name + ": an exception of unknown type";
    return error;
  }
#else
  return provider.load(below);
#endif
}

Error too_deep(Error error) {
  error.code = ErrorCode::unsupported;
  error.message = "more than " + std::to_string(most_levels) + " levels of nesting";
  return error;
}

// A provider of the user's own may give anything.
Result<Loaded> checked(Result<Loaded> loaded) {
  if (!loaded) return loaded;
  Errors errors;
  for (const auto& content : loaded->content) {
    const bool is_dict = content.tree.tag() == Value::Tag::dict;
    if (is_dict && height_of(content.tree) <= most_levels) continue;
    Error error;
    error.profile = content.profile;
    error.origin = origin_of(content.mark);
    if (!is_dict) {
      error.code = ErrorCode::invalid_type;
      error.expected = "a dict";
      error.found = std::string(name_of(content.tree.kind()));
      errors.add(std::move(error));
    } else {
      errors.add(too_deep(std::move(error)));
    }
  }
  if (errors.empty()) return loaded;
  return errors;
}

Result<Loaded> load_now(const ProviderLayer& layer, const Fold& fold) {
  if (!layer.provider->looks_below()) return checked(call_provider(*layer.provider, Below({}, fold.now().shapes)));
  const auto trees = trees_below(fold);
  return checked(call_provider(*layer.provider, Below(trees, fold.now().shapes)));
}

// Loads at most once: the first thread does, others wait. The result lives as long as the layer.
const Result<Loaded>& load_once(ProviderLayer& layer, const Fold& fold) {
  auto& extra = layer.extras();
  switch (const auto claimed = claim(layer.load_state)) {
    case Claim::mine:
    case Claim::inherited: {
      const InProgress mark(layer.load_state);
      struct Finish {  // also when bad_alloc passes: the next reader tries again
        ProviderLayer& layer;
        std::uint32_t state = Layer::unresolved;
        ~Finish() {
          layer.load_state.store(state, std::memory_order_release);
          sync::wake_all(layer.load_state);
        }
      } finish{layer};
      auto loaded = load_now(layer, fold);
      if (claimed == Claim::inherited) new (&extra.loaded) Result<Loaded>();  // it may be half written
      extra.loaded = std::move(loaded);
      finish.state = Layer::resolved;
      return extra.loaded;
    }
    case Claim::itself: {
      static const Result<Loaded> itself = reads_itself();
      return itself;
    }
    case Claim::done: break;
  }
  return extra.loaded;
}

// ---- composing one layer ----

class Folder {
 public:
  Folder(Fold& fold, Notes& notes, const FoldOptions& options, IfShared if_shared = IfShared::make_delta)
      : fold_(fold), notes_(notes), options_(options), if_shared_(if_shared) {}

  void fold_layer(Layer& layer) {
    switch (layer.type) {
      case LayerType::provider: return fold_provider(static_cast<ProviderLayer&>(layer));
      case LayerType::value: return fold_value(static_cast<ValueLayer&>(layer));
      case LayerType::config: return fold_config(static_cast<ConfigLayer&>(layer));
      case LayerType::select: fold_.change().profiles.selected = static_cast<NameLayer&>(layer).name; return;
      case LayerType::focus: return fold_focus(static_cast<NameLayer&>(layer).name);
      case LayerType::shape: fold_.change().shapes.push_back({static_cast<ShapeLayer&>(layer).shape, {}}); return;
      case LayerType::edits: fold_.change().edits = layer.flag; return;
      case LayerType::strict: fold_.change().deny_unknown = layer.flag; return;
      case LayerType::verbosity: fold_.change().verbosity = layer.level; return;
      case LayerType::sink: fold_.change().sinks.push_back(static_cast<SinkLayer&>(layer).sink); return;
    }
  }

 private:
  void fold_provider(ProviderLayer& layer) {
    const auto& kept = load_once(layer, fold_);
    Result<Loaded> own;
    const bool anew = options_.first_shape && kept && kept->by_name;
    if (anew) own = load_now(layer, fold_);
    const auto& loaded = anew ? own : kept;
    if (!loaded) return fail(layer, loaded.error());
    for (const auto& content : loaded->content) {
      if (options_.tracer) {
        compose_tree({content.profile, traced(content.tree, layer), traced(content.mark, layer)}, layer);
      } else {
        compose_tree(content, layer);
      }
    }
    if (loaded->guessed) fold_.change().guessed = true;
    notes_.warnings.insert(notes_.warnings.end(), loaded->warnings.begin(), loaded->warnings.end());
    if (!loaded->unmatched.empty()) {
      auto& all = fold_.change().unmatched;
      all.insert(all.end(), loaded->unmatched.begin(), loaded->unmatched.end());
    }
  }

  void fold_config(ConfigLayer& layer) {
    if (layer.nesting > most_nesting) {
      Error error;
      error.code = ErrorCode::unsupported;
      error.message = "more than " + std::to_string(most_nesting) + " configurations lie inside one another";
      return fail(layer, error);
    }
    auto* inner = layer.inner.layer;
    resolve(inner);
    // Its trees are taken, not its view: an edit that waits in one of its profiles may meet its array here.
    const bool busy = inner && Layer::phase(inner->state.load(std::memory_order_acquire)) < Layer::cloned;
    if (busy || !shared_of(inner).errors.empty()) return fail(layer, failures_of(inner));
    Fold trees;
    if (options_.tracer || options_.first_shape) {
      auto options = options_;
      options.outer_layer = place_of(layer);
      Notes of_inner;
      std::vector<Removed> removed;
      if (notes_.removed) of_inner.removed = &removed;
      of_inner.same_item = notes_.same_item;
      trees = fold_again(inner, options, of_inner);
      if (!trees.now().errors.empty()) return fail(layer, trees.now().errors);
      if (notes_.removed) notes_.removed->insert(notes_.removed->end(), removed.begin(), removed.end());
    } else {
      trees = fold_from(inner);
    }
    const auto& shared = trees.now();
    std::vector<const WarningList*> lists;
    for (const auto* list = shared.warnings.get(); list; list = list->before.get()) lists.push_back(list);
    for (auto it = lists.rbegin(); it != lists.rend(); ++it)
      notes_.warnings.insert(notes_.warnings.end(), (*it)->warnings.begin(), (*it)->warnings.end());
    if (shared.guessed) fold_.change().guessed = true;
    if (!shared.unmatched.empty()) {
      auto& all = fold_.change().unmatched;
      all.insert(all.end(), shared.unmatched.begin(), shared.unmatched.end());
    }
    const auto& profiles = shared.profiles;
    if (!trees.default_tree.is_null()) {
      const auto& spelling = profiles.default_spelling;
      compose_tree({spelling.empty() ? std::string(default_profile) : spelling, trees.default_tree, {}}, layer);
    }
    for (const auto& other : profiles.others) compose_tree(other, layer);
    if (layer.order == Order::merge || layer.order == Order::admerge) {
      if (fold_.now().profiles.selected != profiles.selected) fold_.change().profiles.selected = profiles.selected;
    }
  }

  void compose_tree(const ProfileTree& tree, const Layer& layer) {
    const auto errors_before = notes_.errors.size();
    ComposeRules rules = rules_for(layer.order);
    if (layer.type == LayerType::config) rules.edits = false;  // its own have run, or wait
    if (options_.tracer) options_.tracer->content(place_of(layer), tree, rules.edits);
    if (same_profile(tree.profile, default_profile)) {
      if (fold_.default_tree.is_null()) {
        fold_.default_tree = Value::dict(std::span<Entry>());
        if (tree.profile != fold_.now().profiles.default_spelling && tree.profile != default_profile)
          fold_.change().profiles.default_spelling = tree.profile;
      }
      compose(fold_.default_tree, tree.tree, rules, tree.profile, notes_);
    } else {
      rules.keep_pending = true;
      compose(tree_of(fold_.change().profiles, tree.profile), tree.tree, rules, tree.profile, notes_);
    }
    blame(layer, errors_before);
  }

  void fold_value(ValueLayer& layer) {
    const auto profile = layer.flag ? global_profile : default_profile;
    Few<std::string_view, 8> segments;
    std::vector<std::string> quoted;
    std::string_view segment;
    std::string buffer;
    PathScan scan(layer.path());
    bool numbers = false;
    quoted.reserve(layer.path().find('"') == std::string_view::npos ? 0 : layer.size);  // so that views stay valid
    while (scan.next(segment, buffer)) {
      if (segment.data() == buffer.data()) segment = quoted.emplace_back(buffer);
      numbers = numbers || index_of(segment) != no_index;
      segments.push_back(segment);
    }
    if (scan.failed()) {
      Error error;
      error.code = ErrorCode::invalid_path;
      error.message = "`" + std::string(layer.path()) + "` is not a path: " + scan.reason();
      error.origin = origin_of(layer.mark);
      return fail(layer, error);
    }
    if (segments.size() + height_of(layer.value) > most_levels) {
      Error error;
      error.origin = origin_of(layer.mark);
      return fail(layer, too_deep(std::move(error)));
    }
    if (segments.empty() && !layer.value.is_dict()) {
      Error error;
      error.code = ErrorCode::invalid_type;
      error.expected = "a dict";
      error.found = std::string(name_of(layer.value.kind()));
      error.profile = profile;
      error.origin = origin_of(layer.mark);
      return fail(layer, error);
    }
    const auto errors_before = notes_.errors.size();
    auto rules = rules_for(Order::merge);
    const auto elements = numbers ? elements_in(segments.span()) : std::vector<std::size_t>();
    // To be traced, each level gets a mark of its own.
    Value traced_value;
    std::vector<Mark> marks;
    if (options_.tracer) {
      traced_value = traced(layer.value, layer);
      for (std::size_t i = 0; i < segments.size(); ++i) marks.push_back(traced(layer.mark, layer));
    }
    const Way way{segments.span(), elements, options_.tracer ? traced_value : layer.value,
                  options_.tracer ? traced(layer.mark, layer) : layer.mark, marks};
    if (options_.tracer)
      options_.tracer->content(place_of(layer), {std::string(profile), way.from(0), way.mark}, rules.edits);
    const auto put = [&](Value& tree) { compose_at(tree, way, rules, profile, notes_); };
    if (layer.flag) {
      rules.keep_pending = true;
      put(tree_of(fold_.change().profiles, profile));
    } else {
      if (fold_.default_tree.is_null()) fold_.default_tree = Value::dict(std::span<Entry>());
      put(fold_.default_tree);
    }
    blame(layer, errors_before);
  }

  // The numeric segments that address items of an array that some profile below has.
  [[nodiscard]] std::vector<std::size_t> elements_in(std::span<const std::string_view> segments) const {
    const auto trees = trees_below(fold_);
    return detail::elements_in(std::vector<std::string>(segments.begin(), segments.end()), Below(trees, {}));
  }

  void fold_focus(const std::string& key) {
    auto segments = split_key(key);
    auto& shared = fold_.change();
    focus(fold_.default_tree, shared.profiles, segments);
    if (notes_.removed) {  // what they tell of narrows too
      std::erase_if(*notes_.removed, [&](Removed& removed) {
        const bool inside = removed.path.size() >= segments.size() &&
                            std::equal(segments.begin(), segments.end(), removed.path.begin());
        if (inside)
          removed.path.erase(removed.path.begin(), removed.path.begin() + static_cast<std::ptrdiff_t>(segments.size()));
        return !inside;
      });
    }
    if (fold_.default_tree.is_null()) shared.profiles.default_spelling.clear();
    // A shape above the key narrows with it, one below goes on as it is, others no longer count.
    std::vector<KnownShape> narrowed;
    for (const auto& known : shared.shapes) {
      if (known.path.size() < segments.size() || !std::equal(segments.begin(), segments.end(), known.path.begin()))
        continue;
      narrowed.push_back(
          {known.shape, {known.path.begin() + static_cast<std::ptrdiff_t>(segments.size()), known.path.end()}});
    }
    shared.shapes = std::move(narrowed);
    shared.focus.insert(shared.focus.end(), segments.begin(), segments.end());
  }

  [[nodiscard]] ComposeRules rules_for(Order order) const {
    ComposeRules rules;
    rules.order = order;
    rules.edits = fold_.now().edits;
    rules.types_known = !fold_.now().shapes.empty();
    rules.if_shared = if_shared_;
    return rules;
  }

  [[nodiscard]] std::vector<std::uint32_t> place_of(const Layer& layer) const {
    auto place = options_.outer_layer;
    place.push_back(layer.index);
    return place;
  }
  // With a tracer only.
  [[nodiscard]] Mark traced(Mark mark, const Layer& layer) const {
    return options_.tracer->traced(place_of(layer), mark);
  }
  [[nodiscard]] Value traced(const Value& value, const Layer& layer) const {
    return remarked(value, [&](Mark mark) { return traced(mark, layer); });
  }

  // Errors of composing become failures of the stack; whose they are is known here.
  void blame(const Layer& layer, std::size_t errors_before) {
    if (notes_.errors.size() == errors_before) return;
    for (auto i = errors_before; i < notes_.errors.size(); ++i) {
      notes_.errors[i].origin.layer = place_of(layer);
      fold_.change().errors.add(notes_.errors[i]);
    }
  }
  void fail(const Layer& layer, const Errors& errors) {
    for (auto error : errors) {
      if (error.origin.layer.empty()) {
        error.origin.layer = place_of(layer);
      } else if (layer.type == LayerType::config) {  // told by the configuration inside
        auto place = place_of(layer);
        place.insert(place.end(), error.origin.layer.begin(), error.origin.layer.end());
        error.origin.layer = std::move(place);
      }
      if (error.profile.empty()) error.profile = default_profile;
      fold_.change().errors.add(std::move(error));
    }
  }

  Fold& fold_;
  Notes& notes_;
  const FoldOptions& options_;
  IfShared if_shared_;
};

// ---- publishing ----

void keep_warnings(Fold& fold, Notes& notes) {
  if (notes.warnings.empty()) return;
  auto& shared = fold.change();
  shared.warnings = std::make_shared<const WarningList>(WarningList{std::move(notes.warnings), shared.warnings});
  notes.warnings.clear();
}

// The layer was claimed by this thread. Gives it the trees of the fold, which it shares from now on.
void publish(Layer& layer, Fold& fold, Notes& notes) {
  keep_warnings(fold, notes);
  Notes of_view;
  Value view;
  if (fold.now().errors.empty())
    view = view_of(fold.default_tree, fold.now().profiles, !fold.now().shapes.empty(), of_view);
  if (!fold.default_tree.is_null()) {
    layer.default_tree = fold.default_tree.node();
    retain(layer.default_tree);
  }
  Fold published{{}, fold.shared};
  if (!of_view.errors.empty()) published.change().view_errors = Errors(std::move(of_view.errors));
  if (!of_view.warnings.empty()) published.change().view_warnings = std::move(of_view.warnings);
  const bool ok = published.now().errors.empty() && published.now().view_errors.empty();
  layer.shared = published.shared.release();
  if (ok && !layer.clones) layer.view = std::move(view);
  const auto done = layer.clones ? Layer::cloned : Layer::resolved;
  layer.state.store(ok ? done : Layer::failed, std::memory_order_release);
  sync::wake_all(layer.state);
}

bool is_done(const Layer* layer) noexcept {
  return Layer::phase(layer->state.load(std::memory_order_acquire)) >= Layer::cloned;
}

// Takes a claim back if resolving ends by an exception (bad_alloc): the next reader tries again.
class ClaimGuard {
 public:
  explicit ClaimGuard(Layer& layer) : layer_(layer), in_progress_(layer.state) {}
  ClaimGuard(const ClaimGuard&) = delete;
  ClaimGuard& operator=(const ClaimGuard&) = delete;
  ~ClaimGuard() {
    if (is_done(&layer_)) return;
    layer_.state.store(Layer::unresolved, std::memory_order_release);
    sync::wake_all(layer_.state);
  }

 private:
  Layer& layer_;
  InProgress in_progress_;
};

}  // namespace

Value remarked(const Value& value, const std::function<Mark(Mark)>& other) {
  if (is_edit(value)) {
    auto edits = edits_of(value);
    for (auto& edit : edits) {
      edit.mark = other(edit.mark);
      edit.value = remarked(edit.value, other);
    }
    return make_edit(std::move(edits));
  }
  const auto& tree = value.text_guess();
  Value made;
  if (tree.tag() == Value::Tag::dict) {
    std::vector<Entry> entries;
    for (const auto& entry : tree.entries())
      entries.push_back({entry.name, remarked(entry.value, other), other(entry.mark)});
    made = Value::dict(std::span<Entry>(entries));
  } else if (tree.tag() == Value::Tag::array) {
    std::vector<Item> items;
    for (const auto& item : tree.items()) items.push_back({remarked(item.value, other), other(item.mark)});
    made = Value::array(std::span<Item>(items));
  } else {
    return value;
  }
  return value.is_text() ? Value::text(value.characters(), std::move(made), value.is_comma_list()) : made;
}

namespace {

template <class F, class Item>
void call_sink(const F& sink, const Item& item) noexcept {
#if defined(__cpp_exceptions)
  try {
    sink(item);
  } catch (...) {  // a sink is told; what it makes of it is its own affair
  }
#else
  sink(item);
#endif
}

// Tells the sinks what this resolution made, of layers from the top down. Nothing is held: a sink may read any
// configuration.
void tell_sinks(const Layer& top, std::span<Layer* const> layers, const std::vector<Warning>& warnings) {
  const auto& shared = shared_of(&top);
  const auto sinks = shared.sinks;
  std::vector<Message> messages;
  for (auto* const layer : std::views::reverse(layers)) messages_of(*layer, shared.verbosity, messages);
  for (const auto& sink : sinks) {
    if (sink->message)
      for (const auto& message : messages) call_sink(sink->message, message);
    if (!sink->warning) continue;
    for (const auto& warning : warnings) call_sink(sink->warning, warning);
    for (const auto& warning : shared.view_warnings) call_sink(sink->warning, warning);
  }
}

}  // namespace

void resolve(Layer* top) {
  if (!top || is_done(top)) return;
  Few<Layer*, 16> chain;  // from the top down to the nearest resolved layer, which is not in it
  Layer* start = top;
  while (start && !is_done(start)) {
    chain.push_back(start);
    start = start->parent;
  }
  Fold fold = fold_from(start);
  Notes notes;
  const FoldOptions options;
  std::vector<Warning> made;  // for the sinks
  // A stack that is composed from its first layer on shall be quick to read; one over resolved layers shares theirs.
  auto if_shared = start ? IfShared::make_delta : IfShared::copy;
  for (auto* const link : std::views::reverse(chain.span())) {
    auto& layer = *link;
    // A layer that others hold too is worth a tree of its own: they will need it.
    const bool keeps = &layer == top || layer.refs.load(std::memory_order_relaxed) > 1;
    if (!keeps) {
      Folder(fold, notes, options, if_shared).fold_layer(layer);
      continue;
    }
    switch (claim(layer.state)) {
      case Claim::inherited:  // it may be half written
        layer.default_tree = nullptr;
        layer.shared = nullptr;
        new (&layer.view) Value();
        [[fallthrough]];
      case Claim::mine: {
        const ClaimGuard guard(layer);
        Folder(fold, notes, options, if_shared).fold_layer(layer);
        if (!fold.now().sinks.empty()) made.insert(made.end(), notes.warnings.begin(), notes.warnings.end());
        publish(layer, fold, notes);
        break;
      }
      case Claim::done:
        fold = fold_from(&layer);
        notes = {};
        if_shared = IfShared::make_delta;
        break;
      case Claim::itself:
        if (&layer != top) fold.change().errors.add(reads_itself());
        return;
    }
  }
  if (!fold.now().sinks.empty()) tell_sinks(*top, chain.span(), made);
}

// ---- clone mode ----

namespace {

Fold copied_fold(const Layer* layer) {
  Fold fold = fold_from(layer);
  fold.default_tree = deep_copy(fold.default_tree);
  if (fold.shared)
    for (auto& other : fold.change().profiles.others) other.tree = deep_copy(other.tree);
  return fold;
}

}  // namespace

LayerRef clone_over(const LayerRef& below, Layer* layer) {
  LayerRef made(layer);
  resolve(below.layer);
  Fold fold = copied_fold(below.layer);
  if (below.layer && !is_done(below.layer)) fold.change().errors.add(reads_itself());
  auto stack = copied_layers(below);  // may throw: `made` still holds the layer
  made = over(std::move(stack), made.release());
  auto& top = *made.layer;
  top.clones = true;
  top.state.store(Layer::resolving_here(), std::memory_order_relaxed);  // nobody else sees it yet
  Notes notes;
  const FoldOptions options;
  std::vector<Warning> warnings;
  {
    const ClaimGuard guard(top);
    Folder(fold, notes, options).fold_layer(top);
    if (!fold.now().sinks.empty()) warnings = notes.warnings;
    publish(top, fold, notes);
  }
  Layer* const one = &top;
  if (!fold.now().sinks.empty()) tell_sinks(top, {&one, 1}, warnings);
  return made;
}

LayerRef copied_stack(const LayerRef& top, Mode mode) {
  if (!top.layer) return top;
  resolve(top.layer);
  auto copy = copied_layers(top);
  auto& layer = *copy.layer;
  layer.clones = mode == Mode::clone;
  if (!is_done(top.layer)) return copy;
  Fold fold = copied_fold(top.layer);
  Notes notes;
  layer.state.store(Layer::resolving_here(), std::memory_order_relaxed);
  const ClaimGuard guard(layer);
  publish(layer, fold, notes);
  return copy;
}

Value copied_view(const Layer* top) {
  const auto fold = copied_fold(top);
  Notes notes;  // what it says was kept when the layer was made
  return view_of(fold.default_tree, fold.now().profiles, !fold.now().shapes.empty(), notes);
}

// ---- again ----

Fold fold_again(Layer* top, const FoldOptions& options, Notes& notes) {
  std::vector<Layer*> chain;
  for (auto* layer = top; layer; layer = layer->parent) chain.push_back(layer);
  Fold fold;
  if (options.first_shape) fold.change().shapes.push_back(*options.first_shape);
  Folder folder(fold, notes, options);
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) folder.fold_layer(**it);
  return fold;
}

}  // namespace superconfig::detail
