// The configurations as files in a directory of their own, and the variables in the environment.
#pragma once

#include <array>
#include <string>
#include <superconfig/config.hpp>
#include <vector>

#include "data/generate.hpp"

namespace bench {

enum class Size { small, medium, large };
inline constexpr std::array sizes{Size::small, Size::medium, Size::large};
std::string name_of(Size size);

/// small.toml, small.json, medium.toml and so on, and edits.toml.
void write_files(const std::string& directory);

/// Made at the start, removed at the end. Sets the variables of the small configuration, and switches the cache of
/// parsed files off.
class Files {
 public:
  Files();
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  ~Files();

  [[nodiscard]] std::string toml(Size size) const { return directory_ + '/' + name_of(size) + ".toml"; }
  [[nodiscard]] std::string json(Size size) const { return directory_ + '/' + name_of(size) + ".json"; }
  [[nodiscard]] std::string edits() const { return directory_ + "/edits.toml"; }
  [[nodiscard]] const std::string& directory() const { return directory_; }
  [[nodiscard]] const Text& text(Size size) const { return texts_[static_cast<std::size_t>(size)]; }

  /// The stack that is read and derived from, resolved: the small one, for medium and large with that file in its
  /// middle. So all three have the same layers, and what differs is how much is in them.
  [[nodiscard]] superconfig::SuperConfig stack(Size size) const;

 private:
  std::string directory_;
  std::array<Text, 3> texts_;
};

}  // namespace bench
