// Trees and keys that are far deeper than anybody means them: an error, never a crash and never an endless wait.
#include <csignal>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/building.hpp"
#include "stress/survive.hpp"
#include "superconfig/mask.hpp"

namespace superconfig::testing {
namespace {

constexpr int very_deep = 100'000;

Value deep_array(int levels) {
  Value tree = 1;
  for (int i = 0; i < levels; ++i) {
    Value outer = Value::array(std::span<Item>());
    outer.push_back(std::move(tree));
    tree = std::move(outer);
  }
  return tree;
}
Value deep_dict(int levels) {
  Value tree = 1;
  for (int i = 0; i < levels; ++i) {
    Entry entry{Name("a"), std::move(tree), {}};
    tree = Value::dict(std::span<Entry>(&entry, 1));
  }
  return tree;
}
std::string repeated(std::string_view text, int times, std::string_view between = "") {
  std::string all;
  for (int i = 0; i < times; ++i) all += (i == 0 ? "" : std::string(between)) + std::string(text);
  return all;
}

class Gives final : public Provider {
 public:
  explicit Gives(Value tree) : tree_(std::move(tree)) {}
  [[nodiscard]] Metadata metadata() const override { return {"gives", {}}; }
  [[nodiscard]] Result<Loaded> load(const Below&) const override {
    Loaded loaded;
    loaded.content.push_back({"default", tree_, {}});
    return loaded;
  }

