#include "listing.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <set>

namespace superconfig::cli {

namespace {

// What an untyped read sees.
const Value& seen(const Value& value) { return value.is_text() ? value.text_guess() : value; }

bool is_bare(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

std::string quoted(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '"': escaped += "\\\""; break;
      case '\\': escaped += "\\\\"; break;
      case '\b': escaped += "\\b"; break;
      case '\t': escaped += "\\t"; break;
      case '\n': escaped += "\\n"; break;
      case '\f': escaped += "\\f"; break;
      case '\r': escaped += "\\r"; break;
      default: escaped += c;
    }
  }
  return '"' + printable(escaped) + '"';
}

class Walk {
 public:
  explicit Walk(Items items) : items_(items) {}

  void visit(const std::string& path, const Value& given, Mark mark) {
    const auto& value = seen(given);
    if (value.is_dict() && value.size() > 0) {
      for (const auto& entry : value.entries())
        visit(path.empty() ? key_text(entry.name) : path + "." + key_text(entry.name), entry.value, entry.mark);
    } else if (value.is_array() && items_ == Items::apart && !from_one_place(value, mark)) {
      std::size_t index = 0;
      for (const auto& item : value.items()) visit(path + "[" + std::to_string(index++) + "]", item.value, item.mark);
    } else {
      lines.push_back({path, value, marks_of(value, mark)});
    }
  }

  std::vector<Line> lines;

  static std::vector<Mark> marks_of(const Value& value, Mark mark) {
    std::vector<Mark> marks{mark};
    for (const auto& item : value.items())
      if (item.mark.source != 0 && item.mark.source != mark.source) marks.push_back(item.mark);
    return marks;
  }

 private:
  static bool from_one_place(const Value& array, Mark mark) {
    return std::ranges::all_of(array.items(), [mark](const Item& item) {
      const auto& value = seen(item.value);
      return !value.is_dict() && (item.mark.source == 0 || item.mark.source == mark.source) &&
             (!value.is_array() || from_one_place(value, mark));
    });
  }

  Items items_;
};

void collect(const Value& value, const Path& path, const std::string& text, std::vector<Leaf>& leaves) {
  const auto descend = [&](const Value& inside, std::string segment, const std::string& longer) {
    auto below = path;
    below.push_back(std::move(segment));
    collect(inside, below, longer, leaves);
  };
  if (!value.is_text() && value.is_dict() && value.size() > 0) {
    for (const auto& entry : value.entries())
      descend(entry.value, std::string(entry.name.view()), (text.empty() ? "" : text + ".") + key_text(entry.name));
  } else if (!value.is_text() && is_array_of_dicts(value)) {
    for (std::size_t i = 0; i < value.size(); ++i)
      descend(value.items()[i].value, std::to_string(i), text + "[" + std::to_string(i) + "]");
  } else if (!path.empty()) {
    leaves.push_back({path, text});
  }
}

void append_literal(std::string& text, const Value& given, const Painter& paint) {
  const auto& value = seen(given);
  switch (value.kind()) {
    case Kind::null: text += paint(Ink::word, "null"); break;
    case Kind::boolean: text += paint(Ink::word, *value.as_bool() ? "true" : "false"); break;
    case Kind::integer:
      text += paint(Ink::number, value.as_i64() ? std::to_string(*value.as_i64()) : std::to_string(*value.as_u64()));
      break;
    case Kind::floating: text += paint(Ink::number, float_text(*value.as_f64())); break;
    case Kind::string: text += paint(Ink::string, quoted(*value.as_string())); break;
    case Kind::datetime: text += paint(Ink::number, value.as_datetime()->to_string()); break;
    case Kind::array: {
      text += '[';
      std::string_view separator;
      for (const auto& item : value.items()) {
        text += separator;
        append_literal(text, item.value, paint);
        separator = ", ";
      }
      text += ']';
      break;
    }
    case Kind::dict: {
      text += '{';
      std::string_view separator;
      for (const auto& entry : value.entries()) {
        text += separator;
        text += key_text(entry.name) + " = ";
        append_literal(text, entry.value, paint);
        separator = ", ";
      }
      text += '}';
      break;
    }
  }
}

const std::string& working_directory() {
  static const std::string directory = [] {
    char buffer[4096];
    return std::string(getcwd(buffer, sizeof buffer) ? buffer : "");
  }();
  return directory;
}

// Wider cells do not push the others' columns.
constexpr std::size_t widest = 40;

std::string padding(std::size_t used, std::size_t column) {
  return std::string(column > used ? column - used : 0, ' ');
}

}  // namespace

