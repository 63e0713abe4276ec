// A tree as lines: `server.port = 8080`, with its origin as a comment if asked for. The paths are those that `get`,
// `explain` and `--set` take. Without null values the lines are a TOML document.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "superconfig/origin.hpp"
#include "superconfig/path.hpp"
#include "superconfig/value.hpp"
#include "terminal.hpp"

namespace superconfig::cli {

/// A value and where it was written.
struct Line {
  std::string path;
  Value value;
  std::vector<Mark> marks;  ///< more than one if the items of an array come from several places
};

/// Whether an array whose items do not all come from one place, or hold dicts, gets a line an item.
enum class Items : std::uint8_t { together, apart };

/// Every value of the tree that is no dict, and the empty dicts, in order. `path`: where the tree is.
std::vector<Line> lines_of(const Value& tree, Items items, const std::string& path = {});

/// One value as a line of its own.
Line line_of(std::string path, const Value& value, Mark mark);

/// A value that is no table and no array of tables, by its path; also as text. Text counts as one value.
struct Leaf {
  Path path;
  std::string text;
};
std::vector<Leaf> leaves_of(const Value& tree, const Path& path = {});
/// An array that holds tables.
bool is_array_of_dicts(const Value& value);

/// A key as a segment of a path: in quotes where it needs them.
std::string key_text(std::string_view key);

/// A value on one line, as TOML writes it; null as `null`.
std::string literal(const Value& value, const Painter& paint = Painter(false));

/// `shop.toml:3:8`, `env SHOP_PORT`, `--set`; files inside the working directory relative to it.
std::string place_of(Origin origin);
std::string place_of(Mark mark);
/// The origin with its file's name relative to the working directory, if it is inside it.
Origin relative(Origin origin);

/// The lines as text, `=` and origins below each other.
std::string listing(std::span<const Line> lines, bool with_origins, const Painter& paint);

/// Rows of cells as text, each column as wide as its cells. The inks are the columns'.
struct Cell {
  std::string text;
  Ink ink = Ink::faint;
  std::string painted;  ///< if not empty: what is written instead of `text` in `ink`, of the same width
};
std::string table(std::span<const std::vector<Cell>> rows, std::string_view indent, const Painter& paint);

}  // namespace superconfig::cli
