// Templates, inputs and outputs mutated at random: nothing crashes, nothing hangs, and no number is read
// that does not stand there. Meant for AddressSanitizer.

#include "mystic/core/require.hpp"
#include "mystic/models/expression.hpp"
#include "mystic/models/extraction.hpp"
#include "mystic/models/number.hpp"
#include "mystic/models/template.hpp"

#include <gtest/gtest.h>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>

namespace mystic {
namespace {

constexpr int cases = 2000;

class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : rng_(seed) {}

  std::size_t below(std::size_t count) {
    return boost::random::uniform_int_distribution<std::size_t>(0, count - 1)(rng_);
  }
  double number() {
    const double mantissa = static_cast<double>(below(1'000'000)) / 1e5 - 5.0;
    return mantissa * std::pow(10.0, static_cast<double>(below(40)) - 20.0);
  }
  char byte() {
    static const std::string likely =
        "0123456789+-.eEdD@:=%,;\"'<>/[]{}()\n\r\t ax_\0\xff\xc3*?|&^"
        "NaInf";
    return below(8) == 0 ? static_cast<char>(below(256)) : likely[below(likely.size())];
  }
  /// `text` with up to `most` bytes changed, left out, put in, or pieces of it doubled.
  std::string mutated(std::string text, std::size_t most) {
    for (std::size_t left = below(most + 1); left > 0; --left) {
      const std::size_t at = below(text.size() + 1);
      switch (below(5)) {
        case 0:
          if (at < text.size()) text[at] = byte();
          break;
        case 1:
          text.insert(at, 1, byte());
          break;
        case 2:
          text.erase(at, below(4));
          break;
        case 3:
          text.insert(at, text.substr(below(text.size() + 1), below(20)));
          break;
        default:
          text.resize(at);
          break;
      }
    }
    return text;
  }

