// Plain structs: fields by name, what is missing, what is unknown, and every annotation.
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "extract/reading.hpp"

namespace superconfig::testing {

// A type of another library, so to speak.
struct Point {
  int x = 0, y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

}  // namespace superconfig::testing

template <>
struct superconfig::Annotations<superconfig::testing::Point> {
  static constexpr auto value =
      annotate(field(&superconfig::testing::Point::x).rename("left").alias("x0").required(), deny_unknown());
};

namespace superconfig::testing {
namespace {

struct Server {
  std::string host = "localhost";
  std::uint16_t port = 8080;
};
struct App {
  std::string name = "app";
  Server server{"inner", 1};
  bool debug = true;
  std::vector<Server> more;
};

TEST(Struct, keeps_what_it_has_for_missing_fields) {
  auto app = read<App>(R"({"server":{"port":9},"more":[{"port":2}],"unknown":1})").value();
  EXPECT_EQ(app.name, "app");
  EXPECT_EQ(app.server.host, "inner");  // what App{} gives, not Server{}
  EXPECT_EQ(app.server.port, 9);
  EXPECT_TRUE(app.debug);
  ASSERT_EQ(app.more.size(), 1U);
  EXPECT_EQ(app.more[0].host, "localhost");
}

TEST(Struct, reports_every_problem_at_once) {
  auto r = read<App>(R"({"name":1,"server":{"host":null,"port":70000},"debug":"no","more":[{"port":-1},5]})");
  EXPECT_EQ(codes(r),
            "invalid_type name, invalid_type server.host, invalid_value server.port, invalid_type debug, "
            "invalid_value more.0.port, invalid_type more.1");
}

TEST(Struct, says_where_each_problem_was_written) {
  Document document("{\n  \"name\": 1,\n  \"server\": {\"port\": \"x\"}\n}");
  auto r = extract_value<App>(Found{&document.root, {}}, {}, {"base"});
  ASSERT_EQ(r.errors().size(), 2U);
  EXPECT_EQ(r.errors()[0].path, (std::vector<std::string>{"base", "name"}));
  EXPECT_EQ(r.errors()[0].origin.to_string(), "test.json:2:11");
  EXPECT_EQ(r.errors()[1].path, (std::vector<std::string>{"base", "server", "port"}));
  EXPECT_EQ(r.errors()[1].origin.to_string(), "test.json:3:22");
}

TEST(Struct, wants_a_dict) {
  EXPECT_EQ(brief(read_value<Server>("5")), "invalid_type v: expected a dict (Server), found the integer 5");
  EXPECT_EQ(codes(read<App>(R"({"server":[]})")), "invalid_type server");
  EXPECT_EQ(codes(read<App>(R"({"server":null})")), "invalid_type server");
}

TEST(Struct, order_and_size_of_the_dict_do_not_matter) {
  auto in_order = read<App>(R"({"debug":false,"server":{"port":2,"host":"h"},"name":"n"})").value();
  EXPECT_EQ(in_order.name, "n");
  EXPECT_EQ(in_order.server.host, "h");
  std::string large = R"({"name":"n")";
  for (int i = 0; i < 500; ++i) large += ",\"k" + std::to_string(i) + "\":" + std::to_string(i);
  EXPECT_EQ(read<App>(large + R"(,"debug":false})").value().name, "n");
  EXPECT_EQ(codes(read<App>(large + R"(,"debug":1})")), "invalid_type debug");
}

TEST(MissingFields, are_errors_when_the_call_asks) {
  struct Asked {
    int a = 1;
    std::optional<int> b;
    std::unique_ptr<int> c;
    Server d;
  };
  ExtractOptions options{.missing = Missing::error};
  EXPECT_EQ(brief(read<Asked>("{}", options)),
            "missing_field  field a: expected an integer\n"
            "missing_field  field d: expected a dict (Server)");
  EXPECT_EQ(codes(read<Asked>(R"({"a":1,"d":{"host":"h"}})", options)), "missing_field d#port");
}

TEST(UnknownFields, are_errors_when_the_call_asks) {
  ExtractOptions options{.deny_unknown = true};
  EXPECT_EQ(brief(read<App>(R"({"server":{"prot":1},"zzz":2})", options)),
            "unknown_field server.prot; did you mean `port`?\n"
            "unknown_field zzz");
  auto r = read<App>(R"({"servers":1})", options);
  EXPECT_EQ(r.errors()[0].expected_one_of, (std::vector<std::string>{"name", "server", "debug", "more"}));
  EXPECT_EQ(r.errors()[0].hint, "did you mean `server`?");
}

// ---- annotations ----

struct Annotated {
  std::string host = "h";
  std::uint16_t port = 1;
  int even = 2;
  std::string file = "a.toml";
  std::chrono::milliseconds timeout{5};
  std::optional<std::chrono::seconds> wait;
  std::vector<int> levels;
  double ratio = 0.5;
  ByteSize size;
  std::string secret_note = "kept";

