// clang-format off: the guide, or __LINE__, needs the lines as they are
// The C++ of the guide's pages: first steps, profiles, array edits, types, errors, extending. readme_test.cpp sees to
// it that they show just this.
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>
#include <superconfig/superconfig.hpp>

#include "cli/command.hpp"

using namespace superconfig;

namespace guide {

// ---- first steps ----

struct Server {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
};

struct Settings {
  Server server;
  std::chrono::seconds timeout{30};
  std::vector<std::string> features;
};

// ---- types ----

enum class Level { debug, info, warning };

struct Pool {
  unsigned min = 1;
  unsigned max = 10;
};

struct Database {
  std::string host;
  std::uint16_t port = 5432;
  Secret<std::string> password;
  std::optional<std::string> schema;
  std::chrono::milliseconds timeout{500};
  ByteSize cache{64 * 1024};
  Pool pool;
  Level log = Level::info;

  static constexpr auto superconfig() {
    using namespace superconfig;
    return annotate(field(&Database::host).required(),
                    field(&Database::port).range(1, 65535).alias("tcp-port"),
                    field(&Database::timeout).unit("ms"),
                    field(&Database::pool).flatten(),
                    field(&Database::log).rename("log-level"),
                    deny_unknown());
  }
};

struct Memory {
  ByteSize limit{1024 * 1024};
};
struct Disk {
  RelativePath folder;
};
using Storage = std::variant<Memory, Disk>;

// ---- extending ----

struct Colour {
  std::uint32_t rgb = 0;
};

}  // namespace guide

template <>
struct superconfig::Annotations<guide::Level> {
  static constexpr auto value = annotate(enumerator(guide::Level::warning, "warn").alias("warning"));
};

template <>
struct superconfig::Annotations<guide::Storage> {
  static constexpr auto value = annotate(internal("type"), alternative<guide::Memory>("memory"),
                                         alternative<guide::Disk>("disk"));
};

template <>
struct superconfig::Convert<guide::Colour> {
  static std::optional<guide::Colour> from(std::string_view text) {
    if (text.size() != 7 || text[0] != '#') return {};
    return guide::Colour{static_cast<std::uint32_t>(std::stoul(std::string(text.substr(1)), nullptr, 16))};
  }
  static constexpr std::string_view expected = "a colour such as #ff8000";
};

namespace guide {
namespace {

class Guide : public test::CommandTest {
 protected:
  Guide() : before_(std::filesystem::current_path()) { std::filesystem::current_path(folder); }
  ~Guide() override { std::filesystem::current_path(before_); }