 private:
  boost::random::mt19937 rng_;
};

/// Runs `one` for each case; each must take less than `limit` seconds.
void for_each_case(std::uint32_t seed, double limit, const std::function<void(Mutator&)>& one) {
  for (int i = 0; i < cases; ++i) {
    SCOPED_TRACE(i);
    Mutator mutator(seed + static_cast<std::uint32_t>(i));
    const auto start = std::chrono::steady_clock::now();
    one(mutator);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    ASSERT_LT(took.count(), limit);
    if (testing::Test::HasFatalFailure()) return;
  }
}

const std::vector<std::string> inputs{"width", "x", "x1", "x10"};

TEST(Fuzz, TemplatesAreFilledOrRefusedAndTheirPlainTextPasses) {
  const std::string deck =
      "*NODE\n1, @x@, @x1:%12.4e@\r\n@=2*width + x10:%.3f@ <@x10:8@> me@example.org\n@x@@x1@\n";
  std::size_t filled = 0;
  for_each_case(1, 5.0, [&](Mutator& mutator) {
    const std::string text = mutator.mutated(deck, 12);
    Vector values(4);
    for (double& value : values) value = mutator.number();
    const Template parsed(text, inputs);
    if (!parsed.broken().empty()) {
      EXPECT_THROW(static_cast<void>(parsed.fill(values)), InvalidArgument);
      for (const BrokenPlaceholder& broken : parsed.broken()) {
        EXPECT_LE(broken.line,
                  1U + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
      }
      return;
    }
    try {
      const std::string first = parsed.fill(values);
      EXPECT_EQ(first, parsed.fill(values));
      ++filled;
    } catch (const InvalidArgument&) {  // does not fit its format
    }
  });
  EXPECT_GT(filled, static_cast<std::size_t>(cases / 20));
}

TEST(Fuzz, ExpressionsAreNumbersOrRefused) {
  const std::string formula = "2*width + (x > 3 ? sqrt(x1^2 + 1) : min(x10, 1e-3)) && !(x == 1)";
  for_each_case(2, 5.0, [&](Mutator& mutator) {
    const std::string text = mutator.mutated(formula, 8);
    try {
      const Expression expression(text, inputs);
      const std::vector<double> values{mutator.number(), mutator.number(), mutator.number(),
                                       mutator.number()};
      const double first = expression.value(values);
      const double second = expression.value(values);
      EXPECT_TRUE(first == second || (std::isnan(first) && std::isnan(second))) << text;
    } catch (const InvalidArgument&) {
    }
  });
}

OutputRule rule(std::string name) { return {.name = std::move(name), .file = "out"}; }

/// Ways to the same number in texts that say it.
struct Way {
  std::string text;  ///< with N where the number belongs
  OutputRule rule;
};

std::vector<Way> ways() {
  std::vector<Way> all;
  const auto add = [&](std::string text, const std::function<void(OutputRule&)>& set) {
    Way way{std::move(text), rule("y")};
    set(way.rule);
    all.push_back(std::move(way));
  };
  add("step 1\n total mass = N kg\nend\n", [](OutputRule& r) { r.after = "mass ="; });
  add("a 1\nb 2\nc N 7\n", [](OutputRule& r) { r.line = -1, r.column = 2; });
  add("mass: 1\nmass: N\n", [](OutputRule& r) { r.regex = "mass: (\\S+)$", r.nth = -1; });
  add("t,u,v\n0,1,2\n1,N,3\n", [](OutputRule& r) { r.csv = "u", r.row = -1; });
  add("{\"a\": [1, {\"b\": N}], \"c\": null}\n", [](OutputRule& r) { r.json = "/a/1/b"; });
  add("<r><n id=\"7\">1</n><n id=\"8\">N</n></r>\n", [](OutputRule& r) { r.xml = "/r/n[@id='8']"; });
  add("t,u\n0,1\n1,N\n2,3\n",
      [](OutputRule& r) { r.csv = "u", r.reduce = "value-at", r.over = "t", r.at = 1.0; });
  add("          N\n", [](OutputRule& r) { r.line = 1, r.characters = "11-"; });
  return all;
}

std::string with_number(std::string text, const std::string& number) {
  return text.replace(text.find('N'), 1, number);
}

TEST(Fuzz, OutputsAreReadAsTheyStandWhereverTheyAre) {
  for_each_case(3, 10.0, [&](Mutator& mutator) {
    for (const Way& way : ways()) {
      const double value = mutator.number();
      const Extracted extracted =
          Extraction(way.rule).from(with_number(way.text, fmt::format("{}", value)));
      ASSERT_FALSE(extracted.failure) << way.text << extracted.failure->text;
      EXPECT_EQ(extracted.values, std::vector<double>{value}) << way.text;
    }
  });
}

// Whatever the bytes are: the number that is given must be what its own text reads, and that text must
// stand in the file (in a JSON text or an XML entity it may be escaped, hence not there).
TEST(Fuzz, MutatedOutputsGiveNoNumberThatDoesNotStandThere) {
  for_each_case(4, 20.0, [&](Mutator& mutator) {
    for (const Way& way : ways()) {
      const std::string text =
          mutator.mutated(with_number(way.text, fmt::format("{}", mutator.number())), 6);
      const Extracted extracted = Extraction(way.rule).from(text);
      if (extracted.failure) {
        EXPECT_TRUE(extracted.values.empty());
        EXPECT_FALSE(extracted.failure->text.empty());
        continue;
      }
      ASSERT_EQ(extracted.values.size(), 1U);
      if (way.rule.reduce != "none" || !way.rule.json.empty() || !way.rule.xml.empty()) continue;
      const auto read = read_number(extracted.found);
      ASSERT_TRUE(read) << text;
      EXPECT_TRUE(*read == extracted.values[0] || std::isnan(*read)) << text;
      EXPECT_NE(text.find(extracted.found), std::string::npos) << text;
    }
  });
}

TEST(Fuzz, RulesAreSoundOrRefused) {
  for_each_case(5, 20.0, [&](Mutator& mutator) {
    for (Way way : ways()) {
      for (std::string* part :
           {&way.rule.regex, &way.rule.json, &way.rule.xml, &way.rule.characters, &way.rule.over}) {
        if (!part->empty()) *part = mutator.mutated(*part, 3);
      }
      const std::string text = with_number(way.text, "1.5");
      try {
        static_cast<void>(Extraction(way.rule).from(text));
      } catch (const InvalidOptions&) {
      }
    }
  });
}

}  // namespace
}  // namespace mystic