  static constexpr auto superconfig() {
    using namespace superconfig;
    using namespace std::chrono_literals;
    return annotate(field(&Annotated::host).required(),  //
                    field(&Annotated::port).rename("listen-port").alias("port").alias("p").range(1, 1000),
                    field(&Annotated::even)
                        .check([](int i) { return i % 2 == 0; }, "an even number")
                        .check([](int i) { return i != 0; }, "not zero"),
                    field(&Annotated::file).pattern("*.{toml,json}"),  //
                    field(&Annotated::timeout).unit("ms").range(1ms, 1min), field(&Annotated::wait).default_value("7s"),
                    field(&Annotated::levels).range(0, 9), field(&Annotated::ratio).at_most(1.0),
                    field(&Annotated::size).unit("MiB"), field(&Annotated::secret_note).skip(), deny_unknown());
  }
};

TEST(Required, missing_is_an_error_at_the_struct) {
  EXPECT_EQ(brief(read_value<Annotated>("{}")), "missing_field v field host: expected a string");
  EXPECT_EQ(brief(read_value<std::vector<Annotated>>(R"([{"hots":"x"}])")),
            "unknown_field v.0.hots; did you mean `host`?\n"
            "missing_field v.0 field host: expected a string; there is `hots`");
}

struct RequiredAll {
  int a = 0;
  std::optional<int> b;
  int c = 0;
  static constexpr auto superconfig() {
    using namespace superconfig;
    return annotate(required(), field(&RequiredAll::c).default_value(3));
  }
};
struct Outer {
  RequiredAll inner;
  std::optional<RequiredAll> maybe;
};

TEST(Required, of_a_whole_struct_leaves_optionals_and_defaults_alone) {
  EXPECT_EQ(codes(read<RequiredAll>("{}")), "missing_field #a");
  EXPECT_EQ(read<RequiredAll>(R"({"a":1})").value().c, 3);
}

TEST(Required, counts_in_a_struct_that_is_missing_as_a_whole) {
  EXPECT_EQ(codes(read<Outer>("{}")), "missing_field inner#a");
  EXPECT_EQ(read<Outer>(R"({"inner":{"a":1}})").value().maybe.has_value(), false);
}

TEST(Renamed, fields_go_by_their_outside_names) {
  EXPECT_EQ(read<Annotated>(R"({"host":"x","listen-port":5})").value().port, 5);
  EXPECT_EQ(read<Annotated>(R"({"host":"x","p":6})").value().port, 6);
  EXPECT_EQ(codes(read<Annotated>(R"({"host":"x","p":"y"})")), "invalid_type p");
  auto twice = read<Annotated>(R"({"host":"x","p":6,"listen-port":5})");
  EXPECT_EQ(brief(twice), "duplicate_field  field listen-port: two names of one field: p, listen-port");
  EXPECT_EQ(twice.errors()[0].related.size(), 1U);
}

TEST(Range, both_ends_are_allowed) {
  EXPECT_TRUE(read<Annotated>(R"({"host":"x","p":1})"));
  EXPECT_TRUE(read<Annotated>(R"({"host":"x","p":1000})"));
  EXPECT_EQ(brief(read<Annotated>(R"({"host":"x","p":0})")),
            "invalid_value p: expected an integer from 1 to 1000, found the integer 0");
  EXPECT_EQ(codes(read<Annotated>(R"({"host":"x","p":1001})")), "invalid_value p");
  EXPECT_EQ(brief(read<Annotated>(R"({"host":"x","ratio":1.5})")),
            "invalid_value ratio: expected a number, at most 1.0, found the float 1.5");
  // reaches through lists
  EXPECT_EQ(codes(read<Annotated>(R"({"host":"x","levels":[0,9,10]})")), "invalid_value levels.2");
}

TEST(Checks, see_the_finished_field_and_all_are_told) {
  EXPECT_TRUE(read<Annotated>(R"({"host":"x","even":4})"));
  EXPECT_EQ(brief(read<Annotated>(R"({"host":"x","even":3})")),
            "invalid_value even: expected an even number, found the integer 3");
  EXPECT_EQ(brief(read<Annotated>(R"({"host":"x","even":0})")),
            "invalid_value even: expected not zero, found the integer 0");
  // not called for a value of the wrong type
  EXPECT_EQ(codes(read<Annotated>(R"({"host":"x","even":"3"})")), "invalid_type even");
}

TEST(Pattern, matches_the_whole_string) {
  EXPECT_TRUE(read<Annotated>(R"({"host":"x","file":"b.json"})"));
  EXPECT_EQ(brief(read<Annotated>(R"({"host":"x","file":"b.json.bak"})")),
            "invalid_value file: expected a string that matches `*.{toml,json}`, found the string \"b.json.bak\"");
}

TEST(Unit, is_what_a_bare_number_counts) {
  using namespace std::chrono_literals;
  EXPECT_EQ(read<Annotated>(R"({"host":"x","timeout":30})").value().timeout, 30ms);
  EXPECT_EQ(read<Annotated>(R"({"host":"x","timeout":"2s"})").value().timeout, 2s);
  EXPECT_EQ(read<Annotated>(R"({"host":"x","size":2})").value().size.bytes, 2U << 20);
  EXPECT_EQ(brief(read<Annotated>(R"({"host":"x","timeout":"2m"})")),
            "invalid_value timeout: expected a duration such as 30s or 1h30m from 1ms to 1m, in whole milliseconds, "
            "found the string \"2m\"");
  Value text = detail::guessed_text("250", {});
  Value dict = Value::dict({{"host", "x"}, {"timeout", text}});
  EXPECT_EQ(extract_value<Annotated>(Found{&dict, {}})->timeout, 250ms);
}

TEST(Default, is_for_a_missing_field_not_for_null) {
  using namespace std::chrono_literals;
  EXPECT_EQ(read<Annotated>(R"({"host":"x"})").value().wait, 7s);
  EXPECT_EQ(read<Annotated>(R"({"host":"x","wait":null})").value().wait, std::nullopt);
}

TEST(Skip, is_neither_read_nor_known) {
  EXPECT_EQ(codes(read<Annotated>(R"({"host":"x","secret_note":"y"})")), "unknown_field secret_note");
  EXPECT_EQ(read<Annotated>(R"({"host":"x"})").value().secret_note, "kept");
}

TEST(DenyUnknown, of_a_type_names_the_nearest_field) {
  EXPECT_EQ(brief(read<Annotated>(R"({"host":"x","listen_port":1})")),
            "unknown_field listen_port; did you mean `listen-port`?");
}

TEST(Annotations, of_types_that_cannot_be_changed) {
  EXPECT_EQ(read<Point>(R"({"left":1,"y":2})").value(), (Point{1, 2}));
  EXPECT_EQ(read<Point>(R"({"x0":1})").value(), (Point{1, 0}));
  EXPECT_EQ(codes(read<Point>(R"({"x":1})")), "unknown_field x, missing_field #left");
}

// ---- flatten ----

struct Limits {
  int low = 0;
  int high = 0;
  static constexpr auto superconfig() {
    using namespace superconfig;
    return annotate(field(&Limits::high).required());
  }
};
struct Flat {
  int id = 0;
  Server server;
  std::optional<Limits> limits;
  std::map<std::string, int> rest;
  static constexpr auto superconfig() {
    using namespace superconfig;
    return annotate(field(&Flat::server).flatten(), field(&Flat::limits).flatten(), field(&Flat::rest).flatten());
  }
};
struct Closed {
  int id = 0;
  Server server;
  static constexpr auto superconfig() {
    using namespace superconfig;
    return annotate(field(&Closed::server).flatten(), deny_unknown());
  }
};
struct Deep {
  Closed closed;
  Value rest;
  static constexpr auto superconfig() {
    using namespace superconfig;
    return annotate(field(&Deep::closed).flatten(), field(&Deep::rest).flatten());
  }
};

TEST(Flatten, takes_fields_from_the_same_dict) {
  auto flat = read<Flat>(R"({"id":1,"host":"h","port":2,"a":3,"high":4})").value();
  EXPECT_EQ(flat.id, 1);
  EXPECT_EQ(flat.server.host, "h");
  EXPECT_EQ(flat.server.port, 2);
  ASSERT_TRUE(flat.limits);
  EXPECT_EQ(flat.limits->high, 4);
  EXPECT_EQ(flat.rest, (std::map<std::string, int>{{"a", 3}}));
}

TEST(Flatten, an_optional_is_empty_only_if_none_of_its_keys_is_there) {
  EXPECT_FALSE(read<Flat>(R"({"id":1})").value().limits);
  EXPECT_EQ(codes(read_value<Flat>(R"({"low":1})")), "missing_field v#high");
  EXPECT_EQ(codes(read<Flat>(R"({"low":"x","high":1,"k":"y"})")), "invalid_type low, invalid_type k");
}

TEST(Flatten, knows_which_keys_are_unknown) {
  EXPECT_TRUE(read<Closed>(R"({"id":1,"host":"h"})"));
  auto r = read<Closed>(R"({"id":1,"hosts":"h"})");
  EXPECT_EQ(brief(r), "unknown_field hosts; did you mean `host`?");
  EXPECT_EQ(r.errors()[0].expected_one_of, (std::vector<std::string>{"id", "host", "port"}));
}

TEST(Flatten, nests_and_leaves_the_rest_to_a_value) {
  auto deep = read<Deep>(R"({"id":1,"port":5,"other":{"x":1}})").value();
  EXPECT_EQ(deep.closed.server.port, 5);
  EXPECT_EQ(deep.rest, Value::dict({{"other", Value::dict({{"x", 1}})}}));
}

// ---- size ----

struct Big {
  int f0 = 0, f1 = 0, f2 = 0, f3 = 0, f4 = 0, f5 = 0, f6 = 0, f7 = 0, f8 = 0, f9 = 0;
  int f10 = 0, f11 = 0, f12 = 0, f13 = 0, f14 = 0, f15 = 0, f16 = 0, f17 = 0, f18 = 0, f19 = 0;
  int f20 = 0, f21 = 0, f22 = 0, f23 = 0, f24 = 0, f25 = 0, f26 = 0, f27 = 0, f28 = 0, f29 = 0;
  int f30 = 0, f31 = 0, f32 = 0, f33 = 0, f34 = 0, f35 = 0, f36 = 0, f37 = 0, f38 = 0, f39 = 0;
  int f40 = 0, f41 = 0, f42 = 0, f43 = 0, f44 = 0, f45 = 0, f46 = 0, f47 = 0, f48 = 0, f49 = 0;
  int f50 = 0, f51 = 0, f52 = 0, f53 = 0, f54 = 0, f55 = 0, f56 = 0, f57 = 0, f58 = 0, f59 = 0;
  int f60 = 0, f61 = 0, f62 = 0;
  std::string last;
};

TEST(Struct, of_64_fields) {
  std::string json = "{\"last\":\"z\"";
  for (int i = 62; i >= 0; --i) json += ",\"f" + std::to_string(i) + "\":" + std::to_string(i);
  auto big = read<Big>(json + "}").value();
  EXPECT_EQ(big.f0, 0);
  EXPECT_EQ(big.f31, 31);
  EXPECT_EQ(big.f62, 62);
  EXPECT_EQ(big.last, "z");
  EXPECT_EQ(shape_of<Big>().fields.size(), 64U);
}

struct Node {
  int value = 0;
  std::vector<Node> children;
  std::unique_ptr<Node> next;
  std::map<std::string, Node> named;
};
TEST(Struct, may_contain_itself) {
  auto node =
      read<Node>(R"({"value":1,"children":[{"value":2}],"next":{"next":{"value":3}},"named":{"a":{"value":4}}})")
          .value();
  EXPECT_EQ(node.children[0].value, 2);
  EXPECT_EQ(node.next->next->value, 3);
  EXPECT_EQ(node.named.at("a").value, 4);
  EXPECT_EQ(codes(read<Node>(R"({"next":{"children":[{"value":"x"}]}})")), "invalid_type next.children.0.value");
}

struct Empty {};
TEST(Struct, may_be_empty) {
  EXPECT_TRUE(read<Empty>("{}"));
  EXPECT_TRUE(read<Empty>(R"({"a":1})"));
  EXPECT_EQ(codes(read<Empty>(R"({"a":1})", {.deny_unknown = true})), "unknown_field a");
}

// ---- masking ----

struct Passwords {
  int db_password = 0;
  int apiKey = 0;
  int count = 0;
  std::vector<int> tokens_of_token;
};
TEST(Errors, do_not_show_what_a_name_says_is_secret) {
  EXPECT_EQ(brief(read<Passwords>(R"({"db_password":"a","apiKey":"b","count":"c","tokens_of_token":["d"]})")),
            "invalid_type db_password: expected an integer, found a string (masked)\n"
            "invalid_type apiKey: expected an integer, found a string (masked)\n"
            "invalid_type count: expected an integer, found the string \"c\"\n"
            "invalid_type tokens_of_token.0: expected an integer, found a string (masked)");
  EXPECT_EQ(brief(read_value<int>("\"postgres://me:pw@db/x\"")),
            "invalid_type v: expected an integer, found the string \"postgres://me:***@db/x\"");
}

}  // namespace
}  // namespace superconfig::testing
