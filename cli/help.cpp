#include "help.hpp"

namespace superconfig::cli {

namespace {

constexpr std::string_view general = R"(superconfig: look at a layered configuration the way a program sees it

usage: superconfig COMMAND [LAYERS] [OPTIONS]

commands:
  show              every value
  get PATH          one value or sub-tree
  keys [PATH]       the keys at a path
  explain PATH      who set a value, and what it shadows
  check             every problem of the layers
  diff A B          what two configurations have different
  env PREFIX        the variables that reach the known keys, and which are set
  convert           a document in another format
  completion SHELL  completions for bash, zsh or fish

layers, in the order given, each composed over what stands before it:
  --file FILE       a file that must exist (.toml, .yaml, .yml, .json, .jsonc; without
                    extension the first of FILE, FILE.toml, FILE.yaml, ... that is there)
  --file-opt FILE   a file that may be missing
  --app NAME        the files in an application's usual places, /etc/NAME to ./NAME.toml
  --glob PATTERN    all files that match, by name: 'conf.d/*.{toml,yaml}', '**/app.json'
  --env PREFIX      the environment variables that begin with PREFIX
  --set PATH=TEXT   one value; it wins over every profile
  --defaults FILE   a file that must exist, below all other layers wherever it stands

for what follows them:
  --order ORDER     how layers are composed: merge (the default), join, admerge, adjoin
  --nested          the top-level tables of files are profiles
                    (--nested=false: no more)
  --no-array-edits  x_add and x_remove are ordinary keys (--no-array-edits=false: no more)

for all:
  --profile NAME    the profile to read: default <- NAME <- global
  --strict          variables that match no known key are errors
  --json            answers, origins and errors as JSON
  -h, --help        this text; `superconfig COMMAND --help` for a command
  --version         the version

exit status: 0 done; 1 the answer is no: there is no such key, the two differ, there are
problems; 2 the input or the command line cannot be used. Then all errors are on the
standard error and nothing is on the standard output.

example:
  superconfig show --origins --file shop.toml --file-opt local.yaml --env SHOP_
)";

#define LAYERS                                                                        \
  "\nlayers: --file, --file-opt, --app, --glob, --env, --set, --defaults, --order,\n" \
  "--nested, --no-array-edits, --profile; also --strict, --json. See\n"               \
  "`superconfig --help`.\n"

constexpr std::string_view of_show = R"(superconfig show: every value

usage: superconfig show [LAYERS] [--origins] [--format toml|yaml|json] [--reveal]

  --origins        with each value, where it was written: file:line:column,
                   env NAME, or --set
  --format FORMAT  a document, toml, yaml or json, instead of a line a value
  --json           path, value and origin of every value
  --reveal         show secrets; otherwise *** stands for them
)" LAYERS R"(
example:
  superconfig show --origins --file shop.toml --env SHOP_
)";

constexpr std::string_view of_get = R"(superconfig get: one value or sub-tree, unmasked

usage: superconfig get PATH [LAYERS] [--format toml|yaml|json]

  PATH             server.port, servers[0].host, a."key.with.dots"
  --format FORMAT  as toml, yaml or json. Otherwise text, numbers and the like
                   are printed bare, and tables and arrays as toml
)" LAYERS R"(
exit status: 1 if there is no such key.

example:
  port=$(superconfig get server.port --file shop.toml --env SHOP_)
)";

constexpr std::string_view of_keys = R"(superconfig keys: the keys at a path

usage: superconfig keys [PATH] [LAYERS] [--all]

  PATH             a table: server, servers[0]; the whole if it is not given
  --all            the paths of all values below it, as get takes them

A key stands in quotes if a path needs them.
)" LAYERS R"(
exit status: 1 if there is no such key.

example:
  superconfig keys --all server --file shop.toml
)";

constexpr std::string_view of_explain = R"(superconfig explain: who set a value, and what it shadows

usage: superconfig explain PATH [LAYERS] [--reveal]

  PATH             server.port, servers[0].host, a."key.with.dots"; '' for all
  --reveal         show secrets; otherwise *** stands for them
)" LAYERS R"(
exit status: 1 if there is no such key.

example:
  superconfig explain server.port --file shop.toml --env SHOP_
)";

constexpr std::string_view of_check = R"(superconfig check: every problem of the layers, on the standard output

usage: superconfig check [LAYERS] [--strict]

  --strict         variables that match no known key are errors, not warnings
  --reveal         as for show; what a parser quotes of a secret stays hidden
)" LAYERS R"(
exit status: 1 if there are errors; warnings are none.

example:
  superconfig check --strict --file shop.toml --env SHOP_
)";

constexpr std::string_view of_diff = R"(superconfig diff: what the second configuration has different

usage: superconfig diff [LAYERS] -- [LAYERS]
       superconfig diff FILE FILE

  --reveal         show secrets; otherwise *** stands for them

- is what only the first has, + what only the second has; a value that changed
has both. The types count: 1 is not "1". Each side has its own layers, --order,
--nested and --profile; with two FILEs --nested and --profile are for both.
)" LAYERS R"(
exit status: 1 if the two differ.

example:
  superconfig diff --file shop.toml -- --file shop.toml --env SHOP_
)";

constexpr std::string_view of_env = R"(superconfig env: the variables that reach the known keys, and which are set

usage: superconfig env PREFIX [LAYERS]

  PREFIX           what the variables begin with: SHOP_
  --reveal         show secrets; otherwise *** stands for them

The known keys are those of the layers; the variables are taken as a layer above
them. Variables that are set and match no key are listed below, with the nearest.
)" LAYERS R"(
exit status: with --strict, 1 if a variable matches no key.

example:
  superconfig env SHOP_ --file shop.toml
)";

constexpr std::string_view of_convert = R"(superconfig convert: a document in another format, unmasked

usage: superconfig convert [--from FORMAT] --to FORMAT [FILE|-]

  --from FORMAT    toml, yaml, json or jsonc; not needed if the file's name
                   says it
  --to FORMAT      toml, yaml or json
  FILE             the file to read; the standard input if it is - or not given

What the other format cannot hold (null in toml, nan in json) is an error.

example:
  superconfig convert --to yaml shop.toml > shop.yaml
)";

constexpr std::string_view of_completion = R"(superconfig completion: completions for a shell

usage: superconfig completion bash|zsh|fish

examples:
  bash, in ~/.bashrc:  source <(superconfig completion bash)
  zsh:   superconfig completion zsh > DIRECTORY_OF_FPATH/_superconfig
  fish:  superconfig completion fish > ~/.config/fish/completions/superconfig.fish
)";

#undef LAYERS

}  // namespace

std::string_view help_of(std::string_view command) {
  if (command == "show") return of_show;
  if (command == "get") return of_get;
  if (command == "keys") return of_keys;
  if (command == "explain") return of_explain;
  if (command == "check") return of_check;
  if (command == "diff") return of_diff;
  if (command == "env") return of_env;
  if (command == "convert") return of_convert;
  if (command == "completion") return of_completion;
  return general;
}

}  // namespace superconfig::cli
