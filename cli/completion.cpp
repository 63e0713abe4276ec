// `superconfig completion SHELL`: made from one table, so that the three shells know the same.
#include <algorithm>
#include <string>

#include "commands.hpp"

namespace superconfig::cli {

namespace {

struct Command {
  std::string_view name, about;
};
constexpr Command commands[] = {
    {"show", "every value"},
    {"get", "one value or sub-tree"},
    {"keys", "the keys at a path"},
    {"explain", "who set a value, and what it shadows"},
    {"check", "every problem of the layers"},
    {"diff", "what two configurations have different"},
    {"env", "the variables that reach the known keys"},
    {"convert", "a document in another format"},
    {"completion", "completions for a shell"},
};

struct Option {
  std::string_view name, about;
  std::string_view value;     // "": a flag; "file"; "text"; else the words to choose from
  std::string_view commands;  // "": all that take layers
};
constexpr std::string_view formats = "toml yaml json";
constexpr Option options[] = {
    {"--file", "a file that must exist", "file", ""},
    {"--file-opt", "a file that may be missing", "file", ""},
    {"--defaults", "a file below all other layers", "file", ""},
    {"--app", "the usual places of an application", "text", ""},
    {"--glob", "all files that match a pattern", "text", ""},
    {"--env", "environment variables with a prefix", "text", ""},
    {"--set", "one value, PATH=TEXT", "text", ""},
    {"--order", "how layers are composed", "merge join admerge adjoin", ""},
    {"--nested", "top-level tables of files are profiles", "", ""},
    {"--no-array-edits", "x_add and x_remove are ordinary keys", "", ""},
    {"--profile", "the profile to read", "text", ""},
    {"--strict", "variables that match no known key are errors", "", ""},
    {"--json", "answers and errors as JSON", "", ""},
    {"--format", "the format of the output", formats, "show get"},
    {"--origins", "where each value was written", "", "show"},
    {"--reveal", "show secrets", "", "show explain check diff env"},
    {"--all", "the paths of all values below", "", "keys"},
    {"--from", "the format of the input", "toml yaml json jsonc", "convert"},
    {"--to", "the format of the output", formats, "convert"},
    {"--help", "help", "", ""},
};

constexpr std::string_view shells = "bash zsh fish";

bool is_of(const Option& option, std::string_view command) {
  if (option.name == "--help") return true;
  if (command == "completion") return false;
  if (option.commands.empty()) return command != "convert" || option.name == "--json";
  return (" " + std::string(option.commands) + " ").find(" " + std::string(command) + " ") != std::string::npos;
}

std::string listed(std::string_view command) {
  std::string text;
  for (const auto& option : options)
    if (is_of(option, command)) text += (text.empty() ? "" : " ") + std::string(option.name);
  return text;
}

std::string names() {
  std::string text;
  for (const auto& command : commands) text += (text.empty() ? "" : " ") + std::string(command.name);
  return text;
}

std::string bash() {
  std::string text = R"(# bash completion for superconfig. In ~/.bashrc:  source <(superconfig completion bash)
_superconfig() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= word
  COMPREPLY=()
  case $previous in
)";
  for (const auto& option : options) {
    if (option.value.empty() || option.value == "text") continue;
    const auto words = option.value == "file" ? std::string("-f") : "-W '" + std::string(option.value) + "'";
    text += "    " + std::string(option.name) + ") mapfile -t COMPREPLY < <(compgen " + words +
            " -- \"$current\"); return ;;\n";
  }
  for (const auto& option : options)
    if (option.value == "text") text += "    " + std::string(option.name) + ") return ;;\n";
  text += "  esac\n  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n    case \" " + names() +
          " \" in *\" $word \"*) command=$word; break ;; esac\n  done\n";
  text += "  local words\n  case $command in\n";
  for (const auto& command : commands)
    text += "    " + std::string(command.name) + ") words='" + listed(command.name) + "' ;;\n";
  text += "    *) words='" + names() + " " + listed("") + " --version' ;;\n  esac\n";
  text += R"(  if [[ $current != -* ]]; then
    case $command in
      # The layers that are on the command line say which keys there are.
      get|keys|explain)
        local layers=() i
        for ((i = 1; i < ${#COMP_WORDS[@]}; i++)); do
          [[ $i -ne $COMP_CWORD && ${COMP_WORDS[i]} != "$command" ]] && layers+=("${COMP_WORDS[i]}")
        done
        # Not by compgen -W, which would expand what a key holds, commands too.
        while IFS= read -r word; do
          [[ $word == "$current"* ]] && COMPREPLY+=("$word")
        done < <(superconfig keys --all "${layers[@]}" 2>/dev/null)
        return ;;
      diff|convert) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
)";
  text += "      completion) words='" + std::string(shells) + "' ;;\n";
  text += R"(      ?*) return ;;
    esac
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o filenames -F _superconfig superconfig
)";
  return text;
}

