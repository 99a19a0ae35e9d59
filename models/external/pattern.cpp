#include "pattern.hpp"

#include "printable.hpp"

#include "mystic/core/require.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>

namespace mystic::external {
namespace {

template <auto function>
struct Free {
  template <class T>
  void operator()(T* pointer) const {
    function(pointer);
  }
};

using CompileContext = std::unique_ptr<pcre2_compile_context, Free<pcre2_compile_context_free>>;
using MatchContext = std::unique_ptr<pcre2_match_context, Free<pcre2_match_context_free>>;
using MatchSpace = std::unique_ptr<pcre2_match_data, Free<pcre2_match_data_free>>;
using Code = std::unique_ptr<pcre2_code, Free<pcre2_code_free>>;

// Where a match may begin, it may take that many steps (a second or so) and that much memory; a
// pattern that needs more backtracks without end.
constexpr std::uint32_t match_limit = 10'000'000;
constexpr std::uint32_t heap_limit_kib = 64 * 1024;

std::string error_text(int code) {
  std::array<PCRE2_UCHAR, 256> text{};
  pcre2_get_error_message(code, text.data(), text.size());
  return reinterpret_cast<const char*>(text.data());
}

PCRE2_SPTR bytes(std::string_view text) {
  // PCRE2 10.42 takes a null pointer only with length 0; an empty view may hold one.
  return reinterpret_cast<PCRE2_SPTR>(text.empty() ? "" : text.data());
}

template <class T>
T made(T object) {
  if (!object) throw std::bad_alloc();
  return object;
}

}  // namespace

struct Pattern::Compiled {
  Code code;
  MatchContext limits;
};

Pattern::Pattern(const std::string& pattern) {
  const CompileContext context = made(CompileContext(pcre2_compile_context_create(nullptr)));
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_ANYCRLF);
  int error = 0;
  PCRE2_SIZE at = 0;
  Code code(pcre2_compile(bytes(pattern), pattern.size(), PCRE2_MULTILINE | PCRE2_NEVER_UTF, &error, &at,
                          context.get()));
  require(code != nullptr, "{} at offset {} of {}", error_text(error), at, in_quotes(pattern));
  std::uint32_t groups = 0;
  pcre2_pattern_info(code.get(), PCRE2_INFO_CAPTURECOUNT, &groups);
  require(groups == 1,
          "{} has {} capture groups, and must have one, around the number; '(?:' begins a group that "
          "captures nothing",
          in_quotes(pattern), groups);
  MatchContext limits = made(MatchContext(pcre2_match_context_create(nullptr)));
  pcre2_set_match_limit(limits.get(), match_limit);
  pcre2_set_heap_limit(limits.get(), heap_limit_kib);
  compiled_ = std::make_unique<const Compiled>(Compiled{std::move(code), std::move(limits)});
}

Pattern::~Pattern() = default;

Matches Pattern::find(std::string_view text, std::size_t most) const {
  const pcre2_code* code = compiled_->code.get();
  const MatchSpace space = made(MatchSpace(pcre2_match_data_create_from_pattern(code, nullptr)));
  Matches matches;
  std::size_t from = 0;
  while (from <= text.size() && matches.groups.size() < most) {
    const int found =
        pcre2_match(code, bytes(text), text.size(), from, 0, space.get(), compiled_->limits.get());
    if (found == PCRE2_ERROR_NOMATCH) break;
    if (found < 0) {
      matches.error = error_text(found);
      break;
    }
    const PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(space.get());
    const bool taken_part = found > 1 && offsets[2] != PCRE2_UNSET;
    matches.groups.push_back(taken_part ? text.substr(offsets[2], offsets[3] - offsets[2])
                                        : std::string_view());
    // A match of no characters must not be found again.
    from = offsets[1] > offsets[0] ? offsets[1] : offsets[1] + 1;
  }
  return matches;
}

}  // namespace mystic::external
