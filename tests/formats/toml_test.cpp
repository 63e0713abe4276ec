#include <cmath>
#include <limits>

#include "parsing.hpp"

namespace superconfig {
namespace {

using namespace std::string_view_literals;

std::string toml(std::string_view text) { return shown(parse_toml(text_source(text))); }

Value tree(const Source& source) {
  auto result = parse_toml(source);
  EXPECT_TRUE(result) << shown(result);
  return result ? std::move(*result) : Value();
}

TEST(Toml, reads_every_kind_of_value) {
  const auto source = text_source(R"(
s = "a\tb"
l = 'a\tb'
m = """
x \
   y"""
i = 1_000
h = 0x1F
o = 0o17
b = 0b11
f = 1.5
e = 6.26e-34
t = true
n = false
a = [1, "x", [2]]
d = {x = 1, y.z = 2}
)"sv);
  const auto root = tree(source);
  EXPECT_EQ(root.find("s")->value.as_string(), "a\tb");
  EXPECT_EQ(root.find("l")->value.as_string(), "a\\tb");
  EXPECT_EQ(root.find("m")->value.as_string(), "x y");
  EXPECT_EQ(root.find("i")->value.as_i64(), 1000);
  EXPECT_EQ(root.find("h")->value.as_i64(), 31);
  EXPECT_EQ(root.find("o")->value.as_i64(), 15);
  EXPECT_EQ(root.find("b")->value.as_i64(), 3);
  EXPECT_EQ(root.find("f")->value.as_f64(), 1.5);
  EXPECT_EQ(root.find("e")->value.as_f64(), 6.26e-34);
  EXPECT_EQ(root.find("t")->value.as_bool(), true);
  EXPECT_EQ(root.find("n")->value.as_bool(), false);
  EXPECT_EQ(root.find("a")->value.to_string(), R"([1,"x",[2]])");
  EXPECT_EQ(root.find("d")->value.to_string(), R"({"x":1,"y":{"z":2}})");
}

TEST(Toml, an_empty_text_is_an_empty_dict) {
  for (const auto text : {""sv, "\n"sv, "# nothing"sv, "\xEF\xBB\xBF"sv, " \t\r\n"sv}) EXPECT_EQ(toml(text), "{}");
}

TEST(Toml, keeps_the_limits_of_integers) {
  const auto root = tree(text_source("a=9223372036854775807\nb=-9223372036854775808\nc=9007199254740993"));
  EXPECT_EQ(root.find("a")->value.as_i64(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(root.find("b")->value.as_i64(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(root.find("c")->value.as_i64(), 9007199254740993);
}

TEST(Toml, refuses_integers_beyond_64_bits_with_their_place) {
  EXPECT_EQ(toml_problem("x = 1\ny = [2, 9223372036854775808]"), "2:9 an integer beyond 64 bits");
  EXPECT_EQ(toml_problem("x = -9223372036854775809"), "1:5 an integer beyond 64 bits");
  EXPECT_EQ(toml_problem("x = 0xFFFFFFFFFFFFFFFF"), "1:5 an integer beyond 64 bits");
  EXPECT_EQ(toml_problem("x = 99999999999999999999999999"), "1:5 an integer beyond 64 bits");
}

TEST(Toml, keeps_floats_as_floats) {
  const auto root = tree(text_source("a=1.0\nb=-0.0\nc=nan\nd=-inf\ne=+inf\nf=1e2\ng=5e-324\nh=-nan"));
  EXPECT_EQ(root.find("a")->value.kind(), Kind::floating);
  EXPECT_TRUE(std::signbit(*root.find("b")->value.as_f64()));
  EXPECT_TRUE(std::isnan(*root.find("c")->value.as_f64()));
  EXPECT_EQ(root.find("d")->value.as_f64(), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(root.find("e")->value.as_f64(), std::numeric_limits<double>::infinity());
  EXPECT_EQ(root.find("f")->value.as_f64(), 100.0);
  EXPECT_EQ(root.find("g")->value.as_f64(), 5e-324);
  EXPECT_TRUE(std::isnan(*root.find("h")->value.as_f64()));
}

TEST(Toml, floats_too_large_are_errors_and_too_small_ones_are_zero) {
  EXPECT_EQ(toml_problem("x = [1, 1e999]"), "1:9 a number beyond the range of a float");
  EXPECT_EQ(toml_problem("x = [1e-999, -1e400]"), "1:14 a number beyond the range of a float");
  EXPECT_EQ(toml("x = [1e-999, -1_0.0e-1_000 , 0.00001e-330] # 1e-999\ny = '1e-999'"),
            R"({"x":[0.0,-0.0,0.0],"y":"1e-999"})");
}

TEST(Toml, keeps_the_four_kinds_of_dates_and_times) {
  const auto root =
      tree(text_source("a = 1979-05-27T07:32:00.25-07:30\nb = 1979-05-27 07:32:00\nc = 1979-05-27\n"
                       "d = 07:32:00.123456789\ne = 1979-05-27T00:32:00Z"));
  const auto date = [&](std::string_view key) { return *root.find(key)->value.as_datetime(); };
  EXPECT_EQ(date("a").form, Datetime::Form::offset_datetime);
  EXPECT_EQ(date("a").offset_minutes, -450);
  EXPECT_EQ(date("a").nanosecond, 250000000U);
  EXPECT_EQ(date("b").form, Datetime::Form::local_datetime);
  EXPECT_EQ(date("c").form, Datetime::Form::local_date);
  EXPECT_EQ(date("d").form, Datetime::Form::local_time);
  EXPECT_EQ(date("d").nanosecond, 123456789U);
  EXPECT_EQ(date("e").form, Datetime::Form::offset_datetime);
  EXPECT_EQ(date("e").offset_minutes, 0);
  EXPECT_EQ(toml_problem("x = 2023-02-29").substr(0, 4), "1:15");
}

TEST(Toml, keys_keep_the_order_of_their_first_declaration) {
  EXPECT_EQ(toml("z = 1\nb = 2\na = 3\n[y]\nm = 1\n[x]\n[y.c]\n[y.a]\n[w.v]\n[w.a]\n[w]\nu = 1\n"),
            R"({"z":1,"b":2,"a":3,"y":{"m":1,"c":{},"a":{}},"x":{},"w":{"v":{},"a":{},"u":1}})");
  EXPECT_EQ(toml("b.y = 1\na = 0\nb.x = 2\nc = {q = 1, d = 2, p.z = 3, b = 4, p.a = 5}"),
            R"({"b":{"y":1,"x":2},"a":0,"c":{"q":1,"d":2,"p":{"z":3,"a":5},"b":4}})");
  EXPECT_EQ(toml("[[t]]\nb = 1\na = 2\n[t.z]\n[t.y]\n[[t]]\n"), R"({"t":[{"b":1,"a":2,"z":{},"y":{}},{}]})");
}

TEST(Toml, every_value_knows_where_it_was_written) {
  const auto source = text_source(
      "zeta = 1\n"
      "\"a b\" = [1, 2.0, [3, \"x\"], {p = 1, q.r = 2}]\n"
      "d = 1979-05-27\n"
      "  s =   'x'\n"
      "[m.n]\n"
      "x = true\n"
      "[[arr]]\n"
      "a = 1\n"
      "  [[arr.sub]]\n"
      "  q = \"\"\"\nmulti\n\"\"\"\n"
      "[[arr]]\n"
      "b.c = 5\n"
      "[m]\n"
      "k = 1\n"sv);
  const auto root = tree(source);
  EXPECT_EQ(place_of(root, "zeta"), "1:8");
  EXPECT_EQ(place_of(root, "\"a b\""), "2:9");
  EXPECT_EQ(place_of(root, "\"a b\"[0]"), "2:10");
  EXPECT_EQ(place_of(root, "\"a b\"[1]"), "2:13");
  EXPECT_EQ(place_of(root, "\"a b\"[2]"), "2:18");
  EXPECT_EQ(place_of(root, "\"a b\"[2][1]"), "2:22");
  EXPECT_EQ(place_of(root, "\"a b\"[3]"), "2:28");
  EXPECT_EQ(place_of(root, "\"a b\"[3].p"), "2:33");
  EXPECT_EQ(place_of(root, "\"a b\"[3].q"), "2:36");
  EXPECT_EQ(place_of(root, "\"a b\"[3].q.r"), "2:42");
  EXPECT_EQ(place_of(root, "d"), "3:5");
  EXPECT_EQ(place_of(root, "s"), "4:9");
  EXPECT_EQ(place_of(root, "m"), "15:1");
  EXPECT_EQ(place_of(root, "m.n"), "5:1");
  EXPECT_EQ(place_of(root, "m.n.x"), "6:5");
  EXPECT_EQ(place_of(root, "arr"), "7:1");
  EXPECT_EQ(place_of(root, "arr[0]"), "7:1");
  EXPECT_EQ(place_of(root, "arr[0].a"), "8:5");
  EXPECT_EQ(place_of(root, "arr[0].sub[0]"), "9:3");
  EXPECT_EQ(place_of(root, "arr[0].sub[0].q"), "10:7");
  EXPECT_EQ(place_of(root, "arr[1]"), "13:1");
  EXPECT_EQ(place_of(root, "arr[1].b"), "14:1");
  EXPECT_EQ(place_of(root, "arr[1].b.c"), "14:7");
  EXPECT_EQ(place_of(root, "m.k"), "16:5");
}

TEST(Toml, marks_are_byte_offsets_also_behind_characters_of_several_bytes) {
  const std::string text = "\xEF\xBB\xBF\"é\" = ['𝄞', 1, 'ü']\r\n\"日本\" = 2 # é\r\nz = {\"é\" = 'é', b = 3}";
  const auto source = text_source(text);
  const auto root = tree(source);
  const auto offset = [&](std::string_view path) {
    bool bad_path = false;
    const auto found = find_path(root, path, &bad_path);
    return found ? found.mark.offset : UINT32_MAX;
  };
  EXPECT_EQ(offset("é"), text.find("['"));
  EXPECT_EQ(offset("é[0]"), text.find("'𝄞"));
  EXPECT_EQ(offset("é[1]"), text.find("1,"));
  EXPECT_EQ(offset("é[2]"), text.find("'ü"));
  EXPECT_EQ(offset("日本"), text.find("2 #"));
  EXPECT_EQ(offset("z.é"), text.find("'é'"));
  EXPECT_EQ(offset("z.b"), text.rfind("3}"));
  EXPECT_EQ(place_of(root, "日本"), "2:8");
}

TEST(Toml, a_key_defined_twice_is_an_error_with_both_places) {
  EXPECT_EQ(toml_problem("a = 1\nb = 2\na = 3\n"), "3:1 the key `a` is defined twice; first 1:1");
  EXPECT_EQ(toml_problem("[x]\na = 1\n[y]\n[x]\n"), "4:2 the key `x` is defined twice; first 1:2");
  EXPECT_EQ(toml_problem("a.b = 1\na.\"b\" = 2"), "2:3 the key `a.b` is defined twice; first 1:3");
  EXPECT_EQ(toml_problem("\"\\u0061\" = 1\n'a' = 2"), "2:1 the key `a` is defined twice; first 1:1");
  EXPECT_EQ(toml_problem("a = [{b = 1, c = 2, b = 3}]"), "1:21 the key `b` is defined twice; first 1:7");
  EXPECT_EQ(toml_problem("[[t]]\na = 1\n[[t]]\na = 2\na = 3"), "5:1 the key `a` is defined twice; first 4:1");
  EXPECT_EQ(toml_problem("[[t]]\n[t]"), "2:2 the key `t` is defined twice; first 1:3");
  EXPECT_EQ(toml_problem("t = []\n[[t]]"), "2:3 the key `t` is defined twice; first 1:1");
  EXPECT_EQ(toml_problem("x = '''\na = 1\n'''\na = 1\na = 2"), "5:1 the key `a` is defined twice; first 4:1");
}

TEST(Toml, what_is_closed_cannot_be_extended) {
  EXPECT_EQ(toml_problem("a = 1\n[a.b]"), "2:2 the key `a` is closed: nothing can be added to it here; first 1:1");
  EXPECT_EQ(toml_problem("a = {b = 1}\na.c = 2"),
            "2:1 the key `a` is closed: nothing can be added to it here; first 1:1");
  EXPECT_EQ(toml_problem("[a.b]\n[a]\nb.c = 1"),
            "3:1 the key `b` is closed: nothing can be added to it here; first 1:4");
  EXPECT_EQ(toml_problem("a.b = 1\n[a]\nc = 2"), "2:2 the key `a` is defined twice; first 1:1");
}

TEST(Toml, says_where_the_grammar_is_broken) {
  EXPECT_EQ(toml_problem("a = \"abc\nb = 1"), "1:9 string: a line break before the closing quote");
  EXPECT_EQ(toml_problem("a = \"abc"), "1:9 string: the text ends too early");
  EXPECT_EQ(toml_problem("x = 1\na = [1, 2"), "2:10 array: the text ends too early");
  EXPECT_EQ(toml_problem("x: 1"), "1:2 key-value pair: expected '=', saw ':' (the content looks like YAML)");
  EXPECT_EQ(toml_problem("a = yes"), "1:5 not a value: `yes` (strings stand in quotes)");
  EXPECT_EQ(toml_problem("a = 01"), "1:7 decimal integer: a number must not begin with zeros");
  EXPECT_EQ(toml_problem("a = 1 b = 2"), "1:7 key-value pair: expected a comment or whitespace, saw 'b'");
  EXPECT_EQ(toml_problem("a = {b = 1,}"),
            "1:12 inline table: expected key-value pair, saw closing '}' (dangling comma)");
  EXPECT_EQ(toml_problem("é = 1").substr(0, 4), "1:1 ");
  EXPECT_EQ(toml_problem("a = \"\\ud800\"").substr(0, 4), "1:6 ");
}

TEST(Toml, an_error_shows_its_line) {
  const auto result = parse_toml(text_source("a = 1\r\nb = ?\r\nc = 3"));
  ASSERT_FALSE(result);
  const auto& error = result.errors()[0];
  EXPECT_EQ(error.code, ErrorCode::parse);
  EXPECT_EQ(error.origin.kind, SourceKind::text);
  EXPECT_EQ(error.origin.name, "test");
  EXPECT_EQ(error.origin.line, 2U);
  EXPECT_EQ(error.origin.column, 5U);
  EXPECT_EQ(error.origin.line_text, "b = ?");
}

// Line breaks inside multi-line strings are normalized, as TOML allows.
TEST(Toml, byte_order_mark_and_carriage_returns_are_fine) {
  EXPECT_EQ(toml("\xEF\xBB\xBF"
                 "a = 1\r\n[b]\r\nc = '''x\r\ny'''\r\n"),
            "{\"a\":1,\"b\":{\"c\":\"x\\u000ay\"}}");
}

TEST(Toml, other_encodings_are_errors_that_say_so) {
  EXPECT_EQ(toml_problem("a = 1\n\xEF\xBB\xBF"
                         "b = 2"),
            "2:1 a byte order mark in the middle of the text");
  EXPECT_EQ(toml_problem("\xFF\xFE"
                         "a\0=\0001\0"sv),
            "1:1 the text is UTF-16; it must be UTF-8");
  EXPECT_EQ(toml_problem("\xFE\xFF\0a\0=\0001"sv), "1:1 the text is UTF-16; it must be UTF-8");
  EXPECT_EQ(toml_problem("a\0=\0001\0"sv), "1:1 the text is UTF-16; it must be UTF-8");
  EXPECT_EQ(toml_problem("\0a\0=\0001"sv), "1:1 the text is UTF-16; it must be UTF-8");
  EXPECT_EQ(toml_problem("a = 1\nb = \"x\xFFy\""), "2:7 not valid UTF-8");
  EXPECT_EQ(toml_problem("a = 1\nb = \"é\xED\xA0\x80\""), "2:7 half of a surrogate pair is not valid UTF-8");
  EXPECT_EQ(toml_problem("# \xC0\x80\na = 1"), "1:3 not valid UTF-8");
  EXPECT_EQ(toml_problem("a = 1\nb = \"x\0y\""sv), "2:7 a NUL byte");
  EXPECT_EQ(toml_problem("a = 1 # \0"sv), "1:9 a NUL byte");
  EXPECT_EQ(toml_problem("a = \"abc\nb = \xFF"), "2:5 not valid UTF-8");
}

TEST(Toml, hostile_keys_are_plain_data) {
  const auto root =
      tree(text_source("\"\" = 1\n\" \" = 2\n'a.b' = 3\n__proto__ = 4\nconstructor = 5\n\"é\" = 6\n"
                       "\"e\\u0301\" = 7\n\"\\u0000\" = 8\n\"x\\ny\" = 9\nA = 10\na = 11\n1 = 12\n- = 13"));
  EXPECT_EQ(root.size(), 13U);
  EXPECT_EQ(root.find("")->value.as_i64(), 1);
  EXPECT_EQ(root.find(" ")->value.as_i64(), 2);
  EXPECT_EQ(root.find("a.b")->value.as_i64(), 3);
  EXPECT_EQ(root.find("__proto__")->value.as_i64(), 4);
  EXPECT_EQ(root.find("é")->value.as_i64(), 6);
  EXPECT_EQ(root.find("e\u0301")->value.as_i64(), 7);
  EXPECT_EQ(root.find("\0"sv)->value.as_i64(), 8);
  EXPECT_EQ(root.find("x\ny")->value.as_i64(), 9);
  EXPECT_EQ(root.find("A")->value.as_i64(), 10);
  EXPECT_EQ(root.find("a")->value.as_i64(), 11);
}

TEST(Toml, equal_keys_share_a_name) {
  const auto root = tree(text_source("[[t]]\nhost = 1\n[[t]]\nhost = 2\n[host]\nx = 1"));
  const auto items = root.find("t")->value.items();
  EXPECT_EQ(items[0].value.find("host")->name.node(), items[1].value.find("host")->name.node());
  EXPECT_EQ(items[0].value.find("host")->name.node(), root.find("host")->name.node());
}

}  // namespace
}  // namespace superconfig
