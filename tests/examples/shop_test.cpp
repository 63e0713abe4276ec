// The example shop, as somebody who tries it would run it. What it prints without arguments is compared with its
// expected_output.txt by the test example.shop.
#include "cli/command.hpp"

namespace {

using superconfig::test::read_text;

class Shop : public superconfig::test::CommandTest {
 protected:
  superconfig::test::Ran shop(superconfig::test::Words arguments, superconfig::test::Words environment = {}) {
    const auto program = std::filesystem::path(SUPERCONFIG_COMMAND).parent_path() / "examples" / "example_shop";
    return superconfig::test::run({program.string(), std::move(arguments), std::move(environment), {}, folder});
  }
  const std::filesystem::path source = std::filesystem::path(SUPERCONFIG_SOURCE_DIR) / "examples" / "shop";
};

TEST_F(Shop, ShowsItselfFromAnyFolder) {
  const auto ran = shop({});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out, read_text(source / "expected_output.txt"));
}

TEST_F(Shop, TakesSettingsAndVariables) {
  const auto ran = shop({"--set", "name=Corner", "--set", "server.port=1"},
                        {"SHOP_PRICING__NOTEBOOK=7.25", "SHOP_DATABASE_PASSWORD=s3cret"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("Corner listens on 0.0.0.0:1 "), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("notebook: 7.25 EUR"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("s3cret"), std::string::npos) << ran.out;
}

TEST_F(Shop, ReportsEveryProblemAtOnce) {
  const auto ran = shop({"--set", "server.port=70000", "--set", "log.level=loud", "--set", "server.workers=0"},
                        {"SHOP_SERVER_REQUEST_TIMEOUT=soon"});
  EXPECT_EQ(ran.status, 1);
  for (const char* path : {"server.port", "log.level", "server.workers", "server.request_timeout"})
    EXPECT_NE(ran.err.find(path), std::string::npos) << path << " is not in:\n" << ran.err;
}

TEST_F(Shop, ReadsAnotherFolder) {
  write("shop.toml", "name = 'Other'\n");
  write("catalog.json", "{}");
  const auto ran = shop({"--dir", folder.string()});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("Other listens on 127.0.0.1:8080"), std::string::npos) << ran.out;
  EXPECT_EQ(shop({"--dir", (folder / "nowhere").string()}).status, 1);
  EXPECT_EQ(shop({"--help"}).status, 2);
}

}  // namespace
