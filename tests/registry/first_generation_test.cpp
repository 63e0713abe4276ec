// What the first generation promised, asked of every form a configuration has now: sixteen tests of the same intent as
// its integration tests. Where it was broken, what is right stands here: items keep their order, a project's directory
// is not found twice, a file that is missing is an error.

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/building.hpp"
#include "registry/forms.hpp"

namespace superconfig {
namespace {

using testing::Scratch;
using Texts = std::vector<std::string>;

struct Database {
  std::string url = "postgres://localhost";
  std::uint32_t timeout = 30;
  Texts allowed_origins;
};

struct Settings {
  std::string host = "localhost";
  std::uint16_t port = 8080;
  Texts features;
  Database database;
};

// Sets variables of the process, and puts back what there was.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    if (value) {
      ::setenv(name, value, 1);
    } else {
      ::unsetenv(name);
    }
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() {
    if (before_) {
      ::setenv(name_, before_->c_str(), 1);
    } else {
      ::unsetenv(name_);
    }
  }

 private:
  const char* name_;
  std::optional<std::string> before_;
};

class FirstGeneration : public testing::EveryForm {
 protected:
  Scratch scratch;
};

// The three levels of an application's files: the user's configuration directory, the user's dot directory, a project.
class FirstGenerationLevels : public FirstGeneration {
 protected:
  void write_levels(std::string_view system, std::string_view user, std::string_view project) {
    scratch.write(".config/testapp/testapp.toml", system);
    scratch.write(".testapp/testapp.toml", user);
    scratch.write("project/testapp.toml", project);
    scratch.enter("project/source");
  }
  [[nodiscard]] Settings read() const {
    return start().with_defaults(Settings{}).with_hierarchical_config("testapp").extract<Settings>();
  }

 private:
  Variable home_{"HOME", scratch.path().c_str()};
  Variable config_home_{"XDG_CONFIG_HOME", nullptr};
};

INSTANTIATE_TEST_SUITE_P(All, FirstGeneration, testing::every_form(), testing::form_and_mode);
INSTANTIATE_TEST_SUITE_P(All, FirstGenerationLevels, testing::every_form(), testing::form_and_mode);

TEST_P(FirstGeneration, builder) {
  const auto config = start().with_defaults(Settings{});
  const auto settings = config.extract<Settings>();
  EXPECT_EQ(settings.host, "localhost");
  EXPECT_EQ(settings.port, 8080);
  EXPECT_TRUE(settings.features.empty());
  EXPECT_EQ(settings.database.url, "postgres://localhost");
  EXPECT_EQ(settings.database.timeout, 30U);
}

