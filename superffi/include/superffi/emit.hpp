// Writes the files of a surface: int main(int argc, char** argv) { return superffi::emit<shop::surface>(argc, argv, …);
// }
#pragma once

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "superffi/emit_c.hpp"
#include "superffi/emit_javascript.hpp"
#include "superffi/emit_markdown.hpp"
#include "superffi/emit_python.hpp"
#include "superffi/model.hpp"

namespace superffi {

struct EmitOptions {
  std::string include;  ///< what declares the surface: "surface.hpp"
  std::string surface;  ///< its C++ name: "shop::surface"
  std::vector<Language> languages{Language::python, Language::node, Language::wasm, Language::c};
};

/// The files of a surface, by name.
inline std::vector<std::pair<std::string, std::string>> emit_files(const Model& model, const EmitOptions& options) {
  std::vector<std::pair<std::string, std::string>> out;
  const auto has = [&options](Language language) {
    return std::find(options.languages.begin(), options.languages.end(), language) != options.languages.end();
  };
  const std::string& name = model.name;
  if (has(Language::python)) {
    out.emplace_back(name + ".pyi", emit_python_stub(model));
    out.emplace_back(name + "_surface.py", emit_python_check(model));
  }
  if (has(Language::node) || has(Language::wasm)) out.emplace_back(name + ".d.ts", emit_typescript(model));
  if (has(Language::node)) out.emplace_back(name + ".node.cjs", emit_node_check(model));
  if (has(Language::wasm)) {
    out.emplace_back(name + ".wasm.mjs", emit_wasm_module(model));
    out.emplace_back(name + ".wasm.d.mts", emit_wasm_types(model));
  }
  if (has(Language::c) || has(Language::wasm)) {
    out.emplace_back(name + ".h", emit_c_header(model));
    out.emplace_back(name + ".map", emit_c_exports(model));
    out.emplace_back(name + "_c.cpp", emit_c_source(model, {options.include, options.surface, name + ".h"}));
  }
  out.emplace_back(name + ".md", emit_markdown(model, options.languages));
  return out;
}

/// The emitter's main: `emit FOLDER` writes the files that are not as they should be, `emit --check FOLDER` names them
/// and fails.
template <const auto& S>
int emit(int argc, char** argv, const EmitOptions& options) {
  const bool check = argc > 1 && std::string_view(argv[1]) == "--check";
  if (argc != (check ? 3 : 2)) return std::fputs("usage: emit [--check] FOLDER\n", stderr), 64;
  const std::string folder = argv[argc - 1];
  int status = 0;
  for (const auto& [name, text] : emit_files(describe<S>(), options)) {
    const std::string path = folder + "/" + name;
    std::ifstream in(path, std::ios::binary);
    const std::string there{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (in && there == text) continue;
    if (check) {
      std::fprintf(stderr, "%s is not what the surface says: run the emitter again\n", path.c_str());
      status = 1;
      continue;
    }
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.close();
    if (!file) return std::fprintf(stderr, "cannot write %s\n", path.c_str()), 1;
  }
  return status;
}

}  // namespace superffi
