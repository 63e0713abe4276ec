// The table and its JSON form.

#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <ostream>

#include "harness.hpp"

namespace bench {

namespace {

std::string number(double figure) {
  std::array<char, 32> text{};
  const int digits = figure < 0.1 && figure > 0 ? 3 : figure < 10 ? 2 : figure < 100 ? 1 : 0;
  std::snprintf(text.data(), text.size(), "%.*f", digits, figure);
  return text.data();
}

std::string figure_text(double figure, Unit unit) {
  switch (unit) {
    case Unit::nanoseconds:
      if (figure < 1e3) return number(figure) + " ns";
      return figure < 1e6 ? number(figure / 1e3) + " us" : number(figure / 1e6) + " ms";
    case Unit::bytes: return figure < 1e4 ? number(figure) + " B" : number(figure / 1e3) + " kB";
    case Unit::ratio: return number(figure) + " x";
    case Unit::calls: break;
  }
  return std::to_string(std::llround(figure));
}

std::string_view name_of(Unit unit) {
  switch (unit) {
    case Unit::nanoseconds: return "ns";
    case Unit::bytes: return "bytes";
    case Unit::ratio: return "ratio";
    case Unit::calls: break;
  }
  return "calls";
}

std::string aim_text(const Row& row) {
  if (row.at_most) return "<= " + figure_text(*row.at_most, row.unit);
  if (row.at_most_controls) return "<= " + number(*row.at_most_controls) + " x";
  if (row.at_least) return ">= " + figure_text(*row.at_least, row.unit);
  return {};
}

std::optional<bool> is_met(const Row& row) {
  if (row.at_most) return row.figure <= *row.at_most;
  if (row.at_most_controls) return row.control && row.figure <= *row.at_most_controls * row.control->figure;
  if (row.at_least) return row.figure >= *row.at_least;
  return std::nullopt;
}

std::string met_text(const Row& row) {
  const auto met = is_met(row);
  if (row.gate) return met && *met ? "gate" : "GATE FAILS";
  return !met ? "" : *met ? "met" : "MISSED";
}

std::string ratio_text(const Row& row) {
  if (!row.control || row.control->figure <= 0) return {};
  return number(row.figure / row.control->figure) + " x";
}

void pad(std::ostream& out, std::string_view text, std::size_t width, bool to_the_right = false) {
  const std::string space(text.size() < width ? width - text.size() : 0, ' ');
  if (to_the_right) out << space;
  out << text;
  if (!to_the_right) out << space;
}

void print_line(std::ostream& out, const std::array<std::string, 8>& cells) {
  constexpr std::array<std::size_t, 8> widths{6, 56, 8, 31, 8, 8, 10, 0};
  constexpr std::array<bool, 8> to_the_right{false, false, true, false, true, true, true, false};
  out << ' ';
  for (std::size_t i = 0; i < cells.size(); ++i) {
    out << ' ';
    if (i == 3 || i == 7) out << ' ';
    pad(out, cells[i], widths[i], to_the_right[i]);
  }
  out << '\n';
}

std::string quoted(std::string_view text) {
  std::string made = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') made += '\\';
    made += c;
  }
  return made + '"';
}

}  // namespace

void Report::begin(std::string workload) { tables_.push_back({std::move(workload), {}}); }

void Report::add(Row row) { tables_.back().rows.push_back(std::move(row)); }

void Report::print(std::ostream& out) const {
  const auto& [name, rows] = tables_.back();
  out << '\n' << name << '\n';
  print_line(out, {"size", "what", "figure", "beside", "", "ratio", "aim", ""});
  for (const auto& row : rows)
    print_line(out, {row.size, row.what, figure_text(row.figure, row.unit), row.control ? row.control->name : "",
                     row.control ? figure_text(row.control->figure, row.unit) : "", ratio_text(row), aim_text(row),
                     met_text(row)});
  out.flush();
}

void Report::print_summary(std::ostream& out) const {
  int aims = 0;
  int met = 0;
  for (const auto& table : tables_)
    for (const auto& row : table.rows)
      if (const auto is = is_met(row)) {
        ++aims;
        met += *is ? 1 : 0;
      }
  out << "\n" << met << " of " << aims << " aims are met\n";
}

int Report::print_failed_gates(std::ostream& out) const {
  int gates = 0;
  int failed = 0;
  for (const auto& [name, rows] : tables_)
    for (const auto& row : rows) {
      if (!row.gate) continue;
      ++gates;
      if (is_met(row).value_or(false)) continue;
      ++failed;
      out << name << ": " << (row.size.empty() ? "" : row.size + ", ") << row.what << " is "
          << (row.at_most_controls ? ratio_text(row) : figure_text(row.figure, row.unit)) << "; the gate is "
          << aim_text(row) << '\n';
    }
  out << gates - failed << " of " << gates << " gates hold\n";
  return failed;
}

bool Report::write_json(const std::string& file) const {
  std::ofstream out(file);
  out << "[";
  const char* comma = "\n";
  for (const auto& table : tables_)
    for (const auto& row : table.rows) {
      out << comma << "  {\"workload\": " << quoted(table.name) << ", \"size\": " << quoted(row.size)
          << ", \"what\": " << quoted(row.what) << ", \"figure\": " << row.figure
          << ", \"unit\": " << quoted(name_of(row.unit));
      if (row.control)
        out << ", \"control\": {\"name\": " << quoted(row.control->name) << ", \"figure\": " << row.control->figure
            << "}";
      if (row.at_most) out << ", \"at_most\": " << *row.at_most;
      if (row.at_most_controls) out << ", \"at_most_controls\": " << *row.at_most_controls;
      if (row.at_least) out << ", \"at_least\": " << *row.at_least;
      if (row.gate) out << ", \"gate\": true";
      if (const auto met = is_met(row)) out << ", \"met\": " << (*met ? "true" : "false");
      out << "}";
      comma = ",\n";
    }
  out << "\n]\n";
  out.flush();
  return out.good();
}

}  // namespace bench
