#include <algorithm>
#include <atomic>
#include <cstring>
#include <unordered_map>
#include <vector>

#include "superconfig/origin.hpp"
#include "sync/sync.hpp"
#include "text/secrets.hpp"

namespace superconfig {
namespace detail {

// A source and what is known of it. `refs` reaches zero only under the table's lock, so that a look-up by id or
// by name never revives a source that is being deleted.
class SourceNode {
 public:
  SourceNode(SourceKind k, std::string n, std::string b) : kind(k), name(std::move(n)), bytes(std::move(b)) {}

  std::atomic<std::uint32_t> refs{1};
  std::uint32_t id = 0;
  SourceKind kind;
  bool interned = false;
  std::string name;
  std::string bytes;
  // Where lines begin; made by the first who asks for a line, so that asking for many is cheap.
  std::atomic<const std::vector<std::uint32_t>*> lines{nullptr};

  ~SourceNode() { delete lines.load(std::memory_order_acquire); }
  SourceNode(const SourceNode&) = delete;
  SourceNode& operator=(const SourceNode&) = delete;

  const std::vector<std::uint32_t>& line_starts() {
    const auto* known = lines.load(std::memory_order_acquire);
    if (known) return *known;
    auto* made = new std::vector<std::uint32_t>{0};
    for (std::size_t at = 0; (at = bytes.find('\n', at)) != std::string::npos;)
      made->push_back(static_cast<std::uint32_t>(++at));
    // Two threads may come here at once: the first one's counts.
    if (lines.compare_exchange_strong(known, made, std::memory_order_acq_rel)) return *made;
    delete made;
    return *known;
  }
  static SourceNode* of(const Source& source) noexcept { return source.node_; }