// There it was a figment behind a dereference; here all of it are the configuration's own functions.
TEST_P(FirstGeneration, figment_access) {
  const auto config = start()
                          .with_defaults(Settings{})
                          .merge(Toml::string("[default]\nport = 1\n[debug]\nport = 2").nested())
                          .join(Json::string(R"({"port": 3, "joined": true})"))
                          .admerge(Toml::string("features = ['a']"))
                          .adjoin(Toml::string("features = ['b']\nport = 4"))
                          .merge(Pair("database.timeout", 60));
  EXPECT_EQ(config.profiles(), (Texts{"default", "debug", "global"}));
  EXPECT_EQ(config.profile(), "default");
  EXPECT_EQ(config.extract_inner<int>("port"), 1);
  EXPECT_EQ(config.extract_inner<int>("database.timeout"), 60);
  EXPECT_TRUE(config.contains("joined"));
  EXPECT_FALSE(config.contains("port.none"));
  EXPECT_EQ(config.get_array<std::string>("features"), (Texts{"a", "b"}));
  ASSERT_TRUE(config.find_value("database.url"));
  EXPECT_EQ(config.find_value("database.url")->to_string(), R"("postgres://localhost")");
  EXPECT_FALSE(config.find_value("database.none"));
  ASSERT_TRUE(config.find_metadata("features[0]"));
  EXPECT_EQ(config.find_metadata("features[0]")->layer, (std::vector<std::uint32_t>{3}));
  EXPECT_EQ(config.layers().size(), 6U);

  const auto selected = start().merge(Toml::string("[default]\nport = 1\n[debug]\nport = 2").nested()).select("debug");
  EXPECT_EQ(selected.profile(), "debug");
  EXPECT_EQ(selected.get<int>("port"), 2);
  const auto focused = start().with_defaults(Settings{}).focus("database");
  EXPECT_EQ(focused.extract<Database>().timeout, 30U);
  EXPECT_EQ(focused.extract_lossy<Database>().timeout, 30U);
  EXPECT_EQ((config.extract<std::map<std::string, Value>>().size()), 5U);
}

TEST_P(FirstGeneration, native_methods) {
  scratch.write("config.json", R"({"host": "example.com", "features": ["auth"]})");
  const auto config = start().with_file(scratch.path("config.json"));
  const auto settings = config.extract<Settings>();
  EXPECT_EQ(settings.host, "example.com");
  EXPECT_EQ(settings.port, 8080) << "the type's own default";
  EXPECT_EQ(config.as_json(), "{\n  \"host\": \"example.com\",\n  \"features\": [\n    \"auth\"\n  ]\n}");
  EXPECT_NE(config.as_yaml().find("host: example.com"), std::string::npos);
  EXPECT_EQ(config.get_string("host"), "example.com");
  EXPECT_EQ(config.get_array<std::string>("features"), Texts{"auth"});
  EXPECT_TRUE(config.has_key("host"));
  EXPECT_FALSE(config.has_key("nonexistent"));
  EXPECT_FALSE(config.has_warnings());
}

TEST_P(FirstGeneration, defaults_and_file) {
  scratch.write("config.toml",
                "host = 'toml.example.com'\nport = 9090\n[database]\nurl = 'mysql://localhost'\ntimeout = 60\n");
  const auto config = start().with_defaults(Settings{}).with_file(scratch.path("config.toml"));
  const auto settings = config.extract<Settings>();
  EXPECT_EQ(settings.host, "toml.example.com");
  EXPECT_EQ(settings.port, 9090);
  EXPECT_EQ(settings.database.url, "mysql://localhost");
  EXPECT_EQ(settings.database.timeout, 60U);
  EXPECT_EQ(config.get_string("host"), "toml.example.com");
  EXPECT_TRUE(config.has_key("database"));
  EXPECT_EQ(config.keys(), (Texts{"host", "port", "features", "database"}));
  EXPECT_EQ(config.keys("database"), (Texts{"url", "timeout", "allowed_origins"}));
}

TEST_P(FirstGeneration, array_merging) {
  scratch.write("base.json", R"({"features": ["auth", "logging"],
                                 "database": {"allowed_origins": ["https://app.com", "https://admin.com"]}})");
  scratch.write("override.json", R"({"features_add": ["metrics", "tracing"], "features_remove": ["logging"],
                                     "database": {"allowed_origins_add": ["https://api.com"],
                                                  "allowed_origins_remove": ["https://admin.com"]}})");
  const auto config = start().with_file(scratch.path("base.json")).with_file(scratch.path("override.json"));
  const auto settings = config.extract<Settings>();
  EXPECT_EQ(settings.features, (Texts{"auth", "metrics", "tracing"}));
  EXPECT_EQ(settings.database.allowed_origins, (Texts{"https://app.com", "https://api.com"}));
  EXPECT_FALSE(config.has_key("features_add"));
  EXPECT_FALSE(config.has_key("database.allowed_origins_remove"));
}

