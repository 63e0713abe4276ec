// How a layer is composed over what is below it.
#pragma once

#include <cstdint>
#include <string_view>

namespace superconfig {

///               dict, dict     array, array            otherwise
///   merge       union          incoming                incoming
///   join        union          existing                existing
///   admerge     union          existing ++ incoming    incoming
///   adjoin      union          existing ++ incoming    existing
///
/// In a union, keys that both have are composed by the same rule.
enum class Order : std::uint8_t { merge, join, admerge, adjoin };

/// "merge", "join", "admerge", "adjoin".
std::string_view name_of(Order order) noexcept;

}  // namespace superconfig