 private:
  Value tree_;
};

// The code of every error, or "fine".
std::string outcome(const SuperConfig& config) {
  const auto errors = config.resolve();
  if (errors) return "fine";
  std::string text;
  for (const auto& error : errors.error()) {
    text += std::string(name_of(error.code)) + " ";
    (void)error.to_string().size();
    (void)error.to_display_string().size();
  }
  return text;
}

// ---- values that programs build ----

TEST(DeepValues, are_compared_printed_and_masked) {
  for (const auto make : {deep_array, deep_dict}) {
    EXPECT_EQ(survive([make] { return std::to_string(make(very_deep) == make(very_deep)); }), "1");
    EXPECT_EQ(survive([make] { return std::to_string(make(very_deep) == make(very_deep - 1)); }), "0");
    EXPECT_EQ(survive([make] { return std::to_string(!make(very_deep).to_string().empty()); }), "1");
    EXPECT_EQ(survive([make] {
                Value a = make(very_deep), b = a;
                b = make(2);
                a = Value();
                return std::to_string(b.size());
              }),
              "1");
  }
}

TEST(DeepValues, are_masked) {
  for (const auto make : {deep_array, deep_dict})
    EXPECT_EQ(survive([make] { return std::to_string(masked(make(very_deep)).size()); }), "1");
}

TEST(DeepValues, are_written_as_errors) {
  for (const auto make : {deep_array, deep_dict}) {
    const auto root = Value::dict({{"root", make(very_deep)}});
    EXPECT_EQ(survive([&root] { return std::string(name_of(write_json(root).error()[0].code)); }), "unsupported");
    EXPECT_EQ(survive([&root] { return std::string(name_of(write_toml(root).error()[0].code)); }), "unsupported");
  }
}

TEST(DeepValues, are_refused_as_layers_by_every_door) {
  for (const auto make : {deep_array, deep_dict}) {
    const auto root = Value::dict({{"root", make(very_deep)}});
    EXPECT_EQ(survive([&] { return outcome(SuperConfig().with_defaults(root)); }), "unsupported ");
    EXPECT_EQ(survive([&] { return outcome(SuperConfig().with_value("a.b", make(very_deep))); }), "unsupported ");
    EXPECT_EQ(survive([&] { return outcome(SuperConfig().with_value("", root)); }), "unsupported ");
    EXPECT_EQ(survive([&] { return outcome(SuperConfig().with_override("a", make(very_deep))); }), "unsupported ");
    EXPECT_EQ(survive([&] { return outcome(SuperConfig().merge(Pair("a.b", make(very_deep)))); }), "unsupported ");
    EXPECT_EQ(survive([&] { return outcome(SuperConfig().merge(Defaults(make(very_deep)).at("a.b"))); }),
              "unsupported ");
    EXPECT_EQ(survive([&] { return outcome(SuperConfig().merge(Gives(root))); }), "unsupported ");
    EXPECT_EQ(survive([&] { return outcome(SuperConfig().merge([&] { return root; })); }), "unsupported ");
    EXPECT_EQ(survive([&] { return outcome(SuperConfig().with_cli_opt(std::optional(root))); }), "unsupported ");
    EXPECT_EQ(survive([&] { return outcome(SuperConfig().merge(Empty(Gives(root)))); }), "unsupported ");
    EXPECT_EQ(survive([&] { return outcome(SuperConfig().with_value("xs_add", Value::array({make(very_deep)}))); }),
              "unsupported ");
  }
}

TEST(DeepValues, hidden_in_text_are_refused_too) {
  const auto text = Value::text("{…}", deep_dict(very_deep), true);
  EXPECT_EQ(survive([&] { return outcome(SuperConfig().with_value("a", text)); }), "unsupported ");
  EXPECT_EQ(survive([&] { return outcome(SuperConfig().merge(Gives(Value::dict({{"a", text}})))); }), "unsupported ");
}

TEST(DeepValues, of_text_in_text_are_flat) {
  EXPECT_EQ(survive([] {
              Value text = 1;
              for (int i = 0; i < very_deep; ++i) text = Value::text("x", std::move(text), false);
              return std::to_string(text == Value(1)) + text.to_string() + outcome(SuperConfig().with_value("a", text));
            }),
            "11fine");
}

TEST(DeepValues, of_five_hundred_levels_are_fine_in_every_reader) {
  // The root is a level too.
  const auto config =
      SuperConfig().with_value("a", deep_dict(498)).with_value("b", deep_array(498)).merge(layer("high", R"({"k":1})"));
  EXPECT_EQ(outcome(config), "fine");
  EXPECT_EQ(config.get<int>(repeated("a", 499, ".")), 1);
  EXPECT_FALSE(config.as_json().empty());
  EXPECT_FALSE(config.explain("a").to_string().empty());
  EXPECT_FALSE(config.find_metadata("b[0][0]")->layer.empty());
  EXPECT_EQ(SuperConfig().merge(config).value(), config.value());
  EXPECT_EQ(config.extract<Value>(), config.value());
}

TEST(DeepValues, do_not_grow_deeper_than_that_by_composing) {
  auto config = SuperConfig().with_value("a", deep_dict(400));
  EXPECT_EQ(outcome(config.with_value(repeated("a", 401, "."), deep_dict(400))), "unsupported ");
  EXPECT_EQ(outcome(SuperConfig().with_value("x", Value::array({1})).with_value("x[1]", deep_array(499))),
            "unsupported ");
  EXPECT_EQ(outcome(SuperConfig().with_value(repeated("a", 400, "."), deep_dict(400))), "unsupported ");
  EXPECT_EQ(outcome(SuperConfig().merge(Pair(repeated("a", 400, "."), deep_dict(400)))), "unsupported ");
  EXPECT_EQ(outcome(SuperConfig().merge(Defaults(deep_dict(400)).at(repeated("a", 400, ".")))), "unsupported ");
}

// A list that the program linked, far too long to recurse over.
struct Link {
  int value = 0;
  std::unique_ptr<Link> next;
};

TEST(DeepValues, of_types_that_contain_themselves_are_refused) {
  EXPECT_EQ(survive([] {
              Link head;
              Link* last = &head;
              for (int i = 0; i < very_deep; ++i) {
                last->next = std::make_unique<Link>();
                last = last->next.get();
              }
              const auto result = outcome(SuperConfig().with_defaults(head));
              while (head.next) head.next = std::move(head.next->next);  // so that dropping it does not recurse either
              return result;
            }),
            "unsupported ");
}

TEST(DeepValues, of_types_that_contain_themselves_are_read_as_deep_as_layers_may_be) {
  const auto config = SuperConfig().with_value(repeated("next", 400, ".") + ".value", 7);
  const auto head = config.extract<Link>();
  const Link* last = &head;
  while (last->next) last = last->next.get();
  EXPECT_EQ(last->value, 7);
}

// ---- keys of very many segments ----

TEST(LongKeys, are_errors_at_every_door) {
  const auto dotted = repeated("a", very_deep, ".");
  EXPECT_EQ(survive([&] { return outcome(SuperConfig().with_value(dotted, 1)); }), "unsupported ");
  EXPECT_EQ(survive([&] { return outcome(SuperConfig().with_override(dotted, 1)); }), "unsupported ");
  EXPECT_EQ(survive([&] { return outcome(SuperConfig().with_set(dotted + "=1")); }), "unsupported ");
  EXPECT_EQ(survive([&] { return outcome(SuperConfig().merge(Pair(dotted, 1))); }), "unsupported ");
  EXPECT_EQ(survive([&] { return outcome(SuperConfig().merge(Defaults(1).at(dotted))); }), "unsupported ");
  EXPECT_EQ(survive([&] {
              return outcome(SuperConfig().with_env("APP_", {{"APP_" + repeated("A", very_deep, "__"), "1"}}));
            }),
            "unsupported ");
  EXPECT_EQ(survive([&] { return outcome(SuperConfig().merge(Toml::string(dotted + " = 1"))); }), "parse ");
  EXPECT_EQ(survive([&] {
              return outcome(
                  SuperConfig().merge(Json::string(repeated("{\"a\":", very_deep) + "1" + repeated("}", very_deep))));
            }),
            "parse ");
}

TEST(LongKeys, of_numbers_are_errors_too) {
  const auto numbers = repeated("0", very_deep, "."), brackets = "a" + repeated("[0]", very_deep);
  const auto base = SuperConfig().merge(layer("low", R"({"0":[[1]],"a":[[1]]})"));
  for (const auto& path : {numbers, brackets}) {
    EXPECT_EQ(survive([&] { return outcome(base.with_value(path, 1)); }), "unsupported ");
    EXPECT_EQ(survive([&] { return outcome(base.with_override(path, 1)); }), "unsupported ");
    EXPECT_EQ(survive([&] { return outcome(base.with_set(path + "=1")); }), "unsupported ");
  }
  EXPECT_EQ(survive([&] { return outcome(base.with_env("APP_", {{"APP_" + repeated("0", very_deep, "__"), "1"}})); }),
            "unsupported ");
}

TEST(LongKeys, are_read_as_missing) {
  const auto config = SuperConfig().with_value("a.a", 1);
  const auto dotted = repeated("a", very_deep, ".");
  EXPECT_EQ(survive([&] {
              std::string text = std::to_string(config.has_key(dotted)) +
                                 std::to_string(config.get_or<int>(dotted, 7)) +
                                 std::to_string(config.find_value(dotted).has_value()) +
                                 std::to_string(config.find_metadata(dotted).has_value());
              text += std::string(name_of(config.try_get<int>(dotted).error()[0].code));
              text += std::string(name_of(config.try_get<int>(Key(dotted)).error()[0].code));
              text += config.explain(dotted).value ? "there" : "";
              text += shown(config.focus(dotted));
              return text;
            }),
            "0700missing_fieldmissing_field{}");
}

TEST(LongKeys, of_many_single_underscores_nest_once) {
  const auto name = "APP_" + repeated("A", very_deep, "_");
  EXPECT_EQ(survive([&] { return outcome(SuperConfig().with_env("APP_", {{name, "1"}})); }), "fine");
  EXPECT_EQ(survive([&] { return outcome(SuperConfig().with_value("a.a", 1).with_env("APP_", {{name, "1"}})); }),
            "fine");
  EXPECT_EQ(
      survive([&] {
        return SuperConfig().with_value("aaaa.b", 1).with_env("APP_", {{name, "1"}}).explain().unmatched[0].nearest;
      }),
      "");
}

struct Chain {
  int v = 0;
  std::vector<Chain> list;
  std::unique_ptr<Chain> a;
};
struct Wide {
  int v = 0;
  std::unique_ptr<Wide> a, a_a;
};

TEST(LongKeys, of_many_single_underscores_over_a_type_that_contains_itself_end) {
  const auto name = "APP_" + repeated("A", very_deep, "_") + "_V";
  EXPECT_NE(
      survive([&] { return outcome(SuperConfig().with_shape<Chain>().with_env("APP_", {{name, "1"}})); }).substr(0, 6),
      "signal");
  const auto ambiguous = "APP_" + repeated("A", 60, "_") + "_V";
  EXPECT_EQ(survive([&] {
              return outcome(SuperConfig().with_shape<Wide>().with_env("APP_", {{ambiguous, "1"}}));
            }).substr(0, 5),
            "ambig");
}

// ---- configurations in configurations ----

TEST(DeepStacks, of_configurations_in_configurations_are_read_or_refused) {
  EXPECT_EQ(survive([] {
              auto config = SuperConfig().with_value("a", 1);
              for (int i = 0; i < 50; ++i) config = SuperConfig().merge(config).with_value("b", i);
              return shown(config) + config.profile() + std::to_string(config.find_metadata("a")->layer.size());
            }),
            R"({"a":1,"b":49}default51)");
}

TEST(DeepStacks, of_too_many_configurations_in_configurations_are_errors) {
  auto config = SuperConfig().with_value("a", 1);
  for (int i = 0; i < 1000; ++i) config = SuperConfig().merge(config);
  EXPECT_EQ(outcome(config), "unsupported ");
  EXPECT_EQ(outcome(SuperConfig().merge(config).with_value("b", 1)), "unsupported ");
}

TEST(DeepStacks, of_very_many_configurations_in_configurations_do_not_crash) {
  EXPECT_EQ(survive([] {
              auto config = SuperConfig().with_value("a", 1);
              for (int i = 0; i < very_deep; ++i) config = SuperConfig().merge(config);
              return std::string("built");
            }),
            "built");
  EXPECT_NE(survive([] {
              auto config = SuperConfig().with_value("a", 1);
              for (int i = 0; i < very_deep; ++i) config = SuperConfig().merge(config);
              return config.profile() + shown(config);
            }).substr(0, 6),
            "signal");
}

// ---- large inputs ----

TEST(LargeInputs, are_kept_whole) {
  const std::string huge(50'000'000, 'x');
  const auto config =
      SuperConfig().with_value("text", huge).with_env("APP_", {{"APP_TEXT2", huge}}).with_set("text3=" + huge);
  for (const char* path : {"text", "text2", "text3"}) EXPECT_EQ(config.get_string(path).size(), huge.size());
  EXPECT_LT(config.try_get<int>("text").error().to_string().size(), 1000U) << "messages are cut";
  EXPECT_LT(config.explain("text").to_string().size(), 10'000U);
  const std::string key(1'000'000, 'k');
  const auto keyed = SuperConfig().with_value(key, 1).with_env("APP_", {{"APP_" + std::string(1'000'000, 'E'), "1"}});
  EXPECT_EQ(keyed.get<int>(key), 1);
  EXPECT_EQ(keyed.keys().size(), 2U);
}

TEST(LargeInputs, of_very_many_keys_and_items_are_fine) {
  Value dict = Value::dict({}), array = Value::array();
  for (int i = 0; i < 300'000; ++i) {
    dict.set("key" + std::to_string(i), i);
    array.push_back(i);
  }
  const auto config = SuperConfig()
                          .with_value("d", dict)
                          .with_value("xs", array)
                          .with_value("d.key7", -7)
                          .with_value("xs[299999]", -1)
                          .with_value("xs[300000]", -2);
  EXPECT_EQ(config.get<int>("d.key7") + config.get<int>("d.key299999"), 299'992);
  EXPECT_EQ(config.get<int>("xs[299999]") + config.get<int>("xs[300000]"), -3);
  EXPECT_EQ(config.keys("d").size(), 300'000U);
}

TEST(LargeInputs, of_very_many_variables_end_in_good_time) {
  Environment variables;
  for (int i = 0; i < 5'000; ++i)
    variables.emplace_back("APP_GROUP" + std::to_string(i % 100) + "__KEY" + std::to_string(i), std::to_string(i));
  EXPECT_EQ(
      survive([&] { return std::to_string(SuperConfig().with_env("APP_", variables).get<int>("group99.key4999")); }),
      "4999");
  EXPECT_EQ(survive([&] {
              const auto low = SuperConfig().with_env("APP_", variables);
              return std::to_string(low.with_env("APP_", variables).get<int>("group99.key4999"));
            }),
            "4999");
}

TEST(LargeInputs, of_very_many_edits_end_in_good_time) {
  Value many = Value::array();
  for (int i = 0; i < 3'000; ++i) many.push_back("item" + std::to_string(i));
  EXPECT_EQ(survive([&] {
              return std::to_string(
                  SuperConfig().with_value("xs", many).with_value("xs_remove", many).find_value("xs")->size());
            }),
            "0");
  EXPECT_EQ(survive([&] { return std::to_string(SuperConfig().with_value("xs_remove", many).warnings().size()); }),
            "3000");
}

}  // namespace
}  // namespace superconfig::testing
