#include "config/layer.hpp"

#include <algorithm>
#include <new>

#include "sync/blocks.hpp"
#include "value/copy.hpp"

namespace superconfig::detail {

LayerRef::LayerRef(const LayerRef& other) noexcept : layer(other.layer) {
  if (layer) layer->refs.fetch_add(1, std::memory_order_relaxed);
}
LayerRef::~LayerRef() { detail::release(layer); }

ValueLayer* make_value_layer(std::string_view path, Value value, Mark mark) {
  auto* layer = new (sync::take_block(sizeof(ValueLayer) + path.size())) ValueLayer();
  layer->value = std::move(value);
  layer->mark = mark;
  layer->size = static_cast<std::uint32_t>(path.size());
  if (!path.empty()) std::memcpy(reinterpret_cast<char*>(layer + 1), path.data(), path.size());
  return layer;
}

namespace {

void destroy(Layer* layer) noexcept {
  if (layer->default_tree) release(layer->default_tree);
  Counted<Shared> shared(layer->shared);
  delete layer->extra.load(std::memory_order_acquire);
  switch (layer->type) {
    case LayerType::provider: delete static_cast<ProviderLayer*>(layer); break;
    case LayerType::config: delete static_cast<ConfigLayer*>(layer); break;
    case LayerType::select:
    case LayerType::focus: delete static_cast<NameLayer*>(layer); break;
    case LayerType::shape: delete static_cast<ShapeLayer*>(layer); break;
    case LayerType::sink: delete static_cast<SinkLayer*>(layer); break;
    case LayerType::edits:
    case LayerType::strict:
    case LayerType::verbosity: delete layer; break;
    case LayerType::value: {
      auto* value = static_cast<ValueLayer*>(layer);
      const auto bytes = sizeof(ValueLayer) + value->size;
      value->~ValueLayer();
      sync::give_block(value, bytes);
      break;
    }
  }
}

}  // namespace

void release(Layer* layer) noexcept {
  // Loops: a stack may be long, and configurations may lie inside one another; what dies inside of another waits here.
  // (A pointer to a local: configurations in static storage die after the thread's own objects.)
  static thread_local std::vector<Layer*>* waiting = nullptr;
  if (waiting) {
    waiting->push_back(layer);
    return;
  }
  std::vector<Layer*> layers;
  waiting = &layers;
  for (;;) {
    while (layer && (layer->refs.load(std::memory_order_acquire) == 1 ||
                     layer->refs.fetch_sub(1, std::memory_order_acq_rel) == 1)) {
      auto* below = layer->parent;
      destroy(layer);
      layer = below;
    }
    if (layers.empty()) break;
    layer = layers.back();
    layers.pop_back();
  }
  waiting = nullptr;
}

Extra& Layer::extras() {
  auto* known = extra.load(std::memory_order_acquire);
  if (known) return *known;
  auto* made = new Extra;
  // Two threads may come here at once: the first one's counts.
  if (extra.compare_exchange_strong(known, made, std::memory_order_acq_rel)) return *made;
  delete made;
  return *known;
}

namespace {

void copy_loaded(const ProviderLayer& from, ProviderLayer& to) {
  if (from.load_state.load(std::memory_order_acquire) != Layer::resolved) return;
  auto& loaded = to.extras().loaded;
  loaded = from.extra.load(std::memory_order_acquire)->loaded;
  if (loaded)
    for (auto& content : loaded->content) content.tree = deep_copy(content.tree);
  to.load_state.store(Layer::resolved, std::memory_order_relaxed);  // nobody else sees it yet
}

enum class Again : std::uint8_t { unread, unread_with_environment, copied };

LayerRef chain_of_copies(const LayerRef& top, Again again);

// The same layer, over nothing.
Layer* copy_of(const Layer& layer, Again again) {
  const auto with_order = [&layer](Layer* copy) {
    copy->order = layer.order;
    copy->flag = layer.flag;
    copy->level = layer.level;
    return copy;
  };
  switch (layer.type) {
    case LayerType::provider: {
      auto* copy = new ProviderLayer();
      copy->provider = static_cast<const ProviderLayer&>(layer).provider;
      if (again == Again::unread_with_environment) {
        if (auto anew = copy->provider->recaptured()) copy->provider = std::move(anew);
      }
      if (again == Again::copied) copy_loaded(static_cast<const ProviderLayer&>(layer), *copy);
      return with_order(copy);
    }
    case LayerType::value: {
      const auto& value = static_cast<const ValueLayer&>(layer);
      return with_order(
          make_value_layer(value.path(), again == Again::copied ? deep_copy(value.value) : value.value, value.mark));
    }
    case LayerType::config: {
      auto* copy = new ConfigLayer();
      const auto& inner = static_cast<const ConfigLayer&>(layer).inner;
      // What composing took from it is in the trees above; it is kept to be told of, and nobody changes it. One that
      // lies too deep fails anyway.
      const bool shares = again == Again::copied || layer.nesting > most_nesting;
      copy->inner = shares ? inner : chain_of_copies(inner, again);
      return with_order(copy);
    }
    case LayerType::select:
    case LayerType::focus: {
      auto* copy = new NameLayer(layer.type);
      copy->name = static_cast<const NameLayer&>(layer).name;
      return with_order(copy);
    }
    case LayerType::shape: {
      auto* copy = new ShapeLayer();
      copy->shape = static_cast<const ShapeLayer&>(layer).shape;
      return with_order(copy);
    }
    case LayerType::sink: {
      auto* copy = new SinkLayer();
      copy->sink = static_cast<const SinkLayer&>(layer).sink;
      return with_order(copy);
    }
    default: return with_order(new Layer(layer.type));
  }
}

LayerRef chain_of_copies(const LayerRef& top, Again again) {
  std::vector<const Layer*> chain;
  for (const auto* layer = top.layer; layer; layer = layer->parent) chain.push_back(layer);
  LayerRef stack;
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) stack = over(std::move(stack), copy_of(**it, again));
  return stack;
}

}  // namespace

