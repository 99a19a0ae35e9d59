#include "mystic/models/number.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>
#include <system_error>

namespace mystic {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_sign(char c) { return c == '+' || c == '-'; }

std::size_t leading_digits(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
}

/// "nan", "inf", "infinity" without their sign.
std::optional<double> read_word(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (lower == "inf" || lower == "infinity") return std::numeric_limits<double>::infinity();
  const bool with_payload = lower.starts_with("nan(") && lower.find(')') == lower.size() - 1;
  if (lower == "nan" || with_payload) return std::numeric_limits<double>::quiet_NaN();
  return std::nullopt;
}

struct Mantissa {
  std::size_t length = 0;  ///< 0: there is none
  bool has_point = false;
};

Mantissa read_mantissa(std::string_view text) {
  const std::size_t before = leading_digits(text);
  if (before == text.size() || text[before] != '.') return {before, false};
  const std::size_t after = leading_digits(text.substr(before + 1));
  if (before + after == 0) return {};
  return {before + 1 + after, true};
}

/// What stands behind the mantissa, as "+3" or "-103": nothing when it is no exponent.
std::optional<std::string> read_exponent(std::string_view text, bool has_point) {
  if (text.empty()) return "0";
  const bool has_letter = std::string_view("eEdDqQ").find(text.front()) != std::string_view::npos;
  if (has_letter) text.remove_prefix(1);
  const bool has_sign = !text.empty() && is_sign(text.front());
  const std::string_view digits = text.substr(has_sign ? 1 : 0);
  if (digits.empty() || leading_digits(digits) != digits.size()) return std::nullopt;
  const bool letterless = !has_letter && has_sign && has_point && digits.size() == 3;
  if (!has_letter && !letterless) return std::nullopt;
  return text.front() == '+' ? std::string(digits) : std::string(text);
}

/// Whether a number that no double can hold is too small rather than too large: the power of ten of
/// its first digit that is not 0 tells.
bool too_small(std::string_view mantissa, std::string_view exponent) {
  long long power = 0;
  const auto read = std::from_chars(exponent.data(), exponent.data() + exponent.size(), power);
  if (read.ec != std::errc()) return exponent.front() == '-';
  const auto point = static_cast<long long>(std::min(mantissa.find('.'), mantissa.size()));
  const auto first = static_cast<long long>(mantissa.find_first_not_of("0."));
  const long long order = first < point ? point - first - 1 : point - first;
  return power < -order;
}

}  // namespace

std::optional<double> read_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (!text.empty() && is_sign(text.front())) text.remove_prefix(1);
  const double sign = negative ? -1.0 : 1.0;
  if (const std::optional<double> word = read_word(text)) return sign * *word;

  const Mantissa mantissa = read_mantissa(text);
  if (mantissa.length == 0) return std::nullopt;
  const auto exponent = read_exponent(text.substr(mantissa.length), mantissa.has_point);
  if (!exponent) return std::nullopt;

  const std::string_view digits = text.substr(0, mantissa.length);
  const std::string plain = std::string(digits) + "e" + *exponent;
  double value = 0.0;
  const auto result = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (result.ec == std::errc::result_out_of_range && too_small(digits, *exponent)) return sign * 0.0;
  if (result.ec != std::errc()) return std::nullopt;
  return sign * value;
}

}  // namespace mystic
