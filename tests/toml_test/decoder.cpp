// toml-test's decoder: TOML on the standard input, its tagged JSON on the standard output; exit status 1 and the error
// on the error output if the text is no TOML.
#include "toml_test/tagged.hpp"

int main() {
  using namespace superconfig;
  const auto source = Source::text("stdin", toml_test::read_input());
  const auto tree = parse_toml(source);
  return toml_test::finish(tree ? write_json(toml_test::tagged(*tree)) : Result<std::string>(tree.error()));
}
