#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace mystic {

/// Root of every exception that mystic throws on purpose.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An argument of a public function is not what the function says it takes.
class InvalidArgument : public Error {
 public:
  using Error::Error;
};

/// One or more options are outside their range; the text lists all of them.
class InvalidOptions : public InvalidArgument {
 public:
  using InvalidArgument::InvalidArgument;
};

/// Throws `E` with the formatted text unless `holds`. Write what must hold: a NaN then throws too.
template <class E = InvalidArgument, class... Args>
void require(bool holds, fmt::format_string<Args...> text, Args&&... args) {
  if (!holds) [[unlikely]] {
    throw E(fmt::format(text, std::forward<Args>(args)...));
  }
}

}  // namespace mystic