  static Source wrap(SourceNode* node) noexcept { return Source(node); }
  static Source share(SourceNode* node) noexcept {
    node->refs.fetch_add(1, std::memory_order_relaxed);
    return Source(node);
  }
};

namespace {

struct InternKey {
  SourceKind kind;
  std::string_view name;  // the node's own
  friend bool operator==(const InternKey&, const InternKey&) = default;
};
struct InternHash {
  std::size_t operator()(const InternKey& key) const noexcept {
    return std::hash<std::string_view>()(key.name) * 31 + static_cast<std::size_t>(key.kind);
  }
};

struct Table {
  sync::ProcessMutex mutex{2};
  std::uint32_t last_id = 0;
  std::unordered_map<std::uint32_t, SourceNode*> by_id;
  std::unordered_map<InternKey, SourceNode*, InternHash> interned;
  std::vector<Source> places;  // in code; kept for ever (see the header)
  std::vector<Source> kept;    // other interned ones
};

// Never destroyed: values in static storage may outlive every other static.
Table& table() {
  static auto* const instance = new Table;
  return *instance;
}

// With the lock held. False when the ids are used up; they are never reused.
bool enter(Table& t, SourceNode& node) {
  if (t.last_id == UINT32_MAX) return false;
  node.id = ++t.last_id;
  t.by_id.emplace(node.id, &node);
  return true;
}

Source add(SourceKind kind, std::string name, std::string bytes) {
  auto* node = new SourceNode(kind, std::move(name), std::move(bytes));
  auto& t = table();
  {
    sync::ProcessLock lock(t.mutex);
    if (enter(t, *node)) return SourceNode::wrap(node);
  }
  delete node;
  return {};
}

Source intern(SourceKind kind, std::string_view name) {
  auto& t = table();
  sync::ProcessLock lock(t.mutex);
  if (const auto it = t.interned.find({kind, name}); it != t.interned.end()) return SourceNode::share(it->second);
  // The first ones stay, so that loading the same variables again makes nothing anew. Bounded: names may come from
  // outside.
  constexpr std::size_t most_kept = 1024;
  auto* node = new SourceNode(kind, std::string(name), {});
  node->interned = true;
  if (!enter(t, *node)) {
    delete node;
    return {};
  }
  t.interned.emplace(InternKey{kind, node->name}, node);
  if (kind != SourceKind::code && t.kept.size() < most_kept) t.kept.push_back(SourceNode::share(node));
  return SourceNode::wrap(node);
}

void drop(SourceNode* node) {
  // More than one holder: no lock needed. The last one goes through the table.
  auto refs = node->refs.load(std::memory_order_relaxed);
  while (refs > 1)
    if (node->refs.compare_exchange_weak(refs, refs - 1, std::memory_order_acq_rel)) return;
  auto& t = table();
  {
    sync::ProcessLock lock(t.mutex);
    if (node->refs.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    t.by_id.erase(node->id);
    if (node->interned) t.interned.erase(InternKey{node->kind, node->name});
  }
  delete node;
}

}  // namespace
}  // namespace detail

using detail::SourceNode;

Source::Source(const Source& other) noexcept : node_(other.node_) {
  if (node_) node_->refs.fetch_add(1, std::memory_order_relaxed);
}
Source::~Source() {
  if (node_) detail::drop(node_);
}

Source Source::file(std::string absolute_path, std::string bytes) {
  return detail::add(SourceKind::file, std::move(absolute_path), std::move(bytes));
}
Source Source::text(std::string name, std::string bytes) {
  return detail::add(SourceKind::text, std::move(name), std::move(bytes));
}
Source Source::environment(std::string_view variable) { return detail::intern(SourceKind::environment, variable); }
Source Source::argument(std::string_view spelling) { return detail::intern(SourceKind::argument, spelling); }
Source Source::other(std::string_view name) { return detail::intern(SourceKind::other, name); }

std::uint32_t Source::id() const noexcept { return node_ ? node_->id : 0; }
SourceKind Source::kind() const noexcept { return node_ ? node_->kind : SourceKind::unknown; }
std::string_view Source::name() const noexcept { return node_ ? std::string_view(node_->name) : std::string_view(); }
std::string_view Source::bytes() const noexcept { return node_ ? std::string_view(node_->bytes) : std::string_view(); }
Mark Source::mark(std::size_t offset) const noexcept {
  return {id(), static_cast<std::uint32_t>(std::min<std::size_t>(offset, UINT32_MAX))};
}

Mark code_mark(const std::source_location& place) {
  // The file name is a literal: the same place gives the same pointer, so a small cache by pointer spares the
  // lock in loops that derive many configurations.
  struct Known {
    const char* file = nullptr;
    std::uint32_t id = 0;
  };
  static thread_local Known known;
  if (known.file != place.file_name()) {
    auto source = detail::intern(SourceKind::code, place.file_name());
    known = {place.file_name(), source.id()};
    auto& t = detail::table();
    const sync::ProcessLock lock(t.mutex);
    t.places.push_back(std::move(source));
  }
  return {known.id, place.line()};
}

Source source_of(Mark mark) {
  auto& t = detail::table();
  sync::ProcessLock lock(t.mutex);
  auto it = t.by_id.find(mark.source);
  return it == t.by_id.end() ? Source() : SourceNode::share(it->second);
}

Origin origin_of(Mark mark) {
  Origin origin;
  const auto source = source_of(mark);
  if (!source) return origin;
  origin.kind = source.kind();
  origin.name = source.name();
  switch (source.kind()) {
    case SourceKind::code: origin.line = mark.offset; break;
    case SourceKind::file:
    case SourceKind::text: {
      const auto bytes = source.bytes();
      const auto at = std::min<std::size_t>(mark.offset, bytes.size());
      const auto& starts = SourceNode::of(source)->line_starts();
      const auto next = std::upper_bound(starts.begin(), starts.end(), static_cast<std::uint32_t>(at));
      origin.line = static_cast<std::uint32_t>(next - starts.begin());
      std::size_t begin = *std::prev(next);
      if (begin == 0 && bytes.starts_with("\xEF\xBB\xBF") && at >= 3) begin = 3;
      const auto code_points = std::count_if(bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                                             bytes.begin() + static_cast<std::ptrdiff_t>(at),
                                             [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
      origin.column = static_cast<std::uint32_t>(code_points) + 1;
      // A line of a minified file may be megabytes long: what is shown is bounded.
      constexpr std::size_t longest = 400;
      auto line = bytes.substr(begin, bytes.find('\n', begin) - begin);
      if (line.size() <= longest) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        origin.line_text = line;
        origin.line_column = origin.column;
        origin.line_masked = detail::hide_secrets(origin.line_text, origin.line_column);
      }
      break;
    }
    default: break;
  }
  return origin;
}

std::string Origin::to_string() const {
  switch (kind) {
    case SourceKind::unknown: return "unknown";
    case SourceKind::environment: return "env " + name;
    case SourceKind::argument:
    case SourceKind::other: return name;
    default: break;
  }
  auto text = name;
  if (line) text += ":" + std::to_string(line);
  if (column) text += ":" + std::to_string(column);
  return text;
}

}  // namespace superconfig
