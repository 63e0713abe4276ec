#include "help.hpp"

namespace superconfig::cli {

namespace {

constexpr std::string_view general = R"(superconfig: look at a layered configuration the way a program sees it

usage: superconfig COMMAND [LAYERS] [OPTIONS]

commands:
  show             every value
  get PATH         one value or sub-tree
  explain PATH     who set a value, and what it shadows
  convert          a document in another format

layers, in the order given, each composed over what stands before it:
  --file FILE      a file that must exist (.toml, .json, .jsonc; without extension the
                   first of FILE, FILE.toml, FILE.json that is there)
  --file-opt FILE  a file that may be missing
  --env PREFIX     the environment variables that begin with PREFIX
  --set PATH=TEXT  one value; it wins over every profile

for what follows them:
  --order ORDER    how layers are composed: merge (the default), join, admerge, adjoin
  --nested         the top-level tables of files are profiles (--nested=false: no more)
  --profile NAME   the profile to read: default <- NAME <- global

  -h, --help       this text; `superconfig COMMAND --help` for a command
  --version        the version

exit status: 0 done; 1 no such key; 2 the input or the command line cannot be used.
Errors go to the standard error, all of them at once; then nothing is on the standard output.

example:
  superconfig show --origins --file shop.toml --file-opt local.toml --env SHOP_
)";

constexpr std::string_view of_show = R"(superconfig show: every value

usage: superconfig show [LAYERS] [--origins] [--format toml|json] [--reveal]

  --origins        with each value, where it was written: file:line:column,
                   env NAME, or --set
  --format FORMAT  a document, toml or json, instead of a line a value
  --reveal         show secrets; otherwise *** stands for them

layers: --file, --file-opt, --env, --set, --order, --nested, --profile;
see `superconfig --help`.

example:
  superconfig show --origins --file shop.toml --env SHOP_
)";

constexpr std::string_view of_get = R"(superconfig get: one value or sub-tree, unmasked

usage: superconfig get PATH [LAYERS] [--format toml|json]

  PATH             server.port, servers[0].host, a."key.with.dots"
  --format FORMAT  as toml or json. Otherwise text, numbers and the like are
                   printed bare, and tables and arrays as toml

layers: --file, --file-opt, --env, --set, --order, --nested, --profile;
see `superconfig --help`.

exit status: 1 if there is no such key.

example:
  port=$(superconfig get server.port --file shop.toml --env SHOP_)
)";

constexpr std::string_view of_explain = R"(superconfig explain: who set a value, and what it shadows

usage: superconfig explain PATH [LAYERS] [--reveal]

  PATH             server.port, servers[0].host, a."key.with.dots"
  --reveal         show secrets; otherwise *** stands for them

layers: --file, --file-opt, --env, --set, --order, --nested, --profile;
see `superconfig --help`.

exit status: 1 if there is no such key.

example:
  superconfig explain server.port --file shop.toml --env SHOP_
)";

constexpr std::string_view of_convert = R"(superconfig convert: a document in another format, unmasked

usage: superconfig convert [--from FORMAT] --to FORMAT [FILE|-]

  --from FORMAT    toml or json; not needed if the file's name says it
  --to FORMAT      toml or json
  FILE             the file to read; the standard input if it is - or not given

What the other format cannot hold (null in toml, nan in json) is an error.

example:
  superconfig convert --to json shop.toml > shop.json
)";

}  // namespace

std::string_view help_of(std::string_view command) {
  if (command == "show") return of_show;
  if (command == "get") return of_get;
  if (command == "explain") return of_explain;
  if (command == "convert") return of_convert;
  return general;
}

}  // namespace superconfig::cli
