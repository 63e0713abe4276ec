// `superconfig env`: which variables reach the known keys, which of them are set, and which reach nothing.
//
// The library itself is asked where each name leads, by loading the one variable over the layers below.
#include <strings.h>
#include <unistd.h>

#include <algorithm>

#include "commands.hpp"
#include "json.hpp"
#include "listing.hpp"
#include "superconfig/mask.hpp"
#include "terminal.hpp"

extern char** environ;

namespace superconfig::cli {

namespace {

// A variable that is set.
struct SetVariable {
  std::string variable;
  Value value;         // masked unless revealed
  std::string winner;  // what stands above it, if the value that is read is another
};

struct Row {
  std::vector<std::string> names;  // the variables that reach the key, the plainest first
  std::string path;
  std::vector<SetVariable> set;
};

struct Table {
  std::vector<Row> rows;
  std::vector<Unmatched> unmatched;
  std::vector<std::string> other_case;  // names that have the prefix in other letters
};

std::string upper(std::string_view text) {
  std::string result(text);
  for (auto& c : result) c = c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return result;
}

std::string joined(const std::string& prefix, const Path& path, std::string_view separator) {
  std::string name = prefix;
  for (std::size_t i = 0; i < path.size(); ++i) name += (i ? std::string(separator) : "") + upper(path.segments()[i]);
  return name;
}

// The values that one variable gives to the tree.
std::vector<Line> given_by(const std::string& variable, const Value& tree) {
  auto lines = lines_of(tree, Items::apart);
  std::erase_if(lines, [&](const Line& line) {
    return std::ranges::none_of(line.marks, [&](Mark mark) {
      const auto origin = origin_of(mark);
      return origin.kind == SourceKind::environment && origin.name == variable;
    });
  });
  return lines;
}

Environment of_process(const std::string& prefix, std::vector<std::string>& other_case) {
  Environment all;
  for (char** at = environ; at && *at; ++at) {
    const std::string_view one = *at;
    const auto equals = one.find('=');
    if (equals == std::string_view::npos || equals <= prefix.size()) continue;
    if (one.starts_with(prefix)) {
      all.emplace_back(one.substr(0, equals), one.substr(equals + 1));
    } else if (::strncasecmp(*at, prefix.c_str(), prefix.size()) == 0) {
      other_case.emplace_back(one.substr(0, equals));
    }
  }
  std::ranges::sort(all);
  std::ranges::sort(other_case);
  return all;
}

class Survey {
 public:
  Survey(const SuperConfig& config, const std::string& prefix, bool reveal)
      : config_(config), prefix_(prefix), reveal_(reveal) {}

  Result<Table> made() {
    const auto tree = config_.try_value();
    if (!tree.ok()) return tree.errors();
    // A layer on top sees what the variables' own would.
    const auto looking = provide("a look at the layers below", [this, &tree](const Below& below) -> Result<Loaded> {
      known(*tree, below);
      return Loaded();
    });
    if (const auto looked = config_.merge(looking).resolve(); !looked.ok()) return looked.errors();
    const auto whole = config_.merge(Variables(prefix_));
    const auto composed = whole.try_value();
    if (!composed.ok()) return composed.errors();
    const auto explanation = whole.try_explain();
    if (!explanation.ok()) return explanation.errors();
    for (const auto& one : explanation->unmatched)
      if (one.name.starts_with(prefix_) && one.origin.kind == SourceKind::environment) table_.unmatched.push_back(one);
    for (const auto& variable : of_process(prefix_, table_.other_case)) {
      if (std::ranges::find(table_.unmatched, variable.first, &Unmatched::name) != table_.unmatched.end()) continue;
      if (const auto errors = put(variable, *composed); !errors.empty()) return errors;
    }
    return std::move(table_);
  }

 private:
  void known(const Value& tree, const Below& below) {
    for (const auto& leaf : leaves_of(tree)) {
      Row row{{}, leaf.text, {}};
      for (const auto* separator : {"__", "_"})
        if (const auto name = joined(prefix_, leaf.path, separator);
            std::ranges::find(row.names, name) == row.names.end() && reaches(name, leaf.path, below))
          row.names.push_back(name);
      table_.rows.push_back(std::move(row));
    }
  }

  // Whether the name leads to just this key.
  [[nodiscard]] bool reaches(const std::string& name, const Path& path, const Below& below) const {
    const auto loaded = Variables(prefix_, {{name, "1"}}).load(below);
    if (!loaded.ok() || !loaded->unmatched.empty() || loaded->content.empty()) return false;
    const auto& tree = loaded->content.front().tree;
    for (std::size_t i = 1; i <= path.size(); ++i) {
      const auto begin = path.segments().begin();
      const auto found = find_path(tree, Path(std::vector(begin, begin + static_cast<std::ptrdiff_t>(i))));
      if (!found) return false;
      if (!found.value->is_dict()) return i == path.size() || found.value->is_array();
    }
    return false;
  }

