// What may be shown of a tree. Reads and exports never mask; everything that prints for people does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "superconfig/value.hpp"

namespace superconfig {

/// The tree with the values of secrets replaced by "***", and the passwords in URLs (`scheme://user:pass@host`) too.
/// A name is a secret's if its last segment, split at `_`, `-` and case changes, contains one of these words in
/// sequence: password, passwd, secret, token, api key, private key, credential(s). `path`: where the tree stands.
Value masked(const Value& tree, const std::vector<std::string>& path = {});

/// Whether a path names a secret; indexes of arrays at its end do not count.
bool names_secret(const std::vector<std::string>& path) noexcept;

}  // namespace superconfig
