// The settings of a web shop: defaults from a struct, two TOML files, a JSON file, the environment, the command line.
//
//   example_shop [--dir FOLDER] [--set PATH=TEXT]...
//
// prints every value with its origin, what stands behind one of them, and the settings as the program reads them. The
// files are those beside this one unless --dir says otherwise. Without arguments it shows itself on an example.
#include <stdlib.h>  // setenv

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "settings.hpp"

using superconfig::SuperConfig, superconfig::Value;

namespace {

struct Arguments {
  std::string folder = std::string(__FILE__).substr(0, std::string_view(__FILE__).rfind('/'));
  std::vector<std::string> settings;
};

// ---- the layers: each is composed over those above it ----

SuperConfig configuration(const Arguments& arguments) {
  auto config = SuperConfig()
                    .with_defaults(shop::Settings{})
                    .with_file(arguments.folder + "/shop.toml")
                    .with_file(arguments.folder + "/catalog.json")
                    .with_file_opt(arguments.folder + "/overrides.toml")
                    .with_env("SHOP_");
  for (const auto& setting : arguments.settings) config = config.with_set(setting);
  return config;
}

// ---- every value with its origin ----

struct Row {
  std::string path, value, origin;
};

void collect(std::vector<Row>& rows, superconfig::Path path, const Value& value, superconfig::Mark mark) {
  if (value.is_dict() && value.size() > 0) {
    for (const auto& entry : value.entries()) {
      auto below = path;
      below.push_back(std::string(entry.name.view()));
      collect(rows, below, entry.value, entry.mark);
    }
  } else if (value.is_array() && value.size() > 0) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      auto below = path;
      below.push_back(std::to_string(i));
      collect(rows, below, value.at(i)->value, value.at(i)->mark);
    }
  } else {
    rows.push_back({path.to_string(), value.to_string(), origin_of(mark).to_string()});
  }
}

// Names of files without the folder that all are in.
std::string shortened(std::string text, const std::string& folder) {
  for (std::size_t at = 0; (at = text.find(folder + "/", at)) != std::string::npos;) text.erase(at, folder.size() + 1);
  return text;
}

void print_origins(const SuperConfig& config, const std::string& folder) {
  std::vector<Row> rows;
  collect(rows, {}, masked(config.value()), {});
  std::size_t path_width = 0, value_width = 0;
  for (auto& row : rows) {
    row.origin = shortened(row.origin, folder);
    path_width = std::max(path_width, row.path.size());
    value_width = std::max(value_width, row.value.size());
  }
  for (const auto& row : rows)
    std::cout << "  " << std::left << std::setw(static_cast<int>(path_width) + 2) << row.path
              << std::setw(static_cast<int>(value_width) + 2) << row.value << row.origin << '\n';
}

// ---- the settings as the program reads them ----

void print_typed(const shop::Settings& settings) {
  const auto& [host, port, workers, timeout, max_body] = settings.server;
  std::cout << "  " << settings.name << " listens on " << host << ':' << port << " with " << workers << " workers, "
            << timeout.count() << " ms and " << max_body.bytes << " bytes a request\n"
            << "  the database is " << settings.database.user << '@' << settings.database.host << ':'
            << settings.database.port << ", at most " << settings.database.max_conn << " connections, password "
            << settings.database.password << " (" << settings.database.password.reveal().size() << " characters)\n"
            << "  debug messages are " << (settings.log.level == shop::Level::debug ? "on" : "off")
            << "; messages go to " << (settings.log.file ? settings.log.file->original() : "the terminal") << '\n';
  for (const auto& [product, price] : settings.pricing)
    std::cout << "  " << product << ": " << price << ' ' << settings.currency << '\n';
}

// ---- the command line ----

Arguments read(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (i + 1 < argc && option == "--dir") {
      arguments.folder = argv[++i];
    } else if (i + 1 < argc && option == "--set") {
      arguments.settings.emplace_back(argv[++i]);
    } else {
      std::cerr << "usage: example_shop [--dir FOLDER] [--set PATH=TEXT]...\n";
      std::exit(2);
    }
  }
  return arguments;
}

// As a shell would start it.
Arguments demonstration() {
  std::cout << "$ ";
  const std::pair<const char*, const char*> variables[] = {
      {"SHOP_DATABASE_MAX_CONN", "50"}, {"SHOP_DATABASE_PASSWORD", "s3cret"}, {"SHOP_LOG__LEVEL", "debug"}};
  for (const auto& [name, value] : variables) {
    setenv(name, value, 0);
    std::cout << name << '=' << value << ' ';
  }
  std::cout << "example_shop --set server.port=9090\n\n";
  Arguments arguments;
  arguments.settings = {"server.port=9090"};
  return arguments;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const auto arguments = argc > 1 ? read(argc, argv) : demonstration();
    const auto config = configuration(arguments);
    const auto settings = config.extract<shop::Settings>();  // throws with everything that is wrong

    std::cout << "Every value, and where it was written:\n";
    print_origins(config, arguments.folder);
    std::cout << "\nWhat stands behind database.max_conn:\n"
              << shortened(config.explain("database.max_conn").to_string(), arguments.folder);
    std::cout << "\nWhat the program reads:\n";
    print_typed(settings);
    // One value, without a struct:
    std::cout << "  the second feature is " << config.get_or<std::string>("features.1", "none") << '\n';
  } catch (const superconfig::ConfigError& error) {
    for (const auto& problem : error.errors()) std::cerr << problem.to_display_string() << '\n';
    return 1;
  }
}
