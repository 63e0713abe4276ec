// `superconfig explain`: who set a value, and what it shadows.
#include <unistd.h>

#include "commands.hpp"
#include "json.hpp"
#include "listing.hpp"
#include "problems.hpp"
#include "superconfig/mask.hpp"
#include "terminal.hpp"

namespace superconfig::cli {

namespace {

class Report {
 public:
  Report(const Path& path, const Explanation& explanation, bool reveal, const Painter& paint)
      : path_(path), it_(explanation), reveal_(reveal), paint_(paint) {}

  std::string text() {
    head();
    layers();
    items();
    removed();
    unmatched();
    warnings();
    return std::move(text_);
  }

 private:
  static constexpr std::size_t most = 40;  // columns of a value in a table

  [[nodiscard]] Value shown(const Value& value) const { return reveal_ ? value : masked(value, path_.segments()); }

  [[nodiscard]] Cell cell(const Value& value) const {
    const auto visible = shown(value);
    auto plain = literal(visible);
    if (width_of(plain) > most) return {shortened(std::move(plain), most), Ink::faint, {}};
    return {std::move(plain), Ink::faint, literal(visible, paint_)};
  }

  void head() {
    const auto name = printable(path_.to_string());
    if (!it_.value) {
      text_ += "error: " + paint_(Ink::path, name) + ": there is no such key\n";
      return;
    }
    const auto value = shown(*it_.value);
    if (value.is_dict() && value.size() > 0) {
      text_ += listing(lines_of(value, Items::apart, name), true, paint_);
      return;
    }
    text_ += (name.empty() ? "" : paint_(Ink::path, name) + " = ") + literal(value, paint_) + '\n';
    if (it_.origin.known()) text_ += "  from " + paint_(Ink::place, place_of(it_.origin)) + '\n';
  }

  void layers() {
    if (it_.contributions.empty()) return;
    text_ += "\nlayers, the last added first; * is where the value comes from:\n";
    std::vector<std::vector<Cell>> rows;
    for (auto at = it_.contributions.rbegin(); at != it_.contributions.rend(); ++at) {
      const auto place = place_of(at->origin);
      std::string note = at->provider.name == place ? "" : at->provider.name;
      const auto add = [&note](const std::string& text) { note += (note.empty() ? "" : ", ") + text; };
      if (!at->profile.empty() && at->profile != default_profile) add("profile " + at->profile);
      if (at->what != "value" && !at->what.empty()) add(at->what);
      if (const auto& value = at->value; value.is_text() && !value.is_string() && !value.is_array() && !value.is_dict())
        if (const auto characters = value.characters(); characters != literal(value) && shown(value) == value)
          add("written as \"" + std::string(characters) + "\"");
      rows.push_back({{at->wins ? "*" : " ", Ink::winner, {}},
                      cell(at->value),
                      {place, Ink::place, {}},
                      {printable(note), Ink::faint, {}}});
    }
    text_ += table(rows, "  ", paint_);
  }

  void items() {
    if (it_.items.empty()) return;
    text_ += "\nitems:\n";
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < it_.items.size(); ++i)
      rows.push_back({{"[" + std::to_string(i) + "]", Ink::path, {}},
                      cell(it_.items[i].value),
                      {place_of(it_.items[i].origin), Ink::place, {}}});
    text_ += table(rows, "  ", paint_);
  }

  void removed() {
    if (it_.removed.empty()) return;
    text_ += "\nremoved items:\n";
    std::vector<std::vector<Cell>> rows;
    for (const auto& item : it_.removed)
      rows.push_back({cell(item.value),
                      {place_of(item.origin), Ink::place, {}},
                      {"removed by " + place_of(item.removed_by), Ink::place, {}}});
    text_ += table(rows, "  ", paint_);
  }

  void unmatched() {
    if (it_.unmatched.empty()) return;
    text_ += "\nvariables and options that are no known key:\n";
    std::vector<std::vector<Cell>> rows;
    for (const auto& one : it_.unmatched) {
      auto note = one.reason;
      if (!one.nearest.empty()) note += (note.empty() ? "" : "; ") + ("did you mean `" + one.nearest + "`?");
      rows.push_back({{printable(one.name), Ink::place, {}},
                      {"-> " + printable(path_text(one.path)), Ink::path, {}},
                      {printable(note), Ink::faint, {}}});
    }
    text_ += table(rows, "  ", paint_);
  }

  void warnings() {
    if (it_.warnings.empty()) return;
    text_ += "\nwarnings:\n";
    for (const auto& warning : it_.warnings) text_ += "  " + paint_(Ink::warning, text_of(warning)) + '\n';
  }

  const Path& path_;
  const Explanation& it_;
  bool reveal_;
  const Painter& paint_;
  std::string text_;
};

// As data, with what the report says.
Value data_of(const Path& path, const Explanation& it, bool reveal) {
  const auto shown = [&](const Value& value) { return reveal ? value : masked(value, path.segments()); };
  auto dict = Value::dict({{"path", path.to_string()}});
  if (it.value) dict.set("value", shown(*it.value));
  if (it.origin.known()) dict.set("origin", json_of(it.origin));
  dict.set("layers", json_array(it.contributions, [&](const Contribution& one) {
             auto layer = Value::dict({{"layer", one.layer},
                                       {"provider", one.provider.name},
                                       {"profile", one.profile},
                                       {"what", one.what},
                                       {"value", shown(one.value)},
                                       {"wins", one.wins}});
             if (one.origin.known()) layer.set("origin", json_of(one.origin));
             return layer;
           }));
  const auto item = [&](const auto& one) {
    return Value::dict({{"value", shown(one.value)}, {"origin", json_of(one.origin)}});
  };
  if (!it.items.empty()) dict.set("items", json_array(it.items, item));
  if (!it.removed.empty())
    dict.set("removed", json_array(it.removed, [&](const RemovedItem& one) {
               auto made = item(one);
               made.set("removed_by", json_of(one.removed_by));
               return made;
             }));
  if (!it.unmatched.empty()) dict.set("unmatched", json_of(it.unmatched));
  if (!it.warnings.empty()) dict.set("warnings", json_of(it.warnings));
  return dict;
}

}  // namespace

Outcome explain(const SuperConfig& config, const Options& options) {
  const auto path = Path::parse(options.path);
  if (!path.ok()) return failed(path.errors(), options);
  const auto explanation = config.try_explain(options.path);
  if (!explanation.ok()) return failed(explanation.errors(), options);
  const bool nothing = !explanation->value;
  if (nothing && explanation->contributions.empty()) return failed(no_such_key(config, *path), options, Status::no);

  if (options.json) {
    auto outcome = printed(data_of(*path, *explanation, options.reveal), options);
    if (nothing) outcome.status = Status::no;
    return outcome;
  }
  const Painter paint(wants_color(nothing ? STDERR_FILENO : STDOUT_FILENO));
  auto text = Report(*path, *explanation, options.reveal, paint).text();
  if (nothing) return {{}, std::move(text), Status::no};
  return {std::move(text), {}, Status::done};
}

}  // namespace superconfig::cli