LayerRef refreshed(const LayerRef& top, bool environment) {
  return chain_of_copies(top, environment ? Again::unread_with_environment : Again::unread);
}
LayerRef copied_layers(const LayerRef& top) { return chain_of_copies(top, Again::copied); }

std::vector<std::string> split_key(std::string_view key) {
  std::vector<std::string> segments;
  for (;;) {
    const auto dot = key.find('.');
    segments.emplace_back(key.substr(0, dot));
    if (dot == std::string_view::npos) return segments;
    key.remove_prefix(dot + 1);
  }
}

LayerRef over(LayerRef below, Layer* layer) noexcept {
  if (layer->type == LayerType::config) {
    const auto* inner = static_cast<const ConfigLayer*>(layer)->inner.layer;
    layer->nesting = inner ? inner->nesting + 1 : 1;
  }
  if (const auto* parent = below.layer) {
    layer->index = parent->index + (parent->is_real() ? 1U : 0U);
    layer->nesting = std::max(layer->nesting, parent->nesting);
  }
  layer->parent = below.release();
  return LayerRef(layer);
}

const Shared& Fold::now() const noexcept {
  static const Shared none;
  return shared ? *shared : none;
}
Shared& Fold::change() {
  if (!shared) {
    shared = Counted<Shared>(new Shared);
  } else if (!shared.unshared()) {
    shared = Counted<Shared>(new Shared(*shared));
  }
  return *shared;
}

const Shared& shared_of(const Layer* top) noexcept {
  static const Shared none;
  return top && top->shared ? *top->shared : none;
}

Value default_tree_of(const Layer* top) noexcept {
  if (!top || !top->default_tree) return {};
  retain(top->default_tree);
  return Value::adopt(Value::Tag::dict, top->default_tree);
}

}  // namespace superconfig::detail
