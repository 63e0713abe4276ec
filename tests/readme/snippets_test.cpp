// The C++ of the documents. readme_test.cpp sees to it that they show just this.
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>
#include <superconfig/superconfig.hpp>

#include "cli/command.hpp"

namespace {

using namespace superconfig;

class Snippets : public test::CommandTest {
 protected:
  Snippets() : before_(std::filesystem::current_path()) { std::filesystem::current_path(folder); }
  ~Snippets() override { std::filesystem::current_path(before_); }

 private:
  std::filesystem::path before_;
};

TEST_F(Snippets, Orders) {
  write("base.toml", "tags = ['a']\n[server]\nport = 8080\n");
  write("fallback.json", R"({"server": {"port": 1, "host": "localhost"}})");

  const auto config = SuperConfig()
                          .merge(Toml::file("base.toml"))
                          .join(Json::file("fallback.json"))
                          .admerge(Toml::string("tags = ['b']"))
                          .with_set("server.port=9000");

  EXPECT_EQ(config.get<int>("server.port"), 9000);
  EXPECT_EQ(config.get<std::string>("server.host"), "localhost");
  EXPECT_EQ(config.get_array<std::string>("tags"), (std::vector<std::string>{"a", "b"}));
}

TEST_F(Snippets, Profiles) {
  write("app.toml", "[default]\nlog = 'info'\nworkers = 8\n[debug]\nlog = 'debug'\nworkers = 1\n");

  const auto config = SuperConfig()
                          .merge(Toml::file("app.toml").nested())
                          .merge(Json::string(R"({"workers": 2})").profile("debug"))
                          .select("debug");

  EXPECT_EQ(config.get<std::string>("log"), "debug");
  EXPECT_EQ(config.get<int>("workers"), 2);
}

TEST_F(Snippets, Focus) {
  const auto config = SuperConfig().merge(Toml::string("[server]\nport = 1\nhost = 'x'"));

  const auto server = config.focus("server").with_value("port", 9000);

  EXPECT_EQ(server.get<int>("port"), 9000);
  EXPECT_EQ(server.get<std::string>("host"), "x");
  EXPECT_EQ(config.get<int>("server.port"), 1);
}

TEST_F(Snippets, Origins) {
  write("base.toml", "[server]\nport = 8080\n");
  const auto config = SuperConfig().with_file("base.toml");
  testing::internal::CaptureStdout();

  const auto origin = config.find_metadata("server.port");  // std::optional<Origin>
  std::cout << origin->name << ' ' << origin->line << ' ' << origin->column << '\n';
  std::cout << config.explain("server.port").to_string();

  EXPECT_TRUE(testing::internal::GetCapturedStdout().starts_with((folder / "base.toml").string() + " 2 8\n"));
}

struct Limits {
  std::string zip = "";
  std::uint16_t max_conn = 10;
  bool verbose = false;
  std::vector<std::string> hosts;
  std::chrono::seconds timeout{30};
};

TEST_F(Snippets, Environment) {
  const Environment environment{{"APP_ZIP", "00123"},
                                {"APP_MAX_CONN", "20"},
                                {"APP_VERBOSE", "yes"},
                                {"APP_HOSTS", "a,b"},
                                {"APP_TIMEOUT", "1m30s"}};
  const auto limits = SuperConfig().with_env("APP_", environment).extract<Limits>();

  EXPECT_EQ(limits.zip, "00123");
  EXPECT_EQ(limits.max_conn, 20);
  EXPECT_TRUE(limits.verbose);
  EXPECT_EQ(limits.hosts, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(limits.timeout, std::chrono::seconds(90));
}

TEST_F(Snippets, VariablesThatAreNoFieldAreErrorsWhereUnknownOnesAreDenied) {
  const auto config = SuperConfig().with_env("APP_", {{"APP_MAX_CON", "1"}});
  EXPECT_EQ(config.extract<Limits>().max_conn, 10);
  const auto limits = config.try_extract<Limits>({.deny_unknown = true});
  ASSERT_FALSE(limits.ok());
  EXPECT_EQ(limits.errors()[0].code, ErrorCode::unknown_field);
  EXPECT_EQ(limits.errors()[0].origin.to_string(), "env APP_MAX_CON");
}

TEST_F(Snippets, WhereTheReadmeSaysVariablesGo) {
  const auto config = SuperConfig()
                          .merge(Toml::string("server = {max_conn = 1}\npeers = [{host = 'a'}]"))
                          .with_env("APP_", {{"APP_SERVER_MAX_CONN", "2"},
                                             {"APP_NEW_THING_X", "3"},
                                             {"APP_PEERS__0__HOST", "b"},
                                             {"APP_ZIP", "00123"}});
  EXPECT_EQ(config.get<int>("server.max_conn"), 2);
  EXPECT_EQ(config.get<int>("new.thing_x"), 3);
  EXPECT_EQ(config.get<std::string>("peers[0].host"), "b");
  EXPECT_EQ(config.get<std::string>("zip"), "00123");
  EXPECT_EQ(config.get<int>("zip"), 123);
}

}  // namespace
