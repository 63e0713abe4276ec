#include "registry/pin.hpp"

#include "config/layer.hpp"
#include "superconfig/registry/cell_access.hpp"

namespace superconfig::detail {
namespace {

#if SUPERCONFIG_THREADS

using ProgramEpochs = Epochs<sync::RealAtomics>;
using Record = ProgramEpochs::Record;

// A plain pointer of the initial-exec model: in a library that was loaded at run time the general one costs twice as
// much as all the rest of a pin.
[[gnu::tls_model("initial-exec")]] constinit thread_local Record* mine = nullptr;
// Set when the thread's objects are being destroyed: from then on a record is held only while it is needed.
constinit thread_local bool is_ending = false;

// Never destroyed: handles in static storage die after everything else.
union Program {
  ProgramEpochs epochs;
  constexpr Program() : epochs() {}
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() {}  // NOLINT: on purpose
};
constinit Program program;

ProgramEpochs& epochs() noexcept { return program.epochs; }

struct ThreadEnd {
  ~ThreadEnd() {
    is_ending = true;
    if (mine && !ProgramEpochs::is_pinned(*mine)) epochs().release_record(std::exchange(mine, nullptr));
  }
};

[[gnu::noinline, gnu::cold]] Record& begin() {
  static const bool watches_forks = (sync::on_fork([] { epochs().forget_others(mine); }), true);
  (void)watches_forks;
  mine = epochs().acquire_record();
  if (!is_ending) {
    static thread_local const ThreadEnd at_end;
    (void)at_end;
  }
  return *mine;
}
[[gnu::always_inline]] inline Record& record() { return mine ? *mine : begin(); }

[[gnu::noinline, gnu::cold]] void end_early() noexcept {
  if (mine && !ProgramEpochs::is_pinned(*mine)) epochs().release_record(std::exchange(mine, nullptr));
}

#else

// One thread: a reader can be overtaken only by what it calls itself.
struct Record {
  std::uint32_t depth = 0;
  std::vector<Layer*> garbage;
} only;

void collect() noexcept {
  while (only.depth == 0 && !only.garbage.empty()) {
    auto* layer = only.garbage.back();
    only.garbage.pop_back();
    release(layer);
  }
}

#endif

}  // namespace

#if SUPERCONFIG_THREADS

Pin::Pin() { epochs().pin(record()); }
Pin::~Pin() {
  epochs().unpin(*mine);
  if (is_ending) [[unlikely]]
    end_early();
}

void retire(Layer* layer) noexcept {
  if (layer == nullptr) return;
#if defined(__cpp_exceptions)
  try {
    (void)record();
  } catch (...) {
    return;  // no memory for the thread's first record: the layer stays
  }
#endif
  epochs().retire(record(), layer, [](void* object) noexcept { release(static_cast<Layer*>(object)); });
  if (is_ending) [[unlikely]]
    end_early();
}

void collect_garbage() noexcept {
  if (mine) epochs().collect(*mine);
}
std::size_t garbage_of_this_thread() noexcept { return mine ? ProgramEpochs::waiting(*mine) : 0; }
std::size_t epoch_records() noexcept { return epochs().records(); }

#else

Pin::Pin() { ++only.depth; }
Pin::~Pin() {
  --only.depth;
  collect();
}
void retire(Layer* layer) noexcept {
  if (layer == nullptr) return;
  if (only.depth == 0) return release(layer);
  only.garbage.push_back(layer);
}
void collect_garbage() noexcept { collect(); }
std::size_t garbage_of_this_thread() noexcept { return only.garbage.size(); }
std::size_t epoch_records() noexcept { return 1; }

#endif

}  // namespace superconfig::detail
