// What may be shown of a tree. Reads and exports never mask; everything that prints for people does.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "superconfig/value.hpp"

namespace superconfig {

struct Shape;

/// Whether an export shows what a type declares Secret<T>.
enum class Secrets : std::uint8_t { mask, reveal };

/// A type that is known to be read from a tree: what it declares Secret<T> is a secret whatever its name.
struct DeclaredType {
  const Shape* shape = nullptr;
  std::vector<std::string> path;    ///< where in the tree its values stand
  std::vector<std::string> inside;  ///< or: where inside of its values the tree stands
};

/// The tree with "***" for what the types declare Secret<T>. `path`: where the tree stands among them.
Value masked_by_type(const Value& tree, std::span<const DeclaredType> types, const std::vector<std::string>& path = {});

/// The tree with the values of secrets replaced by "***", and the passwords in URLs (`scheme://user:pass@host`) too.
/// A name is a secret's if its last segment, split at `_`, `-` and case changes, contains one of these words in
/// sequence: password, passwd, secret, token, api key, private key, credential(s). `path`: where the tree stands.
Value masked(const Value& tree, const std::vector<std::string>& path = {});

/// Whether a path names a secret; indexes of arrays at its end do not count.
bool names_secret(const std::vector<std::string>& path) noexcept;

}  // namespace superconfig
