#pragma once

#include "mystic/uq/law.hpp"

#include <vector>

namespace mystic {

/// Every continuous family, with parameters that take different ways through its body.
std::vector<Law> continuous_laws();

/// Every discrete family.
std::vector<Law> discrete_laws();

/// The spacing of doubles at x: what a quantile cannot help being off by.
double spacing(double x);

}  // namespace mystic
