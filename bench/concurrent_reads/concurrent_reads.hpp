// Threads that read one handle at the same time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <superconfig/superconfig.hpp>

namespace bench {

/// What a thread does n times; the answers' sum.
using Loop = std::function<std::uint64_t(std::size_t thread, std::size_t n)>;

inline constexpr std::size_t most_readers = 2;

/// All threads read one integer of one handle by one Key.
Loop read_one_handle(const superconfig::ConfigHandle& handle, const superconfig::Key& key);

/// The control: the same read, of a configuration and by a Key that no other thread has, with the same stores that a
/// reader of a handle makes, to a line of the thread's own. What two threads of it lose, the machine takes.
Loop read_own_configuration(const superconfig::SuperConfig (&configs)[most_readers], const std::string& path);

}  // namespace bench