 private:
  std::filesystem::path before_;
};

TEST_F(Guide, FirstSteps) {
  write("app.toml", "timeout = '1m'\nfeatures = ['search']\n[server]\nport = 9000\n");

  const auto config = SuperConfig()
                          .with_defaults(Settings{})  // what holds if nobody says otherwise
                          .with_file_opt("app.toml")  // may be missing
                          .with_env("APP_");          // APP_SERVER_PORT=9000

  const auto settings = config.extract<Settings>();
  EXPECT_EQ(settings.server.port, 9000);
  EXPECT_EQ(settings.timeout, std::chrono::minutes(1));
  testing::internal::CaptureStdout();

  const auto port = config.get<int>("server.port");           // throws ConfigError if it is not there
  const auto theme = config.get_or<std::string>("theme", "");  // only a missing key or null falls back
  std::cout << config.explain("server.port").to_string();     // who set it

  testing::internal::GetCapturedStdout();
  EXPECT_EQ(port, 9000);
  EXPECT_EQ(theme, "");
}

TEST_F(Guide, ProfilesFromCode) {
  write("app.toml", "[default]\nlevel = 'info'\n[production]\nlevel = 'warning'\n");

  const auto base = SuperConfig().merge(Toml::file("app.toml").nested());
  const auto production = base.select("production");
  const auto pinned = production.with_override("level", "debug");  // writes global

  EXPECT_EQ(base.get_string("level"), "info");
  EXPECT_EQ(production.get_string("level"), "warning");
  EXPECT_EQ(pinned.get_string("level"), "debug");
  EXPECT_EQ(production.profile(), "production");
}

TEST_F(Guide, VariablesForAProfile) {
  const auto base = SuperConfig().merge(Toml::string("[default]\nlevel = 'info'").nested());

  const auto config = base.merge(Variables("APP_").profile("production")).select("production");

  EXPECT_EQ(config.get_string("level"), "info");
}

TEST_F(Guide, ArrayEditsOff) {
  const auto config = SuperConfig()
                          .merge(Toml::string("tags = ['a']"))
                          .with_array_edits(false)
                          .merge(Toml::string("tags_add = ['b']"));  // now an ordinary key

  EXPECT_EQ(config.get_array<std::string>("tags"), std::vector<std::string>{"a"});
  EXPECT_TRUE(config.has_key("tags_add"));
}

TEST_F(Guide, Types) {
  write("db.toml",
        "host = 'db'\ntcp-port = 5433\npassword = 'p'\ntimeout = 250\ncache = '1MiB'\nmax = 20\nlog-level = 'warn'\n");

  const auto database = SuperConfig().with_file("db.toml").extract<Database>();

  EXPECT_EQ(database.port, 5433);
  EXPECT_EQ(database.timeout.count(), 250);
  EXPECT_EQ(database.cache.bytes, 1024U * 1024);
  EXPECT_EQ(database.pool.max, 20U);
  EXPECT_EQ(database.log, Level::warning);
  EXPECT_EQ(database.password.reveal(), "p");
}

TEST_F(Guide, Variants) {
  write("app.toml", "[storage]\ntype = 'disk'\nfolder = 'data'\n");

  const auto storage = SuperConfig().with_file("app.toml").extract_inner<Storage>("storage");
  const auto folder_of_data = std::get<Disk>(storage).folder.relative();  // beside the file that says so

  EXPECT_EQ(folder_of_data, (folder / "data").string());
}

TEST_F(Guide, Containers) {
  const auto config = SuperConfig().merge(Toml::string(
      "prices = {a = 1.5}\npoint = [1, 2]\nports = [80, 443]\nport = 8080\nany = {x = [1]}\n"));

  const auto prices = config.get<std::map<std::string, double>>("prices");
  const auto point = config.get<std::array<int, 2>>("point");
  const auto ports = config.get<std::set<std::uint16_t>>("ports");
  const auto port = config.get<Tagged<int>>("port");  // with its origin
  const auto any = config.get<Value>("any");          // as it is

  EXPECT_EQ(prices.at("a"), 1.5);
  EXPECT_EQ(point[1], 2);
  EXPECT_EQ(ports.size(), 2U);
  EXPECT_EQ(port.value, 8080);
  EXPECT_TRUE(any.is_dict());
}

TEST_F(Guide, Errors) {
  write("app.toml", "timeout = 'soon'\n[server]\nport = 70000\n");
  testing::internal::CaptureStderr();

  const auto settings = SuperConfig().with_file("app.toml").try_extract<Settings>();
  if (!settings.ok())
    for (const auto& error : settings.errors())
      std::cerr << name_of(error.code) << " at " << error.path_text() << ", line " << error.origin.line << '\n'
                << error.to_string() << '\n';

  const auto text = testing::internal::GetCapturedStderr();
  EXPECT_NE(text.find("invalid_value at server.port, line 3\n"), std::string::npos) << text;
  EXPECT_NE(text.find(" at timeout, line 1\n"), std::string::npos) << text;
}

TEST_F(Guide, Strict) {
  const Environment environment{{"APP_SERVR__PORT", "1"}};

  const auto config = SuperConfig().with_env("APP_", environment);
  const auto settings = config.try_extract<Settings>({.deny_unknown = true});

  ASSERT_FALSE(settings.ok());
  EXPECT_EQ(settings.errors()[0].code, ErrorCode::unknown_field);
  EXPECT_EQ(settings.errors()[0].hint, "did you mean `server.port`?");
}

TEST_F(Guide, AFunctionAsALayer) {
  const auto config = SuperConfig().merge(provide("this machine", [] {
    return Value::dict({{"cores", 8}, {"name", "alpha"}});
  }));

  EXPECT_EQ(config.get<int>("cores"), 8);
  EXPECT_EQ(config.find_metadata("cores")->to_string(), "this machine");
}

class SettingsTable final : public Provider {
 public:
  explicit SettingsTable(std::map<std::string, std::string> rows) : rows_(std::move(rows)) {}

  Metadata metadata() const override { return {"settings table", {}}; }
  Result<Loaded> load(const Below&) const override {
    const auto source = Source::other("settings table");
    auto tree = Value::dict();
    for (const auto& [key, text] : rows_) {
      if (key.empty()) {
        Error error;
        error.message = "a row has no key";
        return error;  // every read reports it
      }
      tree.set(key, text, source.mark());
    }
    Loaded loaded;
    loaded.content.push_back({std::string(default_profile), tree, source.mark()});
    loaded.sources.push_back(source);  // what the marks name
    return loaded;
  }

 private:
  std::map<std::string, std::string> rows_;
};

TEST_F(Guide, AProviderOfYourOwn) {
  const auto config = SuperConfig().merge(SettingsTable(std::map<std::string, std::string>{{"name", "x"}}));
  EXPECT_EQ(config.get_string("name"), "x");
  const auto broken = SuperConfig().merge(SettingsTable(std::map<std::string, std::string>{{"", "x"}})).resolve();
  ASSERT_FALSE(broken.ok());
  EXPECT_EQ(broken.errors()[0].message, "a row has no key");
}

TEST_F(Guide, ATypeOfYourOwn) {
  const auto config = SuperConfig().with_set("accent=#ff8000").with_set("text=red");

  const auto accent = config.get<Colour>("accent");
  const auto text = config.try_get<Colour>("text");  // invalid_value: expected a colour such as #ff8000

  EXPECT_EQ(accent.rgb, 0xff8000U);
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(text.errors()[0].code, ErrorCode::invalid_value);
  EXPECT_EQ(text.errors()[0].expected, "a colour such as #ff8000");
}

TEST_F(Guide, Sinks) {
  testing::internal::CaptureStderr();

  const auto config = SuperConfig()
                          .with_info_verbosity()
                          .on_message([](const Message& message) { std::cerr << message.to_string() << '\n'; })
                          .on_warning([](const Warning& warning) { std::cerr << warning.to_string() << '\n'; })
                          .merge(Toml::string("tags = ['a']\ntags_remove = ['b']"));
  (void)config.value();  // the first read loads the layers

  const auto text = testing::internal::GetCapturedStderr();
  EXPECT_NE(text.find("info [0]"), std::string::npos) << text;
  EXPECT_NE(text.find("tags"), std::string::npos) << text;
}

}  // namespace
}  // namespace guide
