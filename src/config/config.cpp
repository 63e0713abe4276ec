// The functions of SuperConfig: adding layers, and reading what resolving gives.

#include "superconfig/config.hpp"

#include <algorithm>

#include "config/layer.hpp"
#include "config/trace.hpp"
#include "formats/formats.hpp"
#include "providers/known_keys.hpp"
#include "providers/prune.hpp"
#include "text/nearest.hpp"
#include "value/nodes.hpp"
#include "value/walk.hpp"

namespace superconfig {

using detail::ConfigLayer;
using detail::Layer;
using detail::LayerRef;
using detail::LayerType;
using detail::NameLayer;
using detail::ProviderLayer;
using detail::ShapeLayer;
using detail::SinkLayer;

// ---- layers ----

SuperConfig SuperConfig::with_layer(Layer* layer) && {
  if (works_by_cloning()) [[unlikely]]
    return SuperConfig(detail::clone_over(top_, layer), cleared_, mode_);
  return SuperConfig(detail::over(std::move(top_), layer), cleared_, mode_);
}

SuperConfig SuperConfig::in_mode(Mode wanted, ModeChoice choice) const {
  const auto is_cloned = top_.layer && top_.layer->clones;
  if (!top_.layer || is_cloned == (wanted == Mode::clone)) return SuperConfig(top_, cleared_, choice);
  return SuperConfig(detail::copied_stack(top_, wanted), cleared_, choice);
}

SuperConfig SuperConfig::clone(FunctionRef<SuperConfig(const SuperConfig&)> f) const {
  return f(in_mode(Mode::clone, ModeChoice::clone)).in_mode(superconfig::mode(), mode_);
}

SuperConfig SuperConfig::copied() const {
  return works_by_cloning() ? SuperConfig(detail::copied_stack(top_, Mode::clone), cleared_, mode_) : *this;
}

SuperConfig SuperConfig::add_provider(Order order, ProviderPtr provider) && {
  if (!provider) return std::move(*this);
  auto* layer = new ProviderLayer();
  layer->order = order;
  layer->provider = std::move(provider);
  return std::move(*this).with_layer(layer);
}

SuperConfig SuperConfig::add_config(Order order, const SuperConfig& other) && {
  auto* layer = new ConfigLayer();
  layer->order = order;
  layer->inner = other.top_;
  return std::move(*this).with_layer(layer);
}

SuperConfig SuperConfig::add_value(std::string_view path, Value value, std::string_view profile,
                                   const std::source_location& place) && {
  const auto mark = code_mark(place);
  // One that is too deep is refused when the layer is composed.
  if (value.counted() && detail::height_of(value) <= detail::most_levels) value = detail::marked(value, mark);
  auto* layer = detail::make_value_layer(path, std::move(value), mark);
  layer->flag = profile == global_profile;
  return std::move(*this).with_layer(layer);
}

SuperConfig SuperConfig::add_shape(const Shape& shape) && {
  auto* layer = new ShapeLayer();
  layer->shape = &shape;
  return std::move(*this).with_layer(layer);
}

SuperConfig SuperConfig::with_file(std::string_view path) && { return std::move(*this).merge(File(path)); }
SuperConfig SuperConfig::with_file_opt(const std::optional<std::string>& path) && {
  return path ? std::move(*this).merge(File(*path).optional()) : std::move(*this);
}
SuperConfig SuperConfig::with_env(std::string_view prefix) && { return std::move(*this).merge(Variables(prefix)); }
SuperConfig SuperConfig::with_env(std::string_view prefix, const Environment& environment) && {
  return std::move(*this).merge(Variables(prefix, environment));
}
SuperConfig SuperConfig::with_set(std::string_view path_and_text) && {
  return std::move(*this).merge(Setting(path_and_text));
}

SuperConfig SuperConfig::with_env_ignore_empty(std::string_view prefix) && {
  return std::move(*this).merge(Variables(prefix).ignore_empty());
}
SuperConfig SuperConfig::with_env_ignore_empty(std::string_view prefix, const Environment& environment) && {
  return std::move(*this).merge(Variables(prefix, environment).ignore_empty());
}
SuperConfig SuperConfig::with_hierarchical_config(std::string_view app) && {
  return std::move(*this).merge(Hierarchical(app));
}
SuperConfig SuperConfig::with_defaults_string(std::string_view text) && { return std::move(*this).merge(Text(text)); }

SuperConfig SuperConfig::with_args(int argc, const char* const* argv, std::vector<std::string>* positional) && {
  (void)resolve();  // of a stack that fails, what there is
  const auto& shared = detail::shared_of(top_.layer);
  auto trees = shared.profiles.others;
  if (auto tree = detail::default_tree_of(top_.layer); !tree.is_null())
    trees.push_back({std::string(default_profile), std::move(tree), {}});
  return std::move(*this).merge(Arguments(argc, argv, Below(trees, shared.shapes), positional));
}

SuperConfig SuperConfig::select(std::string_view profile) && {
  auto* layer = new NameLayer(LayerType::select);
  layer->name = profile;
  return std::move(*this).with_layer(layer);
}
SuperConfig SuperConfig::focus(std::string_view key) && {
  auto* layer = new NameLayer(LayerType::focus);
  layer->name = key;
  return std::move(*this).with_layer(layer);
}
SuperConfig SuperConfig::with_array_edits(bool on) && {
  auto* layer = new Layer(LayerType::edits);
  layer->flag = on;
  return std::move(*this).with_layer(layer);
}

SuperConfig SuperConfig::deny_unknown(bool on) && {
  auto* layer = new Layer(LayerType::strict);
  layer->flag = on;
  return std::move(*this).with_layer(layer);
}
SuperConfig SuperConfig::with_verbosity(Verbosity level) && {
  auto* layer = new Layer(LayerType::verbosity);
  layer->level = level;
  return std::move(*this).with_layer(layer);
}
SuperConfig SuperConfig::on_warning(std::function<void(const Warning&)> sink) && {
  auto* layer = new SinkLayer();
  layer->sink = std::make_shared<const detail::DiagnosticSink>(detail::DiagnosticSink{std::move(sink), nullptr});
  return std::move(*this).with_layer(layer);
}
SuperConfig SuperConfig::on_message(std::function<void(const Message&)> sink) && {
  auto* layer = new SinkLayer();
  layer->sink = std::make_shared<const detail::DiagnosticSink>(detail::DiagnosticSink{nullptr, std::move(sink)});
  return std::move(*this).with_layer(layer);
}

SuperConfig SuperConfig::refresh(const RefreshOptions& options) const {
  SuperConfig unread(detail::refreshed(top_, options.environment), cleared_, mode_);
  if (works_by_cloning() && unread.top_.layer) [[unlikely]] {
    unread.top_.layer->clones = true;
    detail::resolve(unread.top_.layer);
  }
  return unread;
}

// ---- the resolved view ----

namespace detail {
namespace {

const Value& empty_view() {
  static const Value empty = Value::dict(std::span<Entry>());
  return empty;
}

bool is_resolved(const Layer* top) noexcept {
  return !top || top->state.load(std::memory_order_acquire) == Layer::resolved;
}

bool has_view(const Layer* top) noexcept {
  return top && top->state.load(std::memory_order_acquire) == Layer::resolved;
}

// `keep` holds it in clone mode.
const Value& view_now(const Layer* top, Value& keep) {
  if (!top) return empty_view();
  if (top->state.load(std::memory_order_relaxed) == Layer::resolved) return top->view;
  keep = copied_view(top);
  return keep;
}

// False if the stack fails.
[[gnu::noinline, gnu::cold]] bool resolve_now(Layer* top) {
  resolve(top);
  const auto state = top->state.load(std::memory_order_acquire);
  return state == Layer::resolved || state == Layer::cloned;
}
[[gnu::always_inline]] inline bool ensure_resolved(Layer* top) { return is_resolved(top) ? true : resolve_now(top); }

Errors bad_path_errors(std::string_view path) {
  auto parsed = Path::parse(path);
  return parsed ? Errors() : parsed.error();
}

}  // namespace

Found read_now(const Layer* top, const Key& key) noexcept {
  if (!has_view(top)) [[unlikely]]
    return {};
  return walk(top->view, key);
}
Found read_now(const Layer* top, std::string_view path) noexcept {
  if (!has_view(top)) [[unlikely]]
    return {};
  bool bad_path = false;
  return walk(top->view, path, &bad_path);
}
Found read_now(const Layer* top, const Path& path) noexcept {
  if (!has_view(top)) [[unlikely]]
    return {};
  return find_path(top->view, path);
}

Found read(Layer* top, const Key& key, Value& keep, bool& failed) {
  if (!ensure_resolved(top)) [[unlikely]] {
    failed = true;
    return {};
  }
  return walk(view_now(top, keep), key);
}
Found read(Layer* top, std::string_view path, Value& keep, bool& failed) {
  if (!ensure_resolved(top)) [[unlikely]] {
    failed = true;
    return {};
  }
  return walk(view_now(top, keep), path, &failed);
}
Found read(Layer* top, const Path& path, Value& keep, bool& failed) {
  if (!ensure_resolved(top)) [[unlikely]] {
    failed = true;
    return {};
  }
  return find_path(view_now(top, keep), path);
}

Errors read_errors(Layer* top, std::string_view path) {
  return ensure_resolved(top) ? bad_path_errors(path) : failures_of(top);
}
Errors read_errors(Layer* top, const Key&) { return failures_of(top); }
Errors read_errors(Layer* top, const Path&) { return failures_of(top); }

}  // namespace detail

Result<void> SuperConfig::resolve() const {
  if (detail::ensure_resolved(top_.layer)) return {};
  return detail::failures_of(top_.layer);
}

Result<Value> SuperConfig::try_value() const {
  if (!detail::ensure_resolved(top_.layer)) return detail::failures_of(top_.layer);
  Value keep;
  return detail::view_now(top_.layer, keep);
}

Errors SuperConfig::not_found(const Path& path) const {
  Error error;
  error.code = ErrorCode::missing_field;
  error.field = path.to_string();
  error.message = "there is no value";
  // A neighbour of nearly the same name is what was meant, most of the time.
  Path parent = path;
  if (!parent.empty()) {
    parent.pop_back();
    Value keep;
    bool failed = false;
    const auto found = detail::read(top_.layer, parent, keep, failed);
    if (found) {
      detail::Nearest nearest(path.segments().back());
      for (const auto& entry : found.value->entries()) nearest.consider(entry.name.view());
      if (!nearest.name().empty()) error.hint = "did you mean `" + std::string(nearest.name()) + "`?";
    }
  }
  error.profile = detail::shared_of(top_.layer).profiles.selected;
  return error;
}

Result<Found> SuperConfig::locate_for(const Shape& shape, std::string_view path, Value& keep) const {
  if (!detail::ensure_resolved(top_.layer)) return detail::failures_of(top_.layer);
  const auto parsed = Path::parse(path);
  if (!parsed) return parsed.error();
  const auto& shared = detail::shared_of(top_.layer);
  Value own;
  keep = detail::view_now(top_.layer, own);
  if (shared.guessed) {
    // Variables that no layer's key claimed may be claimed by the type's fields.
    auto view = detail::view_for(top_.layer, shape, *parsed);
    if (!view) return view.error();
    keep = std::move(*view);
  }
  const auto found = find_path(keep, *parsed);
  if (!found) return not_found(*parsed);
  return found;
}

Result<Value> SuperConfig::try_extract_inner(const Shape& shape, std::string_view path,
                                             const ExtractOptions& asked) const {
  const auto options = strict(asked);
  Value keep;
  const auto found = locate_for(shape, path, keep);
  if (!found) return found.error();
  auto result = extract_value(*found, shape, options, detail::segments_of(path));
  if (options.deny_unknown) {
    auto errors = with_unmatched(shape, path, result ? Errors() : result.error());
    if (!errors.empty()) result = Result<Value>(std::move(errors));
  }
  if (result) return result;
  return blame(std::vector<Error>(result.error().begin(), result.error().end()));
}

ExtractOptions SuperConfig::strict(ExtractOptions options) const {
  if (detail::ensure_resolved(top_.layer) && detail::shared_of(top_.layer).deny_unknown) options.deny_unknown = true;
  return options;
}

Errors SuperConfig::with_unmatched(const Shape& shape, std::string_view path, const Errors& errors) const {
  const auto parsed = Path::parse(path);
  const auto unmatched = detail::unmatched_for(top_.layer, shape, *parsed);
  if (unmatched.empty()) return errors;
  Errors all;
  const std::vector<KnownShape> shapes{{&shape, parsed->segments()}};
  for (const auto& variable : unmatched) {
    Error error;
    error.code = ErrorCode::unknown_field;
    error.path = variable.path;
    error.message = "`" + variable.name + "` matches no known key";
    error.origin = variable.origin;
    const auto nearest =
        variable.nearest.empty() ? detail::nearest_known_key(variable.path, Below({}, shapes)) : variable.nearest;
    if (!nearest.empty()) error.hint = "did you mean `" + nearest + "`?";
    all.add(std::move(error));
  }
  // What the extractor says of the same keys is the same news.
  for (const auto& error : errors) {
    const bool told = error.code == ErrorCode::unknown_field &&
                      std::any_of(unmatched.begin(), unmatched.end(), [&](const auto& variable) {
                        return error.path.size() <= variable.path.size() &&
                               std::equal(error.path.begin(), error.path.end(), variable.path.begin());
                      });
    if (!told) all.add(error);
  }
  return all;
}

Errors SuperConfig::blame(std::vector<Error> errors) const {
  const auto& shared = detail::shared_of(top_.layer);
  const auto traced = detail::trace(top_.layer);
  const auto default_tree = detail::default_tree_of(top_.layer);
  for (auto& error : errors) {
    const Path path(error.path);
    if (error.profile.empty()) error.profile = detail::profile_at(default_tree, shared.profiles, path);
    if (!error.origin.layer.empty() || path.empty()) continue;
    if (const auto found = find_path(traced->view, path)) error.origin.layer = traced->place(found.mark).layer;
  }
  return Errors(std::move(errors));
}

// ---- reading ----

namespace {

template <class T>
T or_throw(Result<T> result) {
  return std::move(result).value_or_throw();
}

}  // namespace

Result<bool> SuperConfig::try_contains(std::string_view path) const {
  Value keep;
  bool failed = false;
  const auto found = detail::read(top_.layer, path, keep, failed);
  if (failed) return detail::read_errors(top_.layer, path);
  return static_cast<bool>(found);
}
bool SuperConfig::contains(std::string_view path) const { return or_throw(try_contains(path)); }

Result<std::vector<std::string>> SuperConfig::try_keys(std::string_view path) const {
  Value keep;
  bool failed = false;
  const auto found = detail::read(top_.layer, path, keep, failed);
  if (failed) return detail::read_errors(top_.layer, path);
  const auto segments = detail::segments_of(path);
  if (!found) return not_found(Path(segments));
  if (!found.value->is_dict()) {
    Error error;
    error.code = ErrorCode::invalid_type;
    error.path = segments;
    error.expected = "a dict";
    error.found = std::string(name_of(found.value->kind()));
    error.origin = origin_of(found.mark);
    return blame({std::move(error)});
  }
  std::vector<std::string> names;
  for (const auto& entry : found.value->entries()) names.emplace_back(entry.name.view());
  return names;
}
std::vector<std::string> SuperConfig::keys(std::string_view path) const { return or_throw(try_keys(path)); }

Result<std::optional<Value>> SuperConfig::try_find_value(std::string_view path) const {
  Value keep;
  bool failed = false;
  const auto found = detail::read(top_.layer, path, keep, failed);
  if (failed) return detail::read_errors(top_.layer, path);
  return found ? std::optional<Value>(*found.value) : std::nullopt;
}
std::optional<Value> SuperConfig::find_value(std::string_view path) const { return or_throw(try_find_value(path)); }

Result<std::optional<Origin>> SuperConfig::try_find_metadata(std::string_view path) const {
  Value keep;
  bool failed = false;
  const auto found = detail::read(top_.layer, path, keep, failed);
  if (failed) return detail::read_errors(top_.layer, path);
  if (!found) return std::optional<Origin>();
  const auto traced = detail::trace(top_.layer);
  const auto where = find_path(traced->view, Path(detail::segments_of(path)));
  return std::optional<Origin>(where ? traced->origin(where.mark) : origin_of(found.mark));
}
std::optional<Origin> SuperConfig::find_metadata(std::string_view path) const {
  return or_throw(try_find_metadata(path));
}

Result<std::vector<std::string>> SuperConfig::try_profiles() const {
  if (!detail::ensure_resolved(top_.layer)) return detail::failures_of(top_.layer);
  std::vector<std::string> names;
  const auto& profiles = detail::shared_of(top_.layer).profiles;
  if (top_.layer && top_.layer->default_tree)
    names.push_back(profiles.default_spelling.empty() ? std::string(default_profile) : profiles.default_spelling);
  for (const auto& other : profiles.others) names.push_back(other.profile);
  return names;
}
std::vector<std::string> SuperConfig::profiles() const { return or_throw(try_profiles()); }

std::string SuperConfig::profile() const {
  const auto* layer = top_.layer;
  while (layer) {
    if (layer->type == LayerType::select) return static_cast<const NameLayer*>(layer)->name;
    const bool takes_over =
        layer->type == LayerType::config && (layer->order == Order::merge || layer->order == Order::admerge);
    layer = takes_over ? static_cast<const ConfigLayer*>(layer)->inner.layer : layer->parent;
  }
  return std::string(default_profile);
}

Verbosity SuperConfig::verbosity() const noexcept {
  const auto* layer = top_.layer;
  while (layer && layer->type != LayerType::verbosity) layer = layer->parent;
  return layer ? layer->level : Verbosity::silent;
}

std::vector<LayerInfo> SuperConfig::layers() const {
  std::vector<LayerInfo> list;
  for (const auto* layer = top_.layer; layer; layer = layer->parent)
    if (layer->is_real()) list.push_back({detail::metadata_of(*layer), layer->order});
  return {list.rbegin(), list.rend()};
}

Result<Value> SuperConfig::exported(Secrets secrets) const {
  auto value = try_value();
  if (!value || secrets == Secrets::reveal) return value;
  return masked_by_type(*value, detail::declared_types(top_.layer));
}

namespace {

template <class Format>
struct Revealed {};

// The text that `write` makes of the tree, kept from the second time on.
template <class Format, class Tree>
Result<std::string> text_of(detail::Layer* top, Secrets secrets, const Tree& tree, const Format& write) {
  const detail::ExtractionKey key{
      secrets == Secrets::mask ? &detail::extraction_token<Format> : &detail::extraction_token<Revealed<Format>>,
      {},
      {}};
  if (const auto* kept = detail::find_extraction(top, key)) return *static_cast<const std::string*>(kept->get());
  const auto value = tree(secrets);
  if (!value) return value.error();
  Result<std::string> text = write(*value);
  if (text && detail::is_worth_keeping(top, key))
    detail::keep_extraction(top, key, std::make_shared<const std::string>(*text));
  return text;
}

}  // namespace

Result<std::string> SuperConfig::try_as_json(Secrets secrets) const {
  const auto tree = [this](Secrets which) { return exported(which); };
  return text_of(top_.layer, secrets, tree, [](const Value& value) { return write_json(value); });
}
Result<std::string> SuperConfig::try_as_yaml(Secrets secrets) const {
  const auto tree = [this](Secrets which) { return exported(which); };
  return text_of(top_.layer, secrets, tree, [](const Value& value) { return write_yaml(value); });
}
Result<std::string> SuperConfig::try_as_toml(Secrets secrets) const {
  const auto tree = [this](Secrets which) { return exported(which); };
  return text_of(top_.layer, secrets, tree, [](const Value& value) { return write_toml(value); });
}

std::vector<Warning> SuperConfig::warnings() const {
  if (!detail::ensure_resolved(top_.layer) && top_.layer->state.load(std::memory_order_acquire) != Layer::failed)
    return {};
  const auto& shared = detail::shared_of(top_.layer);
  std::vector<const detail::WarningList*> lists;
  for (const auto* list = shared.warnings.get(); list; list = list->before.get()) lists.push_back(list);
  std::vector<Warning> all;
  for (auto it = lists.rbegin(); it != lists.rend(); ++it)
    all.insert(all.end(), (*it)->warnings.begin(), (*it)->warnings.end());
  all.insert(all.end(), shared.view_warnings.begin(), shared.view_warnings.end());
  return all;
}

ProviderPtr SuperConfig::as_provider() const {
  return std::make_shared<detail::FunctionProvider>(
      "configuration",
      [copy = *this](const Below&) -> Result<Loaded> {
        // Its trees, not its view: an edit that waits in one of its profiles may meet its array here.
        if (!detail::ensure_resolved(copy.top_.layer)) {
          auto errors = detail::failures_of(copy.top_.layer);
          const auto& shared = detail::shared_of(copy.top_.layer);
          if (!shared.errors.empty() || shared.view_errors.empty()) return errors;
        }
        Loaded loaded;
        const auto& profiles = detail::shared_of(copy.top_.layer).profiles;
        const auto default_tree = detail::default_tree_of(copy.top_.layer);
        if (!default_tree.is_null()) loaded.content.push_back({std::string(default_profile), default_tree, {}});
        loaded.content.insert(loaded.content.end(), profiles.others.begin(), profiles.others.end());
        return loaded;
      },
      false);
}

}  // namespace superconfig
