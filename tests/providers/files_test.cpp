// Files: where they are looked for, when they are read, what is wrong with them.
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "config/building.hpp"

namespace superconfig::testing {
namespace {

std::string problem(const Scratch& in, const SuperConfig& config) { return in.relative(shown(config)); }

// ---- searched ----

TEST(SearchedFile, is_looked_for_in_the_working_directory_then_in_its_parents) {
  const Scratch in;
  in.write("app.toml", "where = 'top'");
  in.write("a/app.toml", "where = 'a'");
  in.enter("a/b/c");
  EXPECT_EQ(shown(SuperConfig().merge(Toml::file("app.toml"))), R"({"where":"a"})");
  in.write("a/b/c/app.toml", "where = 'here'");
  EXPECT_EQ(shown(SuperConfig().merge(Toml::file("app.toml"))), R"({"where":"here"})");
  EXPECT_EQ(shown(SuperConfig().merge(Toml::file("./app.toml"))), R"({"where":"here"})");
  EXPECT_EQ(shown(SuperConfig().merge(Toml::file("../../app.toml"))), R"({"where":"a"})");
  in.write("conf/app.toml", "where = 'conf'");
  EXPECT_EQ(shown(SuperConfig().merge(Toml::file("conf/app.toml"))), R"({"where":"conf"})")
      << "a relative path with directories too";
}

TEST(SearchedFile, that_is_missing_or_a_directory_is_an_empty_layer) {
  const Scratch in;
  in.enter("directory.toml");
  in.enter("work");
  EXPECT_EQ(shown(SuperConfig().merge(Toml::file("missing.toml"))), "{}");
  EXPECT_EQ(shown(SuperConfig().merge(Toml::file("directory.toml"))), "{}");
  EXPECT_EQ(shown(SuperConfig().merge(Toml::file(in.path("missing.toml")))), "{}");
  EXPECT_EQ(shown(SuperConfig().merge(Toml::file(in.path("directory.toml")))), "{}");
  EXPECT_EQ(shown(SuperConfig().merge(Toml::file(""))), "{}");
  EXPECT_EQ(SuperConfig().merge(Toml::file("missing.toml")).profiles().size(), 0U) << "it gives no profile";
  in.write("directory.toml/x", "");
  EXPECT_EQ(shown(SuperConfig().merge(Toml::file("directory.toml/x/y.toml"))), "{}") << "a file is no directory";
}

TEST(SearchedFile, a_directory_of_its_name_does_not_end_the_search) {
  const Scratch in;
  in.write("app.toml", "where = 'top'");
  in.enter("work/app.toml");
  in.enter("work");
  EXPECT_EQ(shown(SuperConfig().merge(Toml::file("app.toml"))), R"({"where":"top"})");
}

TEST(SearchedFile, that_is_required_and_missing_is_an_error_that_tells_where_it_looked) {
  const Scratch in;
  in.enter("work");
  EXPECT_EQ(problem(in, SuperConfig().merge(Toml::file("missing.toml").required())),
            "not_found $DIR/work/missing.toml: there is no file `missing.toml` in `$DIR/work` or a directory above it");
  EXPECT_EQ(problem(in, SuperConfig().merge(Toml::file(in.path("missing.toml")).required())),
            "not_found $DIR/missing.toml: there is no such file");
  in.enter("directory.toml");
  EXPECT_EQ(problem(in, SuperConfig().merge(Toml::file(in.path("directory.toml")).required())).substr(0, 2), "io");
}

TEST(SearchedFile, is_searched_for_from_the_working_directory_of_the_call) {
  const Scratch in;
  in.write("one/app.toml", "where = 1");
  in.write("two/app.toml", "where = 2");
  in.enter("one");
  const auto config =
      SuperConfig().merge(Toml::file("app.toml")).with_file("app.toml").merge(Toml::file_exact("app.toml"));
  in.enter("two");
  EXPECT_EQ(shown(config), R"({"where":1})");
}

// ---- exact ----

TEST(ExactFile, is_not_searched_for_and_must_be_there) {
  const Scratch in;
  in.write("app.toml", "where = 'top'");
  EXPECT_EQ(shown(SuperConfig().merge(Toml::file_exact("app.toml"))), R"({"where":"top"})");
  in.enter("work");
  EXPECT_EQ(problem(in, SuperConfig().merge(Toml::file_exact("app.toml"))),
            "not_found $DIR/work/app.toml: there is no such file");
  in.enter("work/app.toml");
  in.enter("work");
  EXPECT_EQ(problem(in, SuperConfig().merge(Json::file_exact("app.toml"))),
            "io $DIR/work/app.toml: it is a directory, not a file");
}

// ---- what the system refuses ----

TEST(Files, that_the_system_refuses_are_errors_and_never_empty_layers) {
  const Scratch in;
  ASSERT_EQ(::symlink("loop.toml", "loop.toml"), 0);
  ASSERT_EQ(::symlink("loop", "loop"), 0);
  EXPECT_EQ(problem(in, SuperConfig().merge(Toml::file_exact("loop.toml"))),
            "io $DIR/loop.toml: cannot be read: Too many levels of symbolic links");
  EXPECT_EQ(problem(in, SuperConfig().with_file("loop.toml")),
            "io $DIR/loop.toml: cannot be read: Too many levels of symbolic links");
  EXPECT_EQ(problem(in, SuperConfig().with_file_opt("loop.toml")),
            "io $DIR/loop.toml: cannot be read: Too many levels of symbolic links");
  EXPECT_EQ(problem(in, SuperConfig().with_file_opt("loop/x.toml")),
            "io $DIR/loop/x.toml: cannot be read: Too many levels of symbolic links");
  const std::string long_name(300, 'x');
  EXPECT_EQ(problem(in, SuperConfig().with_file(long_name + ".toml")).substr(0, 3), "io ");
  EXPECT_EQ(shown(SuperConfig().with_file("/proc/self/mem")).substr(0, 21), "io /proc/self/mem: ca");
}

TEST(Files, that_the_system_refuses_are_errors_when_searched_for_too) {
  const Scratch in;
  ASSERT_EQ(::symlink("loop.toml", "loop.toml"), 0);
  const std::string error = "io $DIR/loop.toml: cannot be read: Too many levels of symbolic links";
  EXPECT_EQ(problem(in, SuperConfig().merge(Toml::file("loop.toml"))), error);
  EXPECT_EQ(problem(in, SuperConfig().merge(Toml::file(in.path("loop.toml")))), error);
  EXPECT_EQ(problem(in, SuperConfig().merge(Toml::file("loop.toml").required())), error);
  in.enter("work");
  EXPECT_EQ(problem(in, SuperConfig().merge(Toml::file("loop.toml"))), error) << "in a parent too";
}

TEST(Files, a_dangling_link_is_a_missing_file) {
  const Scratch in;
  ASSERT_EQ(::symlink("nowhere", "app.toml"), 0);
  EXPECT_EQ(shown(SuperConfig().merge(Toml::file("app.toml")).with_file_opt("app.toml")), "{}");
  EXPECT_EQ(problem(in, SuperConfig().with_file("app.toml")).substr(0, 9), "not_found");
}

TEST(Files, may_be_links_pipes_and_empty) {
  const Scratch in;
  in.write("real.toml", "a = 1");
  ASSERT_EQ(::symlink("real.toml", "link.toml"), 0);
  EXPECT_EQ(shown(SuperConfig().with_file("link.toml")), R"({"a":1})");
  EXPECT_EQ(origin(SuperConfig().with_file("link.toml"), "a"), in.path("link.toml") + ":1:5 #0")
      << "the name that was asked for";
  ASSERT_EQ(::mkfifo("pipe.json", 0600), 0);
  std::thread writer([&in] { in.write("pipe.json", R"({"piped":true})"); });
  EXPECT_EQ(shown(SuperConfig().with_file("pipe.json")), R"({"piped":true})");
  writer.join();
  in.write("empty.toml", "");
  EXPECT_EQ(shown(SuperConfig().with_file("empty.toml")), "{}");
  in.write("empty.json", "");
  EXPECT_EQ(problem(in, SuperConfig().with_file("empty.json")).substr(0, 6), "parse ");
}

TEST(Files, with_a_nul_byte_in_their_name_are_refused) {
  const std::string name("a\0.toml", 7);
  EXPECT_NE(shown(SuperConfig().with_file(name)).find("the path holds a NUL byte"), std::string::npos);
  EXPECT_NE(shown(SuperConfig().merge(Toml::file_exact(name))).find("the path holds a NUL byte"), std::string::npos);
  EXPECT_FALSE(SuperConfig().with_file_opt(name).resolve().ok());
}

// ---- with_file ----

TEST(WithFile, takes_the_format_from_the_extension_whatever_the_content) {
  const Scratch in;
  in.write("a.toml", "a = 1");
  in.write("b.JSON", R"({"b":1})");
  in.write("c.Toml", "c = 1");
  in.write("wrong.toml", R"({"a":1})");
  in.write("wrong.json", "a = 1");
  in.write("two.dots.toml", "d = 1");
  EXPECT_EQ(shown(SuperConfig().with_file("a.toml").with_file("b.JSON").with_file("c.Toml").with_file("two.dots.toml")),
            R"({"a":1,"b":1,"c":1,"d":1})");
  EXPECT_EQ(problem(in, SuperConfig().with_file("wrong.toml")).substr(0, 22), "parse $DIR/wrong.toml:");
  EXPECT_EQ(problem(in, SuperConfig().with_file("wrong.json")).substr(0, 22), "parse $DIR/wrong.json:");
}

TEST(WithFile, without_an_extension_is_the_file_itself_else_one_with_an_extension) {
  const Scratch in;
  in.write("app.json", R"({"from":"json"})");
  EXPECT_EQ(shown(SuperConfig().with_file("app")), R"({"from":"json"})");
  in.write("app.toml", "from = 'toml'");
  EXPECT_EQ(shown(SuperConfig().with_file("app")), R"({"from":"toml"})") << "TOML comes first";
  in.enter("app.d");
  in.enter(".");
  in.write("app", "from = 'itself'");
  EXPECT_EQ(shown(SuperConfig().with_file("app")), R"({"from":"itself"})");
  in.enter("dir");
  in.enter(".");
  in.write("dir.toml", "from = 'beside the directory'");
  EXPECT_EQ(shown(SuperConfig().with_file("dir")), R"({"from":"beside the directory"})");
  in.write(".app", "from = 'dot file'");
  EXPECT_EQ(shown(SuperConfig().with_file(".app")), R"({"from":"dot file"})") << "a leading dot begins no extension";
  in.write(".rc.toml", "from = 'dot file with one'");
  EXPECT_EQ(shown(SuperConfig().with_file(".rc")), R"({"from":"dot file with one"})");
  in.write("a.b/conf.toml", "from = 'directory with a dot'");
  EXPECT_EQ(shown(SuperConfig().with_file("a.b/conf")), R"({"from":"directory with a dot"})");
}

TEST(WithFile, without_a_known_extension_is_what_its_content_says) {
  const Scratch in;
  in.write("json", R"( {"a":1})");
  in.write("toml", "# comment\n\n[a]\nb = 1");
  in.write("conf.cfg", "a = 1");
  in.write("conf.txt", "{\"a\":\n1}");
  in.write("bom", "\xEF\xBB\xBF{\"a\":1}");
  in.write("empty", "");
  EXPECT_EQ(shown(SuperConfig().with_file("json")), R"({"a":1})");
  EXPECT_EQ(shown(SuperConfig().with_file("toml")), R"({"a":{"b":1}})");
  EXPECT_EQ(shown(SuperConfig().with_file("conf.cfg")), R"({"a":1})");
  EXPECT_EQ(shown(SuperConfig().with_file("conf.txt")), R"({"a":1})");
  EXPECT_EQ(shown(SuperConfig().with_file("bom")), R"({"a":1})");
  EXPECT_EQ(shown(SuperConfig().with_file("empty")), "{}");
}

TEST(WithFile, must_exist_and_says_what_was_looked_for) {
  const Scratch in;
  EXPECT_EQ(problem(in, SuperConfig().with_file("app.toml")), "not_found $DIR/app.toml: there is no such file");
  const auto bare = problem(in, SuperConfig().with_file("./sub/../app"));
  EXPECT_EQ(bare.substr(0, 26), "not_found $DIR/sub/../app:") << bare;
  for (const char* extension : {".toml", ".json"}) EXPECT_NE(bare.find(extension), std::string::npos) << bare;
  in.enter("directory.toml");
  in.enter(".");
  EXPECT_EQ(problem(in, SuperConfig().with_file("directory.toml")),
            "io $DIR/directory.toml: it is a directory, not a file");
  in.write("parent/app.toml", "a = 1");
  in.enter("parent/work");
  EXPECT_FALSE(SuperConfig().with_file("app.toml").resolve().ok()) << "it is not searched for";
}

TEST(WithFile, optional_is_an_empty_layer_only_if_there_is_no_file) {
  const Scratch in;
  EXPECT_EQ(
      shown(SuperConfig().with_file_opt("missing.toml").with_file_opt("missing").with_file_opt("no/directory/x.toml")),
      "{}");
  EXPECT_EQ(SuperConfig().with_file_opt(std::nullopt).layers().size(), 0U);
  in.write("app.json", R"({"a":1})");
  in.write("broken.toml", "a = ");
  EXPECT_EQ(shown(SuperConfig().with_file_opt("app.json")), R"({"a":1})");
  EXPECT_EQ(shown(SuperConfig().with_file_opt("app")), R"({"a":1})");
  EXPECT_EQ(problem(in, SuperConfig().with_file_opt("broken.toml")).substr(0, 5), "parse");
  in.enter("directory.toml");
  in.enter(".");
  EXPECT_EQ(problem(in, SuperConfig().with_file_opt("directory.toml")),
            "io $DIR/directory.toml: it is a directory, not a file");
}

// ---- content ----

TEST(Files, may_begin_with_a_byte_order_mark_and_have_any_line_ends) {
  const Scratch in;
  in.write("a.toml",
           "\xEF\xBB\xBF"
           "a = 1\r\nb = 'x'\r\n[c]\r\nd = 2");
  in.write("b.json", "\xEF\xBB\xBF{\r\n\"e\": 1\r\n}\r\n");
  const auto config = SuperConfig().with_file("a.toml").with_file("b.json");
  EXPECT_EQ(shown(config), R"({"a":1,"b":"x","c":{"d":2},"e":1})");
  EXPECT_EQ(config.find_metadata("a")->column, 5U) << "the mark is no character";
  EXPECT_EQ(config.find_metadata("c.d")->line, 4U);
  EXPECT_EQ(config.find_metadata("e")->column, 6U);
  in.write("middle.toml",
           "a = 1\n\xEF\xBB\xBF"
           "b = 2");
  EXPECT_FALSE(SuperConfig().with_file("middle.toml").resolve().ok());
}

TEST(Files, that_are_broken_are_errors_with_their_place) {
  const Scratch in;
  in.write("a.toml", "a = 1\nb = = 2\n");
  in.write("b.json", "{\n  \"a\": 1,\n}");
  in.write("utf16.toml", std::string("\xFF\xFE"
                                     "a\0=\0",
                                     6));
  in.write("latin1.toml", "a = '\xE9'");
  in.write("nul.json", std::string("{\"a\":\0 1}", 9));
  EXPECT_EQ(problem(in, SuperConfig().with_file("a.toml")).substr(0, 22), "parse $DIR/a.toml:2:5:");
  EXPECT_EQ(problem(in, SuperConfig().with_file("b.json")).substr(0, 21), "parse $DIR/b.json:2:9");
  EXPECT_NE(problem(in, SuperConfig().with_file("utf16.toml")).find("UTF-16"), std::string::npos);
  EXPECT_EQ(problem(in, SuperConfig().with_file("latin1.toml")).substr(0, 27), "parse $DIR/latin1.toml:1:6:");
  EXPECT_EQ(problem(in, SuperConfig().with_file("nul.json")).substr(0, 15), "parse $DIR/nul.");
  const auto errors = SuperConfig().with_file("a.toml").try_value().error();
  EXPECT_EQ(errors[0].origin.line_text, "b = = 2");
  EXPECT_EQ(errors[0].origin.layer, std::vector<std::uint32_t>{0});
  EXPECT_EQ(problem(in, SuperConfig().with_file("a.toml").with_file("b.json").with_file("latin1.toml")).find('\n') !=
                std::string::npos,
            true);
  EXPECT_EQ(SuperConfig().with_file("a.toml").with_file("b.json").with_file("latin1.toml").try_value().error().size(),
            3U)
      << "every broken file is reported";
}

TEST(Files, of_a_wrong_extension_get_a_hint) {
  const Scratch in;
  in.write("wrong.toml", R"({"a":1})");
  in.write("wrong.json", "a = 1");
  EXPECT_NE(SuperConfig().with_file("wrong.toml").try_value().error()[0].hint, "");
  EXPECT_NE(SuperConfig().with_file("wrong.json").try_value().error()[0].hint, "");
}

// ---- profiles ----

TEST(NestedFiles, have_profiles_at_their_top_level) {
  const char* text = "[default]\na = 1\nb = 1\n[Dev]\nb = 2\n[global]\nc = 3\n";
  const auto config = SuperConfig().merge(Toml::string(text).nested());
  EXPECT_EQ(shown(config), R"({"a":1,"b":1,"c":3})");
  EXPECT_EQ(shown(config.select("dev")), R"({"a":1,"b":2,"c":3})");
  EXPECT_EQ(config.profiles(), (std::vector<std::string>{"default", "Dev", "global"}));
  const auto not_nested = SuperConfig().merge(Toml::string(text));
  EXPECT_EQ(not_nested.keys(), (std::vector<std::string>{"default", "Dev", "global"}));
}

TEST(NestedFiles, of_nested_and_profile_the_later_call_counts) {
  const char* text = R"({"dev":{"a":1}})";
  EXPECT_EQ(shown(SuperConfig().merge(Json::string(text).nested().profile("dev")).select("dev")), R"({"dev":{"a":1}})");
  EXPECT_EQ(shown(SuperConfig().merge(Json::string(text).profile("prod").nested()).select("dev")), R"({"a":1})");
  const Scratch in;
  in.write("x.json", text);
  EXPECT_EQ(shown(SuperConfig().merge(File("x.json").nested()).select("dev")), R"({"a":1})");
  EXPECT_EQ(shown(SuperConfig().merge(File("x.json").profile("dev")).select("dev")), R"({"dev":{"a":1}})");
  EXPECT_EQ(shown(SuperConfig().merge(File("x.json").nested().profile("dev")).select("dev")), R"({"dev":{"a":1}})");
  EXPECT_EQ(shown(SuperConfig().merge(File("x.json").profile("prod").nested()).select("dev")), R"({"a":1})");
}

TEST(NestedFiles, that_are_found_rather_than_named_have_profiles_too) {
  const Scratch scratch;
  scratch.write("a.toml", "[default]\nk = 1\n[dev]\nk = 2\n");
  const auto found = SuperConfig().merge(Wildcard({"*.toml"}).nested()).select("dev");
  EXPECT_EQ(shown(found), R"({"k":2})");
  EXPECT_EQ(shown(SuperConfig().merge(Wildcard({"*.toml"}).nested().profile("dev")).select("dev")),
            R"({"default":{"k":1},"dev":{"k":2}})");
  scratch.write("app.toml", "[default]\nk = 3\n[dev]\nk = 4\n");
  EXPECT_EQ(shown(SuperConfig().merge(Hierarchical("app").nested()).select("dev")), R"({"k":4})");
  EXPECT_EQ(shown(SuperConfig().merge(File("a.toml").nested().global())), R"({"default":{"k":1},"dev":{"k":2}})")
      << "the later call counts, this one too";
}

TEST(NestedFiles, with_a_value_at_the_top_that_is_no_dict_are_errors_one_for_each) {
  EXPECT_EQ(
      shown(SuperConfig().merge(Toml::string("a = 1\nb = [1]\n[c]\nd = 1").nested())),
      "parse TOML text:1:5: in a nested file the top level names profiles, but `a` is of type integer, not a dict\n"
      "parse TOML text:2:5: in a nested file the top level names profiles, but `b` is of type array, not a dict");
}

// ---- when ----

TEST(Files, are_read_at_the_first_read_and_never_again) {
  if (mode() == Mode::clone) GTEST_SKIP() << "clone mode reads a file when it is added";
  const Scratch in;
  const auto config = SuperConfig().with_file("app.toml");
  const auto derived = config.with_value("x", 1);
  in.write("app.toml", "a = 1");  // after the call, before the read
  EXPECT_EQ(shown(config), R"({"a":1})");
  in.write("app.toml", "a = 2");
  EXPECT_EQ(shown(config), R"({"a":1})");
  EXPECT_EQ(shown(derived), R"({"a":1,"x":1})") << "what was read counts for all that derive, before and after";
  std::filesystem::remove("app.toml");
  EXPECT_EQ(shown(config.with_override("y", 1).select("z")), R"({"a":1,"y":1})");
  EXPECT_EQ(config.explain("a").value, Value(1));
  EXPECT_EQ(origin(derived, "a"), in.path("app.toml") + ":1:5 #0");
  EXPECT_FALSE(SuperConfig().with_file("app.toml").resolve().ok());
}

TEST(Files, that_a_derived_configuration_read_first_are_not_read_by_the_others) {
  const Scratch in;
  in.write("app.toml", "a = 1");
  const auto config = SuperConfig().with_file("app.toml");
  const auto derived = config.with_value("x", 1);
  EXPECT_EQ(shown(derived), R"({"a":1,"x":1})");
  std::filesystem::remove("app.toml");
  EXPECT_EQ(shown(config), R"({"a":1})");
  EXPECT_EQ(shown(SuperConfig().merge(config)), R"({"a":1})");
}

TEST(Files, that_failed_fail_for_ever_in_this_configuration) {
  const Scratch in;
  const auto config = SuperConfig().with_file("app.toml");
  EXPECT_FALSE(config.resolve().ok());
  in.write("app.toml", "a = 1");
  EXPECT_FALSE(config.resolve().ok()) << "a file is read at most once";
  EXPECT_EQ(shown(SuperConfig().with_file("app.toml")), R"({"a":1})");
}

TEST(Files, give_values_whose_origin_stays_when_the_configuration_moves_on) {
  const Scratch in;
  in.write("app.toml", "a = 1\n[b]\nc = 2\n");
  Value held;
  {
    auto config = SuperConfig().with_file("app.toml");
    held = config.value();
    config = SuperConfig().merge(config.focus("b"));
    EXPECT_EQ(origin(config, "c"), in.path("app.toml") + ":3:5 #0.0");
  }
  EXPECT_EQ(origin_of(held.find("a")->mark).kind, SourceKind::unknown) << "the bytes die with the last configuration";
}

}  // namespace
}  // namespace superconfig::testing
