#include "places.hpp"

#include "fields.hpp"
#include "printable.hpp"

#include <pugixml.hpp>

#include <deque>

namespace mystic::external {
namespace {

// A path such as //a//b looks at every pair of nested elements; what is nested deeper than this is no
// file of results.
constexpr int most_depth = 200;

/// A parsed file, and the texts that had to be put together.
struct XmlFile {
  pugi::xml_document document = {};
  std::deque<std::string> texts = {};
  bool has_offsets = false;
};

class DepthCheck : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node&) override { return depth() < most_depth; }
};

/// Fills `file`. @return what is wrong, or empty
std::string parse(std::string_view text, XmlFile& file) {
  const std::size_t zero = text.find('\0');
  if (zero != std::string_view::npos) {
    return fmt::format("there is a NUL byte in line {} (is it UTF-16?)", line_at(text, zero));
  }
  const pugi::xml_parse_result result = file.document.load_buffer(text.data(), text.size());
  if (!result) {
    return fmt::format("{} in line {}", result.description(),
                       line_at(text, static_cast<std::size_t>(result.offset)));
  }
  file.has_offsets = result.encoding == pugi::encoding_utf8;
  DepthCheck check;
  if (!file.document.traverse(check)) return fmt::format("it is nested deeper than {}", most_depth);
  return {};
}

bool is_text(const pugi::xml_node& node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

/// The text of an attribute, a text or an element that has nothing but text. Pieces that a comment or
/// CDATA divides are put together: the first of them alone could be a part of a number.
std::optional<std::string_view> text_of(const pugi::xpath_node& selected, XmlFile& file) {
  if (const pugi::xml_attribute attribute = selected.attribute()) return attribute.value();
  const pugi::xml_node node = selected.node();
  if (node.type() != pugi::node_element) return node.value();
  std::size_t pieces = 0;
  std::string_view first;
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_element) return std::nullopt;
    if (is_text(child) && pieces++ == 0) first = child.value();
  }
  if (pieces < 2) return first;
  std::string& whole = file.texts.emplace_back();
  for (const pugi::xml_node child : node.children()) {
    if (is_text(child)) whole += child.value();
  }
  return whole;
}

pugi::xpath_query compiled(const std::string& path) {
  return path.empty() ? pugi::xpath_query() : pugi::xpath_query(path.c_str());
}

class XmlNodes : public Locator {
 public:
  explicit XmlNodes(const OutputRule& rule)
      : rule_(rule), path_(compiled(rule.xml)), over_(compiled(rule.over)) {}

  [[nodiscard]] Places find(std::string_view text) const override {
    const auto file = std::make_shared<XmlFile>();
    const std::string problem = parse(text, *file);
    if (!problem.empty()) return unreadable("not XML: " + problem);
    try {
      return select(*file, file);
    } catch (const pugi::xpath_exception& error) {
      return unreadable(
          fmt::format("the search for {} gave up: {}", in_quotes(rule_.xml), error.what()));
    }
  }

 private:
  [[nodiscard]] Places select(XmlFile& file, std::shared_ptr<const void> owner) const {
    const std::vector<Place> all = places_of(path_, file);
    Places places{.lack = fmt::format("node {} of {} is wanted, and it selects {}", place(rule_.nth),
                                      in_quotes(rule_.xml), all.size()),
                  .owner = std::move(owner)};
    const Stretch stretch = stretch_of(rule_.nth, all.size(), rule_.collects());
    if (rule_.over.empty()) {
      places.found.assign(all.begin() + static_cast<std::ptrdiff_t>(stretch.begin),
                          all.begin() + static_cast<std::ptrdiff_t>(stretch.end));
    } else {
      const std::vector<Place> over = places_of(over_, file);
      if (over.size() != all.size()) {
        return missing(fmt::format("{} selects {}, and `over` {}", in_quotes(rule_.xml),
                                   plural(all.size(), "value"), plural(over.size(), "abscissa")));
      }
      for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
        places.found.push_back({all[i].text, all[i].at, over[i].text});
      }
    }
    return places;
  }

  static std::vector<Place> places_of(const pugi::xpath_query& query, XmlFile& file) {
    pugi::xpath_node_set nodes = query.evaluate_node_set(file.document);
    nodes.sort();
    std::vector<Place> places;
    for (const pugi::xpath_node& selected : nodes) {
      const pugi::xml_node node = selected.node() ? selected.node() : selected.parent();
      const std::ptrdiff_t offset = file.has_offsets ? node.offset_debug() : -1;
      const auto text = text_of(selected, file);
      places.push_back({text ? trimmed(*text) : std::string_view("an element with elements"),
                        offset < 0 ? nowhere : static_cast<std::size_t>(offset),
                        {}});
    }
    return places;
  }

  OutputRule rule_;
  pugi::xpath_query path_;
  pugi::xpath_query over_;
};

}  // namespace

std::string path_problem(const std::string& path) {
  try {
    const pugi::xpath_query query(path.c_str());
    if (query.return_type() == pugi::xpath_type_node_set) return {};
    return in_quotes(path) +
           " selects no nodes, but makes a value: select attributes or elements, as in "
           "//outputs/@deviation";
  } catch (const pugi::xpath_exception& error) {
    return fmt::format("{} at offset {} of {}", error.what(), error.result().offset, in_quotes(path));
  }
}

std::unique_ptr<const Locator> locate_xml(const OutputRule& rule) {
  return std::make_unique<XmlNodes>(rule);
}

}  // namespace mystic::external