  Errors put(const std::pair<std::string, std::string>& variable, const Value& composed) {
    // In the profile that wins over all, so that it shows what it gives.
    const auto alone = config_.merge(Variables(prefix_, {variable}).global()).try_value();
    if (!alone.ok()) return alone.errors();
    const auto visible = reveal_ ? *alone : masked(*alone);
    for (const auto& line : given_by(variable.first, visible)) {
      SetVariable setting{variable.first, line.value, {}};
      bool bad_path = false;
      if (const auto now = find_path(composed, line.path, &bad_path)) {
        const auto origin = origin_of(now.mark);
        if (origin.known() && !(origin.kind == SourceKind::environment && origin.name.starts_with(prefix_)))
          setting.winner = place_of(origin);
      }
      auto row = std::ranges::find(table_.rows, line.path, &Row::path);
      if (row == table_.rows.end()) row = table_.rows.insert(row, Row{{variable.first}, line.path, {}});
      row->set.push_back(std::move(setting));
    }
    return {};
  }

  const SuperConfig& config_;
  const std::string& prefix_;
  bool reveal_;
  Table table_;
};

Value data_of(const Table& table) {
  const auto rows = json_array(table.rows, [](const Row& row) {
    auto dict = Value::dict({{"path", row.path}});
    dict.set("variables", json_array(row.names, [](const std::string& name) { return Value(name); }));
    dict.set("set", json_array(row.set, [](const SetVariable& one) {
               auto setting = Value::dict({{"variable", one.variable}, {"value", one.value}});
               if (!one.winner.empty()) setting.set("shadowed_by", one.winner);
               return setting;
             }));
    return dict;
  });
  const auto other_case = json_array(table.other_case, [](const std::string& name) { return Value(name); });
  return Value::dict({{"keys", rows}, {"unmatched", json_of(table.unmatched)}, {"other_case", other_case}});
}

// Names that `NAME=value command` cannot give.
bool needs_env(const std::string& name) {
  return !std::ranges::all_of(name, [](char c) {
    return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
}

std::string text_of(const Table& table, const Painter& paint) {
  std::string text;
  std::vector<std::vector<Cell>> cells;
  for (const auto& row : table.rows) {
    const auto name = row.names.empty() ? std::string("(no variable)") : printable(row.names.front());
    std::string also;
    if (row.names.size() > 1) also = "or " + printable(row.names[1]);
    if (!row.names.empty() && needs_env(row.names.front())) also = "no name for a shell; env(1) can set it";
    if (row.set.empty()) {
      cells.push_back({{" ", Ink::faint, {}},
                       {name, Ink::faint, {}},
                       {row.path, Ink::path, {}},
                       {"", Ink::faint, {}},
                       {also, Ink::faint, {}}});
      continue;
    }
    for (const auto& one : row.set) {
      std::string note;
      if (std::ranges::find(row.names, one.variable) != row.names.begin()) note = "set as " + printable(one.variable);
      if (!one.winner.empty()) note += (note.empty() ? "" : ", ") + ("but " + one.winner + " wins");
      const auto plain = shortened(literal(one.value), 40);
      cells.push_back({{"*", Ink::winner, {}},
                       {name, Ink::place, {}},
                       {row.path, Ink::path, {}},
                       {"= " + plain, Ink::string, {}},
                       {note.empty() ? also : note, Ink::faint, {}}});
    }
  }
  if (!cells.empty()) text += "variables and the keys that they reach; * is set:\n" + cli::table(cells, "  ", paint);
  if (!table.unmatched.empty()) {
    text += std::string(text.empty() ? "" : "\n") + "set, but no known key:\n";
    cells.clear();
    for (const auto& one : table.unmatched) {
      const auto nearest = one.nearest.empty() ? "" : "did you mean `" + printable(one.nearest) + "`?";
      cells.push_back({{printable(one.name), Ink::warning, {}},
                       {"-> " + printable(path_text(one.path)), Ink::path, {}},
                       {nearest, Ink::faint, {}}});
    }
    text += cli::table(cells, "  ", paint);
  }
  if (!table.other_case.empty()) {
    text += std::string(text.empty() ? "" : "\n") + "set, but not read, since the letters of the prefix are others:\n";
    for (const auto& name : table.other_case) text += "  " + paint(Ink::warning, printable(name)) + "\n";
  }
  return text;
}

}  // namespace

Outcome variables(const SuperConfig& config, const std::string& prefix, bool strict, const Options& options) {
  const auto table = Survey(config, prefix, options.reveal).made();
  if (!table.ok()) return failed(table.errors(), options);
  const auto status = strict && !table->unmatched.empty() ? Status::no : Status::done;
  if (options.json) return printed(data_of(*table), options, status);
  return {text_of(*table, Painter(wants_color(STDOUT_FILENO))), {}, status};
}

}  // namespace superconfig::cli