std::string key_text(std::string_view key) { return is_bare(key) ? std::string(key) : quoted(key); }

std::vector<Line> lines_of(const Value& tree, Items items, const std::string& path) {
  Walk walk(items);
  if (tree.size() > 0) walk.visit(path, tree, {});
  return std::move(walk.lines);
}

Line line_of(std::string path, const Value& value, Mark mark) {
  return {std::move(path), seen(value), Walk::marks_of(seen(value), mark)};
}

bool is_array_of_dicts(const Value& value) {
  return value.is_array() && std::ranges::any_of(value.items(), [](const Item& item) { return item.value.is_dict(); });
}

std::vector<Leaf> leaves_of(const Value& tree, const Path& path) {
  std::vector<Leaf> leaves;
  collect(tree, path, printable(path.to_string()), leaves);
  return leaves;
}

std::string literal(const Value& value, const Painter& paint) {
  std::string text;
  append_literal(text, value, paint);
  return text;
}

Origin relative(Origin origin) {
  const auto& directory = working_directory();
  if (origin.kind == SourceKind::file && directory.size() > 1 && origin.name.size() > directory.size() + 1 &&
      origin.name.starts_with(directory) && origin.name[directory.size()] == '/')
    origin.name.erase(0, directory.size() + 1);
  return origin;
}

std::string place_of(Origin origin) { return printable(relative(std::move(origin)).to_string()); }
std::string place_of(Mark mark) { return place_of(origin_of(mark)); }

std::string listing(std::span<const Line> lines, bool with_origins, const Painter& paint) {
  std::vector<std::string> plain;
  std::size_t path_column = 0;
  std::size_t value_column = 0;
  for (const auto& line : lines) {
    const auto& value = plain.emplace_back(literal(line.value));
    if (width_of(line.path) <= widest) path_column = std::max(path_column, width_of(line.path));
    if (width_of(value) <= widest) value_column = std::max(value_column, width_of(value));
  }
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& line = lines[i];
    text +=
        paint(Ink::path, line.path) + padding(width_of(line.path), path_column) + " = " + literal(line.value, paint);
    if (with_origins) {
      std::string places;
      std::set<std::string> written;
      for (const auto mark : line.marks)
        if (auto place = place_of(mark); written.insert(place).second) places += (places.empty() ? "" : ", ") + place;
      text += padding(width_of(plain[i]), value_column) + "  " + paint(Ink::place, "# " + places);
    }
    text += '\n';
  }
  return text;
}

std::string table(std::span<const std::vector<Cell>> rows, std::string_view indent, const Painter& paint) {
  std::vector<std::size_t> columns;
  for (const auto& row : rows) {
    columns.resize(std::max(columns.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i)
      if (const auto width = width_of(row[i].text); width <= widest) columns[i] = std::max(columns[i], width);
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line(indent);
    std::size_t owed = 0;  // spaces that are written only if something follows
    for (std::size_t i = 0; i < row.size(); ++i) {
      const auto& cell = row[i];
      const auto width = width_of(cell.text);
      if (width > 0) {
        line += std::string(owed, ' ') + (cell.painted.empty() ? paint(cell.ink, cell.text) : cell.painted);
        owed = 0;
      }
      if (columns[i] > 0 || width > 0) owed += (columns[i] > width ? columns[i] - width : 0) + 2;
    }
    text += line + '\n';
  }
  return text;
}

}  // namespace superconfig::cli
