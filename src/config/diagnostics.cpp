// What loading did, for people: messages, lists of sources, the whole configuration as text.

#include <cstdio>

#include "config/trace.hpp"
#include "formats/formats.hpp"
#include "superconfig/config.hpp"
#include "superconfig/mask.hpp"

namespace superconfig {

std::string_view name_of(Verbosity level) noexcept {
  switch (level) {
    case Verbosity::silent: return "silent";
    case Verbosity::info: return "info";
    case Verbosity::debug: return "debug";
    case Verbosity::trace: return "trace";
  }
  return "silent";
}

std::string Message::to_string() const {
  return std::string(name_of(level)) + " [" + std::to_string(step) + "] " + provider + ": " + text;
}

namespace detail {
namespace {

std::size_t count_values(const Value& value) {
  if (!value.is_dict()) return 1;
  std::size_t count = 0;
  for (const auto& entry : value.entries()) count += count_values(entry.value);
  return count;
}

template <class Use>
void each_value(const Value& value, Mark mark, std::vector<std::string>& path, const Use& use) {
  if (!value.is_dict()) return use(path, value, mark);
  for (const auto& entry : value.entries()) {
    path.emplace_back(entry.name.view());
    each_value(entry.value, entry.mark, path, use);
    path.pop_back();
  }
}

std::string title(const Layer& layer) {
  const auto metadata = metadata_of(layer);
  return metadata.place.empty() ? metadata.name : metadata.name + " " + metadata.place;
}

std::string gave(std::size_t values) { return values == 1 ? "1 value" : std::to_string(values) + " values"; }

}  // namespace

void messages_of(Layer& layer, Verbosity verbosity, std::vector<Message>& messages) {
  if (verbosity == Verbosity::silent || !layer.is_real()) return;
  const auto step = layer.index;
  const auto provider = title(layer);
  const auto say = [&](Verbosity level, std::string text, bool success = true) {
    if (level <= verbosity) messages.push_back({level, step, provider, std::move(text), success});
  };
  if (layer.type == LayerType::provider) {
    const auto& loaded = layer.extras().loaded;
    if (!loaded) {
      for (const auto& error : loaded.error()) say(Verbosity::info, error.to_string(), false);
      return;
    }
    for (const auto& message : loaded->messages) say(message.level, message.text, message.success);
    if (loaded->content.empty() && !loaded->messages.empty()) return;
  }
  const auto content = content_of(layer);
  std::size_t values = 0;
  for (const auto& tree : content) values += count_values(tree.tree);
  say(Verbosity::info, content.empty() ? "nothing" : gave(values));
  for (const auto& tree : content) {
    say(Verbosity::debug,
        std::string(name_of(layer.order)) + " into profile " + tree.profile + ": " + gave(count_values(tree.tree)));
    std::vector<std::string> path;
    each_value(tree.tree, tree.mark, path, [&](const auto& at, const Value& value, Mark mark) {
      say(Verbosity::trace, path_text(at) + " = " + masked(value, at).to_string() + "  " + origin_of(mark).to_string());
    });
  }
}

}  // namespace detail

std::vector<Message> SuperConfig::debug_messages() const {
  (void)resolve();
  std::vector<detail::Layer*> layers;
  for (auto* layer = top_.layer; layer; layer = layer->parent) layers.push_back(layer);
  std::vector<Message> messages;
  const auto verbosity = detail::shared_of(top_.layer).verbosity;
  for (auto it = layers.rbegin(); it != layers.rend(); ++it) detail::messages_of(**it, verbosity, messages);
  messages.erase(messages.begin(),
                 messages.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(cleared_, messages.size())));
  return messages;
}

std::vector<Message> SuperConfig::debug_messages_at_level(Verbosity level) const {
  auto messages = debug_messages();
  std::erase_if(messages, [level](const Message& message) { return message.level != level; });
  return messages;
}

void SuperConfig::clear_debug_messages() { cleared_ += static_cast<std::uint32_t>(debug_messages().size()); }

void SuperConfig::print_debug_messages() const {
  for (const auto& message : debug_messages()) std::fprintf(stderr, "%s\n", message.to_string().c_str());
}
void SuperConfig::print_warnings() const {
  for (const auto& warning : warnings()) std::fprintf(stderr, "warning: %s\n", warning.to_string().c_str());
}

std::vector<std::string> SuperConfig::debug_sources() const {
  (void)resolve();
  std::vector<std::string> lines;
  for (auto* layer = top_.layer; layer; layer = layer->parent) {
    if (!layer->is_real()) continue;
    auto line =
        std::to_string(layer->index) + " " + std::string(name_of(layer->order)) + " " + detail::title(*layer) + ": ";
    if (layer->type == detail::LayerType::provider && !layer->extras().loaded) {
      line += layer->extras().loaded.error()[0].to_string();
    } else {
      std::size_t values = 0;
      for (const auto& tree : detail::content_of(*layer)) values += detail::count_values(tree.tree);
      line += detail::gave(values);
    }
    lines.insert(lines.begin(), std::move(line));
  }
  return lines;
}

std::string SuperConfig::debug_config() const {
  std::string text = "profile " + profile() + "\n";
  for (const auto& line : debug_sources()) text += line + "\n";
  const auto tree = try_value();
  if (!tree) return text + tree.error().to_string() + "\n";
  return text + masked(masked_by_type(*tree, detail::declared_types(top_.layer))).to_string() + "\n";
}

}  // namespace superconfig
