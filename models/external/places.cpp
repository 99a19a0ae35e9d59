#include "places.hpp"

#include "fields.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace mystic::external {
namespace {

template <class Integer>
std::optional<Integer> read_integer(std::string_view text) {
  Integer value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<CharacterRange> read_characters(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = read_integer<std::size_t>(text.substr(0, dash));
  const bool open = dash + 1 == text.size();
  const auto last = open ? first : read_integer<std::size_t>(text.substr(dash + 1));
  if (!first || !last || *first == 0 || *last < *first) return std::nullopt;
  return CharacterRange{*first, open ? 0 : *last};
}

std::optional<Index> read_column(std::string_view text) {
  const auto column = read_integer<Index>(text);
  return column && *column != 0 ? column : std::nullopt;
}

Places missing(std::string text) {
  return {.failure = Failure{FailureKind::missing_output, std::move(text)}};
}

Places unreadable(std::string text) {
  return {.failure = Failure{FailureKind::unreadable_output, std::move(text)}};
}

std::string place(Index nth) {
  return nth > 0 ? fmt::format("{}", nth) : fmt::format("{} from the end", -nth);
}

std::string plural(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::size_t line_at(std::string_view text, std::size_t at) {
  if (at > text.size()) return 0;
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(at);
  return 1 + static_cast<std::size_t>(std::count(text.begin(), end, '\n'));
}

std::size_t offset_of(std::string_view part, std::string_view text) {
  return static_cast<std::size_t>(part.data() - text.data());
}

Stretch stretch_of(Index nth, std::size_t count, bool several, Index most) {
  const auto first = position_of(nth, count);
  if (!first) return {};
  if (!several) return {*first, *first + 1};
  const std::size_t rest = count - *first;
  return {*first, *first + (most == 0 ? rest : std::min(rest, static_cast<std::size_t>(most)))};
}

std::size_t needed(Index nth, bool several, Index most) {
  if (nth < 0 || (several && most == 0)) return std::numeric_limits<std::size_t>::max();
  return static_cast<std::size_t>(nth) + static_cast<std::size_t>(several ? most - 1 : 0);
}

}  // namespace mystic::external
