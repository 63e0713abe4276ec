#include "stack.hpp"

namespace superconfig::cli {

template <class P>
void Stack::add(P provider, std::string prefix) {
  layers_.push_back(
      {[order = order, provider = std::move(provider)](const SuperConfig& below) { return below.add(order, provider); },
       array_edits, std::move(prefix)});
}

File Stack::file(const std::string& path) const {
  const File made(path);
  return nested ? made.nested() : made;
}

void Stack::add_file(const std::string& path, bool optional) { add(optional ? file(path).optional() : file(path)); }

void Stack::add_defaults(const std::string& path) {
  defaults_.push_back({[made = file(path)](const SuperConfig& below) { return below.merge(made); }, array_edits});
}

void Stack::add_app(const std::string& name) {
  const Hierarchical made(name);
  add(nested ? made.nested() : made);
}
void Stack::add_glob(const std::string& pattern) {
  const Wildcard made({pattern});
  add(nested ? made.nested() : made);
}
void Stack::add_variables(const std::string& prefix) { add(Variables(prefix), prefix); }
void Stack::add_setting(const std::string& path_and_text) { add(Setting(path_and_text)); }

SuperConfig Stack::config(const std::string* without) const {
  SuperConfig config;
  bool edits = true;
  for (const auto* layers : {&defaults_, &layers_})
    for (const auto& layer : *layers) {
      if (without && !layer.prefix.empty() && layer.prefix == *without) continue;
      if (layer.array_edits != edits) config = config.with_array_edits(edits = layer.array_edits);
      config = layer.put_on(config);
    }
  return profile.empty() ? config : config.select(profile);
}

Errors unmatched_in(const SuperConfig& config) {
  const auto explanation = config.try_explain();
  return explanation.ok() ? errors_of(explanation->unmatched) : Errors();
}

Errors errors_of(const std::vector<Unmatched>& unmatched) {
  Errors errors;
  for (const auto& one : unmatched) {
    Error error;
    error.code = ErrorCode::unknown_field;
    error.path = one.path;
    error.message = "`" + one.name + "` matches no known key";
    error.origin = one.origin;
    if (!one.nearest.empty()) error.hint = "did you mean `" + one.nearest + "`?";
    errors.add(std::move(error));
  }
  return errors;
}

}  // namespace superconfig::cli
