// Writes a corpus for each target from the texts in the conformance cases: seeds CASES DIRECTORY

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "superconfig/config.hpp"

namespace {

using superconfig::Value;

std::set<std::string> formats;
std::set<std::string> environments;
std::set<std::string> compositions;
std::set<std::string> paths;

std::string text_of(const Value* value) {
  return value && value->as_string() ? std::string(*value->as_string()) : std::string();
}
const Value* member(const Value& dict, const char* name) {
  const auto* entry = dict.find(name);
  return entry ? &entry->value : nullptr;
}

void collect_format(const std::string& kind, const std::string& text) {
  const char number = kind == "toml" ? '\0' : kind == "json" ? '\2' : '\1';
  formats.insert(std::string(1, number) + text);
  formats.insert("\4" + text);
}

void collect_case(const Value& example) {
  std::string composition;
  const auto* layers = member(example, "layers");
  if (!layers) return;
  for (const auto& layer : layers->items()) {
    const auto* provider = member(layer.value, "provider");
    const auto& of = provider ? *provider : layer.value;
    const auto kind = text_of(member(of, "kind"));
    if (const auto text = text_of(member(of, "text")); !text.empty()) collect_format(kind, text);
    if (const auto* vars = member(of, "vars")) {
      const auto prefix = text_of(member(of, "prefix"));
      for (const char number : {'\0', '\1', '\2', '\3'}) {
        std::string seed(1, number);
        for (const auto& variable : vars->entries()) {
          const std::string name(variable.name.view());
          seed +=
              (name.starts_with(prefix) ? name.substr(prefix.size()) : name) + '\0' + text_of(&variable.value) + '\0';
        }
        environments.insert(seed);
      }
    }
    const auto op = text_of(member(layer.value, "op"));
    const char order = op == "join" ? '\1' : op == "admerge" ? '\2' : op == "adjoin" ? '\3' : '\0';
    if (const auto* value = member(of, "value")) composition += std::string(1, order) + value->to_string() + '\0';
    if (kind == "json") composition += std::string(1, order) + text_of(member(of, "text")) + '\0';
  }
  if (!composition.empty()) compositions.insert(composition);
  if (const auto* origins = member(example, "expect_origin"))
    for (const auto& origin : origins->entries()) paths.insert(std::string(origin.name.view()));
}

void write(const std::filesystem::path& directory, const std::set<std::string>& seeds) {
  std::filesystem::create_directories(directory);
  std::size_t number = 0;
  for (const auto& seed : seeds)
    std::ofstream(directory / ("case-" + std::to_string(number++)), std::ios::binary) << seed;
  std::printf("%s: %zu seeds\n", directory.filename().c_str(), seeds.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: seeds CASES DIRECTORY\n");
    return 64;
  }
  for (const auto& file : std::filesystem::directory_iterator(argv[1])) {
    if (file.path().extension() != ".json") continue;
    std::ifstream stream(file.path(), std::ios::binary);
    std::stringstream text;
    text << "{\"cases\":" << stream.rdbuf() << "}";
    const auto cases =
        superconfig::SuperConfig().with_array_edits(false).merge(superconfig::Json::string(text.str())).value();
    for (const auto& example : cases.find("cases")->value.items()) collect_case(example.value);
  }
  for (const char* path : {"a.\"x.y\".c", "servers[0].host", "a..b", "\"\"", "a[", "text.1.x"}) paths.insert(path);
  const std::filesystem::path out(argv[2]);
  write(out / "formats", formats);
  write(out / "environment", environments);
  write(out / "compose", compositions);
  write(out / "paths", paths);
  return 0;
}