TEST_P(FirstGeneration, nested_environment) {
  const Variable host("FIRSTGEN_HOST", "env.example.com");
  const Variable port("FIRSTGEN_PORT", "3000");
  const Variable features("FIRSTGEN_FEATURES", R"(["cache", "redis"])");
  const Variable url("FIRSTGEN_DATABASE_URL", "redis://localhost");
  const Variable timeout("FIRSTGEN_DATABASE_TIMEOUT", "120");
  // Longer than one level after the first `_`: the key that is known below wins over nesting there.
  const Variable origins("FIRSTGEN_DATABASE_ALLOWED_ORIGINS", R"(["https://a.com"])");
  const auto settings = start().with_defaults(Settings{}).with_env("FIRSTGEN_").extract<Settings>();
  EXPECT_EQ(settings.host, "env.example.com");
  EXPECT_EQ(settings.port, 3000);
  EXPECT_EQ(settings.features, (Texts{"cache", "redis"}));
  EXPECT_EQ(settings.database.url, "redis://localhost");
  EXPECT_EQ(settings.database.timeout, 120U);
  EXPECT_EQ(settings.database.allowed_origins, Texts{"https://a.com"});
  // Without defaults below, the type's fields are the known keys.
  EXPECT_EQ(start().with_env("FIRSTGEN_").extract<Settings>().database.allowed_origins, Texts{"https://a.com"});
}

TEST_P(FirstGeneration, format_detection) {
  scratch.write("config.json", R"({"host": "json.example.com"})");
  scratch.write("config.toml", "host = 'toml.example.com'");
  scratch.write("config.yaml", "host: yaml.example.com");
  scratch.write("toml.cfg", "host = 'cfg.example.com'");
  scratch.write("yaml.cfg", "host: cfg.yaml.example.com\nport: 1\n");
  scratch.write("json.cfg", R"({"host": "cfg.json.example.com"})");
  const auto host_in = [&](std::string_view file) {
    return start().with_file(scratch.path(file)).extract<Settings>().host;
  };
  EXPECT_EQ(host_in("config.json"), "json.example.com");
  EXPECT_EQ(host_in("config.toml"), "toml.example.com");
  EXPECT_EQ(host_in("config.yaml"), "yaml.example.com");
  EXPECT_EQ(host_in("toml.cfg"), "cfg.example.com");
  EXPECT_EQ(host_in("yaml.cfg"), "cfg.yaml.example.com");
  EXPECT_EQ(host_in("json.cfg"), "cfg.json.example.com");
  EXPECT_EQ(host_in("config"), "toml.example.com") << "no extension: .toml before .yaml before .json";
}

TEST_P(FirstGeneration, empty_filter) {
  struct Options {
    bool enabled = true;
    std::string name;
    std::uint32_t count = 1;
    Texts items;
  };
  scratch.write("base.json", R"({"enabled": true, "name": "production", "count": 42, "items": ["item1", "item2"]})");
  const std::optional<Options> given{{.enabled = false, .name = "", .count = 0, .items = {}}};
  const auto options = start().with_file(scratch.path("base.json")).with_cli_opt(given).extract<Options>();
  EXPECT_FALSE(options.enabled) << "false is a value";
  EXPECT_EQ(options.name, "production");
  EXPECT_EQ(options.count, 0U) << "0 is a value";
  EXPECT_EQ(options.items, (Texts{"item1", "item2"}));
  const auto none = start().with_file(scratch.path("base.json")).with_cli_opt(std::optional<Options>());
  EXPECT_EQ(none.layers().size(), 1U);
  EXPECT_EQ(none.extract<Options>().count, 42U);
}

TEST_P(FirstGenerationLevels, hierarchy) {
  write_levels(
      "host = 'system.example.com'\nport = 8080\n[database]\ntimeout = 45\nallowed_origins = ['https://system.com']\n",
      "port = 9090\n[database]\nallowed_origins_add = ['https://user.com']\n",
      "host = 'project.example.com'\n[database]\nallowed_origins_remove = ['https://system.com']\n"
      "allowed_origins_add = ['https://project.com']\n");
  const auto settings = read();
  EXPECT_EQ(settings.host, "project.example.com");
  EXPECT_EQ(settings.port, 9090);
  EXPECT_EQ(settings.database.timeout, 45U);
  EXPECT_EQ(settings.database.allowed_origins, (Texts{"https://user.com", "https://project.com"}));
}

TEST_P(FirstGenerationLevels, sequential_array_order) {
  write_levels("[database]\nallowed_origins = ['https://system.com', 'https://common.com']\n",
               "[database]\nallowed_origins_add = ['https://user-added.com']\n",
               "[database]\nallowed_origins_remove = ['https://system.com']\n"
               "allowed_origins_add = ['https://project-final.com']\n");
  EXPECT_EQ(read().database.allowed_origins,
            (Texts{"https://common.com", "https://user-added.com", "https://project-final.com"}));
}

TEST_P(FirstGenerationLevels, complex_array_sequence) {
  write_levels("[database]\nallowed_origins = ['A', 'B', 'C']\n",
               "[database]\nallowed_origins_remove = ['B']\nallowed_origins_add = ['D']\n",
               "[database]\nallowed_origins_remove = ['D']\nallowed_origins_add = ['E']\n");
  EXPECT_EQ(read().database.allowed_origins, (Texts{"A", "C", "E"}));
}

TEST_P(FirstGeneration, with_file_opt) {
  scratch.write("config.json", R"({"host": "optional.example.com", "port": 4000})");
  const auto settings_with = [](const std::optional<std::string>& path) {
    return start().with_defaults(Settings{}).with_file_opt(path).extract<Settings>();
  };
  EXPECT_EQ(settings_with(scratch.path("config.json")).host, "optional.example.com");
  EXPECT_EQ(settings_with(scratch.path("config.json")).port, 4000);
  EXPECT_EQ(settings_with(std::nullopt).host, "localhost");
  EXPECT_EQ(settings_with(std::nullopt).port, 8080);
  EXPECT_EQ(settings_with(scratch.path("missing.json")).host, "localhost");
  // One that must exist does not become an empty layer.
  const auto missing =
      start().with_defaults(Settings{}).with_file(scratch.path("missing.json")).try_extract<Settings>();
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error()[0].code, ErrorCode::not_found);
}

