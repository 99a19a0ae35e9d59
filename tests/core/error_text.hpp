#pragma once

#include "mystic/core/require.hpp"

#include <string>

namespace mystic::core_test {

/// The text of the Error that `call` ends with; empty if there was none.
template <class Call>
std::string error_text(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace mystic::core_test
