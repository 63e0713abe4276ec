#include "superconfig/mode.hpp"

#include <cstdio>

#include "host/host.hpp"

namespace superconfig {

std::string_view name_of(Mode mode) noexcept { return mode == Mode::clone ? "clone" : "handle"; }

void set_mode(Mode mode) noexcept {
  detail::process_mode.store(static_cast<std::uint8_t>(mode), std::memory_order_relaxed);
}

namespace detail {

std::atomic<std::uint8_t> process_mode{unasked_mode};

[[gnu::noinline, gnu::cold]] Mode ask_environment_for_mode() noexcept {
  const auto text = host::variable("SUPERCONFIG_MODE");
  const auto asked = text == name_of(Mode::clone) ? Mode::clone : Mode::handle;
  auto known = unasked_mode;
  if (!process_mode.compare_exchange_strong(known, static_cast<std::uint8_t>(asked), std::memory_order_relaxed))
    return static_cast<Mode>(known);
  if (!text.empty() && text != name_of(asked))
    std::fprintf(stderr, "superconfig: SUPERCONFIG_MODE is `%s`; it may be `handle` or `clone`; `handle` is used\n",
                 text.c_str());
  return asked;
}

}  // namespace detail

}  // namespace superconfig