TEST_P(FirstGeneration, with_defaults_string) {
  const auto check = [](std::string_view text) {
    const auto settings = start().with_defaults_string(text).extract<Settings>();
    EXPECT_EQ(settings.host, "embedded.example.com");
    EXPECT_EQ(settings.port, 7000);
    EXPECT_EQ(settings.features, (Texts{"a", "b"}));
    EXPECT_EQ(settings.database.timeout, 45U);
  };
  check("host = 'embedded.example.com'\nport = 7000\nfeatures = ['a', 'b']\n[database]\ntimeout = 45\n");
  check(R"({"host": "embedded.example.com", "port": 7000, "features": ["a", "b"], "database": {"timeout": 45}})");
  check("host: embedded.example.com\nport: 7000\nfeatures: [a, b]\ndatabase:\n  timeout: 45\n");
}

TEST_P(FirstGeneration, priority_of_with_defaults_string) {
  scratch.write("config.toml", "port = 2\nfeatures = ['file']\n[database]\ntimeout = 2\n");
  struct Options {
    std::optional<std::uint16_t> port;
    std::string host;
  };
  const Variable timeout("FIRSTGEN_DATABASE_TIMEOUT", "3");
  const Variable port("FIRSTGEN_PORT", "3");
  const auto config = start()
                          .with_defaults_string("host = 'a'\nport = 1\n[database]\ntimeout = 1\nurl = 'sqlite://'\n")
                          .with_file(scratch.path("config.toml"))
                          .with_env("FIRSTGEN_")
                          .with_cli_opt(std::optional<Options>{{.port = 4, .host = ""}});
  const auto settings = config.extract<Settings>();
  EXPECT_EQ(settings.host, "a") << "from the text: nobody above says anything";
  EXPECT_EQ(settings.database.url, "sqlite://");
  EXPECT_EQ(settings.features, Texts{"file"});
  EXPECT_EQ(settings.database.timeout, 3U) << "the variable over the file";
  EXPECT_EQ(settings.port, 4) << "the option over the variable";
  // It is a layer like others: what stands before it loses.
  EXPECT_EQ(start().with_defaults(Settings{}).with_defaults_string("port = 1").get<int>("port"), 1);
}

TEST_P(FirstGeneration, with_env_ignore_empty) {
  const Variable host("FIRSTGEN_HOST", "env.example.com");
  const Variable port("FIRSTGEN_PORT", "5000");
  const Variable empty("FIRSTGEN_DATABASE_URL", "");
  const Variable none("FIRSTGEN_FEATURES", "[]");
  const Variable unknown("FIRSTGEN_EMPTY_STRING", "");
  Settings defaults;
  defaults.features = {"default"};
  const auto config = start().with_defaults(defaults).with_env_ignore_empty("FIRSTGEN_");
  const auto settings = config.extract<Settings>();
  EXPECT_EQ(settings.host, "env.example.com");
  EXPECT_EQ(settings.port, 5000);
  EXPECT_EQ(settings.database.url, "postgres://localhost");
  EXPECT_EQ(settings.features, Texts{"default"});
  EXPECT_FALSE(config.has_key("empty"));
  // with_env takes them as they are.
  const auto all = start().with_defaults(defaults).with_env("FIRSTGEN_");
  EXPECT_EQ(all.extract<Settings>().database.url, "");
  EXPECT_TRUE(all.extract<Settings>().features.empty());
  EXPECT_TRUE(all.has_key("empty.string"));
}

TEST_P(FirstGeneration, conversions) {
  scratch.write("config.json", R"({"host": "conversion.example.com", "port": 8080,
                                   "database": {"url": "postgres://localhost", "timeout": 60}})");
  const auto config = start().with_file(scratch.path("config.json"));
  // What is written reads back as the same tree.
  const auto tree = *config.find_value("");
  EXPECT_EQ(start().merge(Json::string(config.as_json())).find_value("")->to_string(), tree.to_string());
  EXPECT_EQ(start().merge(Yaml::string(config.as_yaml())).find_value("")->to_string(), tree.to_string());
  EXPECT_EQ(start().merge(Toml::string(config.as_toml())).find_value("")->to_string(), tree.to_string());
  EXPECT_NE(config.as_json().find("\"port\": 8080"), std::string::npos);
  EXPECT_NE(config.as_yaml().find("port: 8080"), std::string::npos);
  EXPECT_NE(config.as_toml().find("port = 8080"), std::string::npos);

  const auto dump = config.debug_config();
  EXPECT_NE(dump.find("profile default"), std::string::npos);
  EXPECT_NE(dump.find("conversion.example.com"), std::string::npos);
  EXPECT_NE(dump.find(scratch.path("config.json")), std::string::npos);
  ASSERT_EQ(config.debug_sources().size(), 1U);
  EXPECT_NE(config.debug_sources()[0].find(scratch.path("config.json")), std::string::npos);
}

}  // namespace
}  // namespace superconfig
