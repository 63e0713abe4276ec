// clang-format off: the guide needs the lines as they are
// docs/migration.md: its C++, and every name that it says there is here.
#include <gtest/gtest.h>

#include <array>
#include <cctype>
#include <regex>
#include <sstream>
#include <superconfig/superconfig.hpp>

#include "cli/command.hpp"

using namespace superconfig;

namespace {

const std::string root = std::string(SUPERCONFIG_SOURCE_DIR) + "/";

struct Server {
  int port = 1;
};

struct Named {
  int number = 0;
  Server server;

  static constexpr auto superconfig() {
    using namespace superconfig;
    return annotate(field(&Named::number).rename("no").alias("nr").required(), field(&Named::server).flatten(),
                    deny_unknown());
  }
};

class Migration : public test::CommandTest {
 protected:
  Migration() : before_(std::filesystem::current_path()) { std::filesystem::current_path(folder); }
  ~Migration() override { std::filesystem::current_path(before_); }

 private:
  std::filesystem::path before_;
};

TEST_F(Migration, FromCloneStyleCalls) {
  write("app.toml", "[server]\nport = 1\n");

  const auto base = SuperConfig().with_file("app.toml");
  const auto test = base.with_value("server.port", 0);        // was: base.clone().with_…, base.with_…_clone(…)
  const auto handle = base.with_value_ref("server.port", 0);  // the same behind a handle: see handles.md

  EXPECT_EQ(base.get<int>("server.port"), 1);
  EXPECT_EQ(test.get<int>("server.port"), 0);
  EXPECT_EQ(handle.get<int>("server.port"), 0);
}

TEST_F(Migration, FromFigment) {
  write("App.toml", "[default]\na = 1\n[production]\na = 2\n");
  write("App.json", R"({"b": 3})");

  const auto config = SuperConfig()
                          .merge(Toml::file("App.toml").nested())
                          .merge(Env::prefixed("APP_").split("__"))
                          .join(Json::file("App.json"))
                          .select("production");

  EXPECT_EQ(config.get<int>("a"), 2);
  EXPECT_EQ(config.get<int>("b"), 3);
}

TEST_F(Migration, DerivedHandles) {
  write("app.toml", "a = 1\n");
  const SuperConfig base;
  const auto text = Json::string(R"({"server": {"port": 7}})");
  const Environment environment{{"APP_SERVER__PORT", "8"}};
  const std::optional<Server> options{Server{.port = 9}};
  EXPECT_EQ(base.merge_ref(text).join_ref(text).admerge_ref(text).adjoin_ref(text).layers().size(), 4U);
  EXPECT_EQ(base.with_file_ref("app.toml").with_file_opt_ref("none.toml").get<int>("a"), 1);
  EXPECT_EQ(base.with_env_ref("APP_", environment).get<int>("server.port"), 8);
  EXPECT_EQ(base.with_env_ignore_empty_ref("APP_", environment).get<int>("server.port"), 8);
  EXPECT_EQ(base.with_hierarchical_config_ref("migration-no-app").keys().size(), 0U);
  EXPECT_EQ(base.with_defaults_ref(Server{}).with_defaults_string_ref("port = 2").get<int>("port"), 2);
  EXPECT_EQ(base.with_cli_opt_ref(options).get<int>("port"), 9);
  EXPECT_EQ(base.merge_ref(text).select_ref("x").focus_ref("server").get<int>("port"), 7);
  EXPECT_EQ(base.with_verbosity_ref(Verbosity::silent).verbosity(), Verbosity::silent);
  EXPECT_EQ(base.with_info_verbosity_ref().verbosity(), Verbosity::info);
  EXPECT_EQ(base.with_debug_verbosity_ref().verbosity(), Verbosity::debug);
  EXPECT_EQ(base.with_trace_verbosity_ref().verbosity(), Verbosity::trace);
}

TEST_F(Migration, WhatACopyWasFor) {
  auto handle = SuperConfig::new_handled().with_value("a", 1);
  const SuperConfig before = handle.config();
  EXPECT_EQ(before.with_override("a", 2).get<int>("a"), 2);
  EXPECT_EQ(handle.with_override_ref("a", 3).get<int>("a"), 3);
  EXPECT_EQ(handle.clone_config().get<int>("a"), 1);
  handle.update([](const SuperConfig& c) { return c.with_value("a", 4); });
  handle.refresh();
  const SharedConfigHandle shared = std::move(handle).share();
  EXPECT_EQ(shared->get<int>("a"), 4);
  EXPECT_EQ(before.get<int>("a"), 1);
}

TEST_F(Migration, FromTheFirstGeneration) {
  write("app.toml", "a = 1\nlist = ['x']\nlist_remove = ['y']\n");
  write("config/base.toml", "b = 1\n");
  int told = 0;
  auto config = SuperConfig()
                    .with_debug_verbosity()
                    .with_info_verbosity()
                    .with_trace_verbosity()
                    .with_verbosity(Verbosity::debug)
                    .on_message([&](const Message&) { ++told; })
                    .on_warning([&](const Warning&) { ++told; })
                    .with_defaults(Server{})
                    .with_defaults_string("c = 1")
                    .with_file("app")
                    .with_file_opt(std::nullopt)
                    .with_env("MIGRATION_")
                    .with_env_ignore_empty("MIGRATION_")
                    .with_hierarchical_config("migration-no-app")
                    .with_cli_opt(std::optional<Server>())
                    .merge(File("app.toml"))
                    .merge(Text("d = 1"))
                    .merge(Variables("MIGRATION_"))
                    .merge(Empty(Text("e = ''")))
                    .merge(Wildcard({"config/*.toml"}).sort(Wildcard::Sort::reverse))
                    .merge(Wildcard({"*.toml"}).sort_by({"base.*"}).in_directories({"config"}))
                    .merge(Wildcard({"*.toml"}).recursive({"config"}, 1))
                    .merge(Wildcard({"*.toml"}).in_directories_of([] { return std::vector<std::string>{"config"}; }))
                    .merge(Hierarchical("migration-no-app"))
                    .merge(Wildcard::xdg("migration-no-app"))
                    .merge(Wildcard::development("config/base"));
  EXPECT_EQ(config.extract<Server>().port, 1);
  EXPECT_TRUE(config.try_extract<Server>().ok());
  EXPECT_EQ(config.get_string("list[0]"), "x");
  EXPECT_EQ(config.get_array<std::string>("list").size(), 1U);
  EXPECT_TRUE(config.has_key("b"));
  EXPECT_FALSE(config.has_key("e"));
  EXPECT_EQ(config.keys(), (std::vector<std::string>{"port", "c", "a", "list", "d", "b"}));
  EXPECT_EQ(config.as_json(), config.try_as_json().value());
  EXPECT_FALSE(config.as_yaml().empty() || config.as_toml().empty());
  EXPECT_EQ(config.debug_sources().size(), config.layers().size());
  EXPECT_FALSE(config.debug_config().empty());
  EXPECT_EQ(config.explain("a").value, Value(1));
  EXPECT_TRUE(config.has_warnings());
  EXPECT_FALSE(config.warnings()[0].path.empty());
  EXPECT_EQ(config.verbosity(), Verbosity::debug);
  EXPECT_GT(told, 0);
  const auto messages = config.debug_messages_at_level(Verbosity::debug);
  ASSERT_FALSE(messages.empty());
  const Message& message = messages[0];
  EXPECT_EQ(message.level, Verbosity::debug);
  EXPECT_EQ(message.step, 0U);
  EXPECT_FALSE(message.provider.empty() || message.text.empty() || !message.success);
  EXPECT_TRUE(std::any_of(messages.begin(), messages.end(), [&](const Message& m) {
    return m.text == "read " + (folder / "config/base.toml").string();
  })) << "found files are named";
  testing::internal::CaptureStderr();
  config.print_debug_messages();
  config.print_warnings();
  EXPECT_FALSE(testing::internal::GetCapturedStderr().empty());
  EXPECT_FALSE(config.debug_messages().empty());
  config.clear_debug_messages();
  EXPECT_TRUE(config.debug_messages().empty());
}

TEST_F(Migration, NamesOfFigment) {
  write("app.toml", "[default]\na = 1\n[debug]\na = 2\n");
  const Environment environment{{"APP_B", "5"}, {"APP_C", "6"}};
  const auto v = Value::dict({{"v", 1}});
  const auto config = SuperConfig()
                          .merge(Toml::file("app.toml").nested().required())
                          .admerge(Toml::file_exact((folder / "app.toml").string()).nested())
                          .adjoin(Yaml::string("y: 1").profile("debug"))
                          .join(Json::string(R"({"j": 1})"))
                          .merge(Env::raw(environment).only({"APP_B"}).map([](std::string_view) { return "b"; }))
                          .merge(Env::prefixed("APP_", environment)
                                     .ignore({"b"})
                                     .filter([](std::string_view) { return true; })
                                     .split("__")
                                     .lowercase(true)
                                     .profile("debug"))
                          .merge(Env::prefixed("APP_", environment).only({"c"}).global())
                          .with_defaults(Server{})
                          .merge(Defaults(to_value(Server{})))
                          .merge(Defaults(v).at("at"))
                          .merge(Defaults(v).global())
                          .merge(Defaults(v).profile("debug"))
                          .merge(Defaults(v).at("all").global())
                          .merge(Pair("pair", 1))
                          .with_override("\"a.b\"", 1)
                          .with_array_edits(false)
                          .merge(provide("mine", [] { return Value::dict({{"mine", 1}}); }));
  static_assert(std::derived_from<Defaults, Provider>);
  EXPECT_EQ(config.profile(), default_profile);
  EXPECT_EQ(config.select("debug").get<int>("a"), 2);
  EXPECT_EQ(config.profiles(), (std::vector<std::string>{"default", "debug", std::string(global_profile)}));
  EXPECT_EQ(config.focus("at").get<int>("v"), 1);
  EXPECT_EQ(config.extract_lossy<Server>().port, 1);
  EXPECT_EQ(config.extract_inner<int>("pair") + config.extract_inner_lossy<int>("b"), 6);
  const Result<int> c = config.try_extract_inner<int>("c");
  EXPECT_TRUE(c.ok());
  EXPECT_TRUE(config.find_value("all.v") && config.contains("mine"));
  const Origin origin = *config.find_metadata("a");
  EXPECT_EQ(origin.line, 2U);
  EXPECT_EQ(config.layers().size(), 16U);
  EXPECT_TRUE(config.value().is_dict());
  EXPECT_EQ(SuperConfig().merge(config.as_provider()).get<int>("a"), 1);
  struct Tags {
    Tagged<int> a;
    RelativePath mine;
  };
  EXPECT_EQ(config.extract_inner<Tagged<int>>("a").value, 1);
  const auto named = SuperConfig().merge(Text("nr = 1\nport = 'x'")).try_extract<Named>();
  ASSERT_FALSE(named.ok());
  const Errors& errors = named.error();
  const Error& error = errors[0];
  EXPECT_EQ(error.code, ErrorCode::invalid_type);
  EXPECT_EQ(error.path, std::vector<std::string>{"port"});
  EXPECT_FALSE(error.origin.name.empty());
  EXPECT_THROW((void)SuperConfig().extract<Named>(), ConfigError);
  EXPECT_TRUE(SuperConfig().with_value("x", 1).deny_unknown().try_extract<Named>().error().size() > 1);
}

// Every name of the right columns stands in this file, outside of this test.
TEST_F(Migration, NamesWhatThereIs) {
  auto code = test::read_text(root + "tests/readme/migration_test.cpp");
  code = code.substr(0, code.find("// Every name of the right columns"));
  std::set<std::string> used;
  const std::regex word("[A-Za-z_][A-Za-z_0-9]*");
  for (std::sregex_iterator it(code.begin(), code.end(), word), end; it != end; ++it) used.insert(it->str());
  // What is text in the examples, or another language's.
  const std::set<std::string> others{"p", "t", "v", "k", "l", "f", "T", "path", "app", "base", "name", "function",
                                     "key", "ps", "c"};

  std::istringstream page(test::read_text(root + "docs/migration.md"));
  std::size_t names = 0;
  bool is_table = false;
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with("| ")) {
      is_table = false;
      continue;
    }
    if (!std::exchange(is_table, true)) continue;  // the head
    // From the second column on: what there is here; where it says `the same names`, the first too.
    const auto second = line.find(" | ", 2);
    const auto right = line.find("the same name") == std::string::npos ? line.substr(second) : line;
    const std::regex span("`([^`]+)`");
    for (std::sregex_iterator it(right.begin(), right.end(), span), end; it != end; ++it) {
      const auto text = (*it)[1].str();
      if (!std::isalpha(static_cast<unsigned char>(text[0])) && text[0] != '.') continue;
      for (std::sregex_iterator w(text.begin(), text.end(), word); w != end; ++w) {
        if (others.contains(w->str()) || text.find("00123") != std::string::npos) continue;
        EXPECT_TRUE(used.contains(w->str())) << "`" << w->str() << "` in: " << line;
        ++names;
      }
    }
  }
  EXPECT_GT(names, 100U);
}

}  // namespace