std::string zsh_option(const Option& option) {
  std::string text = "'*" + std::string(option.name) + "[" + std::string(option.about) + "]";
  if (option.value == "file") {
    text += ":file:_files";
  } else if (option.value == "text") {
    text += ":text: ";
  } else if (!option.value.empty()) {
    text += ":word:(" + std::string(option.value) + ")";
  }
  return text + "'";
}

constexpr std::string_view zsh_paths =
    "        '*:path:{local -a paths; paths=(${(f)\"$(superconfig keys --all ${words[2,-2]:#$command} "
    "2>/dev/null)\"}); "
    "compadd -a paths}'\n";

std::string zsh() {
  std::string text = R"(#compdef superconfig
# zsh completion for superconfig. Put this into a file _superconfig of a directory in $fpath.
_superconfig() {
  local -a commands
  commands=(
)";
  for (const auto& command : commands)
    text += "    '" + std::string(command.name) + ":" + std::string(command.about) + "'\n";
  // Alternatives of a pattern are separated by bars.
  auto alternatives = names();
  std::ranges::replace(alternatives, ' ', '|');
  text += "  )\n  local command=${words[(r)(" + alternatives;
  text += ")]}\n  case $command in\n";
  for (const auto& command : commands) {
    text += "    " + std::string(command.name) + ")\n      _arguments \\\n";
    for (const auto& option : options)
      if (is_of(option, command.name)) text += "        " + zsh_option(option) + " \\\n";
    const bool files = command.name == "diff" || command.name == "convert";
    const bool paths = command.name == "get" || command.name == "keys" || command.name == "explain";
    text += command.name == "completion" ? "        '2:shell:(" + std::string(shells) + ")'\n"
            : files                      ? std::string("        '*:file:_files'\n")
            : paths                      ? std::string(zsh_paths)
                                         : std::string("        '*: :'\n");
    text += "      ;;\n";
  }
  text += "    *)\n      _arguments \\\n";
  for (const auto& option : options)
    if (is_of(option, "")) text += "        " + zsh_option(option) + " \\\n";
  text +=
      "        '--version[the version]' \\\n        '1:command:{_describe command commands}'\n      ;;\n  esac\n}\n"
      "_superconfig \"$@\"\n";
  return text;
}

std::string fish() {
  std::string text = R"(# fish completion for superconfig. Put this into ~/.config/fish/completions/superconfig.fish
function __superconfig_paths
  set -l words (commandline -opc)
  superconfig keys --all (string match -v -r '^(get|keys|explain)$' -- $words[2..-1]) 2>/dev/null
end
complete -c superconfig -f
complete -c superconfig -l version -d 'the version'
)";
  for (const auto& command : commands)
    text += "complete -c superconfig -n __fish_use_subcommand -a " + std::string(command.name) + " -d '" +
            std::string(command.about) + "'\n";
  for (const auto& option : options) {
    text += "complete -c superconfig -l " + std::string(option.name.substr(2)) + " -d '";
    text += std::string(option.about) + "'";
    if (!option.commands.empty()) text += " -n '__fish_seen_subcommand_from " + std::string(option.commands) + "'";
    if (option.value == "file") {
      text += " -r -F";
    } else if (option.value == "text") {
      text += " -x";
    } else if (!option.value.empty()) {
      text += " -x -a '" + std::string(option.value) + "'";
    }
    text += "\n";
  }
  text += "complete -c superconfig -n '__fish_seen_subcommand_from completion' -a '" + std::string(shells) +
          "'\n"
          "complete -c superconfig -n '__fish_seen_subcommand_from diff convert' -F\n"
          "complete -c superconfig -n '__fish_seen_subcommand_from get keys explain' -a '(__superconfig_paths)'\n";
  return text;
}

}  // namespace

std::optional<std::string> completion(std::string_view shell) {
  if (shell == "bash") return bash();
  if (shell == "zsh") return zsh();
  if (shell == "fish") return fish();
  return {};
}

}  // namespace superconfig::cli
